"""The answer to a table question as a table of the dossier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mcplan.dossier.blocks import Block, Column, Run, Table, Words, words
from mcplan.dossier.controls import of_cell
from mcplan.dossier.given import DossierInput
from mcplan.dossier.saying import SPACE
from mcplan.plan import Answer
from questionnaire.cells import say_cell
from questionnaire.model import Column as Asked
from questionnaire.model import Question, Value
from questionnaire.tables import filled_rows, row_names

EMPTY = "–"
"""What stands in a cell in which nothing stands."""
MOST = 5
"""Columns that can be read side by side on a page; further ones share the last."""
ACROSS, MARGINS = 95, 3
"""Letters that stand side by side on an upright page, and how many of them the margins of a cell take."""
LONG_WORD, LONG_TEXT = 20, 42
"""Letters up to which a word is never torn apart, and up to which a text is given room of its own."""
NUMBERS = ("number", "money", "percent")


def answer_table(given: DossierInput, question: Question, answer: Answer) -> Iterator[Block]:
    """All rows that say something, with the columns in which something stands."""
    rows = filled_rows(question, answer.value)
    filled = [column for column in question.columns if any(row.get(column.id) is not None for row in rows)]
    if not rows or not filled:
        return
    shown, rest = (filled, []) if len(filled) <= MOST + 1 else (filled[:MOST], filled[MOST:])
    cells = _Cells(given, question, _names(given, question))
    said = tuple(cells.row(row, shown, rest) for row in rows)
    titles = [*(each.label for each in shown), *(["Further"] if rest else [])]
    numbers = [*(each.kind in NUMBERS for each in shown), False]
    widths = _widths([[title, *(_text(row[place]) for row in said)] for place, title in enumerate(titles)])
    columns = tuple(map(Column, titles, widths, numbers))
    yield Table(question.ask, columns, said, f"{len(rows)} rows.")


def _widths(columns: list[list[str]]) -> list[float]:
    """The widths of columns in letters: each has room for its longest word, and long texts share what is left."""
    needed = [MARGINS + min(LONG_WORD, max(map(_longest_word, texts))) for texts in columns]
    wanted = [MARGINS + min(LONG_TEXT, max(map(len, texts))) for texts in columns]
    lacking = [max(0, want - need) for want, need in zip(wanted, needed, strict=True)]
    left = max(0, ACROSS - sum(needed))
    share = left / sum(lacking) if sum(lacking) else 0
    return [need + lack * share for need, lack in zip(needed, lacking, strict=True)]


def _longest_word(text: str) -> int:
    return max(map(len, text.replace("/", "/ ").split(" ")))


def _text(cell: Words) -> str:
    return "".join(run.text for run in cell)


@dataclass(frozen=True)
class _Cells:
    """The cells of a table answer, each in a place of its own."""

    given: DossierInput
    question: Question
    names: dict[str, dict[str, str]]

    def row(self, row: dict[str, Value], shown: list[Asked], rest: list[Asked]) -> tuple[Words, ...]:
        cells = [(self._cell(each, row),) for each in shown]
        if not rest:
            return tuple(cells)
        more: list[str | Run] = []
        for each in rest:
            if row.get(each.id) is not None:
                more += [f"{'; ' if more else ''}{each.label}: ", self._cell(each, row)]
        return (*cells, words(*more) or words("–"))

    def _cell(self, column: Asked, row: dict[str, Value]) -> Run:
        said = say_in(self.given, column, row.get(column.id), self.names) or EMPTY
        if column.fixed:
            return Run(said[:1].upper() + said[1:])
        return Run(said, control=of_cell(self.question, str(row["id"]), column))


def say_in(given: DossierInput, column: Asked, cell: Value, names: dict[str, dict[str, str]]) -> str:
    """A cell in words, with days and numbers as this dossier writes them; empty if nothing stands in it."""
    if column.kind == "date" and isinstance(cell, str):
        # Where it is narrow the year may go to the next line, but never half of it.
        day, _, year = given.saying.day_typed(cell).rpartition(SPACE)
        return f"{day} {year}".strip()
    said = say_cell(column, cell, names)
    return given.saying.numbers(said) if column.kind in NUMBERS else said


def _names(given: DossierInput, question: Question) -> dict[str, dict[str, str]]:
    tables = {column.of for column in question.columns if column.of and given.questionnaire.has(column.of)}
    asked = (given.questionnaire.question(id) for id in tables)
    return {table.id: row_names(table, given.plan.answer(table).value) for table in asked}
