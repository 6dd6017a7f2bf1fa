"""Plans as the database keeps them: start, copy, change, put away and bring back.

Nothing here is ever lost: a deleted plan leaves the lists and can be restored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from mcplan.facts import amend_facts, changed_facts, read_member
from mcplan.people import Person
from mcplan.plan import Answer, Plan
from mcplan.plan_summary import PlanSummary
from questionnaire.model import Questionnaire
from storage.access import PlanAccess, open_new
from storage.events import record
from storage.rows import (
    FACTS,
    NoSuchPlan,
    answer_values,
    fetch_open,
    fetch_stored,
    member_values,
    plan_values,
)
from storage.summaries import (
    Which,
    count_plans,
    fetch_summaries,
    recompute_summaries,
    start_summary,
)
from storage.tables import ANSWERS, MEMBERS, MEMBERSHIPS, PLANS, REVISIONS

__all__ = [
    "NoSuchPlan",
    "PlanChangedMeanwhile",
    "PlanSummary",
    "Which",
    "archive_plan",
    "count_plans",
    "delete_plan",
    "duplicate_plan",
    "fetch_plan",
    "fetch_revision",
    "fetch_summaries",
    "recompute_summaries",
    "restore_plan",
    "start_plan",
    "store_fact",
    "store_facts",
    "unarchive_plan",
]


class PlanChangedMeanwhile(Exception):
    """The plan was changed after the person's screen was drawn; `plan` is what is stored now, without its answers."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("A colleague has just changed this plan. Your text is kept on your screen.")
        self.plan = plan


def fetch_plan(access: PlanAccess) -> Plan:
    """The plan with its team and all its answers.

    Raises:
        NoSuchPlan: it was never started, or has been deleted.
    """
    plan, is_deleted = fetch_stored(access.session, access.plan_id)
    if is_deleted:
        raise NoSuchPlan("This plan has been deleted. It can be restored from the list of deleted plans.")
    return plan


def fetch_revision(access: PlanAccess) -> int:
    """The plan's revision, to ask every few seconds whether anything has changed.

    Raises:
        NoSuchPlan: it was never started, or has been deleted.
    """
    revision = access.session.connection().execute(_REVISION, {"plan_id": access.plan_id}).scalar()
    if revision is None:
        raise NoSuchPlan("This plan is no longer there.")
    return int(revision)


def start_plan(session: Session, questionnaire: Questionnaire, plan: Plan, *, person: Person, at: datetime) -> str:
    """Keep a plan that is not in the database yet, with its team and answers, and return its id.

    Whoever starts it owns it; the transaction goes on with this plan alone.

    Args:
        plan: facts, team and answers. Each answer becomes the first revision of its history, by
            its own person and time where it has them. With an id of its own it is started once
            however often this is called; without, it gets one.
        person: who starts it.
        at: when, with a time zone.

    Raises:
        AnswerRejected: its title is blank, or a fact or a member does not fit.
    """
    return _start(session, questionnaire, plan, person, at, "started")


def _start(
    session: Session, questionnaire: Questionnaire, plan: Plan, person: Person, at: datetime, kind: str, **details: str
) -> str:
    by = person.name
    plan = amend_facts(plan, {name: getattr(plan, name) for name in FACTS})
    answers = {id: _first(answer, by, at) for id, answer in plan.answers.items()}
    team = tuple(read_member(member) for member in plan.team)
    plan = replace(plan, id=plan.id or uuid4().hex, team=team, answers=answers, archived_at=None)
    plan = replace(plan, revision=1, changed_at=at, changed_by=by)
    rows = [answer_values(plan.id, answer, "") for answer in answers.values()]
    access = put_down(session, questionnaire, plan, rows, person=person, at=at)
    if access:
        record(access, kind, at, **details)
    return plan.id


def put_down(
    session: Session, questionnaire: Questionnaire, plan: Plan, history: list[Any], *, person: Person, at: datetime
) -> PlanAccess | None:
    """Insert a plan as it is, owned by a person, and open it for them; None if it is there already.

    Args:
        session: a transaction that goes on with this plan alone.
        questionnaire: what it is asked.
        plan: checked, with an id.
        history: the rows of the revisions of all its answers.
        person: who owns it from now on.
        at: when, with a time zone.
    """
    access, connection = open_new(session, person, plan.id), session.connection()
    if connection.execute(_START[connection.dialect.name], plan_values(plan)).first() is None:
        return None
    insert_rows(session, MEMBERS, member_values(plan.id, plan.team))
    insert_rows(session, ANSWERS, [answer_values(plan.id, answer, "") for answer in plan.answers.values()])
    insert_rows(session, REVISIONS, history)
    start_summary(session, questionnaire, plan, at=at)
    if not person.is_local:
        owner = {"plan_id": plan.id, "person_id": person.id, "role": "owner", "by": person.name, "at": at}
        connection.execute(insert(MEMBERSHIPS), owner | {"ends_at": None})
    return access


