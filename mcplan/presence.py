"""Who is in a plan right now, and since when what others did is new to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

BEAT = timedelta(seconds=12)
"""How often an open screen says that it is still there; in between it only asks."""
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
