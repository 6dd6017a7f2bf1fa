"""The plans that wait for their boards, drawn by the day of decision."""

from __future__ import annotations

import streamlit as st

from mcplan.views.portfolio import CaseCard, Meeting, view_meetings
from pages.kit import desk, maps
from pages.kit.switch import badge
from pages.kit.words import bullets, plain
from storage.database import reading
from storage.meetings import fetch_cases


def look() -> tuple[tuple[Meeting, ...], int]:
    """What the person at the screen may see of them, and how many further plans wait."""
    with reading(desk.engine()) as session:
        cases, more = fetch_cases(session, desk.questionnaire(), desk.person(), desk.now())
    return view_meetings(cases, maps.today()), more


def nothing() -> None:
    """What to say while no plan is with a board."""
    st.info(
        "No plan is with a board. Freeze a version of a plan and submit it: then it stands here on the day its board "
        "decides.",
        icon=":material/event:",
    )


def draw(meeting: Meeting) -> None:
    """One day with its plans."""
    st.subheader(plain(meeting.heading), anchor=False)
    for card in meeting.cards:
        _draw(card)


def _draw(card: CaseCard) -> None:
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{plain(card.title)}**", width="content")
            if card.sign:
                badge(card.sign)
        st.markdown(f"{plain(card.ask)} · {plain(card.version)}")
        st.caption(plain(card.facts))
        if card.problem:
            st.warning(plain(card.problem), icon=":material/error:")
        if card.risks:
            st.markdown(f"Top risks:\n{bullets(card.risks)}")
        elif not card.problem:
            st.markdown("No risk is flagged for this gate.")
        if card.changes:
            st.markdown(plain(card.changes))
        st.page_link(
            desk.page("decision"),
            label="See the decision",
            icon=":material/gavel:",
            query_params={"plan": card.plan_id},
        )
