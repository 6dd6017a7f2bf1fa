"""Plans in figures and words, without a screen: JSON for other programs, lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from mcplan.numbers import count, rounded, span
from mcplan.plan_summary import PlanSummary
from mcplan.readiness import Score, Shortfall, Stop
from mcplan.views.pointers import Pointer
from mcplan.views.readiness import view_readiness
from mcplan.views.verdict import sign_of_colour
from pages.console.place import Judged
from questionnaire.model import GATES, Json, Questionnaire

SHARES = ("floor", "ceiling", "coverage")
MOMENTS = ("changed_at", "archived_at", "deleted_at")
MOST_GAINS = 10
"""Lines on what would raise readiness; the JSON has all of them."""


def summary_as_json(summary: PlanSummary) -> dict[str, Json]:
    """One plan of the list, with times as ISO 8601."""
    entry = asdict(summary)
    # Whoever gives a command owns every plan.
    del entry["role"]
    for part in (entry, *entry["phases"]):
        part.update({name: one_decimal(part[name]) for name in SHARES if part.get(name) is not None})
    return entry | {name: moment and moment.isoformat() for name, moment in entry.items() if name in MOMENTS}


def summary_in_words(summary: PlanSummary) -> str:
    """One plan of the list, in two lines."""
    return (
        f"{summary.id}  {summary.title}\n    {GATES[summary.gate]}: {span(summary.floor, summary.ceiling)} out of 100, "
        f"{sign_of_colour(summary.verdict).words}, {count(summary.stops, 'stop')}"
    )


def readiness_as_json(found: Judged) -> dict[str, Json]:
    """How ready a plan is: the whole, and each phase that the gate asks something of."""
    phases: list[Json] = [
        {"phase": each.phase.id, "title": each.phase.title, **_numbers(each.score)}
        for each in found.readiness.phases
        if each.score.asked
    ]
    whole = found.readiness.whole
    return {
        "plan": found.plan.id,
        "title": found.plan.title,
        "gate": found.readiness.gate,
        "gate_name": GATES[found.readiness.gate],
        **_numbers(whole),
        "stops": [_stop(found.questionnaire, stop) for stop in whole.stops],
        "shortfalls": [_shortfall(each) for each in whole.shortfalls],
        "split": [question.id for question in whole.split],
        "phases": phases,
    }


def readiness_in_words(found: Judged) -> str:
    """The same for people to read in a terminal."""
    return "\n".join(_lines(found))


def one_decimal(share: float) -> float:
    """A share of 0 to 100 with one decimal, which never looks better than its verdict."""
    return rounded(share, 1)


def _pointer(pointer: Pointer) -> str:
    return f"{pointer.question} {pointer.says}".strip()


def _lines(found: Judged) -> Iterator[str]:
    view = view_readiness(found.questionnaire, found.plan, found.readiness)
    yield f"{found.plan.title} – {view.gate}"
    yield f"{view.sign.words}. {view.meaning}"
    yield from (f"  {name}: {number}. {says}" for name, number, says in view.figures)
    if view.stops:
        yield f"\n{count(len(view.stops), 'stop').capitalize()}:"
        yield from (f"  {_pointer(stop)}" for stop in view.stops)
    if view.gains:
        yield "\nWhat would raise it most:"
        yield from (f"  {gain.worth:>5}  {_pointer(gain)}" for gain in view.gains[:MOST_GAINS])


def _numbers(score: Score) -> dict[str, Json]:
    return {
        "verdict": score.verdict.colour if score.asked else None,
        "words": score.verdict.words if score.asked else None,
        "floor": one_decimal(score.floor),
        "ceiling": one_decimal(score.ceiling),
        "coverage": one_decimal(score.coverage),
        "confidence": None if score.confidence is None else round(score.confidence, 2),
        "asked": score.asked,
        "blank": score.blank,
    }


def _stop(questionnaire: Questionnaire, stop: Stop) -> Json:
    code = questionnaire.question(stop.question_id).code if questionnaire.has(stop.question_id) else ""
    return {"rule": stop.rule, "says": stop.says, "question": stop.question_id, "code": code}


def _shortfall(shortfall: Shortfall) -> Json:
    question = shortfall.question
    return {
        "question": question.id,
        "code": question.code,
        "ask": question.ask,
        "stage": shortfall.stage.word.lower(),
        "asked_stage": question.asked_stage.word.lower(),
        "missing": round(shortfall.missing, 2),
    }
