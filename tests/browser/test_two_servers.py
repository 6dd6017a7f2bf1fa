"""A team on two servers: nginx as we ship it, TLS, and PostgreSQL. Who sits where is nothing anybody has to know."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from pages.kit.headers import HEADERS
from tests.browser.conftest import Arrive, Visit
from tests.browser.proxy import NAME, Proxy, find_nginx
from tests.browser.served import Served
from tests.storage import conftest as databases

server = databases.server
WORDS = "Because 64 homes are short of nurses, and a third of them will retire before the end of the decade"
WHOM = "Who is it for?"
AROUND = {"MCPLAN_ALLOW_OPEN": "1", "MCPLAN_SECRET": "k3" * 20, "MCPLAN_HOSTS": NAME}


@dataclass(frozen=True)
class Installation:
    """Two servers on one PostgreSQL, behind nginx."""

    first: Served
    second: Served
    proxy: Proxy
    database: databases.Server


@pytest.fixture(scope="module")
def installation(server: databases.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Skipped where there is no nginx, but never in CI."""
    if find_nginx() is None and os.environ.get("CI") != "true":
        pytest.skip("nginx is not installed here")
    url = server.new_database()
    first, second = (Served(tmp_path_factory.mktemp(name), database=url, around=AROUND) for name in ("one", "two"))
    proxy = Proxy(tmp_path_factory.mktemp("nginx"), (first.port, second.port))
    assert proxy.check() == ""
    for each in (first, second):
        each.url = proxy.url
        each.start(wait=False)
    for each in (first, second):
        each.wait()
    proxy.start()
    yield Installation(first, second, proxy, server)
    proxy.stop()
    for each in (first, second):
        each.kill()
        each.engine.dispose()


Sit = Callable[..., Visit]


@pytest.fixture
def sit(installation: Installation, arrive: Arrive) -> Sit:
    """Let a person open a plan on one of the two servers."""

    def sit(person: str, at: Served, plan_id: str = "") -> Visit:
        seat = {"name": "mcplan_seat", "value": installation.proxy.seat_at(at.port), "domain": NAME, "path": "/"}
        seat |= {"expires": -1, "httpOnly": True, "secure": True, "sameSite": "Lax"}
        kept: dict[str, Any] = {"cookies": [seat]}
        return arrive(at, person, plan_id, ignore_https_errors=True, storage_state=kept)

    return sit


def test_what_nginx_adds_is_said_once_and_what_is_closed_stays_closed(installation: Installation):
    proxy = installation.proxy
    reply = proxy.ask("/")
    sent = {name: reply.headers.get_all(name) for name in (*HEADERS, "Strict-Transport-Security")}
    assert reply.status == 200
    assert sent == {name: [value] for name, value in HEADERS.items()} | {
        "Strict-Transport-Security": ["max-age=31536000"]
    }
    assert reply.headers["Server"] == "nginx"
    cookies = proxy.ask("/_stcore/health").headers.get_all("Set-Cookie", [])
    assert [cookie.partition("=")[0] for cookie in cookies if "Secure" in cookie] == ["_streamlit_xsrf", "mcplan_seat"]
    assert [cookie.partition("=")[0] for cookie in cookies if "HttpOnly" in cookie] == ["mcplan_seat"]

    assert [proxy.ask(f"/_stcore/{path}").status for path in ("metrics", "agent/x", "health")] == [404, 404, 200]
    assert proxy.ask("/api/answers", "POST", "x" * 2_000_000).status == 413


def test_a_save_counts_from_a_page_of_the_public_address_only(installation: Installation):
    def status(**headers: str) -> int:
        body = '{"plan": "some-plan", "token": "forged"}'
        return installation.proxy.ask("/api/answers", "POST", body, Content_Type="application/json", **headers).status

    # What gets past the origin is refused for its token.
    host = f"{NAME}:{installation.proxy.port}"
    assert status(Host=host, Origin=f"https://{host}") == 401
    assert status(Host=host, Origin="https://elsewhere.example") == 403
    assert status(Host=host, Origin=f"http://127.0.0.1:{installation.first.port}") == 403
    assert status(Host=host, Origin=f"https://{host}", Sec_Fetch_Site="cross-site") == 403


