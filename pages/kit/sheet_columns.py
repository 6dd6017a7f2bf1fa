"""The columns of a sheet: what the editor is given to draw, and how each kind of cell is put in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from mcplan.views import sheet as sheets
from mcplan.views.sheet import Pin
from pages.kit.words import plain
from questionnaire.model import Column, Question, Value


def frame(question: Question, pin: Pin, rows: list[dict[str, Value]]) -> pd.DataFrame:
    """The rows of a sheet, with labels in place of ids."""
    columns = {}
    for column in question.columns:
        labels = sheets.labels_of(column, pin)
        cells = [sheets.in_labels(column, labels, row.get(column.id)) for row in rows]
        columns[column.id] = _series(column, cells)
    return pd.DataFrame(columns)


def _series(column: Column, cells: list[Value]) -> pd.Series[Any]:
    if column.kind in ("number", "money", "percent"):
        return pd.Series(pd.to_numeric(pd.Series(cells, dtype="object"), errors="coerce"), dtype="float64")
    if column.kind == "date":
        return pd.to_datetime(pd.Series(cells, dtype="object"), errors="coerce")
    return pd.Series(cells, dtype="object" if column.kind in ("choices", "rows") else "string")


def column_config(column: Column, pin: Pin) -> Any:
    """How the editor shows a column and lets people fill it in."""
    unit = "%" if column.kind == "percent" else column.unit
    words = {
        "label": (f"{column.label}, {unit}" if unit and unit.casefold() != column.label.casefold() else column.label)
        + (" *" if column.required else ""),
        "help": " ".join(part for part in (plain(column.hint), "Needed." if column.required else "") if part) or None,
    }
    return COLUMNS[column.kind](words, list(sheets.labels_of(column, pin).values()))


COLUMNS: dict[str, Callable[[dict[str, Any], list[str]], Any]] = {
    "text": lambda words, _: st.column_config.TextColumn(**words),
    "words": lambda words, _: st.column_config.TextColumn(**words, width="large"),
    "origin": lambda words, _: st.column_config.TextColumn(**words, disabled=True),
    "choice": lambda words, options: st.column_config.SelectboxColumn(**words, options=options),
    "choices": lambda words, options: st.column_config.MultiselectColumn(**words, options=options),
    "yes or no": lambda words, options: st.column_config.SelectboxColumn(**words, options=options),
    "number": lambda words, _: st.column_config.NumberColumn(**words, min_value=0),
    "money": lambda words, _: st.column_config.NumberColumn(**words, min_value=0),
    "percent": lambda words, _: st.column_config.NumberColumn(**words, min_value=0, max_value=100),
    "date": lambda words, _: st.column_config.DateColumn(**words, format="YYYY-MM-DD"),
    "row": lambda words, options: st.column_config.SelectboxColumn(**words, options=options),
    "rows": lambda words, options: st.column_config.MultiselectColumn(**words, options=options),
}
"""How a kind of column (`questionnaire.cells`) is put in on a sheet."""
