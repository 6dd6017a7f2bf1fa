"""Data: the plan to take away for other programs, and what comes back in."""

import streamlit as st

from pages.kit import bringing, desk, taking
from pages.kit.standing import head

here = desk.here()
head("Data", here)

st.subheader("Take away", anchor=False)
taking.draw(here)
taking.annex(here)

st.subheader("Bring in", anchor=False)
st.markdown(
    "Nothing is stored before you have looked through the differences and ticked what you want. "
    "Only answers come in; facts, team and comments stay as they are. What you take over is in the history as yours."
)
bringing.into(here)
