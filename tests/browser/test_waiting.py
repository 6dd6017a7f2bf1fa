"""Calls that wait at the server: what they spare, and that they stand in nobody's way."""

from __future__ import annotations

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Page, expect

from mcplan.people import LOCAL
from pages.kit.tokens import Caller, secret_in, write_token
from tests.browser.conftest import Arrive, Visit
from tests.browser.served import Served

WHOM = "Who is it for?"
CALM = 4000
"""Milliseconds after which the call of a screen that nobody touches waits."""


def pulses(page: Page) -> list[dict[str, Any]]:
    """What a screen asks from now on."""
    asked: list[dict[str, Any]] = []
    page.on("request", lambda call: asked.append(call.post_data_json) if call.url.endswith("/api/pulse") else None)
    return asked


def test_a_screen_that_nobody_touches_asks_seldom_and_hears_at_once(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.page.wait_for_timeout(CALM)
    asked = pulses(dana.page)
    dana.page.wait_for_timeout(10_000)
    assert 1 <= len(asked) <= 2, "nine seconds each"
    assert all(call["wait"] for call in asked)

    served.store(dana.plan, "first.people", value="Nurses")
    stored = time.monotonic()
    expect(dana.field(WHOM)).to_have_value("Nurses", timeout=3000)
    print(f"\non an untouched screen {time.monotonic() - stored:.1f} seconds after it was stored by another program")


def test_a_call_that_waits_is_broken_off_when_the_screen_has_something_to_say(served: Served, arrive: Arrive):
    dana = arrive(served)
    sam = arrive(served, "Sam", dana.plan)
    sam.page.wait_for_timeout(CALM)
    asked = pulses(sam.page)

    sam.field().press_sequentially("Because")

    expect(dana.box().locator(".typing")).to_have_text("Sam is typing here.", timeout=3000)
    assert (asked[0]["typing"], asked[0]["wait"]) == ("first.case", False)


def test_many_tabs_of_one_browser_leave_lines_for_what_they_save(served: Served, arrive: Arrive):
    dana = arrive(served)
    tabs = [Visit(served, dana.context, dana.plan) for _ in range(7)]
    tabs[0].page.wait_for_timeout(CALM)
    asked = [pulses(tab.page) for tab in (dana, *tabs)]
    tabs[0].page.wait_for_timeout(6000)
    waits = [call["wait"] for calls in asked for call in calls]
    # A browser has six lines to a server. All eight tabs count as seen here, as windows side by side would.
    assert waits.count(True) <= 3, "one at a time, up to nine seconds"
    assert waits.count(False) >= 7, "the other ones ask as they would without waiting"

    for number, tab in enumerate(tabs[:3]):
        # Whoever types over a text that has not arrived yet is asked, and rightly.
        expect(tab.field()).to_have_value(f"Because {number - 1}" if number else "", timeout=5000)
        tab.field().fill(f"Because {number}")
        begun = time.monotonic()
        assert dana.is_stored("first.case", f"Because {number}")
        assert time.monotonic() - begun < 3
        expect(dana.field()).to_have_value(f"Because {number}", timeout=3000)
        tab.field().blur()
    for tab in tabs:
        expect(tab.field()).to_have_value("Because 2", timeout=5000)


def test_a_server_that_is_stopped_does_not_wait_for_those_who_wait(mortal: Served):
    plan_id = mortal.start_plan()
    secret = secret_in(Path(f"{mortal.engine.url.database}.secret"))

    def ask(number: int, **parts: Any) -> httpx.Response:
        token = write_token(secret, Caller(LOCAL, f"Person {number}"), plan_id, datetime.now(UTC))
        given = {"plan": plan_id, "token": token, "visit": f"v{number}", "screen": "first", "revision": 0, "known": {}}
        return httpx.post(f"{mortal.url}/api/pulse", json=given | parts, headers={"Origin": mortal.url}, timeout=30)

    def wait(number: int) -> httpx.Response:
        told = ask(number).json()
        while "mark" in told:
            told = (reply := ask(number, revision=told["revision"], mark=told["mark"], wait=True)).json()
        return reply

    with ThreadPoolExecutor(5) as people:
        waiting = [people.submit(wait, number) for number in range(5)]
        time.sleep(4)
        assert not any(each.done() for each in waiting)
        assert mortal.process
        mortal.process.send_signal(signal.SIGTERM)
        stopped = time.monotonic()
        mortal.process.wait(5)
        print(f"\nstopped after {time.monotonic() - stopped:.1f} seconds")
        assert [each.result().json() for each in waiting] == [{"waited": True}] * 5
