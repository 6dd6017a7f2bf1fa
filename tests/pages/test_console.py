"""The `mcplan` command, as people and programs use it."""

import json
import os
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from mcplan.numbers import count
from pages.console.figures import one_decimal
from questionnaire.load import CONTENT, load_questionnaire
from storage.database import open_database

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "pages.console"]


def test_the_worked_example_stands_in_the_list_of_plans(mcplan, example):
    code, out, err = mcplan("plans")

    assert (code, err) == (0, "")
    assert out.startswith(f"{example}  Cold-Climate Heat Pump")
    assert "Design approval: " in out


def test_other_programs_read_the_list_of_plans_as_json(mcplan, example):
    (plan,) = json.loads(mcplan("plans", "--json")[1])

    assert plan["id"] == example
    assert plan["gate"] == "G2"
    assert 0 < plan["floor"] <= plan["ceiling"] <= 100
    assert plan["deleted_at"] is None
    assert "role" not in plan
    assert plan["changed_at"].endswith("+00:00")
    assert len(plan["phases"]) == len(load_questionnaire().walked)


def test_an_empty_list_of_plans_says_that_it_is_empty(mcplan, file):
    open_database(f"sqlite:///{file}", create=True).dispose()

    assert mcplan("plans") == (0, "There are no plans yet.\n", "")
    assert json.loads(mcplan("plans", "--json")[1]) == []


def test_readiness_tells_other_programs_the_numbers_and_where_they_come_from(mcplan, example):
    ready = json.loads(mcplan("readiness", example, "--gate", "G3", "--json")[1])

    assert (ready["gate"], ready["gate_name"]) == ("G3", "Launch")
    assert ready["words"]
    assert ready["verdict"]
    missing = [each["missing"] for each in ready["shortfalls"]]
    assert missing == sorted(missing, reverse=True)
    assert sum(missing) == pytest.approx(100 - ready["floor"], abs=0.5)
    assert all(each["code"] and each["question"] for each in ready["shortfalls"])
    assert sum(phase["asked"] for phase in ready["phases"]) == ready["asked"]


def test_readiness_is_for_the_gate_the_plan_works_towards_if_none_is_named(mcplan, example):
    assert json.loads(mcplan("readiness", example, "--json")[1])["gate"] == "G2"


def test_readiness_in_words_names_verdict_stops_and_the_biggest_gains(mcplan, example):
    code, out, _ = mcplan("readiness", example)

    assert code == 0
    ready = json.loads(mcplan("readiness", example, "--json")[1])
    assert ready["words"].lower() in out.lower()
    assert f"{count(len(ready['stops']), 'stop')}:" in out
    assert "What would raise it most:" in out


@pytest.mark.parametrize(
    ("exact", "said"), [(0, 0.0), (0.01, 0.1), (41.25, 41.3), (54.96, 54.9), (99.96, 99.9), (100, 100.0)], ids=str
)
def test_a_share_is_never_rounded_to_all_or_to_nothing(exact, said):
    assert one_decimal(exact) == said


def test_the_dossier_is_written_as_a_word_file(mcplan, example, tmp_path):
    code, out, _ = mcplan("dossier", example, "-o", tmp_path / "plan.docx")

    assert (code, out) == (0, f"{tmp_path / 'plan.docx'}\n")
    assert (tmp_path / "plan.docx").read_bytes().startswith(b"PK")


def test_the_same_plan_gives_the_same_file_and_the_short_paper_another(mcplan, example, tmp_path):
    files = [tmp_path / name for name in ("one.docx", "two.docx", "brief.docx")]
    for file, more in zip(files, ([], [], ["--brief"]), strict=True):
        assert mcplan("dossier", example, "-o", file, *more)[0] == 0
    one, two, brief = (file.read_bytes() for file in files)
    assert one == two
    assert len(brief) < len(one)


def test_a_file_that_is_there_is_not_written_over_unasked(mcplan, example, tmp_path):
    mine = tmp_path / "mine.docx"
    mine.write_text("notes of the board")

    code, _, err = mcplan("dossier", example, "-o", mine)
    assert code == 2
    assert "--overwrite" in err
    assert mine.read_text() == "notes of the board"

    assert mcplan("dossier", example, "-o", mine, "--overwrite")[0] == 0
    assert mine.read_bytes().startswith(b"PK")


def test_a_folder_that_is_not_there_cannot_hold_the_dossier(mcplan, example, tmp_path):
    code, _, err = mcplan("dossier", example, "-o", tmp_path / "nowhere" / "plan.docx")

    assert code == 2
    assert err.strip().endswith("cannot be written: No such file or directory.")


def test_the_shipped_questions_are_in_order(mcplan):
    code, out, _ = mcplan("check", CONTENT)

    assert code == 0
    assert "6 phases and " in out


