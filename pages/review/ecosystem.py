"""Ecosystem: what around the credential is planned, what is thin or missing, and ten things to have."""

import streamlit as st

from mcplan.views.ecosystem import view_ecosystem
from pages.kit import desk, links, tables
from pages.kit.standing import head
from pages.kit.switch import badge
from pages.kit.words import bullets, plain

here = desk.here()
head("Ecosystem", here)
view = view_ecosystem(desk.questionnaire(), here.plan)

if not view.message:
    st.info("Your questions do not ask about the ecosystem.", icon=":material/travel_explore:")
elif view.begin:
    links.to_begin("Nothing is planned yet. A good beginning:", ":material/travel_explore:", view.begin)

if view.message:
    st.markdown(f"**{plain(view.message)}** This looks at the whole plan, whatever gate comes next.")
    tables.table(view.table)
    for way in view.unrated:
        links.to_pointer(way)

if view.points:
    st.subheader("Ten things to have", anchor=False)
    st.markdown(plain(view.progress))
for point in view.points:
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            badge(point.sign)
            st.markdown(f"**{plain(point.title)}**", width="content")
        if point.says:
            st.caption(plain(point.says))
        for way in point.open:
            links.to_pointer(way)

if view.components:
    st.subheader("Part by part", anchor=False)
for part in view.components:
    with st.expander(plain(part.title), icon=part.icon):
        st.markdown(plain(part.rating))
        for way in part.open:
            links.to_pointer(way)
        if part.settled:
            st.markdown(f"Settled:\n\n{bullets(part.settled)}")
