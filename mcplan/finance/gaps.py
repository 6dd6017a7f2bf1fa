"""What keeps the money from being reckoned: inputs that are missing, and inputs that cannot be right.

To add a check, write a function from what a plan says to gaps, and name it in `CHECKS` at the foot.
What is not needed (funding, refunds, the shift from other credentials, …) is no gap: it counts as 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from mcplan.known import Known, Row

COSTS = "operational.costs"
PRICES = "operational.prices"
ENROLMENT = "operational.enrolment"
FUNDING = "operational.funding"
ASSUMPTIONS = "operational.assumptions"
CURRENCY = "operational.currency"
INPUTS = (COSTS, PRICES, ENROLMENT, FUNDING, ASSUMPTIONS, CURRENCY)
"""The questions whose answers are reckoned with, in the order people fill them in."""

KINDS = {
    "one-off": "to build it",
    "yearly": "each year",
    "cohort": "each cohort",
    "learner": "each learner",
    "attempt": "each second attempt",
}
"""The kinds of cost line, and when they are paid."""
SHARES = {
    "refund": "refunds",
    "payment-fee": "payment fees",
    "overhead": "overhead",
    "shift": "learners who shift from another credential",
    "second-attempt": "second attempts",
    "completion": "learners who complete",
    "discount": "the discount rate",
    "contingency": "contingency",
}
"""The assumptions in percent, by row id, as sentences name them."""
TOLERANCE = Decimal("0.1")
"""Points by which the shares of the prices may miss 100 %: thirds cannot be written out."""
MOST, LEAST = Decimal(10) ** 12, Decimal(1) / 10**6
"""The greatest number that is believed, and the smallest but 0; beyond them somebody has slipped on a key."""


@dataclass(frozen=True)
class Gap:
    """One thing to mend before anything can be reckoned."""

    says: str
    question_id: str
    """Where to put it."""


def find_gaps(known: Known) -> tuple[Gap, ...]:
    """Everything that is missing or cannot be right, question by question; empty if there is enough."""
    return tuple(gap for check in CHECKS for gap in check(known))


def value_of(known: Known, assumption: str) -> Decimal | None:
    """What is assumed, as typed (percent stay 0 to 100); None if nothing is."""
    return next((row.number("value") for row in known.rows(ASSUMPTIONS) if row.id == assumption), None)


def costs(known: Known) -> Iterator[Gap]:
    """There are cost lines, each with a kind and a rate."""
    rows = known.rows(COSTS)
    if not rows:
        yield Gap("There is no cost yet: what it takes to build it, and to run it a year, a cohort, a learner.", COSTS)
    for row in rows:
        if row.pick("kind") not in KINDS:
            yield Gap(f"“{row.name}” does not say what kind of cost it is.", COSTS)
        if row.number("rate") is None:
            yield Gap(f"“{row.name}” has no rate. Put 0 if it costs nothing.", COSTS)
        year = row.number("year")
        if row.pick("kind") == "yearly" and year is not None and not _counts(year, 1):
            yield Gap(f"“{row.name}” falls in year {_said(year)}; years are 1, 2, 3 and so on.", COSTS)


def prices(known: Known) -> Iterator[Gap]:
    """There is a price, and the shares of all prices add up to the whole."""
    rows = known.rows(PRICES)
    if not rows:
        yield Gap("There is no price yet: what each group of learners pays, and its share of the learners.", PRICES)
        return
    unfinished = [row for row in rows if row.number("price") is None or row.number("share") is None]
    for row in unfinished:
        what = "price" if row.number("price") is None else "share of the learners"
        yield Gap(f"“{row.name}” has no {what}.", PRICES)
    total = sum((row.number("share") or Decimal(0) for row in rows), Decimal(0))
    if not unfinished and abs(total - 100) > TOLERANCE:
        yield Gap(f"The shares of the prices add up to {_said(total)} %, and should to 100 %.", PRICES)


def enrolment(known: Known) -> Iterator[Gap]:
    """There are learners, in years that follow each other, with low and high on their sides of the base."""
    rows = known.rows(ENROLMENT)
    if not rows:
        yield Gap("There is no enrolment yet: how many learners you expect, year by year.", ENROLMENT)
        return
    unfinished = [row for row in rows if row.number("year") is None or row.number("base") is None]
    if unfinished:
        yield Gap("A row of the enrolment lacks its year or its base number of learners.", ENROLMENT)
        return
    yield from _years([row.number("year") or Decimal(0) for row in rows])
    for row in rows:
        yield from _learners(row)
    if not any(row.number("base") for row in rows):
        yield Gap("The enrolment is 0 in every year, so there is nothing to reckon with.", ENROLMENT)


def funding(known: Known) -> Iterator[Gap]:
    """Each source of funding has an amount."""
    for row in known.rows(FUNDING):
        if row.number("amount") is None:
            yield Gap(f"The funding from “{row.name}” has no amount.", FUNDING)


def assumptions(known: Known) -> Iterator[Gap]:
    """A cohort holds somebody, shares are shares, and something is left of the price."""
    capacity = value_of(known, "capacity")
    if capacity is None and any(row.pick("kind") == "cohort" and row.number("rate") for row in known.rows(COSTS)):
        yield Gap("There are costs for each cohort, but it is not said how many learners a cohort takes.", ASSUMPTIONS)
    if capacity is not None and not _counts(capacity, 1):
        yield Gap(f"A cohort of {_said(capacity)} learners cannot be; it takes 1, 2, 3 or more.", ASSUMPTIONS)
    given = {id: value_of(known, id) or Decimal(0) for id in SHARES}
    for id, value in given.items():
        if value > 100:
            yield Gap(f"{SHARES[id].capitalize()}: {_said(value)} % is more than all.", ASSUMPTIONS)
    taken = given["payment-fee"] + given["overhead"]
    if taken >= 100:
        yield Gap(f"Payment fees and overhead take {_said(taken)} % of the income, so nothing is left.", ASSUMPTIONS)
    if given["refund"] == 100:
        yield Gap("Refunds of 100 % give back all the income, so nothing is left.", ASSUMPTIONS)


def sizes(known: Known) -> Iterator[Gap]:
    """No number is beyond belief."""
    for question_id in (COSTS, PRICES, ENROLMENT, FUNDING, ASSUMPTIONS):
        for row in known.rows(question_id):
            numbers = [number for column in row.cells if (number := row.number(column))]
            if any(not LEAST <= number <= MOST for number in numbers):
                says = f"“{row.name}” holds a number above {MOST:,} or below {LEAST:f}. Look for a slip of the key."
                yield Gap(says, question_id)


def _years(years: list[Decimal]) -> Iterator[Gap]:
    if not all(_counts(year, 1) for year in years):
        yield Gap("The years of the enrolment are 1, 2, 3 and so on; 1 is the first with learners.", ENROLMENT)
        return
    for year, times in Counter(years).items():
        if times > 1:
            yield Gap(f"Year {_said(year)} stands {times} times in the enrolment.", ENROLMENT)
    missing = next((year for year in range(1, len(years) + 1) if year not in years), None)
    if missing and len(set(years)) == len(years):
        yield Gap(f"Year {missing} is missing from the enrolment. Put 0 if nobody enrols.", ENROLMENT)


def _learners(row: Row) -> Iterator[Gap]:
    low, base, high = row.number("low"), row.number("base"), row.number("high")
    year = _said(row.number("year") or Decimal(0))
    if not all(each is None or _counts(each, 0) for each in (low, base, high)):
        yield Gap(f"Year {year} of the enrolment holds a part of a learner; give whole numbers.", ENROLMENT)
    elif low is not None and base is not None and low > base:
        yield Gap(f"In year {year} the low enrolment, {_said(low)}, is above the base, {_said(base)}.", ENROLMENT)
    elif high is not None and base is not None and base > high:
        yield Gap(f"In year {year} the base enrolment, {_said(base)}, is above the high, {_said(high)}.", ENROLMENT)


def _counts(number: Decimal, least: int) -> bool:
    return number >= least and number == number.to_integral_value()


def _said(number: Decimal) -> str:
    return f"{number:,.2f}".rstrip("0").rstrip(".")


Check = Callable[[Known], Iterator[Gap]]
CHECKS: tuple[Check, ...] = (costs, prices, enrolment, funding, assumptions, sizes)
