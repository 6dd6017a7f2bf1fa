"""The answer to a table question: rows of typed cells, each row with an id of its own.

Stored is {"rows": [{"id": "r1", <column id>: <cell>, …}, …]}: only rows in which somebody has put
something, in the order in which they came. The ready-made rows of a question are shown before
anybody has touched them, and stored once somebody has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from questionnaire.cells import read_cell
from questionnaire.errors import AnswerRejected
from questionnaire.model import Column, Question, Value

Row = dict[str, Value]
ROW_ID = re.compile(r"[A-Za-z0-9][\w.-]{0,63}", re.ASCII)


def stored_rows(question: Question, value: Value) -> list[Row]:
    """The rows somebody has put something in, in order. Words from before it was a table are its first row."""
    if isinstance(value, str) and question.columns:
        return [{"id": "words", free_columns(question)[0].id: value}]
    rows = value.get("rows") if isinstance(value, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def all_rows(question: Question, value: Value) -> list[Row]:
    """The rows as people see them: the ready-made ones first, with what was put into them, then all others."""
    stored = {str(row.get("id")): row for row in stored_rows(question, value)}
    ready = [row | stored.pop(str(row["id"]), {}) | _fixed(question, row) for row in question.ready]
    return [*ready, *stored.values()]


def filled_rows(question: Question, value: Value) -> list[Row]:
    """The rows that say something, ready-made ones with their given cells."""
    said = {row.get("id") for row in stored_rows(question, value)}
    return [row for row in all_rows(question, value) if row.get("id") in said]


def free_columns(question: Question) -> list[Column]:
    """The columns people put something in."""
    return [column for column in question.columns if not column.fixed]


def missing_cells(question: Question, row: Mapping[str, Value]) -> list[Column]:
    """The columns a row cannot be finished without and that are empty in it."""
    return [column for column in question.columns if column.required and row.get(column.id) is None]


def is_finished(question: Question, value: Value) -> bool:
    """True if there are as many rows as the question needs, and none lacks a required cell."""
    rows = filled_rows(question, value)
    return len(rows) >= question.least and not any(missing_cells(question, row) for row in rows)


def row_name(question: Question, row: Mapping[str, Value]) -> str:
    """What a row is called wherever it is referred to: its first cell, or its place-holder."""
    name = row.get(question.columns[0].id) if question.columns else None
    return str(name) if name is not None else "a row without name"


def row_names(question: Question, value: Value) -> dict[str, str]:
    """What the rows of a table are called, by id, in order."""
    return {str(row["id"]): row_name(question, row) for row in all_rows(question, value)}


def read_rows(question: Question, raw: Any) -> Value:
    """The value to store for a whole table; None if nothing stands in it.

    Raises:
        AnswerRejected: there are too many rows, an id stands twice, or a cell does not fit.
    """
    given = raw.get("rows") if isinstance(raw, dict) else raw
    if given is None or given == "":
        return None
    if isinstance(given, str):
        return _stored([{"id": "words", **_cells(question, {free_columns(question)[0].id: given}, "row 1")}])
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise AnswerRejected("A table is a list of rows.")
    _room(question, len(given))
    ids = [_row_id(row.get("id")) for row in given]
    if len(set(ids)) < len(ids):
        raise AnswerRejected("Two rows have the same name inside the table. Reload the page; your text is kept.")
    return _stored(
        [
            {"id": id, **_cells(question, row, f"row {place}")}
            for place, (id, row) in enumerate(zip(ids, given, strict=True), 1)
        ]
    )


def patch_rows(question: Question, value: Value, patch: Any) -> Value:
    """The value to store after somebody changed some cells of some rows.

    Args:
        question: the table.
        value: what is stored.
        patch: by row id, the cells that change (None empties one); None instead of cells takes
            the row away. An id that is not there yet makes a new row at the end.

    Raises:
        AnswerRejected: there are too many rows, or a cell does not fit.
    """
    if not isinstance(patch, dict) or not all(cells is None or isinstance(cells, dict) for cells in patch.values()):
        raise AnswerRejected("A change of a table names rows and their cells.")
    rows = {str(row["id"]): row for row in stored_rows(question, value)}
    places = {id: place for place, id in enumerate(row_names(question, value), 1)}
    for id, cells in patch.items():
        place = f"row {places.setdefault(_row_id(id), len(places) + 1)}"
        if cells is None:
            rows.pop(id, None)
        else:
            rows[id] = {"id": id} | rows.get(id, {}) | _cells(question, cells, place)
    _room(question, len(rows))
    return _stored(list(rows.values()))


def misfits(question: Question, patch: Any) -> dict[tuple[str, str], str]:
    """The cells of a change that do not fit, by row and column, each with a sentence that says how to mend it."""
    columns = {column.id: column for column in free_columns(question)}
    found = {}
    for id, cells in patch.items() if isinstance(patch, dict) else ():
        for name, raw in cells.items() if isinstance(cells, dict) else ():
            try:
                read_cell(columns[name], raw) if name in columns else None
            except AnswerRejected as problem:
                found[id, name] = str(problem)
    return found


def clashes(question: Question, before: Value, now: Value, patch: Mapping[str, Any]) -> bool:
    """True if what a person changed has been changed by somebody else since they saw it.

    Different cells never clash. A row that was taken away clashes with every change in it.

    Args:
        question: the table.
        before: the value the person saw.
        now: the stored value.
        patch: what they changed, as `patch_rows` takes it.
    """
    old = {str(row["id"]): row for row in stored_rows(question, before)}
    new = {str(row["id"]): row for row in stored_rows(question, now)}
    for id, cells in patch.items():
        was, become = old.get(id, {}), new.get(id, {})
        names = (was.keys() | become.keys()) if cells is None else cells.keys()
        is_gone = bool(was) and not become and cells is not None
        if is_gone or any(was.get(name) != become.get(name) for name in names):
            return True
    return False


def _cells(question: Question, cells: Mapping[str, Any], place: str) -> Row:
    columns = {column.id: column for column in free_columns(question)}
    fixed = {column.id for column in question.columns if column.fixed} | {"id"}
    found: Row = {}
    for name, raw in cells.items():
        if name in fixed:
            continue
        if name not in columns:
            raise AnswerRejected("This screen is older than the server. Reload the page; your text is kept.")
        try:
            found[name] = read_cell(columns[name], raw)
        except AnswerRejected as problem:
            raise AnswerRejected(f"In {place}, {problem}") from None
    return found


def _stored(rows: list[Row]) -> Value:
    kept: list[Any] = [{name: cell for name, cell in row.items() if cell is not None} for row in rows]
    kept = [row for row in kept if len(row) > 1]
    return {"rows": kept} if kept else None


def _fixed(question: Question, row: Mapping[str, Value]) -> Row:
    return {column.id: row.get(column.id) for column in question.columns if column.fixed}


def _row_id(raw: Any) -> str:
    if not isinstance(raw, str) or not ROW_ID.fullmatch(raw):
        raise AnswerRejected("A row of this table has no proper name. Reload the page; your text is kept.")
    return raw


def _room(question: Question, rows: int) -> None:
    if rows > question.most:
        raise AnswerRejected(
            f"This table has room for {question.most:,} rows, and these are {rows:,}. Keep the rest in a spreadsheet "
            "and add it as evidence, please."
        )
