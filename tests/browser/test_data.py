"""A plan that is taken away as a file in a browser, and brought in as another plan."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from mcplan.bundle import read_bundle, write_bundle
from storage.bundles import fetch_bundle
from storage.database import reading
from tests.builders import door


def test_a_bundle_is_downloaded_and_becomes_a_plan(served, arrive, tmp_path):
    visit = arrive(served)
    visit.field().fill("Farms ask for it")
    assert visit.is_stored("first.case", "Farms ask for it")

    visit.open("data")
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name="Download bundle").click()
    download = waiting.value
    file = tmp_path / download.suggested_filename
    download.save_as(file)
    assert file.name.startswith("Cold-chain-basics-")
    assert file.suffix == ".mcplan"
    assert read_bundle(file.read_bytes()).plan.answers["first.case"].value == "Farms ask for it"

    visit.page.goto(f"{served.url}/?plan={visit.plan}")
    visit.settle()
    visit.page.get_by_role("button", name="Bring in a plan").click()
    visit.page.locator('input[type="file"]').set_input_files(file)
    visit.page.get_by_text("1 answer, ").wait_for()
    visit.page.get_by_role("button", name="Make a plan of it").click()
    visit.page.get_by_role("heading", name="Cold chain basics").or_(visit.page.locator("h1")).first.wait_for()
    visit.page.wait_for_url("**/overview?plan=*")
    copy = visit.page.url.partition("plan=")[2]
    assert copy != visit.plan
    assert served.answer(copy, "first.case").value == "Farms ask for it"
    assert served.answer(copy, "first.case").by == "Dana"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_differences_and_they_fit_a_phone(served, arrive, tmp_path, theme):
    visit = arrive(served, viewport={"width": 390, "height": 844}, color_scheme=theme)
    visit.field().fill("Farms ask for it")
    assert visit.is_stored("first.case", "Farms ask for it")
    with reading(served.engine) as session:
        made = write_bundle(fetch_bundle(door(session, visit.plan), served.questionnaire))
    (tmp_path / "farms.mcplan").write_bytes(made)

    other = arrive(served, viewport={"width": 390, "height": 844}, color_scheme=theme)
    other.open("data")
    other.page.locator('input[type="file"]').set_input_files(tmp_path / "farms.mcplan")
    other.page.get_by_role("button", name="Take over what is ticked").wait_for()
    other.settle()
    found = Axe().run(other.page, context=[["[data-testid=stForm]"]]).response["violations"]
    assert [each["id"] for each in found] == []
    assert other.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    other.page.get_by_role("button", name="Take over what is ticked").click()
    other.page.get_by_text("taken over from").wait_for()
    assert served.answer(other.plan, "first.case").value == "Farms ask for it"
