"""Risks: what open points and unowned critical questions put at stake, worst first."""

import streamlit as st

from mcplan.views.risks import view_risks
from pages.kit import desk, links, tables
from pages.kit.standing import head
from pages.kit.words import plain
from questionnaire.model import GATES

here = desk.here()
head("Risks", here)
gate = st.segmented_control(
    "Up to gate",
    list(GATES),
    format_func=lambda gate: f"{gate} {GATES[gate]}",
    default=here.plan.gate,
    required=True,
    key="risks-gate",
)
view = view_risks(desk.questionnaire(), here.risks, gate)

st.markdown(f"**{plain(view.message)}.** A gap closes itself when its answer reaches the stage the gate asks for.")
tables.risk_counts(view)
for band in view.bands:
    st.subheader(band.title, anchor=False, divider="gray")
    for risk in band.risks:
        with st.container(border=True):
            st.badge(risk.sign.words, icon=risk.sign.icon, color=risk.sign.colour)
            st.markdown(plain(risk.says))
            st.caption(plain(risk.facts))
            if risk.question_id:
                links.to_question(risk.phase_id, risk.question_id, risk.question)
