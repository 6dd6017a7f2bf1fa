"""The answer to a table question as a table of the dossier."""

from __future__ import annotations

from collections.abc import Iterator

from mcplan.dossier.blocks import Block, Column, Table, Words, words
from mcplan.dossier.given import DossierInput
from mcplan.plan import Answer
from questionnaire.cells import say_cell
from questionnaire.model import Column as Asked
from questionnaire.model import Question, Value
from questionnaire.tables import filled_rows, row_names

MOST = 5
"""Columns that can be read side by side on a page; further ones share the last."""
WIDTHS = {"words": 60, "text": 34, "rows": 26, "choices": 30, "choice": 24}
NUMBERS = ("number", "money", "percent")


def answer_table(given: DossierInput, question: Question, answer: Answer) -> Iterator[Block]:
    """All rows that say something, with the columns in which something stands."""
    rows = filled_rows(question, answer.value)
    filled = [column for column in question.columns if any(row.get(column.id) is not None for row in rows)]
    if not rows or not filled:
        return
    shown, rest = (filled, []) if len(filled) <= MOST + 1 else (filled[:MOST], filled[MOST:])
    columns = [Column(each.label, WIDTHS.get(each.kind, 20), each.kind in NUMBERS) for each in shown]
    if rest:
        columns.append(Column("Further", 60))
    names = _names(given, question)
    yield Table(
        question.ask, tuple(columns), tuple(_row(row, shown, rest, names) for row in rows), f"{len(rows)} rows."
    )


def _row(
    row: dict[str, Value], shown: list[Asked], rest: list[Asked], names: dict[str, dict[str, str]]
) -> tuple[Words, ...]:
    cells = [words(say_cell(each, row.get(each.id), names) or "–") for each in shown]
    if rest:
        more = (f"{each.label}: {say_cell(each, row[each.id], names)}" for each in rest if row.get(each.id) is not None)
        cells.append(words("; ".join(more) or "–"))
    return tuple(cells)


def _names(given: DossierInput, question: Question) -> dict[str, dict[str, str]]:
    tables = {column.of for column in question.columns if column.of and given.questionnaire.has(column.of)}
    asked = (given.questionnaire.question(id) for id in tables)
    return {table.id: row_names(table, given.plan.answer(table).value) for table in asked}
