"""Small tables and figures: the numbers of a chart, for those who read rather than look."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from mcplan.views.finance_tables import Grid
from mcplan.views.readiness import ReadinessView
from mcplan.views.risks import RisksView
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


def grid(view: Grid) -> None:
    """A table in finished words."""
    rows = [[plain(cell) for cell in row] for row in view.rows]
    st.table(pd.DataFrame(rows, columns=list(view.columns)), hide_index=True, border="horizontal", alt=view.caption)


def figures(view: tuple[tuple[str, str, str], ...], across: int) -> None:
    """Numbers side by side, so many across, each with what it says."""
    columns = st.columns(across)
    for place, (name, number, says) in enumerate(view):
        columns[place % across].metric(name, number, help=says)
