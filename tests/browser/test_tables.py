"""Tables in the box: each cell is saved while it is typed, rows come and go, and two people work in one table."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Route, expect

from storage.database import writing
from storage.plans import archive_plan
from tests.browser.conftest import Arrive, Visit
from tests.browser.served import Served
from tests.browser.test_access import RULES, cramped
from tests.builders import door

MODULES, TASKS, STAGES = "Which modules does it have?", "Which tasks show it?", "How does a learner come to us?"


class Table:
    """A table on somebody's screen."""

    def __init__(self, visit: Visit, ask: str = MODULES) -> None:
        self.visit = visit
        self.grid: Locator = visit.page.locator(".grid").and_(visit.page.get_by_role("group", name=ask, exact=True))
        self.box = visit.page.locator(".box").filter(has=self.grid)
        self.status = self.box.locator(".foot [role=status]").last

    def add(self) -> Locator:
        """Add a row and give its form."""
        self.grid.get_by_role("button", name="Add a row").click()
        return self.rows().last

    def rows(self) -> Locator:
        return self.grid.locator(".rows > li")

    def row(self, name: str) -> Locator:
        """The row of this name, opened."""
        row = self.rows().filter(has=self.visit.page.locator("summary", has_text=name))
        if row.locator("details[open]").count() == 0:
            row.locator("summary").click()
        return row

    def cell(self, name: str, label: str) -> Locator:
        return self.row(name).get_by_label(label, exact=False)


def visit_tables(served: Served, arrive: Arrive, person: str = "Dana", plan_id: str = "", **how: Any) -> Visit:
    """Somebody at the screen with the tables."""
    visit = arrive(served, person, plan_id or served.start_plan(), **how)
    visit.open("course")
    return visit


def cells(served: Served, plan: str, question: str = "course.modules") -> list[dict[str, Any]]:
    """The rows as they are stored, without their ids."""
    value = served.answer(plan, question).value
    rows = value["rows"] if isinstance(value, dict) else []
    return [{name: cell for name, cell in row.items() if name != "id"} for row in rows]


