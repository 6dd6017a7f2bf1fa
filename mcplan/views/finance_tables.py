"""The tables of the money, in finished words: the numbers of the charts, and what stands behind them."""

from __future__ import annotations

from decimal import Decimal

from mcplan.finance.model import YearResult, total
from mcplan.finance.remarks import Case
from mcplan.finance.whatif import ENROLMENTS, PRICES, grid
from mcplan.finance.words import change, payback, several, share
from mcplan.views.table import Table


def by_year(case: Case) -> Table:
    """Learners, income, costs and surplus of each year, after what it takes to build it."""
    built = case.say(case.result.funding - case.result.development)
    before = ("Before", "–", "–", case.say(case.result.development - case.result.funding), built, built)
    columns = ("Year", "Learners", "Income", "Costs", "Surplus", "So far")
    return Table("Year by year", columns, (before, *(_year(case, each) for each in case.result.years)))


def by_scenario(case: Case) -> Table:
    """Each way it may turn out."""
    rows = []
    for each in case.scenarios:
        found = each.result
        roi = "" if found.roi is None else f" ({share(found.roi)})"
        learners = ", ".join(f"{year.learners:,}" for year in found.years)
        rows.append((each.name, learners, f"{case.say(found.surplus)}{roi}", case.say(found.npv), payback(found)))
    columns = ("Scenario", "Learners by year", "Surplus (return)", "Value today", "Payback")
    return Table("How it may turn out", columns, tuple(rows))


def by_price(case: Case) -> Table:
    """The surplus by price and enrolment; the title says how often there is one."""
    cells = grid(case.costing)
    good = sum(cell >= 0 for row in cells for cell in row)
    caption = f"{good} of {len(PRICES) * len(ENROLMENTS)} combinations of price and enrolment bring a surplus"
    rows = tuple((f"Price {change(price)}", *map(case.say, row)) for price, row in zip(PRICES, cells, strict=True))
    return Table(caption, ("", *(f"Enrolment {change(factor)}" for factor in ENROLMENTS)), rows)


def of_a_learner(case: Case) -> Table:
    """What becomes of the price of one learner."""
    unit, costing = case.result.unit, case.costing
    lines = (
        ("Price on average", unit.list_price),
        (f"Refunds, {share(costing.refund)}", unit.collected - unit.list_price),
        (f"Payment fees and overhead, {share(costing.payment_fee + costing.overhead)}", unit.net - unit.collected),
        ("What a learner costs", -unit.variable),
        ("Lost elsewhere by the shift", -unit.shift),
        ("Left for cohorts and fixed costs", unit.contribution),
    )
    return _amounts(case, "What becomes of the price of one learner", "Of one learner", lines)


def of_costs(case: Case) -> Table:
    """What everything costs over all years, and the contingency that is not in it."""
    costing, result = case.costing, case.result
    yearly = [line for line in costing.costs if line.kind == "yearly"]
    every = sum((line.amount for line in yearly if line.year is None), Decimal(0))
    refreshes = [line.amount for line in yearly if line.year is not None and line.year <= len(result.years)]
    cohorts = sum(each.cohorts for each in result.years)
    lines = [
        ("To build it", result.development),
        ("Funding", -result.funding),
        (f"Every year, {several(len(result.years), 'time')}", every * len(result.years)),
        ("Refreshes in single years", sum(refreshes, Decimal(0))),
        (several(cohorts, "cohort"), cohorts * total(costing, "cohort")),
        (several(result.learners, "learner"), result.learners * result.unit.variable),
        ("Lost elsewhere by the shift", result.learners * result.unit.shift),
        ("Total", result.total_cost),
    ]
    if costing.contingency:
        name = f"Contingency of {share(costing.contingency)} on building it, not in the total"
        lines.append((name, costing.contingency * result.development))
    return _amounts(case, "What it costs over all years", "Over all years", tuple(lines))


def _year(case: Case, year: YearResult) -> tuple[str, ...]:
    learners = f"{year.learners:,} in {several(year.cohorts, 'cohort')}" if year.cohorts else f"{year.learners:,}"
    amounts = (year.income, year.costs, year.surplus, year.cumulative)
    return (f"Year {year.year}", learners, *map(case.say, amounts))


def _amounts(case: Case, caption: str, title: str, lines: tuple[tuple[str, Decimal], ...]) -> Table:
    return Table(caption, ("", title), tuple((name, case.say(amount)) for name, amount in lines))
