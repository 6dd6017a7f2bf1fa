"""The commands that look after the database, as people and their timers use them."""

import json
import re
import shutil
import sqlite3
import subprocess

import pytest

from pages.console.command import COMMANDS
from pages.kit import tokens
from storage import problems, restoring, schema
from tests.pages.test_console import COMMAND, at_root, serving
from tests.storage import conftest as databases
from tests.storage.everything import destroy_an_index

server = databases.server


@pytest.fixture(autouse=True)
def fresh_secret(monkeypatch):
    """Nobody has named a secret yet."""
    monkeypatch.delenv("MCPLAN_SECRET", raising=False)
    tokens.secret.cache_clear()
    yield
    tokens.secret.cache_clear()


def step(file, number=None):
    """The step of the migrations a file says it is of; with a number, it says that from now on."""
    connection = sqlite3.connect(file)
    with connection:
        if number:
            connection.execute("UPDATE alembic_version SET version_num = ?", (number,))
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    connection.close()
    return found


def test_a_backup_says_what_it_holds_its_size_and_the_seconds_it_took(mcplan, example, tmp_path):
    code, out, err = mcplan("backup", tmp_path / "monday.db")
    assert (code, err) == (0, "")
    assert re.fullmatch(
        rf"{re.escape(str(tmp_path))}/monday\.db: 1 plan, \d+ saved answers, \d+\.\d MB in \d+\.\d seconds\.\n", out
    )
    code, _, err = mcplan("backup", tmp_path / "monday.db")
    assert (code, err.count("--overwrite")) == (2, 1)
    assert mcplan("backup", tmp_path / "monday.db", "--overwrite")[0] == 0


