"""The money: the reference figures to the cent, what must hold for every costing, and what is refused."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcplan.finance.breakeven import BreakEven, break_even
from mcplan.finance.gaps import find_gaps
from mcplan.finance.inputs import Costing, Enrolment, Fund, NotEnough, Price, read_costing
from mcplan.finance.model import cohorts_of, reckon, surplus_of
from mcplan.finance.whatif import ENROLMENTS, PRICES, grid, scenarios, tornado
from tests.mcplan.costings import NAMES, WORKED, a_costing, a_known, cost, worked_tables

BASE = WORKED["base"]


@pytest.fixture
def worked():
    """The reference costing, read from a plan."""
    costing = read_costing(a_known(worked_tables()))
    assert isinstance(costing, Costing)
    return costing


def same(number, reference):
    """True if a figure is that of the reference; closer than floats can tell."""
    return number is None if reference is None else abs(number - Decimal(str(reference))) < Decimal("1e-8")


def to_the_cent(number, reference):
    """The same for references that are printed to the cent."""
    return abs(number - Decimal(str(reference))) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("figure", "reference"),
    [
        (lambda it: it.unit.list_price, BASE["unit"]["list_price"]),
        (lambda it: it.unit.collected, BASE["unit"]["collected"]),
        (lambda it: it.unit.net, BASE["unit"]["net_revenue"]),
        (lambda it: it.unit.variable, BASE["unit"]["variable"]),
        (lambda it: it.unit.shift, BASE["unit"]["cannibalisation"]),
        (lambda it: it.unit.contribution, BASE["unit"]["contribution"]),
        (lambda it: it.development, BASE["one_off"]),
        (lambda it: it.development - it.funding, BASE["net_one_off"]),
        *((lambda it, at=at: it.years[at].cohorts, BASE["cohorts"][at]) for at in range(3)),
        *((lambda it, at=at: it.years[at].surplus, BASE["year_surplus"][at]) for at in range(3)),
        *((lambda it, at=at: it.years[at].cumulative, BASE["cumulative"][at]) for at in range(3)),
        (lambda it: it.payback, BASE["payback_years"]),
        (lambda it: it.npv, BASE["npv"]),
        (lambda it: it.net_revenue, BASE["net_revenue"]),
        (lambda it: it.total_cost, BASE["total_cost"]),
        (lambda it: it.surplus, BASE["surplus"]),
        (lambda it: it.roi, BASE["roi"]),
        (lambda it: it.break_even_price, BASE["break_even_price"]),
        (lambda it: it.running.first, BASE["annual_break_even"]),
        (lambda it: it.running.safe, BASE["annual_break_even_safe"]),
        (lambda it: it.whole.first, BASE["horizon_break_even_per_year"]),
        (lambda it: it.whole.safe, BASE["horizon_break_even_safe_per_year"]),
        (lambda it: it.margin, BASE["margin_of_safety"]),
        (lambda it: it.cost_per_enrolment, BASE["cost_per_enrolment"]),
        (lambda it: it.cost_per_completer, BASE["cost_per_completer"]),
    ],
)
def test_the_worked_example_comes_to_the_figures_of_the_reference(worked, figure, reference):
    assert same(figure(reckon(worked)), reference)


def test_the_reference_figures_are_the_published_ones(worked):
    result = reckon(worked)
    assert f"{result.npv:.2f}" == "-418.57"
    assert f"{result.surplus:.2f}" == "5982.72"
    assert f"{result.payback:.3f}" == "2.737"
    assert [year.learners for year in result.years] == [40, 60, 72]


@pytest.mark.parametrize(("learners", "reference"), WORKED["annual_surplus_by_n"].items())
def test_a_new_cohort_is_a_step_down_in_the_surplus_of_a_year(worked, learners, reference):
    assert to_the_cent(surplus_of(worked, int(learners)), reference)


@pytest.mark.parametrize(
    ("id", "name"), [("low", "low"), ("base", "base"), ("high", "high"), ("confirmed", "no grant")]
)
def test_each_scenario_comes_to_the_figures_of_the_reference(worked, id, name):
    (found,) = [each.result for each in scenarios(worked) if each.id == id]
    reference = WORKED["scenarios"][name]
    assert same(found.surplus, reference["surplus"])
    assert same(found.roi, reference["roi"])
    assert same(found.npv, reference["npv"])
    assert same(found.payback, reference["payback_years"])
    assert [year.cohorts for year in found.years] == reference["cohorts"]
    assert all(same(year.surplus, each) for year, each in zip(found.years, reference["year_surplus"], strict=True))


def test_a_teams_own_low_and_high_come_before_three_quarters_and_five_quarters(worked):
    years = (Enrolment(40, low=10), Enrolment(54, high=90), Enrolment(72))
    low, _, high, _ = scenarios(replace(worked, years=years))
    assert [year.learners for year in low.result.years] == [10, 40, 54], "40.5 goes to the even 40"
    assert [year.learners for year in high.result.years] == [50, 90, 90]


def test_money_that_is_applied_for_counts_until_it_is_refused(worked):
    assert reckon(worked).funding == 10000
    assert reckon(worked.with_confirmed_funding_only()).funding == 0
    tables = worked_tables()
    tables["funding"] = [
        {"source": "a", "amount": 10, "status": "confirmed"},
        {"source": "b", "amount": 200, "status": "planned"},
        {"source": "c", "amount": 3000, "status": "refused"},
        {"source": "d", "amount": 40000},
    ]
    costing = read_costing(a_known(tables))
    assert reckon(costing).funding == 40210
    assert reckon(costing.with_confirmed_funding_only()).funding == 10


DRIVERS = {
    "price": "Price",
    "enrolment": "Enrolment",
    "development cost": "Development costs",
    "cohort cost": "Cohort costs",
    "variable cost": "Learner costs",
    "annual fixed": "Yearly costs",
    "overhead rate": "Overhead",
    "cannibalisation": "Shift of learners",
}


def test_the_tornado_is_that_of_the_reference_widest_first(worked):
    reference = WORKED["tornado_20pct_surplus"]
    found = tornado(worked, Decimal("0.2"))
    assert [swing.driver for swing in found] == [DRIVERS[name] for name in reference]
    for swing, (lower, higher) in zip(found, reference.values(), strict=True):
        assert to_the_cent(swing.lower, lower)
        assert to_the_cent(swing.higher, higher)


def test_the_grid_is_that_of_the_reference(worked):
    reference = WORKED["price_x_enrolment_surplus"]
    assert [f"{100 * price - 100:+.0f}%" for price in PRICES] == list(reference)
    for row, wanted in zip(grid(worked), reference.values(), strict=True):
        assert [f"{100 * each - 100:+.0f}%" for each in ENROLMENTS] == list(wanted)
        assert all(to_the_cent(cell, each) for cell, each in zip(row, wanted.values(), strict=True))


def test_contingency_is_in_none_of_the_figures(worked):
    assert reckon(replace(worked, contingency=Decimal("0.1"))) == reckon(worked)


def test_first_and_safe_differ_where_a_new_cohort_costs_much():
    costing = a_costing(costs=(cost("cohort", 6000), cost("yearly", 500)), capacity=10)
    assert reckon(costing).running == BreakEven(first=10, safe=53)
    assert [surplus_of(costing, n) for n in (9, 10, 11, 18, 51, 52, 53, 61)] == [
        -200, 500, -4800, 100, -800, -100, 600, 200
    ]  # fmt: skip


cents = st.integers(-200_000, 200_000).map(lambda number: Decimal(number) / 100)
positive = st.integers(0, 200_000).map(lambda number: Decimal(number) / 100)


@settings(deadline=None)
@given(cents, positive, st.integers(1, 25), cents)
def test_first_and_safe_are_those_that_trying_every_size_finds(contribution, step, capacity, to_cover):
    found = break_even(contribution, step, capacity, to_cover)

    def pays(n):
        return n * contribution - -(-n // capacity) * step - to_cover >= 0

    # Beyond every number found, and a few cohorts more: enough to catch an answer that is too small or too great.
    sizes = range(max(found.first or 0, found.safe or 0, 200) + 5 * capacity)
    if len(sizes) > 20_000:
        return
    tried = [pays(n) for n in sizes]
    assert found.first == (tried.index(True) if True in tried else None)
    if found.safe is None:
        assert capacity * contribution - step <= 0
        assert not pays(1 + capacity * 10**12)
    else:
        assert all(tried[found.safe :])
        assert found.safe == 0 or not tried[found.safe - 1]
        assert all(pays(found.safe + n) for n in (10**6, 10**9, 10**9 + 1, 10**12 + 1))


def test_break_even_is_exact_however_far_away_it_is():
    # A cent a cohort is left, and there are a billion to cover: a search would have given up.
    found = break_even(Decimal("1.01"), Decimal("10.09"), 10, Decimal(10) ** 9)
    assert found.first == 10**12
    assert found.safe > found.first


def test_no_break_even_where_a_learner_or_a_full_cohort_costs_more_than_it_brings():
    assert break_even(Decimal(-1), Decimal(0), 10, Decimal(5)) == BreakEven(None, None)
    assert break_even(Decimal(0), Decimal(0), 10, Decimal(5)) == BreakEven(None, None)
    assert break_even(Decimal(10), Decimal(100), 10, Decimal(5)) == BreakEven(None, None)
    assert break_even(Decimal(10), Decimal(101), 10, Decimal(-5)) == BreakEven(0, None)
    assert break_even(Decimal(-1), Decimal(0), 1, Decimal(-5)) == BreakEven(0, None)


costings = st.builds(
    lambda price, refund, fee, overhead, lines, learners, funding, capacity, discount: a_costing(
        prices=(Price("a", price, Decimal(100)),),
        refund=refund, payment_fee=fee, overhead=overhead, costs=tuple(lines), capacity=capacity, discount=discount,
        years=tuple(map(Enrolment, learners)), funding=(Fund("f", funding),), completion=Decimal("0.5"),
    ),
    price=positive,
    refund=st.sampled_from([Decimal("0"), Decimal("0.03"), Decimal("0.5")]),
    fee=st.sampled_from([Decimal("0"), Decimal("0.025")]),
    overhead=st.sampled_from([Decimal("0"), Decimal("0.15"), Decimal("0.6")]),
    lines=st.lists(
        st.builds(
            lambda kind, amount, year: cost(kind, amount, year=year if kind == "yearly" else None),
            st.sampled_from(["one-off", "yearly", "cohort", "learner", "attempt"]), positive,
            st.sampled_from([None, 1, 2, 9]),
        ),
        max_size=8,
    ),
    learners=st.lists(st.integers(0, 300), min_size=1, max_size=5),
    funding=positive,
    capacity=st.integers(1, 40),
    discount=st.sampled_from([Decimal(0), Decimal("0.06"), Decimal(1)]),
)  # fmt: skip


@settings(deadline=None)
@given(costings)
def test_what_comes_in_is_what_is_spent_and_what_is_left(costing):
    result = reckon(costing)
    assert result.total_cost + result.surplus == result.net_revenue
    assert result.years[-1].cumulative == result.surplus
    assert sum(year.surplus for year in result.years) - result.development + result.funding == result.surplus
    assert all(year.income - year.costs == year.surplus for year in result.years)


@settings(deadline=None)
@given(costings)
def test_worth_today_is_the_surplus_where_money_costs_nothing(costing):
    result = reckon(replace(costing, discount=Decimal(0)))
    assert result.npv == result.surplus


@settings(deadline=None)
@given(costings)
def test_at_the_break_even_price_nothing_is_left(costing):
    price = reckon(costing).break_even_price
    if price is not None:
        then = reckon(replace(costing, prices=(Price("a", price, Decimal(100)),)))
        assert abs(then.surplus) < Decimal("1e-6")


@settings(deadline=None)
@given(costings)
def test_from_the_safe_enrolment_on_it_always_pays(costing):
    result = reckon(costing)
    running, whole = result.running, result.whole
    for found in (running, whole):
        assert found.safe is None or found.first is not None
        assert found.safe is None or found.safe >= found.first
    if running.safe is not None:
        assert all(surplus_of(costing, running.safe + n) >= 0 for n in range(3 * costing.capacity))
    if whole.first:
        alike = replace(costing, years=(Enrolment(whole.first),) * len(costing.years))
        fewer = replace(costing, years=(Enrolment(whole.first - 1),) * len(costing.years))
        assert reckon(alike).surplus >= 0 > reckon(fewer).surplus


@settings(deadline=None)
@given(costings)
def test_payback_is_when_what_was_spent_has_come_in(costing):
    result = reckon(costing)
    spent = result.development - result.funding
    if result.payback is None:
        assert all(year.cumulative < 0 for year in result.years)
    elif spent > 0:
        whole, part = int(result.payback), result.payback % 1
        before = -spent if whole == 0 else result.years[whole - 1].cumulative
        then = before + (part * result.years[whole].surplus if part else 0)
        assert abs(then) < Decimal("1e-6")


def test_where_funding_covers_the_building_it_is_paid_back_at_once():
    costing = a_costing(costs=(cost("one-off", 100),), funding=(Fund("f", Decimal(100)),))
    assert reckon(costing).payback == 0


def test_figures_that_need_somebody_are_left_out_where_there_is_nobody():
    result = reckon(a_costing(costs=(cost("one-off", 100),), years=(Enrolment(0),)))
    assert (result.break_even_price, result.cost_per_enrolment, result.cost_per_completer) == (None, None, None)
    assert result.margin is None
    assert reckon(a_costing()).roi is None, "nothing is spent"
    assert reckon(a_costing(costs=(cost("one-off", 9),))).cost_per_completer is None, "nobody has said who completes"


def test_prices_whose_shares_are_thirds_lose_no_income():
    thirds = tuple(Price(name, Decimal(900), Decimal("33.3")) for name in "abc")
    assert reckon(a_costing(prices=thirds)).unit.list_price == 900


def test_cohorts_are_counted_only_where_their_size_is_known():
    assert cohorts_of(a_costing(capacity=16), 17) == 2
    assert cohorts_of(a_costing(), 17) == 0


def test_a_cost_of_one_year_is_paid_in_that_year_only_and_never_after_the_last():
    lines = (cost("yearly", 100), cost("yearly", 7, year=2), cost("yearly", 1000, year=4))
    result = reckon(a_costing(costs=lines, years=(Enrolment(1), Enrolment(1), Enrolment(1))))
    assert [year.costs for year in result.years] == [100, 107, 100]


def test_a_quantity_left_empty_is_one_and_a_quantity_of_zero_is_none():
    tables = worked_tables()
    tables["costs"] = [{"item": "a", "kind": "one-off", "rate": 5}]
    assert reckon(read_costing(a_known(tables))).development == 5
    tables["costs"] = [{"item": "a", "kind": "one-off", "rate": 5, "quantity": 0}]
    assert reckon(read_costing(a_known(tables))).development == 0


def test_what_nobody_says_counts_as_nothing_and_is_named():
    tables = worked_tables() | {"assumptions": [{"id": "capacity", "value": 16}], "funding": None, "currency": None}
    costing = read_costing(a_known(tables))
    assert costing.refund == costing.overhead == costing.shift == costing.discount == 0
    assert costing.completion is None
    assert costing.currency == ""
    assert costing.unsaid == (
        "refunds", "payment fees", "overhead", "learners who shift from another credential", "the discount rate",
        "second attempts",
    )  # fmt: skip


def says(**tables):
    """The sentences for the worked tables with some of them changed."""
    return [gap.says for gap in find_gaps(a_known(worked_tables() | tables))]


def test_an_empty_plan_is_told_what_to_fill_in_and_where():
    missing = read_costing(a_known({}))
    assert isinstance(missing, NotEnough)
    assert [gap.question_id for gap in missing.gaps] == [
        "operational.costs", "operational.prices", "operational.enrolment"
    ]  # fmt: skip
    assert find_gaps(a_known(worked_tables())) == ()


@pytest.mark.parametrize("table", NAMES)
def test_each_table_is_needed_or_counts_as_nothing(table):
    read = read_costing(a_known(worked_tables() | {table: None}))
    assert isinstance(read, NotEnough) == (table in ("costs", "prices", "enrolment", "assumptions"))


def test_without_costs_of_cohorts_nobody_has_to_say_how_many_they_take():
    tables = worked_tables()
    tables["costs"] = [line for line in tables["costs"] if line["kind"] != "cohort"]
    assert says(costs=tables["costs"], assumptions=None) == []


@pytest.mark.parametrize(
    ("table", "rows", "sentence"),
    [
        ("costs", [{"item": "Hall", "rate": 5}], "“Hall” does not say what kind of cost it is."),
        ("costs", [{"item": "Hall", "kind": "one-off"}], "“Hall” has no rate. Put 0 if it costs nothing."),
        ("costs", [{"item": "Hall", "kind": "yearly", "rate": 1, "year": 0}], "“Hall” falls in year 0;"),
        ("costs", [{"item": "Hall", "kind": "yearly", "rate": 1, "year": 1.5}], "“Hall” falls in year 1.5;"),
        ("costs", [{"item": "Hall", "kind": "yearly", "rate": 1e13}], "“Hall” holds a number above 1,000,000,000,000"),
        ("costs", [{"item": "Hall", "kind": "yearly", "rate": 1e-7}], "1,000,000,000,000 or below 0.000001."),
        ("prices", [{"segment": "All", "price": 5}], "“All” has no share of the learners."),
        ("prices", [{"segment": "All", "share": 100}], "“All” has no price."),
        ("prices", [{"segment": "All", "price": 5, "share": 99.8}], "add up to 99.8 %, and should to 100 %."),
        ("prices", [{"segment": "All", "price": 5, "share": 100.2}], "add up to 100.2 %"),
        ("enrolment", [{"year": 1}], "lacks its year or its base"),
        ("enrolment", [{"base": 10}], "lacks its year or its base"),
        ("enrolment", [{"year": 1, "base": 0}, {"year": 2, "base": 0}], "The enrolment is 0 in every year"),
        ("enrolment", [{"year": 1, "base": 9}, {"year": 3, "base": 9}], "Year 2 is missing from the enrolment."),
        ("enrolment", [{"year": 2, "base": 9}], "Year 1 is missing"),
        ("enrolment", [{"year": 1, "base": 9}, {"year": 1, "base": 9}], "Year 1 stands 2 times in the enrolment."),
        ("enrolment", [{"year": 2026, "base": 9}], "Year 1 is missing"),
        ("enrolment", [{"year": 0, "base": 9}], "The years of the enrolment are 1, 2, 3"),
        ("enrolment", [{"year": 1, "base": 9.5}], "holds a part of a learner"),
        ("enrolment", [{"year": 1, "low": 10, "base": 9}], "In year 1 the low enrolment, 10, is above the base, 9."),
        ("enrolment", [{"year": 1, "base": 9, "high": 8}], "In year 1 the base enrolment, 9, is above the high, 8."),
        ("funding", [{"source": "Fund", "status": "planned"}], "The funding from “Fund” has no amount."),
        ("assumptions", [{"id": "capacity", "value": 0}], "A cohort of 0 learners cannot be"),
        ("assumptions", [{"id": "capacity", "value": 7.5}], "A cohort of 7.5 learners cannot be"),
        ("assumptions", [{"id": "refund", "value": 3}], "it is not said how many learners a cohort takes"),
        (
            "assumptions",
            [{"id": "capacity", "value": 9}, {"id": "overhead", "value": 98}, {"id": "payment-fee", "value": 2}],
            "Payment fees and overhead take 100 % of the income, so nothing is left.",
        ),
        ("assumptions", [{"id": "capacity", "value": 9}, {"id": "refund", "value": 100}], "Refunds of 100 % give back"),
        ("assumptions", [{"id": "capacity", "value": 9}, {"id": "shift", "value": 101}], "101 % is more than all."),
    ],
)
def test_what_cannot_be_right_is_said_in_a_sentence(table, rows, sentence):
    (said,) = says(**{table: rows})
    assert sentence in said


def test_shares_may_miss_the_whole_by_a_tenth_of_a_point():
    assert says(prices=[{"segment": name, "price": 5, "share": 33.3} for name in "abc"]) == []


def test_years_may_stand_in_any_order():
    costing = read_costing(a_known(worked_tables() | {"enrolment": [{"year": 2, "base": 5}, {"year": 1, "base": 3}]}))
    assert [year.base for year in costing.years] == [3, 5]
