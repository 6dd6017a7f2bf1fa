"""Choices of plans that people keep under a name: each sees and deletes their own alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from mcplan.people import Person
from mcplan.portfolio import MOST_VIEWS, SavedView, ViewRefused, Wanted, read_view_name, read_wanted, write_wanted
from storage.house_tables import VIEWS


def fetch_views(session: Session, person: Person) -> list[SavedView]:
    """What a person has saved, by name."""
    found = session.connection().execute(_MINE, {"me": _who(person)})
    return [SavedView(row.id, row.name, read_wanted(row.filters)) for row in found]


def store_view(session: Session, person: Person, view_id: str, raw: object, wanted: Wanted, *, at: datetime) -> str:
    """Keep a choice of plans under a name, and return the name; one of the same name of theirs is replaced.

    Args:
        session: a transaction that writes.
        person: whose it is.
        view_id: made up by the screen, so that the same view sent again is stored once.
        raw: the name they typed.
        wanted: the choice.
        at: when, with a time zone.

    Raises:
        ViewRefused: there is no name, or no room for another view.
    """
    name, mine = read_view_name(raw), fetch_views(session, person)
    others = [each for each in mine if each.name != name and each.id != view_id]
    if len(others) >= MOST_VIEWS:
        raise ViewRefused(f"You have {MOST_VIEWS} saved views, and there is no room for more. Delete one first.")
    connection = session.connection()
    for same in (each for each in mine if each.name == name):
        connection.execute(_DELETE, {"this_view": same.id, "me": _who(person)})
    row = {"id": view_id, "who": _who(person), "name": name, "filters": write_wanted(wanted), "at": at.astimezone(UTC)}
    connection.execute(_ADD[connection.dialect.name], row)
    return name


def delete_view(session: Session, person: Person, view_id: str) -> bool:
    """Delete a view of a person's own; False if there is no such one."""
    return bool(session.connection().execute(_DELETE, {"this_view": view_id, "me": _who(person)}).rowcount)


def _who(person: Person) -> str:
    return person.name if person.is_local else person.id


_MINE = select(VIEWS).where(VIEWS.c.who == bindparam("me")).order_by(VIEWS.c.name, VIEWS.c.id)
_DELETE = delete(VIEWS).where(VIEWS.c.id == bindparam("this_view"), VIEWS.c.who == bindparam("me"))
_ADD: dict[str, Any] = {
    name: insert_into(VIEWS).on_conflict_do_nothing()
    for name, insert_into in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
