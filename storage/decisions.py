"""The way of a plan through its board, as the database keeps it: submissions and moves, made once, never changed.

A plan's moves are numbered, and a number can be given once. So of two people who decide at the same moment the
database lets one, and the other gets a sentence. What they decide by is read under the lock that the door has taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, or_, outerjoin, select, type_coerce
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import NullType

from mcplan.actions import ACTIONS
from mcplan.deciding import Actor, Draft, make_move
from mcplan.decisions import (
    STATE_WORDS,
    DecisionRefused,
    Kind,
    Move,
    MovedMeanwhile,
    Point,
    Standing,
    Submission,
    actions_of,
    standing,
)
from mcplan.roles import may
from questionnaire.model import GATES, Questionnaire
from storage.access import PlanAccess
from storage.answers import put_row
from storage.events import record
from storage.members import fetch_members
from storage.rows import fetch_open
from storage.tables import MOVES, REVISIONS, SUBMISSIONS, VERSIONS


class Board(NamedTuple):
    """What a plan's board was asked and what it did."""

    standing: Standing
    submissions: Mapping[str, Submission]
    moves: tuple[Move, ...]
    """The first one first."""
    authors: tuple[str, ...]
    """The names of all who ever wrote an answer of the plan; to say how sure one is, is not to write."""
    deciders: tuple[str, ...]
    """The names of all who may decide on it now."""


def store_submission(access: PlanAccess, submission: Submission, *, seen: int, move_id: str, at: datetime) -> None:
    """Put a version before a board.

    Args:
        access: the plan and the person.
        submission: its id is made up by the screen; by whom and when is filled in here.
        seen: the number of moves on the person's screen.
        move_id: made up by the screen, so that the same move sent again is made once.
        at: when, with a time zone.

    Raises:
        DecisionRefused: another version is with the board, something is missing, or the version is not the plan's.
        MovedMeanwhile: somebody else has made a move since their screen was drawn.
        AnswerRejected: the plan is archived or deleted.
        NotAllowed: they may not submit.
    """
    access.needs("submit")
    given = replace(submission, by=access.person.name, at=at.astimezone(UTC))
    _store(access, Draft("submit", submission=given), seen=seen, move_id=move_id, at=at)


def store_decision(
    access: PlanAccess, questionnaire: Questionnaire, draft: Draft, *, seen: int, move_id: str, at: datetime
) -> None:
    """Keep what the board decided on the version before it. The arguments are those of `store_submission`.

    Its conditions and questions become actions of the plan in the same transaction.

    Where people sign in, the decision is that of the person at the screen. Where nobody does, they write
    down whose it is, and it is marked so.

    Raises:
        DecisionRefused: there is nothing to decide, they own the plan or wrote in it, or something is missing.
        MovedMeanwhile, AnswerRejected, NotAllowed: as `store_submission`.
    """
    if not access.person.is_local:
        access.needs("approve")
    move = _store(access, draft, seen=seen, move_id=move_id, at=at)
    for work in actions_of(move) if move and questionnaire.has(ACTIONS) else ():
        put_row(access, questionnaire, ACTIONS, work, at=at)


def withdraw(access: PlanAccess, reason: str, *, seen: int, move_id: str, at: datetime) -> None:
    """Take the version back from the board. The arguments and refusals are those of `store_submission`."""
    access.needs("submit")
    _store(access, Draft("withdraw", reason=reason), seen=seen, move_id=move_id, at=at)


def reopen(access: PlanAccess, reason: str, *, seen: int, move_id: str, at: datetime) -> None:
    """Say that the approval does not cover the plan any more. The arguments and refusals are as `store_submission`."""
    access.needs("submit")
    _store(access, Draft("reopen", reason=reason), seen=seen, move_id=move_id, at=at)


def hand_over_decision(access: PlanAccess, decider: str, reason: str, *, seen: int, move_id: str, at: datetime) -> None:
    """Ask somebody else to decide on the version before the board. Arguments and refusals are as `store_submission`."""
    access.needs("submit")
    _store(access, Draft("hand over", decided_by=decider, reason=reason), seen=seen, move_id=move_id, at=at)


def begin_review(access: PlanAccess, *, move_id: str, at: datetime) -> None:
    """Keep that somebody of the board has begun to review; nothing if that is so already."""
    access.needs("review")
    now = fetch_board(access).standing
    if now.state == "submitted":
        _store(access, Draft("begin review"), seen=now.number, move_id=move_id, at=at)


def fetch_board(access: PlanAccess) -> Board:
    """The plan's way through its board so far."""
    access.needs("view")
    connection = access.session.connection()
    submissions = {row.id: Submission(**row._mapping) for row in connection.execute(_SUBMISSIONS)}
    moves = tuple(_move(row) for row in connection.execute(_MOVES))
    authors = tuple(connection.execute(_AUTHORS).scalars())
    deciders = tuple(each.name for each in fetch_members(access) if may(each.role, "approve") and not each.is_disabled)
    return Board(standing(moves, submissions), submissions, moves, authors, deciders)


