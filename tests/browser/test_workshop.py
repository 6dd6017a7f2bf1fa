"""A whole workshop: a facilitator, three participants, one of whom loses the connection, and the projector."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from storage.database import reading, writing
from storage.workshops import Agenda, fetch_sitting, open_workshop, store_agenda
from tests.browser.conftest import Arrive, Visit
from tests.browser.served import Served
from tests.browser.test_access import RULES
from tests.builders import door

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
CODE = "K7M4PQ"
SMALL = """(root) => Array.from(root.querySelectorAll("button, input:not([type=radio]), textarea, summary"))
    .map((node) => node.getBoundingClientRect())
    .filter(({ width, height }) => width && (width < 24 || height < 24)).length"""
HOSTILE = "<img src=x onerror=\"document.title='taken'\"> **bold** </p><script>document.title='taken'</script>"


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Browsers of people without an account."""
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


def open_a_workshop(served: Served, plan_id: str, code: str = CODE, *ids: str) -> None:
    agenda = Agenda("Why day", 60, 5, 10, False, tuple((id, 0) for id in ids or ("first.case",)))
    with writing(served.engine) as session:
        access, at = door(session, plan_id, "Dana"), datetime.now(UTC)
        store_agenda(access, served.questionnaire, code, agenda, at=at)
        open_workshop(access, code, code, {"readiness": "0 %"}, at=at)


def come_in(
    browser: Browser, contexts: list[BrowserContext], served: Served, name: str, code: str = CODE, **how
) -> Page:
    context = browser.new_context(**PHONE | how)
    contexts.append(context)
    page = context.new_page()
    page.goto(f"{served.url}/w/{code}")
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Come in").click()
    return page


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_a_whole_workshop_in_the_room(served: Served, arrive: Arrive, browser: Browser, contexts) -> None:
    dana: Visit = arrive(served)
    open_a_workshop(served, dana.plan)
    dana.page.goto(f"{served.url}/workshop-lead?plan={dana.plan}&workshop={CODE}")
    lead = dana.page.locator(".lead")
    expect(lead.get_by_text("K7M 4PQ")).to_be_visible()
    wall = contexts_page(browser, contexts)
    wall.goto(served.url + lead.get_by_role("link", name="Open the projector page").get_attribute("href"))
    ana, ben, cy = (come_in(browser, contexts, served, name) for name in ("Ana", "Ben", HOSTILE[:40]))
    heading(cy, "Welcome. The workshop begins soon.")
    expect(wall.get_by_text("3 people here")).to_be_visible()
    expect(wall.locator(".code")).to_have_text("K7M 4PQ")

    lead.get_by_role("button", name="First question").click()
    heading(ana, "Read the question")
    expect(wall.get_by_role("heading", level=1)).to_have_text("Why should we do it?")
    lead.get_by_role("button", name="Let everybody write").click()
    for page, words in (ana, "Employers ask for it every week."), (ben, "Employers ask every week."):
        page.locator("#proposal").fill(words)
        expect(page.get_by_text("Saved. You can go on writing.")).to_be_visible()
    cy.context.set_offline(True)
    cy.locator("#proposal").fill(HOSTILE)
    expect(cy.locator("#state", has_text="Kept on this phone")).to_be_visible()
    expect(wall.get_by_text("2 of 3 done")).to_be_visible()
    assert "Employers" not in wall.inner_text("body")
    expect(lead.get_by_text("Employers")).to_have_count(0)
    cy.context.set_offline(False)
    expect(wall.get_by_text("3 of 3 done")).to_be_visible()

    lead.get_by_role("button", name="Show the proposals").click()
    expect(ana.get_by_text("Alike: ask, employer, every, week")).to_be_visible()
    expect(ana.locator(".card")).to_have_count(3)
    assert HOSTILE in ana.inner_text("body")
    lead.get_by_role("button", name="Ask for support").click()
    ana.get_by_role("button", name="Support this").first.click()
    expect(ana.get_by_text("1 of 2 votes left.")).to_be_visible()
    expect(lead.get_by_text("1 vote")).to_be_visible()
    lead.get_by_role("button", name="Write the team's answer").click()
    lead.get_by_role("button", name="Take this over").first.click()
    expect(lead.get_by_text("Draft saved.")).to_be_visible()

    served.store(dana.plan, "first.case", value="Somebody else's words.")
    lead.get_by_role("button", name="Store as the team's answer").click()
    expect(lead.get_by_text("Sam has just changed this answer in the plan to:")).to_be_visible()
    lead.get_by_role("button", name="Store ours; theirs stays in the history").click()
    heading(ben, "How sure are you?")
    for page, number in (ana, "5"), (ben, "2"):
        page.get_by_role("button", name=number, exact=True).click()
    expect(lead.get_by_text("The team is split.")).to_be_visible()
    ben.get_by_text("Park a thought").click()
    ben.get_by_label("Something that matters, but not now").fill("Ask finance.")
    ben.get_by_role("button", name="Park it").click()
    lead.get_by_role("button", name="Make it a comment").click()
    expect(lead.get_by_text("now a comment")).to_be_visible()
    lead.locator(".moves").first.get_by_role("button", name="Go to the closing").click()
    heading(ana, "Closing: how is your energy?")
    ana.get_by_role("button", name="4", exact=True).click()
    expect(lead.get_by_text("Energy: 4.0 of 5, from 1.")).to_be_visible()
    lead.get_by_role("button", name="Close the workshop").click()
    lead.get_by_role("button", name="Really close it for everybody?").click()
    heading(cy, "The workshop has ended. Thank you for taking part.")
    expect(dana.page.get_by_text("Where the team disagrees")).to_be_visible()
    expect(dana.page.get_by_text("Confidence runs from 2 to 5 of 5")).to_be_visible()

    answer = served.answer(dana.plan, "first.case")
    assert str(answer.value).startswith("Employers ask")
    assert answer.confidence == {"Ana": 5, "Ben": 2}
    assert "Somebody else's words." in served.history(dana.plan, "first.case")
    assert {page.title() for page in (ana, ben, cy)} == {"Workshop"}
    assert wall.title() == "Workshop on the big screen"


