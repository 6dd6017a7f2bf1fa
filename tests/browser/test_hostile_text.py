"""Text that wants to be more than text: typed into every place, seen on every screen, and nothing comes of it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from storage.comments import fetch_threads
from storage.database import reading, writing
from storage.people import fetch_people, set_admin
from tests.browser.conftest import Arrive, Visit
from tests.browser.served import Served
from tests.browser.test_sign_in import sign_in, signing_in, start_plan
from tests.builders import door

ADDRESSES = "Ana a@b.org www.example.org http://x.org -> :streamlit: :smile:"
"""What Streamlit would make links, pictures and arrows of."""
SCREENS = ("overview", "first", "second", "comments", "history", "people", "readiness", "risks", "dossier")


def payloads(beacon: str) -> list[str]:
    """Thirteen ways to make a page run a script or call out."""
    return [
        f'<img src="{beacon}/img" onerror="alert(1)">',
        f"<script>fetch('{beacon}/script');alert(1)</script>",
        f'<svg onload="alert(1);fetch(`{beacon}/svg`)"></svg>',
        f"![picture]({beacon}/markdown)",
        "[link](javascript:alert(1))",
        f'<iframe src="{beacon}/frame"></iframe>',
        f'<form action="{beacon}/form"><input autofocus onfocus="alert(1)"></form>',
        f"<style>@import url('{beacon}/css'); * {{ background: url('{beacon}/bg') }}</style>",
        r"$\href{javascript:alert(1)}{x}$",
        f"[![x]({beacon}/nested)]({beacon}/nested)",
        f'"><img src={beacon}/quote>',
        f'=HYPERLINK("{beacon}/cell","x")',
        f'<link rel="stylesheet" href="{beacon}/link"><base href="{beacon}/">',
    ]


@pytest.fixture
def beacon() -> Iterator[tuple[str, list[str]]]:
    """A server that should never be asked for anything; its address, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()


def unfold(page: Page) -> None:
    """Open every fold of every box, so that whatever is in there is drawn."""
    page.locator("details:not([open])").evaluate_all("(folds) => folds.forEach((fold) => { fold.open = true; })")


def fill_all(visit: Visit, texts: list[str]) -> int:
    """Type into every place of a screen that takes words; how many there are."""
    unfold(visit.page)
    for button in visit.page.get_by_role("button", name=re.compile("Add an item|Add evidence")).all():
        button.click()
    places = visit.page.locator("textarea:visible, input[type=text]:visible, input[type=url]:visible").all()
    for number, place in enumerate(places):
        if place.is_editable():
            longest = int(place.get_attribute("maxlength") or 10_000)
            several = place.evaluate("(node) => node.tagName === 'TEXTAREA'")
            text = "\n".join(texts) if several else texts[number % len(texts)]
            # The link of a piece of evidence has to be one, or the whole piece is refused.
            is_link = place.get_attribute("aria-label") == "Link"
            place.fill(f"https://north.example/{quote(text)}" if is_link else text[:longest])
            place.dispatch_event("change")
    return len(places)


def join_team(page: Page, name: str) -> None:
    """Put somebody on the team."""
    page.get_by_role("button", name="Add somebody").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Add", exact=True).click()
    # The fold closes once it is stored.
    expect(page.get_by_label("Name", exact=True)).to_have_count(0)


def rename_member(page: Page, name: str) -> None:
    """Give somebody on the team another name."""
    page.get_by_role("button", name="Change the team").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Name", exact=True)).to_have_count(0)


def comment(visit: Visit, texts: list[str]) -> list[str]:
    """Write each text as a comment, at a question and about the plan; and some as a reply and a change."""
    visit.open("first")
    expect(visit.box().locator(".talk summary")).to_be_visible()
    unfold(visit.page)
    for screen, place in (("first", visit.box().locator(".talk")), ("comments", visit.page.locator(".talk"))):
        if screen == "comments":
            visit.open(screen)
        for text in texts if screen == "first" else texts[:3]:
            write(place, "Write a comment", text, "Comment")
            expect(place.locator(".said").filter(has_text=text)).to_have_count(1)
        place.get_by_role("button", name=re.compile("^Reply")).first.click()
        write(place, "Your reply", texts[0], "Send reply")
        place.get_by_role("button", name=re.compile("^Edit")).last.click()
        write(place, "Your comment", "\n".join(texts), "Store the change")
        expect(place.get_by_role("textbox", name="Your comment")).to_have_count(0)
    with reading(visit.served.engine) as session:
        threads = fetch_threads(door(session, visit.plan))
    return [each.text for thread in threads for each in thread.comments]


def write(place: Locator, label: str, text: str, action: str) -> None:
    """Fill a slip and send it."""
    place.get_by_role("textbox", name=label).fill(text)
    place.get_by_role("button", name=action, exact=True).click()


