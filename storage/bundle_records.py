"""Versions and the rounds of the board in plan bundles: the one place where they are read for one and stored from one.

What comes in is marked as made elsewhere. It gets ids of its own here, so that a plan can be brought in beside the
one it was taken from, and as often as somebody likes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import select

from mcplan.bundle.contents import FrozenText, Round
from mcplan.decisions import Submission
from mcplan.reviews import Review
from mcplan.timeline import ELSEWHERE
from mcplan.version import Version, digest
from storage.access import PlanAccess
from storage.decisions import Board, fetch_board, move_values
from storage.plans import insert_rows
from storage.reviews import fetch_all_handed_in, review_values
from storage.tables import MOVES, REVIEWS, SUBMISSIONS, VERSIONS, WORDINGS
from storage.versions import keep_wording


class Records(NamedTuple):
    """What bundles hold beside the plan itself."""

    versions: tuple[FrozenText, ...]
    rounds: tuple[Round, ...]


def fetch_records(access: PlanAccess) -> Records:
    """The versions of a plan and the rounds of its board. Of a round that is open, nobody takes the reviews away."""
    access.needs("export")
    rows = access.session.connection().execute(_VERSIONS).all()
    versions = tuple(FrozenText(Version(*row[:-2]), row.content, row.wording_text) for row in rows)
    numbers = {each.version.id: each.version.number for each in versions}
    board = fetch_board(access)
    return Records(versions, tuple(_rounds(access, board, numbers)))


def store_records(access: PlanAccess, versions: Sequence[FrozenText], rounds: Sequence[Round]) -> None:
    """Keep the versions and rounds of a bundle with the plan it has just become.

    Args:
        access: the plan, and the person who brings it in.
        versions: each has been checked against its SHA-256.
        rounds: of the board elsewhere.
    """
    access.needs("answer")
    # The same for every try, since the plan gets its id on the screen.
    stem = sha256(access.plan_id.encode()).hexdigest()[:24]
    for wording in {each.wording for each in versions}:
        keep_wording(access.session, wording, digest(wording))
    insert_rows(access.session, VERSIONS, [_version_values(access, stem, each) for each in versions])
    given = [_with_ids(stem, number, each) for number, each in enumerate(rounds, 1)]
    session, plan = access.session, {"plan_id": access.plan_id}
    insert_rows(session, SUBMISSIONS, [asdict(each.submission) | plan for each in given])
    insert_rows(session, MOVES, [move_values(access.plan_id, move) for each in given for move in each.moves])
    insert_rows(session, REVIEWS, [row for each in given for row in _review_rows(access, each)])


def _rounds(access: PlanAccess, board: Board, numbers: Mapping[str, int]) -> Iterator[Round]:
    begun: dict[str, int] = {}
    for move in board.moves:
        begun.setdefault(move.submission_id, move.number)
    now = board.standing
    for id in begun:
        given = board.submissions[id]
        moves = (move for move in board.moves if move.submission_id == id)
        is_over = not (now.is_open and now.submission and now.submission.id == id)
        yield Round(
            numbers[given.version_id],
            replace(given, id="", version_id=""),
            tuple(replace(move, id="", submission_id="", person_id=ELSEWHERE) for move in moves),
            tuple(map(_without_account, enumerate(fetch_all_handed_in(access, id), 1))) if is_over else (),
        )


def _without_account(numbered: tuple[int, Review]) -> Review:
    number, review = numbered
    return replace(review, scorer=review.scorer._replace(key=f"{ELSEWHERE} {number}"), revision=1)


def _version_values(access: PlanAccess, stem: str, each: FrozenText) -> dict[str, Any]:
    known = each.version._replace(id=_version_id(stem, each.version.number), is_elsewhere=True)._asdict()
    return known | {"plan_id": access.plan_id, "wording": digest(each.wording), "content": each.content}


def _version_id(stem: str, number: int) -> str:
    return f"{stem}v{number:07}"


def _with_ids(stem: str, number: int, each: Round) -> Round:
    id = f"{stem}s{number:07}"
    given: Submission = replace(each.submission, id=id, version_id=_version_id(stem, each.version))
    moves = (replace(move, id=f"{stem}m{move.number:07}", submission_id=id) for move in each.moves)
    return replace(each, submission=given, moves=tuple(moves))


def _review_rows(access: PlanAccess, each: Round) -> Iterator[dict[str, Any]]:
    for review in each.reviews:
        about = {"plan_id": access.plan_id, "submission_id": each.submission.id}
        new = {"scorer": review.scorer.key, "side": review.scorer.side, "by": review.scorer.name}
        yield about | new | review_values(review) | {"at": review.handed_in_at}


_VERSIONS = (
    select(
        *(VERSIONS.c[name] for name in Version._fields), VERSIONS.c.content, WORDINGS.c.content.label("wording_text")
    )
    .join_from(VERSIONS, WORDINGS, VERSIONS.c.wording == WORDINGS.c.sha256)
    .order_by(VERSIONS.c.number)
)
