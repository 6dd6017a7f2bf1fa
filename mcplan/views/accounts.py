"""The people of an installation, as its administrators see them: nothing of any plan."""

from __future__ import annotations

from datetime import datetime

from mcplan.people import Person
from mcplan.views.plans import ago


def view_account(person: Person, seen_at: datetime, disabled_at: datetime | None, now: datetime) -> str:
    """What an administrator reads of somebody: address, last sign-in, and whether they are shut out."""
    parts = (
        person.email,
        f"signed in {ago(seen_at, now)}",
        "administrator" if person.is_admin else "",
        f"shut out {ago(disabled_at, now)}" if disabled_at else "",
    )
    return " · ".join(part for part in parts if part)
