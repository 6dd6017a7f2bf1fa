"""The history of an answer and the timeline of a plan, in words."""

from __future__ import annotations

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from mcplan.timeline import KINDS, Event
from mcplan.views.history import SITTING, also_changed, marked, steps
from mcplan.views.timeline import MOST, view_timeline
from questionnaire.model import Stage
from tests.builders import NOON, a_plan, a_question, a_questionnaire, an_answer

CASE = a_question("case", gate="G1", sources=("P1.1",))
ASKED = a_questionnaire(CASE)
PLAN = a_plan()


def said(*texts, by="Sam Ito", pause=timedelta(minutes=1)):
    """Revisions of the case, latest first."""
    found = [
        an_answer("first.case", words, by=by, revision=place, at=NOON + place * pause)
        for place, words in enumerate(texts, 1)
    ]
    return found[::-1]


def timeline(*entries, since=None, me="Dana Okafor", zone=UTC):
    return view_timeline(ASKED, PLAN, entries, since=since, me=me, zone=zone)


def change(now, before=None):
    return (now.at, now.by, "first.case", None, now, before)


def test_what_one_person_typed_in_one_sitting_is_one_step():
    revisions = said("One.", "One, two.", "One, two, three.")
    (step,) = steps(revisions)
    assert (step.now.value, step.before, step.saves) == ("One, two, three.", None, 3)


def test_another_person_and_a_long_pause_begin_a_new_step():
    first, second = said("One.", "Two.", pause=SITTING + timedelta(seconds=1))
    assert [step.saves for step in steps([first, second])] == [1, 1]
    late = an_answer("first.case", "Three.", by="Kit", revision=3, at=first.at)
    assert [(step.now.by, step.before and step.before.value) for step in steps([late, first])] == [
        ("Kit", "Two."),
        ("Sam Ito", None),
    ]


def test_words_are_marked_and_the_rest_is_said():
    before = an_answer(value="We ask.", note="Since May.", stage=Stage.DRAFTED, owner="dana")
    now = an_answer(value="We beg.", note="Since May.", stage=Stage.AGREED, owner="sam", confidence={"Sam Ito": 4})
    assert marked(CASE, before, now) == [
        ("kept", "We "), ("removed", "ask"), ("added", "beg"), ("kept", ".\nSince May."),
    ]  # fmt: skip
    assert also_changed(PLAN, before, now) == [
        "Stage: Drafted → Agreed",
        "Owner: Dana Okafor → Sam Ito",
        "Confidence: none → Sam Ito 4",
    ]


def test_days_and_times_are_those_of_the_person_at_the_screen():
    (answer,) = said("Late.")
    days = timeline(change(answer), zone=ZoneInfo("Pacific/Auckland"))
    assert [(day.title, day.lines[0].time) for day in days] == [("3 March 2027", "01:01")]


def test_a_line_says_who_did_what_where_and_leads_there():
    (line,) = timeline(change(*said("We ask.", "We beg.")))[0].lines
    assert (line.who, line.what) == ("Sam Ito", "changed P1.1 What about case?")
    assert ("added", "beg") in line.pieces
    assert (line.phase_id, line.question_id) == ("first", "first.case")


def test_saves_of_one_sitting_are_one_line_and_an_event_stands_between():
    third, second, first = said("One.", "Two.", "Three.")
    (day,) = timeline(change(third, second), change(second, first), change(first))
    assert [line.pieces for line in day.lines] == [(("kept", "Three."),)]
    event = (NOON, "Sam Ito", "", Event("archived", "Sam Ito", NOON), None, None)
    (day,) = timeline(change(third, second), event, change(first))
    assert [line.what for line in day.lines] == [
        "changed P1.1 What about case?",
        "archived the plan",
        "changed P1.1 What about case?",
    ]


def test_what_others_did_since_the_last_visit_is_new():
    (answer,) = said("One.")
    before, after = NOON, NOON + timedelta(hours=1)
    assert timeline(change(answer), since=before)[0].lines[0].is_new
    assert not timeline(change(answer), since=after)[0].lines[0].is_new
    assert not timeline(change(answer), since=before, me="Sam Ito")[0].lines[0].is_new
    assert not timeline(change(answer))[0].lines[0].is_new


def test_a_long_change_is_cut_and_what_did_not_change_is_left_out():
    long = "Same words here. " * 100
    now, before = said(f"{long}old{long}", f"{long}new{long}")
    (line,) = timeline(change(now, before))[0].lines
    assert [change for change, _ in line.pieces] == ["kept", "removed", "added", "kept"]
    assert sum(len(text) for _, text in line.pieces) < MOST
    assert line.pieces[0].text.startswith(" … ")


def test_what_is_answered_first_keeps_its_lines_as_far_as_there_is_room():
    def first(words):
        (line,) = timeline(change(*said(words)))[0].lines
        (piece,) = line.pieces
        return piece.text

    assert first("Sizing; 3 hours\n\nPiping") == "Sizing; 3 hours\nPiping"
    many = first("\n".join(f"Module {number}; " + "hours " * 9 for number in range(20)))
    assert many.splitlines()[1].startswith("Module 1; hours")
    assert many.endswith("…")
    assert len(many) < MOST + 20


def test_a_question_that_is_gone_and_every_kind_of_event_have_words():
    gone = an_answer("first.gone")
    (line,) = timeline((gone.at, "Sam Ito", "first.gone", None, gone, None))[0].lines
    assert (line.what, line.question_id) == ("changed a question that is not asked any more", "")
    for kind in KINDS:
        assert "{" not in Event(kind, "Sam Ito", NOON).words
