"""A whole workshop: a facilitator, three participants, one of whom loses the connection, and the projector."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from mcplan.people import Person, somebody_here
from mcplan.plan import Plan
from storage.access import authorize
from storage.database import reading, writing
from storage.people import fetch_people
from storage.plans import start_plan
from storage.sittings import move_on
from storage.workshops import Agenda, fetch_sitting, open_workshop, store_agenda
from tests.browser.served import Served
from tests.browser.test_access import RULES
from tests.browser.test_sign_in import PEOPLE, sign_in, signing_in
from tests.builders import door

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
CODE = "K7M4PQ"
SMALL = """(root) => Array.from(root.querySelectorAll("button, input:not([type=radio]), textarea, summary"))
    .map((node) => node.getBoundingClientRect())
    .filter(({ width, height }) => width && (width < 24 || height < 24)).length"""
DANA = somebody_here("Dana")
HURRY = """const real = window.setTimeout;
window.setTimeout = (work, wait, ...more) => real(work, wait <= 1000 ? wait / 5 : wait, ...more);"""
"""What is asked once a second is asked five times as often, so that a workshop takes no minute of a test."""
HOSTILE = "<img src=x onerror=\"document.title='taken'\"> **bold** </p><script>document.title='taken'</script>"


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Browsers of people without an account."""
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


def open_a_workshop(served: Served, plan_id: str, code: str = CODE, *ids: str, by: Person = DANA) -> None:
    agenda = Agenda("Why day", 60, 5, 10, False, tuple((id, 0) for id in ids or ("first.case",)))
    with writing(served.engine) as session:
        at = datetime.now(UTC)
        access = authorize(session, by, plan_id, "facilitate", at)
        store_agenda(access, served.questionnaire, code, agenda, at=at)
        open_workshop(access, code, code, {"readiness": "0 %"}, at=at)


