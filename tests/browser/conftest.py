"""A real browser on a real server. Without a browser these tests are skipped, but never where `CI` is set."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.browser.served import TABLES, Served

SWITCHES = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WHY = "Why should we do it?"
expect.set_options(timeout=10_000)


class Visit:
    """A person at a screen of a plan."""

    def __init__(self, served: Served, context: BrowserContext, plan_id: str) -> None:
        self.served, self.context, self.plan = served, context, plan_id
        self.page: Page = context.new_page()
        self.open()

    def open(self, path: str = "first") -> None:
        """Open a screen of the plan by its address."""
        self.page.goto(f"{self.served.url}/{path}?plan={self.plan}")
        self.settle()

    def settle(self) -> None:
        """Wait until the screen is drawn."""
        self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()

    def box(self, ask: str = WHY) -> Locator:
        """The box of a question."""
        return self.page.locator(".place").filter(has=self.page.locator(f'[aria-label^="{ask}"]'))

    def field(self, ask: str = WHY) -> Locator:
        """Where the words of an answer are typed."""
        return self.page.get_by_role("textbox", name=ask)

    def status(self, ask: str = WHY) -> Locator:
        """What the box says of saving."""
        return self.page.locator(".box").filter(has=self.page.locator(f'[aria-label^="{ask}"]')).get_by_role("status")

    def is_stored(self, question_id: str, value: object, seconds: float = 8) -> bool:
        return self.served.waits_for(self.plan, question_id, value, seconds)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("There is no Chromium on this machine; where CI is set these tests must run.")
        pytest.skip("There is no Chromium on this machine.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all tests that do not hurt it; each test has plans of its own."""
    server = Served(tmp_path_factory.mktemp("served"))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Served]:
    """A server for one test, to be killed or frozen."""
    server = Served(tmp_path)
    server.start()
    yield server
    server.thaw()
    server.kill()


def known(browser: Browser, served: Served, person: str = "Dana", **how: Any) -> BrowserContext:
    """A browser of a person's own that remembers what they are called."""
    context = browser.new_context(**how)
    context.add_cookies([{"name": "mcplan_me", "value": quote(person), "url": served.url}])
    return context


Arrive = Callable[..., Visit]


@pytest.fixture
def arrive(browser: Browser) -> Iterator[Arrive]:
    """Let a person open a plan in a browser of their own; as Dana and in a new plan if nothing else is said."""
    contexts: list[BrowserContext] = []

    def arrive(served: Served, person: str = "Dana", plan_id: str = "", **how: Any) -> Visit:
        context = known(browser, served, person, **{"viewport": {"width": 1280, "height": 720}} | how)
        contexts.append(context)
        return Visit(served, context, plan_id or served.start_plan())

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose questions are tables."""
    server = Served(tmp_path_factory.mktemp("tables"), content=TABLES)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def mortal_tables(tmp_path: Path) -> Iterator[Served]:
    """The same for one test, to be killed."""
    server = Served(tmp_path, content=TABLES)
    server.start()
    yield server
    server.kill()
