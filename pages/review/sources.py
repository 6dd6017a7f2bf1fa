"""Where every question comes from: the items of four documents and the fields of boards, with their homes."""

import streamlit as st

from mcplan.views.sources import view_sources
from pages.kit import desk, tables
from pages.kit.standing import head

head("Where every question comes from", desk.here())
view = view_sources(desk.questionnaire())

st.markdown(f"**{view.message}.** Below them the fields that approval boards ask for.")
for group in view.groups:
    with st.expander(f"{group.title} ({len(group.rows)})"):
        tables.of_rows(group.rows, {"code": "Item", "says": "What", "done": "Here", "homes": "Where"}, group.title)
with st.expander(f"Fields of approval boards ({len(view.fields)})"):
    tables.of_rows(
        view.fields,
        {"field": "Field", "label": "What boards ask for", "required_by": "Required by", "homes": "Where"},
        "Fields of approval boards",
    )
