"""Who is in a plan right now, and since when what others did is new to somebody."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

BEAT = timedelta(seconds=8)
"""How often an open screen says that it is still there; in between it only asks. A call that waits takes a little
longer, so each of them says it."""
FRESH = timedelta(seconds=28)
"""A screen that has said nothing for so long is gone: a beat may get lost on a bad network."""
VISIT = timedelta(minutes=30)
"""Whoever comes back sooner goes on with the same visit: what was new stays marked as new."""

MOST = 500
"""Screens of one plan that are kept at once; further ones still hear what is new, and are not seen."""


@dataclass(frozen=True)
class Presence:
    """A screen of a plan that somebody has open."""

    visit_id: str
    name: str
    screen: str
    """The screen's path in the address: a phase's id, overview, readiness and so on."""
    question_id: str
    """Where they are typing; empty if nowhere."""
    at: datetime
    """When the screen last said so."""


@dataclass(frozen=True)
class Pulse:
    """What a screen asks every few seconds: whether anything has changed, and who is there."""

    revision: int
    """That of the plan."""
    talk: int
    """Goes up with every change of a comment."""
    present: tuple[Presence, ...]
    """By name; only those that are not gone."""

    @cached_property
    def mark(self) -> str:
        """A short word, another one as soon as a screen of the plan would hear something new."""
        here = [(each.visit_id, each.name, each.screen, each.question_id) for each in self.present]
        return hashlib.sha256(json.dumps([self.revision, self.talk, here]).encode()).hexdigest()[:16]


def needs_beat(pulse: Pulse, mine: Presence) -> bool:
    """True if a screen has to say that it is there: it is new, has moved, or has not said so for a while."""
    said = next((each for each in pulse.present if each.visit_id == mine.visit_id), None)
    if said is None or (said.name, said.screen, said.question_id) != (mine.name, mine.screen, mine.question_id):
        return said is not None or len(pulse.present) < MOST
    return mine.at - said.at >= BEAT


def new_since(visit: tuple[datetime, datetime] | None, now: datetime) -> datetime | None:
    """What came later than this is new to somebody; None on their first visit, when everything is.

    Args:
        visit: when the visit before the last one ended, and when they were last seen.
        now: the time.
    """
    if visit is None:
        return None
    before, last = visit
    return last if now - last > VISIT else before