def somebody(browser: Browser, contexts: list[BrowserContext], **how) -> Page:
    """A browser of somebody's own; without a name they have no account."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 720}} | how)
    context.add_init_script(HURRY)
    contexts.append(context)
    return context.new_page()


def leading(browser: Browser, contexts: list[BrowserContext], served: Served, plan: str, code=CODE, by="Dana") -> Page:
    """The screen of a facilitator."""
    page = somebody(browser, contexts)
    page.context.add_cookies([{"name": "mcplan_me", "value": by, "url": served.url}])
    page.goto(f"{served.url}/workshop-lead?plan={plan}&workshop={code}")
    return page


def come_in(
    browser: Browser, contexts: list[BrowserContext], served: Served, name: str, code: str = CODE, **how
) -> Page:
    page = somebody(browser, contexts, **PHONE | how)
    page.goto(f"{served.url}/w/{code}")
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Come in").click()
    return page


def heading(page: Page, words: str) -> None:
    page.get_by_role("heading", level=1, name=words, exact=True).wait_for()


def test_a_whole_workshop_in_the_room(served: Served, browser: Browser, contexts) -> None:
    plan = served.start_plan()
    open_a_workshop(served, plan)
    dana = leading(browser, contexts, served, plan)
    lead = dana.locator(".lead")
    lead.get_by_text("K7M 4PQ").wait_for()
    wall = somebody(browser, contexts)
    wall.goto(served.url + lead.get_by_role("link", name="Open the projector page").get_attribute("href"))
    ana, ben, cy = (come_in(browser, contexts, served, name) for name in ("Ana", "Ben", HOSTILE[:40]))
    heading(cy, "Welcome. The workshop begins soon.")
    wall.get_by_text("3 people here").wait_for()
    expect(wall.locator(".code")).to_have_text("K7M 4PQ")

    lead.get_by_role("button", name="First question").click()
    heading(ana, "Read the question")
    expect(wall.get_by_role("heading", level=1)).to_have_text("Why should we do it?")
    lead.get_by_role("button", name="Let everybody write").click()
    for page, words in (ana, "Employers ask for it every week."), (ben, "Employers ask every week."):
        page.locator("#proposal").fill(words)
        page.get_by_text("Saved. You can go on writing.").wait_for()
    ana.get_by_role("button", name="Add another idea").click()
    ana.get_by_label("Your idea 2").fill("The port pays.")
    cy.context.set_offline(True)
    cy.locator("#proposal").fill(HOSTILE)
    cy.locator("#proposal-state", has_text="Kept on this phone").wait_for()
    wall.get_by_text("2 of 3 done").wait_for()
    assert "Employers" not in wall.inner_text("body")
    expect(lead.get_by_text("Employers")).to_have_count(0)
    cy.context.set_offline(False)
    wall.get_by_text("3 of 3 done").wait_for()

    lead.get_by_role("button", name="Show the proposals").click()
    ana.get_by_text("Alike: ask, employer, every, week").wait_for()
    expect(ana.locator(".card")).to_have_count(4)
    assert HOSTILE in ana.inner_text("body")
    lead.get_by_role("button", name="Ask for support").click()
    ana.get_by_role("button", name="Support this").first.click()
    ana.get_by_text("2 of 3 votes left.").wait_for()
    lead.get_by_text("1 vote").wait_for()
    lead.get_by_role("button", name="Energy check").click()
    for page, number in (ana, "5"), (ben, "2"), (cy, "4"):
        heading(page, "How is your energy?")
        page.get_by_role("button", name=number, exact=True).click()
        heading(page, "Give your support")
    wall.get_by_text("3.7 of 5 on average, from 3 of 3.").wait_for()
    lead.get_by_role("button", name="Write the team's answer").click()
    lead.locator(".card", has_text="Employers ask for").get_by_role("button", name="Take this over").click()
    lead.get_by_text("Draft saved.").wait_for()

    served.store(plan, "first.case", value="Somebody else's words.")
    lead.get_by_role("button", name="Store as the team's answer").click()
    lead.get_by_text("Sam has just changed this answer in the plan to:").wait_for()
    lead.get_by_role("button", name="Store ours; theirs stays in the history").click()
    heading(ben, "How sure are you?")
    for page, number in (ana, "5"), (ben, "2"):
        page.get_by_role("button", name=number, exact=True).click()
    lead.get_by_text("The team is split.").wait_for()
    ben.get_by_text("Park a thought").click()
    ben.get_by_label("Something that matters, but not now").fill("Ask finance.")
    ben.get_by_role("button", name="Park it").click()
    lead.get_by_role("button", name="Make it a comment").click()
    lead.get_by_text("now a comment").wait_for()
    lead.locator(".moves").first.get_by_role("button", name="Go to the closing").click()
    heading(ana, "Closing: how is your energy?")
    ana.get_by_role("button", name="4", exact=True).click()
    lead.get_by_text("Energy: 1 of 3 answered. The mean is shown from 3 answers on.").wait_for()
    lead.get_by_role("button", name="Close the workshop").click()
    lead.get_by_role("button", name="Really close it for everybody?").click()
    heading(cy, "The workshop has ended. Thank you for taking part.")
    dana.get_by_text("Where the team disagrees").wait_for()
    dana.get_by_text("Confidence runs from 2 to 5 of 5").wait_for()

    answer = served.answer(plan, "first.case")
    assert str(answer.value).startswith("Employers ask")
    assert answer.confidence == {"Ana": 5, "Ben": 2}
    assert "Somebody else's words." in served.history(plan, "first.case")
    assert {page.title() for page in (ana, ben, cy)} == {"Workshop"}
    assert wall.title() == "Workshop on the big screen"


def test_what_was_typed_offline_is_sent_when_the_phone_is_used_again(served: Served, browser, contexts):
    plan = served.start_plan()
    open_a_workshop(served, plan, "222333")
    ana = come_in(browser, contexts, served, "Ana", "222333")
    dana = leading(browser, contexts, served, plan, "222333")
    lead = dana.locator(".lead")
    lead.get_by_role("button", name="First question").click()
    lead.get_by_role("button", name="Let everybody write").click()
    ana.locator("#proposal").fill("Before the tunnel.")
    ana.get_by_text("Saved.").wait_for()
    ana.context.set_offline(True)
    ana.locator("#proposal").fill("In the tunnel.")
    ana.close()
    # A colleague who may facilitate goes on meanwhile, at a screen of their own.
    sam = leading(browser, contexts, served, plan, "222333", by="Sam")
    dana.close()
    sam.locator(".lead").get_by_role("button", name="Show the proposals").click()
    contexts[0].set_offline(False)
    again = contexts[0].new_page()
    again.goto(f"{served.url}/w/222333")
    again.get_by_text("In the tunnel.").wait_for()
    with reading(served.engine) as session:
        sitting = fetch_sitting(door(session, plan), "222333")
    assert [each.text for each in sitting.proposals] == ["In the tunnel."]
    assert sitting.workshop.lead == "Sam"


def test_a_phone_that_is_reloaded_without_a_connection_has_its_page_and_its_words(mortal: Served, browser, contexts):
    plan = mortal.start_plan()
    open_a_workshop(mortal, plan)
    with writing(mortal.engine) as session:
        for seen in 2, 3:
            move_on(door(session, plan, "Dana"), mortal.questionnaire, CODE, "next", seen=seen, at=datetime.now(UTC))
    ana = come_in(browser, contexts, mortal, "Ana")
    ana.locator("#proposal").fill("Before the tunnel.")
    ana.get_by_text("Saved.").wait_for()
    assert ana.evaluate("navigator.serviceWorker.ready.then((here) => here.scope)") == f"{mortal.url}/w/"
    mortal.kill()
    ana.locator("#proposal").fill("In the tunnel.")
    ana.reload()
    expect(ana.locator("#proposal")).to_have_value("In the tunnel.")
    ana.get_by_text("No connection at the moment.").wait_for()
    ana.get_by_role("button", name="Add another idea").click()
    ana.get_by_label("Your idea 2").fill("Still in it.")
    keys = ana.evaluate(
        "caches.open('x').then(() => caches.keys()).then(async (names) => (await Promise.all("
        "names.map(async (name) => (await (await caches.open(name)).keys()).map((each) => new URL(each.url).pathname)"
        "))).flat())"
    )
    assert [key for key in keys if not key.startswith("/w/files/")] == ["/w"], "nothing of a workshop is kept"
    mortal.start()
    expect(ana.get_by_text("Saved.")).to_have_count(2)
    with reading(mortal.engine) as session:
        sitting = fetch_sitting(door(session, plan), CODE)
    assert {each.text for each in sitting.proposals} == {"In the tunnel.", "Still in it."}


def test_a_member_takes_part_as_themselves_from_their_own_screen(tmp_path, browser, contexts):
    with signing_in(tmp_path, PEOPLE) as guarded:
        dana = somebody(browser, contexts)
        dana.goto(guarded.url)
        sign_in(dana, "dana")
        dana.get_by_role("button", name="Start a plan").wait_for()
        with writing(guarded.engine) as session:
            (known,) = [each.person for each in fetch_people(session)]
            plan = start_plan(
                session, guarded.questionnaire, Plan("", "Cold chain"), person=known, at=datetime.now(UTC)
            )
        open_a_workshop(guarded, plan, by=known)
        dana.goto(f"{guarded.url}/workshop-agenda?plan={plan}&workshop={CODE}")
        dana.goto(guarded.url + dana.get_by_role("link", name="Take part").get_attribute("href"))
        heading(dana, "Welcome. The workshop begins soon.")
        dana.get_by_text("You are in as Dana Okafor.").wait_for()
        with reading(guarded.engine) as session:
            (person,) = fetch_sitting(authorize(session, known, plan, "view", datetime.now(UTC)), CODE).present
        assert (person.name, person.person_id) == ("Dana Okafor", known.id)


def test_the_rows_of_a_table_are_named_by_the_room_and_stored(tables: Served, browser, contexts):
    plan = tables.start_plan()
    open_a_workshop(tables, plan, CODE, "course.modules")
    dana = leading(browser, contexts, tables, plan)
    lead = dana.locator(".lead")
    ana = come_in(browser, contexts, tables, "Ana")
    lead.get_by_role("button", name="First question").click()
    lead.get_by_role("button", name="Let everybody write").click()
    ana.get_by_text("Write one row in each proposal").wait_for()
    ana.locator("#proposal").fill("Pumps")
    ana.get_by_role("button", name="Add another idea").click()
    ana.get_by_label("Your idea 2").fill("Pipes")
    expect(ana.get_by_text("Saved.")).to_have_count(2)
    lead.get_by_role("button", name="Show the proposals").click()
    lead.get_by_role("button", name="Ask for support").click()
    lead.get_by_role("button", name="Write the team's answer").click()
    for name in "Pumps", "Pipes":
        lead.locator(".card", has_text=name).get_by_role("button", name="Take this over").click()
    lead.get_by_text("Draft saved.").wait_for()
    lead.get_by_role("button", name="Store these rows").click()
    heading(ana, "How sure are you?")
    rows = tables.answer(plan, "course.modules").value["rows"]
    assert [row["name"] for row in rows] == ["Pumps", "Pipes"]


def test_everybody_can_use_the_pages_of_the_room(served: Served, browser, contexts):
    code, theme, plan = "444555", "dark", served.start_plan()
    open_a_workshop(served, plan, code, "first.driver")
    dana = leading(browser, contexts, served, plan, code)
    lead = dana.locator(".lead")
    wall = somebody(browser, contexts, color_scheme=theme)
    wall.goto(served.url + lead.get_by_role("link", name="Open the projector page").get_attribute("href"))
    door_page = somebody(browser, contexts, **PHONE)
    door_page.goto(f"{served.url}/w/{code}")
    ana = come_in(browser, contexts, served, "Ana", code, color_scheme=theme)
    lead.get_by_role("button", name="First question").click()
    lead.get_by_role("button", name="Let everybody write").click()
    ana.locator("#proposal").fill("Volume, since the price is fixed.")
    ana.get_by_role("button", name="Add another idea").click()
    wall.get_by_text("1 of 1 done").wait_for()
    found = faults(ana)
    lead.get_by_role("button", name="Energy check").click()
    heading(ana, "How is your energy?")
    found += faults(ana) + faults(wall)
    for name in ("Show the proposals", "Ask for support"):
        lead.get_by_role("button", name=name).click()
    ana.get_by_role("button", name="Support this").wait_for()
    found += faults(ana) + faults(wall) + faults(door_page)
    lead.get_by_role("button", name="Write the team's answer").click()
    lead.get_by_label("Volume").check()
    found += faults(dana, ".stBidiComponent")
    lead.get_by_role("button", name="Store as the team's answer").click()
    ana.get_by_role("button", name="5", exact=True).wait_for()
    found += faults(ana)
    assert found == []
    assert served.answer(plan, "first.driver").value == {"picks": ["volume"], "other": ""}


def faults(page: Page, context: str = "body") -> list[tuple[str, str]]:
    """What axe finds, what is too small for a thumb, and what sticks out."""
    found = Axe().run(page, context=context, options=RULES).response["violations"]
    small = page.locator(context).first.evaluate(SMALL)
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [(each["id"], each["nodes"][0]["html"]) for each in found] + [("small", "")] * small + [("wide", "")] * wide
