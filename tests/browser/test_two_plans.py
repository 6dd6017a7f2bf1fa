"""Two plans in two tabs of one browser: each tab stays with its own, also when the server restarts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Arrive
from tests.browser.served import Served


def goes_on(page: Page) -> None:
    page.locator('[data-testid="stApp"][data-test-connection-state="CONNECTED"]').wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()


@pytest.mark.parametrize("waits", [True, False], ids=["after", "while"])
def test_a_tab_stays_with_its_plan_when_the_server_restarts(mortal: Served, arrive: Arrive, waits: bool):
    dana = arrive(mortal)
    first, other = dana.page, mortal.start_plan()
    second = dana.context.new_page()
    second.goto(f"{mortal.url}/first?plan={other}")
    goes_on(second)
    expect(second.locator(".present")).to_be_visible()
    mortal.kill()
    second.wait_for_timeout(1500)
    mortal.start()
    for page, plan in ((first, dana.plan), (second, other)):
        page.bring_to_front()
        if waits:
            goes_on(page)
        page.get_by_role("link", name="Second phase", exact=True).click()
        expect(page.get_by_role("heading", name="Second phase")).to_be_visible(timeout=20_000)
        goes_on(page)
        assert f"plan={plan}" in page.url


def test_a_tab_at_the_list_of_plans_leads_on_to_its_own_plan_after_a_restart(mortal: Served, arrive: Arrive):
    dana = arrive(mortal)
    first, other = dana.page, mortal.start_plan()
    first.get_by_role("link", name="Plans", exact=True).click()
    expect(first.get_by_role("heading", name="Micro-credential plans")).to_be_visible()
    second = dana.context.new_page()
    second.goto(f"{mortal.url}/first?plan={other}")
    goes_on(second)
    expect(second.locator(".present")).to_be_visible()
    mortal.kill()
    second.wait_for_timeout(1500)
    mortal.start()
    first.bring_to_front()
    goes_on(first)
    first.get_by_role("link", name="Second phase", exact=True).click()
    expect(first.get_by_role("heading", name="Second phase")).to_be_visible(timeout=20_000)
    goes_on(first)
    assert f"plan={dana.plan}" in first.url
