"""The days of a plan on a line: where it stands, what is late and what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mcplan.known import Known
from mcplan.maps.coverage import listed
from mcplan.maps.days import far_off, how_late, say_day
from mcplan.maps.lifecycle import APPROVALS, STAGES, TASKS, Lifecycle, State, Step, map_lifecycle
from mcplan.numbers import count
from mcplan.plan import Plan
from mcplan.text import shorten
from mcplan.views.maps import capital, point_to
from mcplan.views.pointers import Pointer
from mcplan.views.table import Cell, Table
from mcplan.views.verdict import Sign
from questionnaire.model import Questionnaire

STATES: dict[State, Sign] = {
    "done": Sign("Done", ":material/check_circle:", "green"),
    "late": Sign("Late", ":material/warning:", "red"),
    "now": Sign("Now", ":material/play_circle:", "blue"),
    "ahead": Sign("Ahead", ":material/schedule:", "gray"),
    "undated": Sign("No date", ":material/help:", "orange"),
}
PAST = Sign("Past", ":material/check_circle:", "green")
"""A day that is over, of which nothing tells whether it was kept."""
SOON = 5
"""Things that come next and are named."""
FEW = 2
"""Late things that the title of the chart names before it only counts them."""
NAME = 34
"""Characters of a name in the chart."""


@dataclass(frozen=True)
class Bar:
    """A stage or another day in the chart."""

    name: str
    begin: date
    """The same as the end for what has no length."""
    end: date
    says: str
    """Its state in words: done, 12 days late, due 4 June 2027."""
    looks: str
    """How it is drawn: a word of the legend."""


@dataclass(frozen=True)
class Timeline:
    """The chart."""

    title: str
    says: str
    """The chart in words, for those who do not see it."""
    bars: tuple[Bar, ...]
    today: date


@dataclass(frozen=True)
class CalendarView:
    """The days of a plan."""

    message: str
    """Where it stands, in a sentence or two; empty while there is no day at all."""
    late: Table | None
    """None if nothing is."""
    next: Table | None
    """What comes soonest; None if nothing is to come."""
    chart: Timeline | None
    """None while there is no day to draw."""
    table: Table | None
    """Stages and other days in words; None if the plan is asked for none."""
    tasks: Table | None
    """None while nobody has said anything of any task."""
    questions: tuple[Pointer, ...]
    """Where the days stand."""


def view_calendar(questionnaire: Questionnaire, plan: Plan, today: date) -> CalendarView:
    """What the calendar shows on a day."""
    known = Known(questionnaire, plan)
    life = map_lifecycle(known, today)
    line = (*life.stages, *life.milestones)
    return CalendarView(
        message=_message(life) if life.is_dated else "",
        late=_soon("What is late", life.late, today),
        next=_soon("What comes next", life.next[:SOON], today),
        chart=_chart(life, line) if any(each.due for each in line) else None,
        table=_table(line, today) if life.is_dated else None,
        tasks=_tasks(life),
        questions=tuple(point_to(known, id) for id in (STAGES, TASKS, APPROVALS) if known.asks(id)),
    )


def _message(life: Lifecycle) -> str:
    current, late = life.current, life.late
    if current is None:
        stands = "All stages are done." if life.stages else ""
    else:
        due = "without a date" if current.due is None else _due(current, life.today)
        stands = f"It stands at {current.name.lower()}, {due}."
    behind = f"{capital(count(len(late), 'thing is', 'things are'))} late." if late else "Nothing is late."
    undated = [each for each in life.stages if each.is_open and each.due is None]
    bare = f"{capital(count(len(undated), 'stage has', 'stages have'))} no date yet." if undated else ""
    return " ".join(filter(None, (stands, behind, bare)))


def _due(step: Step, today: date) -> str:
    if step.due is None:
        return ""
    return how_late(step.due, today) if step.state == "late" else f"due {far_off(step.due, today)}"


def _soon(caption: str, steps: tuple[Step, ...], today: date) -> Table | None:
    """What is late or next: how far off first, since that is what somebody in a hurry looks for."""
    rows = tuple((_when(each, today), each.name, each.owner or "–") for each in steps)
    return Table(caption, ("When", "What", "Owner"), rows) if rows else None


def _when(step: Step, today: date) -> Cell:
    if step.state == "late" or step.due is None:
        return _worded(step, today)
    return f"{capital(far_off(step.due, today))}, {say_day(step.due)}"


def _sign(step: Step) -> Sign:
    return PAST if step.id in ("pilot", "start", "last-intake") and step.state == "done" else STATES[step.state]


def _says(step: Step, today: date) -> str:
    return _due(step, today) if step.state in ("late", "now") and step.due else _sign(step).words.lower()


def _table(line: Iterable[Step], today: date) -> Table:
    rows = tuple(
        (
            each.name,
            _span(each),
            _sign(each) if each.state != "late" else _worded(each, today),
            each.owner or "–",
        )
        for each in line
    )
    return Table("Stages and other days", ("What", "When", "State", "Owner"), rows)


def _worded(step: Step, today: date) -> Sign:
    """The sign of something late, with how late it is."""
    late = STATES["late"]
    return Sign(capital(_due(step, today)), late.icon, late.colour)


def _span(step: Step) -> str:
    due = say_day(step.due) if step.due else "–"
    return f"{say_day(step.begin)} to {due}" if step.begin else due


def _tasks(life: Lifecycle) -> Table | None:
    if not any(task.owner or task.due or task.state == "done" for task in life.tasks):
        return None
    found = [(stage.name, task) for stage in life.stages for task in life.tasks_of(stage.id)]
    found += [("–", task) for task in life.tasks_of("")]
    rows = tuple((stage, task.name, task.owner or "Nobody", _task_sign(task, life.today)) for stage, task in found)
    return Table("Tasks by stage", ("Stage", "Task", "Owner", "State"), rows)


def _task_sign(task: Step, today: date) -> Sign:
    """The sign of a task with its day in words."""
    sign = STATES[task.state]
    if task.due is None or task.state == "done":
        return sign
    words = f"{say_day(task.due)}, {how_late(task.due, today)}" if task.state == "late" else say_day(task.due)
    return Sign(words, sign.icon, sign.colour)


def _chart(life: Lifecycle, line: tuple[Step, ...]) -> Timeline:
    bars = tuple(
        Bar(
            shorten(each.name, NAME),
            each.begin if each.begin and each.begin <= each.due else each.due,
            each.due,
            _says(each, life.today),
            LOOKS[each.state],
        )
        for each in line
        if each.due
    )
    words = "; ".join(f"{each.name} {_span(each)}, {_says(each, life.today)}" for each in line if each.due)
    title = _title(life, line)
    return Timeline(title, f"{title}. {words}. Today is {say_day(life.today)}.", bars, life.today)


def _title(life: Lifecycle, line: Iterable[Step]) -> str:
    late = [shorten(each.name, NAME) for each in line if each.state == "late"]
    if late:
        more = [f"{len(late) - FEW} more"] if len(late) > FEW else []
        return f"Late: {listed([*late[:FEW], *more])}"
    if life.current and life.current.due:
        return f"{life.current.name} is {_due(life.current, life.today)}"
    return "Nothing on the line is late"


LOOKS: dict[State, str] = {
    "done": "Done",
    "late": "Late or under way",
    "now": "Late or under way",
    "ahead": "Ahead",
    "undated": "Ahead",
}
"""What the legend of the chart calls each state; late and under way are told apart by their words."""
