"""A table as a sheet: typed, pasted and deleted by row, beside colleagues, and on a server that dies."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from storage.database import reading, writing
from storage.plans import archive_plan
from storage.timeline import fetch_question_events
from tests.browser.conftest import Arrive, Visit
from tests.browser.served import Served
from tests.browser.test_access import RULES
from tests.browser.test_tables import becomes, cells, stored
from tests.builders import door


class Sheet:
    """The sheet of the modules on somebody's screen: it is a picture, so one clicks where the cell is."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.page = visit, visit.page
        self.open()

    def open(self) -> None:
        self.page.goto(f"{self.visit.served.url}/table?plan={self.visit.plan}&question=course.modules")
        self.visit.settle()
        expect(self.cell(0, 0)).to_be_attached()
        self.page.wait_for_timeout(500)

    def cell(self, column: int, row: int, *, dynamic: bool = True) -> Locator:
        """What a screen reader finds in a cell."""
        return self.page.get_by_test_id(f"glide-cell-{column + dynamic}-{row}")

    def click(self, row: int, x: int = 80) -> None:
        """Click into a row: its first cell, or at the left edge its mark."""
        box = self.page.get_by_test_id("stDataFrame").locator("canvas").first.bounding_box()
        assert box
        self.page.mouse.click(box["x"] + x, box["y"] + 35 * row + 52)
        self.page.wait_for_timeout(300)

    def type(self, row: int, words: str) -> None:
        """Type into the first cell of a row, as a person does: they see it open, and what it takes."""
        field = self.page.locator(".gdg-input, textarea").first
        self.click(row, x=300)  # A click into the chosen cell would open it, and Enter close it again.
        self.click(row)
        self.page.keyboard.press("Enter")
        field.wait_for()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words, delay=20)
        expect(field).to_have_value(words)
        self.page.keyboard.press("Enter")
        expect(field).to_be_hidden()

    def add(self, words: str, row: int) -> None:
        """Add a row at the foot, which is there once one has clicked into the empty line."""
        self.click(row)
        expect(self.cell(0, row)).to_be_attached()
        self.page.wait_for_timeout(1000)
        self.type(row, words)

    def paste(self, text: str) -> None:
        """Paste from a spreadsheet where the cell is chosen."""
        self.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("Control+V")


def open_sheet(served: Served, arrive: Arrive, *rows: dict[str, Any], plan_id: str = "", person: str = "Dana") -> Sheet:
    plan_id = plan_id or served.start_plan()
    if rows:
        stored(served, plan_id, *rows)
    visit = arrive(served, person, plan_id, permissions=["clipboard-read", "clipboard-write"])
    return Sheet(visit)


ONE, TWO = {"id": "r1", "name": "Sizing", "hours": 3}, {"id": "r2", "name": "Piping"}


def test_what_is_typed_on_a_sheet_is_stored_cell_by_cell(tables: Served, arrive: Arrive):
    sheet = open_sheet(tables, arrive, ONE, TWO)
    stored(tables, sheet.visit.plan, {"id": "r1", "hours": 4})
    sheet.type(1, "Piping it")

    becomes(sheet.visit, [{"name": "Sizing", "hours": 4.0}, {"name": "Piping it"}])
    expect(sheet.page.get_by_text("Everything on the sheet is saved.")).to_be_visible()
    sheet.type(1, "Piping more")
    becomes(sheet.visit, [{"name": "Sizing", "hours": 4.0}, {"name": "Piping more"}])
    assert tables.answer(sheet.visit.plan, "course.modules").value["rows"][1]["id"] == "r2"
    # Back from another screen nothing is lost, and nothing taken back.
    sheet.page.get_by_role("link", name="Back to the question").click()
    expect(sheet.page.get_by_role("heading", name="Course")).to_be_visible()
    sheet.page.get_by_role("link", name="Open as a sheet").first.click()
    expect(sheet.cell(0, 1)).to_have_text("Piping more")
    becomes(sheet.visit, [{"name": "Sizing", "hours": 4.0}, {"name": "Piping more"}])


