"""One phase: its questions, with the guidance beside each answer."""

import streamlit as st

from mcplan.views.phase import SHOWS, shown_questions, view_phase
from pages.kit import desk, links, memory, talk
from pages.kit.question import ask
from pages.kit.standing import head
from pages.kit.switch import switch
from pages.kit.words import bullets, plain

here, phase, me = desk.here(), desk.phase(), desk.me()
head(phase.title, here)

show = switch("Show", SHOWS, chosen="all", key=f"show-{phase.id}")
shown = memory.pinned(
    f"{here.plan.id} {phase.id} {show} {desk.target()}",
    lambda: shown_questions(desk.questionnaire(), here.plan, phase, show, me, here.risks, desk.target()),
)
view = view_phase(
    desk.questionnaire(),
    here.plan,
    phase.id,
    me=me,
    shown=shown,
    readiness=here.readiness,
    closed=not here.may("answer"),
    rates=here.may("comment"),
    since=here.since,
    talk=talk.counts(),
)

st.markdown(f"{view.place}. {plain(view.purpose)}")
with st.expander("Before you start", icon=":material/groups:"):
    st.markdown(f"**In the room:** {plain(view.in_the_room)}\n\n**Bring:**\n\n{bullets(view.bring)}")
if desk.lost_target():
    st.info(desk.lost_target(), icon=":material/search_off:")
if view.nothing:
    st.info(view.nothing, icon=":material/filter_alt:")

ask(view.sections)

if view.not_asked:
    st.caption(plain(view.not_asked))
links.to_next_phase(view)
