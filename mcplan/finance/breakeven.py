"""The enrolment from which it pays: the first one, and the one from which it always does.

A new cohort is a step in cost, so the surplus does not simply grow with enrolment: the eleventh learner
may open a second cohort and turn a surplus into a loss. The textbook formula, fixed costs divided by
the contribution of a learner, is wrong here.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class BreakEven:
    """Enrolments, in learners a year, at which the surplus is 0 or more."""

    first: int | None
    """The smallest; None if there is none at any size."""
    safe: int | None
    """The smallest from which on it never falls below 0 again; None if there is none at any size."""


def break_even(contribution: Decimal, cohort_cost: Decimal, capacity: int, to_cover: Decimal) -> BreakEven:
    """The first and the safe enrolment, exact at any size, since nothing is searched.

    The surplus of n learners in k = ⌈n/capacity⌉ cohorts is n·contribution − k·cohort_cost − to_cover. Within a
    cohort it is highest when that is full: k·gain − to_cover, where gain is what a full cohort leaves. It is lowest
    when the cohort holds one learner: (k−1)·gain + contribution − cohort_cost − to_cover. Both rise evenly with k if
    the gain is positive, so the cohort in question is found by one division, and so is the learner in it.

    Args:
        contribution: what a learner leaves; may be negative.
        cohort_cost: what each cohort begun costs, 0 or more.
        capacity: learners in a full cohort, 1 or more.
        to_cover: what has to come in before anything is left; negative if money is there already.
    """
    one, step, fixed = Fraction(contribution), Fraction(cohort_cost), Fraction(to_cover)
    gain = capacity * one - step
    return BreakEven(_first(one, step, fixed, gain), _safe(one, step, capacity, fixed, gain))


def _first(one: Fraction, step: Fraction, fixed: Fraction, gain: Fraction) -> int | None:
    if fixed <= 0:
        return 0
    if gain <= 0:
        return None
    # The cohorts before leave less when full than has to be covered, so this is beyond the last of their learners.
    cohorts = _up(fixed / gain)
    return _up((fixed + cohorts * step) / one)


def _safe(one: Fraction, step: Fraction, capacity: int, fixed: Fraction, gain: Fraction) -> int | None:
    short = fixed + step - one
    """What is missing when the very first cohort holds one learner."""
    if short <= 0 <= gain:
        return 0 if fixed <= 0 else 1
    if gain <= 0:
        return None
    # The last cohort whose first learner is a loss; at the latest the one after it is safe throughout.
    last = _up(short / gain)
    return min(last * capacity + 1, _up((fixed + last * step) / one))


def _up(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)
