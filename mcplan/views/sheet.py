"""A table as a sheet: its rows as they are drawn, and what a person's changes on the sheet make of the stored ones.

A sheet says of a cell only that it was changed since the sheet was drawn, and where that row stood. So
the sheet is pinned: what it was drawn with stays until somebody asks for what is new, and a change is
always understood against that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from mcplan.plan import Answer, Plan
from mcplan.views.answer import view_references
from questionnaire.cells import ANSWERS, read_cell, say_cell
from questionnaire.errors import AnswerRejected
from questionnaire.model import Column, Phase, Question, Questionnaire, Value
from questionnaire.tables import all_rows, free_columns, stored_rows

Cells = dict[str, Value]
Patch = dict[str, Cells | None]
"""Changes by row id: the cells that change, or None for a row that goes."""
GONE = "a row that is gone"


@dataclass(frozen=True)
class Pin:
    """What a sheet was drawn with."""

    name: str
    """Made up anew for each; the rows that are added to the sheet get it into their ids."""
    value: Value
    names: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    """The id and name of each row that may be referred to, by table question."""
    kept: Patch = field(default_factory=dict)
    """What the person has put in and what could not be stored, drawn on top of the value."""


@dataclass(frozen=True)
class Trouble:
    """A cell that does not fit, with a sentence that says how to mend it."""

    row: str
    column: str
    raw: Any
    says: str


def pin_sheet(
    questionnaire: Questionnaire, plan: Plan, question: Question, name: str, kept: Patch | None = None
) -> Pin:
    """A sheet of the table as it is stored now."""
    names = view_references(questionnaire, plan, question)
    return Pin(name, plan.answer(question).value, names, kept or {})


def pinned_rows(question: Question, pin: Pin) -> list[Cells]:
    """The rows from top to bottom as they were drawn."""
    rows = {str(row["id"]): row for row in all_rows(question, pin.value)}
    return list(put_on(rows, pin.kept).values())


def put_on(rows: Mapping[str, Cells], patch: Patch) -> dict[str, Cells]:
    """The rows, by id, with changes on top of them; nothing is checked."""
    found = dict(rows)
    for id, cells in patch.items():
        if cells is None:
            found.pop(id, None)
        else:
            found[id] = {"id": id} | found.get(id, {}) | cells
    return found


def join_patches(first: Patch, then: Patch) -> Patch:
    """Both changes as one, the later on top of the earlier."""
    found = dict(first)
    for id, cells in then.items():
        found[id] = None if cells is None else (found.get(id) or {}) | cells
    return found


def changes_between(question: Question, old: Value, new: Value) -> Patch:
    """What makes the rows of one stored value those of another."""
    before = {str(row["id"]): row for row in stored_rows(question, old)}
    after = {str(row["id"]): row for row in stored_rows(question, new)}
    found: Patch = {id: None for id in before if id not in after}
    for id, row in after.items():
        was = before.get(id, {"id": id})
        changed = {name: row.get(name) for name in was.keys() | row.keys() if was.get(name) != row.get(name)}
        if changed or id not in before:
            found[id] = changed
    return found


def since_revision(question: Question, latest_first: Sequence[Answer], revision: int) -> list[Answer]:
    """Revisions of an answer from one of them on, oldest first; before the first there was an empty answer."""
    there = [each for each in reversed(latest_first) if each.revision >= revision]
    return [Answer(question.id), *there] if revision == 0 else there


def own_changes(question: Question, revisions: Sequence[Answer], me: str) -> Patch:
    """What one person changed from the first of some revisions to the last, oldest first, others left out."""
    found: Patch = {}
    for before, now in pairwise(revisions):
        if now.by == me:
            found = join_patches(found, changes_between(question, before.value, now.value))
    return found


def added_before(question: Question, pin: Pin, value: Value) -> list[tuple[str, Cells]]:
    """The rows that were added to a sheet and are stored, with their ids and their cells as the sheet shows them."""
    labels = {column.id: labels_of(column, pin) for column in question.columns}
    return [
        (
            str(row["id"]),
            {each.id: in_labels(each, labels[each.id], row[each.id]) for each in question.columns if each.id in row},
        )
        for row in stored_rows(question, value)
        if str(row["id"]).startswith(f"s-{pin.name}-")
    ]


def labels_of(column: Column, pin: Pin) -> dict[str, str]:
    """What can be chosen in a column, by id, each with a label of its own; empty where one types."""
    if column.kind in ("row", "rows"):
        return _distinct(pin.names.get(column.of, ()))
    if column.kind == "origin":
        return {}
    return dict(ANSWERS if column.kind == "yes or no" else column.options)


def in_labels(column: Column, labels: Mapping[str, str], cell: Value) -> Value:
    """A stored cell as the sheet shows it: labels in place of ids."""
    if column.kind == "origin":
        return say_cell(column, cell) or None
    if isinstance(cell, list):
        return [labels.get(str(each), GONE) for each in cell]
    return cell if cell is None or not labels else labels.get(str(cell), GONE)


def read_sheet(
    question: Question, pin: Pin, delta: Mapping[str, Any], added: Sequence[str]
) -> tuple[Patch, list[Trouble]]:
    """What a person has changed since the sheet was drawn, as it would be stored, and the cells that do not fit.

    Args:
        question: the table.
        pin: what the sheet was drawn with.
        delta: {"edited_rows": {place: {column: cell}}, "added_rows": [{column: cell}], "deleted_rows": [place]}
            with labels in the cells.
        added: an id for each added row (`added_ids`).
    """
    drawn = [str(row["id"]) for row in pinned_rows(question, pin)]
    changed = {drawn[int(place)]: cells for place, cells in delta.get("edited_rows", {}).items()}
    changed |= dict(zip(added, delta.get("added_rows", ()), strict=True))
    patch: Patch = {id: None for id, cells in pin.kept.items() if cells is None}
    troubles: list[Trouble] = []
    labels = {column.id: {label: id for id, label in labels_of(column, pin).items()} for column in question.columns}
    for id, kept in pin.kept.items():
        changed.setdefault(id, {})
        if kept is not None:
            again = {name: cell for name, cell in kept.items() if name not in changed[id]}
            patch[id], wrong = _read_row(question, {}, id, again)
            troubles += wrong
    for id, raw in changed.items():
        cells, wrong = _read_row(question, labels, id, raw)
        troubles += wrong
        if cells:
            patch[id] = (patch.get(id) or {}) | cells
    return patch | {drawn[place]: None for place in delta.get("deleted_rows", ())}, troubles


def added_ids(pin: Pin, before: Sequence[tuple[str, Mapping[str, Any]]], now: Sequence[Mapping[str, Any]]) -> list[str]:
    """An id for each row that was added to a sheet. Rows keep theirs when one above them goes.

    Args:
        pin: what the sheet was drawn with.
        before: the ids and cells of the added rows when the sheet was looked at last.
        now: their cells now.
    """
    if len(now) >= len(before):
        last = max((int(id.rpartition("-")[2]) for id, _ in before), default=0)
        return [id for id, _ in before] + [
            f"s-{pin.name}-{last + place}" for place in range(1, len(now) - len(before) + 1)
        ]
    found: list[str] = []
    rest = list(before)
    for cells in now:
        while rest[0][1] != cells and len(rest) > len(now) - len(found):
            rest.pop(0)
        found.append(rest.pop(0)[0])
    return found


def example_lines(question: Question) -> tuple[str, ...]:
    """The example row of a table, a line for each of its cells."""
    cells = ((column, question.example.get(column.id)) for column in question.columns)
    return tuple(f"{column.label}: {_say_example(column, cell)}" for column, cell in cells if cell is not None)


def tables_of(questionnaire: Questionnaire) -> list[tuple[Phase, Question]]:
    """Every table that is asked, in walking order, with its phase."""
    return [(phase, question) for phase in questionnaire.phases for question in phase.questions if question.columns]


def _say_example(column: Column, cell: Value) -> str:
    # An example says in words what a reference would be.
    return str(cell) if column.kind in ("row", "rows") else say_cell(column, cell)


def _read_row(
    question: Question, labels: Mapping[str, Mapping[str, str]], id: str, raw: Mapping[str, Any]
) -> tuple[Cells, list[Trouble]]:
    cells: Cells = {}
    troubles = []
    for column in free_columns(question):
        if column.id not in raw:
            continue
        try:
            # What was kept from an earlier sheet has its ids already.
            chosen = _ids(column, labels[column.id], raw[column.id]) if labels else raw[column.id]
            cells[column.id] = read_cell(column, chosen)
        except AnswerRejected as problem:
            troubles.append(Trouble(id, column.id, raw[column.id], str(problem)))
    return cells, troubles


def _ids(column: Column, ids: Mapping[str, str], raw: Any) -> Any:
    """What was chosen by label, by id."""
    if not ids and column.kind not in ("row", "rows"):
        return raw
    several = raw if isinstance(raw, list) else [raw] if raw not in (None, "") else []
    unknown = [str(each) for each in several if each not in ids]
    if unknown and column.kind in ("row", "rows"):
        raise AnswerRejected(f"{column.label}: “{unknown[0][:60]}” is not a row that can be chosen here.")
    found = [ids.get(each, each) for each in several]
    return found if isinstance(raw, list) else found[0] if found else None


def _distinct(rows: Iterable[Sequence[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for id, name in rows:
        label, number = name, 1
        while label in found.values():
            number += 1
            label = f"{name} ({number})"
        found[id] = label
    return found
