"""Systems and what passes between them: which stand alone, which links are late, lost or on nobody's word.

Sources: E5.1, E5.2, P5.2b.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mcplan.known import Known, Row

SYSTEMS, INTERFACES = "operational.systems", "operational.interfaces"
RUNNING = frozenset({"working"})
"""States of an interface that nothing is due for."""


@dataclass(frozen=True)
class System:
    """A system the credential needs."""

    id: str
    name: str
    kind: str
    """An option of its column, such as issuance."""
    state: str
    """An option of its column: in-use, to-change, to-procure or unknown; empty if not said."""
    owner: str


@dataclass(frozen=True)
class Interface:
    """What passes from one system to another."""

    id: str
    name: str
    source: str
    """Id of the system it comes from; empty if it is not said or gone."""
    target: str
    """Id of the system it goes to; empty if it is not said or gone."""
    is_lost: bool
    """True if it points to a system that is gone."""
    state: str
    """An option of its column: working, tested, planned, manual or unknown; empty if not said."""
    confirmed: str
    """Who tried it; empty if nobody is named."""
    due: date | None
    is_late: bool

    @property
    def is_joining(self) -> bool:
        """True if both of its systems are there."""
        return bool(self.source and self.target)


@dataclass(frozen=True)
class Platforms:
    """All systems and interfaces, in the order in which they were put in."""

    systems: tuple[System, ...]
    interfaces: tuple[Interface, ...]

    @property
    def alone(self) -> tuple[System, ...]:
        """Systems that no interface joins; none as long as nobody has put in an interface."""
        joined = {end for each in self.interfaces for end in (each.source, each.target)}
        return tuple(each for each in self.systems if each.id not in joined) if self.interfaces else ()

    @property
    def lost(self) -> tuple[Interface, ...]:
        """Interfaces with an end that is gone or was never said."""
        return tuple(each for each in self.interfaces if not each.is_joining)

    @property
    def late(self) -> tuple[Interface, ...]:
        """Interfaces past their day that do not work yet, the longest first."""
        found = [(each.due, each) for each in self.interfaces if each.due and each.is_late]
        return tuple(each for _, each in sorted(found, key=lambda pair: pair[0]))

    @property
    def unconfirmed(self) -> tuple[Interface, ...]:
        """Interfaces of which nobody is named who tried them."""
        return tuple(each for each in self.interfaces if not each.confirmed)

    def between(self, source: str, target: str) -> tuple[Interface, ...]:
        """What passes from one system to another."""
        return tuple(each for each in self.interfaces if (each.source, each.target) == (source, target))


def map_platforms(known: Known, today: date) -> Platforms:
    """The systems and interfaces of a plan; `today` tells what is late."""
    systems = tuple(
        System(row.id, row.name, row.pick("kind"), row.pick("state"), row.text("owner")) for row in known.rows(SYSTEMS)
    )
    names = known.names(SYSTEMS)
    return Platforms(systems, tuple(_interface(row, names, today) for row in known.rows(INTERFACES)))


def _interface(row: Row, systems: Mapping[str, str], today: date) -> Interface:
    ends = row.pick("from"), row.pick("to")
    source, target = (end if end in systems else "" for end in ends)
    state, due = row.pick("state"), row.day("by")
    return Interface(
        id=row.id,
        name=row.name,
        source=source,
        target=target,
        is_lost=any(end and end not in systems for end in ends),
        state=state,
        confirmed=row.text("confirmed"),
        due=due,
        is_late=due is not None and due < today and state not in RUNNING,
    )
