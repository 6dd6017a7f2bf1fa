"""Workshops: those of the plan, and a new one about what holds it up most."""

import streamlit as st

from pages.kit import desk, workshops
from pages.kit.standing import head

here = desk.here()
head("Workshops", here)

st.markdown(
    "Settle the questions that matter together in one room: everybody writes first, then all is shown, supported, "
    "merged into one answer and stored. Nobody needs an account to take part."
)
cards = workshops.cards(here)
for card in cards:
    workshops.draw(card)
if not cards:
    st.info("There was no workshop on this plan yet.", icon=":material/podium:")

if here.may("facilitate"):
    st.subheader("Prepare a workshop", anchor=False, divider="gray")
    workshops.prepare(here)
