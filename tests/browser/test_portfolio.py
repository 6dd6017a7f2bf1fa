"""A person finds a plan in the portfolio, saves the filter, and sees its phases and the plan itself."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Arrive
from tests.browser.served import Served


def test_a_plan_is_found_by_a_saved_filter_and_opened(served: Served, arrive: Arrive):
    dana = arrive(served)
    page = dana.page
    dana.open("portfolio")
    find = page.get_by_role("textbox", name="Find")
    find.fill("cold chain")
    find.press("Enter")
    link = page.get_by_role("link", name="Cold chain basics").first
    expect(link).to_be_visible()
    page.get_by_role("button", name="Saved views").click()
    page.get_by_role("textbox", name="Save what is shown now as").fill("Cold ones")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("“Cold ones” is saved")).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart").get_by_text("furthest behind")).to_be_visible()
    page.evaluate("window.isTheSamePage = true")
    link.click()
    expect(page.get_by_role("heading", name="Cold chain basics", level=1)).to_be_visible()
    assert page.evaluate("window.isTheSamePage")
