"""What a workshop should be about: the questions that hold the plan up most, in the time there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mcplan.numbers import count
from mcplan.readiness import Readiness
from mcplan.workshop.lines import line_columns
from mcplan.workshop.sitting import WorkshopRefused
from questionnaire.controls import Grid
from questionnaire.kinds import kind_of
from questionnaire.model import Question, Questionnaire, Stage

LEAST_ITEM = 6
"""Minutes for a question, at least: six steps take that long however short the answer."""
OPENING, CLOSING = 5, 10
"""Minutes to arrive, and to end with actions and an energy check, unless others are given."""
LEAST, MOST = 20, 480
MOST_ITEMS = 30


@dataclass(frozen=True)
class Offer:
    """A question that a workshop could settle."""

    question: Question
    minutes: int
    missing: float
    """Readiness points that settling it would add."""
    why: str
    fits: bool
    """True if it is among those suggested for the time there is."""


def suggest(readiness: Readiness, minutes: int, *, opening: int = OPENING, closing: int = CLOSING) -> tuple[Offer, ...]:
    """The questions that fall short at the plan's gate, the one to begin with first.

    Those that stop the gate come first, then the heavier ones, and among equals whoever gives most points a minute.
    Each that still fits into the time is suggested. Of a table the room names the rows (`mcplan.workshop.lines`).
    """
    blocking = {stop.question_id for stop in readiness.whole.stops if stop.rule == "blank"}
    offers = [
        (each.question, _minutes(each.question), each.missing, each.question.id in blocking, each.stage)
        for each in readiness.whole.shortfalls
        if can_be_settled(each.question)
    ]
    offers.sort(key=lambda each: (not each[3], -each[0].weight, -each[2] / each[1]))
    left = minutes - opening - closing
    found: list[Offer] = []
    for question, length, missing, stops, stage in offers:
        fits = length <= left and sum(each.fits for each in found) < MOST_ITEMS
        left -= length if fits else 0
        found.append(Offer(question, length, missing, _why(question, stage, stops=stops, missing=missing), fits))
    return tuple(found)


def can_be_settled(question: Question) -> bool:
    """True if a room can settle it in words, a pick or a number, or can name the rows of its table."""
    return not isinstance(kind_of(question).control(question), Grid) or bool(line_columns(question))


def offers_of(questionnaire: Questionnaire, question_ids: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Questions that were chosen, each with its minutes.

    Raises:
        WorkshopRefused: none was, there are too many, one is not asked any more or cannot be settled so.
    """
    chosen = tuple(dict.fromkeys(question_ids))
    if not chosen:
        raise WorkshopRefused("Choose at least one question.")
    if len(chosen) > MOST_ITEMS:
        raise WorkshopRefused(f"A workshop has room for {MOST_ITEMS} questions. Take some for the next one.")
    for id in chosen:
        if not questionnaire.has(id) or not can_be_settled(questionnaire.question(id)):
            raise WorkshopRefused("One of these questions cannot be settled in a workshop. Take it off the agenda.")
    return tuple((id, _minutes(questionnaire.question(id))) for id in chosen)


def fitting(lengths: Sequence[int], minutes: int, opening: int, closing: int) -> str:
    """Whether an agenda fits the time there is, in words."""
    planned = sum(lengths) + opening + closing
    if planned > minutes:
        return f"{count(planned, 'minute')} are planned and {minutes} are there: {planned - minutes} too many."
    spare = minutes - planned
    return f"{count(planned, 'minute')} of {minutes} are planned" + (f"; {spare} are left." if spare else ".")


def read_minutes(minutes: int, opening: int, closing: int) -> None:
    """Refuse times that no workshop has.

    Raises:
        WorkshopRefused: with the bounds.
    """
    if not LEAST <= minutes <= MOST or opening < 0 or closing < 0 or opening + closing >= minutes:
        raise WorkshopRefused(f"A workshop takes {LEAST} to {MOST} minutes, opening and closing included.")


def _minutes(question: Question) -> int:
    return max(LEAST_ITEM, question.minutes)


def _why(question: Question, stage: Stage, *, stops: bool, missing: float) -> str:
    if stops:
        return f"Critical and blank: it stops the gate (+{missing:.1f})"
    kind = "Critical, " if question.is_critical else ""
    return f"{kind}{stage.word.lower()} (+{missing:.1f})".capitalize()
