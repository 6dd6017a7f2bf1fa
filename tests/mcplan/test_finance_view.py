"""The money in words: the headline, the tables, what somebody who knows the trade remarks, and what is missing."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcplan.finance.inputs import Enrolment, Fund, Price
from mcplan.finance.model import reckon
from mcplan.finance.remarks import Case, find_remarks, production_share, promotion_share
from mcplan.finance.whatif import scenarios
from mcplan.finance.words import change, enough, headline, money, number, outcome, payback, share, why
from mcplan.known import Known
from mcplan.views.finance import view_finance
from questionnaire.model import Column
from tests.builders import a_plan, a_question, a_questionnaire, an_answer
from tests.mcplan.costings import a_costing, a_known, cost, worked_tables


def shown(tables):
    """What the screen shows of a plan that says this."""
    known = a_known(tables)
    return view_finance(known.questionnaire, known.plan)


def a_case(**fields):
    """A costing and what it comes to."""
    costing = a_costing(**fields)
    return Case(costing, reckon(costing), scenarios(costing))


def remarks(**fields):
    """What is remarked on a costing."""
    return [remark.says for remark in find_remarks(a_case(**fields))]


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        ("5982.7175", "CAD 5,983"), ("-418.57", "CAD −419"), ("1272.5", "CAD 1,273"), ("16", "CAD 16.00"),
        ("-38.175", "CAD −38.18"), ("0", "CAD 0"), ("-0.001", "CAD 0.00"), ("99.999", "CAD 100.00"),
        ("1e30", "CAD 1,000,000,000,000,000,000,000,000,000,000"),
    ],
)  # fmt: skip
def test_amounts_are_whole_from_a_hundred_on_and_always_have_their_currency(amount, says):
    assert money(Decimal(amount), "CAD") == says


def test_shares_means_and_changes_in_words():
    assert [share(Decimal(each)) for each in ("0.0354", "0.15", "-0.1117")] == ["3.5 %", "15 %", "−11.2 %"]
    assert [number(Decimal(each)) for each in ("57.33", "60")] == ["57.3", "60"]
    assert [change(Decimal(each)) for each in ("0.8", "1", "1.1")] == ["−20 %", "as it is", "+10 %"]
    assert money(Decimal(7000), "") == "7,000"


def test_the_worked_example_in_one_line():
    paper = shown(worked_tables()).paper
    assert paper.headline == "Breaks even at 55 learners a year; forecast 57.3 on average"
    assert paper.why == ""
    assert [(name, says) for name, says, _ in paper.figures] == [
        ("Surplus", "CAD 5,983"), ("Return", "3.5 %"), ("Payback", "2.7 years"), ("Value today", "CAD −419"),
        ("Price to break even", "CAD 1,229"), ("Margin of safety", "4.1 %"),
    ]  # fmt: skip
    assert [says for _, says, _ in paper.mission] == ["172 learners", "146 learners", "CAD 984", "CAD 1,157"]


def test_charts_say_their_message_and_have_it_in_words():
    paper = shown(worked_tables()).paper
    assert paper.years.title == "Paid back in 2.7 years, and CAD 5,983 is left after 3 years"
    assert "Year 2 CAD 20,559, so far CAD −16,768" in paper.years.says
    assert [bar.name for bar in paper.years.bars] == ["Before", "Year 1", "Year 2", "Year 3"]
    assert "Most hangs on price: a fifth less makes the surplus CAD −29,047, a fifth more CAD 41,013" in (
        paper.drivers.title
    )
    assert "Overhead CAD 12,352 or CAD −386" in paper.drivers.says
    assert paper.by_price.caption == "9 of 15 combinations of price and enrolment bring a surplus"


def test_tables_hold_the_numbers_of_the_charts_and_what_stands_behind():
    paper = shown(worked_tables()).paper
    assert paper.by_year.rows[0] == ("Before", "–", "–", "CAD 46,000", "CAD −46,000", "CAD −46,000")
    assert paper.by_year.rows[3] == (
        "Year 3", "72 in 5 cohorts", "CAD 73,319", "CAD 50,568", "CAD 22,751", "CAD 5,983"
    )  # fmt: skip
    assert paper.scenarios.rows[0][1:] == ("30, 45, 54", "CAD −16,513 (−11.2 %)", "CAD −20,140", "Not within 3 years")
    assert paper.by_price.rows[2] == (
        "Price +10 %", "CAD 4,509", "CAD 8,603", "CAD 23,498", "CAD 34,792", "CAD 46,087"
    )  # fmt: skip
    assert paper.by_driver.rows[0] == ("Price", "CAD −29,047", "CAD 41,013")
    assert paper.learner.rows[-1] == ("Left for cohorts and fixed costs", "CAD 774")
    assert paper.costs.rows[-1] == ("Total", "CAD 169,168")


def test_every_table_has_a_cell_for_each_column():
    paper = shown(worked_tables()).paper
    for grid in (paper.by_year, paper.scenarios, paper.by_driver, paper.by_price, paper.learner, paper.costs):
        assert {len(row) for row in grid.rows} == {len(grid.columns)}


def test_a_contingency_is_shown_below_the_total_and_remarked():
    tables = worked_tables()
    tables["assumptions"].append({"id": "contingency", "value": 10})
    paper = shown(tables).paper
    assert paper.costs.rows[-2] == ("Total", "CAD 169,168")
    assert paper.costs.rows[-1] == ("Contingency of 10 % on building it, not in the total", "CAD 5,600")
    assert any("the surplus would be CAD 383." in each.says for each in paper.remarks)


def test_an_empty_plan_says_what_to_fill_in_and_leads_there():
    view = shown({})
    assert view.paper is None
    assert [gap.question_id for gap in view.gaps] == [
        "operational.costs", "operational.prices", "operational.enrolment"
    ]  # fmt: skip
    assert all(gap.phase_id == "operational" and gap.question for gap in view.gaps)
    assert len(view.inputs) == 6


def test_a_questionnaire_that_asks_for_no_money_gives_sentences_without_a_way():
    view = view_finance(a_questionnaire(), a_plan())
    assert [gap.question_id for gap in view.gaps] == ["", "", ""]
    assert view.inputs == ()


def test_measures_of_success_stand_beside_the_money():
    columns = (Column("measure", "Measure"), Column("target", "Target"))
    success = a_question(id="strategic.success", kind="table", columns=columns)
    known = a_known(worked_tables())
    rows = {"rows": [{"id": "a", "measure": "Hired", "target": "80 %"}, {"id": "b", "measure": "Pride"}]}
    plan = a_plan(*known.plan.answers.values(), an_answer("strategic.success", rows))
    asked = a_questionnaire(success, *known.questionnaire.questions())
    assert view_finance(asked, plan).paper.measures == ("Hired: 80 %", "Pride")
    assert Known(asked, plan).rows("strategic.success")


def test_two_break_evens_are_both_said_and_explained():
    case = a_case(costs=(cost("cohort", 6000), cost("yearly", 500)), capacity=10, years=(Enrolment(20),))
    assert headline(case.result) == "Breaks even at 10 learners a year, and for good from 53; forecast 20 on average"
    assert "From 53 learners a year on that no longer happens." in why(case.costing, case.result)


@pytest.mark.parametrize(
    ("fields", "says", "because"),
    [
        ({"costs": (cost("learner", 712), cost("yearly", 5))}, "No break-even at any size", "costs CAD 12.00 more"),
        ({"costs": (cost("learner", 700), cost("yearly", 5))}, "No break-even at any size", "no more than they cost"),
        (
            {"costs": (cost("cohort", 7100), cost("yearly", 5)), "capacity": 10},
            "No break-even at any size",
            "A full cohort of 10 leaves CAD 7,000 and costs CAD 7,100, so no number of cohorts ever covers the rest.",
        ),
        ({"costs": (cost("learner", 712),)}, "Pays only while few enrol", "every further one adds to the loss"),
        ({"costs": (cost("learner", 7),)}, "Pays at any enrolment", ""),
        ({"costs": (cost("yearly", 699),)}, "Breaks even at 1 learner a year", ""),
    ],
)
def test_where_there_is_no_break_even_the_reason_is_said(fields, says, because):
    case = a_case(**fields)
    assert enough(case.result.whole) == says
    assert because in why(case.costing, case.result)
    assert bool(because) == bool(why(case.costing, case.result))


@pytest.mark.parametrize(
    ("fields", "says", "title"),
    [
        ({"costs": (cost("one-off", 20000),)}, "Not within 1 year", "After 1 year, CAD 6,000 is still missing"),
        ({"costs": (cost("one-off", 14000),)}, "1 year", "Paid back in 1 year, and CAD 0 is left after 1 year"),
        ({}, "At once", "Funding covers what it takes to build it, and CAD 14,000 is left after 1 year"),
        (
            {"costs": (cost("one-off", 7000), cost("yearly", 30000, year=2)), "years": (Enrolment(20), Enrolment(20))},
            "0.5 years",
            "Paid back in 0.5 years, and CAD 9,000 is missing again after 2 years",
        ),
    ],
)
def test_when_it_is_paid_back_in_words(fields, says, title):
    case = a_case(**fields)
    assert payback(case.result) == says
    assert outcome(case.costing, case.result) == title


def test_what_the_worked_example_rests_on_is_remarked():
    remarked = {each.question_id: each.says for each in shown(worked_tables()).paper.remarks}
    assert remarked == {
        "operational.enrolment": "At low enrolment the surplus becomes a loss of CAD 16,513.",
        "operational.funding": "CAD 10,000 of funding is not confirmed; without it the surplus becomes a loss of CAD "
        "4,017.",
        "operational.assumptions": "At 6 % a year the surplus comes too late: what comes in is worth CAD 419 less than "
        "what is spent.",
        "operational.costs": "Cohorts and learners cost 38.8 % of the income; a rule of thumb (LERN) is 35 %.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"costs": (cost("one-off", 20000),)}, "The average price is CAD 700; at this enrolment it takes CAD 1,000."),
        ({"costs": (cost("one-off", 3000, group="marketing"),)}, "Promotion takes 21.4 % of the income;"),
        ({"costs": (cost("learner", 300),)}, "Cohorts and learners cost 42.9 % of the income;"),
        ({"most_cohorts": Decimal(1), "capacity": 10}, "Year 1 needs 2 cohorts, and there is room for 1."),
        ({"fewest_learners": Decimal(21)}, "Year 1 has 20 learners, and a cohort runs from 21 on."),
        ({"costs": (cost("yearly", 9, year=2),)}, "“yearly” falls in year 2, after the last one reckoned with."),
        ({"unsaid": ("refunds", "overhead")}, "Not given, so taken as 0: refunds, overhead."),
        ({"currency": ""}, "It is not said in which currency all this is."),
        ({"funding": (Fund("f", Decimal(90)),)}, "CAD 90.00 of funding is not confirmed; without it the surplus is"),
    ],
)  # fmt: skip
def test_each_remark_is_made_where_it_belongs_and_not_elsewhere(fields, says):
    (said,) = remarks(**fields)
    assert said.startswith(says)
    assert remarks() == []


def test_rules_of_thumb_count_each_cost_as_often_as_it_is_paid():
    costs = (
        cost("one-off", 10, group="marketing"), cost("yearly", 100, group="marketing"),
        cost("yearly", 1000, year=2, group="marketing"), cost("yearly", 5000, year=9, group="marketing"),
        cost("cohort", 50), cost("learner", 2), cost("attempt", 8), cost("one-off", 77),
    )  # fmt: skip
    case = a_case(
        costs=costs, capacity=10, second_attempt=Decimal("0.5"), years=(Enrolment(11), Enrolment(9)),
        prices=(Price("all", Decimal(100), Decimal(100)),),
    )  # fmt: skip
    assert promotion_share(case) == Decimal(1210) / 2000
    assert production_share(case) == Decimal(3 * 50 + 20 * 2 + 20 * 4) / 2000


amounts = st.one_of(st.none(), st.sampled_from([0, 0.1, 1, 33.3, 100, 1e12, 1e-9, 99.95]), st.floats(0, 1e13))
cells = {
    "costs": {"item": "x", "quantity": amounts, "rate": amounts, "year": amounts},
    "prices": {"segment": "x", "price": amounts, "share": amounts},
    "enrolment": {"year": st.integers(0, 4), "low": amounts, "base": st.integers(0, 10**6), "high": amounts},
    "funding": {"source": "x", "amount": amounts},
}


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_whatever_people_type_there_is_a_paper_or_sentences(data):
    tables = worked_tables()
    name = data.draw(st.sampled_from(list(cells)))
    row = {column: data.draw(of) if not isinstance(of, str) else of for column, of in cells[name].items()}
    tables[name] = [*tables[name][data.draw(st.integers(0, 2)) :], {k: v for k, v in row.items() if v is not None}]
    id, value = data.draw(st.sampled_from([row["id"] for row in tables["assumptions"]])), data.draw(amounts)
    tables["assumptions"] = [
        {k: v for k, v in (row | ({"value": value} if row["id"] == id else {})).items() if v is not None}
        for row in tables["assumptions"]
    ]
    view = shown(tables)
    assert (view.paper is None) == bool(view.gaps)
