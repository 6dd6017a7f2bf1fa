"""What waits for one person across plans: questions of theirs, actions, comments. To add a kind, see `SOURCES`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mcplan.actions import ACTIONS, actions_of
from mcplan.comments import Thread, assignee_name
from mcplan.decisions import Submission
from mcplan.known import Known
from mcplan.plan import Plan, counted_questions
from mcplan.readiness import missing_share
from mcplan.text import shorten
from questionnaire.model import GATES, Questionnaire

WORDS = 80
"""Characters of a comment that stand for it."""


@dataclass(frozen=True)
class Job:
    """One thing that waits for somebody."""

    kind: str
    """What it is, in a word: question, action, comment, review."""
    plan_id: str
    plan: str
    """The title."""
    what: str
    due: date | None = None
    question_id: str = ""
    """Where it is done; empty if that is no question."""
    row_id: str = ""
    gate: str = ""
    """The gate it is needed for, in words; empty if it is needed for none."""

    def is_late(self, today: date) -> bool:
        """True if its day has passed."""
        return self.due is not None and self.due < today


@dataclass(frozen=True)
class Desk:
    """A plan with what is said in it, as one person sees it."""

    questionnaire: Questionnaire
    plan: Plan
    threads: Sequence[Thread]
    me: str
    """The name that stands in the team, and beside what is asked of people."""
    to_review: Submission | None = None
    """What is before the board, if they sit on it and have not handed in their review yet."""

    @property
    def known(self) -> Known:
        """What the plan says."""
        return Known(self.questionnaire, self.plan)


Source = Callable[[Desk], Iterator[Job]]


def work_of(desks: Iterable[Desk], today: date) -> tuple[Job, ...]:
    """Everything that waits for a person: what is late first, then by day, then what has no day, nearest gate first."""
    found = [job for desk in desks for source in SOURCES for job in source(desk)]
    return tuple(sorted(found, key=lambda job: (job.due is None, job.due or today, job.gate, job.plan)))


def _questions(desk: Desk) -> Iterator[Job]:
    plan = desk.plan
    for question in counted_questions(desk.questionnaire, plan):
        owner = plan.owner(question)
        if owner and owner.name == desk.me and question.gate <= plan.gate and missing_share(question, plan):
            what = f"{question.code} {question.ask}"
            gate = f"{question.gate} {GATES[question.gate]}"
            yield Job("Question", plan.id, plan.title, what, question_id=question.id, gate=gate)


def _actions(desk: Desk) -> Iterator[Job]:
    for action in actions_of(desk.known):
        if action.is_open and action.owner == desk.me:
            yield Job("Action", desk.plan.id, desk.plan.title, action.what, action.due, ACTIONS, action.id)


def _comments(desk: Desk) -> Iterator[Job]:
    for thread in desk.threads:
        if thread.is_open and assignee_name(thread, desk.plan) == desk.me:
            what = f"{thread.last.by}: {shorten(thread.last.text, WORDS)}"
            yield Job("Comment", desk.plan.id, desk.plan.title, what, question_id=thread.question_id)


def _reviews(desk: Desk) -> Iterator[Job]:
    if desk.to_review:
        gate = f"{desk.to_review.gate} {GATES[desk.to_review.gate]}"
        yield Job(
            "Review", desk.plan.id, desk.plan.title, "Your review is asked for", desk.to_review.meets_on, gate=gate
        )


SOURCES: tuple[Source, ...] = (_questions, _actions, _comments, _reviews)
