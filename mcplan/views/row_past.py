"""What became of one row of a table: who put what into which cell, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo

from mcplan.plan import Answer
from mcplan.views.history import steps
from mcplan.views.plans import on_day
from questionnaire.cells import say_cell
from questionnaire.model import Column, Question, Value
from questionnaire.tables import stored_rows

Cells = Mapping[str, Value]


@dataclass(frozen=True)
class RowChange:
    """What one person did to a row in one sitting."""

    when: str
    """In the time of the person at the screen: 3 March 2027, 10:32."""
    who: str
    what: tuple[str, ...]
    """A line for each cell: what stands there now, and what stood there before."""


def view_row_past(question: Question, revisions: Iterable[Answer], row_id: str, zone: tzinfo) -> tuple[RowChange, ...]:
    """The changes to a row, the latest first.

    Args:
        question: the table, as it is asked now; cells of columns it no longer has are left out.
        revisions: of its answer, all of them, oldest first.
        row_id: the row.
        zone: where the person at the screen is.
    """
    found = []
    for step in steps(list(reversed(list(revisions)))):
        what = _changes(question, _row(question, step.before, row_id), _row(question, step.now, row_id))
        if what and step.now.at:
            at = step.now.at.astimezone(zone)
            found.append(RowChange(f"{on_day(at)}, {at:%H:%M}", step.now.by, what))
    return tuple(found)


def _row(question: Question, answer: Answer | None, row_id: str) -> Cells | None:
    rows = stored_rows(question, answer.value) if answer else []
    return next((row for row in rows if row["id"] == row_id), None)


def _changes(question: Question, before: Cells | None, now: Cells | None) -> tuple[str, ...]:
    if now is None:
        return ("Taken out of the table",) if before else ()
    if before is None:
        told = [f"{column.label}: {says}" for column in question.columns if (says := _says(column, now))]
        return ("Put into the table", *told)
    pairs = [(column.label, _says(column, before), _says(column, now)) for column in question.columns]
    return tuple(_change(*pair) for pair in pairs if pair[1] != pair[2])


def _says(column: Column, row: Cells) -> str:
    return say_cell(column, row.get(column.id))


def _change(label: str, was: str, now: str) -> str:
    return f"{label}: {now or 'nothing'} (before: {was or 'nothing'})"