def test_rows_are_pasted_from_a_spreadsheet_and_deleted(tables: Served, arrive: Arrive):
    sheet = open_sheet(tables, arrive, ONE, TWO)
    sheet.click(1)
    sheet.paste("Piping\tCreate\t5\nWiring\tApply\t6\nTesting\t\t7")
    wanted = [
        {"name": "Sizing", "hours": 3.0},
        {"name": "Piping", "level": "create", "hours": 5.0},
        {"name": "Wiring", "level": "apply", "hours": 6.0},
        {"name": "Testing", "hours": 7.0},
    ]
    becomes(sheet.visit, [*wanted[:1], *({**row} for row in wanted[1:])])

    sheet.click(2, x=16)
    sheet.page.keyboard.press("Delete")
    becomes(sheet.visit, [wanted[0], wanted[1], wanted[3]])
    sheet.click(0, x=16)
    sheet.page.keyboard.press("Delete")
    becomes(sheet.visit, [wanted[1], wanted[3]])


def test_a_colleagues_change_is_offered_and_moves_nothing(tables: Served, arrive: Arrive):
    sheet = open_sheet(tables, arrive, ONE, TWO)
    place = sheet.page.get_by_test_id("stDataFrame").bounding_box()
    stored(tables, sheet.visit.plan, {"id": "r2", "name": "Piping by Sam"}, {"id": "r3", "name": "Wiring"})
    expect(sheet.page.get_by_text("Sam changed 2 rows.")).to_be_visible()
    assert sheet.page.get_by_test_id("stDataFrame").bounding_box() == place
    expect(sheet.cell(0, 1)).to_have_text("Piping")

    sheet.page.get_by_role("button", name="Show what is new").click()

    expect(sheet.cell(0, 1)).to_have_text("Piping by Sam")
    expect(sheet.cell(0, 2)).to_have_text("Wiring")
    expect(sheet.page.get_by_role("button", name="Show what is new")).to_have_count(0)


@pytest.mark.parametrize(("choice", "kept"), [("Keep mine", "Dana"), ("Use theirs", "Sam")])
def test_the_same_cell_changed_by_two_is_chosen(tables: Served, arrive: Arrive, choice: str, kept: str):
    sheet = open_sheet(tables, arrive, ONE, TWO)
    stored(tables, sheet.visit.plan, {"id": "r2", "name": "Sam"})
    sheet.type(1, "Dana")
    expect(sheet.page.get_by_text("You and a colleague both changed Module of “Sam”")).to_be_visible()
    assert cells(tables, sheet.visit.plan)[1] == {"name": "Sam"}

    sheet.page.get_by_role("button", name=choice).click()

    becomes(sheet.visit, [{"name": "Sizing", "hours": 3.0}, {"name": kept}])
    expect(sheet.cell(0, 1)).to_have_text(kept)
    expect(sheet.page.get_by_text("both changed")).to_have_count(0)
    with reading(tables.engine) as session:
        aside = fetch_question_events(door(session, sheet.visit.plan), "course.modules", "set aside")
    given_up = [] if kept == "Dana" else ["Module of “Sam”: Dana"]
    assert [each.details["after"] for each in aside] == given_up


