"""The risks as a screen shows them: how many stand where, and each with what is done about it, worst first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mcplan.actions import ACTIONS
from mcplan.finding import Finding
from mcplan.known import Known
from mcplan.maps.days import say_day
from mcplan.numbers import count
from mcplan.register import RISKS
from mcplan.risk import BANDS, Band, Risk, Status, band_of
from mcplan.text import shorten
from mcplan.views.table import Table
from mcplan.views.verdict import BANDS as SIGNS
from mcplan.views.verdict import Sign
from questionnaire.model import CATEGORIES, GATES, Gate, Questionnaire

ShowRisks = Literal["live", "accepted", "closed", "all"]
SHOWS: dict[ShowRisks, str] = {"live": "Open", "accepted": "Accepted", "closed": "Closed", "all": "All"}
"""What the list can show, with the words on the switch."""
STATES: dict[Status, str] = {
    "open": "open",
    "treating": "being treated",
    "accepted": "accepted",
    "closed": "closed",
}
RESPONSES = {"avoid": "Avoid", "reduce": "Reduce", "share": "Share", "accept": "Accept"}
EVENT = 160
"""Characters of a finding that stand for what may happen."""
ANYBODY, NOBODY = "", "-"
"""The choices of the owner filter beside names."""


@dataclass(frozen=True)
class Heat:
    """How many risks stand at each likelihood and impact."""

    title: str
    cells: tuple[tuple[int, int, int, Band], ...]
    """Likelihood, impact, how many, and the band of the place; all 25."""
    says: str
    """The picture in words."""

    @property
    def table(self) -> Table:
        """The same numbers as a table, the likeliest first."""
        many = {(likelihood, impact): number for likelihood, impact, number, _ in self.cells}
        scale = range(1, 6)
        rows = (
            (f"Likelihood {likely}", *(str(many[likely, impact]) for impact in scale)) for likely in reversed(scale)
        )
        return Table(self.title, ("", *(f"Impact {impact}" for impact in scale)), tuple(rows))


@dataclass(frozen=True)
class RiskView:
    """One risk with the way to its question or row, and what is done about it."""

    id: str
    sign: Sign
    says: str
    facts: str
    """Category, likelihood and impact, gate and owner in one line."""
    treatment: str
    """State, answer, action and day; empty if nothing is done."""
    phase_id: str
    question_id: str
    question: str
    row_id: str
    """Its row in the register; empty if it has none, and one can be made."""


@dataclass(frozen=True)
class BandView:
    """The risks of one band."""

    sign: Sign
    title: str
    risks: tuple[RiskView, ...]


@dataclass(frozen=True)
class RisksView:
    """The risks up to a gate, as the filters let them through."""

    message: str
    heat: Heat
    bands: tuple[BandView, ...]
    counts: tuple[tuple[str, int], ...]
    """Band and number, worst first, empty bands included."""
    owners: tuple[str, ...]
    """Who owns a risk, to choose from."""


@dataclass(frozen=True)
class Filters:
    """What somebody wants to see."""

    gate: Gate
    show: ShowRisks = "live"
    category: str = ""
    """A key of `CATEGORIES`; empty for all."""
    owner: str = ANYBODY
    """A name, or ANYBODY or NOBODY."""
    band: str = ""
    """One of `BANDS`; empty for all."""
    after: bool = False
    """True to look at likelihood and impact once the actions are done."""


def view_risks(questionnaire: Questionnaire, risks: Sequence[Risk], filters: Filters) -> RisksView:
    """What the screen of risks shows."""
    due = [risk for risk in risks if risk.gate <= filters.gate]
    shown = [risk for risk in due if _fits(risk, filters)]
    banded = {band: sorted(_in_band(shown, band, after=filters.after), key=_by_day) for band in BANDS}
    bands = tuple(
        BandView(SIGNS[band], f"{band} ({len(found)})", tuple(_risk(questionnaire, risk) for risk in found))
        for band, found in banded.items()
        if found
    )
    return RisksView(
        _message([risk for risk in due if risk.is_live]),
        _heat(shown, after=filters.after),
        bands,
        tuple((band, len(found)) for band, found in banded.items()),
        tuple(sorted({risk.owner for risk in due if risk.owner})),
    )


def row_for(risk: Risk, row_id: str) -> dict[str, object]:
    """A row of the register that treats a risk a rule raises, to begin with."""
    return {
        "id": row_id,
        "event": _capital(risk.event),
        "cause": risk.cause,
        "consequence": risk.consequence,
        "raised": risk.id,
        "category": risk.category,
        "gate": risk.gate,
        "likelihood": str(risk.likelihood),
        "impact": str(risk.impact),
        "owner": risk.owner,
        "status": "open",
    }


def raisable(findings: Iterable[Finding], known: Known) -> list[Finding]:
    """The findings of which a risk can be made: none about the register or the actions, none that is in already."""
    if not known.questionnaire.has(RISKS):
        return []
    there = {(row.text("raised"), row.name) for row in known.rows(RISKS)}
    return [
        each for each in findings if each.question_id not in (RISKS, ACTIONS) and (each.rule, _event(each)) not in there
    ]


def row_of_finding(finding: Finding, row_id: str) -> dict[str, object]:
    """A row of the register that says what a rule has found, to begin with; how likely and how bad, people say."""
    return {"id": row_id, "event": _event(finding), "raised": finding.rule, "gate": finding.gate, "status": "open"}


def _event(finding: Finding) -> str:
    return shorten(finding.says, EVENT).rstrip(".")


def _fits(risk: Risk, filters: Filters) -> bool:
    state = {"live": risk.is_live, "all": True}.get(filters.show, risk.status == filters.show)
    kind = filters.category in ("", risk.category)
    return (
        state
        and kind
        and filters.owner in (ANYBODY, risk.owner or NOBODY)
        and filters.band in ("", _band(risk, filters))
    )


def _band(risk: Risk, filters: Filters) -> Band:
    return band_of(*risk.after) if filters.after else risk.band


def _in_band(risks: Iterable[Risk], band: Band, *, after: bool) -> list[Risk]:
    return [risk for risk in risks if (band_of(*risk.after) if after else risk.band) == band]


def _by_day(risk: Risk) -> tuple[bool, date]:
    return risk.due is None, risk.due or date.max


def _message(live: Sequence[Risk]) -> str:
    if not live:
        return "No risk is open up to this gate"
    gaps = sum(risk.is_gap for risk in live)
    own = len(live) - gaps
    bare = sum(risk.band in ("Extreme", "High") and not risk.action for risk in live if not risk.is_gap)
    words = f"{count(gaps, 'risk').capitalize()} from open points, {own} in the register"
    return f"{words}, {count(bare, 'high one')} of these without an action" if bare else words


def _heat(risks: Sequence[Risk], *, after: bool) -> Heat:
    places = [risk.after if after else (risk.likelihood, risk.impact) for risk in risks]
    cells = tuple(
        (likelihood, impact, places.count((likelihood, impact)), band_of(likelihood, impact))
        for likelihood in range(1, 6)
        for impact in range(1, 6)
    )
    worst = sum(band_of(*place) == "Extreme" for place in places)
    high = sum(band_of(*place) == "High" for place in places)
    when = "once the actions are done" if after else "now"
    title = (
        f"{count(worst, 'extreme risk').capitalize()} and {count(high, 'high one')} {when}"
        if worst or high
        else f"No extreme or high risk {when}"
    )
    named = [
        f"{many} at likelihood {likely} and impact {bad} ({band.lower()})" for likely, bad, many, band in cells if many
    ]
    return Heat(title, cells, f"{title}. {'; '.join(named)}." if named else f"{title}.")


def _risk(questionnaire: Questionnaire, risk: Risk) -> RiskView:
    facts = (
        f"{CATEGORIES[risk.category]} · likelihood {risk.likelihood} of 5, impact {risk.impact} of 5 · "
        f"from {GATES[risk.gate].lower()} on · {risk.owner or 'no owner'}"
    )
    # A row that stands for itself leads to the register; one that treats a rule's risk leads to what the rule is about.
    question = questionnaire.question(risk.question_id) if questionnaire.has(risk.question_id) else None
    is_own = risk.question_id == RISKS
    return RiskView(
        id=risk.id,
        sign=SIGNS[risk.band],
        says=risk.sentence,
        facts=facts,
        treatment=_treatment(risk),
        phase_id=questionnaire.phase_of(question).id if question else "",
        question_id=risk.question_id,
        question="In the register" if is_own else f"{question.code} {question.ask}" if question else "",
        row_id=risk.row_id,
    )


def _treatment(risk: Risk) -> str:
    parts = [
        _capital(STATES[risk.status]) if risk.row_id else "",
        f"{RESPONSES[risk.response]}: {risk.action}" if risk.response and risk.action else risk.action,
        f"in place: {risk.controls}" if risk.controls else "",
        f"by {say_day(risk.due)}" if risk.due else "",
        f"then likelihood {risk.after[0]}, impact {risk.after[1]}"
        if risk.likelihood_after or risk.impact_after
        else "",
        f"accepted by {risk.accepted_by} until {say_day(risk.accepted_until)}: {risk.accepted_why}"
        if risk.status == "accepted" and risk.accepted_until
        else "",
    ]
    return " · ".join(part for part in parts if part)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
