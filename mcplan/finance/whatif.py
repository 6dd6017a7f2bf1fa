"""What if: other enrolments, no unconfirmed money, and each driver a little lower or higher.

To add a driver, write a function from a costing and a factor to a costing, and name it in `DRIVERS` at the foot.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from mcplan.finance.inputs import Costing, Enrolment
from mcplan.finance.model import Result, reckon, surplus

LOW, HIGH = Decimal("0.75"), Decimal("1.25")
"""Of the base enrolment, for a year in which the team names no low or high of its own."""
SWING = Decimal("0.2")
"""By how much each driver is changed, unless somebody asks for another share."""
PRICES = (Decimal("0.9"), Decimal(1), Decimal("1.1"))
ENROLMENTS = (Decimal("0.8"), Decimal("0.9"), Decimal(1), Decimal("1.1"), Decimal("1.2"))
"""The factors of the grid of prices and enrolments."""


@dataclass(frozen=True)
class Scenario:
    """One way it may turn out."""

    id: str
    """low, base, high or confirmed."""
    name: str
    costing: Costing
    result: Result


@dataclass(frozen=True)
class Swing:
    """What the surplus hangs on a driver."""

    driver: str
    lower: Decimal
    """The surplus if the driver is lower."""
    higher: Decimal

    @property
    def width(self) -> Decimal:
        """How far the surplus moves, 0 or more."""
        return abs(self.higher - self.lower)


def scenarios(costing: Costing) -> tuple[Scenario, ...]:
    """Low, base and high enrolment, and the base without money that nobody has confirmed."""
    low = tuple(Enrolment(_times(year.base, LOW) if year.low is None else year.low) for year in costing.years)
    high = tuple(Enrolment(_times(year.base, HIGH) if year.high is None else year.high) for year in costing.years)
    cases = (
        ("low", "Low enrolment", replace(costing, years=low)),
        ("base", "Base", costing),
        ("high", "High enrolment", replace(costing, years=high)),
        ("confirmed", "Without unconfirmed funding", costing.with_confirmed_funding_only()),
    )
    return tuple(Scenario(id, name, case, reckon(case)) for id, name, case in cases)


def tornado(costing: Costing, share: Decimal = SWING) -> tuple[Swing, ...]:
    """The surplus with each driver lower and higher by `share` (0.2 for 20 %), widest swing first."""
    swings = [
        Swing(driver, surplus(change(costing, 1 - share)), surplus(change(costing, 1 + share)))
        for driver, change in DRIVERS.items()
    ]
    return tuple(sorted(swings, key=lambda swing: -swing.width))


def grid(costing: Costing) -> tuple[tuple[Decimal, ...], ...]:
    """The surplus by price (a row for each of `PRICES`) and by enrolment (a cell for each of `ENROLMENTS`)."""
    return tuple(
        tuple(surplus(_enrolment(_price(costing, price), learners)) for learners in ENROLMENTS) for price in PRICES
    )


def _enrolment(costing: Costing, factor: Decimal) -> Costing:
    return replace(costing, years=tuple(Enrolment(_times(year.base, factor)) for year in costing.years))


def _price(costing: Costing, factor: Decimal) -> Costing:
    return replace(costing, prices=tuple(replace(each, price=each.price * factor) for each in costing.prices))


def _development(costing: Costing, factor: Decimal) -> Costing:
    return _costs(costing, ("one-off",), factor)


def _cohort(costing: Costing, factor: Decimal) -> Costing:
    return _costs(costing, ("cohort",), factor)


def _variable(costing: Costing, factor: Decimal) -> Costing:
    return _costs(costing, ("learner", "attempt"), factor)


def _fixed(costing: Costing, factor: Decimal) -> Costing:
    """Without refreshes: those are decided each by itself."""
    changed = (
        replace(line, amount=line.amount * factor) if line.kind == "yearly" and line.year is None else line
        for line in costing.costs
    )
    return replace(costing, costs=tuple(changed))


def _overhead(costing: Costing, factor: Decimal) -> Costing:
    return replace(costing, overhead=costing.overhead * factor)


def _shift(costing: Costing, factor: Decimal) -> Costing:
    return replace(costing, shift=costing.shift * factor)


def _costs(costing: Costing, kinds: tuple[str, ...], factor: Decimal) -> Costing:
    changed = (replace(line, amount=line.amount * factor) if line.kind in kinds else line for line in costing.costs)
    return replace(costing, costs=tuple(changed))


def _times(learners: int, factor: Decimal) -> int:
    """Whole learners, rounded half to even."""
    return round(learners * factor)


DRIVERS: dict[str, Callable[[Costing, Decimal], Costing]] = {
    "Enrolment": _enrolment,
    "Price": _price,
    "Development costs": _development,
    "Cohort costs": _cohort,
    "Learner costs": _variable,
    "Yearly costs": _fixed,
    "Overhead": _overhead,
    "Shift of learners": _shift,
}
