"""Where in the product the codes are at home that no question asks for: screens, checks and figures.

Every code of `codes.toml` stands under `sources` of a question, or here; a test fails for one that has no home.
"""

from __future__ import annotations

HOMES: dict[str, tuple[str, ...]] = {
    "L0.1": ("Calendar screen: seven stages on a dated line",),
    "L1.7": ("Summary screen: one page and a pitch, composed from the answers",),
    "L2.5": ("Team on the overview, and the finding ROLE-OPEN",),
    "L5.1": ("Launch check: content reviewed, assessment known to measure", "Finding LAUNCH-UNCHECKED"),
    "S1": ("Alignment screen: findings LO1 to LO11",),
    "S2": ("Alignment screen: findings CA1 to CA14",),
    "E0.1": ("Findings VOLUME and ST4: 1 to 100 hours",),
    "E0.2": ("Open Badges draft: small unit, trusted issuer, digital artefact", "Finding BADGE-PLATFORM-MISSING"),
    "E1.1": ("Ecosystem screen: what is covered, thin or missing",),
    "E3.1": ("Pathway screen: the graph, and findings ST1 to ST10",),
    "E3.3": ("Skills screen: skills across all plans, gaps and overlaps",),
    "E3.6": ("Alignment screen: matrix of outcomes, assessments and activities",),
    "E6.5": ("Open Badges draft: preview, and what is missing in it",),
    "E7.3": ("Ecosystem screen: the ten recap points, filled from the answers",),
}
"""In words, by code."""

PLAN_FACTS: dict[str, str] = {
    "F01": "title",
    "F02": "summary",
    "F03": "institution",
    "F04": "unit",
    "F07": "start",
}
"""Board fields that a fact of the plan itself answers (`mcplan.facts`), by the field of `Plan`."""

RULE_FIELDS: dict[str, str] = {"F48": "Risks screen and the register of the dossier"}
"""Board fields that the software answers by itself."""
