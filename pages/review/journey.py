"""Delivery map: where a learner would fall through, and where a result would, between two systems."""

import streamlit as st

from mcplan.views.delivery_map import view_delivery_map
from pages.kit import cards, desk, links, maps, tables
from pages.kit.standing import head
from pages.kit.words import bullets, plain

here = desk.here()
head("Delivery map", here)
view = view_delivery_map(desk.questionnaire(), here.plan, maps.today())
journey, platforms = view.journey, view.platforms

st.subheader("The learner's way", anchor=False, divider="gray")
if journey.table:
    st.markdown(f"**{plain(journey.message)}**")
    tables.table(journey.table)
    cards.questions(journey.question, key="journey")
elif journey.question:
    links.to_begin(
        "Nobody has followed a learner yet. Eight rows are enough to see where somebody would get lost.",
        ":material/route:",
        journey.question,
    )
else:
    st.info("This plan is not asked about the learner's way.", icon=":material/route:")

st.subheader("Platforms", anchor=False, divider="gray")
if platforms.message:
    st.markdown(f"**{plain(platforms.message)}**")
    st.markdown(bullets(platforms.concerns) or ":material/check: Every link is on time, and somebody has tried it.")
    if platforms.matrix:
        tables.table(platforms.matrix)
    if platforms.links:
        tables.table(platforms.links)
    cards.questions(platforms.questions, key="platforms")
elif platforms.questions:
    links.to_begin(
        "No system is named yet. Put in the systems first, then what passes between them.",
        ":material/lan:",
        platforms.questions,
    )
else:
    st.info("This plan is not asked about systems.", icon=":material/lan:")
