"""The way from one step of the tables to the next, and back, with plans in them."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import insert

from storage import schema
from storage.database import DatabaseProblem, looking_after, open_database, reading, writing
from storage.plans import fetch_plan, fetch_summaries
from storage.problems import EMPTY, FOREIGN, NEWER
from storage.workshop_tables import PARTICIPANTS, PROPOSALS, VOTES
from storage.workshops import Agenda, fetch_sitting, store_agenda
from tests.builders import HERE, NOON, door
from tests.storage.everything import everything, live_through

REBUILD = """
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{newest}"

def upgrade():
    with op.batch_alter_table("mc_plan") as plan:
        plan.add_column(sa.Column("colour", sa.String(), server_default="blue", nullable=False))
        plan.alter_column("unit", nullable=True)

def downgrade():
    with op.batch_alter_table("mc_plan") as plan:
        plan.alter_column("unit", nullable=False)
        plan.drop_column("colour")
"""
"""A step as a later mcplan may bring it: in SQLite it makes the table of plans anew, from which all else hangs."""


@pytest.fixture
def later(tmp_path_factory, monkeypatch) -> Path:
    """From here on we are the next mcplan, with one more step in the folder of migrations that this gives."""
    folder = tmp_path_factory.mktemp("next") / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "rebuild.py").write_text(REBUILD.format(newest=schema.NEWEST))
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    monkeypatch.setattr(schema, "NEWEST", "9000")
    return folder


@pytest.fixture
def older(url, asked, request) -> str:
    """The address of a database with plans in it, which the mcplan of today has left."""
    engine = open_database(url, create=True)
    live_through(engine, asked)
    engine.dispose()
    request.getfixturevalue("later")
    return url


def files_beside(url):
    file = Path(url.removeprefix("sqlite:///"))
    return sorted(path.name for path in file.parent.glob(f"{file.name}.*"))


def assert_nothing_is_lost(before, after):
    """Whatever both steps have a place for is the same."""
    for table in (before.keys() & after.keys()) - {"alembic_version"}:
        assert len(after[table]) == len(before[table]), table
        shared = set().union(*before[table]) & set().union(*after[table])
        assert shared or not before[table]
        kept = [
            sorted(repr({name: row[name] for name in sorted(shared)}) for row in side[table])
            for side in (before, after)
        ]
        assert kept[0] == kept[1], table


FIRST = ("mc_plan", "mc_member", "mc_answer", "mc_answer_revision", "mc_plan_summary")
"""The tables of the first step."""


def test_every_step_goes_back_and_forth_with_plans_answers_history_and_teams(older, asked):
    steps = [step.revision for step in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()]
    with looking_after(older) as engine:
        before = everything(engine)
        schema.migrate(engine)
        assert_nothing_is_lost(before, everything(engine))
        # What only a later step knows goes with it; plans, teams, answers and their history stay through all of them.
        before = {name: before[name] for name in FIRST}
        before["mc_plan_summary"] = [
            {name: row[name] for name in row.keys() - {"plan_revision", "scored_by"}}
            for row in before["mc_plan_summary"]
        ]
        ways = [(command.downgrade, step) for step in steps[1:]] + [(command.upgrade, step) for step in steps[-2::-1]]
        for go, step in ways:
            with schema.alone(engine) as connection:
                go(schema.alembic_config(connection), step)
                assert schema.revision_of(connection) == step
            assert_nothing_is_lost(before, everything(engine))
        with engine.connect() as connection:
            assert schema.missing_guards(connection) == []
    assert len(before["mc_answer_revision"]) > len(before["mc_answer"]) > 0 < len(before["mc_member"])


def test_numbers_from_before_they_said_what_they_rest_on_are_worked_out_anew(url, asked):
    engine = open_database(url, create=True)
    plan_id = live_through(engine, asked)
    with schema.alone(engine) as connection:
        command.downgrade(schema.alembic_config(connection), "0002")
        connection.exec_driver_sql("UPDATE mc_plan_summary SET blank = 77")
    before = everything(engine)
    assert {"plan_revision", "scored_by"}.isdisjoint(before["mc_plan_summary"][0])
    schema.migrate(engine)
    after = everything(engine)
    assert_nothing_is_lost(before, after)
    assert {(row["plan_revision"], row["scored_by"]) for row in after["mc_plan_summary"]} == {(0, "")}
    (summary,) = fetch_summaries(engine, asked, HERE, at=NOON)
    assert (summary.id, summary.blank) == (plan_id, 1)
    engine.dispose()


def test_answers_survive_when_the_table_they_hang_on_is_made_anew(older):
    with looking_after(older) as engine:
        before = everything(engine)
        done = schema.migrate(engine)
        after = everything(engine)
        assert (done.before, done.after) == (before["alembic_version"][0]["version_num"], "9000")
        for table in ("mc_answer", "mc_answer_revision", "mc_member", "mc_plan_summary"):
            assert after[table] == before[table] != []
        assert {plan["colour"] for plan in after["mc_plan"]} == {"blue"}
        with engine.connect() as connection:
            assert schema.missing_guards(connection) == []
    open_database(older).dispose()


def test_an_older_database_is_refused_with_the_command_that_helps(older):
    with pytest.raises(DatabaseProblem) as refused:
        open_database(older)
    assert str(refused.value).endswith(
        "was last used by an older mcplan. Make it fit this one with `mcplan migrate`; nothing has been changed."
    )


def test_a_server_is_never_migrated_unasked(server, asked, request):
    url = server.new_database()
    open_database(url, create=True).dispose()
    request.getfixturevalue("later")
    with pytest.raises(DatabaseProblem, match="mcplan migrate"):
        open_database(url, create=True)


def older_file(tmp_path, asked, request):
    url = f"sqlite:///{tmp_path}/plans.db"
    engine = open_database(url, create=True)
    plan_id = live_through(engine, asked)
    before = everything(engine)
    engine.dispose()
    request.getfixturevalue("later")
    return url, plan_id, before


def test_your_own_file_is_migrated_by_itself_after_a_copy_was_put_beside_it(tmp_path, asked, request):
    url, plan_id, before = older_file(tmp_path, asked, request)
    engine = open_database(url, create=True)
    with reading(engine) as session:
        assert fetch_plan(door(session, plan_id)).title == "Cold chain basics"
    assert everything(engine)["mc_plan"][0]["colour"] == "blue"
    engine.dispose()

    assert files_beside(url) == ["plans.db.before-9000"]
    copy = tmp_path / "plans.db.before-9000"
    assert copy.stat().st_mode & 0o077 == 0
    with looking_after(f"sqlite:///{copy}") as engine:
        assert everything(engine) == before


def test_a_copy_from_before_is_never_written_over(tmp_path, asked, request):
    url, _, _ = older_file(tmp_path, asked, request)
    (tmp_path / "plans.db.before-9000").write_text("the copy of last time")
    with looking_after(url) as engine:
        assert schema.migrate(engine).copy == tmp_path / "plans.db.before-9000.2"
    assert (tmp_path / "plans.db.before-9000").read_text() == "the copy of last time"


def test_a_migration_that_fails_leaves_rows_and_step_as_they_were(older, later):
    wrong = (
        REBUILD.format(newest="9000")
        .replace('"9000"\ndown', '"9001"\ndown')
        .replace("def downgrade", "    1 / 0\n\ndef downgrade")
    )
    (later / "versions" / "wrong.py").write_text(
        wrong.replace("colour", "sound").replace('"unit", nullable=True', '"board", nullable=True')
    )
    with looking_after(older) as engine:
        before = everything(engine)
        with pytest.raises(ZeroDivisionError):
            schema.migrate(engine)
        assert everything(engine) == before


MIGRATE = """
import sys
from pathlib import Path
from storage import schema
from storage.database import looking_after
schema.MIGRATIONS, schema.NEWEST = Path(sys.argv[2]), "9000"
print("ready", flush=True)
sys.stdin.readline()
with looking_after(sys.argv[1]) as engine:
    print(schema.migrate(engine).before)
