"""The charts of the money, as functions from a view to a chart."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from mcplan.views.finance import DriversChart, YearsChart
from pages.kit.charts import DARK, LIGHT, inline

if TYPE_CHECKING:
    import altair as alt


def years(view: YearsChart, *, on_dark: bool = False) -> alt.LayerChart:
    """A bar for the surplus of each year, and a line for all of it so far. The title says what it comes to."""
    import altair as alt  # heavy; only the screens that draw pay for it

    strong, soft, quiet = DARK if on_dark else LIGHT
    names = [bar.name for bar in view.bars]
    columns = ("year", "surplus", "so_far", "says", "says_so_far", "bar", "line")
    rows = [(bar.name, bar.surplus, bar.so_far, bar.says, bar.says_so_far, _BAR, _LINE) for bar in view.bars]
    scale = alt.Scale(domain=[_BAR, _LINE], range=[soft, strong])
    axis = alt.Axis(title=_axis(view.currency), format="~s")
    chart = alt.Chart(inline(columns, rows)).encode(
        x=alt.X("year:N", sort=names, title=None, axis=alt.Axis(labelAngle=0)),
        tooltip=[
            alt.Tooltip("year:N", title="When"),
            alt.Tooltip("says:N", title=_BAR),
            alt.Tooltip("says_so_far:N", title=_LINE),
        ],
    )
    colour = alt.Color("bar:N", scale=scale, title=None, legend=alt.Legend(orient="bottom"))
    bars = chart.mark_bar(size=36, stroke=strong).encode(y=alt.Y("surplus:Q", axis=axis), color=colour)
    # The line has points and the bars have none: they differ without their colours, too.
    line = chart.mark_line(point=alt.OverlayMarkDef(size=70, filled=True), strokeWidth=2)
    layers = [
        bars,
        line.encode(y=alt.Y("so_far:Q"), color=alt.Color("line:N", scale=scale)),
        _at(0, quiet, across=True),
    ]
    return _titled(alt.LayerChart(layer=layers), view, 400, quiet)


def drivers(view: DriversChart, *, on_paper: bool = False, on_dark: bool = False) -> alt.LayerChart:
    """For each driver a bar from the surplus with less of it to that with more, widest first."""
    import altair as alt

    # On a phone a long name on one line would take half of the width. On paper a higher picture would be set narrower,
    # to fit the page, and its letters become too small to read.
    names = alt.Undefined if on_paper else "split(datum.label, ' ')"
    height = 40 * len(view.drivers) if on_paper else 52 * len(view.drivers) + 150
    strong, soft, quiet = DARK if on_dark else LIGHT
    rows = [
        row
        for each in view.drivers
        for row in (
            (each.name, _LESS, "−", view.now, each.lower, each.says_lower),
            (each.name, _MORE, "+", view.now, each.higher, each.says_higher),
        )
    ]
    chart = alt.Chart(inline(("driver", "change", "sign", "now", "then", "says"), rows)).encode(
        y=alt.Y(
            "driver:N",
            sort=[each.name for each in view.drivers],
            title=None,
            axis=alt.Axis(ticks=False, labelOverlap=False, labelExpr=names),
        ),
        # Room for the signs on both sides of the widest bar.
        x=alt.X(
            "then:Q",
            title=_axis(view.currency),
            axis=alt.Axis(format="~s", tickCount=6),
            scale=alt.Scale(padding=18, nice=False),
        ),
        tooltip=[
            alt.Tooltip("driver:N", title="Driver"),
            alt.Tooltip("change:N", title="Change"),
            alt.Tooltip("says:N", title="Surplus"),
        ],
    )
    scale = alt.Scale(domain=[_LESS, _MORE], range=[soft, strong])
    bars = chart.mark_bar(height=16, stroke=strong).encode(
        x2=alt.X2("now:Q"), color=alt.Color("change:N", scale=scale, title=None, legend=alt.Legend(orient="bottom"))
    )
    # A sign at each end, so that nobody has to tell the colours apart.
    left = (
        chart.transform_filter("datum.then < datum.now").mark_text(dx=-8, color=quiet).encode(text=alt.Text("sign:N"))
    )
    right = (
        chart.transform_filter("datum.then >= datum.now").mark_text(dx=8, color=quiet).encode(text=alt.Text("sign:N"))
    )
    layers = [bars, left, right, _at(0, quiet)]
    return _titled(alt.LayerChart(layer=layers), view, height, quiet)


def _at(value: float, colour: str, *, across: bool = False) -> alt.Chart:
    """A thin line where neither surplus nor loss is."""
    import altair as alt

    chart = alt.Chart(inline(("zero",), [(value,)]))
    drawn = chart.encode(y=alt.Y("zero:Q")) if across else chart.encode(x=alt.X("zero:Q"))
    line: alt.Chart = drawn.mark_rule(color=colour, strokeWidth=1.5)
    return line


def _titled(chart: alt.LayerChart, view: YearsChart | DriversChart, height: int, quiet: str) -> alt.LayerChart:
    import altair as alt

    # An amount stays with its currency at the end of a line.
    lines = wrap(_unbroken(view), 42)
    titled = chart.properties(title=alt.TitleParams(lines, anchor="start"), height=height)
    done: alt.LayerChart = titled.configure_axis(labelColor=quiet, titleColor=quiet).configure_legend(labelColor=quiet)
    return done


def _unbroken(view: YearsChart | DriversChart) -> str:
    return view.title.replace(f"{view.currency} ", f"{view.currency}\u00a0") if view.currency else view.title


def _axis(currency: str) -> str:
    return f"Surplus in {currency}" if currency else "Surplus"


_BAR, _LINE = "Surplus of the year", "Everything so far"
_LESS, _MORE = "20 % lower (−)", "20 % higher (+)"
