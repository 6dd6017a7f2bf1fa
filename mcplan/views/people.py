"""Who may open a plan, and the ways into it that are open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mcplan.invitations import Invitation
from mcplan.membership import Membership, People, until
from mcplan.numbers import count
from mcplan.people import Person
from mcplan.roles import ROLE_WORDS, may
from mcplan.views.plans import on_day


@dataclass(frozen=True)
class MemberCard:
    """One person in the list."""

    id: str
    name: str
    """With "(you)" for the person at the screen."""
    role: str
    permits: str
    facts: str
    """Since when, by whom, until when; and the address, for those who look after the list."""


@dataclass(frozen=True)
class InvitationCard:
    """One open invitation."""

    id: str
    icon: str
    whom: str
    facts: str


@dataclass(frozen=True)
class PeopleView:
    """The people of a plan, as one of them sees them."""

    summary: str
    members: tuple[MemberCard, ...]
    changeable: People
    """Everybody but the person at the screen."""
    takers: People
    """Those of them who can sign in, so that they could own the plan."""
    invitations: tuple[InvitationCard, ...]


def view_people(people: People, invitations: Iterable[Invitation], person: Person, now: datetime) -> PeopleView:
    """The people of a plan for a person; only those who look after the list see the addresses in it."""
    sees_all = any(each.person_id == person.id and may(each.role, "manage_members") for each in people)
    inside = sum(each.holds(now) for each in people)
    others = tuple(each for each in people if each.person_id != person.id)
    return PeopleView(
        summary=f"{count(inside, 'person', 'people')} may open this plan.".capitalize(),
        members=tuple(_member(each, person, now, sees_all) for each in people),
        changeable=others,
        takers=tuple(each for each in others if not each.is_disabled),
        invitations=tuple(_invitation(each) for each in invitations),
    )


def _member(member: Membership, person: Person, now: datetime, sees_all: bool) -> MemberCard:
    role, permits = ROLE_WORDS[member.role]
    facts = (
        member.email if sees_all else "",
        f"since {on_day(member.at)}",
        f"let in by {member.by}" if member.by != member.name else "",
        _end(member, now),
        "cannot sign in at present" if member.is_disabled else "",
    )
    return MemberCard(
        id=member.person_id,
        name=f"{member.name} (you)" if member.person_id == person.id else member.name,
        role=role,
        permits=permits,
        facts=" · ".join(part for part in facts if part),
    )


def _end(member: Membership, now: datetime) -> str:
    if member.ends_at is None:
        return ""
    return until(member) if member.holds(now) else f"not any more: it was {until(member)}"


def _invitation(invitation: Invitation) -> InvitationCard:
    role = f"as {ROLE_WORDS[invitation.role][0].lower()}"
    facts = f"{role} · by {invitation.by} · open until {on_day(invitation.ends_at)}"
    if invitation.email:
        return InvitationCard(invitation.id, ":material/mail:", invitation.email, facts)
    came = (
        f"{count(invitation.used, 'person', 'people')} came in by it" if invitation.used else "nobody has used it yet"
    )
    return InvitationCard(invitation.id, ":material/link:", "Whoever has the link", f"{facts} · {came}")
