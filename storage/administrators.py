"""What administrators do to the people of an installation; there is always one left who can sign in."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlmodel import Session

from mcplan.membership import MembershipRefused
from mcplan.people import Person
from storage.people import count_admins
from storage.tables import PEOPLE


def as_administrator(session: Session, person: Person, work: Callable[[Session], object]) -> None:
    """Do `work` on people, if the person looks after the installation at this moment.

    Two administrators who shut each other out at once wait for each other here.

    Raises:
        MembershipRefused: they do not, or nobody would be left who does.
    """
    held = session.connection().execute(_ADMINISTRATORS).all()
    if (person.id, None) not in {(each.id, each.disabled_at) for each in held}:
        raise MembershipRefused("Only an administrator can do this. Ask one if you need to.")
    work(session)
    if not count_admins(session):
        raise MembershipRefused("Somebody has to look after mcplan. Make somebody else an administrator first.")


_ADMINISTRATORS = (
    select(PEOPLE.c.id, PEOPLE.c.disabled_at).where(PEOPLE.c.is_admin).order_by(PEOPLE.c.id).with_for_update()
)