def test_a_browser_stays_with_one_server_from_its_first_request_on(installation: Installation, arrive: Arrive):
    before = len(installation.proxy.passed())
    dana = arrive(installation.first, ignore_https_errors=True)
    dana.field().press_sequentially("Because")
    assert dana.is_stored("first.case", "Because")
    dana.open("risks")
    dana.page.wait_for_timeout(1000)
    dana.context.close()
    installation.proxy.waits_for("/_stcore/stream", before)

    passed = installation.proxy.passed(before)
    assert {"/first", "/risks", "/api/answers", "/api/pulse", "/_stcore/stream"} <= {each.path for each in passed}
    assert len(passed) > 50
    assert len({port for each in passed for port in each.ports}) == 1
    print(f"\n{len(passed)} requests of one browser, all to one server")


def test_people_on_different_servers_see_each_other_and_what_each_writes(installation: Installation, sit: Sit):
    dana = sit("Dana", installation.first)
    sam = sit("Sam", installation.second, dana.plan)
    expect(dana.page.locator(".present")).to_have_text("Also here: Sam (first phase)")
    expect(sam.page.locator(".present")).to_have_text("Also here: Dana (first phase)")

    dana.field().press_sequentially("Because")
    sam.field(WHOM).press_sequentially("Nurses")
    assert sam.is_stored("first.people", "Nurses")
    stored = time.monotonic()
    expect(dana.field(WHOM)).to_have_value("Nurses", timeout=3000)
    print(f"\nSam's answer was on Dana's screen {time.monotonic() - stored:.1f} seconds after it was stored")
    expect(sam.field()).to_have_value("Because", timeout=3000)

    expect(dana.field()).to_be_focused()
    dana.page.keyboard.type(" of nurses")
    assert dana.is_stored("first.case", "Because of nurses")


def test_a_server_that_dies_costs_whoever_types_there_a_few_seconds_and_no_word(installation: Installation, sit: Sit):
    first, second, proxy = installation.first, installation.second, installation.proxy
    dana = sit("Dana", first)
    dana.field().press_sequentially(WORDS[:40])
    first.kill()
    died = time.monotonic()
    dana.field().press_sequentially(WORDS[40:], delay=20)
    typed = time.monotonic()

    assert second.waits_for(dana.plan, "first.case", WORDS)
    stored = time.monotonic()
    expect(dana.field()).to_have_value(WORDS)
    dana.page.locator('[data-testid="stApp"][data-test-connection-state="CONNECTED"]').wait_for()
    connected = time.monotonic()
    dana.page.get_by_role("link", name="Second phase", exact=True).click()
    expect(dana.page.get_by_role("heading", name="Second phase")).to_be_visible()
    print(
        f"\nkilled; typed on for {typed - died:.1f} seconds; all stored {stored - typed:.1f} seconds later; "
        f"connected to the other server {connected - died:.1f} seconds after the death, "
        f"and on another screen after {time.monotonic() - died:.1f}"
    )

    # Once the server is back, the browser has its seat there and its visit here.
    first.start()
    seat = next(cookie["value"] for cookie in dana.context.cookies() if cookie["name"] == "mcplan_seat")
    until = time.monotonic() + 10
    while proxy.server_of(seat) != first.port:
        assert time.monotonic() < until
        time.sleep(0.5)
    dana.page.get_by_role("link", name="Dossier").click()
    dana.page.get_by_role("button", name="Make the Word file").click()
    with dana.page.expect_download() as arriving:
        dana.page.get_by_role("button", name="Download the Word file").click()
    assert Path(arriving.value.path()).read_bytes().startswith(b"PK")
    assert dana.plan not in proxy.said()


def test_a_database_that_restarts_costs_nobody_a_word(installation: Installation, sit: Sit):
    dana = sit("Dana", installation.first)
    sam = sit("Sam", installation.second, dana.plan)
    dana.field().press_sequentially(WORDS[:40])
    sam.field(WHOM).press_sequentially("Nurses")
    installation.database.stop()
    stopped = time.monotonic()
    dana.page.keyboard.type(WORDS[40:], delay=10)
    sam.page.keyboard.type(" and carers", delay=10)
    time.sleep(1)
    installation.database.start()
    away = time.monotonic() - stopped

    assert installation.second.waits_for(dana.plan, "first.case", WORDS, seconds=15)
    assert installation.first.waits_for(dana.plan, "first.people", "Nurses and carers", seconds=15)
    late = time.monotonic() - stopped - away
    print(f"\nthe database was away for {away:.1f} seconds; all stored {late:.1f} seconds later")
    expect(sam.field()).to_have_value(WORDS, timeout=5000)