def _store(access: PlanAccess, draft: Draft, *, seen: int, move_id: str, at: datetime) -> Move | None:
    """The move, or None if it is stored already."""
    fetch_open(access.session, access.plan_id)
    board, at = fetch_board(access), at.astimezone(UTC)
    if any(move.id == move_id for move in board.moves):
        return None
    if board.standing.number != seen:
        raise meanwhile(board)
    actor = Actor(access.person, access.role, board.authors, board.deciders)
    move = make_move(board.standing, draft, actor, id=move_id, at=at)
    connection = access.session.connection()
    if draft.submission:
        _keep_submission(access, draft.submission)
    if connection.execute(_ADD[connection.dialect.name], move_values(access.plan_id, move)).first() is None:
        raise meanwhile(board)
    submission = draft.submission or board.submissions[move.submission_id]
    _note(access, move, submission, at)
    return move


def _keep_submission(access: PlanAccess, submission: Submission) -> None:
    connection = access.session.connection()
    version = connection.execute(_VERSION_NAME, {"this_version": submission.version_id}).first()
    if version is None:
        raise DecisionRefused("There is no such version of this plan. Freeze one first, then submit it.")
    if version.is_elsewhere:
        raise DecisionRefused(
            "This version was frozen elsewhere and came with a file. Freeze the plan here, and submit that version."
        )
    connection.execute(_SUBMIT, asdict(submission) | {"plan_id": access.plan_id})


def meanwhile(board: Board) -> MovedMeanwhile:
    """What somebody reads whose screen was drawn before the last move."""
    last = board.moves[-1].by if board.moves else "A colleague"
    return MovedMeanwhile(
        f"{last} was first: {STATE_WORDS[board.standing.state]}. Look again, and decide then if it is still needed."
    )


def _note(access: PlanAccess, move: Move, submission: Submission, at: datetime) -> None:
    row = access.session.connection().execute(_VERSION_NAME, {"this_version": submission.version_id}).one()
    name, gate = f"{row.number} “{row.name}”", GATES[submission.gate].lower()
    record(access, EVENTS[move.kind], at, name=name, after=gate, before=move.decided_by)


def _move(row: Any) -> Move:
    fields = dict(row._mapping)
    points = (Point(each["text"], each["owner"], date.fromisoformat(each["due"])) for each in fields.pop("points"))
    return Move(points=tuple(points), **fields)


def move_values(plan_id: str, move: Move) -> dict[str, Any]:
    """A move as a row of the plan."""
    points = [{"text": each.text, "owner": each.owner, "due": str(each.due)} for each in move.points]
    return asdict(move) | {"plan_id": plan_id, "points": points}


_SUBMISSIONS = select(*(SUBMISSIONS.c[each.name] for each in fields(Submission)))
_MOVES = select(*(MOVES.c[each.name] for each in fields(Move))).order_by(MOVES.c.number)
_BEFORE = REVISIONS.alias()
_WRITTEN = {"value": "", "note": "", "stage": 0, "owner": "", "evidence": "[]", "not_applicable": ""}
"""What an author writes of an answer, each with what stands there while nobody has: all of it but confidence."""


def _is_written(name: str, nothing: object) -> ColumnElement[bool]:
    # Compared as it stands in the table: no answer is decoded for it.
    now, before = (func.coalesce(type_coerce(each.c[name], NullType()), nothing) for each in (REVISIONS, _BEFORE))
    return now != before


# Whoever decides writes the conditions among the actions and says how sure they are: that makes nobody an author.
_AUTHORS = (
    select(REVISIONS.c.by)
    .select_from(
        outerjoin(
            REVISIONS,
            _BEFORE,
            and_(
                _BEFORE.c.plan_id == REVISIONS.c.plan_id,
                _BEFORE.c.question_id == REVISIONS.c.question_id,
                _BEFORE.c.revision == REVISIONS.c.revision - 1,
            ),
        )
    )
    .where(REVISIONS.c.question_id != ACTIONS, or_(*(_is_written(*each) for each in _WRITTEN.items())))
    .distinct()
    .order_by(REVISIONS.c.by)
)
_VERSION_NAME = select(VERSIONS.c.number, VERSIONS.c.name, VERSIONS.c.is_elsewhere).where(
    VERSIONS.c.id == bindparam("this_version")
)
_SUBMIT = insert(SUBMISSIONS)
_ADD = {
    name: insert_into(MOVES).on_conflict_do_nothing().returning(MOVES.c.number)
    for name, insert_into in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
EVENTS: dict[Kind, str] = {
    "submit": "submitted",
    "begin review": "review begun",
    "approve": "approved",
    "approve with conditions": "approved with conditions",
    "return": "returned",
    "defer": "deferred",
    "withdraw": "withdrawn",
    "reopen": "reopened",
    "hand over": "decision handed over",
}
"""What each move is called in the history (`mcplan.timeline`)."""
