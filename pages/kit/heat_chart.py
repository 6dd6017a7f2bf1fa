"""The heat map of plans and phases: the number stands in every cell, and the colour repeats it."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from mcplan.views.portfolio import NONE, PortfolioView

if TYPE_CHECKING:
    import altair as alt

LIGHT, DARK = (["#FFFFFF", "#8CC9C4"], "#1B2626", "#4B5563"), (["#11181A", "#0B6E69"], "#FFFFFF", "#C3CBCA")
"""On a light and on a dark ground: from nothing to all there, the numbers, and what only explains."""


def heat_chart(view: PortfolioView, *, on_dark: bool = False) -> alt.LayerChart:
    """A row a plan, a column a phase, and the floor in each cell. The title says which phase is behind."""
    import altair as alt  # heavy; only the screens that draw pay for it
    import pandas as pd

    colours, ink, quiet = DARK if on_dark else LIGHT
    cells = [(cell.plan, cell.phase, cell.says, cell.verdict) for cell in view.heat]
    frame = pd.DataFrame(cells, columns=["plan", "phase", "says", "verdict"])
    frame["floor"] = [0.0 if says == NONE else float(says) for says in frame["says"]]
    phases, plans = list(dict.fromkeys(frame["phase"])), list(dict.fromkeys(frame["plan"]))
    chart = alt.Chart(frame).encode(
        x=alt.X(
            "phase:N",
            sort=phases,
            title=None,
            axis=alt.Axis(orient="top", labelAngle=-40, labelOverlap=False, labelLimit=110, ticks=False),
        ),
        y=alt.Y("plan:N", sort=plans, title=None, axis=alt.Axis(ticks=False, labelOverlap=False, labelLimit=140)),
        tooltip=[
            alt.Tooltip("plan:N", title="Plan"),
            alt.Tooltip("phase:N", title="Phase"),
            alt.Tooltip("says:N", title="Readiness, floor"),
            alt.Tooltip("verdict:N", title="Verdict"),
        ],
    )
    scale = alt.Scale(domain=[0, 100], range=colours, interpolate="rgb")
    # Where nothing is asked there is no ground: it is not the same as nothing answered.
    asked = chart.transform_filter(f"datum.says != '{NONE}'")
    rects = asked.mark_rect(stroke=quiet, strokeWidth=0.5).encode(color=alt.Color("floor:Q", scale=scale, legend=None))
    numbers = chart.mark_text(color=ink).encode(text=alt.Text("says:N"))
    title = alt.TitleParams(wrap(view.heat_says, 42), anchor="start")
    layers = alt.LayerChart(layer=[rects, numbers]).properties(title=title, height=28 * len(plans) + 170)
    drawn: alt.LayerChart = layers.configure_axis(labelColor=quiet, titleColor=quiet)
    return drawn
