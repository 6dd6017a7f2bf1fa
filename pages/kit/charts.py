"""Charts as functions from a view to a chart; the screens and the dossier draw the same ones.

A channel is given as what it is, such as `alt.X2("to:Q")`: to make one of a mere string Altair goes through its whole
schema, 5 ms each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Literal

from mcplan.views.readiness import PhaseRow, ReadinessView

if TYPE_CHECKING:
    import altair as alt

Paper = Literal["full", "short"]
"""In the full dossier, or in the board paper."""
LIGHT, DARK = ("#0B6E69", "#9CCFCB", "#4B5563"), ("#2BA398", "#D3ECE9", "#C3CBCA")
"""On a light and on a dark ground: what is there, what blanks could still bring, and what only explains."""
PASS = 90
"""The share from which a verdict can be better than Amber (`mcplan.readiness`)."""
PAPER_FONT = "Calibri, Carlito, Liberation Sans, Noto Sans, sans-serif"


def readiness_by_phase(view: ReadinessView, *, paper: Paper | None = None, on_dark: bool = False) -> alt.LayerChart:
    """A bar a phase: settled now, and what its blank questions could still bring. The title says the message.

    On paper there is no title, since the caption says it; the board paper has room for low bars only.
    """
    import altair as alt  # heavy; only the screens that draw pay for it

    asked = [row for row in view.phases if row.asked]
    # On the screen the height is that of the whole picture, on paper that of the plot.
    each = {"full": 46, "short": 18, None: 62}[paper]
    height = each * max(1, len(asked)) + (0 if paper else 150)
    title = [] if paper else wrap(view.message, 42)
    settled, possible, quiet = DARK if on_dark else LIGHT
    layers = alt.LayerChart(layer=[_bars(asked, paper, [settled, possible]), *_goal(quiet)])
    titled = layers.properties(title=alt.TitleParams(title, anchor="start"), height=height)
    chart: alt.LayerChart = titled.configure_axis(labelColor=quiet, titleColor=quiet).configure_legend(labelColor=quiet)
    return chart


def _bars(asked: list[PhaseRow], paper: Paper | None, colours: list[str]) -> alt.Chart:
    import altair as alt

    bits = inline(("phase", "part", "from", "to", "label"), (part for row in asked for part in _parts(row)))
    # On a phone a long name on one line would take half of the width.
    names = alt.Undefined if paper else "split(datum.label, ' ')"
    axis = alt.Axis(ticks=False, labelOverlap=False, labelExpr=names)
    scale = alt.Scale(domain=["Settled", "Still possible"], range=colours)
    chart = alt.Chart(bits).encode(
        y=alt.Y("phase:N", sort=[row.phase for row in asked], title=None, axis=axis),
        x=alt.X("from:Q", title="Readiness, 0 to 100", scale=alt.Scale(domain=[0, 100])),
        x2=alt.X2("to:Q"),
        color=alt.Color("part:N", scale=scale, title=None, legend=alt.Legend(orient="bottom")),
        tooltip=[alt.Tooltip("phase:N", title="Phase"), alt.Tooltip("label:N", title="Readiness")],
    )
    bars: alt.Chart = chart.mark_bar(height=11 if paper == "short" else 18)
    return bars


def _goal(colour: str) -> tuple[alt.Chart, alt.Chart]:
    """The share below which no phase can be green, as a line and its words."""
    import altair as alt

    goal = alt.Chart(inline(("goal", "says"), [(PASS, f"Green needs {PASS}")])).encode(x=alt.X("goal:Q"))
    words = goal.encode(text=alt.Text("says:N"), y=alt.value(0))
    return goal.mark_rule(strokeDash=[4, 3], color=colour), words.mark_text(align="right", dx=-4, dy=-8, color=colour)


def describe(view: ReadinessView) -> str:
    """The chart in words, for those who do not see it."""
    rows = [f"{row.phase} {row.readiness}" for row in view.phases if row.asked]
    return f"{view.message}. " + "; ".join(rows) + "." if rows else view.message


def inline(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> alt.InlineData:
    """Rows for a chart. A data frame would say the same once pandas is loaded, which takes longer than the chart."""
    import altair as alt

    return alt.InlineData([dict(zip(columns, row, strict=True)) for row in rows])


def _parts(row: PhaseRow) -> list[tuple[str, str, float, float, str]]:
    return [
        (row.phase, "Settled", 0.0, row.floor, row.readiness),
        (row.phase, "Still possible", row.floor, row.ceiling, row.readiness),
    ]
