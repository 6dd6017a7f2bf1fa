"""The flagged risks as a screen shows them, worst first."""

from __future__ import annotations

from dataclasses import dataclass

from mcplan.numbers import count
from mcplan.risk import BANDS, Risk
from mcplan.views.verdict import BANDS as SIGNS
from mcplan.views.verdict import Sign
from questionnaire.model import CATEGORIES, GATES, Gate, Questionnaire


@dataclass(frozen=True)
class RiskView:
    """One risk with the way to its question."""

    sign: Sign
    says: str
    facts: str
    """Category, likelihood and impact, gate and owner in one line."""
    phase_id: str
    question_id: str
    question: str


@dataclass(frozen=True)
class BandView:
    """The risks of one band."""

    sign: Sign
    title: str
    risks: tuple[RiskView, ...]


@dataclass(frozen=True)
class RisksView:
    """All flagged risks up to a gate."""

    message: str
    bands: tuple[BandView, ...]
    counts: tuple[tuple[str, int], ...]
    """Band and number, worst first, empty bands included."""


def view_risks(questionnaire: Questionnaire, risks: tuple[Risk, ...], gate: Gate) -> RisksView:
    """What the risk screen shows for the gates up to and including `gate`."""
    due = [risk for risk in risks if risk.gate <= gate]
    bands = tuple(
        BandView(SIGNS[band], f"{band} ({len(found)})", tuple(_risk(questionnaire, risk) for risk in found))
        for band in BANDS
        if (found := [risk for risk in due if risk.band == band])
    )
    critical = sum(risk.rule == "UNOWNED-CRITICAL" for risk in due)
    gaps = len(due) - critical
    message = (
        f"{count(gaps, 'risk').capitalize()} from open points, {count(critical, 'critical question')} without an owner"
        if due
        else "No risk is flagged up to this gate"
    )
    return RisksView(message, bands, tuple((band, sum(risk.band == band for risk in due)) for band in BANDS))


def _risk(questionnaire: Questionnaire, risk: Risk) -> RiskView:
    question = questionnaire.question(risk.question_id) if questionnaire.has(risk.question_id) else None
    facts = (
        f"{CATEGORIES[risk.category]} · likelihood {risk.likelihood} of 5, impact {risk.impact} of 5 · "
        f"from {GATES[risk.gate].lower()} on · {risk.owner or 'no owner'}"
    )
    return RiskView(
        sign=SIGNS[risk.band],
        says=risk.sentence,
        facts=facts,
        phase_id=questionnaire.phase_of(question).id if question else "",
        question_id=risk.question_id,
        question=f"{question.code} {question.ask}" if question else "",
    )
