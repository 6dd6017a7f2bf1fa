"""Versions: freeze the plan under a name, look at it as of then, and compare two."""

import streamlit as st

from pages.kit import board, desk, freezer
from pages.kit.standing import head

here = desk.here()
head("Versions", here)
case = board.look(here)

st.markdown("A version is the plan as it was at one moment, for good. A board decides on a version, never on a draft.")
freezer.freeze(here)
if not case.versions:
    st.info("No version is frozen yet. Freeze one before you send the plan to anybody.", icon=":material/ac_unit:")
    st.stop()

show = freezer.show()
if show == "list":
    for card in freezer.cards(case):
        freezer.draw(card)
elif show == "then":
    freezer.as_of(here, case)
else:
    freezer.compare(here, case)
