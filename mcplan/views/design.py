"""Outcomes, assessments and activities side by side: what shows each outcome, what leads to it, and for how long."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from mcplan.checks.course import OUTCOMES, Course, Outcome, read_course
from mcplan.finding import Finding
from mcplan.known import Known
from mcplan.views.findings import FindingsView, view_findings
from mcplan.views.pointers import Pointer, point_to
from questionnaire.numbers import write_number

RULES = re.compile(r"(LO|CA)\d+")
"""How the rules on a design are numbered."""


@dataclass(frozen=True)
class OutcomeRow:
    """One outcome in the matrix, in finished words."""

    outcome: str
    text: str
    level: str
    assessed: str
    """The assessments that show it, with their weights; or that nothing does."""
    taught: str
    """The activities that lead to it; or that nothing does."""
    weight: str
    hours: str
    skill: str
    """Where it points in a framework."""


@dataclass(frozen=True)
class Share:
    """An outcome's part of the hours and of the marks, for the chart."""

    outcome: str
    part: str
    percent: float


@dataclass(frozen=True)
class DesignView:
    """The design of a plan as one looks at it."""

    is_empty: bool
    message: str
    """What the chart says, as its title."""
    rows: tuple[OutcomeRow, ...]
    shares: tuple[Share, ...]
    hours: str
    """Hours of all parts, beside the workload that is announced."""
    findings: FindingsView
    begin: tuple[Pointer, ...]
    """Where to begin while it is empty."""


def view_design(known: Known, findings: Iterable[Finding]) -> DesignView:
    """What the design screen shows; `findings` are those of the whole plan."""
    course = read_course(known)
    mine = [each for each in findings if RULES.fullmatch(each.rule)]
    return DesignView(
        is_empty=not course.outcomes,
        message=_message(course),
        rows=tuple(_row(course, outcome) for outcome in course.outcomes),
        shares=tuple(_shares(course)),
        hours=_hours(known, course),
        findings=view_findings(known.questionnaire, mine),
        begin=(point_to(known.questionnaire, OUTCOMES, words="Write the outcomes"),),
    )


def _message(course: Course) -> str:
    unassessed = [one.name for one in course.outcomes if not course.summative_of[one.id]]
    if unassessed:
        return f"Nothing shows {', '.join(unassessed)} yet"
    heaviest = max(course.outcomes, key=course.weight_of, default=None)
    if heaviest is None:
        return "No outcome is written yet"
    return f"{heaviest.name} decides most: {write_number(course.weight_of(heaviest))} % of the result"


def _row(course: Course, outcome: Outcome) -> OutcomeRow:
    shows = [f"{each.name} ({write_number(each.weight)} %)" for each in course.summative_of[outcome.id]]
    leads = [each.name for each in course.activities_of[outcome.id]]
    return OutcomeRow(
        outcome=outcome.name,
        text=outcome.text,
        level=outcome.level.capitalize() or "Not said",
        assessed=", ".join(shows) or "Nothing yet",
        taught=", ".join(leads) or "Nothing yet",
        weight=f"{write_number(course.weight_of(outcome))} %",
        hours=f"{write_number(course.hours_of(outcome))} h",
        skill=" ".join(part for part in (outcome.framework, outcome.code) if part) or "None yet",
    )


def _shares(course: Course) -> Iterable[Share]:
    hours = sum((course.hours_of(one) for one in course.outcomes), Decimal())
    weight = sum((course.weight_of(one) for one in course.outcomes), Decimal())
    for one in course.outcomes:
        if hours:
            yield Share(one.name, "Of the hours", float(100 * course.hours_of(one) / hours))
        if weight:
            yield Share(one.name, "Of the result", float(100 * course.weight_of(one) / weight))


def _hours(known: Known, course: Course) -> str:
    announced = known.number("credential.workload")
    parts = f"Activities and assessments take {write_number(course.hours)} hours"
    return f"{parts}; the plan announces {write_number(announced)}." if announced else f"{parts}."
