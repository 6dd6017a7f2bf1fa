"""The hub of a plan: where each phase stands, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from mcplan.finding import Finding
from mcplan.numbers import count, percent, span
from mcplan.plan import Plan, asked_questions
from mcplan.readiness import Readiness
from mcplan.risk import Risk
from mcplan.views.findings import view_findings
from mcplan.views.phase import NextStep, next_open
from mcplan.views.verdict import Sign, sign_of
from questionnaire.model import GATES, ROLES, Questionnaire, Stage


@dataclass(frozen=True)
class Standing:
    """How ready the plan is, in the few words that stand on every screen."""

    gate: str
    span: str
    """Floor and ceiling: 41–83."""
    sign: Sign
    stops: str
    risks: str
    says: str
    """All of it as one sentence, for screen readers and tooltips."""


@dataclass(frozen=True)
class PhaseCard:
    """One phase on the hub."""

    id: str
    place: int
    """From 1, in walking order; 0 for a block beside the numbered phases."""
    title: str
    progress: str
    share: float
    """Answered share of its questions, 0 to 1."""
    sign: Sign
    readiness: str


@dataclass(frozen=True)
class SeatView:
    """One seat of the design team."""

    role: str
    title: str
    names: str
    """Who fills it; empty if nobody does."""


@dataclass(frozen=True)
class OverviewView:
    """The hub of one plan."""

    phases: tuple[PhaseCard, ...]
    """In walking order."""
    next_step: NextStep | None
    next_words: str
    seats: tuple[SeatView, ...]
    open_seats: str
    findings: str
    """How many things the rules find, in words."""


def view_standing(readiness: Readiness, risks: tuple[Risk, ...]) -> Standing:
    """The plan's standing at its gate."""
    whole = readiness.whole
    gate = GATES[readiness.gate]
    due = [risk for risk in risks if risk.gate <= readiness.gate]
    sign, stops, flagged = sign_of(whole), count(len(whole.stops), "stop"), count(len(due), "risk")
    reach = span(whole.floor, whole.ceiling)
    says = f"{gate}: {reach} out of 100, {sign.words}, {stops}, {flagged} flagged, {percent(whole.coverage)} covered."
    return Standing(gate, reach, sign, stops, f"{flagged} flagged", says)


def view_overview(
    questionnaire: Questionnaire,
    plan: Plan,
    readiness: Readiness,
    findings: tuple[Finding, ...],
) -> OverviewView:
    """What the overview of a plan shows."""
    step = next_open(questionnaire, plan)
    seats = tuple(SeatView(role, title, _names(plan, role)) for role, title in ROLES.items())
    empty = [seat.title for seat in seats if not seat.names]
    return OverviewView(
        phases=_cards(questionnaire, plan, readiness),
        next_step=step,
        next_words=_next_words(readiness, step),
        seats=seats,
        open_seats=f"Nobody fills: {', '.join(empty)}." if empty else "",
        findings=view_findings(questionnaire, findings).message,
    )


def _cards(questionnaire: Questionnaire, plan: Plan, readiness: Readiness) -> tuple[PhaseCard, ...]:
    asked = asked_questions(questionnaire, plan)
    cards = []
    for each in readiness.phases:
        mine = [question for question in asked if questionnaire.phase_of(question) is each.phase]
        done = sum(
            plan.stage(question) > Stage.BLANK or bool(plan.answer(question).not_applicable.strip())
            for question in mine
        )
        score = each.score
        cards.append(
            PhaseCard(
                id=each.phase.id,
                place=questionnaire.number_of(each.phase),
                title=each.phase.title,
                progress=f"{done} of {len(mine)} answered",
                share=done / len(mine) if mine else 1.0,
                sign=sign_of(score),
                readiness=f"{span(score.floor, score.ceiling)} out of 100" if score.asked else "Asked at a later gate",
            )
        )
    return tuple(cards)


def _names(plan: Plan, role: str) -> str:
    return ", ".join(member.name for member in plan.team if member.role == role and member.name)


def _next_words(readiness: Readiness, step: NextStep | None) -> str:
    if readiness.whole.stops:
        return f"{count(len(readiness.whole.stops), 'stop').capitalize()} to clear first."
    if step:
        return "The next open question:"
    return "Every question has an answer. See what would raise readiness most."
