"""What of the changes on a sheet can be stored on top of what colleagues did since, and where one has to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mcplan.views.sheet import Cells, Patch, Pin, put_on
from questionnaire.cells import say_cell
from questionnaire.model import Column, Question, Value
from questionnaire.tables import free_columns, row_name, stored_rows


@dataclass(frozen=True)
class Clash:
    """Something that the person and a colleague have both changed since the sheet was drawn."""

    row: str
    column: str
    """Empty if it is the row as a whole that one of them took away."""
    what: str
    """What it is called."""
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """What becomes of the changes on a sheet once one knows what is stored."""

    ready: Patch
    """What can be stored."""
    agreed: Patch
    """What is stored then, or was already: from now on the person knows of it."""
    clashes: tuple[Clash, ...]


def merge_sheet(question: Question, pin: Pin, known: Patch, patch: Patch, now: Value) -> Merged:
    """What of a sheet's changes can be stored on top of what is stored now.

    Args:
        question: the table.
        pin: what the sheet was drawn with.
        known: what the person knows to be stored since: their own earlier changes, and a colleague's they saw.
        patch: all their changes (`read_sheet`).
        now: the stored value.
    """
    old = {str(row["id"]): row for row in stored_rows(question, pin.value)}
    seen, stored = put_on(old, known), {str(row["id"]): row for row in stored_rows(question, now)}
    ready: Patch = {}
    agreed: Patch = {}
    clashes: list[Clash] = []
    for id, cells in _wanted(question, old, known, patch).items():
        was, become = seen.get(id, {}), stored.get(id, {})
        both = _both(was, become, cells)
        clashes += [_clash(question, pin, id, name, cells, become, was | become) for name in both]
        if "" in both:
            continue
        if cells is None:
            agreed[id] = None
        else:
            agreed[id] = {name: cell for name, cell in cells.items() if name not in both}
        changes = {name: cell for name, cell in (agreed[id] or {}).items() if cell != become.get(name)}
        if changes or (cells is None and become):
            ready[id] = None if cells is None else changes
    return Merged(ready, agreed, tuple(clashes))


def news_of(question: Question, pin: Pin, known: Patch, now: Value) -> int:
    """How many rows somebody else has changed, added or taken away since the sheet was drawn."""
    old = {str(row["id"]): row for row in stored_rows(question, pin.value)}
    seen = {id: _filled(row) for id, row in put_on(old, known).items()}
    stored = {str(row["id"]): _filled(row) for row in stored_rows(question, now)}
    return sum(seen.get(id, {}) != stored.get(id, {}) for id in {**seen, **stored})


def _both(was: Cells, become: Cells, cells: Cells | None) -> list[str]:
    """The cells that both have changed; [""] if one of them took away the row that the other one changed."""
    if cells is None:
        return [""] if become and _filled(was) != _filled(become) else []
    changed = [name for name, cell in cells.items() if cell != become.get(name)]
    if changed and _filled(was) and not become:
        return [""]
    return [name for name in changed if was.get(name) != become.get(name)]


def _wanted(question: Question, old: Mapping[str, Cells], known: Patch, patch: Patch) -> Patch:
    """The changes, with what was stored of the sheet and does not stand on it any more."""
    names = [column.id for column in free_columns(question)]
    wanted: Patch = dict(patch)
    for id, cells in known.items():
        if id not in patch and id not in old and id.startswith("s-") and cells is not None:
            wanted[id] = None
        elif cells and patch.get(id, {}) is not None:
            back = {name: old.get(id, {}).get(name) for name in cells if name in names}
            wanted[id] = back | (patch.get(id) or {})
    return wanted


def _clash(
    question: Question, pin: Pin, id: str, column: str, mine: Cells | None, theirs: Cells, named: Cells
) -> Clash:
    name = row_name(question, (mine or {}) | named)
    if not column:
        whole = None if mine is None else named | mine
        return Clash(id, "", f"the row “{name}”", _say(question, pin, whole), _say(question, pin, theirs or None))
    label = next(each for each in question.columns if each.id == column)
    words = [_say_cell(label, pin, row.get(column)) or "empty" for row in (mine or {}, theirs)]
    return Clash(id, column, f"{label.label} of “{name}”", *words)


def _say(question: Question, pin: Pin, row: Cells | None) -> str:
    if row is None:
        return "taken away"
    said = ((column.label, _say_cell(column, pin, row.get(column.id))) for column in question.columns)
    return "; ".join(f"{label}: {words}" for label, words in said if words)


def _say_cell(column: Column, pin: Pin, cell: Value) -> str:
    return say_cell(column, cell, {table: {row[0]: row[1] for row in rows} for table, rows in pin.names.items()})


def _filled(row: Mapping[str, Value]) -> Cells:
    return {name: cell for name, cell in row.items() if cell is not None and name != "id"}
