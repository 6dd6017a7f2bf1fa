"""The chart of how outcomes share the hours and the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcplan.views.design import DesignView
from pages.kit.charts import DARK, LIGHT, inline

if TYPE_CHECKING:
    import altair as alt


def design_chart(view: DesignView, *, on_dark: bool) -> alt.Chart:
    """Each outcome's part of the hours and of the result, side by side."""
    import altair as alt

    settled, possible, quiet = DARK if on_dark else LIGHT
    rows = [(each.outcome, each.part, each.percent) for each in view.shares]
    chart: alt.Chart = (
        alt.Chart(inline(("outcome", "part", "percent"), rows))
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
            tooltip=[alt.Tooltip("outcome:N"), alt.Tooltip("part:N"), alt.Tooltip("percent:Q", format=".0f")],
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
