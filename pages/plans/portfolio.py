"""The portfolio: every plan one may open, filtered and sorted, with a heat map of the phases and a few side by side."""

import streamlit as st

from pages.kit import fleet, wanting
from pages.kit.standing import announce

announce()
st.title("Portfolio", anchor=False)
wanted = wanting.ask()
view = fleet.look(wanted)

if view.lines:
    fleet.table(view)
    fleet.turn_pages(view)
    fleet.heat(view)
    fleet.compare(view)
else:
    fleet.nothing(wanted)