def test_a_timer_keeps_the_newest_backups_in_a_folder(mcplan, example, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in ("01", "02", "03"):
        (folder / f"plans-202001{day}-000000Z.db").touch()
    out = mcplan("backup", folder, "--keep", 2)[1]
    assert "; 2 older ones removed." in out
    assert len(list(folder.iterdir())) == 2
    assert (folder / "plans-20200103-000000Z.db").exists()

    code, _, err = mcplan("backup", tmp_path / "one.db", "--keep", 2)
    assert code == 2
    assert "is not a folder" in err


def test_the_drill_back_up_lose_everything_restore_and_go_on(mcplan, example, file, tmp_path):
    before = mcplan("plans", "--json")[1]
    mcplan("backup", tmp_path / "monday.db")
    file.unlink()
    assert "`mcplan restore`" in mcplan("plans")[2]

    code, out, err = mcplan("restore", tmp_path / "monday.db", "--into", file)
    assert (code, err) == (0, "")
    assert re.match(r"Restored in \d+\.\d seconds: 1 plan, \d+ saved answers\.\n$", out)
    assert mcplan("plans", "--json")[1] == before


def test_a_restore_says_where_the_old_file_is_kept(mcplan, example, file, tmp_path):
    mcplan("backup", tmp_path / "monday.db")
    mcplan("demo")
    out = mcplan("restore", tmp_path / "monday.db", "--into", file)[1]
    (kept,) = tmp_path.glob("plans.db.before-restore-*")
    assert f"What was there before is kept in {kept}." in out
    assert len(json.loads(mcplan("plans", "--json")[1])) == 1
    assert len(json.loads(mcplan("plans", "--json", "--database", kept)[1])) == 2


def test_under_a_running_app_nothing_is_restored_and_a_backup_is_fine(mcplan, example, file, tmp_path):
    with serving(file):
        assert mcplan("backup", tmp_path / "monday.db")[0] == 0
        code, out, err = mcplan("restore", tmp_path / "monday.db", "--into", file)
    assert (code, out) == (2, "")
    assert "plans.db is in use. Stop every mcplan" in err


def test_a_database_of_this_mcplan_needs_no_migration(mcplan, example):
    says = f"Nothing to do: the database is of this mcplan (step {schema.NEWEST}).\n"
    assert mcplan("migrate") == mcplan("migrate", "--check") == (0, says, "")


@pytest.fixture
def next_mcplan(tmp_path_factory, monkeypatch):
    """From here on we are the next mcplan: it has one more step."""
    folder = tmp_path_factory.mktemp("next") / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    step = f'revision = "9000"\ndown_revision = "{schema.NEWEST}"\n\ndef upgrade():\n    pass\n'
    (folder / "versions" / "next.py").write_text(step)
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    monkeypatch.setattr(schema, "NEWEST", "9000")


def test_an_older_database_is_looked_at_then_migrated_with_a_copy_kept(mcplan, example, file, request):
    today = schema.NEWEST
    request.getfixturevalue("next_mcplan")
    assert "`mcplan migrate`" in mcplan("plans")[2]
    assert mcplan("migrate", "--check") == (1, f"To be done: step {today} → 9000. Run `mcplan migrate`.\n", "")
    assert step(file) == today

    code, out, _ = mcplan("migrate")
    copy = file.with_name("plans.db.before-9000")
    assert (code, out) == (
        0,
        f"The database now fits this mcplan: step {today} → 9000.\nAs it was before, it is kept in {copy}.\n",
    )
    assert (step(file), step(copy)) == ("9000", today)
    assert mcplan("plans")[0] == 0


def test_a_backup_of_an_older_mcplan_says_what_is_to_be_done_next(mcplan, example, file, tmp_path, request):
    mcplan("backup", tmp_path / "monday.db")
    request.getfixturevalue("next_mcplan")
    monkeypatch = request.getfixturevalue("monkeypatch")
    monkeypatch.setattr(restoring, "NEWEST", "9000")
    out = mcplan("restore", tmp_path / "monday.db", "--into", file)[1]
    assert out.endswith("It is of an older mcplan: run `mcplan migrate` before you start.\n")
    assert mcplan("migrate")[0] == mcplan("plans")[0] == 0


def test_a_damaged_database_is_not_migrated(mcplan, example, file, request):
    destroy_an_index(file)
    harmed = file.read_bytes()
    request.getfixturevalue("next_mcplan")

    code, out, err = mcplan("migrate")
    assert (code, out) == (2, "")
    assert "plans.db is damaged. Stop mcplan; then `mcplan restore`" in err
    assert file.read_bytes() == harmed
    assert list(file.parent.glob("plans.db.before*")) == []


@pytest.mark.parametrize("command", ["migrate", "backup", "plans"])
def test_a_newer_database_is_left_alone(mcplan, example, file, tmp_path, command):
    step(file, "9999")
    words = [tmp_path / "monday.db"] if command == "backup" else []
    code, out, err = mcplan(command, *words)
    assert (code, out) == (2, "")
    assert "written by a newer mcplan" in err
    assert step(file) == "9999"


def test_doctor_says_a_line_for_each_check_and_ends_well(mcplan, example, file):
    (file.with_name("plans.db.secret")).touch(mode=0o600)
    code, out, err = mcplan("doctor", "--all")
    assert (code, err) == (0, "")
    assert {line[0] for line in out.splitlines()} <= {"✓", "·"}
    assert "questions are in order" in out
    assert "The list of plans says what the plans say." in out


def test_doctor_names_trouble_with_the_command_that_helps_and_ends_with_1(mcplan, example, file, tmp_path):
    file.chmod(0o644)
    code, out, _ = mcplan("doctor", "--backups", tmp_path / "nowhere")
    assert code == 1
    trouble = [line for line in out.splitlines() if line.startswith("✗")]
    assert [line.partition(" Run: ")[2].split()[:2] for line in trouble] == [["chmod", "o="], ["mcplan", "backup"]]


def test_doctor_looks_at_the_backups_that_the_settings_name(mcplan, example, tmp_path, monkeypatch):
    monkeypatch.setenv("MCPLAN_BACKUPS", str(tmp_path / "nowhere"))

    assert mcplan("doctor")[0] == 1


def test_doctor_tells_other_programs_in_json(mcplan, example):
    code, out, _ = mcplan("doctor", "--json")
    checks = json.loads(out)
    assert code == 0
    assert {"questions", "permissions", "room", "sqlite", "revision", "soundness", "history", "list"} <= {
        check["name"] for check in checks
    }
    assert all(check.keys() == {"name", "state", "says", "helps"} for check in checks)


@pytest.mark.parametrize(("named", "says"), [("", "Set MCPLAN_SECRET"), ("too short", "MCPLAN_SECRET is too short")])
def test_doctor_asks_for_the_secret_that_a_server_needs(mcplan, monkeypatch, named, says):
    monkeypatch.setenv("MCPLAN_SECRET", named)
    code, out, _ = mcplan("doctor", "--database", "postgresql://postgres@127.0.0.1:1/plans")
    assert code == 1
    assert f"✗ {says}" in out
    assert "✗ The database server does not answer." in out


def test_doctor_is_content_with_a_secret_of_32_characters(mcplan, example, monkeypatch):
    monkeypatch.setenv("MCPLAN_SECRET", "x" * 32)
    code, out, _ = mcplan("doctor")
    assert code == 0
    assert "✓ MCPLAN_SECRET is set." in out
    assert "x" * 32 not in out


def test_doctor_finds_a_secret_that_others_may_read(mcplan, example, file):
    file.with_name("plans.db.secret").touch(mode=0o644)
    code, out, _ = mcplan("doctor")
    assert code == 1
    assert "may open plans.db.secret" in out


def test_doctor_finds_a_mistake_in_the_questions(mcplan, example, tmp_path, monkeypatch):
    (tmp_path / "content").mkdir()
    monkeypatch.setenv("MCPLAN_QUESTIONNAIRE", str(tmp_path / "content"))
    code, out, _ = mcplan("doctor")
    assert code == 1
    assert f"Run: mcplan check {tmp_path}/content" in out.splitlines()[0]


def test_looking_after_makes_no_database(mcplan, file):
    for words in (["doctor"], ["migrate"], ["backup", file.with_name("monday.db")]):
        assert mcplan(*words)[0] in (1, 2)
    assert not file.exists()


HELP = """
import sys
from pages.console.command import main
sys.argv = ["mcplan", "--help"]
try:
    main()
finally:
    assert "sqlalchemy" not in sys.modules
"""


def test_help_waits_for_no_database():
    said = subprocess.run([COMMAND[0], "-c", HELP], env=at_root(), capture_output=True, check=False)
    assert (said.returncode, said.stderr) == (0, b"")


def test_every_command_that_a_sentence_names_is_there():
    sentences = [words for words in vars(problems).values() if isinstance(words, str)]
    named = {name for words in sentences for name in re.findall(r"`mcplan (\w+)", words)}
    assert {"restore", "migrate", "doctor", "backup", "run"} <= named <= {command.__name__ for command in COMMANDS}


def test_a_server_without_tables_is_set_up_when_told_to_and_once(mcplan, server):
    url = server.new_database()
    code, _, err = mcplan("migrate", "--database", url)
    assert (code, "it has never been set up" in err) == (2, True)

    assert mcplan("migrate", "--create", "--database", url)[1].startswith("The database was empty and is set up now")
    assert mcplan("migrate", "--create", "--database", url)[1].startswith("Nothing to do")
    assert mcplan("plans", "--database", url)[1] == "There are no plans yet.\n"
