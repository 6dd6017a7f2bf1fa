"""Links between the screens: each carries the plan, and where it points into a phase, the question."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from mcplan.views.phase import PhaseView
from mcplan.views.pointers import Pointer
from pages.kit import cards, desk
from pages.kit.cards import KEPT_AT
from pages.kit.words import clip, plain


def to_question(
    phase_id: str, question_id: str, words: str, *, icon: str = ":material/arrow_forward:", **more: str
) -> None:
    """A link to one question, which is then shown and in focus; `more` says what to open there, as `talk="open"`."""
    st.page_link(
        desk.page(KEPT_AT.get(question_id, phase_id)),
        label=plain(clip(words)),
        icon=icon,
        query_params={"plan": desk.plan_id(), "question": question_id, **more},
    )


def to_begin(words: str, icon: str, ways: Iterable[Pointer]) -> None:
    """What to say where nothing is there yet, and where to begin."""
    st.info(words, icon=icon)
    cards.questions(ways, key=f"begin-{icon}")


def to_screen(name: str, words: str, icon: str = ":material/arrow_forward:") -> None:
    """A link to another screen of the open plan, named by its path in the address."""
    st.page_link(desk.page(name), label=plain(words), icon=icon, query_params={"plan": desk.plan_id()})


def to_version(version_id: str, words: str, phase_id: str = "") -> None:
    """A link to the plan as of a version, and there to a phase."""
    st.page_link(
        desk.page("versions"),
        label=plain(words),
        icon=":material/inventory_2:",
        query_params={"plan": desk.plan_id(), "version": version_id} | ({"phase": phase_id} if phase_id else {}),
    )


def to_next_phase(view: PhaseView) -> None:
    """The way on at the foot of a phase."""
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if view.next_phase_id:
            to_screen(view.next_phase_id, f"Next phase: {view.next_phase_title}")
        else:
            to_screen("readiness", "That was the last phase: see how ready the plan is")
        to_screen("overview", "Back to the overview", ":material/hub:")


def to_start(pointer: Pointer) -> None:
    """The way to where something begins: its question, or the overview if that is not asked."""
    if pointer.question_id:
        to_question(pointer.phase_id, pointer.question_id, pointer.question)
    else:
        to_screen("overview", "Go to the overview", ":material/hub:")
