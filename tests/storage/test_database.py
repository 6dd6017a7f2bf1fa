"""Opening a database, and what people read when that does not work."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import DatabaseProblem, ServerAway, open_database, reading, storing, writing
from storage.plans import count_plans, fetch_plan, fetch_revision, start_plan, store_facts
from tests.builders import HERE, NOON, a_plan, door
from tests.storage.conftest import nobody


def one(session, statement):
    return session.connection().execute(text(statement)).scalar()


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 30000)]
)
def test_every_connection_to_a_file_is_durable_and_strict(tmp_path, pragma, value):
    engine = open_database(f"sqlite:///{tmp_path}/plans.db", create=True)
    with reading(engine) as first, reading(engine) as second:
        assert [one(first, f"PRAGMA {pragma}"), one(second, f"PRAGMA {pragma}")] == [value, value]


def test_only_what_may_go_in_a_power_cut_does_not_wait_for_the_disk(database):
    # All on one connection of the pool: none may stay careless for the next one.
    waits = {"sqlite": ("PRAGMA synchronous", 2, 1), "postgresql": ("SHOW synchronous_commit", "on", "off")}
    asks, yes, no = waits[database.dialect.name]

    for lasting, said in [(True, yes), (False, no), (True, yes), (False, no)]:
        with writing(database, lasting=lasting) as session:
            assert session.connection().exec_driver_sql(asks).scalar() == said
    assert storing(database, lambda session: session.connection().exec_driver_sql(asks).scalar(), lasting=False) == no
    assert storing(database, lambda session: session.connection().exec_driver_sql(asks).scalar()) == yes


def test_a_new_file_is_for_its_owner_only(tmp_path):
    open_database(f"sqlite:///{tmp_path}/plans.db", create=True)
    assert (tmp_path / "plans.db").stat().st_mode & 0o077 == 0


def test_a_writer_holds_the_lock_before_it_reads(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path}/plans.db", create=True)
    other = sqlite3.connect(tmp_path / "plans.db", timeout=0)
    with writing(engine), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")


def test_a_reader_sees_one_state_while_others_write(database, asked, plan_id):
    with reading(database) as session:
        before = fetch_plan(door(session, plan_id))
        with writing(database) as writer:
            store_facts(door(writer, plan_id, "Sam Ito"), {"title": "Another"}, at=NOON)
        assert fetch_plan(door(session, plan_id)) == before


@pytest.mark.parametrize("ending", [KeyboardInterrupt, SystemExit, ValueError])
def test_whatever_ends_a_transaction_early_undoes_it_and_frees_the_lock(database, asked, plan_id, ending):

    def half_done():
        with writing(database) as session:
            store_facts(door(session, plan_id, "Sam Ito"), {"title": "Half done"}, at=NOON)
            raise ending

    with pytest.raises(ending):
        half_done()
    started = time.monotonic()
    with writing(database) as session:
        assert fetch_plan(door(session, plan_id)).title == "Cold chain basics"
    assert time.monotonic() - started < 1


def test_a_database_opens_again_with_what_it_held(url, asked):
    first = open_database(url, create=True)
    with writing(first) as session:
        assert count_plans(session, HERE, at=NOON) == 0
    first.dispose()
    again = open_database(url)
    with reading(again) as session:
        assert count_plans(session, HERE, at=NOON) == 0
    again.dispose()


def refusal(url, **options):
    with pytest.raises(DatabaseProblem) as refused:
        open_database(url, **options)
    return str(refused.value)


@pytest.mark.parametrize(
    "url", ["", "plans.db", "mysql://root@127.0.0.1/plans", "sqlite://", "sqlite:///:memory:", "postgres://x/y"]
)
def test_an_address_that_is_none_is_refused_with_an_example(url):
    assert refusal(url) == "The database address must look like sqlite:///plans.db or postgresql://user@host/database."


def test_a_missing_file_is_refused_and_not_made(tmp_path):
    says = refusal(f"sqlite:///{tmp_path}/plans.db")
    assert says == (
        "There is no database file plans.db. Check the address, or make a new one with --create. "
        "`mcplan restore` brings back a backup."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named_as_such(tmp_path):
    assert refusal(f"sqlite:///{tmp_path}/nowhere/plans.db", create=True) == (
        "The folder for plans.db does not exist. Make it first, or check the address."
    )


def test_an_empty_database_is_not_taken_for_one_without_plans(url):
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).touch()
    name = "plans.db" if url.startswith("sqlite") else "The database server"
    assert refusal(url) == (
        f"{name} holds no plans: it has never been set up. "
        "Check the address, or set it up with --create. `mcplan restore` brings back a backup."
    )


def test_another_programs_database_is_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / "plans.db") as other:
        other.execute("CREATE TABLE photos (id)")
    before = (tmp_path / "plans.db").read_bytes()
    assert refusal(f"sqlite:///{tmp_path}/plans.db", create=True) == (
        "plans.db belongs to another program. Check the address (--database); mcplan has changed nothing in it."
    )
    assert (tmp_path / "plans.db").read_bytes() == before
    assert list(tmp_path.iterdir()) == [tmp_path / "plans.db"]


def test_a_newer_schema_is_refused(url):
    engine = open_database(url, create=True)
    with writing(engine) as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    assert refusal(url, create=True).endswith(
        "was written by a newer mcplan than this one; nothing has been changed. Update mcplan. "
        "Or go back: `mcplan restore` brings back a backup of before the update."
    )


def test_what_is_not_a_database_is_refused(tmp_path):
    (tmp_path / "plans.db").write_bytes(b"PK\x03\x04" + bytes(range(256)) * 20)
    assert refusal(f"sqlite:///{tmp_path}/plans.db") == (
        "plans.db is not a database. Check the address; or `mcplan restore` brings back a backup in its place."
    )


def test_a_file_with_a_destroyed_header_is_not_a_database_any_more(tmp_path, asked):
    path = filled(tmp_path, asked)
    with path.open("r+b") as file:
        file.write(os.urandom(100))
    assert refusal(f"sqlite:///{path}").startswith("plans.db is not a database.")


def filled(tmp_path, asked) -> Path:
    engine = open_database(f"sqlite:///{tmp_path}/plans.db", create=True)
    with writing(engine) as session:
        session.connection().execute(text("CREATE TABLE mc_ballast (words TEXT)"))
        rows = [{"words": f"{number} " * 100} for number in range(500)]
        session.connection().execute(text("INSERT INTO mc_ballast VALUES (:words)"), rows)
        session.connection().execute(text("CREATE INDEX ix_ballast ON mc_ballast (words)"))
    with sqlite3.connect(tmp_path / "plans.db") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return tmp_path / "plans.db"


def test_a_damaged_file_is_found_out_before_anybody_works_in_it(tmp_path, asked):
    path = filled(tmp_path, asked)
    with path.open("r+b") as file:
        # The last pages are the index, which no plain reading would visit.
        file.seek(path.stat().st_size - 4096 * 3 + 50)
        file.write(os.urandom(2000))
    assert refusal(f"sqlite:///{path}") == (
        "plans.db is damaged. "
        "Stop mcplan; then `mcplan restore` brings back a backup in its place and keeps the damaged file."
    )


def test_half_a_file_is_found_out(tmp_path, asked):
    path = filled(tmp_path, asked)
    os.truncate(path, path.stat().st_size // 2)
    assert "is damaged" in refusal(f"sqlite:///{path}")


READ_ONLY = (
    "plans.db cannot be written. "
    "Allow mcplan to write the file and its folder, or move it to a disk that can be written. "
    "`mcplan doctor` tells when all is well."
)
UNREACHABLE = (
    "plans.db cannot be opened. Allow mcplan to read and write the file and its folder. "
    "`mcplan doctor` tells when all is well."
)


@pytest.mark.parametrize(("of_file", "of_folder"), [(0o444, 0o777), (0o666, 0o555)])
def test_a_read_only_file_or_folder_is_refused_at_the_start(open_folder, of_file, of_folder):
    path = open_folder / "plans.db"
    open_database(f"sqlite:///{path}", create=True).dispose()
    path.chmod(of_file)
    open_folder.chmod(of_folder)
    with nobody():
        assert refusal(f"sqlite:///{path}") == READ_ONLY


def test_a_folder_that_may_not_be_written_cannot_get_a_new_file(open_folder):
    open_folder.chmod(0o555)
    with nobody():
        assert refusal(f"sqlite:///{open_folder}/plans.db", create=True) == UNREACHABLE


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_goes_while_we_run_is_noticed_before_anything_is_lost(tmp_path, replaced):
    engine = open_database(f"sqlite:///{tmp_path}/plans.db", create=True)
    shutil.move(tmp_path / "plans.db", tmp_path / "elsewhere.db")
    if replaced:
        shutil.copy(tmp_path / "elsewhere.db", tmp_path / "plans.db")
    for way in (reading, writing):
        with pytest.raises(DatabaseProblem, match=r"^plans\.db was moved, deleted or replaced"), way(engine):
            pass


def test_a_full_disk_is_said_and_work_goes_on_when_there_is_room(small_disk, asked):
    engine = open_database(f"sqlite:///{small_disk}/plans.db", create=True)
    with writing(engine) as session:
        plan_id = start_plan(session, asked, a_plan(id=""), person=HERE, at=NOON)
    with pytest.raises(OSError, match="space"):
        (small_disk / "ballast").write_bytes(b"x" * 2_000_000)
    kept = []

    def write_on():
        while len(kept) < 200:
            with writing(engine) as session:
                store_facts(door(session, plan_id), {"summary": "words " * 500}, at=NOON)
            kept.append(1)

    with pytest.raises(DatabaseProblem) as problem:
        write_on()
    assert str(problem.value) == (
        "The disk is full. What you typed is not saved yet. Make room on it, then try again; no restart is needed."
    )
    with reading(engine) as session:
        assert fetch_revision(door(session, plan_id)) == 1 + len(kept)
    (small_disk / "ballast").unlink()
    with writing(engine) as session:
        store_facts(door(session, plan_id), {"summary": "Room again."}, at=NOON)
        assert fetch_plan(door(session, plan_id)).summary == "Room again."


LIMITED = """
import resource, signal, sys
from storage.database import DatabaseProblem, open_database, writing
from sqlalchemy import text
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
engine = open_database(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    with writing(engine) as session:
        session.connection().execute(text("CREATE TABLE big (words TEXT)"))
        session.connection().execute(text("INSERT INTO big VALUES (:words)"), {"words": "x" * 1_000_000})
except DatabaseProblem as problem:
    print(problem)
"""


def test_a_disk_that_refuses_to_write_is_said(tmp_path):
    url = f"sqlite:///{tmp_path}/plans.db"
    open_database(url, create=True).dispose()
    ran = subprocess.run([sys.executable, "-c", LIMITED, url], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == (
        "The disk refuses to read or write plans.db. What you typed is not saved yet. "
        "It may be full or failing: check the disk, then the plans with `mcplan doctor`."
    )


def test_a_writer_that_never_gets_its_turn_is_told_so(tmp_path, monkeypatch):
    monkeypatch.setattr("storage.database.PATIENCE", 0.05)
    engine = open_database(f"sqlite:///{tmp_path}/plans.db", create=True)
    said = []

    def wait_in_vain():
        try:
            with writing(engine):
                pass
        except DatabaseProblem as problem:
            said.append(str(problem))

    with writing(engine):
        waiting = threading.Thread(target=wait_in_vain)
        waiting.start()
        waiting.join()
    assert said == [
        "Somebody else has been writing for too long. What you typed is not saved yet. Try again in a moment."
    ]


def test_a_file_locked_by_another_program_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("storage.file.PRAGMAS", ("busy_timeout=50", "journal_mode=WAL"))
    engine = open_database(f"sqlite:///{tmp_path}/plans.db", create=True)
    with sqlite3.connect(tmp_path / "plans.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseProblem, match="writing for too long"), writing(engine):
            pass


def test_no_message_shows_a_folder_or_a_statement(tmp_path):
    says = refusal(f"sqlite:///{tmp_path}/plans.db")
    assert str(tmp_path) not in says
    assert not re.search("SELECT|INSERT|sqlite3|psycopg", says)


def test_an_answer_never_stands_in_an_error(tmp_path, asked):
    engine = open_database(f"sqlite:///{tmp_path}/plans.db", create=True)
    with pytest.raises(Exception, match="mc_nothing") as bug, writing(engine) as session:
        session.connection().execute(text("INSERT INTO mc_nothing VALUES (:words)"), {"words": "a secret"})
    assert "a secret" not in str(bug.value)


def test_a_server_that_is_away_is_told_at_the_start():
    assert refusal("postgresql://postgres@127.0.0.1:1/plans") == (
        "The database server does not answer. Nothing can be read or saved until it does; try again in a moment."
    )


def test_a_server_that_does_not_know_us_is_told(server):
    says = refusal(f"postgresql://postgres@127.0.0.1:{server.port}/no_such_database")
    assert says == (
        "The database server does not let mcplan in. Check the name, the password and the database in the address. "
        "`mcplan doctor` tells when all is well."
    )


def test_work_is_tried_again_while_the_server_restarts(server, asked):
    engine = open_database(server.new_database(), create=True)
    with writing(engine) as session:
        assert count_plans(session, HERE, at=NOON) == 0
    server.stop()
    back = threading.Timer(0.3, server.start)
    back.start()
    assert storing(engine, lambda session: count_plans(session, HERE, at=NOON)) == 0
    back.join()
    engine.dispose()


def test_a_server_that_stays_away_ends_the_tries(tmp_path, monkeypatch):
    monkeypatch.setattr("storage.database.PAUSES", (0, 0, 0))
    engine = open_database(f"sqlite:///{tmp_path}/plans.db", create=True)
    tries = []

    def fail(session):
        tries.append(session)
        raise ServerAway("The database server does not answer.")

    with pytest.raises(ServerAway):
        storing(engine, fail)
    assert len(tries) == 4


WATCHED = {
    "keepalives": "1", "keepalives_idle": "5", "keepalives_interval": "3", "keepalives_count": "3",
    "tcp_user_timeout": "12000",
}  # fmt: skip


@pytest.mark.parametrize(
    ("given", "holds"),
    [
        ("", WATCHED),
        ("?keepalives_idle=60&tcp_user_timeout=0", WATCHED | {"keepalives_idle": "60", "tcp_user_timeout": "0"}),
    ],
)
def test_a_server_that_vanishes_from_the_net_is_noticed_within_fifteen_seconds(server, given, holds):
    engine = open_database(server.new_database() + given, create=True)
    with engine.connect() as connection:
        found = connection.connection.driver_connection.info.get_parameters()
    engine.dispose()
    assert {name: found.get(name) for name in WATCHED} == holds


def test_an_address_says_how_long_to_wait_for_a_connection(server):
    engine = open_database(server.new_database() + "?connect_timeout=3", create=True)
    with engine.connect() as connection:
        assert connection.connection.driver_connection.info.get_parameters()["connect_timeout"] == "3"
    engine.dispose()
