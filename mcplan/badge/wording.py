"""Picks of a plan as words inside a sentence: what the questionnaire offers as labels reads badly there."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mcplan.known import Known
from questionnaire.numbers import write_number

MODES = {
    "online": "online",
    "blended": "blended",
    "presential": "in person",
    "work-based": "at the workplace",
    "project-based": "in a project",
    "research-lab": "in a research laboratory",
}
TYPES = {
    "practical-assessment": "practical assessment",
    "project-work": "project",
    "portfolio": "portfolio",
    "artefact-assessment": "assessment of a finished piece of work",
    "written-examination": "written examination",
    "oral-examination": "oral examination",
    "quiz": "quiz",
    "marked-assignment": "marked assignment",
    "problem-based-learning": "problem-based task",
    "group-performance": "group performance",
    "continuous-evaluation": "continuous evaluation",
    "peer-assessment": "peer assessment",
    "peer-review": "peer review",
    "level-of-attendance": "record of attendance",
}
SUPERVISION = {
    "unsupervised-no-id": "unsupervised, identity not checked",
    "unsupervised-id": "unsupervised, identity checked",
    "supervised-online-id": "supervised online, identity checked",
    "supervised-onsite-id": "supervised on site, identity checked",
}
FRAMEWORKS = {"eqf": "EQF", "aqf": "AQF", "nzqcf": "NZQCF", "oqf": "OQF", "cqfw": "CQFW", "rqf": "RQF"}
RENEWALS = {
    "reassessment": "renewed by taking the assessment again",
    "practice-evidence": "renewed by showing evidence of recent practice",
    "update-module": "renewed by completing a short update",
    "fee-only": "renewed by paying a fee",
    "none": "then it has to be earned again",
}
PRIOR_LEARNING = {
    "same-assessment": "the same assessment, without the course",
    "portfolio": "a portfolio of evidence from work",
    "both": "the same assessment without the course, or a portfolio of evidence from work",
    "none": "none; everybody takes the course",
}


def level(known: Known) -> str:
    """The level in its framework, such as EQF level 5; empty if it is not known."""
    framework, number = known.pick("credential.level-framework"), known.pick("credential.level")
    name = known.other("credential.level-framework") if framework == "other" else FRAMEWORKS.get(framework, "")
    return f"{name} level {number}" if name and number else ""


def quantity(number: Decimal | None, one: str) -> str:
    """A number with its noun, such as 48 hours or 1 week; empty if there is none, or if it is 0."""
    return f"{write_number(number)} {one if number == 1 else one + 's'}" if number else ""


def joined(parts: Sequence[str], last: str = "and") -> str:
    """Parts as people say them: one; one and two; one, two and three."""
    parts = [part for part in parts if part]
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def sentence(text: str) -> str:
    """`text` on one line with a full stop at its end; empty stays empty."""
    line = " ".join(text.split()).rstrip(" ;,:")
    return line if not line or line[-1] in ".!?…。！？" else f"{line}."
