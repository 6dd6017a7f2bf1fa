"""What the credential lines up with: outcomes with the entries of a framework, and occupations.

The standard wants an address for each; what has none is left out here and named by `mcplan.badge.checks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mcplan.badge.names import is_web_address
from mcplan.checks.course import Outcome
from mcplan.known import Known, Row

CODES, COUNTRY = "credential.codes", "credential.country"
FIELDS = {"isced-f": "ISCED-F", "cip": "CIP", "nzsced": "NZSCED"}
"""Schemes of fields of study, by option id."""
HOMES = {
    "noc": ("NOC", "https://noc.esdc.gc.ca/"),
    "esco": ("ESCO", "https://esco.ec.europa.eu/"),
    "isco": ("ISCO", "https://isco.ilo.org/"),
}
"""Schemes of occupations, by option id, with where each is published."""
SOC = {
    "us": ("SOC (United States)", "https://www.bls.gov/soc/"),
    "gb": (
        "SOC (United Kingdom)",
        "https://www.ons.gov.uk/methodology/classificationsandstandards/standardoccupationalclassificationsoc",
    ),
}
"""Two countries name their scheme alike; the country of the awarding body tells which is meant."""


@dataclass(frozen=True)
class Occupation:
    """An occupation that uses the skill, as a scheme names it."""

    row_id: str
    name: str
    code: str
    scheme: str
    url: str
    """Where the scheme, or its entry, is published; empty if that is not known."""


def align_outcomes(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """An alignment for each outcome that names a framework with an address, in order."""
    return [_outcome(each) for each in outcomes if each.framework and is_web_address(each.url)]


def align_occupations(known: Known) -> list[dict[str, Any]]:
    """An alignment for each occupation with an address, in order."""
    return [
        {
            "type": ["Alignment"],
            "targetName": each.name,
            "targetUrl": each.url,
            "targetFramework": each.scheme,
            "targetCode": each.code,
        }
        for each in occupations(known)
        if each.url
    ]


def occupations(known: Known) -> Iterator[Occupation]:
    """The occupations of a plan, in order; codes for fields of study and of schemes we do not know are none."""
    country = known.pick(COUNTRY)
    for row in known.rows(CODES):
        scheme = row.pick("scheme")
        name, url = SOC.get(country, ("SOC", "")) if scheme == "soc" else HOMES.get(scheme, ("", ""))
        if name and row.text("code"):
            yield _occupation(row, name, url)


def field_of_study(known: Known) -> str:
    """The first field of study with its code, such as Forestry (ISCED-F 0821); empty if there is none."""
    for row in known.rows(CODES):
        scheme, code, label = FIELDS.get(row.pick("scheme")), row.text("code"), row.text("label")
        if scheme and code:
            return f"{label} ({scheme} {code})" if label else f"{scheme} {code}"
    return ""


def _occupation(row: Row, scheme: str, url: str) -> Occupation:
    code = row.text("code")
    # ESCO's own codes are addresses.
    where = code if is_web_address(code) else url
    return Occupation(row.id, row.text("label") or f"{scheme} {code}", code, scheme, where)


def _outcome(outcome: Outcome) -> dict[str, Any]:
    found = {
        "type": ["Alignment"],
        "targetName": outcome.text or outcome.name,
        "targetUrl": outcome.url,
        "targetFramework": outcome.framework,
        "targetCode": outcome.code,
        "targetType": "CFItem",
    }
    return {name: value for name, value in found.items() if value}
