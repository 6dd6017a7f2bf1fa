"""Backups: nothing that was said to be saved is missing, and they come back."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from storage.backups import back_up, backups_in, made_at
from storage.copies import sync
from storage.database import looking_after, open_database, reading
from storage.plans import fetch_plan
from storage.restoring import restore
from tests.builders import NOON, door
from tests.storage.conftest import nobody
from tests.storage.everything import a_file, destroy_an_index, everything, live_through, refusal, say


@pytest.fixture
def lived(database, asked) -> str:
    """The id of a plan with a past, in `database`."""
    return live_through(database, asked)


@pytest.fixture
def elsewhere(url, tmp_path, request) -> str:
    """The address of a database of the same kind that a backup may be restored into."""
    if url.startswith("sqlite"):
        return f"sqlite:///{tmp_path}/restored.db"
    return request.getfixturevalue("server").new_database()


def test_what_a_backup_holds_comes_back_row_by_row_and_the_app_opens_it(database, lived, elsewhere, tmp_path):
    before = everything(database)
    made = back_up(database, tmp_path / "monday", NOON)
    done = restore(made.file, elsewhere, NOON)

    assert (made.contents, done.kept, done.is_older) == (done.contents, None, False)
    assert (made.contents.plans, made.contents.saves) == (2, 5)
    engine = open_database(elsewhere)
    assert everything(engine) == before == everything(database)
    with reading(engine) as session, reading(database) as original:
        assert fetch_plan(door(session, lived)) == fetch_plan(door(original, lived))
    engine.dispose()


@contextmanager
def people_at_work(engine, asked, plan_ids):
    """Somebody writes in each plan, before, during and after the block; gives each plan's acknowledged saves."""
    acknowledged, stop, failed = dict.fromkeys(plan_ids, 0), threading.Event(), []

    def write(plan_id):
        try:
            while not stop.is_set():
                seen = 3 + acknowledged[plan_id]
                say(engine, asked, plan_id, f"Save {seen + 1}. " * 20, seen=seen)
                acknowledged[plan_id] += 1
        except BaseException as error:
            failed.append(error)
            raise

    writers = [threading.Thread(target=write, args=(plan_id,)) for plan_id in plan_ids]
    for each in writers:
        each.start()

    def wait_for(saves):
        while not failed and any(acknowledged[plan_id] < saves[plan_id] for plan_id in plan_ids):
            stop.wait(0.01)

    try:
        wait_for(dict.fromkeys(plan_ids, 5))
        yield acknowledged
        wait_for({plan_id: done + 1 for plan_id, done in acknowledged.items()})
    finally:
        stop.set()
        for each in writers:
            each.join()
    assert failed == []


def test_a_backup_while_people_write_has_all_that_was_acknowledged_and_no_save_by_half(
    database, asked, elsewhere, tmp_path
):
    plan_ids = [live_through(database, asked) for _ in range(3)]
    with people_at_work(database, asked, plan_ids) as acknowledged:
        before = dict(acknowledged)
        made = back_up(database, tmp_path / "busy", NOON)

    restore(made.file, elsewhere, NOON)
    engine = open_database(elsewhere)
    now, then = everything(database), everything(engine)
    engine.dispose()
    history = {(row["plan_id"], row["question_id"], row["revision"]): row for row in then["mc_answer_revision"]}
    for plan_id in plan_ids:
        saves = max(revision for plan, question, revision in history if (plan, question) == (plan_id, "first.case"))
        assert saves >= 3 + before[plan_id]
        # One for the start, one for the board, and one for each save after the first answer.
        assert next(row["revision"] for row in then["mc_plan"] if row["id"] == plan_id) == 1 + saves
    assert all(row in now["mc_answer_revision"] for row in then["mc_answer_revision"])
    for row in then["mc_answer"]:
        assert history[row["plan_id"], row["question_id"], row["revision"]] == row


