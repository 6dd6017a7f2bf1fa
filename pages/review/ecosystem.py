"""Ecosystem: what around the credential is planned, what is thin or missing, and ten things to have."""

import streamlit as st

from mcplan.views.ecosystem import view_ecosystem
from pages.kit import cards, desk, links, tables
from pages.kit.cards import Card, Group
from pages.kit.standing import head
from pages.kit.words import plain

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
    cards.pointers(view.unrated, key="unrated")

if view.points:
    st.subheader("Ten things to have", anchor=False)
    st.markdown(plain(view.progress))
    points = (
        Card(sign=each.sign, title=each.title, facts=each.says, ways=tuple(map(cards.to_pointer, each.open)))
        for each in view.points
    )
    cards.draw([Group(tuple(points), looks="frames")], key="points")
if view.components:
    st.subheader("Part by part", anchor=False)
    parts = (
        Card(
            title=each.title,
            icon=each.icon,
            is_folded=True,
            says=each.rating,
            ways=tuple(map(cards.to_pointer, each.open)),
            points_are="Settled",
            points=each.settled,
        )
        for each in view.components
    )
    cards.draw([Group(tuple(parts), looks="frames")], key="parts")
