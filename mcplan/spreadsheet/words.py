"""Answers, and cells of tables, as one cell of a spreadsheet and back. Of several each has a line of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from mcplan.text import clean_text
from questionnaire.cells import ANSWERS, read_cell
from questionnaire.errors import AnswerRejected
from questionnaire.kinds import kind_of
from questionnaire.model import Column, Question, Value

Cell = str | float | date | None
MOST = 32_000
"""Characters in a cell: Excel takes 32,767."""
CUT = "… [cut here: {number:,} characters in all, the whole stands in the plan bundle]"
_ROW = re.compile(r"\[([A-Za-z0-9][\w.-]{0,63})\]$", re.ASCII)
_MONEY = re.compile(r"(?P<first>[A-Z]{3})?\s*(?P<amount>[\d.,\s']+?)\s*(?P<last>[A-Z]{3})?")


def say_value(question: Question, value: Value) -> Cell:
    """An answer as a cell. A table has a sheet of its own, and so nothing here."""
    if value is None or question.columns:
        return None
    if question.kind in ("choice", "choices") and isinstance(value, dict):
        picks = value.get("picks")
        lines = [_option(question, str(pick), value) for pick in picks] if isinstance(picks, list) else []
        return "\n".join(lines) or None
    if question.kind == "money" and isinstance(value, dict):
        return f"{value.get('amount')} {value.get('currency')}"
    if question.kind == "date":
        return _day(value)
    if isinstance(value, int | float):
        return value
    return fitting(kind_of(question).say(question, value) if question.kind == "yes or no" else str(value))


def read_value(question: Question, cell: Cell) -> Value:
    """The answer that a cell holds; None if it is empty.

    Raises:
        AnswerRejected: it does not fit the question.
    """
    if cell is None or cell == "":
        return None
    raw: Any = _plain(cell)
    if question.kind in ("choice", "choices"):
        raw = _picks(question, str(raw))
    elif question.kind == "yes or no":
        raw = _by_label(ANSWERS, str(raw))
    elif question.kind == "money":
        raw = _money(raw)
    elif question.kind not in ("quantity", "percent"):
        raw = _text(raw)
    return kind_of(question).read(question, raw)


def say_table_cell(column: Column, cell: Value, names: Mapping[str, Mapping[str, str]]) -> Cell:
    """A cell of a table; `names` says what rows are called, by table and row id."""
    if cell is None:
        return None
    if column.kind == "date":
        return _day(cell)
    if isinstance(cell, int | float):
        return cell
    several = [str(each) for each in cell] if isinstance(cell, list) else [str(cell)]
    if column.kind in ("choice", "choices", "yes or no"):
        options = ANSWERS if column.kind == "yes or no" else column.options
        return fitting("\n".join(options.get(each, each) for each in several))
    if column.kind in ("row", "rows"):
        rows = names.get(column.of, {})
        return fitting("\n".join(f"{rows.get(each, 'a row that is gone')} [{each}]" for each in several))
    return fitting("\n".join(several))


def read_table_cell(column: Column, cell: Cell, names: Mapping[str, Mapping[str, str]]) -> Value:
    """The cell to store.

    Raises:
        AnswerRejected: it does not fit the column.
    """
    if cell is None or cell == "":
        return None
    raw: Any = _plain(cell)
    if column.kind in ("choices", "row", "rows"):
        raw = [line.strip() for line in str(raw).splitlines() if line.strip()]
    if column.kind in ("row", "rows"):
        raw = [_row_id(column, each, names.get(column.of, {})) for each in raw]
    elif column.kind in ("text", "words"):
        raw = _text(raw)
    return read_cell(column, raw)


def fitting(text: str) -> str:
    """The text, cut if it is longer than a cell takes; a cell that was not changed is read as the whole text."""
    return text if len(text) <= MOST else text[:MOST] + CUT.format(number=len(text))


def same(one: Cell, other: Cell) -> bool:
    """True if two cells say the same, however a spreadsheet program keeps it."""
    return _bare(one) == _bare(other)


def _bare(cell: Cell) -> str:
    plain = _plain(cell)
    if isinstance(plain, int | float):
        return f"{plain:.12g}"
    return "\n".join(line.rstrip() for line in clean_text(str(plain or "")).strip().split("\n"))


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else cell


def _text(raw: Any) -> str:
    return f"{raw:.12g}" if isinstance(raw, int | float) and not isinstance(raw, bool) else clean_text(str(raw))


def _day(value: Any) -> Cell:
    try:
        found = date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    # Spreadsheets know no day before 1900, and count the first weeks of that year wrongly.
    return found if found.year > 1900 else found.isoformat()


def _option(question: Question, pick: str, value: Mapping[str, Any]) -> str:
    label = question.options.get(pick, pick)
    words = " ".join(str(value.get("other") or "").split())
    return f"{label}: {words}" if pick == "other" and words else label


def _picks(question: Question, text: str) -> dict[str, Any]:
    picks, other = [], ""
    beside = question.options.get("other", "") + ": "
    for line in filter(None, map(str.strip, text.splitlines())):
        if "other" in question.options and line.startswith(beside):
            picks.append("other")
            other = line.removeprefix(beside)
        else:
            picks.append(_by_label(question.options, line))
    return {"picks": picks, "other": other}


def _by_label(options: Mapping[str, str], text: str) -> str:
    ids = {label.casefold(): id for id, label in options.items()}
    return text if text in options else ids.get(text.strip().casefold(), text)


def _money(raw: Any) -> dict[str, Any]:
    if isinstance(raw, int | float):
        return {"amount": raw}
    found = _MONEY.fullmatch(str(raw).strip())
    if not found:
        raise AnswerRejected(f"“{str(raw)[:40]}” is no amount. Write it as 1450 CAD.")
    currency = found["first"] or found["last"]
    return {"amount": found["amount"]} | ({"currency": currency} if currency else {})


def _row_id(column: Column, text: str, names: Mapping[str, str]) -> str:
    marked = _ROW.search(text)
    if marked:
        return marked[1]
    found = [id for id, name in names.items() if name.casefold() == text.casefold()]
    if len(found) != 1:
        which = "is no row" if not found else "is the name of several rows"
        raise AnswerRejected(f"{column.label}: “{text[:60]}” {which} of that table. Write its id in square brackets.")
    return found[0]