def duplicate_plan(access: PlanAccess, questionnaire: Questionnaire, *, title: str, at: datetime, id: str = "") -> str:
    """Start a plan from another one's facts, team and answers, and return the id of the new one.

    Whoever copies a plan owns the copy, so they need the right to take it away. With an id of its own
    the copy is made once however often this is called; without, it gets one.

    Raises:
        NoSuchPlan: it has been deleted.
        NotAllowed: they may not take anything away.
        AnswerRejected: the title is blank or too long.
    """
    access.needs("export")
    plan = fetch_plan(access)
    copy = replace(plan, id=id, title=title)
    return _start(access.session, questionnaire, copy, access.person, at, "copied", name=plan.title)


def archive_plan(access: PlanAccess, *, at: datetime) -> None:
    """Put a plan away: it can be read, but not changed. NoSuchPlan if there is none."""
    _mark(access, at, "archived", PLANS.c.archived_at, at)


def unarchive_plan(access: PlanAccess, *, at: datetime) -> None:
    """Take a plan out of the archive. NoSuchPlan if there is none."""
    _mark(access, at, "unarchived", PLANS.c.archived_at, None)


def delete_plan(access: PlanAccess, *, at: datetime) -> None:
    """Take a plan out of every list but that of the deleted ones. NoSuchPlan if there is none."""
    _mark(access, at, "deleted", PLANS.c.deleted_at, at)


def restore_plan(access: PlanAccess, *, at: datetime) -> None:
    """Bring a deleted plan back, as it was. NoSuchPlan if there is none."""
    _mark(access, at, "restored", PLANS.c.deleted_at, None)


def store_facts(access: PlanAccess, changes: Mapping[str, object], *, at: datetime) -> Plan:
    """Keep what a person changed about the plan itself; `changes` as `mcplan.facts.amend_facts` reads it.

    Returns:
        The plan as it is then stored, but without its answers: to change a plan, nobody has to read them.

    Raises:
        AnswerRejected: a change does not fit, or the plan is archived or deleted.
        NoSuchPlan: it was never started.
    """
    plan = open_to_change(access)
    changed = amend_facts(plan, changes)
    return plan if changed == plan else _store_facts(access, plan, changed, at)


def store_fact(access: PlanAccess, name: str, raw: object, *, seen: int, at: datetime) -> Plan:
    """Keep one fact that a person typed while they saw the plan at revision `seen`.

    Returns:
        The plan as it is then stored, but without its answers.

    Raises:
        PlanChangedMeanwhile: the plan is no longer at that revision.
        AnswerRejected: the fact does not fit, or the plan is archived or deleted.
        NoSuchPlan: it was never started.
    """
    plan = open_to_change(access)
    changed = amend_facts(plan, {name: raw})
    if plan.revision != seen:
        raise PlanChangedMeanwhile(plan)
    return _store_facts(access, plan, changed, at)


def open_to_change(access: PlanAccess) -> Plan:
    """The plan without its answers, for somebody who may change it. AnswerRejected if it is archived or deleted."""
    access.needs("answer")
    return fetch_open(access.session, access.plan_id).plan


def _store_facts(access: PlanAccess, before: Plan, after: Plan, at: datetime) -> Plan:
    for fact, old, new in changed_facts(before, after):
        record(access, "fact", at, name=fact, before=old, after=new)
    return move_on(access, after, at, {name: getattr(after, name) for name in FACTS})


def move_on(access: PlanAccess, plan: Plan, at: datetime, columns: Mapping[str, Any]) -> Plan:
    """Bring the plan to its next revision, with these columns of its row."""
    access.needs("answer")
    changed: dict[str, Any] = {"revision": plan.revision + 1, "changed_at": at, "changed_by": access.person.name}
    access.session.connection().execute(_CHANGE, {"this_plan": plan.id, **columns, **changed})
    return replace(plan, **changed)


def _mark(access: PlanAccess, at: datetime, kind: str, mark: ColumnElement[Any], moment: datetime | None) -> None:
    access.needs("delete")
    this, run = PLANS.c.id == access.plan_id, access.session.connection().execute
    changed = {"revision": PLANS.c.revision + 1, "changed_at": at, "changed_by": access.person.name, mark.key: moment}
    # What is marked so already stays as it is: a second try finds what the first has stored.
    other = mark.is_(None) if moment else mark.is_not(None)
    if run(update(PLANS).where(this, other).values(changed)).rowcount == 1:
        record(access, kind, at)
    elif run(select(PLANS.c.id).where(this)).first() is None:
        raise NoSuchPlan("This plan is no longer there.")


def _first(answer: Answer, by: str, at: datetime) -> Answer:
    return replace(answer, revision=1, by=answer.by or by, at=answer.at or at)


def insert_rows(session: Session, table: Any, rows: list[Any]) -> None:
    """Insert the rows, none if there are none."""
    # An empty list would insert one row of defaults.
    if rows:
        session.connection().execute(insert(table), rows)


_REVISION = select(PLANS.c.revision).where(PLANS.c.id == bindparam("plan_id"), PLANS.c.deleted_at.is_(None))
_START = {
    name: insert_at(PLANS).on_conflict_do_nothing().returning(PLANS.c.id)
    for name, insert_at in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_CHANGE = update(PLANS).where(PLANS.c.id == bindparam("this_plan"))
