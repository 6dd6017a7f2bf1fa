"""The design team of a plan as the database keeps it: who is on it, and in which seat."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy import bindparam, delete

from mcplan.facts import join, read_member
from mcplan.plan import Member, Plan
from questionnaire.model import ROLES
from storage.access import PlanAccess
from storage.events import record
from storage.plans import insert_rows, move_on, open_to_change
from storage.rows import member_values, new_stamp
from storage.tables import MEMBERS


def store_member(access: PlanAccess, member: Member, *, at: datetime) -> Plan:
    """Keep a person on the team; one without an id is new and gets one.

    Returns:
        The plan as it is then stored, but without its answers.

    Raises:
        AnswerRejected: the person has no name, the team is full, or the plan is archived or deleted.
        NoSuchPlan: the plan was never started.
    """
    plan, member = open_to_change(access), read_member(member)
    before = next((each for each in plan.team if each.id == member.id), None)
    if before == member:
        return plan
    team = join(plan.team, replace(member, id=member.id or uuid4().hex))
    if before is None:
        record(access, "team joined", at, name=_in_words(member))
    else:
        record(access, "team changed", at, before=_in_words(before), after=_in_words(member))
    return _store_team(access, replace(plan, team=team), at)


def remove_member(access: PlanAccess, member_id: str, *, at: datetime) -> Plan:
    """Take a person off the team. What they owned has no owner until somebody takes it; what they said stays.

    Returns:
        The plan as it is then stored, but without its answers.

    Raises:
        AnswerRejected: the plan is archived or deleted.
        NoSuchPlan: it was never started.
    """
    plan = open_to_change(access)
    team = tuple(member for member in plan.team if member.id != member_id)
    if team == plan.team:
        return plan
    for member in set(plan.team) - set(team):
        record(access, "team left", at, name=_in_words(member))
    return _store_team(access, replace(plan, team=team), at)


def _store_team(access: PlanAccess, plan: Plan, at: datetime) -> Plan:
    plan = move_on(access, plan, at, {"stamp": new_stamp()})
    access.session.connection().execute(_LEAVE, {"this_plan": plan.id})
    insert_rows(access.session, MEMBERS, member_values(plan.id, plan.team))
    return plan


def _in_words(member: Member) -> str:
    return f"{member.name} ({ROLES[member.role].lower()})" if member.role else member.name


_LEAVE = delete(MEMBERS).where(MEMBERS.c.plan_id == bindparam("this_plan"))
