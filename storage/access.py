"""The one door to a plan: who opens it says who they are and what for, and gets a `PlanAccess` or a refusal.

Whoever is no member learns nothing: a plan that is not theirs and one that never was give the same
answer. The role is read in the transaction that goes on to read or write, so that somebody who has
just been taken off a plan cannot save into it any more: who writes holds the plan's row from the
door on, and so does who changes the people of the plan. It is the one lock there is to take, so
nobody waits for anybody in a circle.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, or_, select
from sqlmodel import Session

from mcplan.people import LOCAL, NotAllowed, Person
from mcplan.roles import Permission, Role, may
from storage.guard import AllPlans, FewPlans, OnePlan, PlansOf, Scope, open_scope
from storage.people import Known, SignedOut, counted, known_of
from storage.rows import NoSuchPlan
from storage.schema import writes
from storage.tables import MEMBERSHIPS, PEOPLE, PLANS

__all__ = ["NotAllowed", "PlanAccess", "Watch", "authorize", "open_new", "open_plans", "watch_plans"]


@dataclass(frozen=True)
class PlanAccess:
    """A plan, opened for a person, for the length of one transaction."""

    session: Session
    plan_id: str
    person: Person
    role: Role

    def needs(self, permission: Permission) -> None:
        """Go on only if the person may do this here.

        Raises:
            NotAllowed: they may not.
        """
        if not self.may(permission):
            raise NotAllowed(permission)

    def may(self, permission: Permission) -> bool:
        """True if the person may do this here."""
        return may(self.role, permission)


@dataclass(frozen=True)
class Watch:
    """A person who was let into a plan, and waits for what is new in it."""

    plan_id: str
    person_id: str
    signed_in_at: int
    """By which sign-in, in seconds since 1970; 0 where nobody has to sign in."""


def authorize(session: Session, person: Person, plan_id: str, permission: Permission, at: datetime) -> PlanAccess:
    """Open a plan for a person who wants to do something with it.

    Args:
        session: a transaction that has opened no other plan for anybody else.
        person: whoever is at the screen.
        plan_id: as it came from the screen or from the address; anything may stand in it.
        permission: what they want it for. Functions of this floor ask for what they need again.
        at: the time, since a membership may have an end.

    Raises:
        NoSuchPlan: there is none, or it is not theirs: the same words for both.
        NotAllowed: they may open it, but not do this.
    """
    open_scope(session, OnePlan(plan_id))
    hold_plan(session, plan_id)
    role = "owner" if person.is_local else _role(session, person, plan_id, at)
    if role is None:
        open_scope(session, None)
        raise NoSuchPlan("This plan is no longer there.")
    access = PlanAccess(session, plan_id, person, role)
    access.needs(permission)
    return access


def watch_plans(session: Session, watches: Collection[Watch], at: datetime) -> list[Watch]:
    """Open the plans of those who wait, to see whether there is news; gives those who may still see theirs.

    One small statement for all of them, and none where nobody signs in. It is for looking only: whoever is told
    something passes `authorize` once more.
    """
    open_scope(session, FewPlans(tuple({watch.plan_id for watch in watches})))
    still = [watch for watch in watches if watch.person_id == LOCAL]
    if len(still) < len(watches):
        still += _still_let_in(session, watches, at)
    open_scope(session, FewPlans(tuple({watch.plan_id for watch in still})))
    return still


def open_plans(session: Session, person: Person, at: datetime) -> None:
    """Let a transaction see every plan that a person may open, to list them."""
    open_scope(session, plans_of(person, at))


def plans_of(person: Person, at: datetime) -> Scope:
    """The scope of a person's lists."""
    return AllPlans() if person.is_local else PlansOf(person.id, at)


def open_new(session: Session, person: Person, plan_id: str) -> PlanAccess:
    """Open a plan that is being started, for the person who starts and from then on owns it."""
    open_scope(session, OnePlan(plan_id))
    return PlanAccess(session, plan_id, person, "owner")


def hold_plan(session: Session, plan_id: str) -> None:
    """In a transaction that writes, let nobody else write to the plan before it ends."""
    connection = session.connection()
    # SQLite lets one transaction write at a time, and that one holds the lock from its start.
    if writes(connection) and connection.dialect.name == "postgresql":
        connection.execute(_HOLD, {"this_plan": plan_id})


def _role(session: Session, person: Person, plan_id: str, at: datetime) -> Role | None:
    found = session.connection().execute(_ROLE, {"this_plan": plan_id, "person": person.id, "now": at}).scalar()
    return cast("Role | None", found)


def _still_let_in(session: Session, watches: Collection[Watch], at: datetime) -> list[Watch]:
    people = {watch.person_id for watch in watches}
    rows = session.connection().execute(_MEMBERS, {"people": list(people), "now": at})
    members = {(row.plan_id, row.id): known_of(row) for row in rows if may(row.role, "view")}
    return [watch for watch in watches if _counts(members.get((watch.plan_id, watch.person_id)), watch, at)]


def _counts(known: Known | None, watch: Watch, at: datetime) -> bool:
    try:
        return known is not None and bool(counted(known, watch.signed_in_at, at))
    except SignedOut:
        return False


_NOT_ENDED = or_(
    MEMBERSHIPS.c.ends_at.is_(None), MEMBERSHIPS.c.ends_at > bindparam("now", type_=MEMBERSHIPS.c.ends_at.type)
)
_ROLE = select(MEMBERSHIPS.c.role).where(
    MEMBERSHIPS.c.plan_id == bindparam("this_plan"), MEMBERSHIPS.c.person_id == bindparam("person"), _NOT_ENDED
)
_MEMBERS = (
    select(MEMBERSHIPS.c.plan_id, MEMBERSHIPS.c.role, *PEOPLE.c)
    .join(PEOPLE, PEOPLE.c.id == MEMBERSHIPS.c.person_id)
    .where(PEOPLE.c.id.in_(bindparam("people", expanding=True)), _NOT_ENDED)
)
_HOLD = select(PLANS.c.id).where(PLANS.c.id == bindparam("this_plan")).with_for_update()
