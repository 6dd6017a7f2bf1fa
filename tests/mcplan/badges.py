"""A plan of which everything is known that stands in a badge or on its one-page summary."""

from __future__ import annotations

from datetime import date
from typing import Any

from mcplan.known import Known
from tests.mcplan.designs import known_by_id

PLAN_ID = "0b6f2c1e6a0d4c579d0e5f2f6c3a7d11"
URN = "urn:uuid:0b6f2c1e-6a0d-4c57-9d0e-5f2f6c3a7d11"
PROFILE = "Northlake profile"
FACTS: dict[str, Any] = {
    "id": PLAN_ID,
    "title": "Heat pump commissioning",
    "institution": "Larkfield College",
    "summary": "Earners can size, commission and fault-find an air-source heat pump for a cold-climate dwelling.",
    "start": date(2027, 5, 3),
}
OUTCOMES = [
    {
        "id": "lo1", "name": "LO1", "text": "Calculate the heating load of a dwelling to within 10 %.",
        "level": "apply", "framework": PROFILE, "code": "HP-2.1", "url": "https://example.org/hp/2.1",
    },
    {
        "id": "lo2", "name": "LO2", "text": "Commission an air-source heat pump by the maker's procedure",
        "level": "apply", "framework": PROFILE, "code": "HP-3.4", "url": "https://example.org/hp/3.4",
    },
]  # fmt: skip
ASSESSMENTS = [
    {
        "id": "a1", "name": "A1", "title": "Load calculation", "outcomes": ["lo1"], "type": "marked-assignment",
        "summative": "yes", "weight": 40.0, "supervision": "unsupervised-no-id", "attempts": 2.0,
    },
    {
        "id": "a2", "name": "A2", "title": "Commissioning practical", "outcomes": ["lo2"],
        "type": "practical-assessment", "summative": "yes", "weight": 60.0, "minimum": 60.0,
        "supervision": "supervised-onsite-id", "attempts": 2.0,
    },
]  # fmt: skip
RUBRIC = [
    {"id": "l3", "level": "Meets the standard", "assessment": "a2", "rank": 3.0, "points": 2.5, "passes": "yes"},
    {"id": "l1", "level": "Not yet safe", "assessment": "a2", "rank": 1.0, "describes": "To be redone", "passes": "no"},
    {"id": "l4", "level": "Exceeds", "assessment": "a2", "rank": 4.0, "passes": "yes"},
]


def picked(*ids: str, other: str = "") -> dict[str, Any]:
    """A pick as it is stored."""
    return {"picks": list(ids), "other": other}


FULL: dict[str, Any] = {
    "credential.keywords": "heat pump, Commissioning; heat pump",
    "credential.code": "BSE-HP-02",
    "credential.version": "0.3.0",
    "credential.languages": picked("en", "fr"),
    "credential.country": picked("ca"),
    "credential.region": "Ontario",
    "credential.issuer-url": "https://example.org/larkfield",
    "credential.workload": 48.0,
    "credential.duration": 8.0,
    "credential.mode": picked("blended"),
    "credential.level-framework": picked("eqf"),
    "credential.level": picked("5"),
    "credential.entry": "A refrigeration licence",
    "credential.expires": "yes",
    "credential.validity": 36.0,
    "credential.renewal": picked("reassessment"),
    "credential.credit-system": picked("ects"),
    "credential.credit": 2.0,
    "credential.codes": [
        {"id": "c1", "scheme": "isced-f", "code": "0713", "label": "Electricity and energy"},
        {"id": "c2", "scheme": "noc", "code": "72402", "label": "Heating mechanics"},
    ],
    "design.outcomes": OUTCOMES,
    "design.assessments": ASSESSMENTS,
    "design.rubric": RUBRIC,
    "design.pass-mark": 75.0,
    "design.prior-learning": picked("same-assessment"),
    "design.badge-image": "https://example.org/badges/heat-pump.png",
    "design.badge-alt": "A shield with a snowflake",
}


def full(**plan: Any) -> Known:
    """The plan with all of it; words change its facts."""
    return known_by_id(FULL, **FACTS | plan)


def changed(changes: dict[str, Any], **plan: Any) -> Known:
    """The same with some answers changed; None takes one away."""
    return known_by_id(FULL | changes, **FACTS | plan)


def minimal() -> Known:
    """The least that a valid draft needs."""
    outcomes = [{"id": "lo1", "name": "LO1", "text": "Rig an uneven load"}]
    return known_by_id({"design.outcomes": outcomes}, title="Rigging", summary="Earners can rig a load.")
