"""What the screens share that show what mcplan has worked out: lists of findings, and plain tables of rows."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from mcplan.views.design import DesignView
from mcplan.views.findings import FindingsView
from mcplan.views.pointers import Pointer
from pages.kit import links
from pages.kit.charts import DARK, LIGHT
from pages.kit.words import plain

if TYPE_CHECKING:
    import altair as alt

MOST = 12
"""Findings of one severity that are shown before somebody asks for all."""

FEW = 6
"""The same where they stand beside something else."""


def findings(view: FindingsView) -> None:
    """Findings by severity, each with the way to the question where it is mended."""
    for group in view.groups:
        st.subheader(group.title, anchor=False)
        for line in group.lines[:MOST]:
            _finding(line)
        if len(group.lines) > MOST:
            with st.expander(f"{len(group.lines) - MOST} more"):
                for line in group.lines[MOST:]:
                    _finding(line)
    if not view.groups:
        st.markdown(f":material/check: {view.message}.")


def findings_beside(view: FindingsView) -> None:
    """Findings that stop nothing, folded; all of a plan stand on their own screen."""
    if not view.groups:
        st.caption(f"{view.message}.")
        return
    with st.expander(view.message, icon=":material/rule:"):
        for group in view.groups:
            st.markdown(f"**{group.sign.icon} {group.title}**")
            for line in group.lines[:FEW]:
                _finding(line)
        links.to_screen("findings", "All findings", ":material/rule:")


def _finding(line: Pointer) -> None:
    where, says = st.columns([1.5, 7], gap="small", vertical_alignment="center")
    with where:
        if line.question_id:
            links.to_question(line.phase_id, line.question_id, line.question, line.row_id)
    says.markdown(plain(line.says))


def design_chart(view: DesignView, *, on_dark: bool) -> alt.Chart:
    """Each outcome's part of the hours and of the result, side by side."""
    import altair as alt

    settled, possible, quiet = DARK if on_dark else LIGHT
    frame = pd.DataFrame([asdict(share) for share in view.shares], columns=["outcome", "part", "percent"])
    chart: alt.Chart = (
        alt.Chart(frame)
        .mark_bar(height=12)
        .encode(
            y=alt.Y("outcome:N", sort=None, title=None, axis=alt.Axis(ticks=False)),
            yOffset=alt.YOffset("part:N", sort=["Of the hours", "Of the result"]),
            x=alt.X("percent:Q", title="Percent", scale=alt.Scale(domain=[0, 100])),
            color=alt.Color(
                "part:N",
                scale=alt.Scale(domain=["Of the hours", "Of the result"], range=[possible, settled]),
                title=None,
                legend=alt.Legend(orient="bottom"),
            ),
            tooltip=["outcome:N", "part:N", alt.Tooltip("percent:Q", format=".0f")],
        )
        .properties(title=alt.TitleParams(view.message, anchor="start"), height=46 * max(1, len(view.rows)) + 110)
        .configure_axis(labelColor=quiet, titleColor=quiet)
        .configure_legend(labelColor=quiet)
    )
    return chart


def describe_design(view: DesignView) -> str:
    """The chart in words."""
    rows = "; ".join(f"{row.outcome}: {row.hours}, {row.weight} of the result" for row in view.rows)
    return f"{view.message}. {rows}."
