"""What a costing comes to: the surplus year by year, and the figures a board asks for.

All in Decimal, nothing is rounded; that is for whoever shows it. Overhead, payment fees and refunds are shares of
income. Funding lowers what it takes to build the credential, as it is spent there first.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate

from mcplan.finance.breakeven import BreakEven, break_even
from mcplan.finance.inputs import Costing

ZERO = Decimal(0)


@dataclass(frozen=True)
class Unit:
    """What becomes of the price of one learner on average."""

    list_price: Decimal
    """The mean of the prices by their shares."""
    collected: Decimal
    """After refunds."""
    net: Decimal
    """After payment fees and overhead, too."""
    variable: Decimal
    """What a learner costs, second attempts by their share included."""
    shift: Decimal
    """Contribution lost elsewhere because some learners shift here."""
    contribution: Decimal
    """What is left for cohorts and fixed costs; negative if every learner adds to the loss."""


@dataclass(frozen=True)
class YearResult:
    """One year."""

    year: int
    learners: int
    cohorts: int
    """Begun; 0 if it is not said how many learners a cohort takes."""
    income: Decimal
    """After refunds, payment fees and overhead."""
    costs: Decimal
    surplus: Decimal
    cumulative: Decimal
    """Since the start, with what it took to build it."""


@dataclass(frozen=True)
class Result:
    """What a costing comes to over all its years."""

    unit: Unit
    years: tuple[YearResult, ...]
    development: Decimal
    """What it takes to build it, before funding."""
    funding: Decimal
    net_revenue: Decimal
    total_cost: Decimal
    """After funding; what is lost elsewhere by the shift counts."""
    surplus: Decimal
    roi: Decimal | None
    """Surplus by total cost, 1 for 100 %; None if nothing is spent (source: Phillips)."""
    payback: Decimal | None
    """Years until what was spent has come in, evenly within a year; None if not within the years there are."""
    npv: Decimal
    """Worth at the start: each year's surplus discounted from its end."""
    break_even_price: Decimal | None
    """The average list price that covers all at this enrolment; None without learners."""
    running: BreakEven
    """Learners a year who cover a year without refreshes and without what it took to build it."""
    whole: BreakEven
    """Learners a year who cover everything over the years there are."""
    margin: Decimal | None
    """Share by which mean enrolment is above the first of `whole`; negative below it; None if there is none."""
    cost_per_enrolment: Decimal | None
    cost_per_completer: Decimal | None
    """None if nobody completes, or nobody has said how many do."""

    @property
    def learners(self) -> int:
        """Enrolments over all years."""
        return sum(each.learners for each in self.years)

    @property
    def mean_learners(self) -> Decimal:
        """Enrolments a year."""
        return Decimal(self.learners) / len(self.years)


@lru_cache(maxsize=256)
def reckon(costing: Costing) -> Result:
    """What a costing comes to in its base case. The findings, the screen and the dossier of a plan ask the same."""
    unit = unit_of(costing)
    building, spent = total(costing, "one-off"), _spent(costing)
    years = _years(costing, unit, spent)
    learners = sum(each.learners for each in years)
    revenue = learners * unit.net
    cost = spent + sum((each.costs for each in years), ZERO)
    surplus = revenue - cost
    kept = (1 - costing.refund) * (1 - costing.payment_fee - costing.overhead)
    whole = _break_even(costing, unit, len(years), sum((_fixed(costing, each.year) for each in years), spent))
    return Result(
        unit=unit,
        years=years,
        development=building,
        funding=building - spent,
        net_revenue=revenue,
        total_cost=cost,
        surplus=surplus,
        roi=surplus / cost if cost > 0 else None,
        payback=_payback(spent, years),
        npv=sum((each.surplus / (1 + costing.discount) ** each.year for each in years), -spent),
        break_even_price=cost / (learners * kept) if learners and kept > 0 else None,
        running=_break_even(costing, unit, 1, _fixed(costing, None)),
        whole=whole,
        margin=1 - whole.first * Decimal(len(years)) / learners if learners and whole.first is not None else None,
        cost_per_enrolment=cost / learners if learners else None,
        cost_per_completer=cost / (learners * costing.completion) if learners and costing.completion else None,
    )


