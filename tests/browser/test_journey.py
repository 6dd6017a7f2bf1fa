"""A newcomer's way through every screen, in a browser, with the questions that ship."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

from questionnaire.load import CONTENT
from tests.browser.conftest import known
from tests.browser.served import Served

SIZES = {"projector": {"width": 1280, "height": 720}, "phone": {"width": 390, "height": 844}}
SCREENS = {
    "overview": "Cold-Climate Heat Pump Commissioning and Fault Diagnosis",
    "strategic": "Strategic planning",
    "marketing": "Marketing",
    "operational": "Operational considerations",
    "design": "Design and development",
    "delivery": "Delivery",
    "maintenance": "Maintenance",
    "readiness": "Readiness",
    "risks": "Risks",
    "dossier": "Dossier",
}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with the questions that ship."""
    server = Served(tmp_path_factory.mktemp("shipped"), content=CONTENT)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def page(browser: Browser, shipped: Served) -> Iterator[Page]:
    """A visitor's first sight of it; whatever the page fetches from elsewhere fails the test."""
    context = known(browser, shipped, viewport=SIZES["projector"])
    page = context.new_page()
    strange: list[str] = []
    page.on("request", lambda request: strange.append(request.url) if _is_foreign(request.url, shipped) else None)
    page.goto(shipped.url)
    drawn(page)
    yield page
    context.close()
    assert strange == []


def _is_foreign(url: str, served: Served) -> bool:
    return not url.startswith((served.url, served.url.replace("http", "ws", 1), "data:", "blob:"))


def drawn(page: Page) -> None:
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()


def open_example(page: Page) -> str:
    """Open the worked example with its one click, and give the plan's id."""
    page.get_by_role("button", name="Open the worked example").click()
    expect(page.get_by_role("heading", name="Cold-Climate Heat Pump")).to_be_visible()
    page.wait_for_url(re.compile(r"plan=\w+"))
    return re.search(r"plan=(\w+)", page.url)[1]


def test_from_a_blank_page_to_a_word_file(page: Page, tmp_path: Path):
    page.get_by_role("button", name="Start a plan").click()
    page.get_by_role("textbox", name="What will it be called?").fill("Wound care at home")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("heading", name="Wound care at home")).to_be_visible()
    expect(page.get_by_text("Red: not ready").first).to_be_visible()

    page.get_by_role("link", name="Strategic planning").first.click()
    answer = page.get_by_role("textbox", name="Why should your organisation offer this")
    answer.press_sequentially("Sixty-four homes lack a *trained* nurse.")
    box = page.locator("[id='strategic.business-case']")
    expect(box.get_by_role("status")).to_contain_text("Saved")

    page.get_by_role("link", name="Readiness").first.click()
    page.get_by_text(re.compile(r"^\d+ more$")).click()
    expect(page.get_by_text(re.compile("^Drafted; agreed is asked. Nobody yet, about"))).to_be_visible()
    page.get_by_role("link", name="Dossier").first.click()
    page.get_by_role("button", name="Make the Word file").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the Word file").click()
    assert download.value.suggested_filename == "Wound-care-at-home.docx"
    file = tmp_path / "dossier.docx"
    download.value.save_as(file)
    text = re.sub(r"<[^>]+>", "", ZipFile(BytesIO(file.read_bytes())).read("word/document.xml").decode())
    assert "Sixty-four homes lack a trained nurse." in text


def test_the_number_follows_within_three_seconds_and_nothing_moves_under_the_hands(page: Page):
    id = open_example(page)
    page.goto(f"{page.url.split('/overview')[0]}/operational?plan={id}&question=operational.learning-platform")
    drawn(page)
    answer = page.get_by_role("textbox", name="What will this ask of your learning platform")
    strip = page.get_by_text(re.compile("of 100 for design approval")).locator("..")
    expect(strip).to_contain_text("61–92")
    answer.click()
    place = answer.bounding_box()["y"]

    answer.press_sequentially("Nothing.")

    expect(strip).to_contain_text("62–92", timeout=3000 + 600)
    assert answer.bounding_box()["y"] == pytest.approx(place, abs=1)
    answer.press_sequentially(" Really.")
    expect(answer).to_have_value("Nothing. Really.")


def test_links_to_screens_work_in_a_new_tab_and_after_a_reload(page: Page):
    id = open_example(page)
    tab = page.context.new_page()
    for path, heading in SCREENS.items():
        tab.goto(f"{page.url.split('/overview')[0]}/{path}?plan={id}")
        expect(tab.get_by_role("heading", name=heading, exact=True).first).to_be_visible()
        expect(tab.get_by_text("Page not found")).to_have_count(0)
        assert f"plan={id}" in tab.url
    tab.reload()
    expect(tab.get_by_role("heading", name="Dossier", exact=True)).to_be_visible()


