"""The comments of the open plan on the screens: how many there are at each question, and the list of all threads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

import streamlit as st

from mcplan.comments import SILENCE, Talk
from mcplan.views.comments import ShowThreads, TalkView, ThreadCard, view_talk
from pages.kit import desk, links, memory
from pages.kit.answer_box import plan_talk
from pages.kit.desk import Here
from pages.kit.tokens import plan_token
from pages.kit.words import clip, plain
from storage.comments import fetch_counts, fetch_threads

AT_ONCE = 20


def counts() -> Mapping[str, Talk]:
    """How many threads there are at each question of the open plan that has one; under "" those about the plan."""
    with desk.opened() as access:
        return fetch_counts(access)


def look(here: Here, show: ShowThreads) -> TalkView:
    """The threads at the questions of the open plan."""
    with desk.opened() as access:
        threads = fetch_threads(access)
    return view_talk(
        desk.questionnaire(),
        here.plan,
        threads,
        show,
        person=desk.person(),
        since=here.since,
        now=desk.now(),
        most=memory.amount("threads", AT_ONCE),
    )


def about_the_plan(here: Here) -> None:
    """The threads about the plan as a whole, to read and to write in."""
    view = {
        "plan": here.plan.id,
        "me": desk.me(),
        "label": clip(here.plan.title, 60),
        "token": plan_token(here.plan.id),
    }
    plan_talk({**view, "talk": asdict(counts().get("", SILENCE))})


def draw(card: ThreadCard) -> None:
    """One thread: its question, what was said last, and how it stands."""
    with st.container(border=True, key=f"thread-{card.id}"):
        if card.is_new:
            st.badge("New", icon=":material/fiber_new:", color="blue")
        if card.phase_id:
            links.to_question(card.phase_id, card.question_id, card.question, icon=":material/forum:", talk="open")
        else:
            st.markdown(plain(card.question))
        st.markdown(plain(card.says))
        st.caption(plain(card.facts))


def more(words: str) -> None:
    """A button for further threads, if there are any."""
    if words:
        st.button(words, icon=":material/expand_more:", on_click=memory.ask_more, args=("threads", AT_ONCE))
