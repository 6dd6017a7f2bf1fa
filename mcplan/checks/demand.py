"""Is the need shown by others than the team? Evidence, comparators, endorsements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mcplan.finding import Finding
from mcplan.known import Known

EVIDENCE, COMPETITORS, ENDORSEMENTS = "strategic.demand-evidence", "strategic.competitors", "strategic.endorsements"
SOURCES = 2
"""Dated sources of demand that a board wants to see, one of them from outside (F09)."""
COMPARATORS = 3
"""Offers with price and hours to compare with (F11)."""
STALE = 24
"""Months after which evidence of demand is old."""


def check_demand(known: Known) -> Iterator[Finding]:
    """What is thin in the case for the credential, once somebody has begun to make it."""
    yield from _evidence(known)
    yield from _stale(known)
    yield from _comparators(known)
    yield from _endorsements(known)


def _evidence(known: Known) -> Iterator[Finding]:
    rows = known.rows(EVIDENCE)
    dated = [row for row in rows if row.day("on")]
    outside = any(row.is_yes("external") for row in dated)
    if rows and (len(dated) < SOURCES or not outside):
        lacks = f"{len(dated)} of {SOURCES} dated sources" if len(dated) < SOURCES else "no source from outside"
        says = f"Demand rests on {lacks}. Boards ask for two with a day, and one that is not your own."
        yield Finding("NO-DEMAND-EVIDENCE", "warning", says, "G1", EVIDENCE)


def _stale(known: Known) -> Iterator[Finding]:
    # Rules have no clock: evidence is old if it was so when somebody last worked on the plan.
    now = known.plan.changed_at
    for row in known.rows(EVIDENCE) if now else ():
        day = row.day("on")
        if now and day and _months(day, now.date()) > STALE:
            says = f"{row.name} is from {day:%B %Y}, more than {STALE} months old. Look for something newer."
            yield Finding("STALE-EVIDENCE", "note", says, "G1", EVIDENCE, row.id)


def _comparators(known: Known) -> Iterator[Finding]:
    rows = known.rows(COMPETITORS)
    whole = [row for row in rows if row.number("price") is not None and row.number("hours") is not None]
    if rows and len(whole) < COMPARATORS:
        says = f"{len(whole)} of {COMPARATORS} comparable offers have a price and hours. Add what is missing."
        yield Finding("COMPARATORS-FEW", "note", says, "G1", COMPETITORS)


def _endorsements(known: Known) -> Iterator[Finding]:
    for row in known.rows(ENDORSEMENTS):
        lacks = [words for column, words in HALVES.items() if row.is_yes(column) is not True]
        if lacks:
            says = f"{row.name} does not confirm {' or '.join(lacks)}. Ask for both in the letter."
            yield Finding("ENDORSEMENT-HALF", "warning", says, "G2", ENDORSEMENTS, row.id)


def _months(since: date, until: date) -> int:
    return (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)


HALVES = {"need": "the need", "realism": "that the assessment resembles the work"}
"""What a partner has to confirm (F12), by column."""
