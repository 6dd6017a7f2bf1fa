"""My work as people read it: a line for each thing that waits for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mcplan.maps.days import far_off, how_late, say_day
from mcplan.numbers import count
from mcplan.views.actions import LATE
from mcplan.views.verdict import Sign
from mcplan.work import Job
from questionnaire.model import Questionnaire

ICONS = {
    "Question": ":material/edit_note:",
    "Action": ":material/task_alt:",
    "Comment": ":material/forum:",
    "Review": ":material/rate_review:",
}
AT = {"Question": "overview", "Action": "actions", "Comment": "comments", "Review": "review"}
"""By kind, the screen for what is done at no question."""
AT_ONCE = 40


@dataclass(frozen=True)
class WorkLine:
    """One thing that waits."""

    kind: Sign
    what: str
    facts: str
    """The plan, and by when or for which gate."""
    late: Sign | None
    """None unless its day has passed."""
    plan_id: str
    phase_id: str
    """The phase of its question; of what is done at no question, the path of the screen."""
    question_id: str
    row_id: str


@dataclass(frozen=True)
class WorkView:
    """Everything that waits for one person."""

    message: str
    lines: tuple[WorkLine, ...]
    more: int
    """How many further ones there are."""


def view_work(questionnaire: Questionnaire, jobs: Iterable[Job], today: date, most: int = AT_ONCE) -> WorkView:
    """What the screen shows on a day."""
    there = list(jobs)
    late = sum(job.is_late(today) for job in there)
    behind = f"{late} of them late" if late else "nothing is late"
    message = f"{count(len(there), 'thing waits', 'things wait').capitalize()} for you; {behind}."
    lines = tuple(_line(questionnaire, job, today) for job in there[:most])
    return WorkView(message if there else "", lines, max(0, len(there) - most))


def say_job(job: Job, today: date) -> str:
    """A thing that waits as one line of a letter."""
    when = f" ({_when(job, today)})" if job.due else ""
    return f"{job.plan}: {job.what}{when}"


def _line(questionnaire: Questionnaire, job: Job, today: date) -> WorkLine:
    late = Sign(_when(job, today).capitalize(), LATE.icon, LATE.colour) if job.is_late(today) else None
    due = say_day(job.due) if late and job.due else _when(job, today)
    facts = " · ".join(filter(None, (job.plan, due, f"for {job.gate}" if job.gate else "")))
    there = questionnaire.has(job.question_id)
    phase = questionnaire.phase_of(questionnaire.question(job.question_id)).id if there else AT[job.kind]
    sign = Sign(job.kind, ICONS.get(job.kind, ":material/task:"), "gray")
    return WorkLine(sign, job.what, facts, late, job.plan_id, phase, job.question_id if there else "", job.row_id)


def _when(job: Job, today: date) -> str:
    if job.due is None:
        return ""
    return how_late(job.due, today) if job.is_late(today) else f"{say_day(job.due)}, {far_off(job.due, today)}"
