"""How numbers are said: the same on every screen and in the dossier."""

from __future__ import annotations

import math

from mcplan.readiness import BOUNDS


def percent(value: float) -> str:
    """A share of 0 to 100 as whole percent, rounded as `rounded` does."""
    return f"{rounded(value):.0f} %"


def rounded(value: float, decimals: int = 0) -> float:
    """A share of 0 to 100, rounded half up, that never looks better than its verdict.

    It is 0 only if nothing is there, and 100 or a bound of the verdict only if that is reached: 54.6 is said as 54.
    """
    steps: int = 10**decimals
    near = math.floor(value * steps + 0.5)
    if near / steps > value and near / steps in (*BOUNDS, 100):
        near -= 1
    return (1 if near == 0 and value > 0 else near) / steps


def points(value: float) -> str:
    """Readiness points with one decimal and a sign: +2.1."""
    return f"+{value:.1f}"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 stop, 3 stops, no stops."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def span(floor: float, ceiling: float) -> str:
    """Floor and ceiling as whole numbers: 41–83, or one number where they are equal."""
    low, high = percent(floor)[:-2], percent(ceiling)[:-2]
    return low if low == high else f"{low}–{high}"
