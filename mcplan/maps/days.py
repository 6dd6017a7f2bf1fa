"""Days in words: when something is, how far off, and how late."""

from __future__ import annotations

from datetime import date

from mcplan.numbers import count

MANY_DAYS, MANY_WEEKS = 21, 26
"""From how many days on people count in weeks, and from how many weeks on in months."""


def say_day(day: date) -> str:
    """A day as people write it: 3 March 2027."""
    return f"{day.day} {day:%B %Y}"


def length(days: int) -> str:
    """A number of days in words, rounded down to whole weeks or months of 30 days: 12 days, 6 weeks, 8 months."""
    if days < MANY_DAYS:
        return count(days, "day")
    return count(days // 7, "week") if days < 7 * MANY_WEEKS else count(days // 30, "month")


def far_off(day: date, today: date) -> str:
    """How far a day is from today: today, tomorrow, in 6 weeks, 12 days ago."""
    days = (day - today).days
    if days in (0, 1):
        return "tomorrow" if days else "today"
    return f"in {length(days)}" if days > 0 else f"{length(-days)} ago"


def how_late(due: date, today: date) -> str:
    """How late something is that was due on a day before today: 12 days late."""
    return f"{length((today - due).days)} late"
