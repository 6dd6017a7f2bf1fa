"""Everything that happened to a plan, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from storage.answers import store_changes
from storage.database import open_database, reading, writing
from storage.guard import AllPlans, within
from storage.plans import archive_plan, start_plan, store_facts
from storage.tables import EVENTS, REVISIONS
from storage.timeline import fetch_authors, fetch_revisions, fetch_timeline
from tests.builders import HERE, NOON, a_plan, an_answer, door


@pytest.fixture
def lived(database, asked, plan_id):
    """Dana starts, Sam answers three times, Dana changes a fact and archives; each a minute after the other."""
    with writing(database) as session:
        for seen, words in enumerate(("One.", "One, two.", "One, two, three.")):
            at = NOON + timedelta(minutes=1 + seen)
            access = door(session, plan_id, "Sam Ito")
            store_changes(access, asked, "first.case", {"value": words}, seen=seen, save_id=f"{seen}", at=at)
        store_facts(door(session, plan_id), {"board": "Senate"}, at=NOON + timedelta(minutes=10))
        archive_plan(door(session, plan_id), at=NOON + timedelta(days=1))
    # Another plan, of which nothing may show.
    with writing(database) as session:
        start_plan(session, asked, a_plan(an_answer(), id="other", title="Other"), person=HERE, at=NOON)
    return plan_id


def told(database, plan_id, **limits):
    with reading(database) as session:
        entries = fetch_timeline(door(session, plan_id), **limits)
    return [each.event.words if each.event else f"{each.by}: {each.answer.value}" for each in entries]


def test_what_happened_is_told_the_latest_first(database, lived):
    assert told(database, lived) == [
        "archived the plan",
        "changed “Who decides” from “” to “Senate”",
        "Sam Ito: One, two, three.",
        "Sam Ito: One, two.",
        "Sam Ito: One.",
        "started the plan",
    ]


def test_each_change_of_an_answer_knows_the_one_before_it(database, lived):
    with reading(database) as session:
        entries = [each for each in fetch_timeline(door(session, lived)) if each.answer]
    assert [(each.answer.revision, each.before and each.before.revision) for each in entries] == [
        (3, 2), (2, 1), (1, None),
    ]  # fmt: skip


def test_it_is_told_page_by_page_without_a_gap(database, lived):
    whole = told(database, lived)
    assert [told(database, lived, most=2, skip=skip) for skip in (0, 2, 4)] == [whole[:2], whole[2:4], whole[4:]]


def test_it_can_be_limited_to_a_person_a_question_and_a_day(database, lived):
    assert len(told(database, lived, by="Sam Ito")) == 3
    assert len(told(database, lived, question_ids=["first.case"])) == 3
    assert told(database, lived, question_ids=["first.price"]) == []
    assert told(database, lived, since=NOON + timedelta(hours=12)) == ["archived the plan"]
    assert told(database, lived, until=NOON + timedelta(minutes=1)) == ["started the plan"]


def test_whoever_did_something_is_listed(database, lived):
    with reading(database) as session:
        assert fetch_authors(door(session, lived)) == ["Dana Okafor", "Sam Ito"]


def test_the_history_of_an_answer_comes_page_by_page(database, lived):
    with reading(database) as session:
        access = door(session, lived)
        assert [each.revision for each in fetch_revisions(access, "first.case", below=99, most=2)] == [3, 2]
        assert [each.revision for each in fetch_revisions(access, "first.case", below=2, most=2)] == [1]


@pytest.mark.parametrize("table", [REVISIONS, EVENTS], ids=["answers", "events"])
def test_history_is_never_changed_nor_deleted(database, lived, table):
    for statement in (update(table).values(by="Nobody"), delete(table)):
        with pytest.raises(DBAPIError, match="append-only"), writing(database) as session, within(session, AllPlans()):
            session.connection().execute(statement)
    assert len(told(database, lived)) == 6


def test_history_cannot_be_emptied_at_one_stroke(server):
    engine = open_database(server.new_database(), create=True)
    for table in (REVISIONS, EVENTS):
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {table.name}"))
    engine.dispose()


def test_settings_in_the_address_of_a_server_count_beside_ours(server):
    engine = open_database(f"{server.new_database()}?options=-c%20work_mem%3D7MB", create=True)
    with engine.connect() as connection:
        said = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in ("work_mem", "lock_timeout")]
    engine.dispose()
    assert said == ["7MB", "30s"]
