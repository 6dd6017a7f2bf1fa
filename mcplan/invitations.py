"""Ways into a plan: an invitation for one e-mail address, or a link for whoever has it.

An invitation gives a role to people who are not in the plan yet. It never changes what somebody
who is in it may do, and never lets in by a link whom an owner has given a last day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from mcplan.membership import Membership, MembershipRefused, People, with_member
from mcplan.people import Person
from mcplan.roles import ROLE_ORDER, Role

DAYS = 7
"""How long an invitation is open unless somebody says otherwise."""
MOST_DAYS = 60
MOST_INVITATIONS = 100
"""Open invitations of one plan."""
LONGEST_EMAIL = 254
"""Characters (source: RFC 5321, 4.5.3.1.3)."""
LINK_ROLES: tuple[Role, ...] = tuple(role for role in ROLE_ORDER if role != "owner")
"""What a link may make of people: whoever gets hold of one must not get hold of the plan."""
NO_USE = "This invitation does not work, or not any more. Ask whoever sent it for a new one."


class InvitationRefused(MembershipRefused):
    """An invitation that lets nobody in: the same words whether it never was, has ended or was taken back."""

    def __init__(self) -> None:
        super().__init__(NO_USE)


@dataclass(frozen=True)
class Invitation:
    """A way into a plan."""

    id: str
    role: Role
    by: str
    at: datetime
    ends_at: datetime
    email: str = ""
    """In lower case; empty for a link."""
    ended_at: datetime | None = None
    """When it was taken back, or used up; a link is never used up."""
    used: int = 0
    """How many people came in by it."""

    def is_open(self, at: datetime) -> bool:
        """True if it lets people in at this time."""
        return self.ended_at is None and self.ends_at > at

    @property
    def whom(self) -> str:
        """Whom it is for, in words that may be kept for good: an address is shortened."""
        return say_whom(self.email)


def say_whom(email: str) -> str:
    """An address as it may be kept for good, cut down to its first letter; other words for a link, which has none."""
    name, _, place = email.partition("@")
    return f"{name[0]}…@{place}" if email else "whoever has a link"


def new_invitation(id: str, role: Role, by: str, at: datetime, *, email: str = "", days: int = DAYS) -> Invitation:
    """An invitation for an address as `read_email` gives it, or without one, a link.

    Raises:
        MembershipRefused: a link would make owners, or the days are not 1 to 60.
    """
    if not email and role not in LINK_ROLES:
        raise MembershipRefused("A link can fall into other hands, so it never makes an owner. Invite by e-mail.")
    if not 1 <= days <= MOST_DAYS:
        raise MembershipRefused(f"An invitation can be open for 1 to {MOST_DAYS} days.")
    return Invitation(id, role, by, at, at + timedelta(days=days), email)


def read_email(typed: str) -> str:
    """An e-mail address in lower case.

    Letters outside ASCII are refused: several of them become plain ones in lower case, and the
    invitation of one person would then be that of another.

    Raises:
        MembershipRefused: it is none, or too long.
    """
    address = typed.strip()
    if len(address) > LONGEST_EMAIL or not _EMAIL.fullmatch(address):
        raise MembershipRefused("This is not an e-mail address. It should look like sam@example.org.")
    return address.lower()


def is_for(invitation: Invitation, person: Person) -> bool:
    """True if it is a link, or for the address of this person: only a verified one stands in `person.email`."""
    if not invitation.email:
        return True
    return bool(_EMAIL.fullmatch(person.email)) and person.email.lower() == invitation.email


def welcomed(people: People, invitation: Invitation, person: Person, at: datetime) -> People:
    """The people of a plan after somebody came with an invitation; the same if they were in it already.

    Raises:
        InvitationRefused: it is not open, or not for them; or it is a link and their time in the plan is over.
        MembershipRefused: the plan is full.
    """
    if not (invitation.is_open(at) and is_for(invitation, person)):
        raise InvitationRefused
    known = next((each for each in people if each.person_id == person.id), None)
    if known and known.holds(at):
        return people
    if known and not invitation.email:
        raise InvitationRefused
    member = Membership(person.id, person.name, invitation.role, invitation.by, at, email=person.email)
    return with_member(people, member)


_EMAIL = re.compile(r"[!-?A-~]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
