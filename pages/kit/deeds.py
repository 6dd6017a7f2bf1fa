"""Actions on the screen: the list, a new one made from something else, and the days as a file for a calendar."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from mcplan.actions import ACTIONS
from mcplan.known import Known
from mcplan.views.actions import ActionLine, actions_from
from pages.kit import cards, desk, files, memory, taking
from pages.kit.cards import Card, Group
from pages.kit.desk import Here
from pages.kit.words import clip
from storage.access import PlanAccess
from storage.answers import append_row
from storage.comments import fetch_threads


def draw(lines: Iterable[ActionLine]) -> None:
    """The actions: the state of each, what it is, and the way to its row."""
    found = (
        Card(
            sign=line.sign,
            icon="arrow_forward",
            title=clip(line.what),
            address=cards.address_of("actions", question=ACTIONS, row=line.id),
            facts=line.facts,
        )
        for line in lines
    )
    cards.draw([Group(tuple(found), looks="frames")], key="deeds")


def take_calendar(here: Here) -> None:
    """A button for the days of the plan as a calendar file; nothing for whoever may not take anything away."""
    if not here.may("export"):
        return
    st.download_button(
        "Days for your calendar",
        taking.deferred(files.calendar),
        file_name=f"{memory.file_name(here.plan.title)}-days.ics",
        mime="text/calendar",
        icon=":material/calendar_add_on:",
        on_click="ignore",
        key="days-ics",
    )


def make_one(here: Here) -> None:
    """A field to choose a finding, a risk or an open comment from, and a button that makes an action of it."""
    if not here.may("answer"):
        return
    offered = _offered(here)
    if not offered:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Make an action of",
            list(offered),
            format_func=lambda key: clip(f"{str(offered[key]['from']).capitalize()}: {offered[key]['source']}", 110),
            index=None,
            placeholder="a finding, a risk or a comment",
            key=f"action-from-{memory.turn('action')}",
        )
        st.button(
            "Make it",
            icon=":material/add_task:",
            disabled=chosen is None,
            on_click=_make,
            args=({"id": desk.new_id(), **offered.get(chosen or "", {})},),
        )


def _offered(here: Here) -> dict[str, dict[str, object]]:
    with desk.opened() as access:
        threads = fetch_threads(access)
    return actions_from(Known(desk.questionnaire(), here.plan), here.findings, here.risks, threads)


def _make(row: dict[str, object]) -> None:
    def work(access: PlanAccess) -> bool:
        append_row(access, desk.questionnaire(), ACTIONS, row, at=desk.now())
        return True

    if desk.keep(work, "answer"):
        memory.next_turn("action")
        memory.say("The action is in the list. Give it an owner and a day.")
