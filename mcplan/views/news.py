"""What others have done since somebody was last in a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mcplan.numbers import count
from mcplan.plan import Plan
from mcplan.views.answer import is_new
from mcplan.views.phase import NextStep
from mcplan.views.plans import ago
from questionnaire.model import Questionnaire

MOST = 5
"""Lines on the overview; the history has all of them."""


@dataclass(frozen=True)
class NewsView:
    """What is new for the person at the screen."""

    title: str
    """Since your last visit, 2 days ago: 7 answers changed."""
    lines: tuple[NextStep, ...]
    """The newest first, each with the way to its question."""
    more: str
    """The way to further ones, in words; empty if these are all."""


def view_news(
    questionnaire: Questionnaire, plan: Plan, since: datetime | None, me: str, now: datetime
) -> NewsView | None:
    """The answers that others have changed since a time; None if there are none, or on a first visit."""
    asked = {question.id: question for question in questionnaire.questions()}
    found = [each for id, each in plan.answers.items() if id in asked and is_new(each, since, me)]
    if not found or since is None:
        return None
    found.sort(key=lambda answer: str(answer.at), reverse=True)
    lines = tuple(
        NextStep(
            questionnaire.phase_of(asked[each.question_id]).id,
            each.question_id,
            f"{asked[each.question_id].code} {asked[each.question_id].ask} ({each.by}, {ago(each.at or now, now)})",
        )
        for each in found[:MOST]
    )
    left = len(found) - len(lines)
    title = f"Since your last visit, {ago(since, now)}: {count(len(found), 'answer')} changed"
    return NewsView(title, lines, f"{left} more in the history" if left else "")
