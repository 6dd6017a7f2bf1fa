"""One fact of a plan as its box on the screen shows it: the box of an answer, without stage, owner and evidence."""

from __future__ import annotations

from datetime import date
from typing import Any

from mcplan.facts import fact_field
from mcplan.plan import Plan
from mcplan.views.answer import view_control
from questionnaire.kinds import kind_of
from questionnaire.model import Question


def view_fact_box(plan: Plan, fact: Question, me: str, *, closed: bool = False) -> dict[str, Any]:
    """Everything the box of one fact (`mcplan.facts.FACTS`) needs, but for its address and token."""
    told = view_fact(plan, fact)
    return {
        "plan": plan.id,
        "question": fact.id,
        "label": fact.ask,
        "control": view_control(kind_of(fact).control(fact)),
        "bare": True,
        "me": me,
        "team": [],
        "closed": closed,
        **told.pop("answer"),
        **told,
    }


def view_fact(plan: Plan, fact: Question) -> dict[str, Any]:
    """What changes in the box when the fact changes. Facts have no revision of their own: that of the plan counts."""
    value = getattr(plan, fact_field(fact))
    return {
        "revision": plan.revision,
        "by": plan.changed_by,
        "at": plan.changed_at.isoformat() if plan.changed_at else "",
        "answer": {"value": value.isoformat() if isinstance(value, date) else value or None},
    }
