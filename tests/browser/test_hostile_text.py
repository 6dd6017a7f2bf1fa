"""Text that wants to be more than text: typed into every place, seen on every screen, and nothing comes of it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Arrive, Visit
from tests.browser.served import Served

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
    for button in visit.page.get_by_role("button", name="Add an item").all():
        button.click()
    places = visit.page.locator("textarea:visible, input[type=text]:visible, input[type=url]:visible").all()
    for number, place in enumerate(places):
        if place.is_editable():
            longest = int(place.get_attribute("maxlength") or 10_000)
            several = place.evaluate("(node) => node.tagName === 'TEXTAREA'")
            place.fill(("\n".join(texts) if several else texts[number % len(texts)])[:longest])
            place.dispatch_event("change")
    return len(places)


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
    assert number >= 30, "every place that takes words was filled"

    dana.page.get_by_role("button", name="Add somebody").click()
    dana.page.get_by_label("Name", exact=True).fill(texts[3])
    dana.page.get_by_role("button", name="Add", exact=True).click()
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
    stored = mortal.answer(dana.plan, "first.people").value
    assert stored == "\n".join(texts), "what was typed is kept to the letter"
