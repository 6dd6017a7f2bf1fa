"""How ready a plan is on one printed page, for whoever has five minutes and no screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mcplan.maps.days import say_day
from mcplan.numbers import count, percent, points
from mcplan.plan import Plan
from mcplan.readiness import Readiness, Shortfall
from mcplan.views.readiness import view_readiness
from mcplan.views.table import Table
from mcplan.views.trend import TrendView, WeekView
from mcplan.views.verdict import Sign
from questionnaire.model import Question, Questionnaire

STOPS, SPLITS, GAINS, MOVED = 6, 3, 8, 3
"""How much of each fits: with all of it full the page is full too (`tests/browser/test_one_page.py`)."""
LINE = 88
"""Characters that stand on one printed line beside others."""


@dataclass(frozen=True)
class OnePageView:
    """What the sheet says, in finished words."""

    title: str
    byline: str
    sign: Sign
    answer: str
    meaning: str
    figures: tuple[tuple[str, str, str], ...]
    stops: tuple[str, ...]
    split: tuple[str, ...]
    """Where the team is split, and who said what."""
    week: tuple[str, ...]
    gains: Table
    phases: Table
    trend: str
    """The way there in one line; empty while the plan is of one day."""


def view_one_page(
    questionnaire: Questionnaire,
    plan: Plan,
    readiness: Readiness,
    week: WeekView,
    trend: TrendView | None,
    at: datetime,
) -> OnePageView:
    """The sheet of a plan.

    Args:
        questionnaire: what the plan is asked.
        plan: as it is now.
        readiness: for the gate that is looked at.
        week: what the last seven days brought.
        trend: readiness by day; None while there is only one.
        at: when the sheet is made.
    """
    view, whole = view_readiness(questionnaire, plan, readiness), readiness.whole
    gains = tuple(_gain(plan, each) for each in whole.shortfalls[:GAINS])
    phases = tuple(
        (each.phase.title, f"{each.score.blank} of {each.score.asked}", row.readiness, row.sign.words)
        for each, row in zip(readiness.phases, view.phases, strict=True)
        if each.score.asked
    )
    stops = [_cut(" – ".join(filter(None, (_cut(stop.question, LINE), stop.says))), 2 * LINE) for stop in view.stops]
    split = [_split(plan, question) for question in whole.split]
    return OnePageView(
        title=_cut(plan.title, 110),
        byline=_cut(
            " · ".join(filter(None, (plan.institution, f"{readiness.gate} {view.gate}", say_day(at.date())))), 160
        ),
        sign=view.sign,
        answer=view.answer,
        meaning=view.meaning,
        figures=view.figures,
        stops=_some(stops, STOPS),
        split=_some(split, SPLITS),
        week=(week.message, *_some([_cut(stop, LINE) for stop in week.stops], MOVED)),
        gains=Table("What would raise readiness most", ("Answer", "Who", "Minutes", "Points"), gains),
        phases=Table("Readiness by phase", ("Phase", "Blank", "Readiness", "Verdict"), phases),
        trend=f"{trend.title}, now {percent(whole.floor)}." if trend else "",
    )


def _gain(plan: Plan, shortfall: Shortfall) -> tuple[str, str, str, str]:
    question, owner = shortfall.question, plan.owner(shortfall.question)
    who = _cut(owner.name, 30) if owner else "Nobody yet"
    return _named(question, LINE - 16), who, str(question.minutes), points(shortfall.missing)


def _split(plan: Plan, question: Question) -> str:
    given = sorted(plan.answer(question).confidence.items(), key=lambda each: (each[1], each[0]))
    # Those furthest apart are the ones to bring together.
    shown = given if len(given) <= 4 else [*given[:2], *given[-2:]]
    said = ", ".join(f"{_cut(person, 24)} {number}" for person, number in shown)
    more = f", and {len(given) - len(shown)} between" if len(given) > len(shown) else ""
    return f"{_named(question, LINE)} – {said}{more}"


def _named(question: Question, most: int) -> str:
    return _cut(f"{question.code} {question.ask}".strip(), most)


def _some(lines: Sequence[str], most: int) -> tuple[str, ...]:
    more = len(lines) - most
    return (*lines[:most], f"and {count(more, 'other')}; the screen has them all") if more > 0 else tuple(lines)


def _cut(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
