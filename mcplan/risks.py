"""The risks a plan runs, worst first.

What one open question puts at risk stands beside it in the content files (`risk`). A blank is
not a risk but an *information gap*: nobody knows yet. It closes itself when the answer reaches
the stage its gate asks for, and it never stops a gate by itself (a blank critical question
does that, in `mcplan.readiness`). To add a rule, write one function here and name it in
`RULES` at the foot of this file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from mcplan.plan import Plan, counted_questions
from questionnaire.model import Gate, Question, Questionnaire, Stage

Band = Literal["Extreme", "High", "Moderate", "Low"]
BANDS: tuple[Band, ...] = ("Extreme", "High", "Moderate", "Low")
"""Worst first."""


@dataclass(frozen=True)
class Risk:
    """What may happen, why, and what it would cost: cause – event – consequence."""

    id: str
    rule: str
    """The rule that raised it, or MANUAL."""
    cause: str
    event: str
    consequence: str
    likelihood: int
    """1 (under 5 %) to 5 (over 80 %)."""
    impact: int
    """1 (a nuisance) to 5 (ends the initiative)."""
    category: str
    gate: Gate
    """The first gate at which it bites."""
    question_id: str = ""
    owner: str = ""
    """A name; empty if nobody looks after it."""
    action: str = ""
    """What is done about it; empty if untreated."""
    status: Literal["open", "treating", "accepted", "closed"] = "open"
    is_gap: bool = False
    """True if it only says that something is not known yet."""

    @property
    def severity(self) -> int:
        """Likelihood times impact, 1 to 25. For ranking and bands only: never add these up."""
        return self.likelihood * self.impact

    @property
    def band(self) -> Band:
        """Extreme from 15, high from 10, moderate from 5; an impact of 5 is never below high."""
        if self.severity >= 15:
            return "Extreme"
        if self.severity >= 10 or self.impact == 5:
            return "High"
        return "Moderate" if self.severity >= 5 else "Low"

    @property
    def sentence(self) -> str:
        """Cause, event and consequence as one sentence."""
        return f"Because {self.cause}, {self.event}, and {self.consequence}."


Rule = Callable[[Question, Plan], Iterator[Risk]]


def find_risks(questionnaire: Questionnaire, plan: Plan) -> tuple[Risk, ...]:
    """Every risk `plan` runs now, worst first, and in walking order among equals."""
    found = [risk for each in counted_questions(questionnaire, plan) for rule in RULES for risk in rule(each, plan)]
    return tuple(sorted(found, key=_rank))


def risk_sentence(question: Question, plan: Plan) -> str:
    """The worst that a question puts at risk now, as one sentence; empty if it does not count, or risks nothing."""
    if plan.answer(question).not_applicable.strip():
        return ""
    found = [risk for rule in RULES for risk in rule(question, plan)]
    return min(found, key=_rank).sentence if found else ""


def _rank(risk: Risk) -> tuple[int, int]:
    return BANDS.index(risk.band), -risk.severity


def open_question(question: Question, plan: Plan) -> Iterator[Risk]:
    """The information gap that the content files describe, until the answer reaches its asked stage.

    While the question is blank the likelihood is that of the content; a first draft makes it one less.
    """
    stage = plan.stage(question)
    if question.risk is None or stage >= question.asked_stage:
        return
    owner = plan.owner(question)
    yield Risk(
        id=f"GAP:{question.id}",
        rule="INFORMATION-GAP",
        cause=question.risk.cause,
        event=question.risk.event,
        consequence=question.risk.consequence,
        likelihood=max(1, question.risk.likelihood - (stage > Stage.BLANK)),
        impact=question.risk.impact,
        category=question.risk.category,
        gate=question.gate,
        question_id=question.id,
        owner=owner.name if owner else "",
        is_gap=True,
    )


def unowned_critical(question: Question, plan: Plan) -> Iterator[Risk]:
    """A critical question that nobody owns is a risk, whatever is written there."""
    if question.is_critical and plan.owner(question) is None:
        yield Risk(
            id=f"UNOWNED:{question.id}",
            rule="UNOWNED-CRITICAL",
            cause=f"nobody owns the critical question {question.code}",
            event="its answer may go stale or stay unsettled without anyone noticing",
            consequence="the board will find no one to ask",
            likelihood=3,
            impact=4,
            category="people",
            gate=question.gate,
            question_id=question.id,
            is_gap=True,
        )


RULES: tuple[Rule, ...] = (open_question, unowned_critical)
