"""Summary: the plan on one page, and a pitch for half a minute."""

import streamlit as st

from mcplan.views.finance import money_of
from mcplan.views.summary import PITCH, SUMMARY, view_summary
from pages.kit import cards, desk, pitch
from pages.kit.question import ask_kept
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
if not view.own:
    pitch.begin(here, SUMMARY, view.composed, "Write on from this summary")

st.subheader("The pitch", anchor=False)
with st.container(border=True):
    st.markdown(lines(view.pitch))
st.caption(plain(view.pitch_origin))
if not view.own_pitch:
    pitch.begin(here, PITCH, view.pitch, "Write on from this pitch")
pitch.download(here)

if view.missing:
    st.subheader("What would make it say more", anchor=False)
cards.pointers(view.missing, key="missing")

if desk.questionnaire().has(SUMMARY):
    st.subheader("In your own words", anchor=False, divider="gray")
    st.caption(
        "What stands here takes the place of the composed text, here and in Word. Empty it, and mcplan composes."
    )
    ask_kept(here, SUMMARY, PITCH)
