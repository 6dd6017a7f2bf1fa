"""What was done to a plan, kept for good: one row for each event, never changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert

from storage.access import PlanAccess
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


_RECORD = insert(EVENTS)
