"""How numbers are said: the same on every screen and in the dossier."""

from __future__ import annotations

import math


def percent(value: float) -> str:
    """A share of 0 to 100 as whole percent; 100 only if nothing is missing, 0 only if nothing is there."""
    if 0 < value < 1:
        return "1 %"
    return f"{99 if 99 < value < 100 else math.floor(value + 0.5):d} %"


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
