"""What an institution owes others: access, agreements, rights, privacy, units whose work changes, an orderly end."""

from __future__ import annotations

from collections.abc import Iterator

from mcplan.finding import Finding, Severity
from mcplan.known import Known

ACCESSIBILITY, ACCOMMODATIONS = "operational.accessibility", "operational.accommodations"
AGREEMENTS, SIGN_OFFS, PRIVACY = "operational.agreements", "operational.sign-offs", "operational.privacy"
ACTIVITIES, ASSUMPTIONS, SUNSET = "design.activities", "operational.assumptions", "maintenance.sunset"
LAUNCH, SYSTEMS, INTERFACES = "delivery.launch-check", "operational.systems", "operational.interfaces"
SHIFT = 20
"""Percent of learners who come from another credential of the house from which its unit has to be asked."""


def check_duties(known: Known) -> Iterator[Finding]:
    """Duties that the plan names and does not meet yet."""
    for rule in RULES:
        yield from rule(known)


def _accessibility(known: Known) -> Iterator[Finding]:
    for row in known.rows(ACCESSIBILITY):
        if not (row.text("tested") and row.day("on")):
            says = f"{row.name}: nobody is named who tested it against the standard, and when."
            yield Finding("NO-ACCESSIBILITY-EVIDENCE", "warning", says, "G3", ACCESSIBILITY, row.id)


def _accommodations(known: Known) -> Iterator[Finding]:
    for row in known.rows(ACCOMMODATIONS):
        if not row.text("requested"):
            says = f"{row.name}: say how learners ask for it, and who answers."
            yield Finding("NO-ACCOMMODATION-PROCESS", "warning", says, "G2", ACCOMMODATIONS, row.id)


def _agreements(known: Known) -> Iterator[Finding]:
    for row in known.rows(AGREEMENTS):
        if row.is_yes("signed") is not True:
            says = f"{row.name} has signed nothing yet. Agree in writing before anything is built on it."
            yield Finding("PARTNER-NO-AGREEMENT", "warning", says, "G2", AGREEMENTS, row.id)


def _rights(known: Known) -> Iterator[Finding]:
    for row in known.rows(ACTIVITIES):
        if row.pick("source") in ("curate", "license") and not row.text("owner"):
            says = f"{row.name} uses material of others, and nobody says who holds the rights."
            yield Finding("IP-UNCLEAR", "warning", says, "G2", ACTIVITIES, row.id)
    for row in known.rows(AGREEMENTS):
        if not row.text("ip"):
            says = f"{row.name}: say who owns what is made together."
            yield Finding("IP-UNCLEAR", "note", says, "G2", AGREEMENTS, row.id)


def _privacy(known: Known) -> Iterator[Finding]:
    for row in known.rows(PRIVACY):
        if row.is_yes("public") and row.is_yes("consent") is not True:
            says = (
                f"{row.name} is made public, and the earner is not asked. Ask for consent, and let them take it back."
            )
            yield Finding("PRIVACY-EVIDENCE", "error", says, "G2", PRIVACY, row.id)


def _affected(known: Known) -> Iterator[Finding]:
    shift = next((row.number("value") for row in known.rows(ASSUMPTIONS) if row.id == "shift"), None)
    asked = next((row for row in known.rows(SIGN_OFFS) if row.id == "affected-programmes"), None)
    agreed = asked is not None and asked.pick("outcome") in ("agreed", "conditions")
    if shift and not agreed:
        severity: Severity = "warning" if shift > SHIFT else "note"
        says = f"{shift:.0f} % of learners would come from another credential of yours; its unit has not agreed yet."
        yield Finding("CANNIBALISATION", severity, says, "G2", SIGN_OFFS, "affected-programmes")


def _refused(known: Known) -> Iterator[Finding]:
    for row in known.rows(SIGN_OFFS):
        if row.pick("outcome") == "refused":
            says = f"{row.name} has refused. Settle it before the board learns of it from them."
            yield Finding("SIGN-OFF-REFUSED", "error", says, "G2", SIGN_OFFS, row.id)


def _sunset(known: Known) -> Iterator[Finding]:
    begun = known.rows("maintenance.review") or known.plan.gate == "G3"
    if known.asks(SUNSET) and begun and not known.rows(SUNSET):
        says = "Nothing says what would end this credential, and what becomes of its earners then."
        yield Finding("NO-SUNSET", "warning", says, "G3", SUNSET)


def _badge_platform(known: Known) -> Iterator[Finding]:
    systems = known.rows(SYSTEMS)
    issuing = [row for row in systems if row.pick("kind") == "issuance"]
    if systems and not any(row.pick("state") in ("in-use", "to-change") for row in issuing):
        says = "No system that issues the badge is in use. Settle which one, and who confirms it."
        yield Finding("BADGE-PLATFORM-MISSING", "warning", says, "G2", SYSTEMS, issuing[0].id if issuing else "")


def _revocation(known: Known) -> Iterator[Finding]:
    issues = known.pick("design.badge-standard") not in ("", "none")
    if issues and known.pick("design.verification") in ("", "none", "unknown"):
        says = "A badge is issued, and nothing says how it is checked and taken back."
        yield Finding("NO-REVOCATION", "warning", says, "G3", "design.verification")


def _interfaces(known: Known) -> Iterator[Finding]:
    for row in known.rows(INTERFACES):
        if row.pick("state") in ("planned", "unknown") and not row.text("confirmed"):
            says = f"{row.name} is not working yet, and nobody is named who confirms it."
            yield Finding("INTERFACE-UNCONFIRMED", "warning", says, "G3", INTERFACES, row.id)


def _launch(known: Known) -> Iterator[Finding]:
    for row in known.rows(LAUNCH):
        if row.is_yes("done") is False:
            yield Finding("LAUNCH-UNCHECKED", "warning", f"Before the launch: {row.name}.", "G3", LAUNCH, row.id)


RULES = (
    _accessibility,
    _accommodations,
    _agreements,
    _rights,
    _privacy,
    _affected,
    _refused,
    _sunset,
    _badge_platform,
    _revocation,
    _interfaces,
    _launch,
)
