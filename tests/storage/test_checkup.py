"""Looking whether the database is well: every trouble is found, and named with what helps."""

from __future__ import annotations

import shlex
import sqlite3
import subprocess
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from questionnaire.model import Phase
from storage import checkup
from storage.backups import back_up
from storage.database import open_database, reading, writing
from storage.plans import store_facts
from storage.summaries import find_wrong, recompute_summaries
from tests.builders import NOON, door
from tests.storage.everything import destroy_an_index, everything, live_through


@pytest.fixture
def look_at(asked):
    """Examine the database at an address; gives the checks by name."""

    def look_at(url, **options):
        given = {"asked": asked, "most": 50, "backups": None, "at": NOON} | options
        return {check.name: check for check in checkup.examine(url, given.pop("asked"), **given)}

    return look_at


@pytest.fixture
def look(look_at, url):
    """The same of the database at `url`."""
    return partial(look_at, url)


@pytest.fixture
def file(tmp_path, asked) -> Path:
    """A file with plans in it."""
    engine = open_database(f"sqlite:///{tmp_path}/plans.db", create=True)
    live_through(engine, asked)
    engine.dispose()
    return tmp_path / "plans.db"


@pytest.fixture
def look_into(look_at, file):
    """Examine that file."""
    return partial(look_at, f"sqlite:///{file}")


def past_the_program(database, *statements):
    with writing(database) as session:
        for statement in statements:
            session.connection().execute(text(statement))


def test_a_database_that_is_well_is_said_to_be_and_is_not_changed(database, asked, look):
    live_through(database, asked)
    before = everything(database)
    found = look()
    assert {check.state for check in found.values()} <= {"well", "note"}
    assert found["revision"].says.endswith("2 plans, 5 saved answers.")
    assert {"revision", "history", "list"} <= found.keys()
    assert everything(database) == before


def test_a_history_that_could_be_changed_is_trouble(database, look):
    ways = {
        "sqlite": ["DROP TRIGGER mc_answer_revision_no_delete"],
        "postgresql": ["ALTER TABLE mc_answer_revision DISABLE TRIGGER mc_answer_revision_no_change"],
    }
    past_the_program(database, *ways[database.dialect.name])
    found = look()["history"]
    assert (found.state, found.helps) == ("trouble", "mcplan restore BACKUP --into DATABASE")
    assert "mc_answer_revision" in found.says


def test_a_version_that_is_not_what_was_frozen_is_trouble(database, asked, look):
    live_through(database, asked)
    assert look()["versions"].says == "1 frozen version: each fits its SHA-256."
    off = {"sqlite": "DROP TRIGGER mc_version_no_update", "postgresql": "ALTER TABLE mc_version DISABLE TRIGGER ALL"}
    change = "UPDATE mc_version SET content = replace(content, 'Enough', 'Little')"
    past_the_program(database, off[database.dialect.name], change)
    found = look()["versions"]
    assert (found.state, found.helps) == ("trouble", "mcplan restore BACKUP --into DATABASE")


def test_a_list_that_says_something_else_than_the_plans_is_trouble(database, asked, look):
    live_through(database, asked)
    recompute_summaries(database, asked, at=NOON)
    past_the_program(database, "UPDATE mc_plan_summary SET floor = 99.5 WHERE floor < 99")
    found = look()["list"]
    assert (found.state, found.says, found.helps) == (
        "trouble", "The list of plans says something wrong of 2 plans.", "mcplan recompute",
    )  # fmt: skip


def test_only_as_many_plans_are_scored_as_was_asked_for(database, asked):
    for _ in range(3):
        live_through(database, asked)
    recompute_summaries(database, asked, at=NOON)
    past_the_program(database, "UPDATE mc_plan_summary SET blank = 77")
    with reading(database) as session:
        assert [len(find_wrong(session, asked, most, at=NOON)) for most in (0, 4, 100)] == [0, 4, 6]


