"""The sheet of a plan: whatever is in it, it says no more than fits, and says that there is more."""

from __future__ import annotations

import pytest

from mcplan.example import load_example
from mcplan.readiness import Verdict, assess_readiness
from mcplan.views.one_page import GAINS, STOPS, view_one_page
from mcplan.views.readiness import view_readiness
from mcplan.views.trend import WeekView
from questionnaire.load import CONTENT, load_questionnaire
from questionnaire.model import Stage
from tests.builders import NOON, a_plan, a_question, a_questionnaire, an_answer, settled

SHIPPED = load_questionnaire(CONTENT)
QUIET = WeekView("Nothing happened.", (), ())


def sheet(questionnaire, plan, week=QUIET):
    return view_one_page(questionnaire, plan, assess_readiness(questionnaire, plan, "G1"), week, None, NOON)


def test_a_plan_with_more_than_fits_says_how_much_is_left_out():
    questions = [a_question(f"q{number}", weight=3, gate="G1") for number in range(STOPS + 4)]
    week = WeekView("Much happened.", (), tuple(f"New: {number}" for number in range(9)))

    view = sheet(a_questionnaire(*questions), a_plan(title="Cold " * 90), week)

    assert (len(view.stops), view.stops[-1]) == (STOPS + 1, "and 4 others; the screen has them all")
    assert view.stops[0].startswith("Q0 What about q0? – A critical question")
    assert view.week[-1] == "and 6 others; the screen has them all"
    assert len(view.gains.rows) == GAINS
    assert len(view.title) <= 110


def test_the_team_is_named_where_it_is_split_the_furthest_apart_first():
    question = a_question(gate="G1")
    given = {"Dana": 5, "Sam": 1, "A": 3, "B": 3, "C": 2, "D": 4}

    view = sheet(a_questionnaire(question), a_plan(an_answer(confidence=given)))

    assert [each.split(" – ")[1] for each in view.split] == ["Sam 1, C 2, D 4, Dana 5, and 2 between"]


def test_what_would_raise_it_names_the_owner_the_minutes_and_the_points():
    plan = load_example()
    whole = assess_readiness(SHIPPED, plan, "G1").whole

    rows = sheet(SHIPPED, plan).gains.rows

    assert [row[2] for row in rows] == [str(each.question.minutes) for each in whole.shortfalls[:GAINS]]
    owners = [plan.owner(each.question) for each in whole.shortfalls[:GAINS]]
    assert [row[1] for row in rows] == [owner.name if owner else "Nobody yet" for owner in owners]


@pytest.mark.parametrize(
    ("stage", "verdict", "says"),
    [
        (Stage.BLANK, Verdict.RED, "No, with 1 stop in the way."),
        (Stage.DRAFTED, Verdict.RED, "No."),
        (Stage.EVIDENCED, Verdict.GREEN, "Yes."),
    ],
)
def test_the_first_line_answers_whether_the_plan_may_go_on(stage, verdict, says):
    question = a_question(gate="G1", weight=3)
    plan = a_plan(settled(question, stage, owner="dana"))
    readiness = assess_readiness(a_questionnaire(question), plan, "G1")

    assert readiness.whole.verdict is verdict
    assert view_readiness(a_questionnaire(question), plan, readiness).answer == f"May this go to concept? {says}"
