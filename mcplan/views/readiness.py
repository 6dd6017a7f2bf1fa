"""Readiness for leadership: may this go to the gate, and if not, what stops it and what would raise it most."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mcplan.numbers import count, percent, points, span
from mcplan.plan import Plan
from mcplan.readiness import Readiness, Score, Shortfall, Verdict
from mcplan.views.pointers import Pointer, point_to
from mcplan.views.verdict import NOT_ASKED, Sign, sign_of
from questionnaire.model import GATES, Question, Questionnaire


@dataclass(frozen=True)
class PhaseRow:
    """One phase in the chart and in the table beside it."""

    phase: str
    asked: int
    blank: int
    floor: float
    ceiling: float
    readiness: str
    sign: Sign


@dataclass(frozen=True)
class ReadinessView:
    """How ready a plan is for a gate, top to bottom as leadership asks."""

    gate: str
    sign: Sign
    meaning: str
    figures: tuple[tuple[str, str, str], ...]
    """Name, number, and what the number says."""
    message: str
    """What the chart by phase says, as its title."""
    phases: tuple[PhaseRow, ...]
    stops: tuple[Pointer, ...]
    gains: tuple[Pointer, ...]
    """What would raise readiness most, best first."""
    split: tuple[Pointer, ...]
    to_green: tuple[str, ...]
    """What leads to Green, in the order to do it; empty if it is green."""
    answer: str = ""
    """May this go to the gate: question and answer in one line."""


def view_readiness(questionnaire: Questionnaire, plan: Plan, readiness: Readiness) -> ReadinessView:
    """What the readiness screen shows."""
    whole = readiness.whole
    return ReadinessView(
        gate=GATES[readiness.gate],
        sign=sign_of(whole),
        meaning=whole.verdict.meaning,
        figures=_figures(whole),
        message=_message(readiness),
        phases=tuple(_row(each.phase.title, each.score) for each in readiness.phases),
        stops=tuple(_stop(questionnaire, stop.says, stop.question_id) for stop in whole.stops),
        gains=tuple(_gain(questionnaire, plan, shortfall) for shortfall in whole.shortfalls),
        split=tuple(_split(questionnaire, plan, question) for question in whole.split),
        to_green=conditions_to_green(whole),
        answer=_answer(whole, GATES[readiness.gate].lower()),
    )


def conditions_to_green(score: Score) -> tuple[str, ...]:
    """What has to happen before the verdict is Green, in the order to do it."""
    if score.verdict is Verdict.GREEN:
        return ()
    critical = [each for each in score.shortfalls if each.question.is_critical]
    found = [
        f"Clear {count(len(score.stops), 'stop')}." if score.stops else "",
        f"Bring {count(len(critical), 'critical answer')} to the stage the gate asks for." if critical else "",
        f"Settle {count(len(score.shortfalls) - len(critical), 'other answer')}."
        if len(score.shortfalls) > len(critical)
        else "",
        f"Talk through {count(len(score.split), 'answer')} on which the team is split." if score.split else "",
        "Raise the team's mean confidence to 3.5 or more."
        if score.confidence is not None and score.confidence < 3.5
        else "",
    ]
    return tuple(each for each in found if each)


ANSWERS = {
    Verdict.GREEN: "Yes",
    Verdict.AMBER_GREEN: "Yes, if the board is told of the gaps that are left",
    Verdict.AMBER: "Not yet",
    Verdict.AMBER_RED: "No",
    Verdict.RED: "No",
}
"""What a verdict says to whoever asks whether the plan may go on."""


def _answer(score: Score, gate: str) -> str:
    stops = f", with {count(len(score.stops), 'stop')} in the way" if score.stops else ""
    return f"May this go to {gate}? {ANSWERS[score.verdict] if score.asked else 'Nothing is asked of it there'}{stops}."


def _figures(score: Score) -> tuple[tuple[str, str, str], ...]:
    confidence = f"{score.confidence:.1f} of 5" if score.confidence is not None else "Not given"
    return (
        ("Floor", percent(score.floor), "What this gate asks for and is there. This is the readiness."),
        ("Ceiling", percent(score.ceiling), "The same if every blank question turned out settled."),
        ("Covered", percent(score.coverage), "Share of the questions, by weight, that are not blank."),
        ("Confidence", confidence, "Mean over the questions of what the team gave, from 1 (a guess) to 5 (sure)."),
    )


def _message(readiness: Readiness) -> str:
    asked = [each for each in readiness.phases if each.score.asked]
    if not asked:
        return "Nothing is asked at this gate"
    weakest = min(asked, key=lambda each: each.score.floor)
    if weakest.score.floor >= 100:
        return f"Every phase has what {GATES[readiness.gate].lower()} asks for"
    return f"{weakest.phase.title} is furthest from {GATES[readiness.gate].lower()}, at {percent(weakest.score.floor)}"


def _row(title: str, score: Score) -> PhaseRow:
    sign = sign_of(score)
    reach = span(score.floor, score.ceiling) if score.asked else "–"
    floor, ceiling = (score.floor, score.ceiling) if sign is not NOT_ASKED else (0.0, 0.0)
    return PhaseRow(title, score.asked, score.blank, floor, ceiling, reach, sign)


def _stop(questionnaire: Questionnaire, says: str, question_id: str) -> Pointer:
    return point_to(questionnaire, question_id, says)


def _gain(questionnaire: Questionnaire, plan: Plan, shortfall: Shortfall) -> Pointer:
    question = shortfall.question
    owner = plan.owner(question)
    who = owner.name if owner else "Nobody yet"
    says = (
        f"{shortfall.stage.word}; {question.asked_stage.word.lower()} is asked. "
        f"{who}, about {count(question.minutes, 'minute')}."
    )
    return replace(point_to(questionnaire, question.id, says), worth=points(shortfall.missing))


def _split(questionnaire: Questionnaire, plan: Plan, question: Question) -> Pointer:
    given = plan.answer(question).confidence
    return point_to(questionnaire, question.id, ", ".join(f"{person} {number}" for person, number in given.items()))