def contexts_page(browser: Browser, contexts: list[BrowserContext], **how) -> Page:
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 720}} | how)
    contexts.append(context)
    return context.new_page()


def test_what_was_typed_offline_is_sent_when_the_phone_is_used_again(served: Served, arrive: Arrive, browser, contexts):
    dana = arrive(served)
    open_a_workshop(served, dana.plan, "222333")
    dana.page.goto(f"{served.url}/workshop-lead?plan={dana.plan}&workshop=222333")
    ana = come_in(browser, contexts, served, "Ana", "222333")
    lead = dana.page.locator(".lead")
    lead.get_by_role("button", name="First question").click()
    lead.get_by_role("button", name="Let everybody write").click()
    ana.locator("#proposal").fill("Before the tunnel.")
    expect(ana.get_by_text("Saved.")).to_be_visible()
    ana.context.set_offline(True)
    ana.locator("#proposal").fill("In the tunnel.")
    ana.close()
    # A colleague who may facilitate goes on meanwhile, at a screen of their own.
    sam = arrive(served, "Sam", dana.plan)
    sam.page.goto(f"{served.url}/workshop-lead?plan={dana.plan}&workshop=222333")
    dana.page.close()
    sam.page.locator(".lead").get_by_role("button", name="Show the proposals").click()
    contexts[0].set_offline(False)
    again = contexts[0].new_page()
    again.goto(f"{served.url}/w/222333")
    expect(again.get_by_text("In the tunnel.")).to_be_visible()
    with reading(served.engine) as session:
        sitting = fetch_sitting(door(session, dana.plan), "222333")
    assert [each.text for each in sitting.proposals] == ["In the tunnel."]
    assert sitting.workshop.lead == "Sam"


def test_everybody_can_use_the_pages_of_the_room(served: Served, arrive: Arrive, browser, contexts):
    code, theme = "444555", "dark"
    dana = arrive(served)
    open_a_workshop(served, dana.plan, code, "first.driver")
    dana.page.goto(f"{served.url}/workshop-lead?plan={dana.plan}&workshop={code}")
    lead = dana.page.locator(".lead")
    wall = contexts_page(browser, contexts, color_scheme=theme)
    wall.goto(served.url + lead.get_by_role("link", name="Open the projector page").get_attribute("href"))
    door_page = contexts_page(browser, contexts, **PHONE)
    door_page.goto(f"{served.url}/w/{code}")
    ana = come_in(browser, contexts, served, "Ana", code, color_scheme=theme)
    lead.get_by_role("button", name="First question").click()
    lead.get_by_role("button", name="Let everybody write").click()
    ana.locator("#proposal").fill("Volume, since the price is fixed.")
    expect(wall.get_by_text("1 of 1 done")).to_be_visible()
    found = faults(ana)
    for name in ("Show the proposals", "Ask for support"):
        lead.get_by_role("button", name=name).click()
    expect(ana.get_by_role("button", name="Support this")).to_be_visible()
    found += faults(ana) + faults(wall) + faults(door_page)
    lead.get_by_role("button", name="Write the team's answer").click()
    lead.get_by_label("Volume").check()
    found += faults(dana.page, ".stBidiComponent")
    lead.get_by_role("button", name="Store as the team's answer").click()
    expect(ana.get_by_role("button", name="5", exact=True)).to_be_visible()
    found += faults(ana)
    assert found == []
    assert served.answer(dana.plan, "first.driver").value == {"picks": ["volume"], "other": ""}


def faults(page: Page, context: str = "body") -> list[tuple[str, str]]:
    """What axe finds, what is too small for a thumb, and what sticks out."""
    found = Axe().run(page, context=context, options=RULES).response["violations"]
    small = page.locator(context).first.evaluate(SMALL)
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [(each["id"], each["nodes"][0]["html"]) for each in found] + [("small", "")] * small + [("wide", "")] * wide
