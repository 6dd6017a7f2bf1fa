"""Risks: what open points and unowned critical questions put at stake, worst first."""

import streamlit as st

from mcplan.views.risks import view_risks
from pages.kit import desk, links, tables
from pages.kit.standing import head
from pages.kit.switch import badge, gate_switch
from pages.kit.words import plain

here = desk.here()
head("Risks", here)
gate = gate_switch("Up to gate", chosen=here.plan.gate, key="risks-gate")
view = view_risks(desk.questionnaire(), here.risks, gate)

st.markdown(f"**{plain(view.message)}.** A gap closes itself when its answer reaches the stage the gate asks for.")
tables.risk_counts(view)
for band in view.bands:
    st.subheader(band.title, anchor=False, divider="gray")
    for risk in band.risks:
        with st.container(border=True):
            badge(risk.sign)
            st.markdown(plain(risk.says))
            st.caption(plain(risk.facts))
            if risk.question_id:
                links.to_question(risk.phase_id, risk.question_id, risk.question)