def becomes(
    visit: Visit, wanted: list[dict[str, Any]], question: str = "course.modules", *, seconds: float = 10
) -> None:
    """Wait until these rows are stored."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if cells(visit.served, visit.plan, question) == wanted:
            return
        visit.page.wait_for_timeout(80)
    assert cells(visit.served, visit.plan, question) == wanted


def stored(served: Served, plan: str, *rows: dict[str, Any], by: str = "Sam") -> None:
    """Somebody else has put rows into the table of modules."""
    served.store(plan, "course.modules", by=by, rows={str(row["id"]): dict(row) for row in rows})


def test_every_kind_of_cell_is_stored_and_the_line_of_the_row_says_what_is_missing(tables: Served, arrive: Arrive):
    dana = visit_tables(tables, arrive)
    table = Table(dana)
    form = table.add()
    expect(form.get_by_label("Module")).to_be_focused()
    dana.page.keyboard.type("Sizing  ")
    expect(form.locator("summary")).to_contain_text("1 cell to fill")
    form.get_by_label("Level").select_option("Create")
    form.get_by_label("Hours").fill("1,450.5")
    form.get_by_label("Slides").check()
    form.get_by_label("Video").check()
    form.get_by_label("Starts").fill("2027-05-03")
    form.get_by_role("radio", name="Not known yet").check(force=True)
    form.get_by_label("Share of the mark").fill("35 %")
    form.get_by_label("What it is about").fill("Two\nlines")

    wanted = {
        "name": "Sizing", "level": "create", "hours": 1450.5, "media": ["video", "deck"], "start": "2027-05-03",
        "ready": "unknown", "share": 35.0, "about": "Two\nlines",
    }  # fmt: skip
    becomes(dana, [wanted])
    expect(form.locator("summary")).to_contain_text("SizingCreate · Hours: 1,450.5 hours · Video, Slides")
    expect(form.locator("summary .missing")).to_be_hidden()
    expect(table.status).to_contain_text("Saved")


def test_what_is_typed_into_a_cell_survives_a_reload_and_a_closed_page(tables: Served, arrive: Arrive):
    dana = visit_tables(tables, arrive)
    Table(dana).add().get_by_label("Module").press_sequentially("Sizing")
    dana.page.reload()
    becomes(dana, [{"name": "Sizing"}])
    Table(dana).cell("Sizing", "Hours").press_sequentially("12")
    dana.page.close()

    rows = [{"name": "Sizing", "hours": 12.0}]
    assert any(cells(tables, dana.plan) == rows or time.sleep(0.1) for _ in range(80))


def test_cells_typed_while_the_server_is_dead_arrive_when_it_is_back(mortal_tables: Served, arrive: Arrive):
    dana = visit_tables(mortal_tables, arrive)
    stored(mortal_tables, dana.plan, {"id": "r1", "name": "Sizing"})
    hours = Table(dana).cell("Sizing", "Hours")
    hours.press_sequentially("1")
    mortal_tables.kill()
    dana.page.keyboard.type("23456", delay=60)
    expect(Table(dana).status).to_contain_text("kept on this device")
    dana.page.keyboard.press("Tab")

    mortal_tables.start()

    becomes(dana, [{"name": "Sizing", "hours": 123456.0}])
    expect(Table(dana).status).to_contain_text("Saved")


def test_a_save_whose_reply_got_lost_makes_one_row(tables: Served, arrive: Arrive):
    dana = visit_tables(tables, arrive)
    lost: list[int] = []

    def lose_the_first_reply(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    dana.page.route("**/api/answers", lose_the_first_reply)
    Table(dana).add().get_by_label("Module").press_sequentially("Sizing")

    expect(Table(dana).status).to_contain_text("Saved")
    becomes(dana, [{"name": "Sizing"}])
    assert len(tables.history(dana.plan, "course.modules")) == 1


def test_two_people_in_different_rows_and_cells_never_meet(tables: Served, arrive: Arrive):
    dana = visit_tables(tables, arrive)
    stored(tables, dana.plan, {"id": "r1", "name": "Sizing"}, {"id": "r2", "name": "Piping"})
    dana.open("course")
    sam = visit_tables(tables, arrive, "Sam", dana.plan)
    Table(dana).cell("Sizing", "Hours").press_sequentially("3")
    Table(sam).cell("Sizing", "What it is about").press_sequentially("Sam writes here")
    Table(sam).cell("Piping", "Hours").fill("5")
    Table(dana).cell("Sizing", "Hours").press_sequentially("4")

    becomes(dana, [{"name": "Sizing", "hours": 34.0, "about": "Sam writes here"}, {"name": "Piping", "hours": 5.0}])
    expect(Table(dana).cell("Sizing", "What it is about")).to_have_value("Sam writes here", timeout=4000)
    expect(Table(dana).row("Piping").locator("summary")).to_contain_text("Hours: 5 hours")
    expect(Table(sam).cell("Sizing", "Hours")).to_have_value("34")
    for visit in (dana, sam):
        expect(visit.page.locator(".conflict")).to_have_count(0)


@pytest.mark.parametrize(("choice", "kept"), [("Keep mine", "Dana"), ("Use theirs", "Sam")])
def test_two_people_in_the_same_cell_see_both_and_choose(tables: Served, arrive: Arrive, choice: str, kept: str):
    dana = visit_tables(tables, arrive)
    stored(tables, dana.plan, {"id": "r1", "name": "Sizing", "about": "Before", "hours": 3})
    dana.open("course")
    dana.page.route("**/api/answers", lambda route: route.abort())
    Table(dana).cell("Sizing", "What it is about").fill("Dana")
    Table(dana).cell("Sizing", "Hours").fill("4")
    tables.store(dana.plan, "course.modules", rows={"r1": {"about": "Sam"}})
    dana.page.unroute("**/api/answers")

    panel = dana.page.get_by_role("group", name="Two versions of the What it is about of “Sizing”")
    expect(panel).to_contain_text("Dana")
    expect(panel).to_contain_text("Sam")
    # What does not clash is stored meanwhile.
    becomes(dana, [{"name": "Sizing", "about": "Sam", "hours": 4.0}])
    dana.page.reload()
    panel.get_by_role("button", name=choice).click()

    becomes(dana, [{"name": "Sizing", "about": kept, "hours": 4.0}])
    expect(Table(dana).cell("Sizing", "What it is about")).to_have_value(kept)
    expect(panel).to_have_count(0)


def test_a_row_goes_and_comes_back(tables: Served, arrive: Arrive):
    dana = visit_tables(tables, arrive)
    stored(tables, dana.plan, {"id": "r1", "name": "Sizing", "hours": 3}, {"id": "r2", "name": "Piping"})
    tables.store(dana.plan, "course.tasks", rows={"t1": {"task": "Quiz", "module": "r1"}})
    table = Table(dana)
    expect(table.row("Sizing").locator(".form")).to_contain_text("This row is named in: M2 Which tasks show it?")
    table.row("Sizing").get_by_role("button", name="Take this row away").click()

    becomes(dana, [{"name": "Piping"}])
    expect(table.grid).to_contain_text("“Sizing” is taken away. It is still named in: M2 Which tasks show it?")
    expect(table.grid.get_by_role("button", name="Undo")).to_be_focused()
    dana.page.keyboard.press("Enter")

    becomes(dana, [{"name": "Piping"}, {"name": "Sizing", "hours": 3.0}])
    expect(table.grid.get_by_role("button", name="Undo")).to_be_hidden()


@pytest.mark.parametrize(("choice", "left"), [("Bring the row back", 1), ("Leave it away", 0)])
def test_a_row_that_a_colleague_took_away_while_one_worked_in_it(
    tables: Served, arrive: Arrive, choice: str, left: int
):
    dana = visit_tables(tables, arrive)
    stored(tables, dana.plan, {"id": "r1", "name": "Sizing", "hours": 3})
    dana.open("course")
    dana.page.route("**/api/answers", lambda route: route.abort())
    Table(dana).cell("Sizing", "What it is about").fill("Dana")
    tables.store(dana.plan, "course.modules", rows={"r1": None})
    dana.page.unroute("**/api/answers")
    panel = dana.page.get_by_role("group", name="Two versions of a row")
    expect(panel).to_contain_text("Sam took the row “Sizing” away")

    dana.page.reload()
    panel.get_by_role("button", name=choice).click()

    becomes(dana, [{"name": "Sizing", "hours": 3.0, "about": "Dana"}] * left)
    expect(Table(dana).rows()).to_have_count(left)
    expect(panel).to_have_count(0)


@pytest.mark.parametrize(("choice", "left"), [("Take it away", 0), ("Keep the row", 1)])
def test_a_row_that_one_takes_away_while_a_colleague_works_in_it(
    tables: Served, arrive: Arrive, choice: str, left: int
):
    dana = visit_tables(tables, arrive)
    stored(tables, dana.plan, {"id": "r1", "name": "Sizing"})
    dana.open("course")
    dana.page.route("**/api/answers", lambda route: route.abort())
    Table(dana).row("Sizing").get_by_role("button", name="Take this row away").click()
    tables.store(dana.plan, "course.modules", rows={"r1": {"about": "Sam"}})
    dana.page.unroute("**/api/answers")
    panel = dana.page.get_by_role("group", name="Two versions of a row")
    expect(panel).to_contain_text("What it is about: Sam")

    panel.get_by_role("button", name=choice).click()

    becomes(dana, [{"name": "Sizing", "about": "Sam"}] * left)
    expect(Table(dana).rows()).to_have_count(left)


def test_a_cell_that_does_not_fit_keeps_its_words_and_does_not_hold_up_the_rest(tables: Served, arrive: Arrive):
    dana = visit_tables(tables, arrive)
    table = Table(dana)
    form = table.add()
    form.get_by_label("Hours").fill("many")
    form.get_by_label("Module").fill("Sizing")

    becomes(dana, [{"name": "Sizing"}])
    expect(form.locator(".error").filter(has_text="Hours:")).to_be_visible()
    expect(form.locator("summary")).to_contain_text("1 cell does not fit")
    expect(table.status).to_contain_text("Not saved")
    dana.page.reload()
    expect(table.row("Sizing").locator("summary")).to_contain_text("1 cell does not fit")
    expect(table.cell("Sizing", "Hours")).to_have_value("many")
    table.cell("Sizing", "Hours").fill("4")
    becomes(dana, [{"name": "Sizing", "hours": 4.0}])
    expect(table.status).to_contain_text("Saved")


def test_ready_made_rows_stand_there_from_the_start(tables: Served, arrive: Arrive):
    dana = visit_tables(tables, arrive)
    table = Table(dana, STAGES)
    expect(table.rows()).to_have_text(["Hears of itnothing yet", "Chooses itnothing yet", "Enrolsnothing yet"])
    table.cell("Chooses it", "Days").fill("3")
    becomes(dana, [{"days": 3.0}], "course.stages")
    expect(table.rows().nth(1)).to_contain_text("1 cell to fill")

    table.row("Chooses it").get_by_role("button", name="Empty this row").click()
    becomes(dana, [], "course.stages")
    table.grid.get_by_role("button", name="Undo").click()
    becomes(dana, [{"days": 3.0}], "course.stages")
    expect(table.rows().nth(1)).to_contain_text("Chooses it")


def test_a_row_is_chosen_by_its_name_which_follows_the_other_table(tables: Served, arrive: Arrive):
    dana = visit_tables(tables, arrive)
    stored(tables, dana.plan, {"id": "r1", "name": "Sizing"})
    table = Table(dana, TASKS)
    form = table.add()
    form.get_by_label("Task").fill("Quiz")
    form.get_by_label("Belongs to").select_option("Sizing")
    form.get_by_role("checkbox", name="Sizing").check()
    becomes(dana, [{"task": "Quiz", "module": "r1", "also": ["r1"]}], "course.tasks")

    Table(dana).cell("Sizing", "Module").fill("Sizing a unit")

    expect(form.get_by_label("Belongs to").locator("option:checked")).to_have_text("Sizing a unit")
    expect(form.get_by_role("checkbox", name="Sizing a unit")).to_be_checked()
    expect(form.locator("summary")).to_contain_text("Sizing a unit")


def test_an_older_version_of_a_table_can_be_brought_back(tables: Served, arrive: Arrive):
    dana = visit_tables(tables, arrive)
    stored(tables, dana.plan, {"id": "r1", "name": "Sizing"})
    tables.store(dana.plan, "course.modules", by="Kit", rows={"r1": {"name": "Piping"}, "r2": {"name": "Wiring"}})
    table = Table(dana)
    expect(table.rows()).to_have_count(2)
    table.box.locator("details.history summary").first.click()

    table.box.get_by_role("button", name="Restore this").click()

    becomes(dana, [{"name": "Sizing"}])
    expect(table.rows()).to_have_count(1)
    expect(table.rows().first).to_contain_text("Sizing")


def test_many_options_are_chosen_from_lists(tables: Served, arrive: Arrive):
    dana = visit_tables(tables, arrive)
    dana.page.get_by_role("combobox", name="In which country?").select_option("Kenya")
    assert dana.is_stored("course.land", {"picks": ["ke"], "other": ""})
    dana.page.get_by_role("searchbox", name="Find in: In which languages?").fill("ish")
    expect(dana.page.get_by_role("checkbox", name="Czech")).to_be_hidden()
    dana.page.get_by_role("checkbox", name="Spanish").check()
    dana.page.get_by_role("checkbox", name="Danish").count()
    assert dana.is_stored("course.tongues", {"picks": ["es"], "other": ""})
    expect(dana.page.get_by_text("Chosen: Spanish")).to_be_visible()


def test_a_table_is_filled_in_with_the_keyboard_alone(tables: Served, arrive: Arrive):
    dana = visit_tables(tables, arrive)
    keys = dana.page.keyboard
    Table(dana).grid.get_by_role("button", name="Add a row").focus()
    keys.press("Enter")
    keys.type("Sizing")
    keys.press("Tab")
    keys.type("Cre")
    keys.press("Tab")
    keys.type("4")
    keys.press("Tab")
    keys.press("Space")

    becomes(dana, [{"name": "Sizing", "level": "create", "hours": 4.0, "media": ["video"]}])
    Table(dana).rows().first.locator("summary").focus()
    keys.press("Enter")
    expect(Table(dana).rows().first.locator(".form")).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_in_the_tables_and_nothing_sticks_out(tables: Served, arrive: Arrive, theme: str, width: int):
    dana = visit_tables(tables, arrive, color_scheme=theme)
    dana.page.set_viewport_size({"width": width, "height": 844})
    stored(tables, dana.plan, {"id": "r1", "name": "Sizing " * 20, "about": "Before"}, {"id": "r2", "name": "Piping"})
    tables.store(dana.plan, "course.tasks", rows={"t1": {"task": "Quiz", "module": "r1"}})
    dana.open("course")
    dana.page.route("**/api/answers", lambda route: route.abort())
    Table(dana).cell("Sizing", "What it is about").fill("Dana")
    tables.store(dana.plan, "course.modules", rows={"r1": {"about": "Sam"}})
    dana.page.unroute("**/api/answers")
    expect(dana.page.locator(".conflict")).to_have_count(1)
    Table(dana).cell("Piping", "Hours").fill("many")
    Table(dana, TASKS).row("Quiz")
    Table(dana, STAGES).row("Enrols")
    expect(Table(dana).grid.locator(".error").filter(has_text="Hours")).to_be_visible()

    found = Axe().run(dana.page, context=".stBidiComponent", options=RULES).response["violations"]

    assert [(each["id"], each["nodes"][0]["html"], each["nodes"][0]["failureSummary"]) for each in found] == []
    assert cramped(dana.page) == {(0, 0, 0)}


def test_whoever_may_only_look_can_open_rows_and_change_nothing(tables: Served, arrive: Arrive):
    dana = visit_tables(tables, arrive)
    stored(tables, dana.plan, {"id": "r1", "name": "Sizing", "hours": 3})
    with writing(tables.engine) as session:
        archive_plan(door(session, dana.plan), at=datetime.now(UTC))
    dana.open("course")
    table = Table(dana)

    expect(table.cell("Sizing", "Hours")).to_be_disabled()
    expect(table.cell("Sizing", "Hours")).to_have_value("3")
    expect(table.grid.get_by_role("button")).to_have_count(0)


def test_a_long_table_shows_its_first_rows_until_somebody_asks_for_all(tables: Served, arrive: Arrive):
    dana = visit_tables(tables, arrive)
    stored(tables, dana.plan, *({"id": f"r{number}", "name": f"Module {number}"} for number in range(500)))
    table = Table(dana)
    expect(table.rows()).to_have_count(20)
    table.grid.get_by_role("button", name="Show all 500 rows").click()
    expect(table.rows()).to_have_count(500)
    # A form is made when its row is opened.
    assert table.grid.locator(".form").count() == 0
    table.cell("Module 499", "Hours").fill("7")
    for _ in range(100):
        if cells(tables, dana.plan)[499] == {"name": "Module 499", "hours": 7.0}:
            break
        dana.page.wait_for_timeout(80)
    assert cells(tables, dana.plan)[499] == {"name": "Module 499", "hours": 7.0}


def test_a_link_to_a_row_opens_it(tables: Served, arrive: Arrive):
    dana = visit_tables(tables, arrive)
    rows = [{"id": f"r{number}", "name": f"Module {number}"} for number in range(1, 41)]
    stored(tables, dana.plan, *rows)
    dana.page.goto(f"{tables.url}/course?plan={dana.plan}&question=course.modules&row=r30")
    dana.settle()

    module = dana.page.locator(".rows details[open]")
    expect(module).to_have_count(1)
    expect(module.locator("summary")).to_contain_text("Module 30")
    expect(module.locator("summary")).to_be_in_viewport()
    expect(module.locator("summary")).to_be_focused()
    dana.page.goto(f"{tables.url}/course?plan={dana.plan}&question=course.modules&row=gone")
    dana.settle()
    expect(Table(dana).grid.get_by_role("button", name="Add a row")).to_be_focused()
