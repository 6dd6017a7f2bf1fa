"""The pictures of a dossier, drawn as on the screens, for paper."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mcplan.dossier import DossierInput
from mcplan.known import Known
from mcplan.views.design import view_design
from mcplan.views.finance import view_finance
from mcplan.views.pathway import view_pathway
from pages.kit import insights, money_charts
from pages.kit.charts import PAPER_FONT
from pages.kit.pathway_chart import pathway_chart
from pages.kit.small_png import small_png

if TYPE_CHECKING:
    import altair as alt


def draw_pictures(given: DossierInput) -> dict[str, bytes]:
    """PNG pictures by the name under which `mcplan.dossier.workings` sets them; a board paper has the money alone."""
    known = Known(given.questionnaire, given.plan)
    paper = view_finance(given.questionnaire, given.plan).paper
    if given.brief:
        return {"years": _png(_for_paper(money_charts.years(paper.years)).to_json())} if paper else {}
    design, pathway = view_design(known, ()), view_pathway(known, ())
    charts: dict[str, alt.Chart | alt.LayerChart] = {}
    if design.shares:
        charts["design"] = insights.design_chart(design, on_dark=False)
    if not pathway.is_empty:
        charts["pathway"] = pathway_chart(pathway)
    if paper:
        charts |= {"years": money_charts.years(paper.years), "drivers": money_charts.drivers(paper.drivers)}
    return {name: _png(_for_paper(chart).to_json()) for name, chart in charts.items()}


def _for_paper(chart: alt.Chart | alt.LayerChart) -> alt.Chart | alt.LayerChart:
    import altair as alt

    # The caption says the title.
    drawn = chart.properties(width=560, background="white", title=alt.TitleParams([]))
    done: alt.Chart | alt.LayerChart = drawn.configure(font=PAPER_FONT).configure_axis(
        labelFontSize=12, titleFontSize=12, labelColor="#222B36", titleColor="#4F5B69"
    )
    return done


@lru_cache(maxsize=64)
def _png(chart: str) -> bytes:
    import vl_convert

    drawn = vl_convert.vegalite_to_png(chart, ppi=200, allowed_base_urls=[])
    return small_png(drawn)
