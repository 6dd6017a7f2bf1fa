"""Where every question comes from: the items of four documents and the fields of boards, with their homes."""

import streamlit as st

from mcplan.views.sources import view_sources
from pages.kit import desk, tables
from pages.kit.standing import head

head("Where every question comes from", desk.here())
view = view_sources(desk.questionnaire())

BOARDS = "Fields of approval boards"
parts = {f"{group.title} ({len(group.rows)})": group for group in view.groups}
fields = f"{BOARDS} ({len(view.fields)})"

st.markdown(f"**{view.message}.** So has every field that approval boards ask for.")
chosen = st.selectbox("Show", [*parts, fields])
# One part at a time: all 207 rows would take longer to draw than the rest of mcplan together.
if chosen == fields:
    words = {"field": "Field", "label": "What boards ask for", "required_by": "Required by", "homes": "Where"}
    tables.of_rows(view.fields, words, BOARDS)
else:
    words = {"code": "Item", "says": "What", "done": "Here", "homes": "Where"}
    tables.of_rows(parts[chosen].rows, words, parts[chosen].title)
