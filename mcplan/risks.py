"""The risks a plan runs, worst first.

What one open question puts at risk stands beside it in the content files (`risk`). A blank is
not a risk but an *information gap*: nobody knows yet. It closes itself when the answer reaches
the stage its gate asks for, and it never stops a gate by itself (a blank critical question
does that, in `mcplan.readiness`). To add a rule, write one function here and name it in
`RULES` at the foot of this file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from mcplan.known import Known
from mcplan.plan import Plan, counted_questions
from mcplan.register import with_register
from mcplan.risk import BANDS, Risk
from questionnaire.model import Question, Questionnaire, Stage

__all__ = ["find_risks", "raised_by_rules", "risk_sentence"]

Rule = Callable[[Question, Plan], Iterator[Risk]]


def find_risks(questionnaire: Questionnaire, plan: Plan, today: date | None = None) -> tuple[Risk, ...]:
    """Every risk `plan` runs, worst first, and in walking order among equals: what the rules raise, and the register.

    Args:
        questionnaire: what the plan is asked.
        plan: with all its answers.
        today: an acceptance that ended before this day does not count; None if the day does not matter.
    """
    known = Known(questionnaire, plan, today)
    return tuple(sorted(with_register(raised_by_rules(known), known), key=_rank))


def raised_by_rules(known: Known) -> list[Risk]:
    """What the rules raise now, before anybody has said what is done about it; in walking order."""
    asked, plan = known.questionnaire, known.plan
    return [risk for each in counted_questions(asked, plan) for rule in RULES for risk in rule(each, plan)]


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
