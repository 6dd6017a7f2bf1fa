"""Outcomes, assessments and activities as the design tables of a plan hold them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from mcplan.known import Known, Row

OUTCOMES, ASSESSMENTS, ACTIVITIES = "design.outcomes", "design.assessments", "design.activities"
LEVELS = ("remember", "understand", "apply", "analyze", "evaluate", "create")
"""The levels of the revised taxonomy of Bloom, lowest first; the option ids of every column that asks for one."""
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Outcome:
    """What an earner can do."""

    id: str
    name: str
    text: str
    level: str
    """A key of `LEVELS`; empty if not said."""
    framework: str
    code: str
    url: str

    @property
    def is_aligned(self) -> bool:
        """True if it names a framework, with a code or an address there."""
        return bool(self.framework and (self.code or self.url))


@dataclass(frozen=True)
class Assessment:
    """One way in which earners show outcomes."""

    id: str
    name: str
    title: str
    outcomes: tuple[str, ...]
    """Ids of outcomes that exist."""
    type: str
    is_summative: bool
    weight: Decimal
    """Percent of the result."""
    minimum: Decimal | None
    """Percent without which nobody passes; None for no minimum."""
    level: str
    hours: Decimal
    supervision: str
    ai: str
    attempts: Decimal | None


@dataclass(frozen=True)
class Activity:
    """Something learners do to get there."""

    id: str
    name: str
    outcomes: tuple[str, ...]
    hours: Decimal


@dataclass(frozen=True)
class Course:
    """The design of a micro-credential, to reckon with."""

    outcomes: tuple[Outcome, ...]
    assessments: tuple[Assessment, ...]
    activities: tuple[Activity, ...]
    pass_mark: Decimal | None
    """Percent of the whole result."""

    @cached_property
    def summative(self) -> tuple[Assessment, ...]:
        """The assessments that count towards the result."""
        return tuple(each for each in self.assessments if each.is_summative)

    @cached_property
    def summative_of(self) -> dict[str, list[Assessment]]:
        """The summative assessments of each outcome, by its id."""
        return {one.id: [each for each in self.summative if one.id in each.outcomes] for one in self.outcomes}

    @cached_property
    def activities_of(self) -> dict[str, list[Activity]]:
        """The activities for each outcome, by its id."""
        return {one.id: [each for each in self.activities if one.id in each.outcomes] for one in self.outcomes}

    def weight_of(self, outcome: Outcome) -> Decimal:
        """Percent of the result that hangs on an outcome; an assessment of several counts for each in equal parts."""
        return sum((each.weight / len(each.outcomes) for each in self.summative_of[outcome.id]), Decimal())

    def hours_of(self, outcome: Outcome) -> Decimal:
        """Hours of activities for an outcome; an activity for several counts for each in equal parts."""
        return sum((each.hours / len(each.outcomes) for each in self.activities_of[outcome.id]), Decimal())

    @cached_property
    def hours(self) -> Decimal:
        """Hours of all activities and assessments."""
        taught = sum((each.hours for each in self.activities), Decimal())
        return taught + sum((each.hours for each in self.assessments), Decimal())


def read_course(known: Known) -> Course:
    """The design that a plan holds; references to rows that are gone are left out."""
    outcomes = tuple(map(_outcome, known.rows(OUTCOMES)))
    ids = {outcome.id for outcome in outcomes}
    return Course(
        outcomes,
        tuple(_assessment(row, ids) for row in known.rows(ASSESSMENTS)),
        tuple(
            Activity(row.id, row.name, _those(row, ids), row.number("hours") or Decimal())
            for row in known.rows(ACTIVITIES)
        ),
        known.number("design.pass-mark"),
    )


def _outcome(row: Row) -> Outcome:
    text, level = row.text("text"), row.pick("level")
    return Outcome(row.id, row.name, text, level, row.text("framework"), row.text("code"), row.text("url"))


def _assessment(row: Row, outcomes: set[str]) -> Assessment:
    return Assessment(
        id=row.id,
        name=row.name,
        title=row.text("title"),
        outcomes=_those(row, outcomes),
        type=row.pick("type"),
        is_summative=row.is_yes("summative") is True,
        weight=row.number("weight") or Decimal(),
        minimum=row.number("minimum"),
        level=row.pick("level"),
        hours=row.number("hours") or Decimal(),
        supervision=row.pick("supervision"),
        ai=row.pick("ai"),
        attempts=row.number("attempts"),
    )


def _those(row: Row, ids: set[str]) -> tuple[str, ...]:
    return tuple(id for id in row.picks("outcomes") if id in ids)
