"""Versions as they are kept: of one state of the plan, once, and never changed."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from mcplan.version import VersionRefused, state_of
from questionnaire.errors import AnswerRejected
from storage import versions
from storage.answers import store_changes
from storage.database import reading, writing
from storage.plans import archive_plan, fetch_plan, store_facts
from storage.schema import APPEND_ONLY
from storage.timeline import fetch_timeline
from storage.versions import fetch_state, fetch_versions, store_version
from tests.builders import NOON, a_question, a_questionnaire, an_answer, door
from tests.storage.test_decisions import approve, submit


@pytest.fixture
def plan_id(start):
    return start(an_answer(value="Employers ask for it."))


def freeze(database, asked, plan_id, id="v1", name="For the Senate", by="Dana Okafor"):
    with writing(database) as session:
        return store_version(door(session, plan_id, by), asked, id, name, at=NOON)


def say(database, asked, plan_id, words, seen=1):
    with writing(database) as session:
        changes = {"value": words}
        store_changes(door(session, plan_id), asked, "first.case", changes, seen=seen, save_id="", at=NOON)


def state(database, plan_id, id="v1"):
    with reading(database) as session:
        return fetch_state(door(session, plan_id), id)


def listed(database, plan_id):
    with reading(database) as session:
        return fetch_versions(door(session, plan_id))


def test_a_version_stays_what_it_was_while_the_plan_goes_on(database, asked, plan_id):
    with reading(database) as session:
        then = state_of(asked, fetch_plan(door(session, plan_id)))
    made = freeze(database, asked, plan_id)
    say(database, asked, plan_id, "Nobody asks for it.")
    freeze(database, asked, plan_id, "v2", "After the talk")

    assert state(database, plan_id) == then
    assert state(database, plan_id, "v2").plan.answers["first.case"].value == "Nobody asks for it."
    assert [(each.number, each.name, each.revision) for each in listed(database, plan_id)] == [
        (2, "After the talk", 2),
        (1, "For the Senate", 1),
    ]
    assert listed(database, plan_id)[1] == made
    assert made.at == NOON


def test_the_same_freeze_sent_again_makes_no_second_version(database, asked, plan_id):
    first = freeze(database, asked, plan_id)
    say(database, asked, plan_id, "Nobody asks for it.")

    assert freeze(database, asked, plan_id) == first
    assert len(listed(database, plan_id)) == 1


def test_the_wording_is_kept_once_for_all_versions_that_share_it(database, asked, plan_id):
    freeze(database, asked, plan_id)
    freeze(database, asked, plan_id, "v2")
    freeze(database, a_questionnaire(a_question("case", ask="Why?")), plan_id, "v3")

    with database.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM mc_wording").scalar() == 2
    assert state(database, plan_id, "v3").questionnaire.question("first.case").ask == "Why?"
    assert state(database, plan_id, "v1").questionnaire == asked


def test_a_plan_that_is_edited_while_it_is_frozen_is_frozen_as_it_was(database, asked, plan_id, monkeypatch):
    order, edit = (
        [],
        threading.Thread(target=lambda: (say(database, asked, plan_id, "Edited."), order.append("edited"))),
    )

    def slow(questionnaire, plan, today):
        edit.start()
        edit.join(0.5)
        order.append("frozen")
        return state_of(questionnaire, plan)

    monkeypatch.setattr(versions, "state_of", slow)
    freeze(database, asked, plan_id)
    edit.join()

    kept = state(database, plan_id)
    assert order == ["frozen", "edited"]
    assert (kept.plan.revision, kept.plan.answers["first.case"].value) == (1, "Employers ask for it.")
    with reading(database) as session:
        assert fetch_plan(door(session, plan_id)).answers["first.case"].value == "Edited."


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", ["UPDATE {} SET at = at", "DELETE FROM {}"])
def test_neither_versions_nor_moves_can_be_changed_or_deleted(database, asked, plan_id, table, change):
    freeze(database, asked, plan_id)
    submit(database, plan_id)
    approve(database, plan_id)
    if table == "mc_wording":
        change = change.replace("at = at", "content = content")
    with pytest.raises(DBAPIError, match="append-only"), database.begin() as connection:
        connection.execute(text(change.format(table)))


def test_a_version_that_was_tampered_with_is_not_shown(database, asked, plan_id):
    freeze(database, asked, plan_id)
    with database.begin() as connection:
        drop = {
            "sqlite": "DROP TRIGGER mc_version_no_update",
            "postgresql": "ALTER TABLE mc_version DISABLE TRIGGER ALL",
        }
        connection.execute(text(drop[database.dialect.name]))
        connection.execute(text("UPDATE mc_version SET content = replace(content, 'Employers', 'Lecturers')"))

    with pytest.raises(VersionRefused, match="not what was frozen"):
        state(database, plan_id)


def test_a_version_of_another_plan_is_not_there(database, asked, plan_id, start):
    freeze(database, asked, plan_id)

    with pytest.raises(VersionRefused, match="no such version"):
        state(database, start())
    assert listed(database, start()) == []


def test_a_version_needs_a_name_room_and_a_plan_that_may_be_changed(database, asked, plan_id, monkeypatch):
    with pytest.raises(VersionRefused, match="Give the version a name"):
        freeze(database, asked, plan_id, name=" ")
    freeze(database, asked, plan_id)
    monkeypatch.setattr(versions, "MOST_VERSIONS", 1)
    with pytest.raises(VersionRefused, match="no room for more"):
        freeze(database, asked, plan_id, "v2")
    with writing(database) as session:
        archive_plan(door(session, plan_id, permission="delete"), at=NOON)
    with pytest.raises(AnswerRejected, match="archived"):
        freeze(database, asked, plan_id, "v3")


def test_a_freeze_stands_in_the_history(database, asked, plan_id):
    freeze(database, asked, plan_id)

    with reading(database) as session:
        words = [entry.event.words for entry in fetch_timeline(door(session, plan_id)) if entry.event]
    assert "froze the plan as version 1 “For the Senate”" in words


def test_facts_and_figures_of_then_are_kept(database, asked, plan_id):
    with writing(database) as session:
        store_facts(door(session, plan_id), {"board": "Senate – «naïve»", "start": "2027-09-01"}, at=NOON)
    freeze(database, asked, plan_id)

    kept = state(database, plan_id)
    assert (kept.plan.board, str(kept.plan.start)) == ("Senate – «naïve»", "2027-09-01")
    assert set(kept.readiness) == {"G1", "G2", "G3"}
    assert kept.plan.changed_at == NOON
