"""The ecosystem map and the ten points: what speaks for each, and what is missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcplan.known import Known
from mcplan.maps.coverage import Part, coverage_of, listed, look_at
from mcplan.maps.ecosystem import COMPONENTS, INSTITUTION, map_ecosystem
from mcplan.maps.lifecycle import STAGES, TASKS
from mcplan.maps.recap import POINTS, recap
from mcplan.maps.topics import TOPICS
from mcplan.views.ecosystem import view_ecosystem
from questionnaire.load import load_questionnaire
from questionnaire.model import Column, Question, Stage
from tests.builders import a_plan, a_question, a_questionnaire, an_answer, settled
from tests.mcplan.designs import known_by_id

NAMED = {id for _, _, asked in COMPONENTS.values() for id in asked} | {id for asked in POINTS.values() for id in asked}
ISSUANCE = [a_question(id=id, asked_stage=Stage.AGREED) for id in COMPONENTS["issuance"][2]]


def component(*answers, questions=ISSUANCE):
    """The part about issuance of a plan with these answers."""
    found = map_ecosystem(Known(a_questionnaire(*questions), a_plan(*answers)))
    return next(each for each in found if each.id == "issuance")


def test_there_are_eight_parts_as_the_institution_rates_them_and_ten_points():
    shipped = load_questionnaire()
    assert list(COMPONENTS) == [row["id"] for row in shipped.question(INSTITUTION).ready]
    assert len(POINTS) == 10


def test_every_question_that_speaks_for_something_is_asked_and_has_words():
    shipped = load_questionnaire()
    assert [id for id in NAMED if not shipped.has(id)] == []
    assert set(TOPICS) == NAMED | {STAGES, TASKS}, "and no words are left over"


def test_a_part_is_covered_when_all_is_at_the_stage_its_gate_asks_for():
    agreed = [settled(question, Stage.AGREED) for question in ISSUANCE]
    assert component().coverage == "missing"
    assert component(*agreed[:1]).coverage == "thin"
    assert component(settled(ISSUANCE[0], Stage.DRAFTED), *agreed[1:]).coverage == "thin"
    assert component(*agreed).coverage == "covered"


def test_what_is_set_aside_asks_for_nothing():
    agreed = [settled(question, Stage.AGREED) for question in ISSUANCE[1:]]
    aside = an_answer(ISSUANCE[0].id, None, not_applicable="No records of ours")
    assert component(aside, *agreed).coverage == "covered"
    assert len(component(aside).parts) == len(ISSUANCE) - 1


def test_a_part_that_the_questionnaire_does_not_ask_about_is_left_out():
    assert [each.id for each in map_ecosystem(Known(a_questionnaire(*ISSUANCE), a_plan()))] == ["issuance"]
    assert map_ecosystem(Known(a_questionnaire(), a_plan())) == ()
    assert recap(Known(a_questionnaire(), a_plan())) == ()


STEPS = a_question(
    kind="table",
    least=2,
    asked_stage=Stage.AGREED,
    columns=(Column("name", "Name"), Column("who", "Who", required=True)),
)
TWO = [{"id": "a", "name": "Cut", "who": "Sam"}, {"id": "b", "name": "Sew", "who": "Kim"}]


@pytest.mark.parametrize(
    ("rows", "fields", "lacks"),
    [
        (None, {}, "nothing is written yet"),
        (TWO[:1], {}, "1 of at least 2 rows"),
        ([TWO[0], {"id": "b", "name": "Sew"}], {}, "a row is unfinished"),
        (TWO, {"owner": ""}, "it has no owner"),
        (TWO, {"stage": Stage.DRAFTED}, "it is drafted, and agreed is asked"),
        (TWO, {}, ""),
    ],
)
def test_a_part_says_what_it_lacks(rows, fields, lacks):
    answer = an_answer(STEPS.id, {"rows": rows} if rows else None, **{"stage": Stage.AGREED} | fields)
    assert look_at(Known(a_questionnaire(STEPS), a_plan(answer)), [STEPS.id])[0].lacks == lacks


def test_a_part_that_needs_evidence_says_so():
    question = a_question(asked_stage=Stage.EVIDENCED)
    known = Known(a_questionnaire(question), a_plan(an_answer(question.id, stage=Stage.EVIDENCED)))
    assert look_at(known, [question.id])[0].lacks == "it has no evidence yet"


def test_a_part_is_filled_from_its_answer():
    pick = Question("first.pick", "Which?", "choice", options={"a": "By post"})
    answers = (an_answer(STEPS.id, {"rows": TWO}), an_answer(pick.id, {"picks": ["a"], "other": ""}))
    parts = look_at(Known(a_questionnaire(STEPS, pick), a_plan(*answers)), [STEPS.id, pick.id])
    assert [part.says for part in parts] == ["Cut; Sew", "By post"]


@given(st.lists(st.sampled_from(list(Stage)), min_size=1, max_size=5), st.integers(0, 4))
def test_settling_an_answer_never_makes_a_part_worse(stages, place):
    order = ["missing", "thin", "covered"]
    questions = ISSUANCE[: len(stages)]
    before = [settled(question, stage) for question, stage in zip(questions, stages, strict=True)]
    better = list(before)
    better[place % len(stages)] = settled(questions[place % len(stages)], Stage.EVIDENCED)
    then, now = (component(*answers, questions=questions) for answers in (before, better))
    assert order.index(now.coverage) >= order.index(then.coverage)
    assert sum(part.is_settled for part in now.parts) >= sum(part.is_settled for part in then.parts)


@given(st.lists(st.tuples(st.booleans(), st.booleans())))
def test_each_set_of_parts_is_exactly_one_of_three(kinds):
    parts = [Part("q", "it", begun or done, "" if done else "all of it", "") for begun, done in kinds]
    expected = (
        "covered" if all(p.is_settled for p in parts) else "thin" if any(p.is_begun for p in parts) else "missing"
    )
    assert coverage_of(parts) == expected


RATED = {"appetite": "strong", "culture": "strong", "resources": "strong", "infrastructure": "strong"}


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({}, "has not rated itself"),
        (RATED, "calls itself strong here, and the plan does not say anything yet"),
        (RATED | {"culture": "partly"}, "partly ready here"),
        (RATED | {"resources": "weak", "culture": "weak"}, "weak in culture and resources. Nobody says what is done"),
        ({"resources": "weak", "action": "Half a post"}, "weak in resources. What is done: Half a post"),
    ],
)
def test_the_institutions_own_rating_stands_beside_the_plan(cells, words):
    rows = [{"id": "issuance", "component": "Issuance", **cells}] if cells else []
    known = known_by_id({INSTITUTION: rows, "design.verification": None})
    view = view_ecosystem(known.questionnaire, known.plan)
    assert words in view.components[0].rating


def test_an_institution_may_call_itself_strong_where_the_plan_has_begun():
    known = known_by_id(
        {INSTITUTION: [{"id": "issuance", "component": "Issuance", **RATED}], "design.verification": "x"}
    )
    assert view_ecosystem(known.questionnaire, known.plan).components[0].rating.startswith("The institution finds")


@pytest.mark.parametrize(
    ("systems", "lacks"),
    [
        ([], "none is named"),
        ([{"id": "a", "system": "Campus", "kind": "lms", "make": "have"}], "none is named"),
        ([{"id": "a", "system": "Badges", "kind": "issuance"}], "nobody has chosen whether to have, buy or build it"),
        ([{"id": "a", "system": "Badges", "kind": "issuance", "make": "outsource"}], ""),
    ],
)
def test_the_system_for_badges_has_to_be_chosen(systems, lacks):
    point = recap(known_by_id({"operational.systems": systems}))[0]
    assert point.parts[-1].lacks == lacks
    assert (point.parts[-1].says == "Badges") == (not lacks)


def test_the_screen_names_what_is_open_with_the_way_to_it():
    questions = [*ISSUANCE, a_question(id="operational.policies", asked_stage=Stage.DRAFTED)]
    plan = a_plan(settled(questions[-1], Stage.DRAFTED))
    view = view_ecosystem(a_questionnaire(*questions), plan)
    assert view.message == "Missing: issuance. Covered: business rules."
    assert [(row[0], row[1].words, row[2], row[3]) for row in view.table.rows] == [
        ("Issuance", "Missing", "0 of 5", "Not rated"),
        ("Business rules", "Covered", "1 of 1", "Not rated"),
    ]
    assert [way.question_id for way in view.components[0].open] == list(COMPONENTS["issuance"][2])
    assert view.components[0].open[1].question == "The steps from a pass to the badge"
    assert view.components[0].open[1].says == "Nothing is written yet."
    point = next(point for point in view.points if point.sign.words == "Begun")
    assert point.says == "The rules, and whether they exist: Enough said."
    assert [way.question_id for way in point.open] == ["operational.award-system"]
    assert view.begin == ()


def test_where_every_part_is_begun_the_one_with_furthest_to_go_is_named():
    policies = [a_question(id=id, asked_stage=Stage.AGREED) for id in COMPONENTS["business-rules"][2]]
    answers = [settled(policies[0], Stage.AGREED), settled(ISSUANCE[0], Stage.DRAFTED)]
    view = view_ecosystem(a_questionnaire(*ISSUANCE, *policies), a_plan(*answers))
    assert view.message == "Every part is begun, and none is covered. Issuance has furthest to go, 0 of 5 settled."


def test_a_blank_plan_is_told_where_to_begin():
    shipped = load_questionnaire()
    view = view_ecosystem(shipped, a_plan())
    assert view.message == "No part is planned yet."
    assert [way.question_id for way in view.begin] == ["strategic.intent", INSTITUTION]
    assert {point.sign.words for point in view.points} == {"Open"}
    assert view_ecosystem(a_questionnaire(), a_plan()).message == ""


@pytest.mark.parametrize(("words", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), ("abc", "a, b and c")])
def test_words_are_listed_as_in_a_sentence(words, said):
    assert listed(list(words)) == said
