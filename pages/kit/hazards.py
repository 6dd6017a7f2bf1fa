"""Risks on the screen: filters, the heat map, each risk with a way to treat it, and the register as a file."""

from __future__ import annotations

import csv
import io

import altair as alt
import pandas as pd
import streamlit as st

from mcplan.known import Known
from mcplan.register import RISKS
from mcplan.spreadsheet.csvs import say_csv
from mcplan.views.risks import ANYBODY, NOBODY, BandView, Heat, RiskView, row_for
from pages.kit import desk, links, memory
from pages.kit.charts import DARK, LIGHT
from pages.kit.desk import Here
from pages.kit.switch import badge
from pages.kit.words import plain
from questionnaire.cells import say_cell
from questionnaire.model import CATEGORIES
from storage.access import PlanAccess
from storage.answers import append_row

AT_ONCE = 12
"""Risks of a band that are drawn before somebody asks for all."""
SHADES = {"Extreme": 1.0, "High": 0.75, "Moderate": 0.45, "Low": 0.2}
"""How strong the ground of a place is; the number in it and the table beside it say the same."""


def narrow(here: Here) -> tuple[str, str, bool]:
    """Ask which kind, whose, and whether to look at what is left once the actions are done."""
    owners = sorted({risk.owner for risk in here.risks if risk.owner})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kinds = {"": "Every kind", **CATEGORIES}
        category = st.selectbox("Kind", list(kinds), format_func=kinds.__getitem__, width=230, key="risks-kind")
        names = {ANYBODY: "Anybody", NOBODY: "Nobody yet", **{owner: owner for owner in owners}}
        owner = st.selectbox("Owner", list(names), format_func=names.__getitem__, width=230, key="risks-owner")
        after = st.toggle("Once the actions are done", key="risks-after")
    return category, owner, after


def heat_map(heat: Heat) -> None:
    """How many risks stand at each likelihood and impact, as a picture with its numbers."""
    strong, _, quiet = DARK if desk.is_dark() else LIGHT
    frame = pd.DataFrame(heat.cells, columns=["likelihood", "impact", "many", "band"])
    frame["label"] = [str(many) if many else "" for many in frame["many"]]
    frame["shade"] = [SHADES[band] for band in frame["band"]]
    base = alt.Chart(frame).encode(
        x=alt.X("impact:O", title="Impact, 1 a nuisance to 5 the end", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("likelihood:O", title="Likelihood", sort="descending"),
    )
    places = base.mark_rect(color=strong, stroke=quiet, strokeWidth=0.5).encode(
        opacity=alt.Opacity("shade:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=[0, 0.55])),
        tooltip=["band:N", "many:Q"],
    )
    ink = "#ffffff" if desk.is_dark() else "#11181a"
    numbers = base.mark_text(fontSize=18, fontWeight="bold", color=ink).encode(text="label:N")
    chart = (places + numbers).properties(title=alt.TitleParams(heat.title, anchor="start"), height=330)
    st.altair_chart(chart.configure_axis(labelColor=quiet, titleColor=quiet), alt=heat.says)
    with st.expander("The same as a table", icon=":material/table:"):
        grid = frame.pivot_table(index="likelihood", columns="impact", values="many", aggfunc="sum").iloc[::-1]
        grid.columns = [f"Impact {impact}" for impact in grid.columns]
        grid.index = [f"Likelihood {likelihood}" for likelihood in grid.index]
        st.table(grid, border="horizontal", alt=heat.title)


def draw(here: Here, band: BandView) -> None:
    """The risks of a band; many are folded, since a screen of fifty would open slowly."""
    for risk in band.risks[:AT_ONCE]:
        _one(here, risk)
    if len(band.risks) > AT_ONCE:
        with st.expander(f"{len(band.risks) - AT_ONCE} more"):
            for risk in band.risks[AT_ONCE:]:
                _one(here, risk)


def _one(here: Here, risk: RiskView) -> None:
    with st.container(border=True):
        badge(risk.sign)
        st.markdown(plain(risk.says))
        st.caption(plain(risk.facts))
        if risk.treatment:
            st.markdown(f":material/healing: {plain(risk.treatment)}")
        with st.container(horizontal=True):
            if risk.question_id:
                links.to_question(risk.phase_id, risk.question_id, risk.question, risk.row_id)
            if not risk.row_id and here.may("answer"):
                st.button(
                    "Treat this",
                    icon=":material/healing:",
                    key=f"treat-{risk.id}",
                    on_click=_treat,
                    args=(here, risk.id),
                )


def _treat(here: Here, risk_id: str) -> None:
    risk = next(each for each in here.risks if each.id == risk_id)
    row = row_for(risk, memory.id_for("treat", risk_id))

    def work(access: PlanAccess) -> bool:
        append_row(access, desk.questionnaire(), RISKS, row, at=desk.now())
        return True

    if desk.keep(work, "answer"):
        memory.say("The risk is in the register below: say what is done about it, by whom and by when.")


def take_away(here: Here) -> None:
    """A button for the register as a spreadsheet file; nothing for whoever may not take anything away."""
    if here.may("export") and desk.questionnaire().has(RISKS):
        st.download_button(
            "Register as a spreadsheet (CSV)",
            lambda: register_file(here),
            file_name=f"{memory.file_name(here.plan.title)}-risks.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="risks-csv",
        )


def register_file(here: Here) -> bytes:
    """The rows of the register, a line each; no cell is one that a spreadsheet would reckon with."""
    question, out = desk.questionnaire().question(RISKS), io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.label for column in question.columns])
    for row in Known(desk.questionnaire(), here.plan).rows(RISKS):
        writer.writerow([say_csv(say_cell(column, row.cells.get(column.id), {})) for column in question.columns])
    return out.getvalue().encode("utf-8-sig")
