"""Do outcomes, assessments and activities agree? The constructive alignment of a plan (sources: S2, E3.6).

To add a check, write a function and name it in `CHECKS` at the foot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from mcplan.checks.course import (
    ACTIVITIES,
    ASSESSMENTS,
    HUNDRED,
    LEVELS,
    OUTCOMES,
    Activity,
    Assessment,
    Course,
    Outcome,
    read_course,
)
from mcplan.finding import Finding, Severity
from mcplan.known import Known
from questionnaire.numbers import write_number

TOLERANCE = Decimal("0.1")
"""Share by which the hours of all parts may miss the workload that is announced."""
FACTOR = 2
"""How far the share of hours and the share of weight of an outcome may lie apart."""
ATTEMPTS = 2
"""Attempts at a summative assessment that learners should have (source: L6.4)."""
PASS_MARK, WORKLOAD = "design.pass-mark", "credential.workload"


def check_alignment(known: Known) -> Iterator[Finding]:
    """Where outcomes, assessments and activities do not agree, check by check; nothing while none of them is there."""
    course = read_course(known)
    if course.outcomes or course.assessments:
        for check in CHECKS:
            yield from check(known, course)


def _assessed(known: Known, course: Course) -> Iterator[Finding]:
    for outcome in course.outcomes:
        if not course.summative_of[outcome.id]:
            yield _at(outcome, "CA1", "error", "no summative assessment shows it. Add one, or drop the outcome.")


def _assessment_for(known: Known, course: Course) -> Iterator[Finding]:
    for each in course.assessments:
        if not each.outcomes:
            yield _at(each, "CA2", "warning", "it shows no outcome. Name those it shows, or leave it out.")


def _taught(known: Known, course: Course) -> Iterator[Finding]:
    for outcome in course.outcomes:
        if not course.activities_of[outcome.id]:
            yield _at(
                outcome, "CA3", "warning", "no activity leads to it. Add one, or say that earners bring it along."
            )


def _activity_for(known: Known, course: Course) -> Iterator[Finding]:
    for each in course.activities:
        if not each.outcomes:
            yield _at(each, "CA4", "note", "it leads to no outcome. Name the one it serves, or leave it out.")


def _high_enough(known: Known, course: Course) -> Iterator[Finding]:
    for outcome in course.outcomes:
        reached = [LEVELS.index(each.level) for each in course.summative_of[outcome.id] if each.level in LEVELS]
        if outcome.level in LEVELS and reached and max(reached) < LEVELS.index(outcome.level):
            says = f"it asks to {outcome.level}, its assessments only to {LEVELS[max(reached)]}. Raise one of them."
            yield _at(outcome, "CA5", "warning", says)


def can_be_passed_without(course: Course, outcome: Outcome) -> bool:
    """True if somebody with nothing at all for an outcome can still pass: the other points make up for it."""
    mine = course.summative_of[outcome.id]
    guarded = bool(mine) and all(each.minimum for each in mine)
    return (
        course.pass_mark is not None
        and bool(mine)
        and not guarded
        and HUNDRED - course.weight_of(outcome) >= course.pass_mark
    )


def _compensation(known: Known, course: Course) -> Iterator[Finding]:
    for outcome in course.outcomes:
        if can_be_passed_without(course, outcome):
            names = " and ".join(each.name for each in course.summative_of[outcome.id] if not each.minimum)
            left = write_number(HUNDRED - course.weight_of(outcome))
            enough = write_number(course.pass_mark)
            says = (
                f"the badge can be earned with zero here, since the rest is worth {left} % and {enough} % is enough. "
                f"Set a minimum for {names}, or raise the pass mark."
            )
            yield _at(outcome, "CA6", "error", says)


def _whole(known: Known, course: Course) -> Iterator[Finding]:
    total = sum((each.weight for each in course.summative), Decimal())
    if course.summative and abs(total - HUNDRED) > Decimal("0.01"):
        says = f"The weights of the summative assessments add up to {write_number(total)} %; they have to make 100 %."
        yield Finding("CA7", "error", says, "G2", ASSESSMENTS)


def _watched(known: Known, course: Course) -> Iterator[Finding]:
    for outcome in course.outcomes:
        mine = course.summative_of[outcome.id]
        if mine and all(each.supervision.startswith("unsupervised") for each in mine):
            says = "it is shown only where nobody watches. Add a short supervised part, such as questions on the work."
            yield _at(outcome, "CA8", "warning", says)


def _second_chance(known: Known, course: Course) -> Iterator[Finding]:
    for each in course.summative:
        if each.attempts is not None and each.attempts < ATTEMPTS:
            yield _at(each, "CA9", "note", "there is one attempt. Two, with feedback between them, are good practice.")


def _hours(known: Known, course: Course) -> Iterator[Finding]:
    announced = known.number(WORKLOAD)
    if announced and course.activities and abs(course.hours - announced) > TOLERANCE * announced:
        says = (
            f"Activities and assessments take {write_number(course.hours)} hours, and the plan announces "
            f"{write_number(announced)}. Bring them within a tenth of each other."
        )
        yield Finding("CA10", "warning", says, "G2", WORKLOAD)


def _framework(known: Known, course: Course) -> Iterator[Finding]:
    for outcome in course.outcomes:
        if not outcome.is_aligned:
            yield _at(outcome, "CA11", "warning", "it points to no skill of a framework. Name one, with its code.")


def _prior_learning(known: Known, course: Course) -> Iterator[Finding]:
    if known.pick("design.prior-learning") == "portfolio":
        says = (
            "Prior learning is judged by portfolio alone. The same summative assessment for all keeps the standard one."
        )
        yield Finding("CA12", "note", says, "G2", "design.prior-learning")


def _pilot(known: Known, course: Course) -> Iterator[Finding]:
    if known.asks("delivery.pilot-criteria") and not known.rows("delivery.pilot-criteria"):
        says = (
            "No pilot is planned before the launch. Try it with a few learners, and say what would make you revise it."
        )
        yield Finding("CA13", "warning", says, "G3", "delivery.pilot-criteria")


def _balance(known: Known, course: Course) -> Iterator[Finding]:
    hours = {one.id: course.hours_of(one) for one in course.outcomes}
    weights = {one.id: course.weight_of(one) for one in course.outcomes}
    all_hours, all_weight = sum(hours.values()), sum(weights.values())
    if not all_hours or not all_weight:
        return
    for one in course.outcomes:
        taught, counted = hours[one.id] / all_hours, weights[one.id] / all_weight
        if taught and counted and max(taught / counted, counted / taught) > FACTOR:
            says = f"it takes {taught:.0%} of the hours and brings {counted:.0%} of the marks. Is that meant?"
            yield _at(one, "CA14", "note", says)


def _at(one: Outcome | Assessment | Activity, rule: str, severity: Severity, says: str) -> Finding:
    places = {Outcome: OUTCOMES, Assessment: ASSESSMENTS, Activity: ACTIVITIES}
    return Finding(rule, severity, f"{one.name}: {says}", "G2", places[type(one)], one.id)


CHECKS: tuple[Callable[[Known, Course], Iterator[Finding]], ...] = (
    _assessed,
    _assessment_for,
    _taught,
    _activity_for,
    _high_enough,
    _compensation,
    _whole,
    _watched,
    _second_chance,
    _hours,
    _framework,
    _prior_learning,
    _pilot,
    _balance,
)
