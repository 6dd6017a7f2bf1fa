"""The worked example: every value is one that the boxes would have stored, and its faults are there on purpose."""

from decimal import Decimal

import pytest

from mcplan.example import load_example
from mcplan.known import Known
from questionnaire.kinds import kind_of
from questionnaire.load import load_questionnaire

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
