"""What somebody who knows the trade would say of a costing: limits that are crossed, and what rests on hope.

To add a remark, write a function from a case to remarks, and name it in `REMARKS` at the foot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from mcplan.finance.gaps import ASSUMPTIONS, COSTS, CURRENCY, ENROLMENT, FUNDING, PRICES
from mcplan.finance.inputs import CONFIRMED, Costing
from mcplan.finance.model import Result
from mcplan.finance.whatif import Scenario
from mcplan.finance.words import money, number, share

PROMOTION, PRODUCTION = Decimal("0.15"), Decimal("0.35")
"""The shares of income that a programme can bear for promotion and for production (source: LERN, a rule of thumb)."""


@dataclass(frozen=True)
class Remark:
    """Something to think about, and where it could be changed."""

    says: str
    question_id: str


@dataclass(frozen=True)
class Case:
    """A costing, what it comes to, and how else it may turn out."""

    costing: Costing
    result: Result
    scenarios: tuple[Scenario, ...]

    def say(self, amount: Decimal) -> str:
        """An amount in the plan's currency."""
        return money(amount, self.costing.currency)

    def scenario(self, id: str) -> Result:
        """What a scenario comes to."""
        return next(each.result for each in self.scenarios if each.id == id)


def find_remarks(case: Case) -> tuple[Remark, ...]:
    """Every remark, in the order of `REMARKS`."""
    return tuple(remark for rule in REMARKS for remark in rule(case))


def promotion_share(case: Case) -> Decimal:
    """Marketing, as a share of what is collected over all years."""
    return _of_income(case, _spent(case, marketing=True))


def production_share(case: Case) -> Decimal:
    """What cohorts and learners cost, marketing apart, as a share of what is collected over all years."""
    return _of_income(case, _spent(case, marketing=False, kinds=("cohort", "learner", "attempt")))


def price_below_cost(case: Case) -> Iterator[Remark]:
    """The mean price does not cover the costs at the enrolment that is expected."""
    price, needed = case.result.unit.list_price, case.result.break_even_price
    if needed is not None and price < needed:
        yield Remark(f"The average price is {case.say(price)}; at this enrolment it takes {case.say(needed)}.", PRICES)


def loss_at_low(case: Case) -> Iterator[Remark]:
    """Fewer learners than expected bring a loss."""
    low = case.scenario("low").surplus
    if low < 0 <= case.result.surplus:
        yield Remark(f"At low enrolment the surplus becomes a loss of {case.say(-low)}.", ENROLMENT)


def hope(case: Case) -> Iterator[Remark]:
    """Money counts that nobody has confirmed."""
    open = sum((fund.amount for fund in case.costing.funding if fund.status != CONFIRMED), Decimal(0))
    without = case.scenario("confirmed").surplus
    if open:
        then = "the surplus becomes a loss of" if without < 0 <= case.result.surplus else "the surplus is"
        amount = case.say(-without if without < 0 <= case.result.surplus else without)
        yield Remark(f"{case.say(open)} of funding is not confirmed; without it {then} {amount}.", FUNDING)


def worth_today(case: Case) -> Iterator[Remark]:
    """A surplus that comes too late to be worth what was spent."""
    if case.result.npv < 0 <= case.result.surplus:
        rate = share(case.costing.discount)
        says = f"At {rate} a year the surplus comes too late: what comes in is worth {case.say(-case.result.npv)} less"
        yield Remark(f"{says} than what is spent.", ASSUMPTIONS)


def back_in_the_red(case: Case) -> Iterator[Remark]:
    """Paid back once, and behind again at the end."""
    if case.result.payback is not None and case.result.surplus < 0:
        yield Remark("What was spent comes in, but later years lose it again.", COSTS)


def promotion(case: Case) -> Iterator[Remark]:
    """More for marketing than programmes usually bear."""
    found = promotion_share(case)
    if found > PROMOTION:
        yield Remark(
            f"Promotion takes {share(found)} of the income; a rule of thumb (LERN) is {share(PROMOTION)}.", COSTS
        )


def production(case: Case) -> Iterator[Remark]:
    """More for cohorts and learners than programmes usually bear."""
    found = production_share(case)
    if found > PRODUCTION:
        yield Remark(
            f"Cohorts and learners cost {share(found)} of the income; a rule of thumb (LERN) is {share(PRODUCTION)}.",
            COSTS,
        )


def too_many_cohorts(case: Case) -> Iterator[Remark]:
    """More cohorts than rooms and assessors allow."""
    most = case.costing.most_cohorts
    for year in case.result.years:
        if most is not None and year.cohorts > most:
            yield Remark(
                f"Year {year.year} needs {year.cohorts} cohorts, and there is room for {number(most)}.", ENROLMENT
            )


def too_few_learners(case: Case) -> Iterator[Remark]:
    """Fewer learners in a year than one cohort needs."""
    fewest = case.costing.fewest_learners
    for year in case.result.years:
        if fewest is not None and year.learners < fewest:
            says = f"Year {year.year} has {year.learners:,} learners, and a cohort runs from {number(fewest)} on."
            yield Remark(says, ENROLMENT)


def paid_too_late(case: Case) -> Iterator[Remark]:
    """Costs of a year that nobody has given learners for."""
    last = len(case.costing.years)
    for line in case.costing.costs:
        if line.year is not None and line.year > last:
            yield Remark(f"“{line.item}” falls in year {line.year}, after the last one reckoned with.", COSTS)


def contingency(case: Case) -> Iterator[Remark]:
    """What building it may cost beyond plan; in none of the figures."""
    if case.costing.contingency:
        more = case.costing.contingency * case.result.development
        says = (
            f"A contingency of {share(case.costing.contingency)} on building it, {case.say(more)}, is in none of these"
        )
        yield Remark(
            f"{says} figures; were it spent, the surplus would be {case.say(case.result.surplus - more)}.", COSTS
        )


def unsaid(case: Case) -> Iterator[Remark]:
    """What counts as nothing because nobody has said anything."""
    if case.costing.unsaid:
        yield Remark(f"Not given, so taken as 0: {', '.join(case.costing.unsaid)}.", ASSUMPTIONS)
    if not case.costing.currency:
        yield Remark("It is not said in which currency all this is.", CURRENCY)


def _spent(case: Case, *, marketing: bool, kinds: tuple[str, ...] = ()) -> Decimal:
    lines = [line for line in case.costing.costs if (line.group == "marketing") is marketing]
    return sum(
        (line.amount * _times(case, line.kind, line.year) for line in lines if not kinds or line.kind in kinds),
        Decimal(0),
    )


def _times(case: Case, kind: str, year: int | None) -> Decimal:
    """How often a line is paid over all years."""
    years = case.result.years
    if kind == "yearly":
        return Decimal(len(years) if year is None else year <= len(years))
    learners = Decimal(case.result.learners)
    often = {"cohort": Decimal(sum(each.cohorts for each in years)), "learner": learners}
    return often.get(kind, case.costing.second_attempt * learners if kind == "attempt" else Decimal(1))


def _of_income(case: Case, spent: Decimal) -> Decimal:
    income = case.result.unit.collected * case.result.learners
    return spent / income if income else Decimal(0)


REMARKS: tuple[Callable[[Case], Iterator[Remark]], ...] = (
    price_below_cost, loss_at_low, hope, worth_today, back_in_the_red, promotion, production, too_many_cohorts,
    too_few_learners, paid_too_late, contingency, unsaid,
)  # fmt: skip
