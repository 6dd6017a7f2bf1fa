"""My work: everything that waits for the person at the screen, across plans, what is late first."""

import streamlit as st

from mcplan.views.work import view_work
from pages.kit import chores, desk, maps
from pages.kit.standing import announce
from pages.kit.words import plain

announce()
st.title("My work", anchor=False)
jobs, total = chores.look()
view = view_work(desk.questionnaire(), jobs, maps.today())

if view.message:
    st.markdown(f"**{plain(view.message)}**")
else:
    st.info(
        f"Nothing waits for you. Questions and actions whose owner is called {plain(desk.me())} come here, "
        "and comments that somebody asks you about.",
        icon=":material/checklist:",
    )
chores.draw(view.lines)
if view.more:
    st.caption(f"And {view.more} more, further off.")
chores.turn_pages(total)
chores.ask_how_to_tell()
