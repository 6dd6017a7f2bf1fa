"""The open plan and its board: what was frozen, submitted and decided, and what has changed since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from mcplan.comparing import material_changes
from mcplan.deciding import Actor
from mcplan.decisions import Submission, standing_elsewhere
from mcplan.roles import Permission
from mcplan.version import Version
from mcplan.views.board import BoardView, LogLine, view_board
from pages.kit import desk, links, memory, tables
from pages.kit.desk import Here
from pages.kit.standing import announce
from pages.kit.switch import badge, emphasis
from pages.kit.timeline import zone
from pages.kit.words import bullets, lines, plain
from storage.access import PlanAccess
from storage.decisions import Board, fetch_board, meanwhile
from storage.versions import fetch_state, fetch_versions


@dataclass(frozen=True)
class Case:
    """All there is about the open plan and its board."""

    board: Board
    versions: tuple[Version, ...]
    """The last one first."""
    view: BoardView
    actor: Actor
    is_stale: bool
    """True if somebody else made a move between what the person saw and their click, which then counts for nothing."""

    @property
    def reviewed(self) -> Submission | None:
        """What is reviewed, or was last; before anything is submitted here, what was reviewed elsewhere."""
        return self.board.standing.submission or standing_elsewhere(self.board.moves, self.board.submissions).submission


def look(here: Here) -> Case:
    """What is with the board of the open plan, and what it has decided so far."""
    with desk.opened() as access:
        board, versions = fetch_board(access), tuple(fetch_versions(access))
        approved = board.standing.approved
        state = fetch_state(access, approved.version_id) if approved else None
    changed = material_changes(state, desk.questionnaire(), here.plan) if state else ()
    view = view_board(board.standing, board.moves, board.submissions, versions, changed, zone())
    seen = memory.take_seen("board")
    is_stale = seen is not None and seen != board.standing.number
    if is_stale:
        st.error(str(meanwhile(board)), icon=":material/error:")
    return Case(board, versions, view, Actor(desk.person(), here.role, board.authors, board.deciders), is_stale)


def line(here: Here) -> None:
    """Where the plan stands with its board, as one line on the hub; nothing before a version is submitted."""
    case = look(here)
    if not case.board.moves:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        badge(case.view.sign)
        st.markdown(plain(case.view.in_short), width="content")
        links.to_screen("decision", "See the decision", ":material/gavel:")


def state(case: Case) -> None:
    """The state, what is approved, and what has changed since."""
    with st.container(border=True):
        badge(case.view.sign)
        st.markdown(plain(case.view.says))
        if case.view.approval:
            st.markdown(f"**{plain(case.view.approval)}**")
            st.markdown(f"**{plain(case.view.changes)}**")
            st.markdown(bullets(case.view.changed))
        elsewhere(case)
    if case.view.conditions:
        st.subheader(plain(case.view.conditions.caption), anchor=False)
        tables.table(case.view.conditions)


def elsewhere(case: Case) -> None:
    """What a board elsewhere did, if the plan came with a file that says so."""
    if case.view.elsewhere:
        st.info(plain(case.view.elsewhere), icon=":material/travel_explore:")


def draw(entry: LogLine) -> None:
    """One line of the decision log."""
    with st.container(border=True):
        st.markdown(f"{entry.icon} {plain(entry.says)}")
        if entry.reason:
            st.markdown(lines(entry.reason))
        if entry.points:
            tables.table(entry.points)


def button(label: str, case: Case, name: str, *, strong: bool = True) -> bool:
    """A button that makes a move; True if it was clicked, and nobody else was first."""
    number = case.board.standing.number
    look = emphasis() if strong else "secondary"
    clicked = st.button(label, key=key(name), type=look, on_click=memory.note_seen, args=("board", number))
    return clicked and not case.is_stale


def key(name: str) -> str:
    """The key of a widget in a form: another one after each move, so that it is empty again."""
    return f"{name} {memory.turn('board')}"


def kept(work: Callable[[PlanAccess], object], permission: Permission) -> bool:
    """Do something with the open plan; True if it is stored. The arguments are those of `desk.keep`."""
    return bool(desk.keep(lambda access: [work(access)], permission))


def done(outcome: object, words: str) -> None:
    """Draw the screen anew and say what was done; or say why it was not, and leave what was typed."""
    if not outcome:
        announce()
        return
    memory.say(words)
    memory.next_turn("board")
    st.rerun()
