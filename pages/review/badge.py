"""Badge: what an earner will show, how it is earned, and what its metadata still lacks."""

import streamlit as st

from mcplan.known import Known
from mcplan.views.badge import view_badge
from pages.kit import badge, desk, links
from pages.kit.standing import head
from pages.kit.words import bullets, plain

here = desk.here()
head("Badge", here)
view = view_badge(Known(desk.questionnaire(), here.plan))

st.markdown(f"**{plain(view.message)}** It is composed from your answers and changes with them.")
badge.card(view)
if view.start:
    st.info("Fill in the learning outcomes, and the badge says here how it is earned.", icon=":material/edit_note:")
    links.to_start(view.start)
badge.download(here, view)

if view.criteria:
    st.subheader("How it is earned", anchor=False)
    badge.criteria(view.criteria)
if view.results:
    st.subheader("What is recorded", anchor=False)
    st.markdown(bullets(view.results))
if view.alignments:
    st.subheader("What it lines up with", anchor=False)
    badge.alignments(view)

st.subheader("What is missing", anchor=False)
badge.missing(view)
if not view.missing:
    st.markdown(":material/check: Nothing is missing.")
