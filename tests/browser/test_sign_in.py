"""Signing in for real: a provider in a process of its own thread, a browser, and the cookies in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.served import Served

PEOPLE = {
    "dana": {"name": "Dana Okafor", "email": "dana@example.org", "email_verified": True},
    "kim": {"name": "Kim Roy", "email": "kim@example.org", "email_verified": True},
    "mallory": {"name": "Mallory", "email": "dana@example.org", "email_verified": False},
}


@pytest.fixture(scope="module", params=["mcplan run", "streamlit run"])
def guarded(request, tmp_path_factory) -> Iterator[Served]:
    """A server at which people sign in with a provider on this computer."""
    with signing_in(tmp_path_factory.mktemp("guarded"), PEOPLE, by=request.param) as served:
        yield served


@contextmanager
def signing_in(folder: Path, people: dict[str, dict[str, Any]], *, by: str = "mcplan run") -> Iterator[Served]:
    """A server at which these people sign in: by their name at the provider, what it says of them."""
    users = [User(sub=sub, claims=claims) for sub, claims in people.items()]
    with run_server_in_thread(user_claims=users) as provider:
        secrets = folder / "secrets.toml"
        served = Served(folder, by=by, around={"MCPLAN_SECRETS": str(secrets), "MCPLAN_BACKUPS": str(folder)})
        write_secrets(secrets, served.url, provider.server_port)
        served.start()
        yield served
        served.kill()


def write_secrets(file: Path, url: str, port: int) -> None:
    """What a server at `url` has to know of the provider at this port."""
    file.write_text(f"""
