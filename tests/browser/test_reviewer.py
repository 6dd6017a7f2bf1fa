"""A reviewer who has signed in: they may read everything and say how sure they are, and nothing else of an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from storage.database import writing
from storage.invitations import invite_by_email
from tests.browser.conftest import WHY
from tests.browser.served import Served
from tests.browser.test_sign_in import sign_in, signing_in
from tests.builders import door

SAM = {"sam": {"name": "Sam Ito", "email": "sam@example.org", "email_verified": True}}
VERSIONS = 24
"""More than the history shows at once."""


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with signing_in(tmp_path_factory.mktemp("reviewer"), SAM) as served:
        yield served


def a_plan_to_review(served: Served) -> str:
    """A plan of Dana's with a long history, to which Sam is invited as a reviewer; its id."""
    plan = served.start_plan()
    for number in range(VERSIONS):
        served.store(plan, "first.case", by=f"Author {number % 2}", value=f"Reason {number}")
    with writing(served.engine) as session:
        invite_by_email(door(session, plan), "sam@example.org", "reviewer", at=datetime.now(UTC))
    return plan


def send_again(page: Page, request: Request, changes: dict[str, object]) -> int:
    """Send a save of a box once more with other changes; the status of the reply."""
    parts = request.post_data_json | {"changes": changes, "save_id": "another"}
    return int(page.request.post(request.url, data=parts, headers={"Origin": page.url.rpartition("/")[0]}).status)


def test_a_reviewer_says_how_sure_they_are_and_can_do_nothing_else_to_an_answer(browser: Browser, guarded: Served):
    plan = a_plan_to_review(guarded)
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(guarded.url)
    sign_in(page, "sam")
    page.goto(f"{guarded.url}/first?plan={plan}")
    card = page.locator(".card").filter(has=page.get_by_role("textbox", name=WHY))

    expect(card.get_by_role("textbox", name=WHY)).to_be_disabled()
    expect(card.get_by_role("radio", name="Agreed")).to_be_disabled()
    expect(card.get_by_label("Owner")).to_be_disabled()
    card.get_by_text("History (24 versions)").click()
    card.get_by_role("button", name="Show older versions").click()
    expect(card.get_by_role("region", name="Version of Author 0")).to_have_count(VERSIONS // 2)
    expect(card.get_by_role("button", name="Restore this")).to_have_count(0)

    with page.expect_request("**/api/answers") as saved:
        card.get_by_role("radio", name="4", exact=True).check()
    expect(card.get_by_text("Your confidence is saved.")).to_contain_text("by Author 1")

    answer = guarded.answer(plan, "first.case")
    assert (answer.value, answer.by, dict(answer.confidence)) == ("Reason 23", "Author 1", {"Sam Ito": 4})
    assert send_again(page, saved.value, {"value": "Mine"}) == 403
    assert send_again(page, saved.value, {"confidence": 2, "stage": 3}) == 403
    assert guarded.answer(plan, "first.case").value == "Reason 23"
    context.close()
