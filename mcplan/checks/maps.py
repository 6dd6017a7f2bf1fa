"""What the maps of a plan show that a board would ask about: systems that stand alone, weakness left alone, days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mcplan.finding import Finding
from mcplan.known import Known
from mcplan.maps.coverage import listed
from mcplan.maps.days import say_day
from mcplan.maps.ecosystem import INSTITUTION, map_ecosystem
from mcplan.maps.lifecycle import LAST_INTAKE, PILOT, STAGES, TASKS
from mcplan.maps.platforms import SYSTEMS, map_platforms


def check_maps(known: Known) -> Iterator[Finding]:
    """What is wrong in the maps of a plan, whatever day it is."""
    yield from _alone(known)
    yield from _weak(known)
    yield from _tasks(known)
    yield from _first_and_last(known)


def _alone(known: Known) -> Iterator[Finding]:
    # Without a day of today, nothing is late; that is left to the screen.
    for system in map_platforms(known, date.min).alone:
        says = f"Nothing passes to or from {system.name}. Say what does, even if it is done by hand."
        yield Finding("SYSTEM-ALONE", "note", says, "G3", SYSTEMS, system.id)


def _weak(known: Known) -> Iterator[Finding]:
    for part in map_ecosystem(known):
        if part.rating.weak and not part.rating.action:
            weak = listed(part.rating.weak)
            says = f"{part.name}: the institution is weak in {weak}, and nobody says what is done about it."
            yield Finding("INSTITUTION-WEAK", "note", says, "G2", INSTITUTION, part.id)


def _tasks(known: Known) -> Iterator[Finding]:
    stages = {row.id: row for row in known.rows(STAGES)}
    for row in known.rows(TASKS):
        stage = stages.get(row.text("stage"))
        due, end = row.day("due"), stage.day("due") if stage else None
        if stage and due and end and due > end and row.is_yes("done") is not True:
            says = f"{row.name} is due on {say_day(due)}, after its stage ends: {stage.name.lower()}, {say_day(end)}."
            yield Finding("TIMELINE", "warning", says, "G2", TASKS, row.id)


def _first_and_last(known: Known) -> Iterator[Finding]:
    start, pilot, last = known.plan.start, known.day(PILOT), known.day(LAST_INTAKE)
    if start and pilot and pilot > start:
        says = f"The pilot starts on {say_day(pilot)}, after the first learners begin on {say_day(start)}."
        yield Finding("TIMELINE", "warning", says, "G2", PILOT)
    if start and last and last < start:
        says = f"The last intake is on {say_day(last)}, before the first learners begin on {say_day(start)}."
        yield Finding("TIMELINE", "warning", says, "G2", LAST_INTAKE)
