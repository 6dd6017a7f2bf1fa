"""The shipped questions: complete, in order, and fit to teach."""

import re

import pytest

from questionnaire.kinds import CURRENCIES
from questionnaire.load import load_questionnaire
from questionnaire.model import ROLES, Stage
from tests.builders import only_the_69

SHIPPED = load_questionnaire()
QUESTIONS = tuple(SHIPPED.questions())
THE_69 = tuple(only_the_69(SHIPPED).questions())
TABLES = tuple(question for question in QUESTIONS if question.kind == "table")
CODES = """
P1.1 P1.1a P1.2 P1.3 P1.3a P1.3b P1.3c P1.3d P1.3e P1.3f P1.3g P1.3h P1.3i P1.3j P1.3k P1.4 P1.4a P1.5 P1.6 P1.6a P1.6b
P1.6c P1.7 P1.8 P2.1 P2.2 P2.3 P2.4 P2.4a P2.4b P2.5 P2.6 P2.7 P3.1 P3.1a P3.1b P3.1c P3.1d P3.1e P3.2 P3.2a P3.3 P3.4
P4.1 P4.1a P4.2 P4.3 P4.4 P4.4a P4.4b P4.4c P4.4d P4.5 P4.5a P4.5b P4.6 P4.7 P5.1 P5.2 P5.2a P5.2b P5.3
P6.1 P6.2 P6.3 P6.4 P6.5 P6.6 P6.7
""".split()


def test_every_code_is_asked_once_and_in_order():
    assert [question.code for question in THE_69] == CODES


def test_the_six_phases_come_in_walking_order():
    titles = [phase.id for phase in SHIPPED.numbered]
    assert titles == ["strategic", "marketing", "operational", "design", "delivery", "maintenance"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_each_question_teaches(question):
    assert question.ask.endswith("?")
    assert 2 <= len(question.good) <= 4
    assert all((question.why, question.weak, question.strong, question.sent_back))
    assert "\n" not in question.weak + question.strong
    assert 1 <= question.minutes <= 15
    assert question.risk or question.weight == 1
    assert not question.risk or question.risk.likelihood * question.risk.impact <= 16


@pytest.mark.parametrize("question", [each for each in QUESTIONS if each.risk], ids=lambda question: question.id)
def test_each_risk_reads_as_one_sentence(question):
    for clause in (question.risk.cause, question.risk.event, question.risk.consequence):
        assert not clause.endswith(".")
        assert clause[0].islower() or re.match(r"[A-Z]{2}|AI|[0-9]", clause), clause


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_pick_or_number_asks_for_words_beside_it_and_words_do_not(question):
    assert bool(question.note) == (question.kind not in ("short text", "long text"))


def test_weights_gates_and_stages_add_up_to_those_of_the_worked_example():
    by_gate = {gate: [each for each in THE_69 if each.gate == gate] for gate in ("G1", "G2", "G3")}
    assert {gate: len(found) for gate, found in by_gate.items()} == {"G1": 21, "G2": 27, "G3": 21}
    assert sum(question.weight for question in THE_69) == 134
    assert [each.code for each in THE_69 if each.asked_stage is Stage.EVIDENCED] == ["P1.2", "P1.3d", "P4.5"]
    assert sum(question.is_critical for question in THE_69) == 17


def test_the_main_driver_and_the_model_are_picks_with_room_for_another():
    by_code = {question.code: question for question in QUESTIONS}
    for code in ("P1.1a", "P4.1"):
        assert by_code[code].kind == "choice"
        assert "other" in by_code[code].options
    assert by_code["P4.4b"].kind == "choices"
    assert "Assessment-based certificate" in by_code["P4.1"].options["abc"]


@pytest.mark.parametrize("question", [each for each in QUESTIONS if each.columns], ids=lambda question: question.id)
def test_each_table_shows_a_row_that_is_finished(question):
    assert set(question.example) >= {column.id for column in question.columns if column.required}
    assert question.columns[0].required or question.columns[0].fixed
    fixed = {column.id for column in question.columns if column.fixed}
    assert all(set(row) == {"id", *fixed} for row in question.ready)


def test_the_plan_is_reckoned_in_any_currency_an_amount_may_have():
    currency = next(question for question in QUESTIONS if question.id == "operational.currency")
    assert [option.upper() for option in currency.options] == list(CURRENCIES)


def test_stack_requirements_are_asked_of_a_stackable_model_only():
    stacking = next(question for question in QUESTIONS if question.code == "P4.2")
    assert stacking.asked_when.question_id == "design.model"
    assert "stackable" in stacking.asked_when.values
    assert "abc" not in stacking.asked_when.values


@pytest.mark.parametrize("question", TABLES, ids=lambda question: question.id)
def test_each_table_shows_a_finished_row(question):
    needed = {column.id for column in question.columns if column.required and not column.fixed}
    assert question.example
    assert needed <= question.example.keys()
    assert all(len(column.label) <= 45 and not column.label.endswith(".") for column in question.columns)


def test_each_phase_says_what_to_bring_and_who_should_be_there():
    for phase in SHIPPED.walked:
        assert phase.purpose
        assert phase.bring
        assert set(phase.in_the_room) <= set(ROLES)
        assert phase.in_the_room


def test_sections_are_short():
    assert all(1 <= len(section.questions) <= 6 for phase in SHIPPED.phases for section in phase.sections)