@pytest.mark.parametrize(
    "heard", [0, 400, None], ids=["typed as it died", "sent to one that hangs", "typed once it was back"]
)
def test_a_sheet_goes_on_when_the_server_was_killed_and_is_back(
    mortal_tables: Served, arrive: Arrive, heard: int | None
):
    sheet = open_sheet(mortal_tables, arrive, ONE, TWO)
    sheet.add("Wiring", 2)
    sheet.type(1, "Pipes")
    becomes(sheet.visit, [{"name": "Sizing", "hours": 3.0}, {"name": "Pipes"}, {"name": "Wiring"}])
    if heard is not None:
        # Only while nothing is drawn does Streamlit ask for nothing when its server is back.
        sheet.page.wait_for_timeout(3_000)
        sheet.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        # A cell is sent a moment after it was left: before its server is gone, or too late.
        mortal_tables.freeze()
        sheet.type(0, "Sizing it")
        sheet.page.wait_for_timeout(heard)
    mortal_tables.kill()
    mortal_tables.start()
    if heard is None:
        sheet.page.wait_for_timeout(3_000)
        sheet.type(0, "Sizing it")

    rows = [{"name": "Sizing it", "hours": 3.0}, {"name": "Pipes"}, {"name": "Wiring"}]
    # A server that starts on a busy machine, and a page that asks for it at ever longer intervals, take their time.
    becomes(sheet.visit, rows, seconds=30)
    expect(sheet.page.get_by_text("Everything on the sheet is saved.")).to_be_visible()
    # What the dead server knew, the new one knows: nothing is doubled, and nothing is asked back.
    expect(sheet.page.get_by_text("both changed")).to_have_count(0)
    expect(sheet.page.get_by_text("Show what is new")).to_have_count(0)
    sheet.type(1, "Pipework")
    becomes(sheet.visit, [rows[0], {"name": "Pipework"}, rows[2]])


def test_a_sheet_that_is_loaded_again_shows_what_is_stored_now(tables: Served, arrive: Arrive):
    sheet = open_sheet(tables, arrive, ONE, TWO)
    stored(tables, sheet.visit.plan, {"id": "r1", "hours": 4})
    assert "&sheet=" in sheet.page.url
    sheet.page.reload()

    expect(sheet.cell(2, 0)).to_have_text("4")
    expect(sheet.page.get_by_text("Show what is new")).to_have_count(0)


def test_more_rows_than_there_is_room_for_stay_on_the_sheet_and_hold_nothing_up(tables: Served, arrive: Arrive):
    sheet = open_sheet(tables, arrive, ONE, TWO)
    sheet.click(1)
    sheet.paste("\n".join(f"Module {number}" for number in range(10_000)))

    expect(sheet.page.get_by_text("This table has room for 600 rows").first).to_be_visible(timeout=60_000)
    becomes(sheet.visit, [{"name": "Sizing", "hours": 3.0}, {"name": "Module 0"}])
    expect(sheet.cell(0, 5)).to_have_text("Module 4")

    with sheet.page.expect_download() as taken:
        sheet.page.get_by_role("button", name="Download the 9999 rows not saved").click()
    lines = Path(taken.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert (len(lines), lines[1].split(",")[0], lines[-1].split(",")[0]) == (10_000, "Module 1", "Module 9999")


def test_whoever_may_only_look_can_read_the_sheet_and_change_nothing(tables: Served, arrive: Arrive):
    sheet = open_sheet(tables, arrive, ONE, TWO)
    with writing(tables.engine) as session:
        archive_plan(door(session, sheet.visit.plan), at=datetime.now(UTC))
    sheet.page.reload()
    expect(sheet.page.get_by_text("You can read this sheet.")).to_be_visible()
    expect(sheet.cell(0, 0, dynamic=False)).to_have_text("Sizing")
    sheet.click(0)
    sheet.page.keyboard.type("No")
    sheet.page.keyboard.press("Enter")
    sheet.page.wait_for_timeout(1500)
    assert cells(tables, sheet.visit.plan)[0] == {"name": "Sizing", "hours": 3.0}


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_around_the_sheet_and_nothing_sticks_out(tables: Served, arrive: Arrive, width: int):
    sheet = open_sheet(tables, arrive, ONE, TWO)
    sheet.page.set_viewport_size({"width": width, "height": 844})
    sheet.open()
    stored(tables, sheet.visit.plan, {"id": "r2", "name": "Sam"}, {"id": "r1", "hours": 9})
    sheet.type(1, "Dana")
    expect(sheet.page.get_by_text("both changed")).to_be_visible()
    sheet.page.get_by_text("What belongs here").click()

    # What is within the sheet, and Streamlit's frame around the screen, is Streamlit's.
    context = {"include": [["[data-testid=stMainBlockContainer]"]], "exclude": [["[data-testid=stDataFrame]"]]}
    found = Axe().run(sheet.page, context=context, options=RULES).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert sheet.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
