"""A table in a workshop: everybody proposes rows in a line of text each, and the room agrees on the lines.

Nobody fills a sheet together from twelve phones, but a room is good at naming what belongs into it: the partners, the
skills, the costs. So a line becomes the name of a row, in the first column that takes words unless another is chosen,
and the other cells are filled in afterwards on the sheet of the plan.
"""

from __future__ import annotations

from collections.abc import Iterable

from questionnaire.controls import Grid
from questionnaire.kinds import kind_of
from questionnaire.model import Column, Question, Value
from questionnaire.tables import all_rows, free_columns

_IN_WORDS = ("text", "words")
_MARKS = "-–—•*· \t"
"""What people begin a line of a list with."""


def line_columns(question: Question) -> tuple[Column, ...]:
    """The columns that a line of text fits into; none if it is no table, or one whose rows are not named in words."""
    if not isinstance(kind_of(question).control(question), Grid):
        return ()
    first = question.columns[0]
    if first.fixed or first.kind not in _IN_WORDS:
        return ()
    return tuple(column for column in free_columns(question) if column.kind in _IN_WORDS)


def named_rows(question: Question, value: Value, column: str) -> tuple[str, ...]:
    """What stands in a column of a table now, row by row."""
    return tuple(str(row[column]) for row in all_rows(question, value) if row.get(column))


def read_lines(text: str) -> tuple[str, ...]:
    """The lines that say something, each once, without the marks of a list."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        words = " ".join(line.lstrip(_MARKS).split())
        if words:
            found.setdefault(words.casefold(), words)
    return tuple(found.values())


def rows_of_lines(
    question: Question, value: Value, lines: Iterable[str], column: str, stem: str
) -> dict[str, dict[str, str]]:
    """A change of a table that puts each line at its end as a row of its own (`questionnaire.tables.patch_rows`).

    Args:
        question: the table.
        value: what is stored.
        lines: from `read_lines`; those that stand in the column already make no row.
        column: where they go.
        stem: what the ids of the rows begin with, so that the same lines sent again make the same rows.
    """
    known = {each.casefold() for each in named_rows(question, value, column)}
    new = [line for line in lines if line.casefold() not in known]
    return {f"{stem}-{number}": {column: line} for number, line in enumerate(new, 1)}
