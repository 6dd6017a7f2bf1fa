"""How ready a plan is for a gate: an honest number, what stops it, and what would raise it most.

One function computes it; every screen, export and board paper shows that result. Averages
over what was answered reward silence, so blanks count here: the *floor* gives them nothing,
the *ceiling* gives them everything, and the distance between the two is what nobody knows yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal, NamedTuple

from mcplan.finding import Finding
from mcplan.plan import Plan, counted_questions
from mcplan.risk import Risk
from questionnaire.model import GATES, Gate, Phase, Question, Questionnaire, Stage

SCORER = 4
"""Goes up by one when the same plan and questions come to other numbers: in this file, `risks` or `findings`.

What was worked out before and kept (`storage.summaries`) counts no longer then.
"""
BOUNDS = (55, 75, 90)
"""Readiness in percent below which the verdict is at best Red, Amber/Red, Amber."""
CREDIT = (0.0, 0.40, 0.75, 1.0)
"""What each stage is worth on its own (V): blank, drafted, agreed, evidenced."""
SPLIT = 2
"""Distance between the most and the least confident person from which a team counts as split."""

GATE_ORDER: tuple[Gate, ...] = tuple(GATES)


class Verdict(Enum):
    """A delivery verdict in five steps, best last; each with the words that always stand beside its colour."""

    RED = "Red", "Not ready", "Something here forbids the gate, or too much is open to judge the plan."
    AMBER_RED = "Amber/Red", "At risk", "A stop or many open points: not for decision before they are settled."
    AMBER = (
        "Amber",
        "Getting there",
        "The plan can be judged, but a critical answer falls short or too much is unsettled.",
    )
    AMBER_GREEN = (
        "Amber/Green",
        "Nearly ready",
        "Small gaps, low confidence or a split team are left; name them to the board.",
    )
    GREEN = "Green", "Ready", "Everything this gate asks for is there, and the team is sure of it."

    def __init__(self, colour: str, words: str, meaning: str) -> None:
        self.colour = colour
        self.words = words
        self.meaning = meaning


@dataclass(frozen=True)
class Shortfall:
    """A question below the stage its gate asks for."""

    question: Question
    stage: Stage
    missing: float
    """Readiness points, 0 to 100, that settling it would add. Those of a gate add up to 100 − floor."""


@dataclass(frozen=True)
class Stop:
    """A fact that forbids the gate whatever the score."""

    rule: Literal["blank", "unowned", "finding", "extreme risk", "unowned risk"]
    says: str
    question_id: str = ""
    """Where to mend it; empty if that is not at a question."""


@dataclass(frozen=True)
class Score:
    """The numbers over a set of questions. Percentages run from 0 to 100 and are not rounded."""

    asked: int
    """How many questions count."""
    blank: int
    floor: float
    """Readiness: the share of what the gate asks for that is there. 100 if nothing is asked."""
    ceiling: float
    """The same with every blank question taken as settled: it cannot get better by what is written now."""
    coverage: float
    """Share of the weight that is not blank."""
    confidence: float | None
    """Mean over the questions of the mean over the people, 1 to 5; None if nobody gave one."""
    split: tuple[Question, ...]
    """Where the team's confidence lies two or more apart."""
    shortfalls: tuple[Shortfall, ...]
    """Biggest gain first, in walking order among equals."""
    stops: tuple[Stop, ...]
    verdict: Verdict


@dataclass(frozen=True)
class PhaseReadiness:
    """One phase on its own."""

    phase: Phase
    score: Score


@dataclass(frozen=True)
class Readiness:
    """How ready a plan is for one gate: the whole, and phase by phase in walking order."""

    gate: Gate
    whole: Score
    phases: tuple[PhaseReadiness, ...]


def assess_readiness(
    questionnaire: Questionnaire,
    plan: Plan,
    gate: Gate,
    *,
    findings: Iterable[Finding] = (),
    risks: Iterable[Risk] = (),
) -> Readiness:
    """How ready `plan` is for `gate`. Takes what is given, changes nothing, asks nobody.

    Args:
        questionnaire: what is asked.
        plan: with all its answers.
        gate: questions, findings and risks of this gate and of those before it count.
        findings: those that block stop the gate.
        risks: information gaps are left out, since the blank question speaks for itself;
            closed and accepted risks no longer count.
    """
    reached = GATE_ORDER[: GATE_ORDER.index(gate) + 1]
    scope = [_look_at(each, plan) for each in counted_questions(questionnaire, plan) if each.gate in reached]
    apart = [
        *_finding_stops(each for each in findings if each.gate in reached),
        *_risk_stops(each for each in risks if each.gate in reached),
    ]
    in_phase: dict[str, list[_Standing]] = {phase.id: [] for phase in questionnaire.walked}
    for each in scope:
        in_phase[questionnaire.phase_of(each.question).id].append(each)
    return Readiness(
        gate,
        _score(scope, apart),
        tuple(
            PhaseReadiness(phase, _score(in_phase[phase.id], _stops_of(phase, apart))) for phase in questionnaire.walked
        ),
    )


