"""What became of one row of a kept table, on the screen it is kept on."""

from __future__ import annotations

import streamlit as st

from mcplan.views.row_past import view_row_past
from pages.kit import desk
from pages.kit.desk import Here
from pages.kit.timeline import zone
from pages.kit.words import clip, plain
from storage.answers import fetch_history


def ask(here: Here, question_id: str, label: str) -> None:
    """A field to choose a row from, and below it who changed what in it and when; nothing if there are no rows."""
    names = desk.known(here.plan).names(question_id)
    if not names:
        return
    chosen = st.selectbox(
        label,
        list(names),
        format_func=lambda id: clip(names[id], 110),
        index=None,
        placeholder="who changed what, and when",
        key=f"past-{question_id}",
    )
    if chosen:
        with desk.opened() as access:
            revisions = [each.answer for each in fetch_history(access, question_id)]
        for change in view_row_past(desk.questionnaire().question(question_id), revisions, chosen, zone()):
            with st.container(border=True):
                st.markdown(f"{change.when} **{plain(change.who)}**")
                st.markdown("\n".join(f"- {plain(line)}" for line in change.what))
