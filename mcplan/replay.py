"""A plan as it was: its answers at the end of each day on which one changed, worked out from their history.

Nothing of it is stored. Team and facts of a plan are those of today, since who owned what then is told by names
that may be gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo

from mcplan.plan import Answer, Plan
from mcplan.readiness import Readiness, assess_readiness
from questionnaire.model import Gate, Questionnaire

MOST_DAYS = 60
"""Days that are scored; of a longer history as many, spread evenly, with the first and the last."""


@dataclass(frozen=True)
class Day:
    """How ready a plan was at the end of a day, stops by rules and risks left out."""

    on: date
    readiness: Readiness


def replay(
    questionnaire: Questionnaire, plan: Plan, history: Iterable[Answer], gate: Gate, zone: tzinfo = UTC
) -> tuple[Day, ...]:
    """How ready the plan was for a gate at the end of each day on which an answer changed, the first one first.

    Args:
        questionnaire: what the plan is asked today.
        plan: as it is today.
        history: every revision of every answer, in any order.
        gate: the gate.
        zone: where a day begins and ends.
    """
    days = list(_days(plan, history, zone))
    return tuple(Day(on, assess_readiness(questionnaire, then, gate)) for on, then in _some(days))


def as_of(plan: Plan, history: Iterable[Answer], moment: datetime) -> Plan:
    """The plan with its answers as they were at a moment."""
    answers: dict[str, Answer] = {}
    for answer in _in_order(history):
        if answer.at and answer.at <= moment:
            answers[answer.question_id] = answer
    return replace(plan, answers=answers)


def _days(plan: Plan, history: Iterable[Answer], zone: tzinfo) -> Iterator[tuple[date, Plan]]:
    answers: dict[str, Answer] = {}
    day: date | None = None
    for answer in _in_order(history):
        on = answer.at.astimezone(zone).date() if answer.at else day
        if day is not None and on != day:
            yield day, replace(plan, answers=dict(answers))
        day = on
        answers[answer.question_id] = answer
    if day is not None:
        yield day, replace(plan, answers=answers)


def _in_order(history: Iterable[Answer]) -> list[Answer]:
    first = datetime.min.replace(tzinfo=UTC)
    # Clocks of several servers may differ; the revisions of one answer never do.
    return sorted(history, key=lambda each: (each.at or first, each.question_id, each.revision))


def _some(days: list[tuple[date, Plan]]) -> list[tuple[date, Plan]]:
    if len(days) <= MOST_DAYS:
        return days
    return [days[place * (len(days) - 1) // (MOST_DAYS - 1)] for place in range(MOST_DAYS)]
