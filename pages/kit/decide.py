"""What can be done with a version on the screen: submit it, decide on it, take it back, reopen what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import streamlit as st

from mcplan.deciding import MOST_POINT, MOST_REASON, Draft, asked_of_another, refusal
from mcplan.decisions import POINTS, Kind, Point, Submission
from mcplan.facts import MOST_NAME
from mcplan.roles import Permission, may
from mcplan.views.board import RECORDED
from pages.kit import board, desk, links, memory
from pages.kit.answer_box import keep_typed
from pages.kit.board import Case
from pages.kit.desk import Here
from pages.kit.switch import gate_switch
from storage.decisions import hand_over_decision, reopen, store_decision, store_submission, withdraw
from storage.members import fetch_members

KINDS: Mapping[Kind, str] = {
    "approve": "Approve",
    "approve with conditions": "Approve with conditions",
    "return": "Return with questions",
    "defer": "Put off",
}
SAID: Mapping[Kind, str] = {
    "approve": "The version is approved.",
    "approve with conditions": "The version is approved with conditions.",
    "return": "The plan is sent back with questions.",
    "defer": "The decision is put off.",
}


TYPED = ("decided-by", "reason", "text-", "withdraw-why", "reopen-why", "hand-over-why")
"""How the keys of the fields begin that hold somebody's own words."""


def keep_words(case: Case) -> None:
    """Keep what is typed on this screen through a reload and a lost network, until the person has made their move."""
    mine = max((move.number for move in case.board.moves if move.by == desk.me() and not move.is_elsewhere), default=0)
    keep_typed("decision", TYPED, label="Decision", number=case.board.standing.number, mine=mine)


def submit(here: Here, case: Case) -> None:
    """A fold that puts a version before a board, for owners, while none is there."""
    if case.board.standing.is_open or not here.may("submit"):
        return
    frozen_here = [each for each in case.versions if not each.is_elsewhere]
    if not frozen_here:
        st.info("A board decides on a version that was frozen here. Freeze one first.", icon=":material/ac_unit:")
        links.to_screen("versions", "Freeze a version", ":material/ac_unit:")
        return
    with st.expander("Submit a version", icon=":material/outgoing_mail:", key=board.key("submit")):
        versions = {each.id: f"{each.number} · {each.name}" for each in frozen_here}
        id = st.selectbox("Version", list(versions), format_func=lambda each: versions[each], key=board.key("which"))
        gate = gate_switch("To gate", chosen=here.plan.gate, key=board.key("gate"))
        team = [member.name for member in here.plan.team if member.name]
        presenter = _somebody("Who presents it", [*team, desk.me()], "presenter")
        decider = _somebody("Who decides", [here.plan.board, *_reviewers()], "decider")
        day = st.date_input("To be decided by", None, key=board.key("meets"))
        if board.button("Submit", case, "submit-now"):
            move, at, seen = memory.id_for("move"), desk.now(), case.board.standing.number
            meets = day if isinstance(day, date) else None
            given = Submission(f"{move}-s", id, gate, presenter, decider, meets, "", at)
            sent = board.kept(lambda access: store_submission(access, given, seen=seen, move_id=move, at=at), "submit")
            _done(sent, "The version is with the board.")


def decide(here: Here, case: Case) -> None:
    """The decision form, for those who may; for all others who could think they may, why not."""
    if not case.board.standing.is_open:
        return
    st.subheader("Decide", anchor=False)
    why = refusal(case.actor) or asked_of_another(case.board.standing, case.actor)
    if why or here.plan.archived_at:
        st.info(why or "This plan is archived, so nothing is decided on it.", icon=":material/lock:")
        return
    is_local = desk.person().is_local
    if is_local:
        st.info(RECORDED, icon=":material/edit_note:")
    name = st.text_input("Decided by", max_chars=MOST_NAME, key=board.key("decided-by")) if is_local else desk.me()
    kind = st.radio(
        "Decision", list(KINDS), None, format_func=lambda each: KINDS[each], key=board.key("kind"), horizontal=True
    )
    if kind is None:
        return
    on = st.date_input("Decided on", "today", key=board.key("decided-on"))
    until = st.date_input("The board looks again on", None, key=board.key("until")) if kind == "defer" else None
    reason = st.text_area("Reason", max_chars=MOST_REASON, key=board.key("reason"))
    points = _points(here, POINTS[kind]) if kind in POINTS else ()
    if board.button("Keep the decision", case, "decide-now"):
        draft = Draft(
            kind, None, name, on if isinstance(on, date) else None, reason, points,
            until if isinstance(until, date) else None,
        )  # fmt: skip
        _keep(case, draft, desk.now())


