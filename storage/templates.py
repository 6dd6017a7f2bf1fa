"""The institution's Word templates: administrators keep them, everybody's dossiers may be made with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import delete, func, insert, select
from sqlmodel import Session

from mcplan.dossier.word.template import Template
from mcplan.membership import MembershipRefused
from mcplan.people import Person
from mcplan.text import clean_text, shorten
from storage.administrators import as_administrator
from storage.tables import TEMPLATES

MOST = 20
"""Templates of an installation: more could not be told apart in a list."""
MOST_NAME = 80


@dataclass(frozen=True)
class Kept:
    """A template that dossiers can be made with."""

    id: str
    name: str
    hash: str
    """SHA-256 of the file."""
    notes: tuple[str, ...]
    by: str
    at: datetime


def fetch_templates(session: Session) -> list[Kept]:
    """All templates by name, without their files."""
    return [
        Kept(row.id, row.name, row.hash, tuple(row.notes), row.by, row.at) for row in session.connection().execute(_ALL)
    ]


def fetch_template(session: Session, id: str) -> bytes | None:
    """The file of a template; None if it has been taken away."""
    found = session.connection().execute(select(TEMPLATES.c.file).where(TEMPLATES.c.id == id)).scalar()
    return None if found is None else bytes(found)


def store_template(session: Session, person: Person, id: str, name: str, template: Template, at: datetime) -> str:
    """Keep a template under a name, and give that name back.

    Args:
        session: of a transaction that writes.
        person: an administrator, or whoever sits at a computer at which nobody signs in.
        id: made up anew for each template; the same one again stores nothing.
        name: what people choose it by.
        template: cleaned already.
        at: when, with a time zone.

    Raises:
        MembershipRefused: they may not, or there are as many as there may be.
    """
    name = shorten(clean_text(name), MOST_NAME) or "Template"
    values = {
        "id": id,
        "name": name,
        "file": template.file,
        "hash": sha256(template.file).hexdigest(),
        "notes": list(template.notes),
        "by": person.name,
        "at": at.astimezone(UTC),
    }

    def work(session: Session) -> None:
        connection = session.connection()
        if connection.execute(select(TEMPLATES.c.id).where(TEMPLATES.c.id == id)).first():
            return
        if connection.execute(select(func.count()).select_from(TEMPLATES)).scalar_one() >= MOST:
            raise MembershipRefused(f"There is room for {MOST} templates. Take one away first.")
        connection.execute(insert(TEMPLATES), values)

    _as_keeper(session, person, work)
    return name


def remove_template(session: Session, person: Person, id: str) -> bool:
    """Take a template away; dossiers that were made with it stay as they are.

    Raises:
        MembershipRefused: they may not.
    """
    _as_keeper(
        session, person, lambda session: session.connection().execute(delete(TEMPLATES).where(TEMPLATES.c.id == id))
    )
    return True


def _as_keeper(session: Session, person: Person, work: Callable[[Session], object]) -> None:
    if person.is_local:
        work(session)
    else:
        as_administrator(session, person, work)


_ALL = select(*(column for column in TEMPLATES.c if column is not TEMPLATES.c.file)).order_by(
    TEMPLATES.c.name, TEMPLATES.c.id
)
