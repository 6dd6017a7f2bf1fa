"""Plans as files on the screen and by command: taken away, looked through, brought in."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from mcplan.bundle import read_bundle
from mcplan.plan import Plan
from pages.kit import desk, files
from storage.access import authorize
from storage.answers import store_changes
from storage.database import reading, writing
from storage.plans import fetch_plan, start_plan
from tests.builders import HERE, NOON
from tests.pages.conftest import keep, words

CASE = "credential.title-reason"


def test_the_screen_offers_every_kind_of_file_and_says_what_europe_still_misses(visit, larkfield):
    page = visit(plan=larkfield).switch_page("pages/review/data.py").run()

    assert not page.exception
    labels = [each.proto.label for each in page.get("download_button")]
    assert labels == [f"Download {what}" for what in ("bundle", "Excel", "CSV", "EU CSV", "EU JSON")]
    assert "Plan bundle" in words(page)
    assert any("mandatory element" in each.label for each in page.expander)


def upload(page: AppTest, where: str, name: str, content: bytes) -> AppTest:
    (field,) = [each for each in page.get("file_uploader") if each.key.startswith(where)]
    field.upload(name, content, "application/zip")
    return page.run()


@pytest.fixture
def bundle(mcplan, example, tmp_path) -> bytes:
    """The worked example as a bundle."""
    return exported(mcplan, example, tmp_path / "example.mcplan")


def exported(mcplan, plan_id, file, kind="bundle") -> bytes:
    code, _, complaint = mcplan("export", plan_id, "--as", kind, "-o", file, "--overwrite")
    assert code == 0, complaint
    return file.read_bytes()


def test_the_commands_take_a_plan_away_and_bring_it_in(mcplan, example, tmp_path, bundle):
    file = tmp_path / "example.mcplan"
    assert read_bundle(bundle).plan.id == example
    assert mcplan("import", file, "--dry-run")[1].startswith("“Cold-Climate Heat Pump Commissioning")

    told = json.loads(mcplan("import", file, "--json")[1])

    assert told["plan"] in mcplan("plans")[1]
    again = read_bundle(exported(mcplan, told["plan"], tmp_path / "again.mcplan"))
    assert again.plan.answers == read_bundle(bundle).plan.answers
    for kind, start in (("xlsx", b"PK"), ("csv", b"PK"), ("eu", b"\xef\xbb\xbfElement")):
        assert exported(mcplan, example, tmp_path / f"x.{kind}", kind).startswith(start)
    assert b'"mandatory": true' in exported(mcplan, example, tmp_path / "x.json", "eu")


def test_a_command_brings_into_a_plan_what_clashes_with_nothing(mcplan, example, tmp_path, bundle):
    told = json.loads(mcplan("import", tmp_path / "example.mcplan", "--json")[1])
    file = tmp_path / "x.csv.zip"
    exported(mcplan, example, file, "csv")

    for name in ("example.mcplan", "x.csv.zip"):
        found = json.loads(mcplan("import", tmp_path / name, "--into", told["plan"], "--dry-run", "--json")[1])
        assert (found["proposals"], found["taken_over"]) == ([], 0)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04 no zip", "damaged"),
        (b"{}", "not a file that mcplan can open"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_sentence(mcplan, example, tmp_path, content, says):
    (tmp_path / "bad.mcplan").write_bytes(content)
    code, _, complaint = mcplan("import", tmp_path / "bad.mcplan")
    assert (code, says in complaint, complaint.count("\n")) == (2, True, 1)
    assert mcplan("import", tmp_path / "none.mcplan")[0] == 2


def test_what_a_file_changes_is_shown_and_stored_once_it_is_ticked(visit, installation, tmp_path):
    plan_id = keep(Plan("", "Rigging"))
    say(plan_id, "Before", seen=0)
    with reading(desk.engine()) as session:
        book = files.csvs(authorize(session, HERE, plan_id, "export", NOON), desk.questionnaire())
    say(plan_id, "Changed here", seen=1)
    with reading(desk.engine()) as session:
        other = files.bundle(authorize(session, HERE, plan_id, "export", NOON), desk.questionnaire())
    copy = keep(Plan("", "Rigging elsewhere"))
    page = visit(plan=copy).switch_page("pages/review/data.py").run()

    page = upload(page, "bring", "rigging.mcplan", other)
    assert not page.exception
    assert "1 answer that the plan does not have yet" in words(page)
    assert answer(copy) is None
    (ticked,) = page.checkbox
    assert ticked.value
    next(each for each in page.button if each.label == "Take over what is ticked").click().run()
    assert answer(copy) == "Changed here"

    page = visit(plan=plan_id).switch_page("pages/review/data.py").run()
    page = upload(page, "bring", "rigging.zip", book)
    assert "changes nothing" in words(page)
    page = upload(page, "bring", "rigging.zip", b"PK\x03\x04")
    assert "damaged" in words(page)


def test_a_bundle_becomes_a_plan_from_the_list(visit, installation):
    # What lies in the future is refused, and the day of other tests may.
    with writing(desk.engine()) as session:
        plan_id = start_plan(session, desk.questionnaire(), Plan("", "Rigging"), person=HERE, at=desk.now())
    say(plan_id, "Kept words", seen=0, at=desk.now())
    with reading(desk.engine()) as session:
        made = files.bundle(authorize(session, HERE, plan_id, "export", NOON), desk.questionnaire())

    page = upload(visit(), "new", "rigging.mcplan", made)
    assert "“Rigging”: 1 answer, 1 revision, no comments" in words(page).replace("\\", "")
    page.button(key="bring-new").click().run()

    assert not page.exception
    assert page.session_state["plan"] != plan_id
    assert answer(page.session_state["plan"]) == "Kept words"


def say(plan_id: str, value: str, *, seen: int, at: datetime = NOON) -> None:
    with writing(desk.engine()) as session:
        access = authorize(session, HERE, plan_id, "answer", NOON)
        store_changes(access, desk.questionnaire(), CASE, {"value": value}, seen=seen, save_id=f"s{seen}", at=at)


def answer(plan_id: str) -> object:
    with reading(desk.engine()) as session:
        found = fetch_plan(authorize(session, HERE, plan_id, "view", NOON)).answers.get(CASE)
    return found.value if found else None
