"""Small tables and figures: the numbers of a chart, for those who read rather than look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from mcplan.views.readiness import ReadinessView
from mcplan.views.risks import RisksView
from mcplan.views.table import Cell, Table
from pages.kit.words import plain


def phases(view: ReadinessView) -> None:
    """Readiness by phase: how many of the questions asked are blank, floor to ceiling, verdict."""
    rows = [
        {
            "Phase": plain(row.phase),
            # One column for two numbers: four columns fit on a phone.
            "Blank": f"{row.blank} of {row.asked}" if row.asked else "–",
            "Readiness": row.readiness,
            "Verdict": f"{row.icon} {row.verdict}",
        }
        for row in view.phases
    ]
    st.table(pd.DataFrame(rows), hide_index=True, border="horizontal", alt="Readiness by phase")


def risk_counts(view: RisksView) -> None:
    """How many risks stand in each band."""
    for column, (band, number) in zip(st.columns(len(view.counts)), view.counts, strict=True):
        column.metric(band, number)


def table(view: Table) -> None:
    """A table of words and signs."""
    rows = [[_cell(cell) for cell in row] for row in view.rows]
    columns = [plain(column) for column in view.columns]
    st.table(pd.DataFrame(rows, columns=columns), hide_index=True, border="horizontal", alt=view.caption)


def of_rows(rows: Sequence[Any], names: Mapping[str, str], what: str) -> None:
    """Rows of a view as a table; `names` gives the heading of each field that is shown."""
    cells = tuple(tuple(str(getattr(row, field)) for field in names) for row in rows)
    table(Table(what, tuple(names.values()), cells))


def figures(view: tuple[tuple[str, str, str], ...], across: int) -> None:
    """Numbers side by side, so many across, each with what it says."""
    columns = st.columns(across)
    for place, (name, number, says) in enumerate(view):
        columns[place % across].metric(name, number, help=says)


def _cell(cell: Cell) -> str:
    return plain(cell) if isinstance(cell, str) else f"{cell.icon} {plain(cell.words)}"
