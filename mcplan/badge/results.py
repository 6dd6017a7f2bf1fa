"""What an assessor can record: the overall percent, and a rubric for each assessment that has one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mcplan.badge.alignments import align_outcomes
from mcplan.badge.names import digits, part_urn
from mcplan.checks.course import Assessment, Course
from mcplan.known import Known, Row

RUBRIC = "design.rubric"


@dataclass(frozen=True)
class Rubric:
    """The levels of an assessment, lowest first."""

    assessment: Assessment
    levels: tuple[Row, ...]

    @property
    def passing(self) -> Row | None:
        """The lowest level that passes; None if none is said to."""
        return next((level for level in self.levels if level.is_yes("passes")), None)


def rubrics(known: Known, course: Course) -> tuple[Rubric, ...]:
    """The assessments with a rubric, in order; levels without a rank keep their place at the end."""
    found = []
    for assessment in course.assessments:
        levels = [row for row in known.rows(RUBRIC) if row.pick("assessment") == assessment.id]
        if levels:
            ranked = sorted(levels, key=lambda row: (row.number("rank") is None, row.number("rank") or 0))
            found.append(Rubric(assessment, tuple(ranked)))
    return tuple(found)


def describe_results(known: Known, course: Course) -> list[dict[str, Any]]:
    """The result descriptions of a plan; none while there is neither a pass mark nor a rubric."""
    return [*_overall(known, course), *(_rubric(known, course, each) for each in rubrics(known, course))]


def _overall(known: Known, course: Course) -> Iterator[dict[str, Any]]:
    if course.pass_mark is not None:
        yield {
            "id": part_urn(known.plan, "overall"),
            "type": ["ResultDescription"],
            "name": "Overall result",
            "resultType": "Percent",
            "valueMin": "0",
            "valueMax": "100",
            "requiredValue": digits(course.pass_mark),
        }


def _rubric(known: Known, course: Course, rubric: Rubric) -> dict[str, Any]:
    assessment, plan = rubric.assessment, known.plan
    result: dict[str, Any] = {
        "id": part_urn(plan, assessment.id),
        "type": ["ResultDescription"],
        "name": assessment.title or assessment.name,
        "resultType": "RubricCriterionLevel",
    }
    if rubric.passing:
        result["requiredLevel"] = part_urn(plan, assessment.id, rubric.passing.id)
    result["rubricCriterionLevel"] = [_level(part_urn(plan, assessment.id, row.id), row) for row in rubric.levels]
    alignment = align_outcomes(each for each in course.outcomes if each.id in assessment.outcomes)
    return result | ({"alignment": alignment} if alignment else {})


def _level(id: str, row: Row) -> dict[str, Any]:
    rank, points = row.number("rank"), row.number("points")
    found = {
        "id": id,
        "type": ["RubricCriterionLevel"],
        "name": row.name,
        "level": "" if rank is None else digits(rank),
        "points": "" if points is None else digits(points),
        "description": row.text("describes"),
    }
    return {name: value for name, value in found.items() if value}
