"""What the screens show, in finished words and numbers."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcplan.example import load_example
from mcplan.findings import find_findings
from mcplan.numbers import count, percent, points, rounded, span
from mcplan.readiness import BOUNDS, Verdict, assess_readiness
from mcplan.risks import find_risks
from mcplan.views import view_answer, view_box
from mcplan.views.overview import view_overview, view_standing
from mcplan.views.phase import next_open, shown_questions, view_phase
from mcplan.views.plans import ago
from mcplan.views.readiness import conditions_to_green, view_readiness
from mcplan.views.risks import Filters, view_risks
from mcplan.views.verdict import SIGNS
from questionnaire.load import load_questionnaire
from questionnaire.model import Stage
from tests.builders import NOON, a_plan, a_question, a_questionnaire, an_answer, only_the_69, settled

SHIPPED, LARKFIELD = only_the_69(load_questionnaire()), replace(load_example(), id="larkfield")


def judged(plan, gate=None):
    risks = find_risks(SHIPPED, plan)
    return assess_readiness(SHIPPED, plan, gate or plan.gate, risks=risks), risks


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0 %"),
        (0.2, "1 %"),
        (54.6, "54 %"),
        (55, "55 %"),
        (74.5, "74 %"),
        (82.9, "83 %"),
        (82.4, "82 %"),
        (89.99, "89 %"),
        (99.6, "99 %"),
        (100, "100 %"),
    ],
)
def test_a_hundred_percent_means_a_hundred(value, said):
    assert percent(value) == said


@given(st.floats(0, 100), st.sampled_from((0, 1)))
def test_a_share_is_never_said_to_have_passed_a_bound_that_it_has_not(share, decimals):
    said = rounded(share, decimals)

    assert [said >= bound for bound in (*BOUNDS, 100)] == [share >= bound for bound in (*BOUNDS, 100)]
    assert (said > 0) == (share > 0)
    assert abs(said - share) <= 10**-decimals


@given(st.floats(0, 100), st.floats(0, 100))
def test_the_larger_share_is_never_said_to_be_the_smaller(one, other):
    low, high = sorted((one, other))

    assert rounded(low) <= rounded(high)


def test_numbers_are_said_with_their_nouns():
    assert [count(number, "stop") for number in (0, 1, 3)] == ["no stops", "1 stop", "3 stops"]
    assert (points(2.13), span(41.2, 83), span(100, 100)) == ("+2.1", "41–83", "100")


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_its_word_beside_its_colour(verdict):
    assert verdict.colour in SIGNS[verdict].words


def test_the_strip_says_gate_span_stops_and_risks():
    standing = view_standing(*judged(LARKFIELD))
    assert (standing.gate, standing.span, standing.stops) == ("Design approval", "83–93", "1 stop")
    assert standing.sign.words == "Amber/Red: at risk"
    assert standing.risks.endswith("flagged")


def test_a_phase_shows_its_questions_and_the_way_on():
    readiness, risks = judged(LARKFIELD)
    phase = SHIPPED.phase("strategic")
    shown = shown_questions(SHIPPED, LARKFIELD, phase, "all", "Dana Okafor", risks)
    view = view_phase(SHIPPED, LARKFIELD, "strategic", me="Dana Okafor", shown=shown, readiness=readiness)
    assert view.place == "Phase 1 of 6"
    assert view.next_phase_id == "marketing"
    assert sum(len(section.questions) for section in view.sections) == 24


def test_a_block_beside_the_phases_says_where_it_stands_instead_of_a_number():
    first = a_questionnaire().phases[0]
    before, across = (replace(first, id=id, sections=(), numbered=False) for id in ("before", "across"))
    phases = (before, first, across)
    questionnaire, plan = replace(a_questionnaire(), phases=phases), a_plan()
    readiness = assess_readiness(questionnaire, plan, "G1")
    views = [view_phase(questionnaire, plan, each.id, me="", shown=(), readiness=readiness) for each in phases]
    assert [view.place for view in views] == ["Before the phases", "Phase 1 of 1", "Across the phases"]
    cards = view_overview(questionnaire, plan, readiness, ()).phases
    assert [card.place for card in cards] == [0, 1, 0]


@pytest.mark.parametrize(("show", "number"), [("all", 24), ("open", 2), ("mine", 11), ("flagged", 5)])
def test_filters(show, number):
    shown = shown_questions(
        SHIPPED, LARKFIELD, SHIPPED.phase("strategic"), show, "Dana Okafor", find_risks(SHIPPED, LARKFIELD)
    )
    assert len(shown) == number


def test_a_link_shows_its_question_whatever_the_filter():
    phase = SHIPPED.phase("strategic")
    shown = shown_questions(SHIPPED, LARKFIELD, phase, "open", "", (), also="strategic.business-case")
    assert "strategic.business-case" in shown


def test_what_does_not_apply_is_named_instead_of_asked():
    plan = a_plan(an_answer("design.provides-learning", "no"))
    readiness, risks = judged(plan)
    phase = SHIPPED.phase("design")
    shown = shown_questions(SHIPPED, plan, phase, "all", "", risks)
    view = view_phase(SHIPPED, plan, "design", me="", shown=shown, readiness=readiness)
    codes = {question.code for section in view.sections for question in section.questions}
    assert "P4.4" in codes
    assert not {"P4.4a", "P4.4b", "P4.4c", "P4.4d"} & codes
    assert "P4.4b" in view.not_asked


def test_what_is_due_now_comes_before_what_is_due_later():
    later, now = a_question("later", gate="G3"), a_question("now", gate="G1")
    assert next_open(a_questionnaire(later, now), a_plan(gate="G1")).question_id == "first.now"
    assert next_open(a_questionnaire(now), a_plan(settled(now, Stage.DRAFTED))) is None


def test_guidance_stands_beside_each_question():
    readiness, _ = judged(LARKFIELD)
    view = view_phase(SHIPPED, LARKFIELD, "design", me="", shown=("design.model",), readiness=readiness)
    (question,) = view.sections[0].questions
    assert [heading for heading, _ in question.guidance] == [
        "Why we ask",
        "A good answer holds",
        "Weak",
        "Strong",
        "Sent back when",
    ]


def test_the_box_tells_the_answer_and_what_it_is_worth():
    box = view_box(SHIPPED, LARKFIELD, SHIPPED.question("operational.award-system"), "Dana Okafor")
    assert box["control"] == {"type": "paragraphs", "max_chars": 100_000}
    assert box["state"]["word"] == "Drafted"
    assert box["state"]["missing"] == "+1.4"
    assert box["state"]["hint"] == "Name an owner to go beyond drafted."
    assert ["luc", "Luc Tremblay"] in box["team"]


def test_confidence_of_others_is_apart_from_mine():
    question = a_question()
    plan = a_plan(an_answer(confidence={"Dana Okafor": 4, "Sam Ito": 1}))
    shown = view_answer(a_questionnaire(question), plan, question, "Dana Okafor")
    assert (shown["answer"]["confidence"], shown["others"]) == (4, "1 – the team is split, talk it through")


def test_an_owner_who_left_is_no_owner_in_the_box():
    question = a_question()
    shown = view_answer(a_questionnaire(question), a_plan(an_answer(owner="gone")), question, "Dana Okafor")
    assert shown["answer"]["owner"] == ""


def test_the_hub_shows_six_phases_and_the_unfilled_seat():
    readiness, _ = judged(LARKFIELD)
    view = view_overview(SHIPPED, LARKFIELD, readiness, find_findings(SHIPPED, LARKFIELD))
    assert len(view.phases) == 6
    assert view.open_seats == "Nobody fills: Visual design support."
    assert view.phases[1].sign.words == "Nothing asked yet"
    assert view.next_words == "1 stop to clear first."


def test_readiness_leads_to_each_question_with_its_points():
    readiness, _ = judged(LARKFIELD)
    view = view_readiness(SHIPPED, LARKFIELD, readiness)
    assert [figure[1] for figure in view.figures] == ["83 %", "93 %", "90 %", "3.6 of 5"]
    assert view.gains[0].question_id == "operational.learning-platform"
    assert view.gains[0].worth == "+2.0"
    assert view.stops[0].question.startswith("P3.1c ")
    assert view.message == "Operational considerations is furthest from design approval, at 65 %"


def test_green_needs_nothing_more():
    question = a_question(gate="G1", asked_stage=Stage.AGREED)
    plan = a_plan(settled(question, Stage.AGREED))
    assert conditions_to_green(assess_readiness(a_questionnaire(question), plan, "G1").whole) == ()
    blank = assess_readiness(a_questionnaire(question), a_plan(), "G1").whole
    assert conditions_to_green(blank) == ("Settle 1 other answer.",)


def test_risks_up_to_a_gate_worst_first():
    risks = find_risks(SHIPPED, LARKFIELD)
    view = view_risks(SHIPPED, risks, Filters("G2"))
    assert view.bands[0].title.startswith("High")
    assert view.bands[0].risks[0].question_id == "operational.award-system"
    assert sum(number for _, number in view.counts) == len([risk for risk in risks if risk.gate <= "G2"])
    assert view_risks(SHIPPED, (), Filters("G1")).message == "No risk is open up to this gate"


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=5), "5 hours ago"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=90), "on 2 December 2026"),
        (timedelta(seconds=-5), "just now"),
    ],
)
def test_how_long_ago(back, said):
    assert ago(NOON - back, NOON) == said
