"""The picture of a pathway: boxes and arrows, laid out from left to right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcplan.views.pathway import KINDS, Node, PathwayView
from pages.kit.charts import DARK, LIGHT, inline

if TYPE_CHECKING:
    import altair as alt

ROW = 70
"""Height of a row of boxes in pixels."""
LEGEND = 170
"""Height of the title and the legend: two columns, so that a phone shows all of it."""
SHAPES = {"This one": "diamond", "Award": "square", "Other": "circle"}
DASHES = {"Counts toward": [1, 0], "Comes before": [8, 4], "Recommended before": [2, 3]}


def pathway_chart(view: PathwayView, *, on_dark: bool = False) -> alt.LayerChart:
    """Credentials as shapes with their names, links as lines: kinds differ by dash, not by colour alone."""
    import altair as alt

    strong, _, quiet = DARK if on_dark else LIGHT
    rows = 1 + max((node.down for node in view.nodes), default=0)
    title = alt.TitleParams(view.message, anchor="start")
    layers = alt.LayerChart(layer=[*_lines(view, quiet), *_nodes(view, strong)])
    titled = layers.properties(title=title, height=ROW * rows + LEGEND)
    chart: alt.LayerChart = titled.configure_legend(labelColor=quiet, titleColor=quiet)
    return chart


def _lines(view: PathwayView, colour: str) -> tuple[alt.Chart, alt.Chart]:
    import altair as alt

    columns = ["x", "y", "x2", "y2", "kind", "ex", "ey"]
    points = [(*_at(each.start), *_at(each.end), each.kind, *_before(each.start, each.end)) for each in view.arrows]
    kinds = alt.Scale(domain=list(KINDS.values()), range=[DASHES[kind] for kind in KINDS.values()])
    frame = alt.Chart(inline(columns, points))
    dash = alt.StrokeDash(
        "kind:N", scale=kinds, title=None, legend=alt.Legend(orient="bottom", columns=2, symbolType="stroke")
    )
    lines = frame.mark_rule(color=colour, strokeWidth=1.5).encode(
        x=_axis("x"), y=_axis("y", reverse=True), x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"), strokeDash=dash
    )
    heads = frame.mark_point(shape="triangle-right", size=70, filled=True, color=colour, opacity=1).encode(
        x=_axis("ex"), y=_axis("ey", reverse=True)
    )
    return lines, heads


def _nodes(view: PathwayView, colour: str) -> tuple[alt.Chart, alt.Chart]:
    import altair as alt

    rows = [(*_at(node), node.name, node.title, node.kind) for node in view.nodes]
    frame = alt.Chart(inline(("x", "y", "name", "title", "kind"), rows))
    shape = alt.Scale(domain=list(SHAPES), range=list(SHAPES.values()))
    says = [alt.Tooltip("name:N"), alt.Tooltip("title:N"), alt.Tooltip("kind:N")]
    place = {"x": _axis("x"), "y": _axis("y", reverse=True), "tooltip": says}
    marks = frame.mark_point(size=260, filled=True, color=colour, opacity=1).encode(
        shape=alt.Shape("kind:N", scale=shape, title=None, legend=alt.Legend(orient="bottom", columns=2)), **place
    )
    names = frame.mark_text(dy=-20, color=colour, fontWeight="bold").encode(text=alt.Text("name:N"), **place)
    return marks, names


def _axis(field: str, *, reverse: bool = False) -> alt.X | alt.Y:
    import altair as alt

    scale = alt.Scale(reverse=reverse, padding=40, zero=False, nice=False)
    kind = alt.Y if reverse else alt.X
    return kind(f"{field}:Q", axis=None, scale=scale)


def _at(node: Node) -> tuple[float, float]:
    # Every other column stands half a row lower, so that a line across it does not run through its boxes.
    return float(node.across), node.down + 0.5 * (node.across % 2)


def _before(start: Node, end: Node) -> tuple[float, float]:
    """Where the head of an arrow stands: a little before its end."""
    (x, y), (x2, y2) = _at(start), _at(end)
    return x + 0.86 * (x2 - x), y + 0.86 * (y2 - y)
