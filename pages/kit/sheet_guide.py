"""What stands around a sheet: what belongs on it, and the way to every table."""

from __future__ import annotations

import streamlit as st

from mcplan.views import sheet as sheets
from pages.kit import cards, desk
from pages.kit.cards import Card, Group
from pages.kit.words import bullets, plain
from questionnaire.model import Question


def guidance(question: Question) -> None:
    """What belongs on the sheet: why it is asked, what each column takes, and a row as a good one reads."""
    with st.expander("What belongs here", icon=":material/lightbulb:"):
        if question.why:
            st.markdown(f"**Why we ask:** {plain(question.why)}")
        if question.good:
            st.markdown(f"**A good answer holds:**\n\n{bullets(question.good)}")
        for column in question.columns:
            if column.hint:
                st.markdown(f"**{plain(column.label)}:** {plain(column.hint)}")
        if question.example:
            st.markdown("**A row as a good one reads:**")
            st.markdown(bullets(sheets.example_lines(question)))
        st.caption("A star marks what a row cannot do without. Rows can be pasted from a spreadsheet.")


def choose() -> None:
    """The way to every table of the plan, for whoever came without one."""
    tables = sheets.tables_of(desk.questionnaire())
    if not tables:
        st.info("No question of this plan is a table.", icon=":material/table:")
    ways = (cards.to_question(phase.id, each.id, f"{each.code} {each.ask}") for phase, each in tables)
    cards.draw([Group(tuple(Card(ways=(way,)) for way in ways))], key="tables")