def test_a_mistake_in_a_content_file_is_found_with_file_and_entry(mcplan, tmp_path):
    wrong = (CONTENT / "10-strategic.toml").read_text(encoding="utf-8").replace('kind = "', 'knid = "', 1)
    (tmp_path / "10-strategic.toml").write_text(wrong, encoding="utf-8")

    code, _, err = mcplan("check", tmp_path)

    assert code == 1
    assert err.startswith("mcplan: 10-strategic.toml: strategic.")
    assert "knid" in err


def test_the_list_of_plans_can_be_worked_out_afresh(mcplan, example):
    assert mcplan("recompute") == (0, "1 plan in the list brought up to date.\n", "")


def test_a_database_that_is_not_there_is_refused_until_it_is_asked_for(mcplan, file):
    code, _, err = mcplan("plans")
    assert code == 2
    assert "plans.db" in err
    assert "--create" in err
    assert not file.exists()

    assert mcplan("demo", "--create")[0] == 0
    assert file.exists()


def test_without_a_named_database_the_plans_lie_with_the_person(mcplan, monkeypatch, tmp_path):
    monkeypatch.setenv("MCPLAN_DATABASE", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    assert mcplan("plans") == (0, "There are no plans yet.\n", "")
    assert (tmp_path / "mcplan" / "mcplan.db").exists()


def test_another_database_can_be_named_for_one_command(mcplan, example, tmp_path):
    mcplan("demo", "--database", tmp_path / "other.db", "--create")

    assert mcplan("plans", "--database", tmp_path / "other.db")[1].splitlines()[0] != mcplan("plans")[1]


@pytest.mark.parametrize(
    "words",
    [
        ["readiness", "nobody-knows-it"],
        ["readiness", "x", "--gate", "G9"],
        ["dossier", "nobody-knows-it", "-o", "never.docx"],
        ["plans", "--database", "mysql://nowhere/plans"],
    ],
    ids=" ".join,
)
def test_what_a_person_can_mend_is_one_sentence(mcplan, example, words):
    code, out, err = mcplan(*words)

    assert (code, out) == (2, "")
    assert err.startswith("mcplan: ")
    assert err.count("\n") == 1
    assert err.endswith(".\n")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "plans.example.org"])
def test_the_app_is_not_served_to_other_computers(file, host):
    said = subprocess.run([*COMMAND, "run", "--host", host, "--create"], env=at_root(), capture_output=True, timeout=60)

    assert said.returncode == 2
    assert b"Nobody has to sign in here, so mcplan serves this computer only" in said.stderr
    assert b"put a section [auth] into" in said.stderr
    assert said.stderr.count(b"\n") == 1


def test_a_port_that_is_taken_is_named(mcplan, example):
    with serving(os.environ["MCPLAN_DATABASE"]) as address:
        port = address.rpartition(":")[2]
        code, _, err = mcplan("run", "--port", port, "--no-browser")

    assert code == 2
    assert f"Port {port} cannot be used" in err


def test_run_serves_the_app_from_any_folder_with_our_settings(file, tmp_path):
    with serving(file, "--create", cwd=tmp_path) as address:
        with urllib.request.urlopen(f"{address}/_stcore/health") as reply:
            assert reply.status == 200
        with urllib.request.urlopen(address) as reply:
            assert b"<title>" in reply.read()
    settings = "import app; from streamlit import config; print(config.get_option('runner.postScriptGC'))"
    said = subprocess.run(
        [sys.executable, "-c", settings], cwd=tmp_path, env=at_root(), capture_output=True, check=True
    )
    assert said.stdout.strip() == b"False"


@contextmanager
def serving(database, *words, cwd=ROOT):
    """`mcplan run` on a free port of this computer; gives its address."""
    command = [*COMMAND, "run", "--port", "0", "--no-browser", *words]
    environment = at_root() | {"MCPLAN_DATABASE": str(database)}
    with subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server.stdout.readline().removeprefix("mcplan is at ").split(" ")[0]
        finally:
            server.terminate()


def at_root():
    """The environment in which this copy of mcplan is found from every folder."""
    return os.environ | {"PYTHONPATH": str(ROOT)}


def test_the_draft_badge_is_written_as_json_and_what_it_lacks_is_said(mcplan, example, tmp_path):
    code, out, err = mcplan("badge", example, "-o", tmp_path / "badge.json")

    assert (code, out) == (0, f"{tmp_path / 'badge.json'}\n")
    badge = json.loads((tmp_path / "badge.json").read_text(encoding="utf-8"))
    assert badge["name"].startswith("Cold-Climate Heat Pump")
    assert badge["id"].startswith("urn:uuid:")
    assert "\nWorth mending: " in f"\n{err}"
    assert all(line.endswith(".") for line in err.splitlines())


def test_a_badge_is_not_written_over_unasked(mcplan, example, tmp_path):
    mine = tmp_path / "mine.json"
    mine.write_text("{}")

    assert mcplan("badge", example, "-o", mine)[0] == 2
    assert mine.read_text() == "{}"
    assert mcplan("badge", example, "-o", mine, "--overwrite")[0] == 0
    assert "achievementType" in mine.read_text()
