"""Readiness: may this go to the gate, what stops it, and what would raise it most."""

import streamlit as st

from mcplan.views.readiness import view_readiness
from pages.kit import charts, desk, links, tables
from pages.kit.standing import head
from pages.kit.words import bullets, plain
from questionnaire.model import GATES

here = desk.here()
head("Readiness", here)
gate = st.segmented_control(
    "For gate",
    list(GATES),
    format_func=lambda gate: f"{gate} {GATES[gate]}",
    default=here.plan.gate,
    required=True,
    key="for-gate",
)
readiness, risks, findings = desk.judge(here.plan, gate)
view = view_readiness(desk.questionnaire(), here.plan, readiness)

with st.container(border=True):
    st.badge(view.sign.words, icon=view.sign.icon, color=view.sign.colour)
    st.markdown(view.meaning)
    for column, (name, number, says) in zip(st.columns(4), view.figures, strict=True):
        column.metric(name, number, help=says)

st.subheader(f"What stops {view.gate.lower()}", anchor=False)
for stop in view.stops:
    links.to_pointer(stop)
if not view.stops:
    st.markdown(":material/check: Nothing stops it.")

st.subheader("What would raise readiness most", anchor=False)
for gain in view.gains[:8]:
    links.to_pointer(gain)
if len(view.gains) > 8:
    with st.expander(f"{len(view.gains) - 8} more"):
        for gain in view.gains[8:]:
            links.to_pointer(gain)
if not view.gains:
    st.markdown(":material/check: Every answer is at the stage this gate asks for.")

chart, table = st.columns([3, 2], gap="medium")
chart.altair_chart(charts.readiness_by_phase(view), alt=charts.describe(view))
with table:
    tables.phases(view)

for split in view.split:
    st.markdown(f":material/call_split: **The team is split.** {plain(split.says)}")
if view.to_green:
    st.subheader("What leads to Green", anchor=False)
    st.markdown(bullets(view.to_green))