def test_a_backup_is_for_its_owner_only_and_leaves_nothing_else_behind(database, lived, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    made = back_up(database, folder, NOON)

    assert list(folder.iterdir()) == [made.file]
    assert made.file.stat().st_mode & 0o077 == 0


def test_in_a_folder_a_backup_is_named_by_date_and_time_and_old_ones_go(database, lived, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("notes.txt", "plans-of-sam.db", "plans-20270101-000000Z.db.txt", "other-20270101-000000Z.db"):
        (folder / name).write_text("not a backup of ours")
    others = set(folder.iterdir())
    made = [back_up(database, folder, NOON + timedelta(days=day), keep=2) for day in range(4)]

    assert made[0].file.name.partition("-")[2].startswith("20270302-120000Z.")
    assert set(folder.iterdir()) - others == {made[2].file, made[3].file}
    assert set(folder.iterdir()) >= others
    assert [each.removed for each in made] == [(), (), (made[0].file,), (made[1].file,)]
    assert backups_in(folder, database) == [made[3].file, made[2].file]
    assert made_at(made[3].file) == NOON + timedelta(days=3)


def test_a_file_that_is_there_is_replaced_only_if_asked(database, lived, tmp_path):
    mine = tmp_path / "mine"
    mine.write_text("notes of the board")
    assert refusal(back_up, database, mine, NOON) == (
        "mine is there already. Name another file, or replace it with --overwrite."
    )
    assert mine.read_text() == "notes of the board"
    back_up(database, mine, NOON, overwrite=True)
    assert mine.read_bytes()[:5] in (b"SQLit", b"PGDMP")


def test_a_folder_that_is_not_there_is_said(database, lived, tmp_path):
    assert refusal(back_up, database, tmp_path / "nowhere" / "monday", NOON).startswith(
        "monday cannot be written: No such file or directory. Nothing has been changed;"
    )


def test_a_damaged_database_does_not_push_a_sound_backup_out(tmp_path, asked):
    folder = tmp_path / "backups"
    folder.mkdir()
    engine = a_file(tmp_path, asked)
    sound = back_up(engine, folder, NOON, keep=1).file
    engine.dispose()
    destroy_an_index(tmp_path / "plans.db")

    assert "is damaged" in refusal(back_up, engine, folder, NOON + timedelta(days=1), keep=1)
    assert list(folder.iterdir()) == [sound]


def lead_an_index_astray(file):
    """An index that no longer says what its table says: a quick look finds nothing, and a copy takes it along."""
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        index = connection.execute("SELECT * FROM sqlite_master WHERE name LIKE 'ix_mc_plan%'").fetchone()
        connection.execute("DELETE FROM sqlite_master WHERE name = ?", (index[1],))
    connection.close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE mc_plan SET changed_at = '2027-03-04 12:00:00.000000'")
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", index)
    connection.close()


def test_a_copy_that_is_not_sound_is_thrown_away(tmp_path, asked):
    a_file(tmp_path, asked).dispose()
    lead_an_index_astray(tmp_path / "plans.db")
    before = set(tmp_path.iterdir())
    with looking_after(f"sqlite:///{tmp_path}/plans.db") as engine:
        assert refusal(back_up, engine, tmp_path / "monday", NOON) == (
            "The copy of plans.db is not sound, so it was thrown away. Check the database with `mcplan doctor`."
        )
    assert set(tmp_path.iterdir()) == before


def test_a_file_that_may_only_be_read_can_still_be_backed_up(open_folder, asked):
    a_file(open_folder, asked).dispose()
    (open_folder / "plans.db").chmod(0o444)
    with nobody(), looking_after(f"sqlite:///{open_folder}/plans.db") as engine:
        assert back_up(engine, open_folder / "monday", NOON).contents.plans == 2


def test_a_full_disk_leaves_no_half_backup(small_disk, tmp_path_factory, asked):
    engine = a_file(tmp_path_factory.mktemp("plans"), asked)
    with pytest.raises(OSError, match="space"):
        (small_disk / "ballast").write_bytes(b"x" * 2_000_000)
    assert refusal(back_up, engine, small_disk / "monday.db", NOON).startswith(
        "There is no room for a copy of plans.db."
    )
    assert list(small_disk.iterdir()) == [small_disk / "ballast"]


@pytest.fixture
def through_ours(server, tmp_path_factory, monkeypatch):
    """Let PostgreSQL's programs be started by a script of ours, with more words or one more step."""

    def through_ours(first="", more=""):
        programs = tmp_path_factory.mktemp("programs")
        for name in ("pg_dump", "pg_restore"):
            script = programs / name
            words = more if name == "pg_dump" else ""
            script.write_text(f'#!/bin/sh\n{first}\nexec {server.binaries}/{name} {words} "$@"\n')
            script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")

    return through_ours


def test_a_dump_that_lacks_the_plans_is_thrown_away(server, tmp_path, asked, through_ours):
    engine = open_database(server.new_database(), create=True)
    live_through(engine, asked)
    through_ours(more="--exclude-table-data=mc_plan")
    assert "lacks plans or answers, so it was thrown away" in refusal(back_up, engine, tmp_path / "monday", NOON)
    assert list(tmp_path.iterdir()) == []
    engine.dispose()


def test_a_password_is_never_on_the_command_line(server, tmp_path, through_ours):
    url = server.new_database()
    open_database(url, create=True).dispose()
    through_ours(first=f'echo "$@" "($PGPASSWORD)" >> {tmp_path}/said')
    engine = open_database(url.replace("postgres@", "postgres:s3cret%40@"))
    back_up(engine, tmp_path / "monday", NOON)
    engine.dispose()

    said = (tmp_path / "said").read_text()
    assert "(s3cret@)" in said
    assert said.count("s3cret") == 1


def test_without_postgresqls_programs_it_is_said_what_to_install(server, tmp_path, monkeypatch):
    engine = open_database(server.new_database(), create=True)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("storage.dumps.INSTALLED", str(tmp_path))
    assert refusal(back_up, engine, tmp_path / "monday", NOON) == (
        "pg_dump is not installed here. Install PostgreSQL's client programs (Debian: `apt install postgresql-client`)."
    )
    assert list(tmp_path.iterdir()) == []
    engine.dispose()


def test_a_copy_stays_if_the_power_goes_right_after(tmp_path, monkeypatch, asked):
    engine, synced = a_file(tmp_path, asked), []
    monkeypatch.setattr("storage.copies.sync", lambda path: synced.append((path.name, path.is_dir())) or sync(path))
    back_up(engine, tmp_path / "monday", NOON)
    engine.dispose()
    (draft, is_folder), folder = synced
    assert draft.startswith(".monday.")
    assert not is_folder
    assert folder == (tmp_path.name, True)
    assert Path(tmp_path / "monday").exists()
