"""The catalogue: every item of the four documents and every board field has a home in the product."""

import pytest

from mcplan.catalogue import (
    DOCUMENTS,
    KINDS,
    homes_of_codes,
    homes_of_fields,
    load_codes,
    load_fields,
    unknown_codes,
)
from mcplan.catalogue.homes import PLAN_FACTS
from questionnaire.load import load_questionnaire
from tests.builders import a_plan, a_question, a_questionnaire

SHIPPED = load_questionnaire()


def test_the_catalogue_holds_all_items_and_fields():
    codes = load_codes()
    assert len(codes) == 152
    assert len(load_fields()) == 55
    assert {code.id[0] for code in codes} == set(DOCUMENTS)
    assert {code.kind for code in codes} == set(KINDS)
    assert all(code.says and code.group for code in codes)


@pytest.mark.parametrize("code", [code.id for code in load_codes()])
def test_each_item_has_a_home(code):
    assert homes_of_codes(SHIPPED)[code]


@pytest.mark.parametrize("code", [code.id for code in load_codes() if code.kind in ("ask", "reflect")])
def test_what_people_are_to_answer_is_asked(code):
    assert any(home.question_id for home in homes_of_codes(SHIPPED)[code])


@pytest.mark.parametrize("field", load_fields())
def test_each_board_field_has_a_home(field):
    assert homes_of_fields(SHIPPED)[field]


def test_questions_name_only_what_the_catalogue_knows():
    assert unknown_codes(SHIPPED) == []
    assert unknown_codes(a_questionnaire(a_question("x", sources=("P9.9",), fields=("F99",)))) == [
        "first.x: P9.9",
        "first.x: F99",
    ]


def test_an_item_that_nobody_asks_has_no_home():
    assert homes_of_codes(a_questionnaire())["P1.1"] == ()
    assert homes_of_fields(a_questionnaire())["F15"] == ()


def test_facts_of_the_plan_that_are_homes_exist():
    assert all(hasattr(a_plan(), fact) for fact in PLAN_FACTS.values())
