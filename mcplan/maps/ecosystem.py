"""The ecosystem map: eight parts of the world around a credential, and which of them the plan covers.

Sources: E1.1 (the parts), E7.1 (the institution's own rating of each).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mcplan.known import Known, Row
from mcplan.maps.coverage import Coverage, Part, coverage_of, look_at

INSTITUTION = "lifecycle.institution"
ASPECTS = {
    "appetite": "appetite for change",
    "culture": "culture",
    "resources": "resources",
    "infrastructure": "infrastructure",
}
"""What an institution rates in each part, by column, in words."""


@dataclass(frozen=True)
class Rating:
    """How ready the institution finds itself in one part."""

    aspects: Mapping[str, str]
    """Weak, partly or strong, by key of `ASPECTS`; what nobody rated is not there."""
    action: str
    """What is done about it."""

    @property
    def weak(self) -> tuple[str, ...]:
        """The aspects that are weak, in words."""
        return tuple(ASPECTS[id] for id, value in self.aspects.items() if value == "weak")

    @property
    def is_strong(self) -> bool:
        """True if something is rated, and all of it strong."""
        return bool(self.aspects) and set(self.aspects.values()) == {"strong"}


@dataclass(frozen=True)
class Component:
    """One part of the ecosystem."""

    id: str
    name: str
    about: str
    coverage: Coverage
    parts: tuple[Part, ...]
    """The answers that speak for it."""
    rating: Rating

    @property
    def is_overrated(self) -> bool:
        """True if the institution calls itself strong where the plan still says nothing."""
        return self.rating.is_strong and self.coverage == "missing"


def map_ecosystem(known: Known) -> tuple[Component, ...]:
    """The eight parts in their order. It looks at the whole plan, whatever gate comes next.

    A part of which the questionnaire asks nothing is left out.
    """
    rated = {row.id: row for row in known.rows(INSTITUTION)}
    return tuple(
        _component(known, id, rated.get(id))
        for id, (_, _, asked) in COMPONENTS.items()
        if any(map(known.questionnaire.has, asked))
    )


def _component(known: Known, id: str, row: Row | None) -> Component:
    name, about, asked = COMPONENTS[id]
    parts = look_at(known, asked)
    aspects = {aspect: value for aspect in ASPECTS if row and (value := row.pick(aspect))}
    return Component(id, name, about, coverage_of(parts), parts, Rating(aspects, row.text("action") if row else ""))


COMPONENTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "players": (
        "Players",
        "learners, employers, staff",
        (
            "strategic.candidates",
            "strategic.stakeholders",
            "strategic.stakeholder-groups",
            "strategic.endorsements",
            "operational.key-people",
            "operational.staffing",
        ),
    ),
    "product": (
        "Product",
        "the credential, and how it fits in",
        (
            "design.skills",
            "design.outcomes",
            "design.credentials",
            "design.pathway",
            "credential.mode",
            "credential.intakes",
        ),
    ),
    "quality": (
        "Quality",
        "who assures it, and how",
        ("credential.quality", "design.assessments", "design.quality-principles", "maintenance.review"),
    ),
    "experience": (
        "Experience",
        "the way of learner and earner",
        ("strategic.candidate-experience", "delivery.journey", "delivery.support", "operational.accommodations"),
    ),
    "technology": (
        "Technology",
        "systems, and what joins them",
        (
            "operational.learning-platform",
            "operational.systems",
            "operational.interfaces",
            "delivery.platforms",
            "delivery.integration",
        ),
    ),
    "issuance": (
        "Issuance",
        "how badges are made and released",
        (
            "operational.award-system",
            "delivery.issuance",
            "design.badge-brief",
            "design.badge-standard",
            "design.verification",
        ),
    ),
    "governance": (
        "Governance",
        "who decides and answers for it",
        ("operational.decision-rights", "operational.sign-offs", "credential.approvals", "maintenance.metrics"),
    ),
    "business-rules": (
        "Business rules",
        "policies, prices, agreements",
        ("operational.policies", "operational.prices", "operational.privacy", "operational.agreements"),
    ),
}
"""By id of the row in `lifecycle.institution`: name, what belongs to it, and the questions that speak for it."""
