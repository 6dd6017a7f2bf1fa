"""The honest number: the reference figures, what must hold for every plan, and what stops a gate."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcplan.example import load_example
from mcplan.finding import Finding
from mcplan.plan import Evidence
from mcplan.readiness import Verdict, assess_readiness
from mcplan.risk import Risk
from mcplan.risks import find_risks
from questionnaire.load import load_questionnaire
from questionnaire.model import Condition, Stage
from tests.builders import a_plan, a_question, a_questionnaire, only_the_69, settled

SHIPPED, LARKFIELD = only_the_69(load_questionnaire()), load_example()


def a_risk(id, gate, likelihood, impact, **fields):
    given = {"rule": "MANUAL", "cause": "c", "event": f"event {id}", "consequence": "d", "category": "market"} | fields
    return Risk(id=id, gate=gate, likelihood=likelihood, impact=impact, **given)


REGISTER = (
    a_risk("R1", "G1", 3, 3, action="Ask the Dean", owner="Dr. Helen Ward", status="treating"),
    a_risk("R2", "G2", 4, 4),
    a_risk("R3", "G3", 3, 4, action="Train a second assessor", owner="Luc Tremblay", status="treating"),
    a_risk("R4", "G2", 3, 4),
)
COMPENSATION = tuple(Finding("CA6", "error", f"Zero on {outcome} still passes.", "G2") for outcome in ("LO1", "LO4"))


@pytest.mark.parametrize(
    ("gate", "asked", "floor", "shortfalls", "biggest", "confidence"),
    [
        ("G1", 21, 93.8, 3, {"P1.6b": 2.13, "P1.6c": 2.13, "P1.3j": 1.99}, 3.61),
        ("G2", 48, 82.9, 16, {"P3.1d": 1.98, "P4.6": 1.39, "P3.1c": 1.39}, 3.57),
        ("G3", 69, 71.8, 34, {"P3.1d": 1.49}, 3.47),
    ],
)
def test_the_worked_example_scores_as_the_reference(gate, asked, floor, shortfalls, biggest, confidence):
    whole = assess_readiness(SHIPPED, LARKFIELD, gate).whole
    assert whole.asked == asked
    assert round(whole.floor, 1) == floor
    assert len(whole.shortfalls) == shortfalls
    assert {each.question.code: round(each.missing, 2) for each in whole.shortfalls[: len(biggest)]} == biggest
    assert round(whole.confidence, 2) == confidence
    assert [question.code for question in whole.split] == ["P1.3j"]


def test_the_worked_example_is_nearly_ready_for_its_concept():
    assert (
        assess_readiness(SHIPPED, LARKFIELD, "G1", findings=COMPENSATION, risks=REGISTER).whole.verdict
        is Verdict.AMBER_GREEN
    )


def test_five_stops_hold_the_worked_example_before_design_approval():
    whole = assess_readiness(SHIPPED, LARKFIELD, "G2", findings=COMPENSATION, risks=REGISTER).whole
    assert whole.verdict is Verdict.RED
    assert [stop.rule for stop in whole.stops] == ["unowned", "finding", "finding", "extreme risk", "unowned risk"]
    assert whole.stops[0].question_id == "operational.award-system"


def test_the_worked_example_is_red_for_launch():
    assert (
        assess_readiness(SHIPPED, LARKFIELD, "G3", findings=COMPENSATION, risks=REGISTER).whole.verdict is Verdict.RED
    )


MINI = [
    a_question(slug, weight=weight, gate="G1", asked_stage=Stage(asked))
    for slug, weight, asked in (("a", 3, 2), ("b", 3, 2), ("c", 2, 2), ("d", 2, 1), ("e", 1, 1))
]
MINI_STAGES = (3, 2, 1, 0, 2)


def the_mini_plan():
    return a_plan(
        *(
            settled(question, Stage(stage), confidence={"Dana": 4})
            for question, stage in zip(MINI, MINI_STAGES, strict=True)
        )
    )


def test_the_mini_fixture_scores_as_the_reference():
    whole = assess_readiness(a_questionnaire(*MINI), the_mini_plan(), "G1").whole
    assert round(whole.floor, 1) == 73.3
    assert [(each.question.id, round(each.missing, 2)) for each in whole.shortfalls] == [
        ("first.d", 18.18),
        ("first.c", 8.48),
    ]
    assert round(whole.ceiling, 1) == 91.5
    assert round(whole.coverage, 1) == 81.8
    assert whole.stops == ()
    assert whole.verdict is Verdict.AMBER_RED


def test_an_empty_plan_has_nothing_on_the_floor_and_everything_under_the_ceiling():
    whole = assess_readiness(SHIPPED, a_plan(), "G3").whole
    assert (whole.floor, whole.ceiling, whole.coverage, whole.confidence) == (0, 100, 0, None)
    assert whole.verdict is Verdict.RED
    assert len(whole.stops) == 17


def test_nothing_asked_is_nothing_missing():
    whole = assess_readiness(a_questionnaire(a_question(gate="G3")), a_plan(), "G1").whole
    assert (whole.asked, whole.floor, whole.ceiling, whole.coverage) == (0, 100, 100, 100)


@pytest.mark.parametrize(
    ("stage", "fields", "counts_as"),
    [
        (Stage.EVIDENCED, {}, Stage.EVIDENCED),
        (Stage.EVIDENCED, {"evidence": ()}, Stage.AGREED),
        (Stage.EVIDENCED, {"owner": ""}, Stage.DRAFTED),
        (Stage.EVIDENCED, {"owner": "left the team"}, Stage.DRAFTED),
        (Stage.AGREED, {"value": None}, Stage.BLANK),
        (Stage.BLANK, {"value": "typed"}, Stage.DRAFTED),
    ],
)
def test_facts_cap_what_is_claimed(stage, fields, counts_as):
    question = a_question()
    assert a_plan(settled(question, stage, **fields)).stage(question) is counts_as


def test_a_blank_critical_question_is_one_stop_and_red():
    question = a_question(weight=3, gate="G1")
    whole = assess_readiness(a_questionnaire(question), a_plan(), "G1").whole
    assert [(stop.rule, stop.question_id) for stop in whole.stops] == [("blank", "first.case")]
    assert whole.verdict is Verdict.RED


def test_a_question_that_does_not_apply_leaves_every_sum_once_it_has_a_reason():
    kept, dropped = a_question("kept", gate="G1"), a_question("dropped", gate="G1", weight=3)
    asked = a_questionnaire(kept, dropped)
    blank = replace(settled(dropped, Stage.BLANK), not_applicable="   ")
    assert assess_readiness(asked, a_plan(settled(kept, Stage.AGREED), blank), "G1").whole.asked == 2
    excused = replace(blank, not_applicable="Nobody sells this.")
    whole = assess_readiness(asked, a_plan(settled(kept, Stage.AGREED), excused), "G1").whole
    assert (whole.asked, whole.floor, whole.stops) == (1, 100, ())


MODEL = a_question(
    "model", kind="choice", options={"stackable": "Stackable", "abc": "ABC"}, gate="G1", asked_stage=Stage.DRAFTED
)
STACK = a_question("stack", gate="G1", asked_when=Condition("first.model", frozenset({"stackable"})))


@pytest.mark.parametrize(("pick", "asked"), [(None, 2), ("stackable", 2), ("abc", 1)])
def test_a_hidden_question_is_not_counted_and_an_undecided_one_is(pick, asked):
    value = {"picks": [pick], "other": ""} if pick else None
    plan = a_plan(settled(MODEL, Stage.DRAFTED, value=value), settled(STACK, Stage.AGREED))
    assert assess_readiness(a_questionnaire(MODEL, STACK), plan, "G1").whole.asked == asked
    assert plan.answers["first.stack"].value == "Enough said."


def test_a_question_hanging_on_a_hidden_one_is_hidden_too():
    third = a_question("third", gate="G1", asked_when=Condition("first.stack", frozenset({"x"}), wanted=False))
    plan = a_plan(settled(MODEL, Stage.DRAFTED, value={"picks": ["abc"], "other": ""}))
    assert assess_readiness(a_questionnaire(MODEL, STACK, third), plan, "G1").whole.asked == 1


@pytest.mark.parametrize(
    ("risk", "rule"),
    [
        (a_risk("x", "G1", 3, 5), "extreme risk"),
        (a_risk("x", "G1", 3, 5, action="Insure"), None),
        (a_risk("x", "G1", 2, 5), "unowned risk"),
        (a_risk("x", "G1", 2, 5, owner="Dana Okafor"), None),
        (a_risk("x", "G1", 3, 3), None),
        (a_risk("x", "G1", 5, 5, status="accepted"), None),
        (a_risk("x", "G1", 5, 5, is_gap=True), None),
        (a_risk("x", "G2", 5, 5), None),
    ],
)
def test_a_risk_stops_a_gate_only_while_it_is_neglected(risk, rule):
    question = a_question(gate="G1", weight=2)
    plan = a_plan(settled(question, Stage.AGREED))
    whole = assess_readiness(a_questionnaire(question), plan, "G1", risks=[risk]).whole
    assert [stop.rule for stop in whole.stops] == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("stages", "fields", "verdict"),
    [
        ((2, 2, 2, 2, 2), {}, Verdict.GREEN),
        ((2, 2, 2, 2, 2), {"confidence": {"Dana": 3}}, Verdict.AMBER_GREEN),
        ((2, 2, 2, 2, 2), {"confidence": {"Dana": 5, "Sam": 3}}, Verdict.AMBER_GREEN),
        ((2, 2, 2, 2, 1), {}, Verdict.AMBER_GREEN),
        ((2, 2, 2, 1, 1), {}, Verdict.AMBER),
        ((1, 2, 2, 2, 2), {}, Verdict.AMBER),
        ((2, 2, 2, 0, 0), {}, Verdict.AMBER_RED),
        ((2, 2, 2, 2, 2), {"owner": ""}, Verdict.RED),
        ((2, 0, 0, 0, 0), {}, Verdict.RED),
    ],
)
def test_verdicts(stages, fields, verdict):
    weights = (3, 2, 2, 2, 1)
    questions = [a_question(f"q{place}", weight=weight, gate="G1") for place, weight in enumerate(weights)]
    fields = {"confidence": {"Dana": 4}} | fields
    plan = a_plan(
        *(settled(question, Stage(stage), **fields) for question, stage in zip(questions, stages, strict=True))
    )
    assert assess_readiness(a_questionnaire(*questions), plan, "G1").whole.verdict is verdict


def test_information_gaps_never_stop_a_gate():
    risks = find_risks(SHIPPED, a_plan())
    assert risks
    assert {stop.rule for stop in assess_readiness(SHIPPED, a_plan(), "G3", risks=risks).whole.stops} == {"blank"}


@pytest.mark.parametrize(("severity", "stops"), [("error", ["finding"]), ("warning", []), ("note", [])])
def test_only_an_error_stops_a_gate(severity, stops):
    question = a_question(gate="G1", weight=2)
    plan, finding = a_plan(settled(question, Stage.AGREED)), Finding("RULE", severity, "It does not add up.")
    whole = assess_readiness(a_questionnaire(question), plan, "G1", findings=[finding]).whole
    assert [stop.rule for stop in whole.stops] == stops


# Properties that hold for every plan.

stages = st.sampled_from(list(Stage))


@st.composite
def plans(draw):
    size = draw(st.integers(1, 8))
    questions = [
        a_question(
            f"q{place}",
            weight=draw(st.integers(1, 3)),
            gate=draw(st.sampled_from(["G1", "G2", "G3"])),
            asked_stage=draw(st.sampled_from([Stage.DRAFTED, Stage.AGREED, Stage.EVIDENCED])),
        )
        for place in range(size)
    ]
    answers = [
        replace(
            settled(question, draw(stages)),
            owner=draw(st.sampled_from(["", "dana"])),
            evidence=draw(st.sampled_from([(), (Evidence("Survey"),)])),
            not_applicable=draw(st.sampled_from(["", "", "It is free."])),
        )
        for question in questions
    ]
    return a_questionnaire(*questions), a_plan(*answers), draw(st.sampled_from(["G1", "G2", "G3"]))


@given(plans())
@settings(deadline=None)
def test_the_floor_never_passes_the_ceiling(given):
    whole = assess_readiness(*given).whole
    assert 0 <= whole.floor <= whole.ceiling <= 100
    assert 0 <= whole.coverage <= 100


@given(plans())
@settings(deadline=None)
def test_missing_points_add_up_to_what_the_floor_lacks(given):
    whole = assess_readiness(*given).whole
    assert sum(each.missing for each in whole.shortfalls) == pytest.approx(100 - whole.floor)


@given(plans(), st.data())
@settings(deadline=None)
def test_answering_never_lowers_the_floor_nor_raises_the_ceiling(given, data):
    questionnaire, plan, gate = given
    question = data.draw(st.sampled_from(list(questionnaire.questions())))
    before = replace(plan, answers={**plan.answers, question.id: replace(plan.answers[question.id], value=None)})
    after = replace(
        before, answers={**before.answers, question.id: settled(question, data.draw(stages), value="Now said.")}
    )
    after = replace(
        after,
        answers={
            **after.answers,
            question.id: replace(after.answers[question.id], not_applicable=plan.answers[question.id].not_applicable),
        },
    )
    old, new = assess_readiness(questionnaire, before, gate).whole, assess_readiness(questionnaire, after, gate).whole
    assert new.floor >= old.floor - 1e-9
    assert new.ceiling <= old.ceiling + 1e-9


@given(plans())
@settings(deadline=None)
def test_settling_every_shortfall_reaches_the_ceiling_of_a_hundred(given):
    questionnaire, plan, gate = given
    answers = {
        each.id: replace(settled(each, Stage.EVIDENCED), not_applicable=plan.answers[each.id].not_applicable)
        for each in questionnaire.questions()
    }
    assert assess_readiness(questionnaire, replace(plan, answers=answers), gate).whole.floor == pytest.approx(100)


@given(st.sampled_from(["stackable", "abc"]), stages)
def test_deciding_a_condition_never_lowers_the_floor_of_what_was_blank(pick, stage):
    asked = a_questionnaire(MODEL, STACK)
    before = assess_readiness(asked, a_plan(), "G1").whole
    after = assess_readiness(asked, a_plan(settled(MODEL, stage, value={"picks": [pick], "other": ""})), "G1").whole
    assert after.floor >= before.floor
    assert after.ceiling <= before.ceiling