def test_nothing_that_people_type_runs_or_calls_out(mortal: Served, arrive: Arrive, beacon: tuple[str, list[str]]):
    address, asked = beacon
    texts, dialogs = payloads(address), []
    dana = arrive(mortal, f"Dana {texts[0]}")
    dana.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))

    number = 0
    for screen in ("first", "second", "overview"):
        dana.open(screen)
        expect(dana.page.locator(".box").first).to_be_visible()
        number += fill_all(dana, texts)
        dana.page.wait_for_timeout(1500)
    assert number >= 45, "every place that takes words was filled"
    assert len(mortal.answer(dana.plan, "first.case").evidence) == 1

    for text in texts:
        join_team(dana.page, text)
    rename_member(dana.page, ADDRESSES)
    said = comment(dana, texts)
    for text in texts:
        dana.page.goto(mortal.url)
        dana.page.get_by_role("button", name="Start a plan").click()
        dana.page.get_by_label("What will it be called?").fill(text)
        dana.page.get_by_label("Who will award it?").fill(text)
        dana.page.get_by_role("button", name="Start", exact=True).click()
        dana.page.wait_for_url(re.compile("plan="))
        dana.settle()

    kim = arrive(mortal, f"Kim {texts[1]}", dana.plan)
    kim.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    mortal.store(dana.plan, "first.case", by=texts[3], value=texts[3], note=texts[5])
    for visit in (dana, kim):
        for screen in SCREENS:
            visit.open(screen)
            unfold(visit.page)
            visit.page.wait_for_timeout(800)
        visit.page.goto(mortal.url)
        visit.settle()
    assert asked == []
    assert dialogs == []
    assert "Traceback" not in mortal.log.read_text()
    assert all(any(text in each for each in said) for text in texts), "comments are kept to the letter"
    stored = mortal.answer(dana.plan, "first.people").value
    assert stored == "\n".join(texts), "what was typed is kept to the letter"


def test_addresses_in_a_name_stay_words_that_can_be_copied(served: Served, arrive: Arrive):
    dana = arrive(served)
    served.add_member(dana.plan, ADDRESSES)
    dana.open("overview")
    name = dana.page.locator('[data-testid="stMarkdownContainer"] p').filter(has_text="Further members")
    expect(name).to_contain_text(ADDRESSES)
    expect(name.locator("a, img")).to_have_count(0)
    copied = name.evaluate("(node) => { getSelection().selectAllChildren(node); return getSelection().toString(); }")
    assert copied.endswith(ADDRESSES)


def test_nothing_in_names_and_invitations_runs_or_calls_out(
    browser: Browser, tmp_path: Path, beacon: tuple[str, list[str]]
):
    address, asked = beacon
    texts, dialogs = payloads(address), []
    name = f"![x]({address}/name)<img src={address}/tag onerror=alert(1)> a@b.org"
    people = {"dana": {"name": name, "email": "dana@example.org", "email_verified": True}}
    with signing_in(tmp_path, people) as served:
        context = browser.new_context(viewport={"width": 1280, "height": 720})
        page = context.new_page()
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(served.url)
        sign_in(page, "dana")
        plan = start_plan(page, "Cold chain basics")
        page.goto(f"{served.url}/people?plan={plan}")
        for text in texts:
            page.get_by_role("button", name="Invite by e-mail").click()
            field = page.get_by_label("E-mail address")
            field.fill(text)
            page.get_by_role("button", name="Invite", exact=True).click()
            expect(page.get_by_text("This is not an e-mail address.")).to_be_visible()
            invited = f"{re.sub(r'[^!-?A-~]', '', text)[:64]}@north.example"
            field.fill(invited)
            page.get_by_role("button", name="Invite", exact=True).click()
            expect(page.get_by_text(invited.lower(), exact=True)).to_be_visible()
            # The old form fades while the new one is there.
            expect(field).to_have_count(0)
        expect(page.get_by_text(f"{name} (you)")).to_be_visible()
        with writing(served.engine) as session:
            (dana,) = fetch_people(session)
            set_admin(session, dana.iss, dana.sub, is_admin=True, at=datetime.now(UTC))
        for screen in ("history", "accounts"):
            page.goto(f"{served.url}/{screen}?plan={plan}")
            expect(page.get_by_text(name).first).to_be_visible()
        assert page.locator('[data-testid="stMain"] a[href*="mailto"], [data-testid="stMain"] img').count() == 0
        page.goto(f"{served.url}/installation")
        page.get_by_role("button", name="Back up now").click()
        expect(page.get_by_text("The back-up is made and checked: 1 plan")).to_be_visible()
        expect(page.get_by_text(re.compile(r"MB · plans-\d+-\d+Z\.db"))).to_be_visible()
        context.close()
        assert "Traceback" not in served.log.read_text()
    assert asked == []
    assert dialogs == []