"""


def test_three_that_migrate_at_once_all_end_well_and_one_of_them_does_it(older, later):
    today = ScriptDirectory(str(later)).get_revision("9000").down_revision
    started = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATE, older, later], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for _ in range(3)
    ]  # fmt: skip
    for each in started:
        assert each.stdout.readline() == "ready\n"
    with ThreadPoolExecutor(3) as together:
        said = list(together.map(lambda each: each.communicate("go\n", timeout=60), started))
    assert sorted(said) == sorted([(f"{today}\n", ""), ("9000\n", ""), ("9000\n", "")])
    if older.startswith("sqlite"):
        assert files_beside(older) == ["plans.db.before-9000"]


def test_a_migration_that_is_killed_leaves_rows_and_step_as_they_were(older, later):
    killed = (
        REBUILD.format(newest="0")
        .partition("def upgrade")[2]
        .replace("def downgrade", "    os.kill(os.getpid(), 9)\n\ndef downgrade")
    )
    step = later / "versions" / "rebuild.py"
    step.write_text(step.read_text().partition("def upgrade")[0] + "import os\n\ndef upgrade" + killed)
    with looking_after(older) as engine:
        before = everything(engine)
    program = [sys.executable, "-c", MIGRATE, older, later]
    assert subprocess.run(program, input="go\n", text=True, capture_output=True, check=False).returncode == -9
    with looking_after(older) as engine:
        assert everything(engine) == before


@pytest.mark.parametrize("made", ["empty", "foreign", "newer"])
def test_only_an_older_mcplan_is_migrated(tmp_path, made):
    file = tmp_path / "plans.db"
    with sqlite3.connect(file) as other:
        if made == "foreign":
            other.execute("CREATE TABLE photos (id)")
        if made == "newer":
            other.execute("CREATE TABLE alembic_version (version_num)")
            other.execute("INSERT INTO alembic_version VALUES ('9999')")
    says = {"empty": EMPTY, "foreign": FOREIGN, "newer": NEWER}[made]
    with pytest.raises(DatabaseProblem) as refused, looking_after(f"sqlite:///{file}") as engine:
        schema.migrate(engine)
    assert str(refused.value) == says.format(name="plans.db")
    assert list(tmp_path.iterdir()) == [file]


def test_without_room_for_the_copy_nothing_is_migrated(small_disk, asked, request):
    url, _, before = older_file(small_disk, asked, request)
    with looking_after(url) as engine:
        assert everything(engine) == before
        with pytest.raises(OSError, match="space"):
            (small_disk / "ballast").write_bytes(b"x" * 2_000_000)
        with pytest.raises(DatabaseProblem, match=r"^There is no room for a copy of plans\.db\."):
            schema.migrate(engine)
        assert everything(engine) == before
    assert files_beside(url) == []


def test_what_somebody_proposed_and_supported_survives_that_they_may_have_several_proposals(url, asked):
    engine = open_database(url, create=True)
    plan_id = live_through(engine, asked)
    of = {"plan_id": plan_id, "workshop_id": "w1"}
    with writing(engine) as session:
        access = door(session, plan_id)
        store_agenda(access, asked, "w1", Agenda("Day", 60, 5, 10, False, (("first.case", 0),)), at=NOON)
        (item,) = fetch_sitting(access, "w1").items
        for who in "sam", "kit":
            row = {"id": who, "name": who, "name_key": who, "person_id": "", "joined_at": NOON, "removed_at": None}
            session.connection().execute(insert(PARTICIPANTS), row | of)
        said = {"item_id": item.id, "participant_id": "sam", "revision": 1, "save_id": "a", "at": NOON} | of
        for id, text in ("p1", "One."), ("p2", "Two."):
            session.connection().execute(insert(PROPOSALS), said | {"id": id, "text": text})
            vote = {"item_id": item.id, "participant_id": "kit", "proposal_id": id} | of
            session.connection().execute(insert(VOTES), vote)
    for go, step in (command.downgrade, "0011"), (command.upgrade, "0012"):
        with schema.alone(engine) as connection:
            go(schema.alembic_config(connection), step)
        if step == "0011":
            (row,) = everything(engine)["mc_proposal"]
            assert row["text"] == "One.\n\nTwo."
    with reading(engine) as session:
        sitting = fetch_sitting(door(session, plan_id), "w1")
    (proposal,) = sitting.proposals
    assert (proposal.text, proposal.at, sitting.support(item)) == ("One.\n\nTwo.", NOON, {proposal.id: 1})
    engine.dispose()
