"""A few answers out of all plans that a person may open, for what is worked out across them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session

from mcplan.people import Person
from mcplan.plan import Plan
from storage.access import authorize, open_plans
from storage.plans import NoSuchPlan, fetch_plan
from storage.rows import answer_columns, to_answer
from storage.tables import ANSWERS, PLANS

MOST = 5_000
"""Answers that are read at once; beyond them the plans that were changed longest ago are left out."""


def fetch_portfolio(session: Session, person: Person, question_ids: Iterable[str], *, at: datetime) -> list[Plan]:
    """A person's current plans that answer any of these questions, with those answers alone; last changed first."""
    open_plans(session, person, at)
    plans: dict[str, Plan] = {}
    for plan_id, title, *fields in session.connection().execute(_SOME, {"wanted": list(question_ids)}):
        plan, answer = plans.get(plan_id, Plan(plan_id, title)), to_answer(fields)
        plans[plan_id] = replace(plan, answers={**plan.answers, answer.question_id: answer})
    return list(plans.values())


def fetch_some(session: Session, person: Person, plan_ids: Iterable[str], *, at: datetime) -> list[Plan]:
    """These plans, whole, in this order; those that are gone or not theirs are left out."""
    found = []
    for plan_id in plan_ids:
        with suppress(NoSuchPlan):
            found.append(fetch_plan(authorize(session, person, plan_id, "view", at)))
    return found


_SOME = (
    select(PLANS.c.id, PLANS.c.title, *answer_columns(ANSWERS))
    .join_from(PLANS, ANSWERS, PLANS.c.id == ANSWERS.c.plan_id)
    .where(
        PLANS.c.deleted_at.is_(None),
        PLANS.c.archived_at.is_(None),
        ANSWERS.c.question_id.in_(bindparam("wanted", expanding=True)),
    )
    .order_by(PLANS.c.changed_at.desc(), PLANS.c.id, ANSWERS.c.question_id)
    .limit(MOST)
)
