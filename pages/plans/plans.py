"""The list of plans: start one, open the worked example, or go on with one."""

import streamlit as st

from pages.kit import bringing, memory, shelf
from pages.kit.standing import announce

announce()
st.title("Micro-credential plans", anchor=False)
which = shelf.choose_shelf()
plans = shelf.plans(which)

if shelf.is_empty():
    st.markdown(
        "1. **Walk** six phases of questions with your team. Each says why it is asked and what a good answer holds.\n"
        "2. **See** at every step how ready the plan is, what stops it, and which risks its open points carry.\n"
        "3. **Hand over** a Word dossier that your approval board can decide on."
    )

with st.container(horizontal=True, vertical_alignment="bottom"):
    shelf.start_button()
    shelf.example_button()
    bringing.new_plan()

if not plans and not shelf.is_empty():
    st.info(shelf.NOTHING[which], icon=":material/folder_open:")
for card in plans:
    shelf.draw(card, which)
shelf.more(which)
memory.unpin()
