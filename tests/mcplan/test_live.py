"""What an open screen hears: how the plan stands, what colleagues wrote, and who else is there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mcplan.example import load_example
from mcplan.presence import BEAT, MOST, VISIT, Presence, Pulse, needs_beat, new_since
from mcplan.readiness import assess_readiness
from mcplan.risks import find_risks
from mcplan.views.live import form_of, view_changes, view_present, view_strip, view_tables
from questionnaire.load import load_questionnaire
from questionnaire.model import Column, Stage
from tests.builders import NOON, a_plan, a_question, a_questionnaire, an_answer, only_the_69, settled

SHIPPED, LARKFIELD = only_the_69(load_questionnaire()), load_example()
CASE, PRICE = a_question("case", gate="G1"), a_question("price", gate="G1")
ASKED = a_questionnaire(CASE, PRICE)


def strip_of(plan, screen, questionnaire=SHIPPED):
    risks = find_risks(questionnaire, plan)
    return view_strip(questionnaire, plan, assess_readiness(questionnaire, plan, plan.gate, risks=risks), risks, screen)


def presence(name, visit="v", screen="first", question="", at=NOON):
    return Presence(visit, name, screen, question, at)


def test_the_strip_says_how_the_plan_stands_on_every_screen():
    strip = strip_of(LARKFIELD, "risks")
    assert (strip["span"], strip["of"]) == ("83–93", "of 100 for design approval")
    assert strip["sign"]["icon"] == "warning"
    assert "next" not in strip


def test_on_a_phase_it_also_says_how_far_that_is_and_where_to_go_on():
    strip = strip_of(LARKFIELD, "strategic")
    assert strip["progress"].startswith("22 of 24 questions answered · ")
    assert strip["progress"].endswith(" minutes left")
    assert strip["next"]["question_id"] == "strategic.pricing-model"


def test_a_screen_gets_only_the_answers_that_are_newer_than_its_own():
    plan = a_plan(an_answer("first.case", "New.", revision=3), an_answer("first.price", "Old.", revision=2))
    changes = view_changes(ASKED, plan, {"first.case": 2, "first.price": 2, "first.gone": 0}, "Dana Okafor")
    assert {id: each["answer"]["value"] for id, each in changes.items()} == {"first.case": "New."}


def test_an_answer_brings_what_stays_at_risk():
    changes = view_changes(ASKED, a_plan(an_answer(revision=1)), {"first.case": 0}, "Dana Okafor")
    assert changes["first.case"]["risk"].startswith("Because nobody knows, ")
    done = a_plan(settled(CASE, Stage.AGREED))
    assert view_changes(ASKED, done, {"first.case": 0}, "Dana Okafor")["first.case"]["risk"] == ""


def test_an_answer_alone_needs_no_new_drawing_of_its_phase():
    before, after = a_plan(), a_plan(an_answer(), revision=2)
    assert form_of(ASKED, before, "first") == form_of(ASKED, after, "first")
    assert form_of(ASKED, before, "overview") != form_of(ASKED, after, "overview")


@pytest.mark.parametrize(
    "other",
    [
        a_plan(team=()),
        a_plan(title="Another"),
        a_plan(gate="G2"),
        a_plan(archived_at=NOON),
        a_plan(an_answer(not_applicable="Not here.")),
    ],
)
def test_what_changes_the_screen_itself_does(other):
    assert form_of(ASKED, a_plan(), "first") != form_of(ASKED, other, "first")


def test_others_stand_there_once_and_where_they_type():
    there = (
        presence("Sam", "a", question="first.case", at=NOON),
        presence("Sam", "b", screen="risks", at=NOON + timedelta(seconds=5)),
        presence("Dana", "c"),
        presence("Ann", "d", screen="overview"),
    )
    assert view_present(ASKED, there, "Dana") == [
        {"name": "Ann", "where": "the overview", "question": ""},
        {"name": "Sam", "where": "first phase", "question": "first.case"},
    ]


def test_a_screen_says_that_it_is_there_when_it_comes_moves_or_has_long_said_nothing():
    mine = presence("Dana", "a")
    there = Pulse(1, 0, (mine,))
    assert needs_beat(Pulse(1, 0, ()), mine)
    assert needs_beat(there, presence("Dana", "a", screen="risks"))
    assert needs_beat(there, presence("Dana", "a", question="first.case"))
    assert needs_beat(there, presence("Dana", "a", at=NOON + BEAT))
    assert not needs_beat(there, presence("Dana", "a", at=NOON + BEAT / 2))


def test_a_plan_full_of_screens_takes_no_further_one():
    full = Pulse(1, 0, tuple(presence("Sam", f"v{number}") for number in range(MOST)))
    assert not needs_beat(full, presence("Dana", "a"))
    assert needs_beat(full, presence("Sam", "v1", screen="risks"))


def test_new_is_what_came_after_the_visit_before():
    assert new_since(None, NOON) is None
    went, seen = NOON - timedelta(days=2), NOON - timedelta(hours=1)
    assert new_since((went, seen), NOON) == seen
    assert new_since((went, NOON - VISIT / 2), NOON) == went


def test_the_tables_on_a_screen_hear_what_rows_are_called_and_who_names_theirs():
    modules = a_question("modules", kind="table", columns=(Column("name", "Module"),))
    columns = (
        Column("task", "Task"),
        Column("of", "Of", "row", of=modules.id),
        Column("also", "Also", "rows", of=modules.id),
    )
    tasks = a_question("tasks", kind="table", columns=columns, sources=("T2",))
    answers = (
        an_answer(modules.id, {"rows": [{"id": "r1", "name": "Sizing"}, {"id": "r2", "name": "Piping"}]}),
        an_answer(tasks.id, {"rows": [{"id": "t1", "task": "Quiz", "of": "r1", "also": ["r1"]}]}),
    )

    told = view_tables(a_questionnaire(CASE, modules, tasks), a_plan(*answers), "first")

    assert set(told) == {modules.id, tasks.id}
    assert told[tasks.id] == {"rows_of": {modules.id: [["r1", "Sizing"], ["r2", "Piping"]]}, "referred": {}}
    assert told[modules.id] == {"rows_of": {}, "referred": {"r1": ["T2 What about tasks?"]}}
    assert view_tables(a_questionnaire(CASE, modules, tasks), a_plan(*answers), "risks") == {}
