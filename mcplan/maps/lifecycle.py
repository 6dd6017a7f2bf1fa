"""The life of a credential on a line of days: seven stages, their tasks, gates and other days that count.

Sources: L0.1 and the task codes of the lifecycle.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mcplan.known import Known, Row
from questionnaire.model import GATES

STAGES, TASKS, APPROVALS = "lifecycle.stages", "lifecycle.tasks", "credential.approvals"
PILOT, LAST_INTAKE = "delivery.pilot-from", "credential.last-intake"
State = Literal["done", "late", "now", "ahead", "undated"]


@dataclass(frozen=True)
class Step:
    """A stage, a task or another day that counts."""

    id: str
    name: str
    begin: date | None
    due: date | None
    """The day by which it is finished, or on which it happens."""
    state: State
    owner: str = ""
    question_id: str = ""
    """Where its day stands; empty for a fact of the plan itself."""
    stage: str = ""
    """Of a task: the id of its stage."""

    @property
    def is_open(self) -> bool:
        """True if it is still to come, or should have come already."""
        return self.state != "done"


@dataclass(frozen=True)
class Lifecycle:
    """Where a plan stands on its way from the first idea to the first revision."""

    stages: tuple[Step, ...]
    """In their order; empty if the plan is not asked for them."""
    tasks: tuple[Step, ...]
    milestones: tuple[Step, ...]
    """Approvals, pilot, first learners and last intake, by day; those without a day last."""
    today: date

    @property
    def steps(self) -> tuple[Step, ...]:
        """Everything that has a state."""
        return (*self.stages, *self.tasks, *self.milestones)

    @property
    def current(self) -> Step | None:
        """The first stage that is not done; None if all are, or there are none."""
        return next((stage for stage in self.stages if stage.is_open), None)

    @property
    def late(self) -> tuple[Step, ...]:
        """What should be done by now and is not, the longest first."""
        return _by_day(each for each in self.steps if each.state == "late")

    @property
    def next(self) -> tuple[Step, ...]:
        """What comes from today on and is not done, the soonest first."""
        return _by_day(each for each in self.steps if each.is_open and each.due and each.due >= self.today)

    @property
    def is_dated(self) -> bool:
        """True if there is a day to put on a line."""
        return any(each.due for each in self.steps)

    def tasks_of(self, stage_id: str) -> tuple[Step, ...]:
        """The tasks of a stage; those of no stage that is there for the empty id."""
        there = {stage.id for stage in self.stages}
        return tuple(task for task in self.tasks if (task.stage if task.stage in there else "") == stage_id)


def map_lifecycle(known: Known, today: date) -> Lifecycle:
    """Stages, tasks and milestones of a plan as they stand on a day."""
    rows = known.all_rows(STAGES)
    first = next((row.id for row in rows if row.is_yes("done") is not True), "")
    stages = tuple(_step(row, STAGES, today, is_current=row.id == first) for row in rows)
    tasks = tuple(_step(row, TASKS, today) for row in known.all_rows(TASKS))
    milestones = sorted(_milestones(known, today), key=lambda each: (each.due is None, each.due or date.max))
    return Lifecycle(stages, tasks, tuple(milestones), today)


def _step(row: Row, question_id: str, today: date, *, is_current: bool = False) -> Step:
    begin, due = row.day("from"), row.day("due")
    is_done = row.is_yes("done") is True
    state = _state(begin, due, today, is_done=is_done, is_current=is_current)
    return Step(row.id, row.name, begin, due, state, row.text("owner"), question_id, row.text("stage"))


def _state(begin: date | None, due: date | None, today: date, *, is_done: bool, is_current: bool = False) -> State:
    if is_done:
        return "done"
    if due and due < today:
        return "late"
    # A stage that has begun runs, also while the one before it is not ended.
    if is_current or (begin and begin <= today):
        return "now"
    return "ahead" if due else "undated"


def _milestones(known: Known, today: date) -> Iterator[Step]:
    for row in known.rows(APPROVALS):
        due = row.day("due")
        state = _state(None, due, today, is_done=row.pick("status") == "approved")
        gate = next((words for gate, words in GATES.items() if gate == row.pick("gate")), "")
        name = f"{gate}: {row.name}" if gate else row.name
        yield Step(row.id, name, None, due, state, "", APPROVALS)
    for id, name, day, question_id in (
        ("pilot", "Pilot starts", known.day(PILOT), PILOT),
        ("start", "First learners begin", known.plan.start, ""),
        ("last-intake", "Last intake", known.day(LAST_INTAKE), LAST_INTAKE),
    ):
        if day:
            # Nothing tells whether it happened: a day that is past is over, not late.
            yield Step(id, name, None, day, "done" if day < today else "ahead", "", question_id)


def _by_day(steps: Iterator[Step]) -> tuple[Step, ...]:
    return tuple(sorted(steps, key=lambda each: each.due or date.max))
