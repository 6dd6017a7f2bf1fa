"""The meetings: plans that wait for their boards, by the day of decision, with what each asks for."""

import streamlit as st

from pages.kit import hearing
from pages.kit.standing import announce

announce()
st.title("Meetings", anchor=False)
meetings, number, pages = hearing.look()

if not meetings:
    hearing.nothing()
for meeting in meetings:
    hearing.draw(meeting)
hearing.turn_pages(number, pages)
