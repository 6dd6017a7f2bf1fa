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

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""When a revision was made that does not say it."""
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
    answers = {answer.question_id: answer for at, answer in _in_order(history) if at <= moment}
    return replace(plan, answers=answers)


def writers(history: Iterable[Answer]) -> dict[str, str]:
    """Who last changed what an answer says, by question; to say how sure one is, is not to change it."""
    found: dict[str, str] = {}
    said: dict[str, tuple[object, ...]] = {}
    for answer in sorted(history, key=lambda each: (each.question_id, each.revision)):
        if said.get(answer.question_id, said_in(None)) != said_in(answer):
            found[answer.question_id] = answer.by
        said[answer.question_id] = said_in(answer)
    return found


def said_in(answer: Answer | None) -> tuple[object, ...]:
    """All that an answer says, without who is how sure of it."""
    answer = answer or Answer("")
    return answer.value, answer.note, answer.stage, answer.owner, answer.evidence, answer.not_applicable


def _days(plan: Plan, history: Iterable[Answer], zone: tzinfo) -> Iterator[tuple[date, Plan]]:
    answers: dict[str, Answer] = {}
    day: date | None = None
    for at, answer in _in_order(history):
        on = at.astimezone(zone).date()
        if day is not None and on != day:
            yield day, replace(plan, answers=dict(answers))
        day = on
        answers[answer.question_id] = answer
    if day is not None:
        yield day, replace(plan, answers=answers)


def _in_order(history: Iterable[Answer]) -> list[tuple[datetime, Answer]]:
    """Each revision with the time from which it counts, the earliest first."""
    counts: list[tuple[datetime, Answer]] = []
    latest: dict[str, datetime] = {}
    for answer in sorted(history, key=lambda each: (each.question_id, each.revision)):
        before = latest.get(answer.question_id)
        # The clock of a server may have jumped back; a revision never comes before the one it replaced.
        at = max(each for each in (answer.at, before, LONG_AGO) if each)
        latest[answer.question_id] = at
        counts.append((at, answer))
    return sorted(counts, key=lambda each: (each[0], each[1].question_id, each[1].revision))


def _some(days: list[tuple[date, Plan]]) -> list[tuple[date, Plan]]:
    if len(days) <= MOST_DAYS:
        return days
    return [days[place * (len(days) - 1) // (MOST_DAYS - 1)] for place in range(MOST_DAYS)]
