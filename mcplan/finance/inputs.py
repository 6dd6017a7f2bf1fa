"""What the money is reckoned from: a plan's costs, prices, enrolment, funding and assumptions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from mcplan.finance.gaps import (
    COSTS,
    CURRENCY,
    ENROLMENT,
    FUNDING,
    PRICES,
    SHARES,
    Gap,
    find_gaps,
    value_of,
)
from mcplan.known import Known, Row

NOTHING = Decimal(0)
CONFIRMED, REFUSED = "confirmed", "refused"
"""The two states of funding that matter: what is sure, and what is lost."""


@dataclass(frozen=True)
class CostLine:
    """One line of the costs."""

    item: str
    kind: str
    """A key of `mcplan.finance.gaps.KINDS`."""
    amount: Decimal
    """Quantity times rate, each time it is paid."""
    year: int | None = None
    """Of a yearly line, the one year in which it is paid; None for every year."""
    group: str = ""
    """What it is spent on: staff, content, marketing and so on."""


@dataclass(frozen=True)
class Price:
    """What one group of learners pays."""

    segment: str
    price: Decimal
    share: Decimal
    """Points of all learners, 0 to 100."""


@dataclass(frozen=True)
class Enrolment:
    """The learners of one year."""

    base: int
    low: int | None = None
    """None: the team has not said."""
    high: int | None = None


@dataclass(frozen=True)
class Fund:
    """Money from outside the price."""

    source: str
    amount: Decimal
    status: str = "planned"
    """confirmed, applied or planned; what was refused is not here."""


@dataclass(frozen=True)
class Costing:
    """Everything that is reckoned with. Money is in the plan's currency; shares are 0 to 1, exactly as typed."""

    currency: str
    """ISO 4217; empty if none is picked."""
    costs: tuple[CostLine, ...]
    prices: tuple[Price, ...]
    """Their shares add up to 100, give or take a tenth of a point."""
    years: tuple[Enrolment, ...]
    """From the first year with learners on, without gaps."""
    funding: tuple[Fund, ...] = ()
    capacity: int | None = None
    """Learners in a full cohort; None where cohorts cost nothing and nobody has said."""
    most_cohorts: Decimal | None = None
    """Cohorts a year that rooms and assessors allow."""
    fewest_learners: Decimal | None = None
    """Learners without whom a cohort does not run."""
    refund: Decimal = NOTHING
    payment_fee: Decimal = NOTHING
    """Of what is collected; so is the overhead."""
    overhead: Decimal = NOTHING
    shift: Decimal = NOTHING
    """Share of the learners who would otherwise have taken another credential of ours."""
    shift_loss: Decimal = NOTHING
    """Contribution lost for each of them."""
    second_attempt: Decimal = NOTHING
    """Share of the learners who need one."""
    completion: Decimal | None = None
    discount: Decimal = NOTHING
    """A year."""
    contingency: Decimal = NOTHING
    """On what it takes to build it; shown beside the figures, in none of them."""
    unsaid: tuple[str, ...] = ()
    """Assumptions that count as 0 because nobody has said anything."""

    def with_confirmed_funding_only(self) -> Costing:
        """The same without money that may still be refused."""
        return replace(self, funding=tuple(fund for fund in self.funding if fund.status == CONFIRMED))


@dataclass(frozen=True)
class NotEnough:
    """Why nothing can be reckoned yet."""

    gaps: tuple[Gap, ...]


def read_costing(known: Known) -> Costing | NotEnough:
    """What a plan says about money, or what is missing from it and where to put it."""
    gaps = find_gaps(known)
    if gaps:
        return NotEnough(gaps)
    capacity, completion = value_of(known, "capacity"), value_of(known, "completion")
    return Costing(
        currency=known.pick(CURRENCY).upper(),
        costs=tuple(_cost(row) for row in known.rows(COSTS)),
        prices=tuple(Price(row.name, _number(row, "price"), _number(row, "share")) for row in known.rows(PRICES)),
        years=tuple(_year(row) for row in sorted(known.rows(ENROLMENT), key=lambda row: _number(row, "year"))),
        funding=tuple(_fund(row) for row in known.rows(FUNDING) if row.pick("status") != REFUSED),
        capacity=None if capacity is None else int(capacity),
        most_cohorts=value_of(known, "cohorts"),
        fewest_learners=value_of(known, "minimum"),
        refund=_share(known, "refund"),
        payment_fee=_share(known, "payment-fee"),
        overhead=_share(known, "overhead"),
        shift=_share(known, "shift"),
        shift_loss=value_of(known, "shift-loss") or NOTHING,
        second_attempt=_share(known, "second-attempt"),
        completion=None if completion is None else completion / 100,
        discount=_share(known, "discount"),
        contingency=_share(known, "contingency"),
        unsaid=_unsaid(known),
    )


def _cost(row: Row) -> CostLine:
    quantity = row.number("quantity")
    amount = _number(row, "rate") * (1 if quantity is None else quantity)
    year = row.number("year") if row.pick("kind") == "yearly" else None
    return CostLine(row.name, row.pick("kind"), amount, None if year is None else int(year), row.pick("group"))


def _year(row: Row) -> Enrolment:
    low, high = row.number("low"), row.number("high")
    return Enrolment(int(_number(row, "base")), None if low is None else int(low), None if high is None else int(high))


def _fund(row: Row) -> Fund:
    return Fund(row.name, _number(row, "amount"), row.pick("status") or "planned")


def _unsaid(known: Known) -> tuple[str, ...]:
    # Nobody needs a share of completers, a margin or a loss of other credentials to get these figures right.
    needed = ("refund", "payment-fee", "overhead", "shift", "discount")
    unsaid = [SHARES[id] for id in needed if value_of(known, id) is None]
    if value_of(known, "second-attempt") is None and any(row.pick("kind") == "attempt" for row in known.rows(COSTS)):
        unsaid.append(SHARES["second-attempt"])
    if value_of(known, "shift") and value_of(known, "shift-loss") is None:
        unsaid.append("what is lost when a learner shifts")
    return tuple(unsaid)


def _share(known: Known, assumption: str) -> Decimal:
    return (value_of(known, assumption) or NOTHING) / 100


def _number(row: Row, column: str) -> Decimal:
    return row.number(column) or NOTHING
