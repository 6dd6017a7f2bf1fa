"""The chart of the gap between a team's scores and its board's."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from mcplan.views.reviews import GapsView
from pages.kit.charts import DARK, LIGHT

if TYPE_CHECKING:
    import altair as alt

TEAM, BOARD = "Team", "Board (mean)"


def gap_chart(view: GapsView, *, on_dark: bool = False) -> alt.LayerChart:
    """A line a criterion, from the team's score (a square) to the mean of the board's (a circle)."""
    import altair as alt  # heavy; only the screens that draw pay for it
    import pandas as pd

    strong, soft, quiet = DARK if on_dark else LIGHT
    order = [gap.criterion.title for gap in view.rows]
    pairs = [(gap.criterion.title, gap.team, gap.board) for gap in view.rows]
    points = [(title, who, score) for title, *both in pairs for who, score in zip((TEAM, BOARD), both, strict=True)]
    frame = pd.DataFrame([point for point in points if point[2] is not None], columns=["criterion", "who", "score"])
    spans = pd.DataFrame(
        [pair for pair in pairs if pair[1] is not None and pair[2] is not None], columns=["criterion", "team", "board"]
    )
    across = alt.Y("criterion:N", sort=order, title=None, axis=alt.Axis(ticks=False, labelOverlap=False))
    scale = alt.Scale(domain=[0, 3])
    ticks = alt.Axis(values=[0, 1, 2, 3], format="d")
    lines = (
        alt.Chart(spans)
        .mark_rule(strokeWidth=3, color=quiet)
        .encode(y=across, x=alt.X("team:Q", scale=scale, axis=ticks, title="Score, 0 to 3"), x2=alt.X2("board:Q"))
    )
    marks = alt.Chart(frame).mark_point(filled=True, size=160, opacity=1, stroke=strong, strokeWidth=1.5).encode(
        y=across,
        x=alt.X("score:Q", scale=scale, axis=ticks, title="Score, 0 to 3"),
        color=alt.Color("who:N", scale=alt.Scale(domain=[TEAM, BOARD], range=[soft, strong]), title=None,
                        legend=alt.Legend(orient="bottom")),
        shape=alt.Shape("who:N", scale=alt.Scale(domain=[TEAM, BOARD], range=["square", "circle"]), title=None),
        tooltip=[alt.Tooltip("criterion:N", title="Criterion"), alt.Tooltip("who:N", title="Who"),
                 alt.Tooltip("score:Q", title="Score", format=".1f")],
    )  # fmt: skip
    title = alt.TitleParams(wrap(view.says, 42), anchor="start")
    layers = alt.LayerChart(layer=[lines, marks]).properties(title=title, height=44 * len(order) + 130)
    chart: alt.LayerChart = layers.configure_axis(labelColor=quiet, titleColor=quiet).configure_legend(labelColor=quiet)
    return chart
