"""Maps on the screen: tables with signs, and the line of days."""

from __future__ import annotations

from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING

import pandas as pd

from mcplan.views.calendar import Timeline
from pages.kit import desk
from pages.kit.charts import DARK, LIGHT
from pages.kit.timeline import zone

if TYPE_CHECKING:
    import altair as alt


def today() -> date:
    """The day it is for the person at the screen."""
    return desk.now().astimezone(zone()).date()


def line_of_days(view: Timeline, *, on_dark: bool = False) -> alt.LayerChart:
    """A bar a stage, a diamond for every other day, and a line for today. The title says what is late."""
    import altair as alt  # heavy; only the screens that draw pay for it

    strong, soft, quiet = DARK if on_dark else LIGHT
    ground = "#11181a" if on_dark else "#ffffff"
    rows = [(bar.name, bar.begin.isoformat(), bar.end.isoformat(), bar.says, bar.looks) for bar in view.bars]
    frame = pd.DataFrame(rows, columns=["name", "begin", "end", "says", "looks"])
    frame["is_bar"] = [bar.begin < bar.end for bar in view.bars]
    scale = alt.Scale(domain=["Done", "Late or under way", "Ahead"], range=[soft, strong, ground])
    # Two a line: three do not fit on a phone.
    legend = alt.Legend(
        orient="bottom", columns=2, symbolType="square", symbolSize=110, symbolStrokeColor=strong, symbolStrokeWidth=1.5
    )
    chart = alt.Chart(frame).encode(
        # On a phone a long name on one line would take half of the width.
        y=alt.Y(
            "name:N",
            sort=[bar.name for bar in view.bars],
            title=None,
            axis=alt.Axis(ticks=False, labelOverlap=False, labelLimit=110, labelExpr="split(datum.label, ': ')"),
        ),
        x=alt.X(
            "begin:T",
            title=None,
            # Room for the words beside the last bar.
            scale=alt.Scale(padding=45, nice=False),
            axis=alt.Axis(format="%b %Y", labelOverlap="greedy", tickCount=4),
        ),
        tooltip=[alt.Tooltip("name:N", title="What"), alt.Tooltip("says:N", title="State")],
        fill=alt.Fill("looks:N", scale=scale, title=None, legend=legend),
    )
    bars = chart.transform_filter("datum.is_bar").mark_bar(height=14, stroke=strong).encode(x2=alt.X2("end:T"))
    days = chart.transform_filter("!datum.is_bar").mark_point(shape="diamond", size=110, stroke=strong, opacity=1)
    words = alt.Chart(frame).mark_text(align="left", dx=10, color=quiet)
    says = words.encode(
        x=alt.X("end:T"), y=alt.Y("name:N", sort=[bar.name for bar in view.bars]), text=alt.Text("says:N")
    )
    layers = [*_today(view.today, quiet), bars, days, says]
    title = alt.TitleParams(wrap(view.title, 42), anchor="start")
    drawn = alt.LayerChart(layer=layers).properties(title=title, height=38 * len(view.bars) + 150)
    done: alt.LayerChart = drawn.configure_axis(labelColor=quiet, titleColor=quiet).configure_legend(labelColor=quiet)
    return done


def _today(day: date, colour: str) -> tuple[alt.Chart, alt.Chart]:
    """Today as a line and its word."""
    import altair as alt

    chart = alt.Chart(pd.DataFrame({"day": [day.isoformat()], "says": ["Today"]})).encode(x=alt.X("day:T"))
    words = chart.encode(text=alt.Text("says:N"), y=alt.value(0))
    return chart.mark_rule(strokeDash=[4, 3], color=colour), words.mark_text(dy=-8, color=colour)
