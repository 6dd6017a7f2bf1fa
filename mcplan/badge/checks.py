"""Is the badge's metadata ready? What is wrong with a draft Achievement, and what readers of it will miss.

What the standard requires is an error; what makes a badge useful to an employer or a registry is a warning
or a note. A sound draft is ready to be taken over by an issuing platform, no more: nobody has certified it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mcplan.badge.achievement import (
    CAPTION,
    IMAGE,
    ISSUER,
    KEYWORDS,
    LANGUAGES,
    VERSION,
    Achievement,
    carries_credit,
)
from mcplan.badge.alignments import CODES, COUNTRY, occupations
from mcplan.badge.criteria import OWN_WORDS as CRITERIA
from mcplan.badge.escape import unescape
from mcplan.badge.names import is_web_address
from mcplan.badge.results import RUBRIC, Rubric, rubrics
from mcplan.badge.shape import Fault, find_faults
from mcplan.checks.course import OUTCOMES, Course, Outcome, read_course
from mcplan.checks.credential import MOST_DESCRIPTION
from mcplan.finding import SEVERITIES, Finding, Severity
from mcplan.known import Known

WEIGHTS: dict[Severity, str] = {"error": "Not valid without it", "warning": "Worth mending", "note": "Advice"}
"""How much a finding matters for a badge; nothing of it stops a gate."""
ON_OVERVIEW = " It stands on the overview."


def check_achievement(known: Known, achievement: Achievement) -> tuple[Finding, ...]:
    """What keeps a draft of the plan from being ready, worst first."""
    course = read_course(known)
    found = (
        *(_fault(each) for each in find_faults(achievement)),
        *_links(achievement),
        *_description(achievement),
        *_named(course, achievement),
        *_aligned(known, course),
        *_graded(known, course),
        *_wanted(known, achievement),
    )
    order = list(SEVERITIES)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def is_sound(findings: tuple[Finding, ...]) -> bool:
    """True if nothing in the findings breaks the standard."""
    return not any(finding.severity == "error" for finding in findings)


def _fault(fault: Fault) -> Finding:
    field = fault.where.split(".")[0].split(" ")[0]
    if field in REQUIRED and fault.where == field:
        says, question = REQUIRED[field]
        return Finding("BADGE-REQUIRED", "error", says, "G2", question)
    says = f"The field “{fault.where}” {fault.says}."
    return Finding("BADGE-FORM", "error", says, "G2", MENDED.get(field, ""))


def _links(achievement: Achievement) -> Iterator[Finding]:
    seen: set[str] = set()
    for result in _dicts(achievement.get("resultDescription")):
        levels = [str(level.get("id")) for level in _dicts(result.get("rubricCriterionLevel"))]
        for id in (str(result.get("id")), *levels):
            if id in seen:
                says = f"The id {id} stands twice, so nobody can tell which result is meant."
                yield Finding("BADGE-LINK", "error", says, "G2", RUBRIC)
            seen.add(id)
        required = result.get("requiredLevel")
        if required is not None and required not in levels:
            says = f"“{result.get('name')}” asks for a level that is not in its rubric."
            yield Finding("BADGE-LINK", "error", says, "G2", RUBRIC)


def _description(achievement: Achievement) -> Iterator[Finding]:
    words = len(str(achievement.get("description", "")).split())
    if words > MOST_DESCRIPTION:
        says = f"The description takes {words} words; a badge gives it {MOST_DESCRIPTION}. Shorten it.{ON_OVERVIEW}"
        yield Finding("BADGE-DESCRIPTION", "warning", says, "G2")


def _named(course: Course, achievement: Achievement) -> Iterator[Finding]:
    criteria = achievement.get("criteria")
    narrative = _plain(unescape(str(criteria.get("narrative", "")))) if isinstance(criteria, dict) else ""
    for outcome in course.outcomes if narrative else ():
        if not any(_is_in(words, narrative) for words in (outcome.text, outcome.name)):
            says = f"The criteria do not name {outcome.name}. A reader has to see what every earner has shown."
            yield Finding("BADGE-OUTCOME", "warning", says, "G2", CRITERIA, outcome.id)


def _aligned(known: Known, course: Course) -> Iterator[Finding]:
    for outcome in course.outcomes:
        if says := _unaligned(outcome):
            yield Finding("BADGE-ALIGNMENT", "warning", says, "G2", OUTCOMES, outcome.id)
    for each in occupations(known):
        if not each.url:
            says = f"“{each.name}” is left out: say in which country you are, as two of them have a {each.scheme}."
            yield Finding("BADGE-ALIGNMENT", "note", says, "G2", COUNTRY, each.row_id)


def _unaligned(outcome: Outcome) -> str:
    if not outcome.framework:
        return f"{outcome.name} names no framework, so software cannot match it with a job or another award."
    if not is_web_address(outcome.url):
        return f"{outcome.name} names a framework without a web address for its entry; a badge can only point there."
    return ""


def _graded(known: Known, course: Course) -> Iterator[Finding]:
    if course.pass_mark is None:
        says = "No pass mark is set, so the badge cannot say which result was required."
        yield Finding("BADGE-RESULT", "warning", says, "G2", "design.pass-mark")
    for rubric in rubrics(known, course):
        if says := _unclear(rubric):
            yield Finding("BADGE-RUBRIC", "warning", says, "G2", RUBRIC, rubric.levels[0].id)


def _unclear(rubric: Rubric) -> str:
    if rubric.passing is None:
        return f"No level of {rubric.assessment.name} is good enough to pass, so the badge cannot say what is required."
    above = rubric.levels[rubric.levels.index(rubric.passing) :]
    failing = next((level for level in above if level.is_yes("passes") is False), None)
    return f"In {rubric.assessment.name}, {failing.name} is above {rubric.passing.name} and fails." if failing else ""


def _wanted(known: Known, achievement: Achievement) -> Iterator[Finding]:
    for field, severity, says, question in WANTED:
        if _lacks(achievement, field):
            yield Finding("BADGE-MISSING", severity, says, "G2", question)
    for question, what in () if known.text(CRITERIA) else NARRATED:
        if not known.has(question):
            yield Finding("BADGE-MISSING", "note", f"The criteria cannot tell the {what} yet.", "G2", question)
    if carries_credit(known) and "creditsAvailable" not in achievement:
        says = "It carries credit, and the plan does not say how much."
        yield Finding("BADGE-MISSING", "warning", says, "G2", "credential.credit")
    language = str(achievement.get("inLanguage", "en"))
    if language.split("-")[0] != "en" and not known.text(CRITERIA):
        says = (
            "The criteria are composed in English, and it is taught in another language. Write them in your own words."
        )
        yield Finding("BADGE-LANGUAGE", "warning", says, "G2", CRITERIA)


def _lacks(achievement: Achievement, path: str) -> bool:
    head, *fields = path.split(".")
    if head not in achievement:
        # A part that is missing as a whole is said once, at its head.
        return not fields
    value: Any = achievement[head]
    for field in fields:
        value = value.get(field) if isinstance(value, dict) else None
    return value is None


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _is_in(words: str, narrative: str) -> bool:
    wanted = _plain(words).rstrip(".")
    # LO1 is not named where LO10 is.
    return bool(wanted) and bool(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", narrative))


REQUIRED: dict[str, tuple[str, str]] = {
    "name": (f"The badge has no name: give the plan a title.{ON_OVERVIEW}", ""),
    "description": (f"The badge has no description: say in a few sentences what an earner can do.{ON_OVERVIEW}", ""),
    "criteria": ("Nothing says how the badge is earned: fill in the outcomes, or say it in your own words.", OUTCOMES),
}
"""What the standard requires and a plan may lack: what to say, and the question to mend it at."""
MENDED = {
    "criteria": CRITERIA,
    "image": IMAGE,
    "creator": ISSUER,
    "creditsAvailable": "credential.credit",
    "alignment": OUTCOMES,
    "resultDescription": RUBRIC,
    "inLanguage": LANGUAGES,
    "version": VERSION,
    "humanCode": "credential.code",
    "fieldOfStudy": CODES,
    "tag": KEYWORDS,
}
"""Where a field of the draft comes from."""
WANTED: tuple[tuple[str, Severity, str, str], ...] = (
    ("image", "warning", "There is no image, or its web address is not whole: a wallet shows an empty place.", IMAGE),
    ("image.caption", "warning", "The image has no words for those who cannot see it.", CAPTION),
    ("creator", "warning", f"Nobody is named who awards it.{ON_OVERVIEW}", ""),
    ("creator.name", "warning", f"The awarding body has no name.{ON_OVERVIEW}", ""),
    (
        "creator.url",
        "warning",
        "The awarding body has no web address, so nobody can look up who vouches for it.",
        ISSUER,
    ),
    ("creator.address.addressCountry", "note", "The country of the awarding body is not said.", COUNTRY),
    ("inLanguage", "note", "The language is not said, or is one without a code in the list.", LANGUAGES),
    ("fieldOfStudy", "note", "No field of study is named, so registers cannot file it.", CODES),
    ("humanCode", "note", "It has no code in a catalogue yet.", "credential.code"),
    ("version", "note", "No version is named, so two drafts look alike.", VERSION),
    ("tag", "note", "There are no keywords to find it by.", KEYWORDS),
)
"""What makes a badge useful, in the order in which people look for it: field, how much it matters, what to say."""
NARRATED = (
    ("credential.workload", "hours it takes"),
    ("credential.entry", "conditions of entry"),
    ("credential.expires", "time for which it counts"),
)
"""What has no field of its own and stands in the criteria."""
