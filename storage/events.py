"""What was done to a plan, kept for good: one row for each event, never changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, insert, select
from sqlmodel import Session

from storage.access import PlanAccess
from storage.guard import OnePlan, within
from storage.tables import EVENTS


def record(access: PlanAccess, kind: str, at: datetime, *, question_id: str = "", **details: str) -> None:
    """Keep that the person has just done something to the plan.

    Args:
        access: the plan and the person, in the transaction that does it.
        kind: a key of `mcplan.timeline.KINDS`.
        at: when, with a time zone.
        question_id: the question it is about, if any.
        details: what the words of the kind need, as people read them.
    """
    row = {"plan_id": access.plan_id, "at": at, "by": access.person.name, "kind": kind, "question_id": question_id}
    access.session.connection().execute(_RECORD, row | {"details": details})


def was_recorded(session: Session, plan_id: str, kind: str, *, by: str, at: datetime) -> bool:
    """True if somebody did this to the plan at this very moment: for a second try that wants to know of the first."""
    known = {"this_plan": plan_id, "kind": kind, "by": by, "at": at}
    with within(session, OnePlan(plan_id)):
        return session.connection().execute(_RECORDED, known).first() is not None


_RECORD = insert(EVENTS)
_RECORDED = select(EVENTS.c.id).where(
    EVENTS.c.plan_id == bindparam("this_plan"), *(EVENTS.c[name] == bindparam(name) for name in ("kind", "by", "at"))
)
