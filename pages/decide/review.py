"""Review: score the version before the board, alone, and then see where team and board are apart."""

import streamlit as st

from pages.kit import board, desk, links, review_form
from pages.kit.standing import head
from pages.kit.words import plain

here = desk.here()
head("Review", here)
case = board.look(here)
given = case.reviewed

st.markdown(f"**{plain(case.view.says)}**")
board.elsewhere(case)
if given is None:
    st.info("Once a version is submitted, team and board score it here.", icon=":material/rate_review:")
    links.to_screen("decision", "Go to the decision", ":material/gavel:")
    st.stop()

links.to_version(given.version_id, "Look at the version")
who = review_form.scorer(here)
if who and case.board.standing.is_open:
    review_form.fill_in(here, given, who)
review_form.others(here, case, given, who)
