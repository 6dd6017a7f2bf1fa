"""What a board does with a version: the states a plan passes on its way through a gate, and who may move it.

All moves stand in one table, `MOVES`. A plan has one line of moves, numbered from 1, so there is one submission open
at a time, and the state it is in follows from its moves alone (`standing`). Times order nothing: clocks jump.

Source of the rules: separation of duties. Whoever owns a plan or wrote in it does not decide on it. Where nobody
signs in, everybody owns every plan; then a decision can only be written down as that of somebody else.

Moves that came with a file were made elsewhere, by people whom nobody here can ask. They stand in the log and move
nothing: a plan is approved here only by what was decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from mcplan.roles import Permission
from mcplan.timeline import ELSEWHERE
from questionnaire.errors import AnswerRejected
from questionnaire.model import Gate

State = Literal[
    "draft", "submitted", "in review", "deferred", "approved", "approved with conditions", "returned", "withdrawn",
    "reopened",
]  # fmt: skip
Kind = Literal[
    "submit", "begin review", "approve", "approve with conditions", "return", "defer", "withdraw", "reopen", "hand over"
]

OPEN: frozenset[State] = frozenset({"submitted", "in review", "deferred"})
"""A version is with the board."""
FREE: frozenset[State] = frozenset(
    {"draft", "approved", "approved with conditions", "returned", "withdrawn", "reopened"}
)
"""No version is with the board: one can be submitted."""
DECISIONS: tuple[Kind, ...] = ("approve", "approve with conditions", "return", "defer")
MOST_MOVES = 1_000
"""Moves of one plan."""


class DecisionRefused(AnswerRejected):
    """This move cannot be made; the message says why and what to do."""


class MovedMeanwhile(DecisionRefused):
    """Somebody else made a move after the person's screen was drawn."""


class Rule(NamedTuple):
    """A move: from which states to which, and who may make it."""

    before: frozenset[State]
    after: State | None
    """None if the state stays as it is."""
    needs: Permission
    is_decision: bool = False
    """True if neither an owner nor an author of the plan may make it."""


MOVES: Mapping[Kind, Rule] = {
    "submit": Rule(FREE, "submitted", "submit"),
    "begin review": Rule(frozenset({"submitted"}), "in review", "review"),
    "approve": Rule(OPEN, "approved", "approve", is_decision=True),
    "approve with conditions": Rule(OPEN, "approved with conditions", "approve", is_decision=True),
    "return": Rule(OPEN, "returned", "approve", is_decision=True),
    "defer": Rule(OPEN, "deferred", "approve", is_decision=True),
    "withdraw": Rule(OPEN, "withdrawn", "submit"),
    "reopen": Rule(FREE - {"draft"}, "reopened", "submit"),
    "hand over": Rule(OPEN, None, "submit"),
}
"""To add a state or a move, add it here."""


@dataclass(frozen=True)
class Submission:
    """A version before a board."""

    id: str
    version_id: str
    gate: Gate
    presenter: str
    """Who presents it, by name."""
    decider: str
    """Who is asked to decide: a person or a board, by name."""
    meets_on: date | None
    """By when."""
    by: str
    at: datetime


@dataclass(frozen=True)
class Point:
    """A condition, or a question of a board: what, by whom, by when."""

    text: str
    owner: str
    due: date | None


@dataclass(frozen=True)
class Move:
    """Something that was done with a submission."""

    id: str
    number: int
    kind: Kind
    submission_id: str
    by: str
    """Who did it; of a decision, who wrote it down."""
    person_id: str
    at: datetime
    decided_by: str = ""
    """Of a decision: whose it is. Where the decision is handed over: who decides from now on."""
    decided_on: date | None = None
    reason: str = ""
    points: tuple[Point, ...] = ()
    """Conditions of an approval, questions of a return."""
    until: date | None = None
    """When the board looks again, after a deferral."""

    @property
    def is_elsewhere(self) -> bool:
        """True if it came with a file: it was made in another installation, or is said to have been."""
        return self.person_id == ELSEWHERE

    @property
    def is_recorded(self) -> bool:
        """True if somebody else wrote the decision down for whoever took it, since nobody signs in here."""
        return MOVES[self.kind].is_decision and bool(self.decided_by) and self.decided_by != self.by


@dataclass(frozen=True)
class Standing:
    """Where a plan stands with its board."""

    state: State = "draft"
    number: int = 0
    """Moves so far."""
    submission: Submission | None = None
    """The last one."""
    decision: Move | None = None
    """The last decision on it; None while there is none."""
    approval: Move | None = None
    """The latest approval that stands: not reopened since."""
    approved: Submission | None = None
    """What that approved."""

    @property
    def is_open(self) -> bool:
        """True if a version is with the board."""
        return self.state in OPEN


def standing(moves: Iterable[Move], submissions: Mapping[str, Submission]) -> Standing:
    """Where a plan stands here after these moves, in the order of their numbers; what was done elsewhere counts not.

    Args:
        moves: all of the plan.
        submissions: by id.
    """
    now = Standing()
    for move in sorted(moves, key=lambda each: each.number):
        now = replace(now, number=move.number) if move.is_elsewhere else _after(now, move, submissions)
    return now


def standing_elsewhere(moves: Iterable[Move], submissions: Mapping[str, Submission]) -> Standing:
    """Where the plan stood before it came here, by what its file says; a draft if that says nothing.

    Args:
        moves: all of the plan.
        submissions: by id.
    """
    now = Standing()
    for move in sorted(moves, key=lambda each: each.number):
        now = _after(now, move, submissions) if move.is_elsewhere else now
    return now


def actions_of(decision: Move) -> tuple[dict[str, Any], ...]:
    """The conditions or questions of a decision as rows of `mcplan.actions.ACTIONS`, each with its id."""
    origin = {"approve with conditions": "condition", "return": "question"}.get(decision.kind, "")
    cells = {"from": origin, "source": f"Decided by {decision.decided_by}", "status": "open"}
    return tuple(
        {"id": f"{decision.id}-{place}", "what": each.text, "owner": each.owner, "due": str(each.due)} | cells
        for place, each in enumerate(decision.points if origin else (), 1)
    )


def _after(now: Standing, move: Move, submissions: Mapping[str, Submission]) -> Standing:
    rule = MOVES[move.kind]
    submission = submissions.get(move.submission_id) if move.kind == "submit" else now.submission
    decision = None if move.kind == "submit" else move if rule.is_decision else now.decision
    approval, approved = now.approval, now.approved
    if move.kind in ("approve", "approve with conditions"):
        approval, approved = move, submission
    elif move.kind == "reopen":
        approval = approved = None
    elif move.kind == "hand over" and submission:
        submission = replace(submission, decider=move.decided_by)
    return Standing(rule.after or now.state, move.number, submission, decision, approval, approved)


STATE_WORDS: Mapping[State, str] = {
    "draft": "the plan has not been submitted",
    "submitted": "a version is with the board",
    "in review": "a version is being reviewed",
    "deferred": "the board has put the decision off",
    "approved": "the plan is approved",
    "approved with conditions": "the plan is approved with conditions",
    "returned": "the board has sent the plan back",
    "withdrawn": "the version was withdrawn",
    "reopened": "the plan was reopened",
}
POINTS: Mapping[Kind, str] = {"approve with conditions": "condition", "return": "question"}
"""What the points of a decision are called."""
