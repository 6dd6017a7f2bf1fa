"""Summary: the plan on one page, and a pitch for half a minute."""

import streamlit as st

from mcplan.views.finance import money_of
from mcplan.views.summary import view_summary
from pages.kit import desk, links, pitch
from pages.kit.standing import head
from pages.kit.words import lines, plain

here = desk.here()
head("Summary", here)
view = view_summary(desk.known(here.plan), here.readiness, money_of(desk.known(here.plan)))

with st.container(border=True):
    st.subheader(plain(view.title), anchor=False)
    if view.byline:
        st.caption(plain(view.byline))
    if view.own:
        st.markdown(lines(view.own))
    for paragraph in view.paragraphs:
        st.markdown(f"**{plain(paragraph.head)}**  \n{plain(paragraph.text)}")
st.caption(plain(view.origin))
if view.edit:
    links.to_question(view.edit.phase_id, view.edit.question_id, "Write the summary in your own words")

st.subheader("The pitch", anchor=False)
with st.container(border=True):
    st.markdown(lines(view.pitch))
st.caption(plain(view.pitch_origin))
pitch.download(here)
if view.edit_pitch:
    links.to_question(view.edit_pitch.phase_id, view.edit_pitch.question_id, "Write the pitch in your own words")

if view.missing:
    st.subheader("What would make it say more", anchor=False)
for pointer in view.missing:
    links.to_pointer(pointer)
