"""Invitations into plans, as the database keeps them. The rules are in `mcplan.invitations`.

Of a link only the SHA-256 of its secret is stored, so a copy of the database opens nothing. Whoever
comes with an invitation has no plan open yet: the two look-ups across plans below are the only ones.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session

from mcplan.invitations import (
    DAYS,
    MOST_INVITATIONS,
    Invitation,
    InvitationRefused,
    new_invitation,
    read_email,
    welcomed,
)
from mcplan.membership import MembershipRefused, a_role
from mcplan.people import Person
from mcplan.roles import Role
from storage.access import PlanAccess, hold_plan
from storage.events import record
from storage.guard import AllPlans, OnePlan, within
from storage.members import fetch_members, store_people
from storage.tables import INVITATIONS, PLANS

__all__ = [
    "InvitationRefused",
    "accept_invitations",
    "accept_link",
    "end_invitation",
    "fetch_invitations",
    "invite_by_email",
    "invite_by_link",
    "new_secret",
]

SECRET_BYTES = 32
"""Random bytes in the secret of a link: nobody guesses 256 bits."""


def fetch_invitations(access: PlanAccess, at: datetime) -> tuple[Invitation, ...]:
    """The open invitations of the plan, the last made first."""
    access.needs("manage_members")
    rows = access.session.connection().execute(_OPEN, {"this_plan": access.plan_id, "now": at})
    return tuple(Invitation(*row) for row in rows)


def invite_by_email(
    access: PlanAccess, email: str, role: Role, *, days: int = DAYS, at: datetime, id: str = ""
) -> Invitation:
    """Let somebody in at their next sign-in, if whoever signs them in has verified this address.

    With an id of its own it is made once however often this is called; without, it gets one.

    Raises:
        MembershipRefused: it is no address, they are in the plan already, or there are too many invitations.
    """
    access.needs("manage_members")
    address, made = read_email(email), _made(access, id)
    if made:
        return made
    inside = next((each for each in fetch_members(access) if each.email.lower() == address and each.holds(at)), None)
    if inside:
        raise MembershipRefused(f"{inside.name} is on the list already. Change their role there.")
    if any(each.email == address for each in fetch_invitations(access, at)):
        raise MembershipRefused("This address has an open invitation. Take it back to send another one.")
    return _invite(
        access, new_invitation(id or uuid4().hex, role, access.person.name, at, email=address, days=days), ""
    )


def invite_by_link(
    access: PlanAccess, role: Role, *, days: int = DAYS, at: datetime, id: str = "", secret: str = ""
) -> tuple[Invitation, str]:
    """Let in whoever has a link, until it ends or is taken back, and the secret for the link: it is not kept.

    With an id and a secret (`new_secret`) of its own it is made once however often this is called.

    Raises:
        MembershipRefused: it would make owners, or there are too many invitations.
    """
    access.needs("manage_members")
    made, secret = _made(access, id), secret or new_secret()
    if made:
        return made, secret
    link = new_invitation(id or uuid4().hex, role, access.person.name, at, days=days)
    return _invite(access, link, _hash(secret)), secret


def new_secret() -> str:
    """A secret for a link, that nobody guesses."""
    return secrets.token_urlsafe(SECRET_BYTES)


def end_invitation(access: PlanAccess, invitation_id: str, *, at: datetime) -> None:
    """Take an invitation of the plan back; whoever has come in by it stays. One that has ended stays so."""
    access.needs("manage_members")
    found = next((each for each in fetch_invitations(access, at) if each.id == invitation_id), None)
    if found:
        _mark(access, found, ended_at=at, used=found.used)
        record(access, "invitation ended", at, name=found.whom)


def accept_link(session: Session, person: Person, secret: str, at: datetime) -> str:
    """Let in somebody who has come with a link, and give the id of the plan.

    Raises:
        InvitationRefused: the link was never one, has ended or was taken back; or their time in the plan is over.
        MembershipRefused: the plan is full.
    """
    with within(session, AllPlans()):
        found = session.connection().execute(_BY_SECRET, {"hash": _hash(secret)}).first()
    if found is None:
        raise InvitationRefused
    _let_in(session, person, found.plan_id, found.id, at)
    return str(found.plan_id)


def accept_invitations(session: Session, person: Person, at: datetime) -> tuple[str, ...]:
    """Let somebody in wherever their address is invited, and give the ids of those plans.

    To be called when they have just signed in. An address that nobody verified is not in
    `person.email`, and lets nobody in.
    """
    try:
        asked = {"address": read_email(person.email), "now": at}
    except MembershipRefused:
        return ()
    with within(session, AllPlans()):
        found = session.connection().execute(_BY_EMAIL, asked).all()
    return tuple(each.plan_id for each in found if _has_let_in(session, person, each.plan_id, each.id, at))


def _has_let_in(session: Session, person: Person, plan_id: str, invitation_id: str, at: datetime) -> bool:
    # A full plan, or an invitation that was taken back this moment, is no reason to refuse a sign-in.
    try:
        _let_in(session, person, plan_id, invitation_id, at)
    except MembershipRefused:
        return False
    return True


def _let_in(session: Session, person: Person, plan_id: str, invitation_id: str, at: datetime) -> None:
    with within(session, OnePlan(plan_id)):
        hold_plan(session, plan_id)
        # Under the lock: an invitation that is being taken back, or a list that is being filled, has settled.
        row = session.connection().execute(_ONE, {"this_plan": plan_id, "invitation": invitation_id}).one()
        invitation = Invitation(*row)
        access = PlanAccess(session, plan_id, person, invitation.role)
        before = fetch_members(access)
        after = welcomed(before, invitation, person, at)
        store_people(session.connection(), plan_id, before, after)
        if after != before:
            record(access, "joined", at, name=invitation.by, after=a_role(invitation.role))
        if after != before or invitation.email:
            ended_at = at if invitation.email else None
            _mark(access, invitation, ended_at=ended_at, used=invitation.used + 1)


def _made(access: PlanAccess, id: str) -> Invitation | None:
    # An earlier try may have stored it without being told so.
    row = access.session.connection().execute(_ONE, {"this_plan": access.plan_id, "invitation": id}).first()
    return Invitation(*row) if row else None


def _invite(access: PlanAccess, invitation: Invitation, secret_hash: str) -> Invitation:
    if len(fetch_invitations(access, invitation.at)) >= MOST_INVITATIONS:
        raise MembershipRefused(f"{MOST_INVITATIONS} invitations are open. Take one back to send another.")
    row = {name: getattr(invitation, name) for name in COLUMNS} | {"plan_id": access.plan_id}
    access.session.connection().execute(_INVITE, row | {"secret_hash": secret_hash})
    record(access, "invited", invitation.at, name=invitation.whom, after=a_role(invitation.role))
    return invitation


def _mark(access: PlanAccess, invitation: Invitation, **marks: Any) -> None:
    access.session.connection().execute(_MARK, {"this_plan": access.plan_id, "invitation": invitation.id, **marks})


def _hash(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


COLUMNS = ("id", "role", "by", "at", "ends_at", "email", "ended_at", "used")
"""In the order of the fields of `Invitation`."""
_NOW = bindparam("now", type_=INVITATIONS.c.ends_at.type)
_FOUND = select(INVITATIONS.c.plan_id, INVITATIONS.c.id).join(PLANS, PLANS.c.id == INVITATIONS.c.plan_id)
_IS_THERE = (PLANS.c.deleted_at.is_(None), INVITATIONS.c.ended_at.is_(None))
_BY_SECRET = _FOUND.where(INVITATIONS.c.secret_hash == bindparam("hash"), *_IS_THERE)
_BY_EMAIL = _FOUND.where(
    INVITATIONS.c.email == bindparam("address"), INVITATIONS.c.ends_at > _NOW, *_IS_THERE
).order_by(INVITATIONS.c.plan_id, INVITATIONS.c.id)
"""In one order for everybody, so that two sign-ins do not wait for each other in a circle."""
_THIS_PLAN = INVITATIONS.c.plan_id == bindparam("this_plan")
_OPEN = (
    select(*(INVITATIONS.c[name] for name in COLUMNS))
    .where(_THIS_PLAN, INVITATIONS.c.ended_at.is_(None), INVITATIONS.c.ends_at > _NOW)
    .order_by(INVITATIONS.c.at.desc(), INVITATIONS.c.id)
)
_ONE = select(*(INVITATIONS.c[name] for name in COLUMNS)).where(_THIS_PLAN, INVITATIONS.c.id == bindparam("invitation"))
_INVITE = insert(INVITATIONS)
_MARK = update(INVITATIONS).where(_THIS_PLAN, INVITATIONS.c.id == bindparam("invitation"))
