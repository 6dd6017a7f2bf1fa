"""Will the assessment stand up? Supervision, artificial intelligence, the cut score, small numbers, one assessor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from mcplan.checks.course import ASSESSMENTS, read_course
from mcplan.finding import Finding
from mcplan.known import Known
from mcplan.plan import counted_questions

TRAINERS, STATISTICS = "delivery.trainers", "maintenance.psychometrics"
ENROLMENT, METHOD = "operational.enrolment", "design.standard-method"
HALF = Decimal(50)
"""Percent of the result from which unsupervised work decides it."""
SMALL = 30
"""Candidates a year below which hardly a statistic says anything."""
MANY = 3
"""Critical answers of one person from which their absence stops the plan."""


def check_assessing(known: Known) -> Iterator[Finding]:
    """What may be held against the assessment, and against those who depend on one person."""
    yield from _unsupervised(known)
    yield from _machines(known)
    yield from _cut_score(known)
    yield from _small_numbers(known)
    yield from _one_assessor(known)
    yield from _one_owner(known)


def _unsupervised(known: Known) -> Iterator[Finding]:
    course = read_course(known)
    alone = sum((each.weight for each in course.summative if each.supervision.startswith("unsupervised")), Decimal())
    if alone > HALF:
        says = f"{alone:.0f} % of the result comes from work that nobody watches. Supervise a part, or ask in person."
        yield Finding("UNSUPERVISED-HIGH-STAKES", "warning", says, "G2", ASSESSMENTS)


def _machines(known: Known) -> Iterator[Finding]:
    for row in known.rows(ASSESSMENTS):
        if not row.pick("ai"):
            says = f"{row.name}: say whether artificial intelligence may be used, and how you would notice."
            yield Finding("AI-POLICY-MISSING", "warning", says, "G2", ASSESSMENTS, row.id)


def _cut_score(known: Known) -> Iterator[Finding]:
    if known.has("design.pass-mark") and known.pick(METHOD) in ("", "none"):
        says = "There is a pass mark and no word on how it was set. Name the method, and who judged."
        yield Finding("NO-CUT-SCORE-METHOD", "warning", says, "G2", METHOD)


def _small_numbers(known: Known) -> Iterator[Finding]:
    years = [number for row in known.rows(ENROLMENT) if (number := row.number("base")) is not None]
    for row in known.rows(STATISTICS):
        needed = max(row.number("from") or Decimal(), Decimal(SMALL))
        if years and max(years) < needed:
            few = f"{row.name} needs {needed:.0f} candidates, and {max(years):.0f} a year are forecast."
            says = f"{few} Begin with rater agreement."
            yield Finding("N-TOO-SMALL", "warning", says, "G3", STATISTICS, row.id)


def _one_assessor(known: Known) -> Iterator[Finding]:
    assessors = [row for row in known.rows(TRAINERS) if row.pick("role") in ("assessor", "both")]
    if len(assessors) == 1:
        says = f"{assessors[0].name} is the only assessor. Train a second one before the pilot."
        yield Finding("KEY-PERSON", "warning", says, "G3", TRAINERS, assessors[0].id)


def _one_owner(known: Known) -> Iterator[Finding]:
    critical = [each for each in counted_questions(known.questionnaire, known.plan) if each.is_critical]
    owners = [owner.name for each in critical if (owner := known.plan.owner(each))]
    for name, count in Counter(owners).items():
        if count >= MANY and 2 * count > len(critical):
            says = f"{name} owns {count} of {len(critical)} critical questions. Who steps in if they are away?"
            yield Finding("KEY-PERSON", "note", says, "G1")
