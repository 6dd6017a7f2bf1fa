"""Versions on the screen: freeze one, look at the plan as of one, compare two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from mcplan.comparing import compare as differ
from mcplan.differences import Piece
from mcplan.version import MOST_NAME, State, VersionRefused, state_of, wording_of
from mcplan.views.readiness import view_readiness
from mcplan.views.versions import (
    AnswerThen,
    ChangeView,
    VersionCard,
    phases_in,
    view_answers,
    view_comparison,
    view_versions,
)
from pages.kit import board, charts, desk, links, memory, tables
from pages.kit.board import Case
from pages.kit.desk import Here
from pages.kit.switch import badge, emphasis, gate_switch, switch
from pages.kit.timeline import marked, zone
from pages.kit.words import bullets, lines, plain
from storage.versions import fetch_state, store_version

Shows = Literal["list", "then", "compare"]
SHOWS: dict[Shows, str] = {"list": "All versions", "then": "As of then", "compare": "Compare"}
TODAY = ""
"""In place of the id of a version."""


def freeze(here: Here) -> None:
    """A fold that freezes the plan as it is now, for those who may."""
    if not here.may("snapshot"):
        return
    with st.popover("Freeze a version", icon=":material/ac_unit:", key=board.key("freeze")):
        name = st.text_input(
            "Name",
            max_chars=MOST_NAME,
            key=board.key("version-name"),
            help="What it is for, such as “For the Senate, 12 May”.",
        )
        st.caption("It keeps answers, wording, readiness, risks and findings as they are now, for good.")
        if st.button("Freeze", type=emphasis(), key=board.key("freeze-now")):
            asked, id, at = desk.questionnaire(), memory.id_for("version", name), desk.now()
            # The wording is the same for every version: it is written out before the plan is held.
            wording_of(asked)
            version = desk.keep(lambda access: store_version(access, asked, id, name, at=at), "snapshot")
            if version:
                memory.done_with("version")
            board.done(version, f"Version {version.called} is frozen." if version else "")


def cards(case: Case) -> tuple[VersionCard, ...]:
    """All versions, the last first."""
    return view_versions(case.versions, case.board.moves, case.board.submissions, zone())


def draw(card: VersionCard) -> None:
    """One version in the list."""
    with st.container(border=True, key=f"version-{card.id}"):
        st.markdown(f"**{plain(card.title)}**  \n:small[{plain(card.facts)}]")
        with st.container(horizontal=True, vertical_alignment="center"):
            badge(card.sign)
            with st.popover(f"SHA-256 {card.short}…", icon=":material/fingerprint:"):
                st.caption("The fingerprint of the version. Who has it can tell whether a paper is of this version.")
                st.code(card.sha256, language=None, wrap_lines=True)


def as_of(here: Here, case: Case) -> None:
    """The plan as of a version: its readiness then, and a phase of its answers, to read only."""
    named = _named(case)
    wanted, there = _target()
    id = st.selectbox(
        "Version", list(named), _place(wanted, named), format_func=lambda each: named[each], key="version-then"
    )
    state = _state(here, id)
    if state is None:
        return
    gate = gate_switch("For gate", chosen=state.plan.gate, key="version-gate")
    view = view_readiness(state.questionnaire, state.plan, state.readiness[gate])
    with st.container(border=True):
        badge(view.sign)
        st.markdown(view.meaning)
        tables.figures(view.figures, 4)
    st.altair_chart(charts.readiness_by_phase(view, on_dark=desk.is_dark()), alt=charts.describe(view))
    tables.phases(view)
    phases = {phase.id: phase.title for phase in state.questionnaire.phases}
    chosen = st.selectbox(
        "Answers of phase", list(phases), _place(there, phases), format_func=lambda each: phases[each],
        key="version-phase",
    )  # fmt: skip
    for answer in view_answers(state, state.questionnaire.phase(chosen)):
        _draw_then(answer)


def compare(here: Here, case: Case) -> None:
    """What differs between two versions, or between one and today."""
    named = _named(case)
    left, right = st.columns(2)
    approved = case.board.standing.approved
    first = _place(_compared() or (approved.version_id if approved else ""), named)
    before = left.selectbox("From", list(named), first, format_func=lambda each: named[each], key="compare-from")
    later = {TODAY: "Today", **named}
    after = right.selectbox("To", list(later), format_func=lambda each: later[each], key="compare-to")
    old, new = _state(here, before), _state(here, after)
    if old is None or new is None:
        return
    names, found = (_short(case, before), _short(case, after)), differ(old, new)
    phase = _pick_phase(phases_in(found))
    view = view_comparison(found, old, new, names, phase)
    st.markdown(f"**{plain(view.message)}**")
    tables.table(view.readiness)
    if view.facts:
        tables.table(view.facts)
    for words in view.team:
        st.markdown(f":material/group: Team. {plain(words)}")
    for change in view.questions:
        _draw_change(change)


def _pick_phase(phases: Mapping[str, str]) -> str:
    if len(phases) < 2:
        return next(iter(phases), "")
    return st.selectbox("Phase", list(phases), format_func=lambda each: phases[each], key="compare-phase")


def show() -> Shows:
    """What of the versions to look at: the one in the address, if there is one."""
    chosen: Shows = "compare" if _compared() else "then" if _target()[0] else "list"
    return switch("Show", SHOWS, chosen=chosen, key="versions-show")


def _compared() -> str:
    """The version that the address asks to compare with today; empty for none."""
    return str(st.query_params.get("compare", ""))


def _target() -> tuple[str, str]:
    """The version the address points to, and the phase in it; "" for what it does not say."""
    return str(st.query_params.get("version", "")), str(st.query_params.get("phase", ""))


def _place(wanted: str, named: Mapping[str, str]) -> int:
    return list(named).index(wanted) if wanted in named else 0


def _named(case: Case) -> dict[str, str]:
    return {each.id: f"{each.number} · {each.name}" for each in case.versions}


def _short(case: Case, id: str) -> str:
    return next((f"Version {each.number}" for each in case.versions if each.id == id), "Today")


def _state(here: Here, id: str) -> State | None:
    if id == TODAY:
        return state_of(desk.questionnaire(), here.plan, desk.now().date())
    try:
        with desk.opened() as access:
            return fetch_state(access, id)
    except VersionRefused as problem:
        st.error(str(problem), icon=":material/error:")
        return None


def _draw_then(answer: AnswerThen) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(answer.question)}**  \n:small[{plain(answer.sign_off)}]")
        if answer.words:
            st.markdown(lines(answer.words))
        if answer.rows:
            st.markdown(bullets(answer.rows))
        if answer.is_open:
            st.caption("Open then.")


def _draw_change(change: ChangeView) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(change.question)}**")
        with st.container(horizontal=True):
            if change.is_material:
                st.badge("Material", icon=":material/gavel:", color="orange", help="A board decides on this.")
            if change.says:
                st.badge(change.says, color="gray")
        _words(change.wording, "The question")
        _words(change.pieces)
        for row, cells in change.rows:
            said = "  \n".join(f"{plain(name)}: {marked(pieces)}" for name, pieces in cells)
            st.markdown(f"{plain(row)}  \n:small[{said}]" if not cells else f"**{plain(row)}**  \n{said}")
        if change.also:
            st.caption(plain(" · ".join(change.also)))
        if change.question_id:
            links.to_question(change.phase_id, change.question_id, "Go to the question")


def _words(pieces: tuple[Piece, ...], what: str = "") -> None:
    if pieces:
        st.markdown((f"{what}: " if what else "") + marked(pieces))
