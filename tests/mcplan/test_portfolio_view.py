"""The portfolio in words: the table, the heat map, plans side by side, and the meetings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mcplan.decisions import Submission
from mcplan.example import load_example
from mcplan.findings import find_findings
from mcplan.plan_summary import PhaseSummary, PlanSummary
from mcplan.portfolio import Case, PortfolioPage, PortfolioPlan
from mcplan.readiness import assess_readiness
from mcplan.risks import find_risks
from mcplan.views.portfolio import view_meetings, view_portfolio, view_side_by_side
from questionnaire.load import load_questionnaire
from tests.builders import NOON, a_questionnaire

ASKED, TODAY = a_questionnaire(), NOON.date()
SUMMARY = PlanSummary(
    "p", "Cold chain", "North", "G1", "Red", 41.0, 83.4, 50.0, 2, 3, 1, 4, NOON, "Dana", "owner",
    phases=(PhaseSummary("first", 41.0, "Red"),),
)  # fmt: skip
GIVEN = Submission("s", "v", "G2", "Dana Okafor", "Senate", TODAY, "Dana Okafor", NOON)


def page(*plans, total=0, number=1):
    return PortfolioPage(tuple(plans), total or len(plans), number)


def test_a_row_says_verdict_readiness_stops_meeting_and_age():
    view = view_portfolio(ASKED, page(PortfolioPlan(SUMMARY, TODAY)), 25, NOON + timedelta(days=3))
    (line,) = view.lines
    assert (line.sign.words, line.readiness, line.stops, line.changed) == ("Red: not ready", "41–83", "2", "3 days ago")
    assert line.meeting.endswith(str(TODAY.year))
    assert (view.message, view.pages) == ("1 plan.", 1)


def test_a_page_says_which_plans_it_holds():
    view = view_portfolio(ASKED, page(PortfolioPlan(SUMMARY, None), total=51, number=3), 25, NOON)
    assert (view.message, view.pages) == ("51 plans; here are 51 to 51.", 3)


def test_the_heat_map_names_what_is_behind_tells_plans_of_one_title_apart_and_has_a_table():
    blank = replace(SUMMARY, phases=(PhaseSummary("first", 100.0, None),))
    view = view_portfolio(ASKED, page(PortfolioPlan(SUMMARY, None), PortfolioPlan(blank, None)), 25, NOON)
    assert view.heat_says == "First phase is furthest behind: 41 of 100 on average where it is asked"
    assert view.heat_table.rows == (("Cold chain", "41 Red"), ("Cold chain (2)", "–"))
    nothing = view_portfolio(ASKED, page(PortfolioPlan(blank, None)), 25, NOON)
    assert nothing.heat_says == "Nothing is asked of these plans yet"


def judged(plan, asked):
    risks = find_risks(asked, plan)
    findings = find_findings(asked, plan)
    return plan, assess_readiness(asked, plan, plan.gate, findings=findings, risks=risks), risks


def test_side_by_side_shows_each_phase_with_stops_and_the_top_risks_at_each_plans_own_gate():
    asked, plan = load_questionnaire(), load_example()
    empty = replace(plan, answers={}, gate="G1", title="Empty")
    table = view_side_by_side(asked, [judged(plan, asked), judged(empty, asked)])
    names = [row[0] for row in table.rows]
    assert table.columns == ("", plan.title, "Empty")
    assert names[:4] == ["Gate", "Verdict", "Readiness, floor–ceiling", "Stops"]
    assert names[-len(asked.walked) :] == [phase.title for phase in asked.walked]
    assert sum(str(name).startswith("Risk ") for name in names) == 3
    assert table.rows[2][2] == "0–100"


def test_meetings_stand_in_the_order_of_their_days_and_name_what_changed():
    def case(name: str, day: date | None, **fields) -> Case:
        return Case(name, name, "North", GIVEN, day, 3, "For May", None, (), (), **fields)

    late, soon, never = case("late", TODAY), replace(case("soon", TODAY), changes=("a", "b")), case("x", None)
    first, last = view_meetings([never, late, soon], TODAY + timedelta(days=2))
    assert first.heading.endswith("2 days late")
    assert last.heading == "No day set"
    assert [card.title for card in first.cards] == ["late", "soon"]
    assert [card.changes for card in first.cards] == [
        "No material changes since it was frozen.", "2 material changes since it was frozen.",
    ]  # fmt: skip
    assert [card.changed for card in first.cards] == [(), ("a", "b")]
    ((busy,),) = (each.cards for each in view_meetings([replace(late, changes=tuple("abcdefg"))], TODAY))
    assert busy.changed == ("a", "b", "c", "and 4 more")
    assert first.cards[0].ask.startswith("Asks for G2")
    (broken,) = view_meetings([case("x", TODAY, problem="Not what was frozen.")], TODAY)
    assert (broken.cards[0].changes, broken.cards[0].problem) == ("", "Not what was frozen.")
