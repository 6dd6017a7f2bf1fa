"""People as the database knows them: who signed in, and whether a sign-in still counts.

Somebody is known by who vouched for them (`iss`) and under which name there (`sub`); an e-mail address can
change hands. Tables of people belong to no plan, so these functions need none opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from mcplan.facts import MOST_NAME
from mcplan.invitations import LONGEST_EMAIL
from mcplan.people import Person
from mcplan.text import clean_text
from storage.tables import PEOPLE

LONGEST = timedelta(hours=12)
"""How long a sign-in counts."""
NOBODY_YET = "Not signed in yet"


class SignedOut(Exception):
    """This sign-in counts no longer; the sentence says why and what to do."""


@dataclass(frozen=True)
class Known:
    """A person as administrators see them; nothing of any plan."""

    person: Person
    iss: str
    sub: str
    seen_at: datetime
    """When they last signed in."""
    valid_after: datetime | None
    """Sign-ins up to this moment count no longer."""
    disabled_at: datetime | None


def sign_in(session: Session, iss: str, sub: str, *, email: str, name: str, at: datetime) -> Person:
    """The person somebody signed in as; kept if they are new, with the name that stands beside what they write.

    Args:
        session: a transaction that writes.
        iss: who vouched for them.
        sub: their name there, for ever.
        email: verified there.
        name: as they are called there; if somebody else has it already they get a number behind it.
        at: when.

    Raises:
        SignedOut: an administrator has shut them out.
    """
    connection = session.connection()
    address = _address(email)
    seen = {"email": address, "seen_at": at}
    for place in count(1):
        row = connection.execute(_BY_IDENTITY, {"iss": iss, "sub": sub}).first()
        if row is not None:
            _refuse_disabled(row.disabled_at)
            name = _free_name(session, name, email, 1) if row.name == _unnamed(iss, sub) else row.name
            connection.execute(_SEEN, {"this_person": row.id, "name": name, **seen})
            return Person(row.id, name, address, row.is_admin)
        new = _row(iss, sub, _free_name(session, name, email, place), at) | seen
        # Two first sign-ins at once: whoever comes second finds the row of the first, or takes the next name.
        connection.execute(_NEW[connection.dialect.name], new)
    raise AssertionError("unreachable")


def fetch_known(session: Session, iss: str, sub: str) -> Known | None:
    """What is known of somebody who says they signed in; None if they never were here. One small statement."""
    row = session.connection().execute(_BY_IDENTITY, {"iss": iss, "sub": sub}).first()
    return known_of(row) if row else None


def fetch_person(session: Session, person_id: str, signed_in_at: int, now: datetime) -> Person:
    """The person with this id, by a sign-in of theirs.

    Args:
        session: any transaction.
        person_id: as tokens carry it.
        signed_in_at: when they signed in, in seconds since 1970.
        now: the time.

    Raises:
        SignedOut: there is nobody with this id, or the sign-in counts no longer.
    """
    row = session.connection().execute(_BY_ID, {"id": person_id}).first()
    if row is None:
        raise SignedOut("Please sign in.")
    return counted(known_of(row), signed_in_at, now)


def counted(known: Known, signed_in_at: int, now: datetime) -> Person:
    """The person, if a sign-in of theirs still counts.

    Raises:
        SignedOut: they have signed out since, signed in too long ago, or are shut out.
    """
    _refuse_disabled(known.disabled_at)
    signed_in = datetime.fromtimestamp(signed_in_at, UTC)
    if now - signed_in >= LONGEST:
        raise SignedOut("You signed in more than twelve hours ago. Please sign in again; what you typed is kept here.")
    # Sign-ins are told by the whole second; one in the very second of a sign-out does not count either.
    if known.valid_after is not None and signed_in <= known.valid_after:
        raise SignedOut("You have signed out. Please sign in again.")
    return known.person


def sign_out_everywhere(session: Session, person_id: str, at: datetime) -> None:
    """From now on none of the person's sign-ins so far counts, on whatever device, nor any copy of its cookie."""
    session.connection().execute(_SIGN_OUT, {"this_person": person_id, "valid_after": at})


def set_disabled(session: Session, person_id: str, *, disabled: bool, at: datetime) -> None:
    """Shut a person out, or let them in again."""
    values = {"disabled_at": at if disabled else None}
    session.connection().execute(update(PEOPLE).where(PEOPLE.c.id == person_id).values(**values))


def set_admin(session: Session, iss: str, sub: str, *, is_admin: bool, at: datetime) -> None:
    """Make a person an administrator, also before they first sign in, or take that away."""
    connection = session.connection()
    connection.execute(_NEW[connection.dialect.name], _row(iss, sub, _unnamed(iss, sub), at))
    this = update(PEOPLE).where(PEOPLE.c.iss == iss, PEOPLE.c.sub == sub)
    connection.execute(this.values(is_admin=is_admin))


def fetch_people(session: Session) -> list[Known]:
    """Everybody who has ever signed in, by name."""
    return [known_of(row) for row in session.connection().execute(_ALL)]


def count_admins(session: Session) -> int:
    """How many administrators there are who are not shut out."""
    return session.connection().execute(_ADMINS).scalar_one()


def known_of(row: Row[Any]) -> Known:
    """What a row of the table of people says."""
    person = Person(row.id, row.name, row.email, row.is_admin)
    return Known(person, row.iss, row.sub, row.seen_at, row.valid_after, row.disabled_at)


def _refuse_disabled(disabled_at: datetime | None) -> None:
    if disabled_at is not None:
        raise SignedOut("An administrator has closed your access. Ask whoever runs mcplan at your institution.")


def _free_name(session: Session, name: str, email: str, place: int) -> str:
    wanted = " ".join(clean_text(name).split())[: MOST_NAME - 10] or email.partition("@")[0] or "Somebody"
    for number in count(place):
        tried = wanted if number == 1 else f"{wanted} {number}"
        if session.connection().execute(_BY_NAME, {"name": tried}).first() is None:
            return tried
    raise AssertionError("unreachable")


def _address(email: str) -> str:
    # Invitations hang on it. Cut short, or with other letters made plain, it would be that of somebody else.
    return clean_text(email).strip().lower() if email.isascii() and len(email) <= LONGEST_EMAIL else ""


def _unnamed(iss: str, sub: str) -> str:
    return f"{NOBODY_YET} ({iss} {sub})"


def _row(iss: str, sub: str, name: str, at: datetime) -> dict[str, object]:
    return {
        "id": uuid4().hex, "iss": iss, "sub": sub, "email": "", "name": name, "is_admin": False,
        "valid_after": None, "disabled_at": None, "first_at": at, "seen_at": at,
    }  # fmt: skip


_BY_IDENTITY = select(PEOPLE).where(PEOPLE.c.iss == bindparam("iss"), PEOPLE.c.sub == bindparam("sub"))
_BY_ID = select(PEOPLE).where(PEOPLE.c.id == bindparam("id"))
_BY_NAME = select(PEOPLE.c.id).where(PEOPLE.c.name == bindparam("name"))
_SEEN = update(PEOPLE).where(PEOPLE.c.id == bindparam("this_person"))
_SIGN_OUT = update(PEOPLE).where(PEOPLE.c.id == bindparam("this_person"))
_ALL = select(PEOPLE).order_by(PEOPLE.c.name)
_ADMINS = select(func.count()).select_from(PEOPLE).where(PEOPLE.c.is_admin, PEOPLE.c.disabled_at.is_(None))
_NEW = {
    name: insert_at(PEOPLE).on_conflict_do_nothing()
    for name, insert_at in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
