"""A workshop as it stands, read once for everybody who asks at the same time."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

from mcplan.workshop.sitting import Sitting
from pages.kit import desk
from storage.database import reading
from storage.rooms import Room, fetch_pulse_of, fetch_room

SHORTLY = timedelta(milliseconds=250)
"""For so long everybody in a workshop hears what the last one who asked has heard."""
OLD = timedelta(seconds=5)
"""After so long it is read anew even if nothing was said: whether somebody leads it shows by no change."""
AT_ONCE = 64


def look(room: Room, now: datetime) -> Sitting:
    """The workshop as it stands, at most a quarter of a second old.

    Raises:
        WorkshopRefused: it is not there any more.
    """
    known = _kept.get(room)
    if known and abs(now - known[0]) < SHORTLY:
        return known[2]
    with reading(desk.engine()) as session:
        pulse = fetch_pulse_of(session, room)
        if known and known[2].workshop.pulse == pulse and abs(now - known[1]) < OLD:
            _kept[room] = (now, *known[1:])
            return known[2]
        sitting = fetch_room(session, room)
    _kept[room] = (now, now, sitting)
    while len(_kept) > AT_ONCE:
        _kept.popitem(last=False)
    return sitting


def forget(room: Room) -> None:
    """Something has changed: whoever asks next is told."""
    _kept.pop(room, None)


def mark_of(sitting: Sitting, now: datetime) -> str:
    """Another word as soon as a page would show something else."""
    return f"{sitting.workshop.pulse}{'' if sitting.workshop.is_led(now) else '-away'}"


_kept: OrderedDict[Room, tuple[datetime, datetime, Sitting]] = OrderedDict()
"""By workshop: when it was asked for last, when it was read, and how it stood."""
