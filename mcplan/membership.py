"""Who may open a plan: its people, and the rules for changing them.

Each rule takes the people as they are and gives them as they then are, or refuses in a sentence.
A plan always keeps an owner who can sign in: the last one cannot leave, be taken off or be made less.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from mcplan.roles import PERMISSIONS, ROLE_ORDER, ROLE_WORDS, Role

MOST_PEOPLE = 200
"""People of one plan; a list of more cannot be looked after."""


class MembershipRefused(Exception):
    """The people of a plan cannot be changed like this; the message says why and what to do."""


@dataclass(frozen=True)
class Membership:
    """Somebody who may open a plan, and what they are there."""

    person_id: str
    name: str
    role: Role
    by: str
    """Who let them in."""
    at: datetime
    """Since when."""
    ends_at: datetime | None = None
    """From then on it is as if they were not on the list; None for no end. An owner never has one."""
    email: str = ""
    is_disabled: bool = False
    """True if they cannot sign in at present, to any plan."""

    def holds(self, at: datetime) -> bool:
        """True if it lets them in at this time."""
        return self.ends_at is None or self.ends_at > at


People = tuple[Membership, ...]


def find_member(people: People, person_id: str) -> Membership:
    """Somebody on the list.

    Raises:
        MembershipRefused: they are not, or not any more.
    """
    found = next((each for each in people if each.person_id == person_id), None)
    if found is None:
        raise MembershipRefused("This person is not on the list any more. Look again who is.")
    return found


def with_member(people: People, member: Membership) -> People:
    """With somebody on the list, in place of what they were there before.

    Raises:
        MembershipRefused: the list is full.
    """
    if any(each.person_id == member.person_id for each in people):
        return tuple(member if each.person_id == member.person_id else each for each in people)
    if len(people) >= MOST_PEOPLE:
        raise MembershipRefused(f"A plan takes {MOST_PEOPLE} people at most. An owner has to take somebody off first.")
    return (*people, member)


def with_role(people: People, person_id: str, role: Role) -> People:
    """With another role for somebody; an owner's time has no end.

    Raises:
        MembershipRefused: they are not on the list, or are its last owner.
    """
    member = find_member(people, person_id)
    ends_at = None if role == "owner" else member.ends_at
    return _owned(with_member(people, replace(member, role=role, ends_at=ends_at)))


def with_end(people: People, person_id: str, ends_at: datetime | None, at: datetime) -> People:
    """With an end of somebody's time, or without any.

    Args:
        people: all of the plan.
        person_id: whose time it is.
        ends_at: None for no end.
        at: the time now.

    Raises:
        MembershipRefused: they are not on the list, they are an owner, or the end is past.
    """
    member = find_member(people, person_id)
    if ends_at and member.role == "owner":
        raise MembershipRefused("An owner has no last day. Give this person another role first.")
    if ends_at and ends_at <= at:
        raise MembershipRefused("This day is over. Choose one to come, or take the person off the list.")
    return with_member(people, replace(member, ends_at=ends_at))


def without(people: People, person_id: str) -> People:
    """Without somebody.

    Raises:
        MembershipRefused: they are not on the list, or are its last owner.
    """
    gone = find_member(people, person_id)
    return _owned(tuple(each for each in people if each is not gone))


def handed_over(people: People, giver_id: str, taker_id: str, *, stay: bool) -> People:
    """With `taker_id` as an owner; who gives it becomes an editor if they `stay`, and is off the list if not.

    Raises:
        MembershipRefused: one of them is not on the list, they are the same, or nobody could sign in as an owner.
    """
    if giver_id == taker_id:
        raise MembershipRefused("You own this plan already. Choose somebody else.")
    people = with_role(people, taker_id, "owner")
    return with_role(people, giver_id, "editor") if stay else without(people, giver_id)


def in_order(people: Iterable[Membership]) -> People:
    """As lists show them: who may most first, then by name."""
    return tuple(sorted(people, key=lambda each: (ROLE_ORDER.index(each.role), each.name.casefold(), each.person_id)))


def may_less(before: Role, after: Role) -> bool:
    """True if people of the role `before` can do something that those of `after` cannot."""
    return not PERMISSIONS[before] <= PERMISSIONS[after]


def end_of(day: date) -> datetime:
    """The moment when a last day is over, everywhere by the same clock (UTC)."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def last_day(ends_at: datetime) -> date:
    """The last day of a time that ends then."""
    return (ends_at - timedelta(seconds=1)).astimezone(UTC).date()


def until(member: Membership) -> str:
    """How long somebody's time in the plan is: until 3 March 2027, or without an end."""
    if member.ends_at is None:
        return "without an end"
    day = last_day(member.ends_at)
    return f"until {day.day} {day:%B %Y}"


def a_role(role: Role) -> str:
    """A role in a sentence: an editor, a viewer."""
    name = ROLE_WORDS[role][0].lower()
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _owned(people: People) -> People:
    # Somebody who cannot sign in looks after nothing.
    if not any(each.role == "owner" and not each.is_disabled for each in people):
        raise MembershipRefused("A plan needs an owner. Make somebody else an owner first, or hand the plan over.")
    return people
