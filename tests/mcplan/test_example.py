"""The worked example: every value is one that the boxes would have stored, and its faults are there on purpose."""

from dataclasses import replace
from decimal import Decimal

import pytest

from mcplan.example import load_example
from mcplan.finance.inputs import read_costing
from mcplan.finance.model import reckon
from mcplan.findings import find_findings
from mcplan.known import Known
from mcplan.readiness import assess_readiness
from questionnaire.kinds import kind_of
from questionnaire.load import load_questionnaire
from questionnaire.tables import patch_rows
from tests.mcplan.costings import WORKED

SHIPPED, LARKFIELD = load_questionnaire(), load_example()


def test_every_answer_belongs_to_a_question():
    assert [id for id in LARKFIELD.answers if not SHIPPED.has(id)] == []


@pytest.mark.parametrize(
    "question", [each for each in SHIPPED.questions() if each.id in LARKFIELD.answers], ids=lambda question: question.id
)
def test_every_value_reads_through_its_kind_unchanged(question):
    value = LARKFIELD.answers[question.id].value
    assert kind_of(question).read(question, value) == value


def test_every_reference_leads_to_a_row():
    for question in SHIPPED.questions():
        known = Known(SHIPPED, LARKFIELD)
        for column in question.columns:
            if column.kind in ("row", "rows"):
                there = {row.id for row in known.all_rows(column.of)}
                assert {id for row in known.rows(question.id) for id in row.picks(column.id)} <= there, question.id


def test_its_faults_are_there_on_purpose():
    known = Known(SHIPPED, LARKFIELD)
    assessments = known.rows("design.assessments")
    assert [row.name for row in assessments if row.number("minimum") is None] == ["A1", "A4"]
    assert [row.name for row in known.rows("design.outcomes") if not row.text("framework")] == ["LO4"]
    linked = {row.pick(end) for row in known.rows("design.pathway") for end in ("from", "to")}
    alone = [row.name for row in known.rows("design.credentials") if row.id not in linked and not row.text("reason")]
    assert alone == ["MC9"]
    assert LARKFIELD.open_roles() == ("visual-design",)


def test_its_hours_and_weights_add_up():
    known = Known(SHIPPED, LARKFIELD)
    rows = (*known.rows("design.activities"), *known.rows("design.assessments"))
    assert sum(row.number("hours") for row in rows) == 48
    assert sum(row.number("weight") for row in known.rows("design.assessments")) == Decimal(100)


def test_the_rules_find_its_faults():
    findings = find_findings(SHIPPED, LARKFIELD)
    found = {(each.rule, each.row_id) for each in findings}
    faults = {
        ("CA6", "lo1"), ("CA6", "lo4"), ("CA11", "lo4"), ("CA8", "lo1"), ("CA8", "lo4"),
        ("ST1", "mc9"), ("GRANT-UNCONFIRMED", ""), ("ROLE-OPEN", ""),
    }  # fmt: skip
    assert faults <= found
    assert not {rule for rule, _ in found} & {"CA7", "CA10", "ST2", "ST3", "ROW-LOST", "MONEY-UNCLEAR"}


def test_its_score_shows_the_question_without_owner_and_the_split_team():
    readiness = assess_readiness(SHIPPED, LARKFIELD, "G2", findings=find_findings(SHIPPED, LARKFIELD))
    assert ("unowned", "operational.award-system") in [(stop.rule, stop.question_id) for stop in readiness.whole.stops]
    assert "P1.3j" in [question.code for question in readiness.whole.split]


def test_its_money_comes_to_the_reference_to_the_cent():
    result = reckon(read_costing(Known(SHIPPED, LARKFIELD)))
    base = WORKED["base"]
    figures = (result.surplus, result.npv, result.net_revenue, result.total_cost, result.break_even_price)
    expected = (base["surplus"], base["npv"], base["net_revenue"], base["total_cost"], base["break_even_price"])
    assert [round(figure, 2) for figure in figures] == [round(Decimal(str(figure)), 2) for figure in expected]
    assert result.payback == pytest.approx(Decimal(str(base["payback_years"])))


def test_mending_a_fault_makes_its_finding_go_away():
    answer = LARKFIELD.answers["design.assessments"]
    question = SHIPPED.question("design.assessments")
    mended = replace(answer, value=patch_rows(question, answer.value, {"a1": {"minimum": 60}}))
    plan = replace(LARKFIELD, answers={**LARKFIELD.answers, answer.question_id: mended})
    rows = [each.row_id for each in find_findings(SHIPPED, plan) if each.rule == "CA6"]
    assert rows == ["lo4"]
