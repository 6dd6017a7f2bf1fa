"""A plan as a draft Achievement of Open Badges 3.0: only fields of the standard, and none that is not known.

Workload, level, supervision and validity have no field of their own there; they stand in the narrative
of the criteria, as the standard's own guide asks.
"""

from __future__ import annotations

import json
from typing import Any

from mcplan.badge.alignments import COUNTRY, align_occupations, align_outcomes, field_of_study
from mcplan.badge.criteria import compose_criteria, write_narrative
from mcplan.badge.names import CONTEXT, digits, is_web_address, part_urn, plan_urn
from mcplan.badge.results import describe_results
from mcplan.checks.course import Course, read_course
from mcplan.known import Known

KEYWORDS, VERSION, LANGUAGES = "credential.keywords", "credential.version", "credential.languages"
ISSUER, IMAGE, CAPTION = "credential.issuer-url", "design.badge-image", "design.badge-alt"
DRAFT = "-draft"
"""Ends the version of whatever nobody can earn yet."""
Achievement = dict[str, Any]


def write_achievement(known: Known) -> Achievement:
    """The draft Achievement of a plan; what the plan does not say is left out, never blank.

    The standard requires a name, a description and criteria: while one is missing, the draft is not valid,
    and `check_achievement` says so.

    Source:
        Open Badges 3.0, final release (1EdTech), class Achievement.
    """
    course = read_course(known)
    found: Achievement = {
        "@context": list(CONTEXT),
        "id": plan_urn(known.plan),
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": _line(known.plan.title),
        "description": known.plan.summary.strip(),
        "humanCode": _line(known.text("credential.code")),
        "version": _version(known),
        "inLanguage": _language(known),
        "fieldOfStudy": field_of_study(known),
        "criteria": _criteria(known, course),
        "image": _image(known),
        "creator": _creator(known),
        "creditsAvailable": _credits(known),
        "alignment": align_outcomes(course.outcomes) + align_occupations(known),
        "resultDescription": describe_results(known, course),
        "tag": tags(known),
    }
    return {name: value for name, value in found.items() if value not in ("", None, [], {})}


def write_document(achievement: Achievement) -> str:
    """The draft as the JSON that is handed over."""
    return json.dumps(achievement, ensure_ascii=False, indent=2) + "\n"


def carries_credit(known: Known) -> bool:
    """True if the plan names a system of credits."""
    return known.pick("credential.credit-system") not in ("", "none")


def tags(known: Known) -> list[str]:
    """The keywords, each once, and the hours."""
    words = (_line(word) for word in known.text(KEYWORDS).replace(";", ",").replace("\n", ",").split(","))
    hours = known.number("credential.workload")
    found: dict[str, str] = {}
    for word in (*words, f"{digits(hours)} hours" if hours else ""):
        found.setdefault(word.casefold(), word)
    return [word for word in found.values() if word]


def _version(known: Known) -> str:
    version = _line(known.text(VERSION))
    return f"{version}{DRAFT}" if version and not version.endswith(DRAFT) else version


def _language(known: Known) -> str:
    # “Another language” has no code.
    return next((pick for pick in known.picks(LANGUAGES) if pick != "other"), "")


def _criteria(known: Known, course: Course) -> dict[str, str]:
    narrative = write_narrative(compose_criteria(known, course))
    return {"narrative": narrative} if narrative else {}


def _image(known: Known) -> dict[str, str]:
    address, caption = known.text(IMAGE), _line(known.text(CAPTION))
    if not is_web_address(address):
        return {}
    return {"id": address, "type": "Image"} | ({"caption": caption} if caption else {})


def _creator(known: Known) -> Achievement:
    name, url = _line(known.plan.institution), known.text(ISSUER)
    url = url if is_web_address(url) else ""
    if not (name or url):
        return {}
    country, region = known.pick(COUNTRY), _line(known.text("credential.region"))
    address = {"addressCountry": "" if country == "other" else country.upper(), "addressRegion": region}
    found: Achievement = {
        # Without a web address the awarding body gets a local one, like the draft itself.
        "id": url or part_urn(known.plan, "issuer"),
        "type": ["Profile"],
        "name": name,
        "url": url,
        "address": {"type": ["Address"]} | _said(address) if any(address.values()) else {},
    }
    return _said(found)


def _credits(known: Known) -> int | float | None:
    credits = known.number("credential.credit") if carries_credit(known) else None
    if not credits:
        return None
    return int(credits) if credits == int(credits) else float(credits)


def _line(text: str) -> str:
    return " ".join(text.split())


def _said(found: Achievement) -> Achievement:
    return {name: value for name, value in found.items() if value}
