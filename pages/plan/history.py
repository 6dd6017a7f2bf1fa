"""History: who changed what in the plan, and when."""

import streamlit as st

from pages.kit import desk, timeline
from pages.kit.standing import head

here = desk.here()
head("History", here)

days = timeline.look(here)
if not days:
    st.info("Nothing happened that fits these filters.", icon=":material/history:")
for day in days:
    st.subheader(day.title, anchor=False, divider="gray")
    for line in day.lines:
        timeline.draw(line)
timeline.more()
