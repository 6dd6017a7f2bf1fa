"""The plans that wait for their boards, drawn by the day of decision."""

from __future__ import annotations

import streamlit as st

from mcplan.views.portfolio import CaseCard, Meeting, view_meetings
from pages.kit import desk, maps, memory
from pages.kit.switch import badge
from pages.kit.words import bullets, plain
from storage.database import reading
from storage.meetings import AT_ONCE, fetch_cases

PAGE = "meetings-page"


def look() -> tuple[tuple[Meeting, ...], int, int]:
    """What the person at the screen may see of them on their page, its number, and how many pages there are."""
    number = memory.number(PAGE, 1)
    with reading(desk.engine()) as session:
        page = fetch_cases(session, desk.questionnaire(), desk.person(), desk.now(), number=number)
    return view_meetings(page.cases, maps.today()), page.number, max(1, -(-page.total // AT_ONCE))


def turn_pages(number: int, pages: int) -> None:
    """The way to the page before and the one after."""
    if pages == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        _turn("Earlier meetings", "arrow_back", number - 1, disabled=number == 1)
        st.markdown(f"Page {number} of {pages}", width="content")
        _turn("Later meetings", "arrow_forward", number + 1, disabled=number == pages)


def _turn(words: str, icon: str, to: int, *, disabled: bool) -> None:
    st.button(
        words,
        icon=f":material/{icon}:",
        disabled=disabled,
        key=f"meetings-{icon}",
        on_click=memory.show_stored,
        args=(PAGE, to),
    )


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
            st.markdown(f"{plain(card.changes)}\n{bullets(card.changed)}")
        with st.container(horizontal=True):
            st.page_link(
                desk.page("decision"),
                label="See the decision",
                icon=":material/gavel:",
                query_params={"plan": card.plan_id},
            )
            if card.changed:
                st.page_link(
                    desk.page("versions"),
                    label="Compare with today",
                    icon=":material/difference:",
                    query_params={"plan": card.plan_id, "compare": card.version_id},
                )
