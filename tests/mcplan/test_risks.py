"""What is flagged: open points and critical questions that nobody owns."""

import pytest

from mcplan.findings import find_findings
from mcplan.plan import Member
from mcplan.risk import Risk
from mcplan.risks import find_risks
from questionnaire.model import ROLES, OpenRisk, Stage
from tests.builders import a_plan, a_question, a_questionnaire, settled


def test_an_open_question_is_an_information_gap_with_its_sentence():
    (risk,) = find_risks(a_questionnaire(a_question()), a_plan())
    assert risk.is_gap
    assert risk.question_id == "first.case"
    assert risk.sentence == "Because nobody knows, the board may send it back, and the launch slips."


@pytest.mark.parametrize(
    ("stage", "likelihood"), [(Stage.BLANK, 3), (Stage.DRAFTED, 2), (Stage.AGREED, None), (Stage.EVIDENCED, None)]
)
def test_a_gap_shrinks_with_a_draft_and_closes_itself_at_the_asked_stage(stage, likelihood):
    question = a_question(asked_stage=Stage.AGREED)
    found = find_risks(a_questionnaire(question), a_plan(settled(question, stage)))
    assert [risk.likelihood for risk in found] == ([likelihood] if likelihood else [])


def test_a_critical_question_without_owner_is_flagged_even_when_it_is_answered():
    question = a_question(weight=3, asked_stage=Stage.DRAFTED)
    found = find_risks(a_questionnaire(question), a_plan(settled(question, Stage.DRAFTED, owner="")))
    assert [risk.rule for risk in found] == ["UNOWNED-CRITICAL"]
    assert find_risks(a_questionnaire(question), a_plan(settled(question, Stage.DRAFTED))) == ()


def test_the_worst_comes_first_and_equals_stay_in_walking_order():
    def hit(slug, likelihood, impact):
        return a_question(slug, risk=OpenRisk("a", "b", "c", likelihood, impact, "market"))

    questionnaire = a_questionnaire(
        hit("low", 1, 2), hit("first", 3, 3), hit("extreme", 4, 4), hit("second", 3, 3), hit("rare", 1, 5)
    )
    assert [risk.question_id for risk in find_risks(questionnaire, a_plan())] == [
        "first.extreme", "first.rare", "first.first", "first.second", "first.low",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("likelihood", "impact", "band"),
    [
        (3, 5, "Extreme"),
        (5, 3, "Extreme"),
        (2, 5, "High"),
        (1, 5, "High"),
        (5, 2, "High"),
        (3, 3, "Moderate"),
        (1, 4, "Low"),
        (5, 1, "Moderate"),
    ],
)
def test_bands(likelihood, impact, band):
    assert Risk("x", "MANUAL", "a", "b", "c", likelihood, impact, "market", "G1").band == band


def test_what_does_not_apply_is_not_at_risk():
    question = a_question()
    assert find_risks(a_questionnaire(question), a_plan(settled(question, Stage.BLANK, not_applicable="Free."))) == ()


def test_each_unfilled_seat_of_the_team_is_a_finding():
    questionnaire = a_questionnaire()
    says = [finding.says for finding in find_findings(questionnaire, a_plan())]
    assert len(says) == 4
    assert "Nobody fills the role of leadership champion." in says
    full = tuple(Member(role, f"Person {role}", role) for role in ROLES)
    assert find_findings(questionnaire, a_plan(team=full)) == ()
