"""Readiness: may this go to the gate, what stops it, and what would raise it most."""

import streamlit as st

from mcplan.readiness import assess_readiness
from mcplan.views.findings import view_beside_stops
from mcplan.views.readiness import view_readiness
from pages.kit import cards, charts, desk, insights, links, past, tables
from pages.kit.standing import head
from pages.kit.switch import badge, gate_switch
from pages.kit.words import bullets, plain

here = desk.here()
head("Readiness", here)
gate = gate_switch("For gate", chosen=here.plan.gate, key="for-gate")
readiness = assess_readiness(desk.questionnaire(), here.plan, gate, findings=here.findings, risks=here.risks)
view = view_readiness(desk.questionnaire(), here.plan, readiness)

with st.container(border=True):
    badge(view.sign)
    st.markdown(f"**{plain(view.answer)}** {plain(view.meaning)}")
    for column, (name, number, says) in zip(st.columns(4), view.figures, strict=True):
        column.metric(name, number, help=says)

links.to_screen("one-page", "All of it on one page, to print", ":material/print:")

st.subheader(f"What stops {view.gate.lower()}", anchor=False)
cards.pointers(view.stops, key="stops")
if not view.stops:
    st.markdown(":material/check: Nothing stops it.")
insights.findings_beside(view_beside_stops(desk.questionnaire(), here.findings, gate))

if view.split:
    st.subheader("Where the team is split", anchor=False)
cards.pointers(view.split, key="split")

past.draw_week(here, gate, readiness)

st.subheader("What would raise readiness most", anchor=False)
cards.pointers(view.gains, key="gains", at_once=8)
if not view.gains:
    st.markdown(":material/check: Every answer is at the stage this gate asks for.")
if view.to_green:
    st.subheader("What leads to Green", anchor=False)
    st.markdown(bullets(view.to_green))

st.subheader("Phase by phase", anchor=False)
st.altair_chart(charts.readiness_by_phase(view, on_dark=desk.is_dark()), alt=charts.describe(view))
tables.phases(view)
past.draw_trend(here, gate)
