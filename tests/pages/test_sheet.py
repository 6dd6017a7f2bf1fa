"""The screen of a table as a sheet, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from mcplan.known import Known
from mcplan.plan import Plan
from pages.kit import desk, memory, sheet
from pages.kit.sheet_columns import frame
from storage.answers import store_changes
from storage.database import reading, writing
from storage.plans import fetch_plan
from tests.builders import NOON, door
from tests.pages.conftest import SCREENS, another_server, keep, ways, words

ROWS = {"r1": {"name": "Sizing", "level": "apply", "media": ["video"], "ready": "unknown", "start": "2027-05-03"}}


@pytest.fixture
def plan(installation: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A plan with one module."""
    monkeypatch.setenv("MCPLAN_QUESTIONNAIRE", str(Path(__file__).parents[1] / "tables"))
    plan = keep(Plan("", "Cold chain"))
    with writing(desk.engine()) as session:
        access = door(session, plan)
        store_changes(access, desk.questionnaire(), "course.modules", {"rows": ROWS}, seen=0, save_id="a", at=NOON)
    return plan


def open_sheet(visit: Callable[..., AppTest], plan: str, question: str) -> AppTest:
    return visit(plan=plan, question=question).switch_page(SCREENS["table"]).run()


def test_a_sheet_shows_labels_units_and_what_is_needed(visit, plan):
    page = open_sheet(visit, plan, "course.modules")

    assert not page.exception
    frame = page.get("dataframe")[0]
    row = frame.value.iloc[0]
    assert (row["name"], row["level"], list(row["media"]), row["ready"]) == (
        "Sizing",
        "Apply",
        ["Video"],
        "Not known yet",
    )
    assert '"label": "Module *"' in frame.proto.columns.replace('":"', '": "')
    assert "Why we ask:" in words(page)
    assert "Level: Apply" in words(page).replace("\\", "")


def test_ready_made_rows_are_drawn_and_none_can_be_added(visit, plan):
    page = open_sheet(visit, plan, "course.stages")

    frame = page.get("dataframe")[0]
    assert list(frame.value["stage"]) == ["Hears of it", "Chooses it", "Enrols"]
    assert frame.proto.editing_mode == frame.proto.EditingMode.FIXED


def test_a_row_that_is_named_is_chosen_by_its_name(visit, plan):
    page = open_sheet(visit, plan, "course.tasks")

    assert "Sizing" in page.get("dataframe")[0].proto.columns


def test_whoever_comes_without_a_table_finds_the_way_to_each(visit, plan):
    page = open_sheet(visit, plan, "course.land")

    assert not page.exception
    assert ways(page) == [
        "M1 Which modules does it have?", "M2 Which tasks show it?", "M3 How does a learner come to us?",
    ]  # fmt: skip


@pytest.mark.parametrize("is_overtaken", [False, True])
def test_another_server_stores_what_was_changed_on_the_sheet(visit, plan, monkeypatch, is_overtaken):
    page = open_sheet(visit, plan, "course.modules")

    def frame_as_the_run_before_goes_on(*given: Any) -> Any:
        if is_overtaken:
            memory.sheet(f"{plan} course.modules True").is_again = False
        return frame(*given)

    monkeypatch.setattr(sheet, "frame", frame_as_the_run_before_goes_on)
    another_server(page, '{"edited_rows": {"0": {"name": "Sized"}}, "added_rows": [], "deleted_rows": []}')

    assert not page.exception
    assert "Everything on the sheet is saved." in words(page)
    with reading(desk.engine()) as session:
        (row,) = Known(desk.questionnaire(), fetch_plan(door(session, plan))).rows("course.modules")
    assert row.text("name") == "Sized"
