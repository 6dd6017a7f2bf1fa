"""The portfolio as people read it: the table of plans, the heat map, a few side by side, and the meetings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from mcplan.maps.days import far_off, how_late, say_day
from mcplan.numbers import count, percent, span
from mcplan.plan import Plan
from mcplan.portfolio import Case, PortfolioPage, PortfolioPlan
from mcplan.readiness import Readiness
from mcplan.risk import Risk
from mcplan.views.plans import ago
from mcplan.views.table import Cell, Table
from mcplan.views.verdict import SIGNS, Sign, sign_of, sign_of_colour
from questionnaire.model import GATES, Questionnaire

TOP = 3
"""Risks that are named of a plan."""
NONE = "–"


@dataclass(frozen=True)
class PortfolioLine:
    """One plan in the table."""

    id: str
    title: str
    institution: str
    gate: str
    sign: Sign
    readiness: str
    """Floor and ceiling."""
    stops: str
    meeting: str
    changed: str


@dataclass(frozen=True)
class HeatCell:
    """One phase of one plan."""

    plan: str
    """Its title, made one of a kind among the plans shown."""
    phase: str
    says: str
    """The floor as a whole number; a dash if nothing is asked."""
    verdict: str
    """In words."""


@dataclass(frozen=True)
class PortfolioView:
    """A page of the portfolio."""

    message: str
    lines: tuple[PortfolioLine, ...]
    number: int
    pages: int
    heat: tuple[HeatCell, ...]
    heat_says: str
    heat_table: Table


@dataclass(frozen=True)
class CaseCard:
    """A plan that waits for its board."""

    plan_id: str
    version_id: str
    title: str
    ask: str
    version: str
    sign: Sign | None
    """None if the version cannot be read; then `problem` says why."""
    facts: str
    risks: tuple[str, ...]
    changes: str
    """How much has changed since the version was frozen."""
    changed: tuple[str, ...]
    """What: the first few questions and facts by name, in walking order."""
    problem: str


@dataclass(frozen=True)
class Meeting:
    """The plans that are up for decision on a day."""

    heading: str
    cards: tuple[CaseCard, ...]


def view_portfolio(questionnaire: Questionnaire, page: PortfolioPage, most: int, now: datetime) -> PortfolioView:
    """A page of the portfolio; `most` is how many plans stand on one."""
    first = (page.number - 1) * most + 1
    shown = f"; here are {first} to {first + len(page.plans) - 1}" if page.total > len(page.plans) else ""
    message = f"{count(page.total, 'plan').capitalize()}{shown}." if page.total else ""
    lines = tuple(_line(each, now) for each in page.plans)
    heat = tuple(_heat(questionnaire, page.plans))
    says = _heat_says(questionnaire, page.plans)
    pages = max(1, -(-page.total // most))
    return PortfolioView(message, lines, page.number, pages, heat, says, _heat_table(questionnaire, heat, says))


def view_side_by_side(questionnaire: Questionnaire, plans: Sequence[tuple[Plan, Readiness, Sequence[Risk]]]) -> Table:
    """Plans in columns: verdict, readiness, stops and top risks, then each phase; each plan at its own gate."""
    scores = [(readiness.gate, readiness.whole) for _, readiness, _ in plans]
    rows: list[tuple[Cell, ...]] = [
        ("Gate", *(f"{gate} {GATES[gate]}" for gate, _ in scores)),
        ("Verdict", *(sign_of(score) for _, score in scores)),
        ("Readiness, floor–ceiling", *(span(score.floor, score.ceiling) for _, score in scores)),
        ("Stops", *(count(len(score.stops), "stop") for _, score in scores)),
    ]
    for place in range(TOP):
        named = [_top(risks, readiness) for _, readiness, risks in plans]
        if any(len(each) > place for each in named):
            rows.append((f"Risk {place + 1}", *(each[place] if len(each) > place else NONE for each in named)))
    for place, phase in enumerate(questionnaire.walked):
        of_phase = [readiness.phases[place].score for _, readiness, _ in plans]
        cells = (
            f"{span(score.floor, score.ceiling)}, {count(len(score.stops), 'stop')}" if score.asked else NONE
            for score in of_phase
        )
        rows.append((phase.title, *cells))
    titles = _told_apart([plan.title for plan, _, _ in plans])
    return Table("Plans side by side", ("", *titles), tuple(rows))


def view_meetings(cases: Iterable[Case], today: date) -> tuple[Meeting, ...]:
    """The plans that wait for their boards, by the day of decision; those without a day come last."""
    ordered = sorted(cases, key=lambda case: (case.meets_on is None, case.meets_on or today))
    days = groupby(ordered, key=lambda case: case.meets_on)
    return tuple(Meeting(_day(day, today), tuple(_card(case) for case in there)) for day, there in days)


def _line(plan: PortfolioPlan, now: datetime) -> PortfolioLine:
    summary, day = plan.summary, plan.meets_on
    return PortfolioLine(
        summary.id,
        summary.title,
        summary.institution,
        summary.gate,
        sign_of_colour(summary.verdict),
        span(summary.floor, summary.ceiling),
        str(summary.stops),
        say_day(day) if day else NONE,
        ago(summary.changed_at, now) if summary.changed_at else NONE,
    )


def _heat(questionnaire: Questionnaire, plans: Sequence[PortfolioPlan]) -> Iterable[HeatCell]:
    for plan, title in zip(plans, _told_apart([each.summary.title for each in plans]), strict=True):
        known = {each.phase_id: each for each in plan.summary.phases}
        for phase in questionnaire.walked:
            found = known.get(phase.id)
            asked = found is not None and found.verdict is not None
            says = percent(found.floor)[:-2] if found and asked else NONE
            yield HeatCell(title, phase.title, says, sign_of_colour(found.verdict if found else None).words)


def _heat_says(questionnaire: Questionnaire, plans: Sequence[PortfolioPlan]) -> str:
    """Which phase is furthest behind across these plans."""
    floors: dict[str, list[float]] = {phase.id: [] for phase in questionnaire.walked}
    for plan in plans:
        for each in plan.summary.phases:
            if each.verdict is not None and each.phase_id in floors:
                floors[each.phase_id].append(each.floor)
    means = {id: sum(found) / len(found) for id, found in floors.items() if found}
    if not means:
        return "Nothing is asked of these plans yet"
    worst = min(means, key=lambda id: means[id])
    title = questionnaire.phase(worst).title
    return f"{title} is furthest behind: {percent(means[worst])[:-2]} of 100 on average where it is asked"


def _heat_table(questionnaire: Questionnaire, heat: Sequence[HeatCell], says: str) -> Table:
    columns = ("Plan", *(phase.title for phase in questionnaire.walked))
    rows = (
        (plan, *(f"{cell.says} {cell.verdict.split(':')[0]}" if cell.says != NONE else NONE for cell in cells))
        for plan, cells in groupby(heat, key=lambda cell: cell.plan)
    )
    return Table(says, columns, tuple(rows))


def _top(risks: Sequence[Risk], readiness: Readiness) -> list[str]:
    reached = list(GATES)[: list(GATES).index(readiness.gate) + 1]
    counted = (risk for risk in risks if risk.gate in reached and risk.status not in ("closed", "accepted"))
    return [_say_risk(risk) for risk in list(counted)[:TOP]]


def _say_risk(risk: Risk) -> str:
    return f"{risk.band}: {risk.sentence}"


def _card(case: Case) -> CaseCard:
    given, score = case.submission, case.score
    facts = [case.institution, f"presented by {given.presenter}", f"decided by {given.decider}"]
    if score:
        facts.append(f"{span(score.floor, score.ceiling)} of 100, {count(len(score.stops), 'stop')}")
    changed = f"{count(len(case.changes), 'material change')} since it was frozen."
    return CaseCard(
        case.plan_id,
        given.version_id,
        case.title,
        f"Asks for {given.gate} {GATES[given.gate]}",
        f"Version {case.version_number} “{case.version_name}”",
        sign_of(score) if score else None,
        " · ".join(filter(None, facts)),
        tuple(_say_risk(risk) for risk in case.risks[:TOP]),
        "" if case.problem else changed[0].upper() + changed[1:],
        _first_few(case.changes),
        case.problem,
    )


def _first_few(changes: Sequence[str]) -> tuple[str, ...]:
    more = len(changes) - TOP
    return (*changes[:TOP], f"and {more} more") if more > 0 else tuple(changes)


def _day(day: date | None, today: date) -> str:
    if day is None:
        return "No day set"
    return f"{say_day(day)}, {how_late(day, today) if day < today else far_off(day, today)}"


def _told_apart(titles: Sequence[str]) -> list[str]:
    """The titles; of those that are alike, the second and later ones get a number."""
    seen: dict[str, int] = {}
    told = []
    for title in titles:
        seen[title] = seen.get(title, 0) + 1
        told.append(title if seen[title] == 1 else f"{title} ({seen[title]})")
    return told


VERDICT_WORDS = {verdict.colour: sign.words for verdict, sign in SIGNS.items()}
"""What each verdict is called where one is chosen, by the colour name that summaries hold; the worst first."""
