"""From a frozen version to a decision with a condition, and what the screens say once the plan goes on."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

from playwright.sync_api import Page, Route, expect

from mcplan.decisions import Submission
from storage.database import writing
from storage.decisions import store_submission
from storage.versions import store_version
from tests.browser.conftest import Arrive
from tests.browser.served import Served
from tests.builders import door


def freeze(page: Page, name: str) -> None:
    page.get_by_role("button", name="Freeze a version").click()
    page.get_by_role("textbox", name="Name", exact=True).fill(name)
    page.get_by_role("button", name="Freeze", exact=True).click()


def choose(page: Page, label: str, name: str) -> None:
    """Pick or type a name in a list that takes new ones."""
    field = page.get_by_role("combobox", name=label)
    field.fill(name)
    field.press("Enter")


def a_day(page: Page, label: str, day: str) -> None:
    """Type a day as eight digits, year first, into the parts of its field."""
    page.get_by_role("group", name=label, exact=True).get_by_role("spinbutton").first.focus()
    page.keyboard.type(day)
    page.keyboard.press("Escape")


def test_a_team_freezes_and_submits_the_board_approves_with_a_condition_and_a_later_edit_shows(
    served: Served, arrive: Arrive
):
    dana = arrive(served)
    served.store(dana.plan, "first.case", by="Dana", value="Employers ask for it.")
    dana.open("versions")
    freeze(dana.page, "For the Senate")
    expect(dana.page.get_by_text("Version 1 “For the Senate” is frozen.")).to_be_visible()
    expect(dana.page.get_by_text("1 · For the Senate")).to_be_visible()

    dana.open("decision")
    dana.page.get_by_text("Submit a version").click()
    choose(dana.page, "Who decides", "Senate")
    a_day(dana.page, "To be decided by", "20300512")
    dana.page.get_by_role("button", name="Submit", exact=True).click()
    expect(dana.page.get_by_text("The version is with the board.")).to_be_visible()
    expect(dana.page.get_by_text("To be decided by 12 May 2030.").first).to_be_visible()

    dana.page.get_by_label("Decided by", exact=True).fill("Sam")
    dana.page.get_by_text("Approve with conditions", exact=True).click()
    dana.page.get_by_label("Reason", exact=True).fill("The need is plain.")
    dana.page.get_by_label("Condition 1", exact=True).fill("Agree on the price")
    choose(dana.page, "Who looks after it", "Dana")
    a_day(dana.page, "Due", "20300630")
    dana.page.get_by_role("button", name="Keep the decision").click()
    expect(dana.page.get_by_text("The version is approved with conditions.")).to_be_visible()
    expect(dana.page.get_by_text("by Sam (recorded by Dana)").first).to_be_visible()
    expect(dana.page.get_by_text("Nothing a board decides on has changed since approval.")).to_be_visible()

    served.store(dana.plan, "first.case", by="Dana", value="Nobody asks for it.")
    dana.open("overview")
    expect(dana.page.get_by_text("1 material change since approval")).to_be_visible()
    dana.open("versions")
    dana.page.get_by_text("Compare", exact=True).click()
    expect(dana.page.locator("del", has_text="Employers")).to_be_visible()


def with_the_board(served: Served, plan: str) -> None:
    """Put a version of the plan before the Senate, on another screen."""
    at = datetime.now(UTC)
    with writing(served.engine) as session:
        access = door(session, plan)
        store_version(access, served.questionnaire, f"v-{plan}", "For the Senate", at=at)
        given = Submission(f"s-{plan}", f"v-{plan}", "G1", "Dana", "Senate", date(2030, 5, 12), "", at)
        store_submission(access, given, seen=0, move_id=f"m-{plan}", at=at)


def test_a_reason_in_a_review_is_stored_while_it_is_typed(served: Served, arrive: Arrive):
    dana = arrive(served)
    with_the_board(served, dana.plan)
    dana.open("review")
    field = dana.page.get_by_label("Reason", exact=True).first
    field.press_sequentially("Three employers say so")
    elsewhere = arrive(served, plan_id=dana.plan)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        elsewhere.open("review")
        if elsewhere.page.get_by_label("Reason", exact=True).first.input_value():
            break
    expect(elsewhere.page.get_by_label("Reason", exact=True).first).to_have_value("Three employers say so")
    expect(field).to_be_focused()
    field.press_sequentially(", in writing.")
    expect(field).to_have_value("Three employers say so, in writing.")


def test_words_of_a_decision_come_back_after_a_reload_and_go_once_it_is_kept(served: Served, arrive: Arrive):
    dana = arrive(served)
    with_the_board(served, dana.plan)
    dana.open("decision")
    dana.page.get_by_text("Put off", exact=True).click()
    dana.page.get_by_label("Reason", exact=True).press_sequentially("Nobody has asked the employers yet.")
    dana.page.reload()
    expect(dana.page.get_by_text("What you had typed here is kept on this device")).to_be_visible()
    dana.page.get_by_text("Put off", exact=True).click()
    reason = dana.page.get_by_label("Reason", exact=True)
    expect(reason).to_have_value("Nobody has asked the employers yet.")
    expect(dana.page.get_by_text("What you had typed here is kept on this device")).to_be_hidden()

    dana.page.get_by_label("Decided by", exact=True).fill("Sam")
    a_day(dana.page, "The board looks again on", "20300630")
    dana.page.get_by_role("button", name="Keep the decision").click()
    expect(dana.page.get_by_text("The decision is put off.")).to_be_visible()
    expect(dana.page.get_by_text("Nobody has asked the employers yet.")).to_be_visible()
    dana.page.get_by_text("Approve", exact=True).click()
    expect(reason).to_have_value("")
    expect(dana.page.get_by_text("What you had typed here is kept on this device")).to_be_hidden()


def test_words_typed_before_the_script_that_keeps_them_has_arrived_are_kept_too(served: Served, arrive: Arrive):
    dana = arrive(served)
    with_the_board(served, dana.plan)
    held: list[Route] = []
    dana.open("review")
    dana.page.route("**/typed.js", lambda route: held.append(route))
    dana.page.reload()
    dana.settle()
    field = dana.page.get_by_label("Reason", exact=True).first
    field.press_sequentially("Three employers say so")
    expect(field).to_have_value("Three employers say so")
    assert held
    for route in held:
        route.continue_()
    until = time.monotonic() + 10
    while not dana.page.evaluate("Object.keys(localStorage).some((key) => key.includes('form review'))"):
        assert time.monotonic() < until, "nothing is kept on the device"
        dana.page.wait_for_timeout(100)