def surplus(costing: Costing) -> Decimal:
    """What is left after all years, with all that it took to build it, for those who ask no more than that."""
    unit, spent = unit_of(costing), _spent(costing)
    return sum((each.surplus for each in _years(costing, unit, spent)), -spent)


def unit_of(costing: Costing) -> Unit:
    """What becomes of the price of one learner."""
    # By the sum of the shares and not by 100, or three prices at 33.3 % would lose a thousandth of the income.
    shares = sum((each.share for each in costing.prices), ZERO)
    price = sum((each.price * each.share for each in costing.prices), ZERO) / shares
    collected = price * (1 - costing.refund)
    net = collected * (1 - costing.payment_fee - costing.overhead)
    variable = total(costing, "learner") + costing.second_attempt * total(costing, "attempt")
    shift = costing.shift * costing.shift_loss
    return Unit(price, collected, net, variable, shift, net - variable - shift)


def total(costing: Costing, kind: str) -> Decimal:
    """The sum of all lines of a kind, each paid once."""
    return sum((line.amount for line in costing.costs if line.kind == kind), ZERO)


def surplus_of(costing: Costing, learners: int) -> Decimal:
    """The surplus of a year without refreshes at an enrolment of 0 or more."""
    return _surplus(costing, unit_of(costing), learners, None)


def cohorts_of(costing: Costing, learners: int) -> int:
    """Cohorts begun for so many learners; 0 if it is not said how many a cohort takes."""
    return -(-learners // costing.capacity) if costing.capacity else 0


def _spent(costing: Costing) -> Decimal:
    return total(costing, "one-off") - sum((fund.amount for fund in costing.funding), ZERO)


def _years(costing: Costing, unit: Unit, spent: Decimal) -> tuple[YearResult, ...]:
    learners = [each.base for each in costing.years]
    surplus = [_surplus(costing, unit, number, year) for year, number in enumerate(learners, 1)]
    sums = list(accumulate(surplus, initial=-spent))[1:]
    return tuple(
        YearResult(
            year=year,
            learners=number,
            cohorts=cohorts_of(costing, number),
            income=number * unit.net,
            costs=_costs(costing, unit, number, year),
            surplus=left,
            cumulative=so_far,
        )
        for year, (number, left, so_far) in enumerate(zip(learners, surplus, sums, strict=True), 1)
    )


def _surplus(costing: Costing, unit: Unit, learners: int, year: int | None) -> Decimal:
    return learners * unit.net - _costs(costing, unit, learners, year)


def _costs(costing: Costing, unit: Unit, learners: int, year: int | None) -> Decimal:
    running = learners * (unit.variable + unit.shift) + cohorts_of(costing, learners) * total(costing, "cohort")
    return running + _fixed(costing, year)


def _fixed(costing: Costing, year: int | None) -> Decimal:
    """The fixed costs of a year; without its refreshes if it is None."""
    lines = (line for line in costing.costs if line.kind == "yearly" and line.year in (None, year))
    return sum((line.amount for line in lines), ZERO)


def _break_even(costing: Costing, unit: Unit, years: int, to_cover: Decimal) -> BreakEven:
    # Every year alike, so all is taken times the years and nothing has to be divided.
    return break_even(years * unit.contribution, years * total(costing, "cohort"), costing.capacity or 1, to_cover)


def _payback(spent: Decimal, years: tuple[YearResult, ...]) -> Decimal | None:
    if spent <= 0:
        return ZERO
    before = -spent
    for each in years:
        if each.cumulative >= 0:
            return each.year - 1 - before / each.surplus
        before = each.cumulative
    return None