def test_numbers_that_do_not_count_any_more_are_no_trouble(database, asked, look):
    plan_id = live_through(database, asked)
    recompute_summaries(database, asked, at=NOON)
    past_the_program(database, "UPDATE mc_plan_summary SET blank = 77")
    other = replace(asked, phases=(*asked.phases, Phase("second", "Second phase", "To go on.", ())))
    assert look(asked=other)["list"].state == "well"
    assert "list" not in look(asked=None)
    assert look()["list"].says.endswith("of 2 plans.")
    with writing(database) as session:
        store_facts(door(session, plan_id), {"board": "Senate"}, at=NOON)
    assert look()["list"].says.endswith("of 1 plan.")


def test_a_plan_that_no_list_can_show_is_trouble(database, asked, look):
    live_through(database, asked)
    past_the_program(database, "DELETE FROM mc_plan_summary")
    assert look()["list"].state == "trouble"


def test_an_older_database_is_trouble_with_the_command_that_helps(database, look, monkeypatch):
    monkeypatch.setattr(checkup, "NEWEST", "9000")
    found = look()
    assert found["database"].state == "trouble"
    assert "`mcplan migrate`" in found["database"].says
    assert "history" not in found


def test_a_file_others_may_read_is_trouble_with_the_command_that_helps(file, look_into):
    assert look_into()["permissions"].state == "well"
    file.chmod(0o644)
    found = look_into()["permissions"]
    assert found.state == "trouble"
    assert file.name in found.says
    subprocess.run(shlex.split(found.helps), check=True)
    assert look_into()["permissions"].state == "well"


def test_a_disk_that_is_nearly_full_is_trouble(file, look_into, monkeypatch):
    assert look_into()["room"].state == "well"
    monkeypatch.setattr(checkup, "LEAST_ROOM", 10**18)
    assert look_into()["room"].state == "trouble"


@pytest.mark.parametrize(
    ("version", "state"),
    [((3, 7, 0), "note"), ((3, 40, 1), "note"), ((3, 51, 2), "note"), ((3, 51, 3), "well"), ((3, 53, 4), "well")],
)
def test_a_sqlite_whose_log_has_a_known_fault_is_noted(file, look_into, monkeypatch, version, state):
    monkeypatch.setattr("sqlite3.sqlite_version_info", version)
    found = look_into()["sqlite"]
    assert found.state == state
    assert ("mcplan backup" in found.helps) == (state == "note")


def test_a_damaged_page_is_trouble(file, look_into):
    destroy_an_index(file)
    found = look_into()
    assert "is damaged" in found["database"].says
    assert "`mcplan restore`" in found["database"].says
    assert "soundness" not in found


def test_a_row_that_belongs_to_nothing_is_trouble(file, look_into):
    with sqlite3.connect(file) as other:
        other.execute("INSERT INTO mc_member VALUES ('no such plan', 'dana', 0, 'Dana', '')")
    assert "is damaged" in look_into()["database"].says


def test_a_database_that_is_not_there_or_not_ours_is_trouble(tmp_path, asked):
    def says(name):
        (*_, last) = checkup.examine(f"sqlite:///{tmp_path}/{name}", asked, most=1, backups=None, at=NOON)
        return last.state, last.says

    with sqlite3.connect(tmp_path / "photos.db") as other:
        other.execute("CREATE TABLE photos (id)")
    assert says("plans.db")[0] == says("photos.db")[0] == "trouble"
    assert "no database file plans.db" in says("plans.db")[1]
    assert "another program" in says("photos.db")[1]


def test_a_backup_that_is_missing_or_old_is_trouble(database, look, tmp_path):
    folder = tmp_path / "back ups"
    assert look(backups=folder)["backups"].state == "trouble"
    folder.mkdir()
    found = look(backups=folder)["backups"]
    assert (found.state, found.helps) == ("trouble", f"mcplan backup '{folder}'")

    back_up(database, folder, NOON)
    assert look(backups=folder, at=NOON + timedelta(hours=35))["backups"].state == "well"
    late = look(backups=folder, at=NOON + timedelta(hours=37))["backups"]
    assert (late.state, late.says) == ("trouble", "The newest backup is 37 hours old.")


def test_a_server_that_does_not_answer_is_trouble(asked):
    (found,) = checkup.examine("postgresql://postgres@127.0.0.1:1/plans", asked, most=1, backups=None, at=NOON)
    assert found.state == "trouble"
    assert "does not answer" in found.says