def test_a_link_to_a_question_brings_it_into_view(page: Page):
    id = open_example(page)
    page.goto(f"{page.url.split('/overview')[0]}/strategic?plan={id}&question=strategic.standard-price")
    drawn(page)
    expect(page.get_by_role("heading", name=re.compile(r"P1\.6a"))).to_be_in_viewport()
    expect(page.get_by_role("textbox", name=re.compile("standard price"))).to_be_focused()


def test_a_link_looks_for_its_server_where_it_is_and_nowhere_else(page: Page):
    """Streamlit's page asks below its own path first, and the screen waits for the refusal."""
    id = open_example(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    home = page.url.split("/overview")[0]

    page.goto(f"{home}/strategic?plan={id}")
    drawn(page)

    assert [url for url in asked if url.endswith("/_stcore/health")] == [f"{home}/_stcore/health"]


def test_the_first_deep_link_on_a_fresh_server_runs_through_the_front_door(browser: Browser, tmp_path: Path):
    """Streamlit would take a file in `pages/` for a screen of its own until somebody has opened the app."""
    fresh = Served(tmp_path, content=CONTENT)
    plan = fresh.start_plan()
    fresh.start()
    context = known(browser, fresh)
    try:
        page = context.new_page()
        page.goto(f"{fresh.url}/risks?plan={plan}")
        drawn(page)
        expect(page.get_by_role("heading", name="Risks", exact=True)).to_be_visible()
        expect(page.get_by_text("Page not found")).to_have_count(0)
    finally:
        context.close()
        fresh.kill()


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_than_the_screen(page: Page, size: str):
    id = open_example(page)
    page.set_viewport_size(SIZES[size])
    for path in ("", *SCREENS):
        page.goto(f"{page.url.split('?')[0].rsplit('/', 1)[0]}/{path}?plan={id}")
        drawn(page)
        wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth")
        assert wide <= 0, path


def test_the_way_out_of_a_phase_leads_to_the_next(page: Page):
    open_example(page)
    page.get_by_role("link", name="Strategic planning").first.click()
    page.get_by_role("link", name="Next phase: Marketing").click()
    expect(page.get_by_role("heading", name="Marketing", exact=True)).to_be_visible()


def test_whoever_says_their_name_is_remembered_on_this_device(page: Page):
    open_example(page)
    page.get_by_role("button", name=re.compile("You are")).click()
    page.get_by_role("combobox", name=re.compile("You are")).click()
    page.get_by_role("option", name="Priya Menon").click()
    until = time.monotonic() + 10
    while not any("Priya" in cookie["value"] for cookie in page.context.cookies()):
        assert time.monotonic() < until
        page.wait_for_timeout(50)
    page.reload()
    drawn(page)
    expect(page.get_by_role("button", name="You are Priya Menon")).to_be_visible()


def test_an_unknown_plan_is_a_plain_sentence(page: Page, shipped: Served):
    page.goto(f"{shipped.url}/strategic?plan=nobody-knows-it")
    drawn(page)
    expect(page.get_by_text("This plan is no longer there.")).to_be_visible()
    page.get_by_role("link", name="Go to the list of plans").click()
    expect(page.get_by_role("heading", name="Micro-credential plans")).to_be_visible()


def test_a_new_device_asks_once_for_a_name_and_leads_on_to_where_the_link_pointed(browser: Browser, tmp_path: Path):
    served = Served(tmp_path, content=CONTENT)
    plan = served.start_plan()
    served.start()
    context = browser.new_context(viewport=SIZES["projector"])
    try:
        page = context.new_page()
        page.goto(f"{served.url}/strategic?plan={plan}&question=strategic.standard-price")
        drawn(page)
        name = page.get_by_role("textbox", name="Your name")
        expect(name).not_to_have_value("")
        name.fill("Priya Menon")
        served.kill()
        page.wait_for_timeout(1000)
        served.start()
        page.locator('[data-testid="stApp"][data-test-connection-state="CONNECTED"]').wait_for()
        drawn(page)
        expect(name).to_have_value("Priya Menon")
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("textbox", name=re.compile("standard price"))).to_be_focused()
        expect(page.get_by_role("button", name="You are Priya Menon")).to_be_visible()

        until = time.monotonic() + 10
        while not any("Priya" in cookie["value"] for cookie in context.cookies()):
            assert time.monotonic() < until
            page.wait_for_timeout(50)
        again = context.new_page()
        again.goto(f"{served.url}/risks?plan={plan}")
        expect(again.get_by_role("heading", name="Risks", exact=True)).to_be_visible()
        expect(again.get_by_role("button", name="You are Priya Menon")).to_be_visible()
    finally:
        context.close()
        served.kill()


