"""Readiness on one page: what the readiness screen says, for a sheet of paper."""

import streamlit as st

from mcplan.readiness import assess_readiness
from mcplan.views.one_page import view_one_page
from pages.kit import desk, links, past, sheet_of_paper, tables
from pages.kit.standing import head
from pages.kit.switch import badge, gate_switch
from pages.kit.timeline import zone
from pages.kit.words import bullets, plain

here = desk.here()
head("On one page", here)
with st.container(key="beside-the-sheet"):
    gate = gate_switch("For gate", chosen=here.plan.gate, key="for-gate")
    st.caption("Print it with your browser (Ctrl+P, on a Mac ⌘P): it fills one sheet of A4.")
    links.to_screen("readiness", "Back to readiness, with all links", ":material/speed:")
readiness = assess_readiness(desk.questionnaire(), here.plan, gate, findings=here.findings, risks=here.risks)
week, trend = past.week(here, gate, readiness), past.trend(here, gate)
view = view_one_page(desk.questionnaire(), here.plan, readiness, week, trend, desk.now().astimezone(zone()))

sheet_of_paper.dress()
with st.container(border=True, key="sheet"):
    st.subheader(plain(view.title), anchor=False)
    st.caption(plain(view.byline))
    badge(view.sign)
    st.markdown(f"**{plain(view.answer)}** {plain(view.meaning)}")
    st.markdown(" · ".join(f"{plain(name)} **{plain(number)}**" for name, number, _ in view.figures))
    if view.trend:
        st.markdown(plain(view.trend))
    st.markdown(f"**What stops it**\n\n{bullets(view.stops or ('Nothing.',))}")
    if view.split:
        st.markdown(f"**Where the team is split** (from 1, a guess, to 5, sure)\n\n{bullets(view.split)}")
    st.markdown(f"**The last seven days**\n\n{bullets(view.week)}")
    if view.gains.rows:
        st.markdown("**What would raise readiness most**")
        tables.on_paper(view.gains)
    st.markdown("**Phase by phase**")
    tables.on_paper(view.phases)
