"""The kinds of column a table question may have: how a cell is read, and said in words.

To add a kind, write a function here that reads a raw cell, name it in `CELLS` at the foot, and give the
box and the sheet a way to put it in. A stored cell is plain JSON:

=================  ==========================================================
text, words        "words" (words may hold line breaks)
origin             "GAP:strategic.case", the id of what a row was made from
choice             "apply"
choices            ["video", "deck"], in the order of the options
yes or no          "yes" | "no" | "unknown"
number, money      48.0
percent            35.0, from 0 to 100
date               "2027-05-03"
row                "r1", the id of a row of the table named by `of`
rows               ["r1", "r2"]
=================  ==========================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from questionnaire.errors import AnswerRejected
from questionnaire.model import Column, Value
from questionnaire.numbers import read_number, write_number

MOST_TEXT = 500
MOST_WORDS = 5_000
MOST_REFERENCES = 200
ANSWERS: dict[str, str] = {"yes": "Yes", "no": "No", "unknown": "Not known yet"}
A_RULE = re.compile(r"[A-Z]+[0-9]*(-[A-Z0-9]+)*")
OF_A_RULE = "A finding of the checks"
NO_NAMES: Mapping[str, Mapping[str, str]] = {}


def read_cell(column: Column, raw: Any) -> Value:
    """The cell to store for what was put in; None if it is empty.

    Raises:
        AnswerRejected: it does not fit the column; the message names it.
    """
    if raw is None or raw == "" or raw == []:
        return None
    try:
        return CELLS[column.kind](column, raw)
    except AnswerRejected as problem:
        raise AnswerRejected(f"{column.label}: {problem}") from None


def say_cell(column: Column, cell: Value, names: Mapping[str, Mapping[str, str]] = NO_NAMES) -> str:
    """A stored cell in words; one that no longer fits is said as it stands.

    Args:
        column: where it stands.
        cell: what is stored; None for nothing.
        names: what rows are called, by table question and row id, for references.
    """
    if cell is None:
        return ""
    if column.kind in ("choice", "choices", "yes or no"):
        options = ANSWERS if column.kind == "yes or no" else column.options
        return ", ".join(options.get(each, each) for each in _texts(cell))
    if column.kind in ("row", "rows"):
        rows = names.get(column.of, {})
        return ", ".join(rows.get(each, "a row that is gone") for each in _texts(cell))
    if column.kind in ("number", "money", "percent"):
        return f"{write_number(cell)} {'%' if column.kind == 'percent' else column.unit}".strip()
    if column.kind == "origin":
        return _say_origin(column, str(cell))
    return _say_day(str(cell)) if column.kind == "date" else str(cell)


def _say_origin(column: Column, text: str) -> str:
    """What a row was made from; the id of it is for programs. What somebody has typed stands as it is."""
    kind = text.partition(":")[0]
    return column.options.get(kind, OF_A_RULE if A_RULE.fullmatch(kind) else text)


def _say_day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day:%B %Y}"


def _text(column: Column, raw: Any) -> Value:
    return " ".join(_fitting(raw, MOST_TEXT).split()) or None


def _words(column: Column, raw: Any) -> Value:
    text = _fitting(raw, MOST_WORDS)
    return text if text.strip() else None


def _choice(column: Column, raw: Any) -> Value:
    picks = _picks(column.options, _texts(raw))
    if len(picks) > 1:
        raise AnswerRejected("Pick one, please.")
    return picks[0] if picks else None


def _choices(column: Column, raw: Any) -> Value:
    picks = _picks(column.options, _texts(raw))
    return [option for option in column.options if option in picks] or None


def _yes_no(column: Column, raw: Any) -> Value:
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    return _picks(ANSWERS, _texts(raw))[0]


def _number(column: Column, raw: Any) -> Value:
    return read_number(raw, column.unit, None)


def _percent(column: Column, raw: Any) -> Value:
    return read_number(raw, "%", 100)


def _day(column: Column, raw: Any) -> Value:
    try:
        return date.fromisoformat(str(raw).strip()[:10]).isoformat()
    except ValueError:
        raise AnswerRejected(
            f"“{str(raw)[:40]}” is not a day. Write it as year-month-day, such as 2027-05-03."
        ) from None


def _row(column: Column, raw: Any) -> Value:
    rows = _rows(column, raw)
    if isinstance(rows, list) and len(rows) > 1:
        raise AnswerRejected("Pick one row, please.")
    return rows[0] if isinstance(rows, list) else None


def _rows(column: Column, raw: Any) -> Value:
    # Whether such rows exist is for a finding to say: a reference may well be older than the deletion.
    rows: list[Any] = list(dict.fromkeys(_texts(raw)))
    if len(rows) > MOST_REFERENCES:
        raise AnswerRejected(f"There is room for {MOST_REFERENCES} rows to refer to.")
    return rows or None


def _fitting(raw: Any, most: int) -> str:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        raw = f"{raw:.12g}"
    if not isinstance(raw, str):
        raise AnswerRejected("Write this as text, please.")
    if len(raw) > most:
        raise AnswerRejected(f"There is room for {most:,} characters, and this has {len(raw):,}. Shorten it, please.")
    return raw


def _picks(options: Mapping[str, str], picks: list[str]) -> list[str]:
    """Option ids for what was picked: an id, or the label as somebody pastes it from a spreadsheet."""
    by_label = {label.casefold(): option for option, label in options.items()}
    found = [pick if pick in options else by_label.get(pick.strip().casefold(), "") for pick in picks]
    if "" in found:
        offered = ", ".join(options.values())
        raise AnswerRejected(f"“{picks[found.index('')][:60]}” is none of: {offered}.")
    return found


def _texts(raw: Any) -> list[str]:
    return [str(each) for each in raw] if isinstance(raw, list | tuple) else [str(raw)]


CELLS: dict[str, Callable[[Column, Any], Value]] = {
    "text": _text,
    "words": _words,
    "origin": _text,
    "choice": _choice,
    "choices": _choices,
    "yes or no": _yes_no,
    "number": _number,
    "money": _number,
    "percent": _percent,
    "date": _day,
    "row": _row,
    "rows": _rows,
}
