"""Decision: what is before the board, what it decided and why, and what has changed since."""

import streamlit as st

from pages.kit import board, decide, desk
from pages.kit.standing import head

here = desk.here()
head("Decision", here)
case = board.look(here)

board.state(case)
decide.keep_words(case)
decide.submit(here, case)
decide.take_back(here, case)
decide.decide(here, case)

st.subheader("Decision log", anchor=False)
if not case.view.log:
    st.markdown("Nothing has been submitted or decided yet.")
for entry in case.view.log:
    board.draw(entry)
