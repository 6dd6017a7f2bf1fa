"""People as the software knows them: who somebody is, and the name that stands beside what they write."""

from __future__ import annotations

from dataclasses import dataclass

from mcplan.roles import REFUSALS, Permission

LOCAL = "local"
"""The id of whoever sits at this computer while nobody has to sign in."""


@dataclass(frozen=True)
class Person:
    """Somebody who uses mcplan."""

    id: str
    name: str
    """Stands beside what they write; no two people of an installation that signs in have the same."""
    email: str = ""
    """Verified by whoever signed them in; empty at a computer without sign-in."""
    is_admin: bool = False
    """Looks after people, questionnaires and back-ups; that alone opens no plan."""

    @property
    def is_local(self) -> bool:
        """True if nobody has to sign in here: then whoever sits at this computer owns every plan in it."""
        return self.id == LOCAL


class NotAllowed(Exception):
    """This person may not do this in this plan; the sentence says what they can do instead."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(f"{REFUSALS[permission]} Ask an owner of the plan if you need to.")
        self.permission = permission


def somebody_here(name: str) -> Person:
    """Whoever sits at this computer, by the name they gave."""
    return Person(LOCAL, name)
