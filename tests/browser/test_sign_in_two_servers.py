"""Signing in as an installation does it: a provider, nginx with TLS as we ship it, two servers, one PostgreSQL."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, Page, expect

from tests.browser.proxy import NAME, Proxy, find_nginx
from tests.browser.served import Served
from tests.browser.test_sign_in import PEOPLE, end_session, start_plan, waits_for_cookie, write_secrets
from tests.storage import conftest as databases

server = databases.server


@pytest.fixture(scope="module")
def proxy(server: databases.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """nginx before two servers at which people sign in; skipped where there is no nginx, but never in CI."""
    if find_nginx() is None and os.environ.get("CI") != "true":
        pytest.skip("nginx is not installed here")
    folder, url = tmp_path_factory.mktemp("installation"), server.new_database()
    secrets = folder / "secrets.toml"
    around = {"MCPLAN_SECRETS": str(secrets), "MCPLAN_SECRET": "k3" * 20, "MCPLAN_HOSTS": NAME}
    both = [Served(_folder(folder, name), database=url, around=around) for name in ("one", "two")]
    proxy = Proxy(folder, (both[0].port, both[1].port))
    with run_server_in_thread(user_claims=[User(sub=sub, claims=claims) for sub, claims in PEOPLE.items()]) as provider:
        write_secrets(secrets, proxy.url, provider.server_port)
        for each in both:
            each.start()
        proxy.start()
        yield proxy
        proxy.stop()
        for each in both:
            each.kill()
            each.engine.dispose()


def _folder(inside: Path, name: str) -> Path:
    (inside / name).mkdir()
    return inside / name


def sit(page: Page, proxy: Proxy, port: int) -> None:
    """From now on the browser is led to the server on this port."""
    seat = {"name": "mcplan_seat", "value": proxy.seat_at(port), "domain": NAME, "path": "/"}
    page.context.add_cookies([seat | {"httpOnly": True, "secure": True, "sameSite": "Lax"}])


def test_who_signs_in_by_one_server_is_known_to_the_other_and_signed_out_of_both(browser: Browser, proxy: Proxy):
    first, second = proxy.ports
    context = browser.new_context(viewport={"width": 1280, "height": 720}, ignore_https_errors=True)
    page = context.new_page()
    sit(page, proxy, first)
    page.goto(proxy.url)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="dana", exact=True).click()
    page.wait_for_url(re.compile(re.escape(proxy.url)))
    plan = start_plan(page, "Wound care at home")
    assert waits_for_cookie(page, "_streamlit_user", there=True)
    kept = [each for each in context.cookies() if each["name"].startswith("_streamlit_user")]
    assert kept
    assert all(each["secure"] or each["httpOnly"] for each in kept)

    sit(page, proxy, second)
    page.goto(f"{proxy.url}/overview?plan={plan}")
    expect(page.get_by_role("heading", name="Wound care at home")).to_be_visible()
    assert proxy.server_of(proxy.seat_at(second)) == second

    copy = browser.new_context(ignore_https_errors=True, storage_state=context.storage_state())
    page.get_by_role("button", name="You are").click()
    page.get_by_role("button", name="Sign out on all devices").click()
    end_session(page)
    for port in (first, second):
        there = copy.new_page()
        sit(there, proxy, port)
        there.goto(f"{proxy.url}/overview?plan={plan}")
        expect(there.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
        expect(there.get_by_text("Wound care at home")).to_have_count(0)
    for each in (context, copy):
        each.close()
