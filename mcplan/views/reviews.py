"""Reviews as the screens show them: what others scored, and the gap between the team and its board."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mcplan.numbers import count
from mcplan.reviews import Gap, Review
from mcplan.rubric import Rubric
from mcplan.views.table import Table


@dataclass(frozen=True)
class GapsView:
    """How team and board see the version."""

    says: str
    """The answer, as the title of the chart."""
    rows: tuple[Gap, ...]
    table: Table


def view_gaps(gaps: tuple[Gap, ...]) -> GapsView | None:
    """The chart of the gaps and the table beside it; None while nobody of the board has handed in."""
    if not any(gap.scores for gap in gaps):
        return None
    rows = tuple((gap.criterion.title, _number(gap.team), _number(gap.board), _scores(gap), _talk(gap)) for gap in gaps)
    columns = ("Criterion", "Team", "Board", "Each", "What it says")
    return GapsView(_says(gaps), gaps, Table("Scores of team and board, 0 to 3", columns, rows))


def view_review(rubric: Rubric, review: Review) -> Table:
    """One review: each criterion with its score and the reason."""
    rows = tuple(
        (each.title, _number(review.scored(each).score), review.scored(each).reason or "–") for each in rubric.criteria
    )
    return Table(f"Review of {review.scorer.name}", ("Criterion", "Score", "Reason"), rows)


def progress(rubric: Rubric, review: Review) -> str:
    """How far a review is: 3 of 8 scored with a reason."""
    done = sum(
        review.scored(each).score is not None and bool(review.scored(each).reason.strip()) for each in rubric.criteria
    )
    return f"{done} of {len(rubric.criteria)} scored with a reason"


def _says(gaps: Iterable[Gap]) -> str:
    wide = [gap for gap in gaps if gap.is_wide]
    if all(gap.team is None for gap in gaps):
        return "The team has not handed in its own scores, so there is nothing to compare with"
    if not wide:
        return "Team and board see the version much alike"
    most = max(wide, key=lambda gap: abs(gap.distance or 0))
    who = "the team sees it better" if (most.distance or 0) > 0 else "the board sees it better"
    apart = count(len(wide), "criterion", "criteria")
    return f"Team and board are apart on {apart}, most on {most.criterion.title.lower()}: {who}"


def _number(score: float | None) -> str:
    return "–" if score is None else f"{score:.1f}".removesuffix(".0")


def _scores(gap: Gap) -> str:
    return ", ".join(map(str, gap.scores)) or "–"


def _talk(gap: Gap) -> str:
    if gap.is_split:
        return "The board is split"
    if not gap.is_wide:
        return "–"
    return "Team higher" if (gap.distance or 0) > 0 else "Board higher"
