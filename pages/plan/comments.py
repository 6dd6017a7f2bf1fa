"""Comments: the threads about the plan as a whole, and those at its questions that wait for somebody."""

import streamlit as st

from mcplan.views.comments import SHOWS
from pages.kit import desk, talk
from pages.kit.standing import head
from pages.kit.switch import switch
from pages.kit.words import plain

here = desk.here()
head("Comments", here)

st.subheader("About the plan as a whole", anchor=False, divider="gray")
talk.about_the_plan(here)

st.subheader("At the questions", anchor=False, divider="gray")
show = switch("Show", SHOWS, chosen="open", key="threads-show")
view = talk.look(here, show)
st.markdown(plain(view.summary))
if view.nothing:
    st.info(view.nothing, icon=":material/forum:")
for card in view.cards:
    talk.draw(card)
talk.more(view.more)
