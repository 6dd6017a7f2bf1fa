"""A plan: one micro-credential being planned, its team, and the answers they have given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from questionnaire.model import ROLES, Gate, Question, Questionnaire, Stage, Value
from questionnaire.tables import is_finished


@dataclass(frozen=True)
class Member:
    """Somebody on the design team."""

    id: str
    """Stable in the plan: answers name their owner by it."""
    name: str
    role: str = ""
    """A key of `ROLES`, or empty for a further member."""


@dataclass(frozen=True)
class Evidence:
    """What an answer rests on: a paper, a link, a note of a talk."""

    title: str
    link: str = ""
    """http or https; empty if it is not on the web."""
    note: str = ""
    on: str = ""
    """The day it dates from, ISO 8601; empty if not known."""


@dataclass(frozen=True)
class Answer:
    """What the team says now to one question."""

    question_id: str
    value: Value = None
    note: str = ""
    """The words beside a pick or number."""
    stage: Stage = Stage.BLANK
    """What the team claims; `Plan.stage` caps it by the facts."""
    owner: str = ""
    """A member's id."""
    evidence: tuple[Evidence, ...] = ()
    confidence: Mapping[str, int] = field(default_factory=dict)
    """Person to 1 (a guess) .. 5 (sure)."""
    not_applicable: str = ""
    """Why the question does not apply; a reason takes the question out of every sum."""
    revision: int = 0
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Plan:
    """One micro-credential being planned, as it is stored now."""

    id: str
    title: str
    gate: Gate = "G1"
    """The gate the team is working towards."""
    institution: str = ""
    unit: str = ""
    """The school, faculty or department that will own the credential."""
    summary: str = ""
    """What an earner will be able to do, in a few sentences."""
    board: str = ""
    """Who decides at the gate."""
    start: date | None = None
    """When the first learners are meant to begin."""
    team: tuple[Member, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    revision: int = 0
    """Goes up by one with every change of the plan or of one of its answers."""
    changed_at: datetime | None = None
    changed_by: str = ""
    archived_at: datetime | None = None

    def answer(self, question: Question) -> Answer:
        """The answer to a question; an empty one of revision 0 while there is none."""
        return self.answers.get(question.id) or Answer(question.id)

    def picks(self, question_id: str) -> frozenset[str]:
        """The option ids picked in answer to a question; empty while it is open."""
        value = self.answers[question_id].value if question_id in self.answers else None
        if isinstance(value, dict):
            picks = value.get("picks")
            return frozenset(map(str, picks)) if isinstance(picks, list) else frozenset()
        return frozenset() if value is None else frozenset({str(value)})

    def owner(self, question: Question) -> Member | None:
        """Who owns the answer; None if nobody does, or if the owner has left the team."""
        answer = self.answers.get(question.id)
        return self._members.get(answer.owner) if answer else None

    def stage(self, question: Question) -> Stage:
        """How settled the answer is: what the team claims, capped by facts.

        No value: blank. No owner, or a table with too few rows or a required cell missing: at most
        drafted. No evidence item: at most agreed.
        """
        answer = self.answers.get(question.id)
        if answer is None or answer.value is None:
            return Stage.BLANK
        if answer.stage < Stage.AGREED or answer.owner not in self._members:
            return Stage.DRAFTED
        if question.columns and not is_finished(question, answer.value):
            return Stage.DRAFTED
        return answer.stage if answer.evidence else Stage.AGREED

    def open_roles(self) -> tuple[str, ...]:
        """The keys of `ROLES` that nobody fills, in order."""
        filled = {member.role for member in self.team if member.name}
        return tuple(role for role in ROLES if role not in filled)

    @cached_property
    def _members(self) -> dict[str, Member]:
        return {member.id: member for member in self.team}


def asked_questions(questionnaire: Questionnaire, plan: Plan) -> tuple[Question, ...]:
    """The questions that apply to this plan, in walking order; `asked_when` has been settled.

    While the controlling question is open, what hangs on it is asked: nobody knows yet that
    it does not apply, and silence must not raise the number.
    """
    asked: dict[str, Question] = {}
    for question in [each for phase in questionnaire.walked for each in phase.questions]:
        condition = question.asked_when
        if condition:
            picks = plan.picks(condition.question_id)
            fits = bool(picks & condition.values) == condition.wanted
            if condition.question_id not in asked or (picks and not fits):
                continue
        asked[question.id] = question
    return tuple(asked.values())


def counted_questions(questionnaire: Questionnaire, plan: Plan) -> tuple[Question, ...]:
    """The asked questions that count: all but those declared not applicable with a reason."""
    declared = {id for id, answer in plan.answers.items() if answer.not_applicable.strip()}
    return tuple(each for each in asked_questions(questionnaire, plan) if each.id not in declared)