[auth]
redirect_uri = "{url}/oauth2callback"
cookie_secret = "{"k3" * 20}"
client_id = "mcplan"
client_secret = "known to both"
server_metadata_url = "http://localhost:{port}/.well-known/openid-configuration"
client_kwargs = {{ prompt = "login" }}
""")
    file.chmod(0o600)


Enter = Callable[..., Page]


@pytest.fixture
def enter(browser: Browser, guarded: Served) -> Iterator[Enter]:
    """Sign somebody in, in a browser of their own."""
    contexts: list[BrowserContext] = []

    def enter(person: str = "dana", context: BrowserContext | None = None) -> Page:
        if context is None:
            context = browser.new_context(viewport={"width": 1280, "height": 720})
            contexts.append(context)
        page = context.new_page()
        page.goto(guarded.url)
        sign_in(page, person)
        return page

    yield enter
    for context in contexts:
        context.close()


def sign_in(page: Page, person: str) -> None:
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name=person, exact=True).click()
    page.wait_for_url(lambda url: "127.0.0.1" in url)


def start_plan(page: Page, title: str) -> str:
    """Start a plan on the screen, and give its id."""
    page.get_by_role("button", name="Start a plan").click()
    page.get_by_label("What will it be called?").fill(title)
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url(re.compile("plan="))
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    return page.url.rpartition("plan=")[2]


def end_session(page: Page) -> None:
    """The provider asks whether its own session is to end too, and leads back."""
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="You are").click()
    page.get_by_role("button", name="Sign out on all devices").click()
    end_session(page)


def waits_for_cookie(page: Page, name: str, *, there: bool) -> bool:
    """True as soon as the browser has a cookie of this name, or has it no more; False if that takes too long."""
    for _ in range(100):
        if any(cookie["name"] == name and cookie["value"] for cookie in page.context.cookies()) == there:
            return True
        page.wait_for_timeout(100)
    return False


def test_whoever_signs_in_finds_their_plans_and_nobody_elses(enter: Enter, guarded: Served):
    dana = enter()
    plan = start_plan(dana, "Cold chain basics")
    expect(dana.get_by_role("button", name="You are Dana Okafor")).to_be_visible()

    kim = enter("kim")
    expect(kim.get_by_role("button", name="Start a plan")).to_be_visible()
    expect(kim.get_by_text("Cold chain basics")).to_have_count(0)
    kim.goto(f"{guarded.url}/overview?plan={plan}")
    expect(kim.get_by_text("This plan is no longer there.")).to_be_visible()
    assert "Cold chain" not in kim.content()


def test_before_signing_in_every_address_leads_to_the_door(browser: Browser, guarded: Served, enter: Enter):
    plan = start_plan(enter(), "Hidden well")
    context = browser.new_context()
    page = context.new_page()
    for path in ("", f"overview?plan={plan}", f"first?plan={plan}", "dossier", "risks"):
        page.goto(f"{guarded.url}/{path}")
        expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
        assert "Hidden well" not in page.content()
        expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)
    context.close()


def test_an_address_that_is_not_verified_is_refused_and_another_account_can_be_used(enter: Enter):
    page = enter("mallory")
    expect(page.get_by_text("has not verified your e-mail address")).to_be_visible()
    expect(page.get_by_role("button", name="Start a plan")).to_have_count(0)

    page.get_by_role("button", name="Use another account").click()
    end_session(page)
    sign_in(page, "dana")
    expect(page.get_by_role("button", name="Start a plan")).to_be_visible()


def test_after_signing_out_a_copy_of_the_cookie_and_of_a_token_opens_nothing(
    enter: Enter, browser: Browser, guarded: Served
):
    dana = enter()
    plan = start_plan(dana, "Cold chain basics")
    sent: list[str] = []
    dana.on("request", lambda request: sent.append(request.post_data or "") if "/api/pulse" in request.url else None)
    dana.wait_for_timeout(3000)
    stolen = dana.context.cookies()

    sign_out(dana)

    thief = browser.new_context()
    thief.add_cookies(stolen)
    page = thief.new_page()
    page.goto(f"{guarded.url}/overview?plan={plan}")
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    assert "Cold chain" not in page.content()
    token = json.loads(sent[-1])["token"]
    told = page.evaluate(
        """async ([plan, token]) => {
            const parts = { plan, token, visit: "x", screen: "overview", typing: "", revision: 0 };
            const headers = { "Content-Type": "application/json" };
            const reply = await fetch("/api/pulse", { method: "POST", headers, body: JSON.stringify(parts) });
            return [reply.status, await reply.text()];
        }""",
        [plan, token],
    )
    assert told[0] == 401
    assert "Cold chain" not in told[1]
    thief.close()


def test_what_is_typed_on_another_device_survives_a_sign_out_on_this_one(enter: Enter, guarded: Served):
    here, there = enter(), enter()
    plan = start_plan(here, "Cold chain basics")
    there.goto(f"{guarded.url}/first?plan={plan}")
    field = there.get_by_role("textbox", name="Why should we do it?")
    expect(field).to_be_visible()

    there.route("**/api/answers", lambda route: route.abort())
    field.press_sequentially("Because nurses need it")
    sign_out(here)
    expect(there.get_by_role("button", name="Sign in", exact=True)).to_be_visible(timeout=10_000)
    expect(there.get_by_text("You have signed out.")).to_be_visible()

    there.unroute("**/api/answers")
    sign_in(there, "dana")
    there.goto(f"{guarded.url}/first?plan={plan}")

    expect(field).to_have_value("Because nurses need it")
    assert guarded.waits_for(plan, "first.case", "Because nurses need it")


def test_a_shared_computer_keeps_nothing_of_whoever_signed_out(enter: Enter, guarded: Served):
    dana = enter()
    plan = start_plan(dana, "Cold chain basics")
    dana.goto(f"{guarded.url}/first?plan={plan}")
    dana.route("**/api/answers", lambda route: route.abort())
    dana.get_by_role("textbox", name="Why should we do it?").press_sequentially("Only here")
    expect(dana.get_by_text("Not saved").first).to_be_visible()

    dana.get_by_role("button", name="You are").click()
    dana.get_by_role("button", name="Sign out on all devices").click()
    expect(dana.get_by_text("One text on this device could not be saved yet")).to_be_visible()
    dana.get_by_role("button", name="Stay").click()
    expect(dana.get_by_text("could not be saved yet")).to_have_count(0)
    dana.unroute("**/api/answers")
    assert guarded.waits_for(plan, "first.case", "Only here", 15)

    dana.get_by_role("button", name="Sign out on all devices").click()
    end_session(dana)
    assert dana.evaluate("Object.keys(localStorage).filter((key) => key.includes('draft')).length") == 0


def test_a_link_into_a_plan_outlasts_the_sign_in_it_leads_to(browser: Browser, guarded: Served, enter: Enter):
    dana = enter()
    plan = start_plan(dana, "Open well")
    dana.goto(f"{guarded.url}/people?plan={plan}")
    dana.get_by_role("button", name="Invite by a link").click()
    dana.get_by_role("button", name="Make a link").click()
    link = dana.locator("code").inner_text()
    assert link.startswith(f"{guarded.url}/?invite=")
    secret = link.partition("=")[2]

    context = browser.new_context(viewport={"width": 1280, "height": 720})
    try:
        kim = context.new_page()
        kim.goto(link)
        expect(kim.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
        assert "Open well" not in kim.content()
        assert waits_for_cookie(kim, "mcplan_invitation", there=True)
        sign_in(kim, "kim")
        expect(kim.get_by_role("heading", name="Open well")).to_be_visible()
        expect(kim.get_by_text("You are in.")).to_be_visible()
        assert secret not in kim.url
        assert waits_for_cookie(kim, "mcplan_invitation", there=False)
        kim.goto(f"{guarded.url}/people?plan={plan}")
        expect(kim.get_by_text("Kim Roy (you)")).to_be_visible()
    finally:
        context.close()
    assert secret not in guarded.log.read_text()
