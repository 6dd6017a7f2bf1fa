"""How a plan got where it is: its readiness day by day, and what the last week brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mcplan.maps.days import say_day
from mcplan.numbers import count, percent, points
from mcplan.plan import Plan
from mcplan.readiness import Readiness, Stop
from mcplan.replay import Day, said_in
from mcplan.views.pointers import Pointer, point_to
from mcplan.views.table import Table
from questionnaire.model import GATES, Questionnaire

WEEK = timedelta(days=7)
WHOLE = "Whole plan"
ROOM = 5.0
"""Readiness points that a name beside a line takes up in the chart."""
LATEST = 10
"""Days that the table shows."""


@dataclass(frozen=True)
class TrendView:
    """Readiness by day."""

    title: str
    """What the line says."""
    lines: tuple[tuple[date, str, float], ...]
    """Day, the whole or a phase, and its floor: what the chart draws."""
    ends: tuple[tuple[str, float], ...]
    """Where the name of each line is written on its last day: as near to the line as the other names leave room."""
    table: Table
    """The latest days of the whole plan."""
    parts: Table
    """The whole and each phase, on the first day and on the last."""
    note: str


@dataclass(frozen=True)
class WeekView:
    """What changed in the last seven days."""

    message: str
    answers: tuple[Pointer, ...]
    """Whose answer changed, in walking order."""
    stops: tuple[str, ...]
    """Stops that are new or gone, each with the word for it."""


def view_trend(days: Sequence[Day]) -> TrendView | None:
    """The line of readiness; None while there is only one day, which is no line."""
    if len(days) < 2:
        return None
    first, last = days[0], days[-1]
    gained = last.readiness.whole.floor - first.readiness.whole.floor
    title = f"Readiness for {GATES[last.readiness.gate].lower()} since {say_day(first.on)}: {_change(gained)}"
    lines = [(day.on, name, floor) for day in days for name, floor in _floors(day.readiness)]
    rows = tuple(
        (say_day(day.on), percent(day.readiness.whole.floor), percent(day.readiness.whole.ceiling))
        for day in reversed(days[-LATEST:])
    )
    note = "Answers as they were at the end of each day; team, facts and questions are those of today."
    table = Table("Readiness by day", ("Day", "Floor", "Ceiling"), rows)
    ends = tuple(_apart(dict(_floors(last.readiness))))
    return TrendView(title, tuple(lines), ends, table, _parts(first, last), note)


def view_week(
    questionnaire: Questionnaire, plan: Plan, before: Plan, *, now: Readiness, then: Readiness, by: Mapping[str, str]
) -> WeekView:
    """What the last week brought.

    Args:
        questionnaire: what the plan is asked.
        plan: as it is.
        before: as it was a week ago.
        now: its readiness, stops by rules and risks included.
        then: that of a week ago, likewise.
        by: who last changed what each answer says (`mcplan.replay.writers`).
    """
    changed = [
        question
        for phase in questionnaire.walked
        for question in phase.questions
        if said_in(plan.answers.get(question.id)) != said_in(before.answers.get(question.id))
    ]
    gained = now.whole.floor - then.whole.floor
    what = f"{count(len(changed), 'answer')} changed" if changed else "no answer changed"
    moved = f"readiness {'rose' if gained > 0 else 'fell'} by {points(abs(gained)).lstrip('+')} points"
    message = f"In the last seven days {what}, and {moved if abs(gained) >= 0.05 else 'readiness stayed where it was'}."
    if not before.answers:
        # Everything would be new; what stops the gate stands above.
        return WeekView(f"The plan began in the last seven days: {count(len(changed), 'answer')} so far.", (), ())
    pointers = tuple(
        point_to(questionnaire, question.id, f"by {by[question.id]}" if by.get(question.id) else "")
        for question in changed
    )
    return WeekView(message, pointers, tuple(_moved_stops(now.whole.stops, then.whole.stops)))


def _floors(readiness: Readiness) -> Iterable[tuple[str, float]]:
    yield WHOLE, readiness.whole.floor
    for each in readiness.phases:
        if each.score.asked:
            yield each.phase.title, each.score.floor


def _apart(floors: Mapping[str, float]) -> Iterable[tuple[str, float]]:
    """A place for each name at which none stands on another, from 0 to 100 as long as there is room."""
    names = sorted(floors, key=lambda name: floors[name])
    top = 100.0
    places = {}
    for left, name in zip(range(len(names)), reversed(names), strict=True):
        # Below there has to be room for all names that are still to come.
        places[name] = max(min(floors[name], top), ROOM * (len(names) - 1 - left))
        top = places[name] - ROOM
    return [(name, places[name]) for name in names]


def _parts(first: Day, last: Day) -> Table:
    before = dict(_floors(first.readiness))
    rows = []
    for name, floor in _floors(last.readiness):
        then = before.get(name, 0.0)
        rows.append((name, percent(then), percent(floor), _change(floor - then).removesuffix(" points")))
    columns = ("Part", say_day(first.on), say_day(last.on), "Change")
    return Table("Readiness by phase, on the first day and on the last", columns, tuple(rows))


def _change(gained: float) -> str:
    return f"{'up' if gained > 0 else 'down'} {abs(gained):.1f} points" if abs(gained) >= 0.05 else "as it was"


def _moved_stops(now: Sequence[Stop], then: Sequence[Stop]) -> Iterable[str]:
    yield from (f"New: {stop.says}" for stop in now if stop not in then)
    yield from (f"Gone: {stop.says}" for stop in then if stop not in now)
