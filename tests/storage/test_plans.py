"""Keeping plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mcplan.plan import Evidence, Member, Plan
from questionnaire.errors import AnswerRejected
from questionnaire.model import Stage
from storage.answers import fetch_history, store_changes
from storage.database import reading, writing
from storage.plans import (
    NoSuchPlan,
    archive_plan,
    count_plans,
    delete_plan,
    duplicate_plan,
    fetch_plan,
    fetch_revision,
    fetch_summaries,
    restore_plan,
    start_plan,
    store_facts,
    unarchive_plan,
)
from storage.team import remove_member, store_member
from tests.builders import DANA, HERE, NOON, SAM, a_plan, a_questionnaire, an_answer, door

LATER = NOON + timedelta(hours=1)


def fetch(database, plan_id):
    with reading(database) as session:
        return fetch_plan(door(session, plan_id))


def titles(database, which="current", **part):
    found = fetch_summaries(database, a_questionnaire(), HERE, at=NOON, which=which, **part)
    return [summary.title for summary in found]


def test_a_plan_comes_back_whole(database, asked):
    answer = an_answer(
        value={"picks": ["b", "a"], "other": ""},
        note="As agreed.",
        stage=Stage.EVIDENCED,
        evidence=(Evidence("Survey", "https://example.org", "62 employers", "2026-09-22"),),
        confidence={"Dana Okafor": 4, "Sam Ito": 2},
        not_applicable="Not here.",
    )
    plan = a_plan(
        answer, id="", gate="G2", institution="North College", unit="Trades", summary="Keep it cold.",
        board="Senate", start=date(2027, 9, 1),
    )  # fmt: skip
    with writing(database) as session:
        plan_id = start_plan(session, asked, plan, person=HERE, at=NOON)
    assert fetch(database, plan_id) == replace(plan, id=plan_id, changed_at=NOON, changed_by="Dana Okafor")


@pytest.mark.parametrize("value", [48.0, 48, 0.1, 1e-9, "2027-05-03", {"amount": 1450.0, "currency": "CAD"}, [], False])
def test_a_value_comes_back_as_what_it_was(database, start, value):
    back = fetch(database, start(an_answer(value=value))).answers["first.case"].value
    assert (back, type(back)) == (value, type(value))


def test_times_come_back_in_utc(database, start):
    from zoneinfo import ZoneInfo

    toronto = datetime(2027, 3, 2, 7, 0, tzinfo=ZoneInfo("America/Toronto"))
    at = fetch(database, start(an_answer(at=toronto))).answers["first.case"].at
    assert (at, at.tzinfo) == (NOON, UTC)


def test_what_is_no_number_is_refused_whole(database, start):
    with pytest.raises(Exception, match="JSON compliant"):
        start(an_answer(value=float("nan")))
    assert titles(database) == []


def test_a_plan_that_brings_its_id_is_started_once(database, asked):
    for _ in range(2):
        with writing(database) as session:
            assert start_plan(session, asked, a_plan(id="plan-1"), person=HERE, at=NOON) == "plan-1"
    assert titles(database) == ["Cold chain basics"]


def test_what_a_plan_is_started_with_is_cleaned(database, asked):
    plan = Plan("", "  Cold\x00 chain \n", institution="North\r\nCollege", team=(Member("dana", " Dana\x07 "),))
    with writing(database) as session:
        plan_id = start_plan(session, asked, plan, person=HERE, at=NOON)
    kept = fetch(database, plan_id)
    assert (kept.title, kept.institution, kept.team[0].name) == ("Cold chain", "North College", "Dana")


def test_a_plan_that_never_was_is_not_there(database):
    with reading(database) as session:
        for ask in (fetch_plan, fetch_revision):
            with pytest.raises(NoSuchPlan, match=r"This plan is no longer there\."):
                ask(door(session, "no-such-plan"))


def test_every_change_moves_the_revision_on(database, asked, plan_id):
    when = {"at": LATER}
    changes = (
        lambda session: store_facts(door(session, plan_id, "Sam Ito"), {"board": "Senate"}, **when),
        lambda session: store_member(door(session, plan_id, "Sam Ito"), Member("", "Kim"), **when),
        lambda session: remove_member(door(session, plan_id, "Sam Ito"), "sam", **when),
        lambda session: store_changes(
            door(session, plan_id, "Sam Ito"), asked, "first.case", {"note": "x"}, seen=0, save_id="a", **when
        ),
        lambda session: archive_plan(door(session, plan_id, "Sam Ito"), **when),
        lambda session: unarchive_plan(door(session, plan_id, "Sam Ito"), **when),
        lambda session: delete_plan(door(session, plan_id, "Sam Ito"), **when),
        lambda session: restore_plan(door(session, plan_id, "Sam Ito"), **when),
    )
    for change in changes:
        with writing(database) as session:
            change(session)
    plan = fetch(database, plan_id)
    assert (plan.revision, plan.changed_by, plan.changed_at) == (1 + len(changes), "Sam Ito", LATER)


def test_facts_are_cleaned_and_kept(database, asked, plan_id):
    with writing(database) as session:
        given = store_facts(
            door(session, plan_id, "Sam Ito"),
            {"title": " New\x00 title ", "start": "2027-09-01", "gate": "G3"},
            at=LATER,
        )
    assert given == fetch(database, plan_id)
    assert (given.title, given.start, given.gate) == ("New title", date(2027, 9, 1), "G3")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": " \n"}, "Give the plan a title, please."),
        ({"title": "x" * 201}, "This title has 201 characters; there is room for 200. Shorten it, please."),
        ({"gate": "G9"}, "The gates are Concept, Design approval, Launch. Pick one of them, please."),
        ({"start": "soon"}, "“soon” is not a day. Write it as year-month-day, such as 2027-05-03."),
        ({"summary": 5}, "Write this as text, please."),
        ({"colour": "red"}, "This screen is older than the server. Reload the page; your text is kept."),
    ],
)
def test_facts_that_do_not_fit_are_refused_in_words(database, asked, plan_id, changes, says):
    with pytest.raises(AnswerRejected) as refused, writing(database) as session:
        store_facts(door(session, plan_id, "Sam Ito"), {"board": "Senate"} | changes, at=LATER)
    assert str(refused.value) == says
    assert fetch(database, plan_id).board == ""


def test_people_join_change_and_leave_the_team(database, asked, plan_id):
    with writing(database) as session:
        plan = store_member(door(session, plan_id), Member("", " Kim\x00 Roy "), at=LATER)
        kim = plan.team[-1]
        store_member(door(session, plan_id), replace(DANA, name="Dana O."), at=LATER)
        remove_member(door(session, plan_id), "sam", at=LATER)
    assert kim.id
    assert fetch(database, plan_id).team == (replace(DANA, name="Dana O."), Member(kim.id, "Kim Roy"))


@pytest.mark.parametrize(
    ("member", "says"), [(Member("", " "), "Give the person a name."), (Member("", "Kim", "boss"), "Pick a role")]
)
def test_a_member_that_does_not_fit_is_refused(database, asked, plan_id, member, says):
    with pytest.raises(AnswerRejected, match=says), writing(database) as session:
        store_member(door(session, plan_id), member, at=LATER)


def test_an_owner_who_leaves_costs_the_answer_its_stage(database, asked, start):
    plan_id = start(an_answer(stage=Stage.AGREED, owner="sam"))
    before = fetch_summaries(database, asked, HERE, at=NOON)[0].floor
    with writing(database) as session:
        remove_member(door(session, plan_id), SAM.id, at=LATER)
    assert fetch_summaries(database, asked, HERE, at=NOON)[0].floor < before


def test_a_duplicate_is_a_plan_of_its_own(database, asked, start):
    first = start(an_answer())
    with writing(database) as session:
        second = duplicate_plan(door(session, first, "Sam Ito"), asked, title="A copy", at=LATER)
        store_changes(
            door(session, second, "Sam Ito"), asked, "first.case", {"value": "Other."}, seen=1, save_id="a", at=LATER
        )
    assert fetch(database, first).answers["first.case"].value == "Enough said."
    assert fetch(database, second).answers["first.case"].value == "Other."
    assert (fetch(database, second).title, fetch(database, second).team) == ("A copy", (DANA, SAM))
    with reading(database) as session:
        assert [each.answer.value for each in fetch_history(door(session, second), "first.case")] == [
            "Enough said.",
            "Other.",
        ]


@pytest.mark.parametrize(
    ("put_away", "bring_back", "which", "says"),
    [
        (archive_plan, unarchive_plan, "archived", "archived, so nothing can be changed in it"),
        (delete_plan, restore_plan, "deleted", "deleted, so nothing can be changed in it"),
    ],
)
def test_a_plan_put_away_cannot_be_changed_and_can_come_back(database, asked, start, put_away, bring_back, which, says):
    plan_id = start(an_answer())
    with writing(database) as session:
        put_away(door(session, plan_id), at=LATER)
    assert (titles(database), titles(database, which)) == ([], ["Cold chain basics"])
    for change in (
        lambda session: store_facts(door(session, plan_id, "Sam Ito"), {"board": "x"}, at=LATER),
        lambda session: store_member(door(session, plan_id, "Sam Ito"), Member("", "Kim"), at=LATER),
        lambda session: remove_member(door(session, plan_id, "Sam Ito"), "sam", at=LATER),
        lambda session: store_changes(
            door(session, plan_id, "Sam Ito"), asked, "first.case", {"note": "x"}, seen=1, save_id="a", at=LATER
        ),
    ):
        with pytest.raises(AnswerRejected, match=says), writing(database) as session:
            change(session)
    with writing(database) as session:
        bring_back(door(session, plan_id), at=LATER)
    assert titles(database) == ["Cold chain basics"]
    assert fetch(database, plan_id).answers["first.case"].value == "Enough said."


def test_a_deleted_plan_cannot_be_read(database, plan_id):
    with writing(database) as session:
        delete_plan(door(session, plan_id), at=LATER)
        for ask in (fetch_plan, fetch_revision):
            with pytest.raises(NoSuchPlan):
                ask(door(session, plan_id))


@pytest.mark.parametrize("move", [archive_plan, unarchive_plan, delete_plan, restore_plan])
def test_what_is_not_there_cannot_be_put_away(database, move):
    with pytest.raises(NoSuchPlan), writing(database) as session:
        move(door(session, "no-such-plan"), at=LATER)


def test_lists_show_the_last_change_first_page_by_page(database, asked, start):
    ids = [start(title=f"Plan {number}") for number in range(5)]
    for hours, place in enumerate((3, 0, 4, 1, 2)):
        with writing(database) as session:
            store_facts(door(session, ids[place], "Sam Ito"), {"board": "x"}, at=NOON + timedelta(hours=hours))
    assert titles(database, limit=2) == ["Plan 2", "Plan 1"]
    assert titles(database, limit=2, offset=3) == ["Plan 0", "Plan 3"]
    with reading(database) as session:
        assert [count_plans(session, HERE, at=NOON, which=which) for which in ("current", "archived", "deleted")] == [
            5,
            0,
            0,
        ]
