"""The badge as its earners and their employers will meet it, and what its metadata still lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from mcplan.badge import check_achievement, write_achievement, write_document
from mcplan.badge.achievement import Achievement
from mcplan.badge.checks import WEIGHTS, is_sound
from mcplan.badge.criteria import Part, compose_criteria
from mcplan.badge.results import rubrics
from mcplan.checks.course import Course, read_course
from mcplan.finding import Finding, Severity
from mcplan.known import Known
from mcplan.numbers import count
from mcplan.views.pointers import Pointer, point_to
from mcplan.views.verdict import Sign
from questionnaire.numbers import write_number

SIGNS: dict[Severity, Sign] = {
    "error": Sign(WEIGHTS["error"], ":material/block:", "red"),
    "warning": Sign(WEIGHTS["warning"], ":material/build:", "orange"),
    "note": Sign(WEIGHTS["note"], ":material/info:", "gray"),
}


@dataclass(frozen=True)
class Alignment:
    """One row of the table of what the badge lines up with."""

    what: str
    framework: str
    """With the code there."""
    url: str


@dataclass(frozen=True)
class BadgeView:
    """The badge, top to bottom as a wallet shows it, and what is missing from it."""

    name: str
    issuer: str
    description: str
    image: str
    """A web address; empty if there is none. It is never loaded here."""
    caption: str
    facts: str
    """Code, version, language, field and credits in one line."""
    tags: str
    criteria: tuple[Part, ...]
    results: tuple[str, ...]
    """What an assessor records, and what is required of it."""
    alignments: tuple[Alignment, ...]
    message: str
    """How far the metadata is, in a sentence."""
    missing: tuple[tuple[Sign, tuple[Pointer, ...]], ...]
    """By how much it matters, worst first."""
    start: Pointer | None
    """Where to begin while nothing of the badge is known; None once something is."""
    document: str
    """The draft as JSON."""


def view_badge(known: Known) -> BadgeView:
    """What the badge screen shows."""
    course, draft = read_course(known), write_achievement(known)
    findings = check_achievement(known, draft)
    image, creator = draft.get("image", {}), draft.get("creator", {})
    criteria = compose_criteria(known, course)
    return BadgeView(
        name=draft.get("name", ""),
        issuer=creator.get("name", creator.get("url", "")),
        description=draft.get("description", ""),
        image=image.get("id", ""),
        caption=image.get("caption", ""),
        facts=" · ".join(_facts(draft)),
        tags=", ".join(draft.get("tag", ())),
        criteria=criteria,
        results=tuple(_results(known, course)),
        alignments=tuple(_alignment(each) for each in draft.get("alignment", ())),
        message=_message(findings),
        missing=tuple(_missing(known, findings)),
        start=None if criteria else point_to(known.questionnaire, "design.outcomes"),
        document=write_document(draft),
    )


def _facts(draft: Achievement) -> list[str]:
    named = (("", "humanCode"), ("version ", "version"), ("language ", "inLanguage"), ("", "fieldOfStudy"))
    found = [f"{word}{draft[field]}" for word, field in named if field in draft]
    credits = draft.get("creditsAvailable")
    return [*found, f"{write_number(credits)} {'credit' if credits == 1 else 'credits'}"] if credits else found


def _results(known: Known, course: Course) -> list[str]:
    found = [f"Overall result: {write_number(course.pass_mark)} % required"] if course.pass_mark is not None else []
    for rubric in rubrics(known, course):
        name = rubric.assessment.title or rubric.assessment.name
        levels = count(len(rubric.levels), "level")
        required = f", “{rubric.passing.name}” or better required" if rubric.passing else ""
        found.append(f"{name}: a rubric with {levels}{required}")
    return found


def _alignment(entry: Achievement) -> Alignment:
    framework = f"{entry.get('targetFramework', '')} {entry.get('targetCode', '')}".strip()
    return Alignment(entry["targetName"], framework, entry["targetUrl"])


def _message(findings: tuple[Finding, ...]) -> str:
    if not is_sound(findings):
        missing = count(sum(each.is_blocker for each in findings), "thing")
        return f"The standard requires {missing} that the plan does not say yet."
    if findings:
        return (
            f"All that the standard requires is there; {count(len(findings), 'point')} would make the badge say more."
        )
    return "The metadata is complete: nothing that a reader of the badge looks for is missing."


def _missing(known: Known, findings: tuple[Finding, ...]) -> Iterator[tuple[Sign, tuple[Pointer, ...]]]:
    for severity, alike in groupby(findings, key=lambda finding: finding.severity):
        yield SIGNS[severity], tuple(point_to(known.questionnaire, each.question_id, each.says) for each in alike)
