"""Risks on the screen: filters, the heat map, each risk with a way to treat it, and the register as a file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import altair as alt
import pandas as pd
import streamlit as st

from mcplan.finding import Finding
from mcplan.known import Known
from mcplan.register import RISKS, treatments
from mcplan.risk import BANDS
from mcplan.views.risks import (
    ANYBODY,
    NOBODY,
    BandView,
    Filters,
    Heat,
    RiskView,
    ShowRisks,
    raisable,
    row_for,
    row_of_finding,
)
from pages.kit import cards, desk, files, memory, tables, taking
from pages.kit.cards import Card, Group
from pages.kit.charts import DARK, LIGHT
from pages.kit.desk import Here
from pages.kit.words import clip
from questionnaire.model import CATEGORIES, Gate
from storage.access import PlanAccess
from storage.answers import append_row
from storage.plans import fetch_plan

AT_ONCE = 12
"""Risks of a band that are drawn before somebody asks for all."""
SHADES = {"Extreme": 1.0, "High": 0.75, "Moderate": 0.45, "Low": 0.2}
"""How strong the ground of a place is; the number in it and the table beside it say the same."""


def narrow(here: Here, gate: Gate, show: ShowRisks) -> Filters:
    """Ask which kind and band, whose, and whether to look at what is left once the actions are done."""
    owners = sorted({risk.owner for risk in here.risks if risk.owner})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kinds = {"": "Every kind", **CATEGORIES}
        category = st.selectbox("Kind", list(kinds), format_func=kinds.__getitem__, width=230, key="risks-kind")
        names = {ANYBODY: "Anybody", NOBODY: "Nobody yet", **{owner: owner for owner in owners}}
        owner = st.selectbox("Owner", list(names), format_func=names.__getitem__, width=230, key="risks-owner")
        bands: dict[str, str] = {"": "Every band"} | {each: each for each in BANDS}
        band = st.selectbox("Band", list(bands), format_func=bands.__getitem__, width=160, key="risks-band")
        after = st.toggle("Once the actions are done", key="risks-after")
    return Filters(gate, show, category, owner, band=band, after=after)


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
        tooltip=[alt.Tooltip("band:N"), alt.Tooltip("many:Q")],
    )
    ink = "#ffffff" if desk.is_dark() else "#11181a"
    numbers = base.mark_text(fontSize=18, fontWeight="bold", color=ink).encode(text=alt.Text("label:N"))
    chart = (places + numbers).properties(title=alt.TitleParams(heat.title, anchor="start"), height=330)
    st.altair_chart(chart.configure_axis(labelColor=quiet, titleColor=quiet), alt=heat.says)
    with st.expander("The same as a table", icon=":material/table:"):
        tables.table(heat.table)


def draw(here: Here, bands: Iterable[BandView]) -> None:
    """The risks by band, worst first; of many in a band most are folded."""
    groups = [Group(tuple(_card(here, risk) for risk in band.risks), band.title, "frames", AT_ONCE) for band in bands]
    cards.draw(groups, key="risks", act=partial(_treat, here))


def _card(here: Here, risk: RiskView) -> Card:
    asked = risk.question_id
    way = (cards.to_question(risk.phase_id, asked, risk.question, risk.row_id),) if asked else ()
    deed = "Treat this" if not risk.row_id and here.may("answer") else ""
    return Card(risk.id, risk.sign, says=risk.says, facts=risk.facts, note=risk.treatment, ways=way, deed=deed)


def _treat(here: Here, risk_id: str) -> None:
    risk = next(each for each in here.risks if each.id == risk_id)
    row = row_for(risk, memory.id_for("treat", risk_id))

    def work(access: PlanAccess) -> bool:
        # Whoever writes holds the plan, so two people who begin at once make one row.
        there = treatments(Known(desk.questionnaire(), fetch_plan(access))).get(risk_id)
        if there and there.id != row["id"]:
            return False
        append_row(access, desk.questionnaire(), RISKS, row, at=desk.now())
        return True

    kept = desk.keep(work, "answer")
    if kept is not None:
        begun = "The risk is in the register below" if kept else "A colleague has just put it into the register"
        memory.say(f"{begun}: say what is done about it, by whom and by when.")


def raise_one(here: Here) -> None:
    """A field to choose a finding from, and a button that puts it into the register as a risk of the team's own."""
    found = [] if not here.may("answer") else raisable(here.findings, desk.known(here.plan))
    if not found:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Put a finding into the register",
            range(len(found)),
            format_func=lambda place: clip(found[place].says, 110),
            index=None,
            placeholder="what a rule has found",
            key=f"risk-from-{memory.turn('risk')}",
        )
        st.button(
            "Put it in",
            icon=":material/add:",
            disabled=chosen is None,
            on_click=_raise,
            args=(desk.new_id(), None if chosen is None else found[chosen]),
        )


def _raise(row_id: str, finding: Finding) -> None:
    def work(access: PlanAccess) -> bool:
        append_row(access, desk.questionnaire(), RISKS, row_of_finding(finding, row_id), at=desk.now())
        return True

    if desk.keep(work, "answer"):
        memory.next_turn("risk")
        memory.say("The risk is in the register below: say how likely and how bad it is, and what is done about it.")


def take_away(here: Here) -> None:
    """A button for the register as a spreadsheet file; nothing for whoever may not take anything away."""
    if here.may("export") and desk.questionnaire().has(RISKS):
        st.download_button(
            "Register as a spreadsheet (CSV)",
            taking.deferred(files.register),
            file_name=f"{memory.file_name(here.plan.title)}-risks.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="risks-csv",
        )
