"""How money is said: amounts with their currency, shares, and whether and when it pays."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from mcplan.finance.breakeven import BreakEven
from mcplan.finance.inputs import Costing
from mcplan.finance.model import Result, total

MINUS = "−"
_ROUNDING = Context(prec=100, rounding=ROUND_HALF_UP)
"""Half up, as people round; and room for any amount that can be typed."""


def money(amount: Decimal, currency: str) -> str:
    """CAD 5,983, CAD −419 or CAD 16.50: whole from 100 on, and to the cent below."""
    return f"{currency} {_signed(amount, 2 if 0 < abs(amount) < 100 else 0)}".strip()


def share(part: Decimal) -> str:
    """A share of 1 in percent, with a decimal where it says something: 3.5 %, 15 %, −11.2 %."""
    return f"{number(100 * part)} %"


def number(value: Decimal) -> str:
    """A mean with at most one decimal: 57.3, 60."""
    return _signed(value, 1).removesuffix(".0")


def several(number: Decimal | int, noun: str) -> str:
    """A whole number with its noun: 1 learner, 1,450 learners."""
    said = _signed(Decimal(number), 0)
    return f"{said} {noun}" if said == "1" else f"{said} {noun}s"


def change(factor: Decimal) -> str:
    """A factor as what it changes: −20 %, +10 %, as it is."""
    points = 100 * factor - 100
    return f"{'+' if points > 0 else ''}{number(points)} %" if points else "as it is"


def headline(result: Result) -> str:
    """Whether it pays at the enrolment that is expected, in one line."""
    return f"{enough(result.whole)}; forecast {number(result.mean_learners)} on average"


def enough(found: BreakEven) -> str:
    """The enrolment at which it pays; two numbers where a new cohort can undo it."""
    if found.first is None:
        return "No break-even at any size"
    if found.safe is None:
        return "Pays only while few enrol"
    if found.safe == 0:
        return "Pays at any enrolment"
    if found.safe == found.first:
        return f"Breaks even at {several(found.first, 'learner')} a year"
    return f"Breaks even at {several(found.first, 'learner')} a year, and for good from {found.safe:,}"


def why(costing: Costing, result: Result) -> str:
    """What stands behind the break-even: why there is none, or why there are two; empty if it is plain."""
    one, step, found = result.unit.contribution, total(costing, "cohort"), result.whole
    if found.safe is None and one <= 0:
        lost = money(-one, costing.currency)
        return (
            f"Each learner costs {lost} more than they bring in, so every further one adds to the loss."
            if one
            else "A learner brings in no more than they cost, so nothing is left for the rest."
        )
    if found.safe is None and costing.capacity:
        brings = money(costing.capacity * one, costing.currency)
        return (
            f"A full cohort of {costing.capacity:,} leaves {brings} and costs {money(step, costing.currency)}, "
            "so no number of cohorts ever covers the rest."
        )
    if found.first != found.safe:
        return (
            "Each new cohort is a step in cost: a few learners too many for one cohort can turn a surplus into a loss. "
            f"From {found.safe:,} learners a year on that no longer happens."
        )
    return ""


def payback(result: Result) -> str:
    """When what was spent has come in."""
    if result.payback is None:
        return f"Not within {several(len(result.years), 'year')}"
    return f"{number(result.payback)} {'year' if result.payback == 1 else 'years'}" if result.payback else "At once"


def outcome(costing: Costing, result: Result) -> str:
    """What the years come to, as the title of their chart."""
    left, span = money(abs(result.surplus), costing.currency), several(len(result.years), "year")
    if result.payback is None:
        return f"After {span}, {left} is still missing"
    back = "Funding covers what it takes to build it" if not result.payback else f"Paid back in {payback(result)}"
    return f"{back}, and {left} {'is left' if result.surplus >= 0 else 'is missing again'} after {span}"


def _signed(value: Decimal, decimals: int) -> str:
    said = f"{abs(value).quantize(Decimal(10) ** -decimals, context=_ROUNDING):,f}"
    return f"{MINUS}{said}" if value < 0 and said.strip("0.,") else said