def missing_share(question: Question, plan: Plan) -> float:
    """The share, 0 to 1, of what its gate asks for that a question still lacks."""
    return 1 - _look_at(question, plan).credit


class _Standing(NamedTuple):
    """Where one question stands: looked up once, added up for its phase and for the whole."""

    question: Question
    weight: int
    stage: Stage
    credit: float
    """0 to 1 of what its gate asks for."""
    is_owned: bool
    confidence: Mapping[str, int]


def _look_at(question: Question, plan: Plan) -> _Standing:
    stage, asked, answer = plan.stage(question), question.asked_stage, plan.answers.get(question.id)
    credit = 1.0 if stage >= asked else CREDIT[stage] / CREDIT[asked]
    owned = plan.owner(question) is not None
    return _Standing(question, question.weight, stage, credit, owned, answer.confidence if answer else {})


def _score(standings: Sequence[_Standing], apart: Sequence[Stop]) -> Score:
    total = sum([each.weight for each in standings])
    blank = [each.weight for each in standings if each.stage is Stage.BLANK]
    silent = sum(blank)
    earned = sum([each.weight * each.credit for each in standings])
    shortfalls = _shortfalls(standings, total)
    stops = (*_question_stops(standings), *apart)
    confidence, split = _confidence(standings)
    floor = _percent(earned, total)
    return Score(
        asked=len(standings),
        blank=len(blank),
        floor=floor,
        ceiling=_percent(earned + silent, total),
        coverage=_percent(total - silent, total),
        confidence=confidence,
        split=split,
        shortfalls=shortfalls,
        stops=stops,
        verdict=_verdict(floor, stops, shortfalls, confidence, split),
    )


def _percent(part: float, whole: float) -> float:
    # Nothing asked is nothing missing, not a division by zero. Sums of fractions may pass 100 by a rounding error.
    return min(100.0, 100 * part / whole) if whole else 100.0


def _shortfalls(standings: Sequence[_Standing], total: float) -> tuple[Shortfall, ...]:
    found = [
        Shortfall(each.question, each.stage, 100 * each.weight * (1 - each.credit) / total)
        for each in standings
        if each.credit < 1
    ]
    return tuple(sorted(found, key=lambda each: -round(each.missing, 9)))


def _confidence(standings: Sequence[_Standing]) -> tuple[float | None, tuple[Question, ...]]:
    given = [(each.question, each.confidence.values()) for each in standings if each.confidence]
    means = [sum(numbers) / len(numbers) for _, numbers in given]
    split = tuple([question for question, numbers in given if max(numbers) - min(numbers) >= SPLIT])
    return (sum(means) / len(means) if means else None), split


def _question_stops(standings: Iterable[_Standing]) -> Iterator[Stop]:
    for each in standings:
        if not each.question.is_critical:
            continue
        if each.stage is Stage.BLANK:
            says = "A critical question is blank" + ("." if each.is_owned else " and has no owner.")
            yield Stop("blank", says, each.question.id)
        elif not each.is_owned:
            yield Stop("unowned", "A critical question has no owner.", each.question.id)


def _finding_stops(findings: Iterable[Finding]) -> Iterator[Stop]:
    for finding in findings:
        if finding.is_blocker:
            yield Stop("finding", finding.says, finding.question_id)


def _risk_stops(risks: Iterable[Risk]) -> Iterator[Stop]:
    for risk in risks:
        if risk.is_gap or not risk.is_live:
            continue
        # By band and not by the product: what may end the initiative is high, however unlikely.
        if risk.band == "Extreme" and not risk.action:
            yield Stop("extreme risk", f"An extreme risk is untreated: {risk.event}.", risk.question_id)
        elif risk.band == "High" and not risk.owner:
            yield Stop("unowned risk", f"A high risk has no owner: {risk.event}.", risk.question_id)


def _stops_of(phase: Phase, stops: Sequence[Stop]) -> tuple[Stop, ...]:
    # Nearly always there are none, and then nothing is looked up.
    ids = {question.id for question in phase.questions} if stops else set()
    return tuple(stop for stop in stops if stop.question_id in ids)


def _verdict(
    floor: float,
    stops: Sequence[Stop],
    shortfalls: Sequence[Shortfall],
    confidence: float | None,
    split: Sequence[Question],
) -> Verdict:
    poor, fair, good = BOUNDS
    if floor < poor or any(stop.rule in ("blank", "extreme risk") for stop in stops):
        return Verdict.RED
    if stops or floor < fair:
        return Verdict.AMBER_RED
    if floor < good or any(each.question.is_critical for each in shortfalls):
        return Verdict.AMBER
    if shortfalls or split or (confidence is not None and confidence < 3.5):
        return Verdict.AMBER_GREEN
    return Verdict.GREEN