def take_back(here: Here, case: Case) -> None:
    """Folds for owners: take the version back from the board, or say that an approval does not hold any more."""
    now = case.board.standing
    if not here.may("submit"):
        return
    if now.is_open:
        _hand_over(here, case)
        with st.popover("Withdraw", icon=":material/undo:", key=board.key("withdraw")):
            st.caption("The board then has nothing to decide on. The version stays.")
            reason = st.text_area("Why", max_chars=MOST_REASON, key=board.key("withdraw-why"))
            if board.button("Take it back", case, "withdraw-now", strong=False):
                move, at = memory.id_for("move"), desk.now()
                kept = board.kept(
                    lambda access: withdraw(access, reason, seen=now.number, move_id=move, at=at), "submit"
                )
                _done(kept, "The version is withdrawn.")
    elif now.approval:
        with st.popover("Reopen", icon=":material/lock_open:", key=board.key("reopen")):
            st.caption("The approval then no longer covers the plan. It stays in the log.")
            reason = st.text_area("Why", max_chars=MOST_REASON, key=board.key("reopen-why"))
            if board.button("Reopen the plan", case, "reopen-now", strong=False):
                move, at = memory.id_for("move"), desk.now()
                kept = board.kept(lambda access: reopen(access, reason, seen=now.number, move_id=move, at=at), "submit")
                _done(kept, "The plan is reopened: the approval no longer covers it.")


def _hand_over(here: Here, case: Case) -> None:
    with st.popover("Ask somebody else to decide", icon=":material/forward_to_inbox:", key=board.key("hand-over")):
        st.caption("Reviews stay as they are. The log says who was asked, and by whom.")
        decider = _somebody("Who decides now", [here.plan.board, *_reviewers()], "decider-now", chosen=None)
        reason = st.text_area("Why", max_chars=MOST_REASON, key=board.key("hand-over-why"))
        if board.button("Hand it over", case, "hand-over-now", strong=False):
            move, at, seen = memory.id_for("move"), desk.now(), case.board.standing.number
            kept = board.kept(
                lambda access: hand_over_decision(access, decider, reason, seen=seen, move_id=move, at=at), "submit"
            )
            _done(kept, "The decision is handed over.")


def _keep(case: Case, draft: Draft, at: datetime) -> None:
    move, seen = memory.id_for("move"), case.board.standing.number
    # Where nobody signs in, there are owners only: they write down what others have decided.
    permission: Permission = "submit" if desk.person().is_local else "approve"
    asked = desk.questionnaire()
    kept = board.kept(lambda access: store_decision(access, asked, draft, seen=seen, move_id=move, at=at), permission)
    _done(kept, SAID[draft.kind])


def _done(kept: object, words: str) -> None:
    if kept:
        memory.done_with("move")
    board.done(kept, words)


def _points(here: Here, what: str) -> tuple[Point, ...]:
    points = []
    name = board.key("points")
    for place in range(memory.amount(name, 1)):
        with st.container(border=True):
            text = st.text_area(
                f"{what.capitalize()} {place + 1}", max_chars=MOST_POINT, key=board.key(f"text-{place}")
            )
            who, by = st.columns(2)
            with who:
                team = [member.name for member in here.plan.team if member.name]
                owner = _somebody("Who looks after it", team, f"owner-{place}", chosen=None)
            due = by.date_input("Due", None, key=board.key(f"due-{place}"))
        points.append(Point(text, owner, due if isinstance(due, date) else None))
    st.button(
        f"One more {what}", icon=":material/add:", on_click=memory.ask_more, args=(name, 1), key=board.key("more")
    )
    return tuple(points)


def _somebody(label: str, names: list[str], key: str, chosen: int | None = 0) -> str:
    known = list(dict.fromkeys(name for name in names if name.strip()))
    index = chosen if known else None
    picked = st.selectbox(label, known, index, accept_new_options=True, key=board.key(key), placeholder="A name")
    return picked or ""


def _reviewers() -> list[str]:
    if desk.person().is_local:
        return []
    with desk.opened() as access:
        return [each.name for each in fetch_members(access) if may(each.role, "approve")]
