"""How much energy the room has: asked by the facilitator at any moment, and once more at the closing.

Everybody says a number from 1 to 5. What one person said is shown to nobody: only how many have answered, and the
mean once there are enough answers (`LEAST`) that it speaks for none of them.
"""

from __future__ import annotations

from mcplan.numbers import count
from mcplan.workshop.sitting import Sitting, Workshop

LEAST = 3
"""Answers from which on a mean is shown."""
CLOSING = ""
"""The check that belongs to the closing."""
_MARK = "energy"


def new_check(workshop: Workshop) -> str:
    """The name of a check that begins now: no other in this workshop has it, and it says at which place it was."""
    return f"{_MARK}-{workshop.revision}-{workshop.place}"


def is_check(name: str) -> bool:
    """True of the name of a check that a facilitator began."""
    return name.startswith(f"{_MARK}-")


def check_now(sitting: Sitting) -> str | None:
    """The check that is going on; None for none."""
    if sitting.workshop.asks:
        return sitting.workshop.asks
    is_closing = sitting.workshop.state == "open" and sitting.workshop.place > len(sitting.items)
    return CLOSING if is_closing else None


def say_check(sitting: Sitting, check: str) -> str:
    """How a check stands, in words."""
    numbers = _numbers(sitting, check)
    if len(numbers) < LEAST:
        return f"{len(numbers)} of {len(sitting.present)} answered. The mean is shown from {LEAST} answers on."
    return f"{_mean(numbers)} of 5 on average, from {len(numbers)} of {len(sitting.present)}."


def say_checks(sitting: Sitting) -> tuple[str, ...]:
    """All checks in the order they were made, each in a few words; those that nobody answered are left out."""
    found = {check for check, _ in sitting.ratings if is_check(check)}
    ordered = sorted(found, key=lambda check: int(check.split("-")[1]))
    closing = [CLOSING] if _numbers(sitting, CLOSING) else []
    return tuple(f"{_when(sitting, check)}: {_brief(_numbers(sitting, check))}" for check in [*ordered, *closing])


def _numbers(sitting: Sitting, check: str) -> list[int]:
    return [number for (name, _), number in sitting.ratings.items() if name == check]


def _brief(numbers: list[int]) -> str:
    if len(numbers) < LEAST:
        return f"{count(len(numbers), 'answer')}, too few for a mean"
    return f"{_mean(numbers)} of 5, from {len(numbers)}"


def _mean(numbers: list[int]) -> str:
    return f"{sum(numbers) / len(numbers):.1f}"


def _when(sitting: Sitting, check: str) -> str:
    place = int(check.rpartition("-")[2]) if check else len(sitting.items) + 1
    if place > len(sitting.items):
        return "At the closing"
    return f"At question {place}" if place else "At the beginning"
