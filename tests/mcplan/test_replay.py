"""Readiness day by day, worked out from the history of answers, and what a week brought."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcplan.readiness import assess_readiness
from mcplan.replay import MOST_DAYS, as_of, replay, writers
from mcplan.views.trend import ROOM, WHOLE, view_trend, view_week
from questionnaire.model import Stage
from tests.builders import NOON, a_plan, a_question, a_questionnaire, an_answer

ASKED = a_questionnaire(a_question("case", gate="G1"), a_question("price", gate="G1"))
CASE, PRICE = "first.case", "first.price"


def said(id, days, revision=1, **fields):
    return an_answer(id, revision=revision, at=NOON + timedelta(days=days), by="Sam", **fields)


def now_of(*history):
    newest = {each.question_id: each for each in sorted(history, key=lambda each: each.revision)}
    return a_plan(*newest.values())


def floors(*history):
    return [round(day.readiness.whole.floor) for day in replay(ASKED, now_of(*history), history, "G1")]


def test_each_day_on_which_something_changed_is_one_point_and_the_last_is_today():
    history = [said(CASE, 0), said(PRICE, 3, stage=Stage.DRAFTED), said(CASE, 3, revision=2, stage=Stage.DRAFTED)]

    days = replay(ASKED, now_of(*history), history, "G1")

    assert [day.on for day in days] == [(NOON + timedelta(days=shift)).date() for shift in (0, 3)]
    assert days[-1].readiness == assess_readiness(ASKED, now_of(*history), "G1")
    assert days[0].readiness.whole.blank == 1


def test_a_clock_that_jumped_back_changes_no_order():
    history = [said(CASE, 5, value="First."), said(CASE, 1, revision=2, value=None), said(PRICE, 3)]

    days = replay(ASKED, now_of(*history), history, "G1")

    assert days[-1].readiness == assess_readiness(ASKED, now_of(*history), "G1")
    assert as_of(a_plan(), history, NOON + timedelta(days=4)).answers.keys() == {PRICE}


def test_whoever_only_says_how_sure_they_are_has_not_written():
    wrote, rated = said(CASE, 0), said(CASE, 1, revision=2, confidence={"Kim": 2})

    assert writers([rated, replace(wrote, by="Dana")]) == {CASE: "Dana"}


def test_no_history_is_no_day():
    assert replay(ASKED, a_plan(), [], "G1") == ()


@given(
    st.lists(
        st.tuples(st.sampled_from([CASE, PRICE]), st.integers(0, 400), st.sampled_from([None, "Said."])), min_size=1
    )
)
def test_whatever_happened_the_last_day_is_as_it_is_now_and_days_rise(happened):
    revisions = dict.fromkeys((CASE, PRICE), 0)
    history = []
    for id, day, value in sorted(happened, key=lambda each: each[1]):
        revisions[id] += 1
        history.append(said(id, day, revision=revisions[id], value=value))
    plan = now_of(*history)

    days = replay(ASKED, plan, history, "G1")

    assert days[-1].readiness == assess_readiness(ASKED, plan, "G1")
    assert [day.on for day in days] == sorted({day.on for day in days})
    assert len(days) <= MOST_DAYS


def test_a_day_ends_where_the_person_is():
    late = [said(CASE, 0), said(PRICE, 11 / 24 + 0.02)]

    assert len(replay(ASKED, now_of(*late), late, "G1", UTC)) == 1
    assert len(replay(ASKED, now_of(*late), late, "G1", ZoneInfo("Asia/Kolkata"))) == 2


def test_a_plan_as_of_a_moment_knows_nothing_later():
    history = [said(CASE, 0, value="First."), said(CASE, 2, revision=2, value="Second."), said(PRICE, 5)]

    then = as_of(now_of(*history), history, NOON + timedelta(days=3))

    assert {id: answer.value for id, answer in then.answers.items()} == {CASE: "Second."}


def test_one_day_is_no_line_and_two_are_named_with_what_they_gained():
    history = [said(CASE, 0, stage=Stage.DRAFTED), said(PRICE, 3, stage=Stage.DRAFTED)]
    assert view_trend(replay(ASKED, now_of(*history), history[:1], "G1")) is None

    view = view_trend(replay(ASKED, now_of(*history), history, "G1"))

    assert view.title == "Readiness for concept since 2 March 2027: up 26.7 points"
    assert {name for _, name, _ in view.lines} == {WHOLE, *(phase.title for phase in ASKED.phases)}
    assert len(view.table.rows) == 2
    assert {name for name, _ in view.ends} == {WHOLE, *(phase.title for phase in ASKED.phases)}
    places = [place for _, place in view.ends]
    assert places == sorted(places)
    assert min(above - below for below, above in pairwise(places)) >= ROOM
    assert [row[0] for row in view.parts.rows] == [WHOLE, *(phase.title for phase in ASKED.phases)]
    assert {row[-1] for row in view.parts.rows} == {"up 26.7"}


@pytest.mark.parametrize(("value", "says"), [("More.", "1 answer changed"), ("Enough said.", "no answer changed")])
def test_the_week_names_what_changed_and_by_whom(value, says):
    before, plan = a_plan(an_answer()), a_plan(replace(an_answer(value=value), by="Sam"))
    then, now = (assess_readiness(ASKED, each, "G1") for each in (before, plan))

    view = view_week(ASKED, plan, before, now=now, then=then, by={CASE: "Sam"})

    assert says in view.message
    assert [pointer.says for pointer in view.answers] == (["by Sam"] if "1" in says else [])


def test_the_week_names_new_and_gone_stops():
    asked = a_questionnaire(a_question("case", gate="G1", weight=3))
    before, plan = a_plan(an_answer(value=None)), a_plan(an_answer(owner="kim"))
    then, now = (assess_readiness(asked, each, "G1") for each in (before, plan))

    stops = view_week(asked, plan, before, now=now, then=then, by={CASE: "Sam"}).stops

    assert any(each.startswith("Gone: A critical question is blank") for each in stops)


def test_in_its_first_week_a_plan_has_no_week_before():
    before, plan = a_plan(), a_plan(an_answer())
    then, now = (assess_readiness(ASKED, each, "G1") for each in (before, plan))

    view = view_week(ASKED, plan, before, now=now, then=then, by={CASE: "Sam"})

    assert (view.message, view.answers, view.stops) == (
        "The plan began in the last seven days: 1 answer so far.",
        (),
        (),
    )
