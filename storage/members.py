"""Who may open a plan, as the database keeps it. The rules are in `mcplan.membership`.

Each change reads the people under the lock that the door has taken (`storage.access.hold_plan`),
so of two owners who make each other less at the same moment one is refused.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, update
from sqlmodel import Session

from mcplan.membership import (
    Membership,
    MembershipRefused,
    People,
    a_role,
    find_member,
    handed_over,
    in_order,
    may_less,
    until,
    with_end,
    with_member,
    with_role,
    without,
)
from mcplan.people import somebody_here
from mcplan.roles import Role
from storage.access import PlanAccess, hold_plan
from storage.events import record
from storage.guard import OnePlan, within
from storage.rows import NoSuchPlan
from storage.tables import INVITATIONS, MEMBERSHIPS, PEOPLE, PLANS

__all__ = [
    "MembershipRefused",
    "change_role",
    "fetch_members",
    "give_plan",
    "hand_over",
    "leave",
    "read_members",
    "remove_member_of_plan",
    "set_end",
]


def fetch_members(access: PlanAccess) -> People:
    """Who may open the plan, and whose time in it is over: who may most first, then by name."""
    access.needs("view")
    return read_members(access.session, access.plan_id)


def read_members(session: Session, plan_id: str) -> People:
    """The same for work that no person asks for: the transaction has the plan in its scope."""
    rows = session.connection().execute(_PEOPLE, {"this_plan": plan_id})
    return in_order(Membership(*row[:-1], is_disabled=row[-1] is not None) for row in rows)


def change_role(access: PlanAccess, person_id: str, role: Role, *, at: datetime) -> None:
    """Give somebody another role.

    Raises:
        MembershipRefused: they are not on the list, or are its last owner.
    """
    access.needs("manage_members")
    before = fetch_members(access)
    member = find_member(before, person_id)
    after = with_role(before, person_id, role)
    if after != before:
        _store(access, before, after)
        record(access, "role changed", at, name=member.name, before=a_role(member.role), after=a_role(role))
    if may_less(member.role, role):
        _close_ways_back(access, member, at)


def set_end(access: PlanAccess, person_id: str, ends_at: datetime | None, *, at: datetime) -> None:
    """Give somebody a last day, or none.

    Raises:
        MembershipRefused: they are not on the list, they are an owner, or the day is past.
    """
    access.needs("manage_members")
    before = fetch_members(access)
    after = with_end(before, person_id, ends_at, at)
    if after != before:
        _store(access, before, after)
        member = find_member(after, person_id)
        record(access, "stay", at, name=member.name, after=until(member))
        if ends_at:
            _close_ways_back(access, member, at)


def remove_member_of_plan(access: PlanAccess, person_id: str, *, at: datetime) -> None:
    """Take somebody off the people of the plan, if they are still on it; what they wrote stays.

    Raises:
        MembershipRefused: they are its last owner.
    """
    access.needs("manage_members")
    before = fetch_members(access)
    member = next((each for each in before if each.person_id == person_id), None)
    if member is None:
        return
    _store(access, before, without(before, person_id))
    record(access, "role taken", at, name=member.name)
    _close_ways_back(access, member, at)


def leave(access: PlanAccess, *, at: datetime) -> None:
    """Take oneself off the people of the plan.

    Raises:
        MembershipRefused: nobody else owns the plan.
    """
    before = fetch_members(access)
    _store(access, before, without(before, access.person.id))
    record(access, "left", at)


def hand_over(access: PlanAccess, person_id: str, *, stay: bool, at: datetime) -> None:
    """Make somebody else an owner; whoever hands over becomes an editor if they `stay`, and leaves if not.

    Raises:
        MembershipRefused: one of them is not on the list, or they are the same.
    """
    access.needs("manage_members")
    before = fetch_members(access)
    _store(access, before, handed_over(before, access.person.id, person_id, stay=stay))
    giver, taker = find_member(before, access.person.id), find_member(before, person_id)
    record(access, "handed over", at, before=giver.name, after=taker.name)
    _close_ways_back(access, giver, at)


def give_plan(session: Session, plan_id: str, person_id: str, at: datetime) -> None:
    """Make somebody an owner of a plan, whoever else is: for plans from before people signed in, or left alone.

    For whoever looks after the server, past every role; no screen offers it.

    Raises:
        NoSuchPlan: there is none.
        MembershipRefused: they have never signed in, or the plan is full.
    """
    with within(session, OnePlan(plan_id)):
        hold_plan(session, plan_id)
        connection = session.connection()
        if connection.execute(_PLAN, {"this_plan": plan_id}).first() is None:
            raise NoSuchPlan("This plan is no longer there.")
        person = connection.execute(_PERSON, {"person": person_id}).first()
        if person is None:
            raise MembershipRefused("Nobody like this has signed in here. Let them sign in once, then try again.")
        access = PlanAccess(session, plan_id, somebody_here("An administrator"), "owner")
        before = fetch_members(access)
        known = {each.person_id: each.at for each in before}
        owner = Membership(person_id, person.name, "owner", access.person.name, known.get(person_id, at))
        _store(access, before, with_member(before, owner))
        record(access, "role given", at, name=person.name, after=a_role("owner"))


def store_people(connection: Connection, plan_id: str, before: People, after: People) -> None:
    """Keep who may open a plan from now on; whoever calls has asked for the permission and holds the plan."""
    known, kept = ({each.person_id: _terms(each) for each in people} for people in (before, after))
    run = connection.execute
    for id in known.keys() - kept.keys():
        run(_TAKE, {"this_plan": plan_id, "person": id})
    for id in kept.keys() - known.keys():
        run(_GIVE, {"plan_id": plan_id, "person_id": id, **kept[id]})
    for id in kept.keys() & known.keys():
        if known[id] != kept[id]:
            run(_CHANGE, {"this_plan": plan_id, "person": id, **kept[id]})


def _store(access: PlanAccess, before: People, after: People) -> None:
    store_people(access.session.connection(), access.plan_id, before, after)


def _terms(member: Membership) -> dict[str, Any]:
    return {"role": member.role, "by": member.by, "at": member.at, "ends_at": member.ends_at}


def _close_ways_back(access: PlanAccess, member: Membership, at: datetime) -> None:
    # Whoever has come in by a link still knows it, and could leave and come back as what they were.
    known = {"this_plan": access.plan_id, "address": member.email.lower(), "now": at}
    if access.session.connection().execute(_CLOSE, known).rowcount:
        record(access, "invitation ended", at, name="whoever has a link")


_PEOPLE = (
    select(
        MEMBERSHIPS.c.person_id, PEOPLE.c.name, MEMBERSHIPS.c.role, MEMBERSHIPS.c.by, MEMBERSHIPS.c.at,
        MEMBERSHIPS.c.ends_at, PEOPLE.c.email, PEOPLE.c.disabled_at,
    )
    .join(PEOPLE, PEOPLE.c.id == MEMBERSHIPS.c.person_id)
    .where(MEMBERSHIPS.c.plan_id == bindparam("this_plan"))
)  # fmt: skip
_PLAN = select(PLANS.c.id).where(PLANS.c.id == bindparam("this_plan"))
_PERSON = select(PEOPLE.c.name).where(PEOPLE.c.id == bindparam("person"))
_GIVE = insert(MEMBERSHIPS)
_THIS_MEMBERSHIP = and_(MEMBERSHIPS.c.plan_id == bindparam("this_plan"), MEMBERSHIPS.c.person_id == bindparam("person"))
_TAKE = delete(MEMBERSHIPS).where(_THIS_MEMBERSHIP)
_CHANGE = update(MEMBERSHIPS).where(_THIS_MEMBERSHIP)
_CLOSE = (
    update(INVITATIONS)
    .where(
        INVITATIONS.c.plan_id == bindparam("this_plan"),
        INVITATIONS.c.email.in_(("", bindparam("address", type_=INVITATIONS.c.email.type))),
        INVITATIONS.c.ended_at.is_(None),
        INVITATIONS.c.ends_at > bindparam("now", type_=INVITATIONS.c.ends_at.type),
    )
    .values(ended_at=bindparam("now", type_=INVITATIONS.c.ended_at.type))
)