def test_an_action_is_made_from_a_finding_and_waits_for_whoever_takes_it(page: Page):
    id = open_example(page)
    home = page.url.split("/overview")[0]
    page.goto(f"{home}/actions?plan={id}")
    drawn(page)
    page.get_by_role("combobox", name=re.compile("Make an action of")).click()
    page.get_by_role("option").first.click()
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_text("Give it an owner and a day")).to_be_visible()
    expect(page.get_by_text("1 action is open, none late.")).to_be_visible()

    page.locator(".grid li summary").first.click()
    owner = page.locator(".grid .form").get_by_label("Owner", exact=True)
    owner.fill("Dana")
    owner.press("Tab")
    expect(page.get_by_role("status").filter(has_text=re.compile("^Saved"))).to_be_visible()

    page.goto(f"{home}/work")
    drawn(page)
    waits = (
        page.get_by_test_id("stMain").get_by_role("link").filter(has_text=re.compile("LO1|badge|zero", re.IGNORECASE))
    )
    waits.first.click()
    drawn(page)
    expect(page.get_by_role("heading", name="Actions", exact=True)).to_be_visible()


def test_a_risk_is_treated_and_its_past_says_who_took_it(page: Page):
    id = open_example(page)
    home = page.url.split("/overview")[0]
    page.goto(f"{home}/risks?plan={id}")
    drawn(page)
    picture = page.get_by_test_id("stVegaLiteChart")
    expect(picture).to_have_attribute("aria-label", re.compile(r"^1 extreme risk.* 1 at likelihood 4 and impact 4"))
    page.get_by_role("button", name="Treat this").first.click()
    expect(page.get_by_text("The risk is in the register below")).to_be_visible()

    rows = page.locator(".grid li summary")
    expect(rows).to_have_count(5)
    rows.last.click()
    owner = page.locator(".grid .form").get_by_label("Owner", exact=True)
    owner.fill("Dana")
    owner.press("Tab")
    # "Saved" stands there from before; the screen draws itself anew once the owner is stored, which closes any list.
    expect(page.get_by_text(re.compile("on · Dana$"))).to_be_visible()

    drawn(page)
    past = page.get_by_role("combobox", name=re.compile("History of a risk"))
    # A list that has just opened closes when the page scrolls beneath it.
    past.focus()
    page.wait_for_timeout(300)
    past.press("ArrowDown")
    page.get_by_test_id("stSelectboxVirtualDropdown").get_by_role("option").last.click()
    expect(page.get_by_text("Put into the table")).to_be_visible()
    expect(page.get_by_text(re.compile("Owner: Dana"))).to_be_visible()


@pytest.mark.parametrize(
    ("screen", "link", "leads_to"),
    [
        ("readiness", re.compile(r"^P3\.1c What has to change"), "Operational considerations"),
        ("findings", re.compile(r"^L3\.3$"), "Design and development"),
        ("risks", re.compile(r"^P3\.1c What has to change"), "Operational considerations"),
        ("overview", re.compile(r"^Strategic planning$"), "Strategic planning"),
        ("ecosystem", re.compile(r"^E2\.1 What micro-credentials"), "Strategic planning"),
    ],
)
def test_a_way_in_a_list_leads_there_and_back_without_loading_the_app_anew(page: Page, screen, link, leads_to):
    id = open_example(page)
    home = page.url.split("/overview")[0]
    page.goto(f"{home}/{screen}?plan={id}")
    drawn(page)
    title = page.get_by_test_id("stMain").get_by_role("heading", level=1).inner_text()
    page.evaluate("window.isTheSamePage = true")
    way = page.get_by_test_id("stMain").get_by_role("link", name=link).first
    address = way.evaluate("link => link.href")
    way.click()

    expect(page.get_by_role("heading", name=leads_to, exact=True, level=1)).to_be_visible()
    drawn(page)
    assert page.url == address
    if "question=" in address:
        expect(page.locator(".place:focus-within").first).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name=title, exact=True, level=1)).to_be_visible()
    assert page.evaluate("window.isTheSamePage")


def test_a_list_keeps_what_is_unfolded_and_can_be_walked_by_keyboard(page: Page):
    id = open_example(page)
    page.goto(f"{page.url.split('/overview')[0]}/readiness?plan={id}")
    drawn(page)
    more = page.get_by_text(re.compile(r"^\d+ more$")).last
    more.focus()
    page.keyboard.press("Enter")
    inside = page.locator("details[open] .ways a")
    expect(inside.first).to_be_visible()
    page.keyboard.press("Tab")
    expect(inside.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".place:focus-within").first).to_be_visible()


def test_the_tab_has_our_picture_and_nothing_is_asked_of_the_web(page: Page):
    """Streamlit would fetch the icon of each screen from its maker's server."""
    home, asked = page.url.split("/overview")[0].rstrip("/"), []
    page.on("request", lambda request: asked.append(request.url))
    id = open_example(page)
    for screen in ("overview", "decision"):
        page.goto(f"{home}/{screen}?plan={id}")
        drawn(page)
        icons = page.locator("link[rel~=icon]")
        assert {icon.evaluate("icon => new URL(icon.href).origin") for icon in icons.all()} == {home}
        assert "/media/" in icons.first.get_attribute("href")
    assert [url for url in asked if not url.startswith((home, "blob:", "data:", home.replace("http", "ws")))] == []
