"""Small tables: the numbers of a chart, for those who read rather than look."""

from __future__ import annotations

import pandas as pd
import streamlit as st

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
