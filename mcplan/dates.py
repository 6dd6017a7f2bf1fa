"""The days of a plan as a calendar file (RFC 5545): open actions, and the stages, approvals and other days ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from mcplan.actions import actions_of
from mcplan.known import Known
from mcplan.maps.lifecycle import map_lifecycle

MAKER = "-//mcplan//plan of a micro-credential//EN"


def write_calendar(known: Known, now: datetime) -> bytes:
    """The file: an all-day entry for each day that is still to come, or has passed without being kept.

    Args:
        known: the plan.
        now: the time, with its zone; it stands in each entry. The ids of the entries stay the same from file to file,
            so that a calendar that reads the next one changes what it has.
    """
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", known.plan.title)
    for id, words, day, more in _days(known, now.date()):
        entry = Event()
        entry.add("uid", f"{known.plan.id}-{id}@mcplan")
        entry.add("dtstamp", now)
        entry.add("dtstart", day)
        entry.add("dtend", day + timedelta(days=1))
        entry.add("summary", words)
        if more:
            entry.add("description", more)
        entry.add("transp", "TRANSPARENT")
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _days(known: Known, today: date) -> Iterator[tuple[str, str, date, str]]:
    for action in actions_of(known):
        if action.is_open and action.due:
            yield f"action-{action.id}", action.what, action.due, action.owner
    life = map_lifecycle(known, today)
    for step in life.steps:
        if step.is_open and step.due:
            yield f"{step.question_id or 'day'}-{step.id}", step.name, step.due, step.owner
