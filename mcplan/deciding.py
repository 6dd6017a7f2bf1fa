"""Make a move of a plan before its board: who may, in which state, and what has to be put in. It stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mcplan.decisions import (
    MOST_MOVES,
    MOVES,
    POINTS,
    STATE_WORDS,
    DecisionRefused,
    Kind,
    Move,
    Point,
    Rule,
    Standing,
    Submission,
)
from mcplan.facts import MOST_NAME
from mcplan.people import NotAllowed, Person
from mcplan.readiness import GATE_ORDER
from mcplan.roles import Role, may
from mcplan.text import clean_text
from questionnaire.model import GATES

MOST_REASON = 5_000
MOST_POINTS = 50
MOST_POINT = 1_000
OWNER = "You own this plan, and nobody decides on a plan of their own. Ask a reviewer to decide."
AUTHOR = "You wrote in this plan, and nobody decides on their own work. Ask another reviewer to decide."


@dataclass(frozen=True)
class Actor:
    """Who wants to make a move."""

    person: Person
    role: Role
    authors: Collection[str]
    """The names of all who ever wrote an answer of the plan."""
    deciders: Collection[str] = ()
    """The names of all who may decide on the plan; nobody where nobody signs in."""


@dataclass(frozen=True)
class Draft:
    """What somebody put in for a move."""

    kind: Kind
    submission: Submission | None = None
    """Of a submit."""
    decided_by: str = ""
    decided_on: date | None = None
    reason: str = ""
    points: tuple[Point, ...] = field(default=())
    until: date | None = None


def make_move(now: Standing, draft: Draft, actor: Actor, *, id: str, at: datetime) -> Move:
    """The move that follows from what somebody put in, not yet stored.

    Raises:
        NotAllowed: they lack the permission.
        DecisionRefused: the plan is not in a state for it, they own it or wrote in it, or something is missing.
    """
    rule = MOVES[draft.kind]
    _refuse_person(rule, draft, actor)
    if now.state not in rule.before:
        raise DecisionRefused(f"This cannot be done now: {STATE_WORDS[now.state]}. Look again where the plan stands.")
    if now.number >= MOST_MOVES:
        raise DecisionRefused("This plan has been before its board too often; there is no room for more.")
    is_named = actor.person.is_local or not rule.is_decision
    decided_by = _line(draft.decided_by, "name", MOST_NAME) if is_named else actor.person.name
    if rule.is_decision and (why := asked_of_another(now, actor)):
        raise DecisionRefused(why)
    draft = CHECKS[draft.kind](now, draft, at.date())
    submission = draft.submission or _covered(now, draft.kind)
    return Move(
        id=id,
        number=now.number + 1,
        kind=draft.kind,
        submission_id=submission.id if submission else "",
        by=actor.person.name,
        person_id=actor.person.id,
        at=at,
        decided_by=decided_by if rule.is_decision or draft.kind == "hand over" else "",
        decided_on=draft.decided_on if rule.is_decision else None,
        reason=draft.reason,
        points=draft.points,
        until=draft.until,
    )


def is_author(name: str, authors: Collection[str]) -> bool:
    """True if somebody of this name wrote in the plan, however they write their name."""
    return _folded(name) in {_folded(author) for author in authors}


def asked_of_another(now: Standing, actor: Actor) -> str:
    """Why this person does not decide although they may: somebody else was asked by name. Empty if nobody was.

    A board is no person: what is asked of the Senate is decided by whoever may decide for it. Nor does a name
    bind anybody whose owner may not decide any more.
    """
    asked = now.submission.decider if now.submission else ""
    if actor.person.is_local or is_author(actor.person.name, [asked]) or not is_author(asked, actor.deciders):
        return ""
    return f"{asked} is asked to decide on this version. An owner of the plan can hand the decision over to you."


def refusal(actor: Actor) -> str:
    """Why this person can take no decision on the plan; empty if they can, or could write one down."""
    if actor.person.is_local:
        return ""
    if actor.role == "owner":
        return OWNER
    if is_author(actor.person.name, actor.authors):
        return AUTHOR
    return "" if may(actor.role, "approve") else str(NotAllowed("approve"))


def _refuse_person(rule: Rule, draft: Draft, actor: Actor) -> None:
    if not rule.is_decision or not actor.person.is_local:
        if rule.is_decision and (why := refusal(actor)) in (OWNER, AUTHOR):
            raise DecisionRefused(why)
        if not may(actor.role, rule.needs):
            raise NotAllowed(rule.needs)
        return
    name = _line(draft.decided_by, "name", MOST_NAME)
    if not name:
        raise DecisionRefused("Name the person who decided.")
    if is_author(name, actor.authors):
        raise DecisionRefused(
            f"{name} wrote in this plan, and nobody decides on their own work. Name somebody of the board who decided."
        )


def _covered(now: Standing, kind: Kind) -> Submission | None:
    return now.approved if kind == "reopen" else now.submission


def _check_submit(now: Standing, draft: Draft, today: date) -> Draft:
    given = draft.submission
    if given is None or not given.version_id:
        raise DecisionRefused("Choose the version that the board shall decide on.")
    if now.approved and GATE_ORDER.index(given.gate) <= GATE_ORDER.index(now.approved.gate):
        raise DecisionRefused(
            f"{GATES[now.approved.gate]} is approved already. Reopen the plan first if that shall not hold any more, "
            "or submit it to a later gate."
        )
    if not given.presenter.strip() or not given.decider.strip():
        raise DecisionRefused("Say who presents the version, and who decides.")
    if given.meets_on is None:
        raise DecisionRefused("Say by when it shall be decided.")
    return draft


def _check_plain(now: Standing, draft: Draft, today: date) -> Draft:
    return Draft(draft.kind, reason=_words(draft.reason))


def _check_reopen(now: Standing, draft: Draft, today: date) -> Draft:
    if now.approval is None:
        raise DecisionRefused("There is no approval to reopen.")
    return Draft(draft.kind, reason=_needed(draft.reason, "Say why the approval shall not hold any more."))


def _check_hand_over(now: Standing, draft: Draft, today: date) -> Draft:
    name = _line(draft.decided_by, "name", MOST_NAME)
    if not name:
        raise DecisionRefused("Say who decides from now on.")
    if now.submission and _folded(name) == _folded(now.submission.decider):
        raise DecisionRefused(f"{name} is asked to decide already. Name somebody else.")
    # Lists of meetings read the last move: the day to which the board has put it off goes on with it.
    until = now.decision.until if now.decision else None
    return Draft(draft.kind, reason=_words(draft.reason), until=until)


def _check_approve(now: Standing, draft: Draft, today: date) -> Draft:
    return Draft(draft.kind, decided_on=_day(now, draft, today), reason=_needed(draft.reason, "Give a reason."))


def _check_points(now: Standing, draft: Draft, today: date) -> Draft:
    what = POINTS[draft.kind]
    points = tuple(_point(each, what) for each in draft.points if each.text.strip())
    if not points:
        raise DecisionRefused(f"Write down at least one {what}, with who looks after it and by when.")
    if len(points) > MOST_POINTS:
        raise DecisionRefused(f"There is room for {MOST_POINTS} {what}s in one decision.")
    plain = _check_approve(now, draft, today)
    return Draft(draft.kind, decided_on=plain.decided_on, reason=plain.reason, points=points)


def _check_defer(now: Standing, draft: Draft, today: date) -> Draft:
    if draft.until is None or draft.until < today:
        raise DecisionRefused("Say on which day to come the board looks at it again.")
    plain = _check_approve(now, draft, today)
    return Draft(draft.kind, decided_on=plain.decided_on, reason=plain.reason, until=draft.until)


def _day(now: Standing, draft: Draft, today: date) -> date:
    # East of Greenwich a day begins earlier than in UTC.
    if draft.decided_on is None or draft.decided_on > today + timedelta(days=1):
        raise DecisionRefused("Say on which day it was decided; that cannot be a day to come.")
    return draft.decided_on


def _point(each: Point, what: str) -> Point:
    text, owner = _line(each.text, what, MOST_POINT), _line(each.owner, "name", MOST_NAME)
    if not owner or each.due is None:
        raise DecisionRefused(f"The {what} “{text[:60]}” needs somebody who looks after it, and a day by when.")
    return Point(text, owner, each.due)


def _needed(raw: str, says: str) -> str:
    words = _words(raw)
    if not words:
        raise DecisionRefused(says)
    return words


def _words(raw: str) -> str:
    words = clean_text(raw).strip()
    if len(words) > MOST_REASON:
        raise DecisionRefused(f"There is room for {MOST_REASON:,} characters here. Shorten it, please.")
    return words


def _line(raw: str, what: str, most: int) -> str:
    line = " ".join(clean_text(raw).split())
    if len(line) > most:
        raise DecisionRefused(f"This {what} has {len(line):,} characters; there is room for {most:,}. Shorten it.")
    return line


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


CHECKS: Mapping[Kind, Callable[[Standing, Draft, date], Draft]] = {
    "submit": _check_submit,
    "begin review": _check_plain,
    "approve": _check_approve,
    "approve with conditions": _check_points,
    "return": _check_points,
    "defer": _check_defer,
    "withdraw": _check_plain,
    "reopen": _check_reopen,
    "hand over": _check_hand_over,
}
"""What each move has to hold."""
