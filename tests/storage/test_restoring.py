"""The way back from a backup: the old database is kept, and whatever is wrong is said before."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from storage.backups import back_up
from storage.database import looking_after, open_database
from storage.restoring import BESIDE, restore
from tests.builders import NOON
from tests.storage.conftest import nobody
from tests.storage.everything import a_file, destroy_an_index, everything, live_through, refusal


def test_half_a_dump_is_not_restored(server, tmp_path, asked):
    engine = open_database(server.new_database(), create=True)
    for _ in range(20):
        live_through(engine, asked)
    dump = back_up(engine, tmp_path / "monday", NOON).file
    engine.dispose()
    os.truncate(dump, dump.stat().st_size - 2000)
    other = server.new_database()
    assert refusal(restore, dump, other, NOON) == (
        "The backup monday is damaged; nothing has been changed. Choose another one."
    )


def test_a_server_with_tables_is_never_restored_into(server, tmp_path, asked):
    url = server.new_database()
    engine = open_database(url, create=True)
    live_through(engine, asked)
    before = everything(engine)
    dump = back_up(engine, tmp_path / "monday", NOON).file
    assert refusal(restore, dump, url, NOON).startswith("This database on the server holds tables already.")
    assert everything(engine) == before
    engine.dispose()


def test_a_restore_that_fails_half_way_leaves_the_server_empty(server, tmp_path, asked):
    engine = open_database(server.new_database(), create=True)
    live_through(engine, asked)
    dump = back_up(engine, tmp_path / "monday", NOON).file
    engine.dispose()
    url = server.new_database()
    with looking_after(url) as other:
        with other.begin() as connection:
            connection.exec_driver_sql("CREATE SEQUENCE mc_plan_summary")  # of the name of a table to come
        says = refusal(restore, dump, url, NOON)
        assert says.startswith("pg_restore could not do it. Nothing has been changed. It says: pg_restore: error: ")
        assert says.endswith('relation "mc_plan_summary" already exists.')
        assert everything(other) == {}


def test_a_restored_file_replaces_the_old_one_which_is_kept(tmp_path, asked):
    engine = a_file(tmp_path, asked)
    backup, at_backup = back_up(engine, tmp_path / "monday", NOON).file, everything(engine)
    live_through(engine, asked)
    later = everything(engine)
    engine.dispose()
    (tmp_path / "plans.db").chmod(0o640)

    done = restore(backup, f"sqlite:///{tmp_path}/plans.db", NOON)
    assert done.kept == tmp_path / "plans.db.before-restore-20270302-120000Z"
    assert (tmp_path / "plans.db").stat().st_mode & 0o777 == 0o640
    for file, rows in ((tmp_path / "plans.db", at_backup), (done.kept, later)):
        engine = open_database(f"sqlite:///{file}")
        assert everything(engine) == rows
        engine.dispose()
    assert {path.name for path in tmp_path.iterdir()} == {"monday", "plans.db", done.kept.name}


HOLD = """
import os, sys
from storage.database import open_database
from tests.builders import a_question, a_questionnaire
from tests.storage.everything import live_through
engine = open_database(sys.argv[1])
live_through(engine, a_questionnaire(a_question("case"), a_question("hours", kind="quantity", unit="hours")))
print("open", flush=True)
sys.stdin.readline()
os.kill(os.getpid(), 9)
"""


@contextmanager
def a_running_mcplan(file):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, f"sqlite:///{file}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout.readline() == "open\n"
        yield
        running.communicate("end\n")


def test_a_file_that_a_running_mcplan_has_open_is_not_replaced(tmp_path, asked):
    engine = a_file(tmp_path, asked)
    backup = back_up(engine, tmp_path / "monday", NOON).file
    engine.dispose()
    url = f"sqlite:///{tmp_path}/plans.db"
    with a_running_mcplan(tmp_path / "plans.db"):
        there = {path.name for path in tmp_path.iterdir()}
        assert refusal(restore, backup, url, NOON) == (
            "plans.db is in use. Stop every mcplan that works with it, then run `mcplan restore` again."
        )
        assert {path.name for path in tmp_path.iterdir()} == there
    assert restore(backup, url, NOON).contents.plans == 2


def test_what_a_crash_left_in_the_log_goes_with_the_old_file_not_into_the_new_one(tmp_path, asked):
    engine = a_file(tmp_path, asked)
    backup, at_backup = back_up(engine, tmp_path / "monday", NOON).file, everything(engine)
    engine.dispose()
    with a_running_mcplan(tmp_path / "plans.db"):
        pass
    assert (tmp_path / "plans.db-wal").stat().st_size > 0

    kept = restore(backup, f"sqlite:///{tmp_path}/plans.db", NOON).kept
    assert not any((tmp_path / f"plans.db{suffix}").exists() for suffix in BESIDE)
    for file, plans in ((kept, 4), (tmp_path / "plans.db", 2)):
        engine = open_database(f"sqlite:///{file}")
        assert len(everything(engine)["mc_plan"]) == plans
        engine.dispose()
    engine = open_database(f"sqlite:///{tmp_path}/plans.db")
    assert everything(engine) == at_backup
    engine.dispose()


def test_the_log_of_a_file_that_has_gone_is_not_taken_for_that_of_the_new_one(tmp_path, asked):
    engine = a_file(tmp_path, asked)
    backup, at_backup = back_up(engine, tmp_path / "monday", NOON).file, everything(engine)
    engine.dispose()
    with a_running_mcplan(tmp_path / "plans.db"):
        pass
    (tmp_path / "plans.db").unlink()

    assert restore(backup, f"sqlite:///{tmp_path}/plans.db", NOON).kept is None
    assert not any((tmp_path / f"plans.db{suffix}").exists() for suffix in BESIDE)
    engine = open_database(f"sqlite:///{tmp_path}/plans.db")
    assert everything(engine) == at_backup
    engine.dispose()


def test_a_new_file_belongs_to_whom_the_old_one_did(open_folder, asked):
    if os.geteuid() != 0:
        pytest.skip("only root can restore for somebody else")
    engine = a_file(open_folder, asked)
    backup = back_up(engine, open_folder / "monday", NOON).file
    engine.dispose()
    os.chown(open_folder / "plans.db", 65534, 65534)
    restore(backup, f"sqlite:///{open_folder}/plans.db", NOON)
    assert (open_folder / "plans.db").stat().st_uid == 65534
    with nobody():
        open_database(f"sqlite:///{open_folder}/plans.db").dispose()


def test_a_kept_file_can_be_restored_again(tmp_path, asked):
    engine = a_file(tmp_path, asked)
    backup = back_up(engine, tmp_path / "monday", NOON).file
    live_through(engine, asked)
    before = everything(engine)
    engine.dispose()
    url = f"sqlite:///{tmp_path}/plans.db"
    first = restore(backup, url, NOON)
    restore(first.kept, url, NOON + timedelta(minutes=1))
    engine = open_database(url)
    assert everything(engine) == before
    engine.dispose()


@pytest.mark.parametrize("harm", ["header", "page", "other"])
def test_a_file_that_can_no_longer_be_read_is_replaced_and_kept_as_it_is(tmp_path, asked, harm):
    engine = a_file(tmp_path, asked)
    backup, before = back_up(engine, tmp_path / "monday", NOON).file, everything(engine)
    engine.dispose()
    if harm == "page":
        destroy_an_index(tmp_path / "plans.db")
    else:
        (tmp_path / "plans.db").write_bytes(os.urandom(20_000) if harm == "header" else b"PK\x03\x04")
    harmed = (tmp_path / "plans.db").read_bytes()

    kept = restore(backup, f"sqlite:///{tmp_path}/plans.db", NOON).kept
    assert kept.read_bytes() == harmed
    engine = open_database(f"sqlite:///{tmp_path}/plans.db")
    assert everything(engine) == before
    engine.dispose()


def spoiled(backup, how):
    if how == "missing":
        backup.unlink()
    elif how == "damaged":
        destroy_an_index(backup)
    elif how == "torn":
        os.truncate(backup, backup.stat().st_size // 2)
    elif how == "scratched":
        with backup.open("r+b") as pages:
            pages.seek(100)
            pages.write(os.urandom(3000))
    elif how == "no backup":
        backup.write_bytes(b"PK\x03\x04" * 100)
    else:
        with sqlite3.connect(backup) as connection:
            connection.execute(
                "DROP TABLE alembic_version" if how == "foreign" else "UPDATE alembic_version SET version_num = '9999'"
            )
        connection.close()


DAMAGES = ("damaged", "torn", "scratched")


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("missing", "There is no backup monday. Check its name."),
        *((how, "The backup monday is damaged; nothing has been changed. Choose another one.") for how in DAMAGES),
        ("no backup", "monday is no backup of mcplan. Choose a file that `mcplan backup` has written."),
        ("foreign", "monday is no backup of mcplan. Choose a file that `mcplan backup` has written."),
        (
            "newer",
            "monday is a backup of a newer mcplan; nothing has been changed. Update mcplan, then restore it again.",
        ),
    ],
)
def test_a_backup_that_is_not_fit_changes_nothing(tmp_path, asked, how, says):
    engine = a_file(tmp_path, asked)
    backup = back_up(engine, tmp_path / "monday", NOON).file
    engine.dispose()
    before = (tmp_path / "plans.db").read_bytes()
    spoiled(backup, how)

    assert refusal(restore, backup, f"sqlite:///{tmp_path}/plans.db", NOON) == says
    assert (tmp_path / "plans.db").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} <= {"plans.db", "monday"}


def test_a_backup_of_one_kind_is_not_restored_into_the_other(server, tmp_path, asked):
    file, dump = a_file(tmp_path, asked), open_database(server.new_database(), create=True)
    of_file, of_server = (back_up(each, tmp_path / name, NOON).file for each, name in ((file, "a"), (dump, "b")))
    assert refusal(restore, of_file, server.new_database(), NOON).startswith("a is a backup of a SQLite file.")
    assert refusal(restore, of_server, f"sqlite:///{tmp_path}/new.db", NOON).startswith("b is a backup of a PostgreSQL")
    file.dispose()
    dump.dispose()


@pytest.fixture
def monday(open_folder, asked) -> Path:
    """A backup that everybody may read, in a folder that everybody may write."""
    engine = a_file(open_folder, asked)
    backup = back_up(engine, open_folder / "monday", NOON).file
    engine.dispose()
    backup.chmod(0o644)
    return backup


def test_a_folder_that_may_not_be_written_gets_no_restored_file(monday):
    closed = monday.parent / "closed"
    closed.mkdir(mode=0o555)
    with nobody():
        assert refusal(restore, monday, f"sqlite:///{closed}/plans.db", NOON).startswith(
            "plans.db cannot be written: Permission denied."
        )


def test_a_file_that_may_not_be_written_is_not_replaced(monday):
    (monday.parent / "plans.db").chmod(0o444)
    with nobody():
        assert refusal(restore, monday, f"sqlite:///{monday.parent}/plans.db", NOON).startswith(
            "plans.db cannot be written: Permission denied."
        )


def test_a_folder_that_is_not_there_gets_no_restored_file(monday):
    assert refusal(restore, monday, f"sqlite:///{monday.parent}/nowhere/plans.db", NOON) == (
        "The folder for plans.db does not exist. Make it first, or check the address."
    )


def test_a_kept_file_that_cannot_be_read_now_is_not_called_damaged(monday):
    kept = restore(monday, f"sqlite:///{monday.parent}/plans.db", NOON).kept
    kept.chmod(0o644)
    monday.parent.chmod(0o555)
    with nobody():
        says = refusal(restore, kept, f"sqlite:///{monday.parent}/new.db", NOON)
    assert says.startswith(f"{kept.name} cannot be written. Allow mcplan to write the file and its folder")
