"""Ten things to have before a micro-credential starts, filled from the answers of the plan (source: E7.3)."""

from __future__ import annotations

from dataclasses import dataclass

from mcplan.known import Known
from mcplan.maps.coverage import Coverage, Part, coverage_of, look_at

SYSTEMS = "operational.systems"


@dataclass(frozen=True)
class RecapPoint:
    """One of the ten."""

    title: str
    coverage: Coverage
    """Covered is done, thin is begun, missing is open."""
    parts: tuple[Part, ...]
    """The answers that speak for it."""


def recap(known: Known) -> tuple[RecapPoint, ...]:
    """The ten points in their order; one of which the questionnaire asks nothing is left out."""
    found = []
    for title, asked in POINTS.items():
        if any(map(known.questionnaire.has, asked)):
            parts = look_at(known, asked)
            if SYSTEMS in asked and known.asks(SYSTEMS):
                parts = (*parts, _issuing(known))
            found.append(RecapPoint(title, coverage_of(parts), parts))
    return tuple(found)


def _issuing(known: Known) -> Part:
    """That the system is chosen which issues the badges: bought, built or left to a service."""
    issuing = [row for row in known.rows(SYSTEMS) if row.pick("kind") == "issuance"]
    chosen = next((row for row in issuing if row.pick("make")), None)
    lacks = "none is named" if not issuing else "nobody has chosen whether to have, buy or build it"
    says = chosen.name if chosen else ""
    return Part(SYSTEMS, "the system that issues badges", bool(issuing), "" if chosen else lacks, says)


POINTS: dict[str, tuple[str, ...]] = {
    "The purpose is clear, and what each group gains": (
        "strategic.intent",
        "strategic.business-case",
        "strategic.value-proposition",
        "strategic.stakeholder-groups",
    ),
    "People inside are heard and kept in the picture": ("strategic.stakeholders", "operational.communication"),
    "The institution knows how ready it is": ("lifecycle.institution", "operational.readiness"),
    "There is one order of credentials, skills and quality": (
        "design.credentials",
        "design.pathway",
        "design.skills",
        "design.quality-principles",
    ),
    "The way of learner and earner is mapped": ("strategic.candidate-experience", "delivery.journey"),
    "Administration, policies and rules fit": ("operational.award-system", "operational.policies"),
    "The badge is designed, and so is the way it is issued": (
        "delivery.issuance",
        "design.badge-brief",
        "design.badge-standard",
    ),
    "Somebody decides, and somebody reports": ("operational.decision-rights", "maintenance.metrics"),
    "Systems can carry it, and the one for badges is chosen": ("operational.systems", "operational.interfaces"),
    "Success is measured and looked back on": ("strategic.success", "maintenance.evaluation"),
}
"""What each point says when it is done, and the questions that speak for it."""
