"""Reviews as the database keeps them: drafts while they are written, and what was handed in for good."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from mcplan.people import NotAllowed
from mcplan.reviews import Review, ReviewRefused, Scored, Scorer, amend_review, hand_in, scorer_of, to_be_seen
from mcplan.rubric import load_rubric
from storage.access import PlanAccess
from storage.decisions import Board, begin_review, fetch_board
from storage.events import record
from storage.rows import fetch_open
from storage.tables import REVIEWS, VERSIONS


def store_review(
    access: PlanAccess, submission_id: str, scorer: Scorer, changes: Mapping[str, Any], *, move_id: str, at: datetime
) -> None:
    """Keep what somebody changed in their review; the first change of the board's begins the review.

    Args:
        access: the plan and the person.
        submission_id: what is reviewed: the version before the board now.
        scorer: for whom they write (`mcplan.reviews.scorer_of`).
        changes: as `mcplan.reviews.amend_review` reads it.
        move_id: made up by the screen, for the move this may begin.
        at: when, with a time zone.

    Raises:
        ReviewRefused: nothing is before the board any more, the review is not theirs or is handed in, or a change
            does not fit.
        AnswerRejected: the plan is archived or deleted.
        NotAllowed: they may not review.
    """
    access.needs("comment")
    _open(access, submission_id, scorer)
    review = _mine(access, submission_id, scorer)
    _put(access, submission_id, review, amend_review(review, load_rubric(), changes), at)
    if scorer.side == "board":
        begin_review(access, move_id=move_id, at=at)


def hand_in_review(access: PlanAccess, submission_id: str, scorer: Scorer, *, at: datetime) -> None:
    """Keep that a review is done; from then on it cannot be changed, and its writer sees those of the others.

    Raises:
        ReviewRefused: something is open in it, or as `store_review`.
        AnswerRejected, NotAllowed: as `store_review`.
    """
    access.needs("comment")
    board = _open(access, submission_id, scorer)
    review, at = _mine(access, submission_id, scorer), at.astimezone(UTC)
    if review.handed_in_at:
        return
    _put(access, submission_id, review, hand_in(review, load_rubric(), at), at)
    submission = board.submissions[submission_id]
    row = access.session.connection().execute(_VERSION_NAME, {"this_version": submission.version_id}).one()
    after = "the team" if scorer.side == "team" else scorer.name
    record(access, "review handed in", at, name=f"{row.number} “{row.name}”", after=after)


def fetch_review(access: PlanAccess, submission_id: str, scorer: Scorer) -> Review:
    """Somebody's own review as far as it is; an empty one of revision 0 if they have not begun.

    Raises:
        ReviewRefused: it is not theirs.
        NotAllowed: they write none.
    """
    access.needs("comment")
    _refuse_others(access, scorer)
    return _mine(access, submission_id, scorer)


def fetch_reviews(access: PlanAccess, submission_id: str, scorer: Scorer | None) -> tuple[Review, ...]:
    """The handed-in reviews that somebody may see now, by name (`mcplan.reviews.to_be_seen`).

    Raises:
        ReviewRefused: the scorer is somebody else.
    """
    access.needs("view")
    if scorer:
        _refuse_others(access, scorer)
    board = fetch_board(access)
    now = board.standing
    is_decided = not (now.is_open and now.submission and now.submission.id == submission_id)
    rows = access.session.connection().execute(_ALL, {"this_submission": submission_id})
    return to_be_seen([_review(row) for row in rows], scorer, is_decided=is_decided)


def fetch_all_handed_in(access: PlanAccess, submission_id: str) -> list[Review]:
    """The handed-in reviews of a submission, by name, for a round that is over: then everybody may see them."""
    access.needs("export")
    rows = access.session.connection().execute(_ALL, {"this_submission": submission_id})
    return [_review(row) for row in rows if row.handed_in_at is not None]


def count_reviews(access: PlanAccess, submission_id: str) -> int:
    """How many reviews of a submission are handed in, whoever may see them."""
    access.needs("view")
    rows = access.session.connection().execute(_ALL, {"this_submission": submission_id})
    return sum(row.handed_in_at is not None for row in rows)


def _open(access: PlanAccess, submission_id: str, scorer: Scorer) -> Board:
    fetch_open(access.session, access.plan_id)
    _refuse_others(access, scorer)
    board = fetch_board(access)
    now = board.standing
    if not now.is_open or now.submission is None or now.submission.id != submission_id:
        raise ReviewRefused("This version is not with the board any more, so it cannot be reviewed.")
    return board


def _refuse_others(access: PlanAccess, scorer: Scorer) -> None:
    """Let people who sign in write and read as themselves only."""
    own = scorer_of(access.person, access.role, scorer.side, scorer.name)
    if own is None:
        raise NotAllowed("comment")
    if own.key != scorer.key or own.side != scorer.side:
        raise ReviewRefused("This review is somebody else's. Reload the page to come to your own.")


def _mine(access: PlanAccess, submission_id: str, scorer: Scorer) -> Review:
    these = {"this_submission": submission_id, "this_scorer": scorer.key}
    row = access.session.connection().execute(_ONE, these).first()
    return _review(row) if row else Review(scorer)


def _put(access: PlanAccess, submission_id: str, before: Review, after: Review, at: datetime) -> None:
    connection = access.session.connection()
    values = review_values(after) | {"by": access.person.name, "at": at.astimezone(UTC)}
    these = {"this_submission": submission_id, "this_scorer": after.scorer.key}
    # Whoever writes holds the plan until the transaction ends, so nobody can come in between.
    if before.revision:
        connection.execute(_CHANGE, these | values)
    else:
        new = {"submission_id": submission_id, "scorer": after.scorer.key, "side": after.scorer.side}
        connection.execute(_ADD, new | {"plan_id": access.plan_id} | values)


def review_values(review: Review) -> dict[str, Any]:
    """What stands in the row of a review, but for whom and when."""
    return {
        "name": review.scorer.name,
        "scores": {id: each._asdict() for id, each in review.scores.items()},
        "words": review.words,
        "handed_in_at": review.handed_in_at,
        "revision": review.revision,
    }


def _review(row: Any) -> Review:
    scores = {id: Scored(**each) for id, each in row.scores.items()}
    return Review(Scorer(row.scorer, row.name, row.side), scores, row.words, row.handed_in_at, row.revision)


_ALL = select(REVIEWS).where(REVIEWS.c.submission_id == bindparam("this_submission")).order_by(REVIEWS.c.name)
_ONE = _ALL.where(REVIEWS.c.scorer == bindparam("this_scorer"))
_ADD = insert(REVIEWS)
_CHANGE = update(REVIEWS).where(
    REVIEWS.c.submission_id == bindparam("this_submission"), REVIEWS.c.scorer == bindparam("this_scorer")
)
_VERSION_NAME = select(VERSIONS.c.number, VERSIONS.c.name).where(VERSIONS.c.id == bindparam("this_version"))
