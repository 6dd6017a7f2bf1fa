"""The boxes can be used by everybody: with a keyboard, a screen reader, a phone, and in either theme."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Arrive
from tests.browser.served import Served

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def cramped(page: Page) -> set[tuple[int, int, int]]:
    """Of the boxes on a screen: pixels they are too wide, targets that are too small for a finger, fields that zoom."""
    sizes = page.locator(".box").evaluate_all("""(boxes) => boxes.map((box) => ({
        wide: box.scrollWidth - box.clientWidth,
        small: Array.from(box.querySelectorAll("button, input, select, textarea, summary"))
            .filter((node) => node.checkVisibility())
            .map((node) => (node.closest("label") ?? node).getBoundingClientRect())
            .filter(({ width, height }) => width < 24 || height < 24).length,
        tiny: Array.from(box.querySelectorAll("input:not([type=radio], [type=checkbox]), select, textarea"))
            .filter((node) => parseFloat(getComputedStyle(node).fontSize) < 16).length,
    }))""")
    return {(each["wide"], each["small"], each["tiny"]) for each in sizes}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_in_the_boxes(served: Served, arrive: Arrive, theme: str, width: int):
    dana = arrive(served, color_scheme=theme)
    dana.page.set_viewport_size({"width": width, "height": 844})
    dana.field().fill("Dana thinks")
    served.store(dana.plan, "first.case", value="Sam thinks")
    dana.field("Where is the report?").fill("ftp://nowhere")
    expect(dana.page.get_by_role("group", name="Two versions of the answer")).to_be_visible()
    for details in dana.page.locator("summary").all()[:4]:
        details.evaluate("(node) => (node.parentElement.open = true)")
    dana.page.get_by_role("button", name="Add evidence").first.click()

    found = Axe().run(dana.page, context=".stBidiComponent", options=RULES).response["violations"]

    assert [(each["id"], each["nodes"][0]["html"], each["nodes"][0]["failureSummary"]) for each in found] == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_sticks_out_and_everything_is_large_enough_to_hit(served: Served, arrive: Arrive, width: int):
    dana = arrive(served)
    dana.page.set_viewport_size({"width": width, "height": 720})
    dana.page.get_by_role("radio", name="Revenue").check()
    for details in dana.page.locator("summary").all():
        details.evaluate("(node) => (node.parentElement.open = true)")
    dana.page.get_by_role("button", name="Add evidence").first.click()

    assert cramped(dana.page) == {(0, 0, 0)}


def test_a_box_can_be_filled_in_with_the_keyboard_alone(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.field().focus()
    dana.page.keyboard.type("Because")
    dana.page.keyboard.press("Tab")
    dana.page.keyboard.press("ArrowRight")
    dana.page.keyboard.press("Tab")
    dana.page.keyboard.press("ArrowDown")
    dana.page.keyboard.press("Tab")
    dana.page.keyboard.press("ArrowRight")

    dana.page.wait_for_timeout(1000)
    expect(dana.status()).to_contain_text("Saved")
    answer = served.answer(dana.plan, "first.case")
    assert (answer.value, answer.owner) == ("Because", "dana")
    assert answer.stage > 0
    assert answer.confidence


def test_undo_still_works_after_a_save(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.field().press_sequentially("Because")
    assert dana.is_stored("first.case", "Because")
    dana.page.wait_for_timeout(2500)
    dana.field().press_sequentially("XYZ")
    assert dana.is_stored("first.case", "BecauseXYZ")

    for _ in range(3):
        dana.field().press("Control+z")

    assert not dana.field().input_value().endswith("XYZ")
