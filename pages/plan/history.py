"""History: who changed what in the plan, and when."""

import streamlit as st

from pages.kit import desk, timeline
from pages.kit.standing import head

here = desk.here()
head("History", here)

days = timeline.look(here)
if not days:
    st.info("Nothing happened that fits these filters.", icon=":material/history:")
timeline.draw(days)
timeline.more()
