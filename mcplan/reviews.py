"""How people score a version on the board's rubric: independently, and before they see what others say.

The team scores itself once, together; everybody on the board scores alone. Whoever scores sees the others only
after handing in, so that nobody follows anybody. Drafts are seen by those who write them, and by nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from statistics import mean
from typing import Any, Literal, NamedTuple

from mcplan.facts import MOST_NAME
from mcplan.people import Person
from mcplan.roles import Role, may
from mcplan.rubric import SCORES, Criterion, Rubric
from mcplan.text import clean_text
from questionnaire.errors import AnswerRejected

Side = Literal["team", "board"]
TEAM = "team"
"""The key of the team's own review: it has one."""
MOST_REASON = 2_000
WIDE = 1.0
"""Distance between the team's score and the mean of the board's from which a gap is one to talk about."""


class ReviewRefused(AnswerRejected):
    """A review cannot be stored or handed in like this; the message says why and what to do."""


class Scored(NamedTuple):
    """What a criterion got, and why."""

    score: int | None = None
    reason: str = ""


class Scorer(NamedTuple):
    """For whom a review is written."""

    key: str
    """The same for the same review of a submission."""
    name: str
    side: Side


@dataclass(frozen=True)
class Review:
    """A review of one submission."""

    scorer: Scorer
    scores: Mapping[str, Scored] = field(default_factory=dict)
    """By criterion id."""
    words: str = ""
    """What there is to say beside the scores."""
    handed_in_at: datetime | None = None
    """None while it is a draft."""
    revision: int = 0

    def scored(self, criterion: Criterion) -> Scored:
        """What a criterion got so far."""
        return self.scores.get(criterion.id, Scored())


@dataclass(frozen=True)
class Gap:
    """How the team and the board see one criterion."""

    criterion: Criterion
    team: int | None
    """None if the team has not scored it."""
    board: float | None
    """The mean of the board's scores; None if there are none."""
    scores: tuple[int, ...]
    """The board's scores, lowest first."""

    @property
    def distance(self) -> float | None:
        """How much higher the team's score is than the board's; None if one of them is missing."""
        return None if self.team is None or self.board is None else self.team - self.board

    @property
    def is_wide(self) -> bool:
        """True if team and board should talk about it."""
        return self.distance is not None and abs(self.distance) >= WIDE

    @property
    def is_split(self) -> bool:
        """True if the board itself is two or more apart."""
        return len(self.scores) > 1 and self.scores[-1] - self.scores[0] >= 2


def scorer_of(person: Person, role: Role, side: Side = "team", name: str = "") -> Scorer | None:
    """For whom somebody writes a review; None if they may not.

    Args:
        person: whoever is at the screen.
        role: theirs in the plan: it says on which side they are.
        side: where nobody signs in, the side they write for.
        name: where nobody signs in, the person of the board they write for.

    Raises:
        ReviewRefused: nobody signs in here, and no name was given for the board.
    """
    if not person.is_local:
        side = "board" if may(role, "approve") else "team"
        if not may(role, "comment"):
            return None
        return Scorer(TEAM, person.name, side) if side == "team" else Scorer(person.id, person.name, side)
    if side == "team":
        return Scorer(TEAM, person.name, side)
    name = " ".join(clean_text(name).split())
    if not name or len(name) > MOST_NAME:
        raise ReviewRefused("Say who of the board scores the version.")
    return Scorer(f"board {name.casefold()}", name, side)


def amend_review(review: Review, rubric: Rubric, changes: Mapping[str, Any]) -> Review:
    """The review with what a person changed in it.

    Args:
        review: as it is stored.
        rubric: what is scored.
        changes: by criterion id an object with `score` (0 to 3 or None) or `reason`, or both; under `words` a text.

    Raises:
        ReviewRefused: it is handed in, or something does not fit.
    """
    if review.handed_in_at:
        raise ReviewRefused("This review is handed in and cannot be changed any more. Write a comment instead.")
    scores = dict(review.scores)
    for id, raw in changes.items():
        if id == "words":
            review = replace(review, words=_reason(raw))
        elif rubric.has(id) and isinstance(raw, Mapping):
            scores[id] = _scored(scores.get(id, Scored()), raw)
        else:
            raise ReviewRefused("This screen is older than the server. Reload the page; what you scored is kept.")
    return replace(review, scores=scores, revision=review.revision + 1)


def hand_in(review: Review, rubric: Rubric, at: datetime) -> Review:
    """The review as handed in.

    Raises:
        ReviewRefused: a criterion has no score or no reason; the message names the first ones.
    """
    open = [each.title for each in rubric.criteria if not _is_settled(review.scored(each))]
    if open:
        named = ", ".join(open[:3]) + (f" and {len(open) - 3} more" if len(open) > 3 else "")
        raise ReviewRefused(f"Every criterion needs a score and a reason. Still open: {named}.")
    return replace(review, handed_in_at=review.handed_in_at or at)


def to_be_seen(reviews: Iterable[Review], mine: Scorer | None, *, is_decided: bool) -> tuple[Review, ...]:
    """The handed-in reviews that somebody may see: all once they have handed in their own, or it is decided.

    Args:
        reviews: all of a submission.
        mine: for whom the person writes; None if they write none, and see nothing before the decision.
        is_decided: True once the board has decided.
    """
    given = [review for review in reviews if review.handed_in_at]
    own = any(mine is not None and review.scorer.key == mine.key for review in given)
    return tuple(given) if own or is_decided else ()


def find_gaps(rubric: Rubric, reviews: Iterable[Review]) -> tuple[Gap, ...]:
    """How team and board see each criterion, in the order of the rubric. Drafts do not count."""
    given = [review for review in reviews if review.handed_in_at]
    return tuple(_gap(criterion, given) for criterion in rubric.criteria)


def _gap(criterion: Criterion, reviews: Iterable[Review]) -> Gap:
    by_side: dict[Side, list[int]] = {"team": [], "board": []}
    for review in reviews:
        score = review.scored(criterion).score
        if score is not None:
            by_side[review.scorer.side].append(score)
    team, board = by_side["team"], sorted(by_side["board"])
    return Gap(criterion, team[0] if team else None, mean(board) if board else None, tuple(board))


def _is_settled(scored: Scored) -> bool:
    return scored.score is not None and bool(scored.reason.strip())


def _scored(before: Scored, raw: Mapping[str, Any]) -> Scored:
    score = raw.get("score", before.score)
    if score is not None and (isinstance(score, bool) or score not in SCORES):
        raise ReviewRefused("A score is 0, 1, 2 or 3.")
    return Scored(score, _reason(raw["reason"]) if "reason" in raw else before.reason)


def _reason(raw: Any) -> str:
    words = clean_text(raw) if isinstance(raw, str) else ""
    if len(words) > MOST_REASON:
        raise ReviewRefused(
            f"This text has {len(words):,} characters; there is room for {MOST_REASON:,}. Shorten it, please."
        )
    return words
