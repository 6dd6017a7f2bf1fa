"""Actions: who does what next, and by when; what is late first."""

import streamlit as st

from mcplan.actions import ACTIONS
from mcplan.views.actions import SHOWS, view_actions
from pages.kit import deeds, desk, maps, row_past
from pages.kit.question import ask_kept
from pages.kit.standing import head
from pages.kit.switch import switch

here = desk.here()
head("Actions", here)
show = switch("Show", SHOWS, chosen="open", key="actions-show")
view = view_actions(desk.questionnaire(), here.plan, show, me=desk.me(), today=maps.today())

st.markdown(f"**{view.message}**")
if view.nothing:
    st.info(view.nothing, icon=":material/task_alt:")
deeds.draw(view.lines)
deeds.take_calendar(here)

if desk.questionnaire().has(ACTIONS):
    deeds.make_one(here)
    st.subheader("All actions", anchor=False, divider="gray")
    ask_kept(here, ACTIONS)
    row_past.ask(here, ACTIONS, "History of an action")
