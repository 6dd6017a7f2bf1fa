"""A visit to the app, without a browser: every screen runs through `app.py` on a database of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from streamlit import config
from streamlit.runtime.context import ContextProxy
from streamlit.runtime.secrets import secrets_singleton
from streamlit.testing.v1 import AppTest

from mcplan.example import load_example
from mcplan.people import Person
from mcplan.plan import Plan
from pages.console.command import main
from pages.kit import desk, memory
from storage.database import writing
from storage.plans import start_plan
from tests.builders import HERE, NOON
from tests.enrolled import ISSUER

APP = Path(__file__).resolve().parents[2] / "app.py"
SCREENS = {
    "overview": "pages/plan/overview.py",
    "people": "pages/plan/people.py",
    "strategic": "pages/plan/phase.py",
    "table": "pages/plan/table.py",
    "history": "pages/plan/history.py",
    "comments": "pages/plan/comments.py",
    "readiness": "pages/review/readiness.py",
    "one page": "pages/review/one_page.py",
    "risks": "pages/review/risks.py",
    "actions": "pages/review/actions.py",
    "findings": "pages/review/findings.py",
    "alignment": "pages/review/alignment.py",
    "pathway": "pages/review/pathway.py",
    "sources": "pages/review/sources.py",
    "finance": "pages/review/finance.py",
    "dossier": "pages/review/dossier.py",
    "summary": "pages/review/summary.py",
    "badge": "pages/review/badge.py",
    "data": "pages/review/data.py",
    "ecosystem": "pages/review/ecosystem.py",
    "journey": "pages/review/journey.py",
    "calendar": "pages/review/lifecycle.py",
    "versions": "pages/decide/versions.py",
    "review": "pages/decide/review.py",
    "decision": "pages/decide/decision.py",
}


@pytest.fixture(scope="session", autouse=True)
def _no_search_for_components() -> Iterator[None]:
    """Streamlit reads what every package says of itself for each screen: half the time of these tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("streamlit.components.v2.manifest_scanner.scan_component_manifests", list)
        yield


@pytest.fixture
def installation(empty_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A fresh installation: an empty database file, and a server that just started."""
    file = tmp_path / "plans.db"
    shutil.copy(empty_file, file)
    monkeypatch.setenv("MCPLAN_DATABASE", f"sqlite:///{file}")
    monkeypatch.setenv("MCPLAN_CREATE", "1")
    monkeypatch.setattr(ContextProxy, "cookies", {})
    _restart()
    yield file
    _restart()


@pytest.fixture
def visit(installation: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Open the app at an address, as `visit(plan=…, question=…)`, on a device that knows who sits there."""

    def opened(*, me: str = "Dana Okafor", **address: str) -> AppTest:
        page = AppTest.from_file(str(APP), default_timeout=30)
        monkeypatch.setattr(ContextProxy, "cookies", {memory.NAME_COOKIE: quote(me)} if me else {})
        for name, value in address.items():
            page.query_params[name] = value
        return page.run()

    return opened


@pytest.fixture
def as_person(installation: Path, tmp_path: Path) -> Iterator[Callable[..., AppTest]]:
    """Open a screen as somebody who has signed in, as `as_person(SAM, "people", plan=…)`; "" for the first screen."""
    file = tmp_path / "secrets.toml"
    file.write_text('[auth]\nredirect_uri = "https://mcplan.example/oauth2callback"\n')
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(file)])
    secrets_singleton._reset()

    def opened(person: Person, screen: str = "people", **address: str) -> AppTest:
        page = AppTest.from_file(str(APP), default_timeout=30)
        page.user = {
            "is_logged_in": True, "iss": ISSUER, "sub": person.id, "email": person.email, "email_verified": True,
            "name": person.name, "iat": int(datetime.now(UTC).timestamp()),
        }  # fmt: skip
        for name, value in address.items():
            page.query_params[name] = value
        page.run()
        return page.switch_page(SCREENS.get(screen, screen)).run() if screen else page

    yield opened
    config.set_option("secrets.files", before)
    secrets_singleton._reset()


@pytest.fixture
def larkfield(installation: Path) -> str:
    """The id of the worked example, stored."""
    return keep(load_example())


def keep(plan: Plan, **fields: Any) -> str:
    """Store a plan and give its id."""
    with writing(desk.engine()) as session:
        return start_plan(session, desk.questionnaire(), replace(plan, **fields), person=HERE, at=NOON)


def words(page: AppTest) -> str:
    """Everything a screen says, in one text; what is set apart so that it makes no link stands in it as it is seen."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "error", "success", "warning")
    said = [str(each.value) for kind in kinds for each in page.get(kind)]
    on_cards = [str(card[part]) for card in cards(page) for part in ("title", "did", "says", "facts", "note", "points")]
    beside_ways = [way["says"] for card in cards(page) for way in card["ways"]]
    return _APART.sub(r"\1", "\n".join([*said, *on_cards, *beside_ways]))


_APART = re.compile(r":color\[(\\.)\]")


def boxes(page: AppTest) -> list[dict[str, Any]]:
    """What each answer box on the screen was given."""
    return [box for each in _given(page) for section in each.get("sections", ()) for box in section["boxes"]]


def cards(page: AppTest) -> list[dict[str, Any]]:
    """The cards on the screen, in the order of the lists they stand in."""
    return [card for each in _given(page) for group in each.get("groups", ()) for card in group["cards"]]


def ways(page: AppTest) -> list[str]:
    """What the links in the lists of the screen say."""
    return [way["label"] for card in cards(page) for way in card["ways"]]


def tables(page: AppTest) -> list[list[list[str]]]:
    """The tables on the screen as rows of words, the headings first."""

    def said(cell: str | dict[str, str]) -> str:
        return cell if isinstance(cell, str) else cell["words"]

    return [[each["columns"], *([*map(said, row)] for row in each["rows"])] for each in _given(page) if "rows" in each]


def press_card(page: AppTest, deed: str) -> AppTest:
    """Press the first button on a card that says this, as its script does in a browser."""
    for element in page.get("bidi_component"):
        groups = json.loads(element.proto.json or "{}").get("groups", ())
        for card in (card for group in groups for card in group["cards"] if card["deed"] == deed):
            return tell(page, element.proto.id, "deed", card["id"])
    raise AssertionError(f"no card has a button that says “{deed}”")


def tell(page: AppTest, component: str, event: str, value: str) -> AppTest:
    """Let a component of this id tell something, as its script does in a browser."""
    states = page._tree.get_widget_states()
    events = json.dumps([{"event": event, "value": value}])
    states.widgets.add(id=f"$$STREAMLIT_INTERNAL_KEY_{component}__events", json_trigger_value=events)
    return page._run(states)


def another_server(page: AppTest, changed: str = "") -> AppTest:
    """Draw the screen at a server that has never drawn it: it hears from the browser what stands there.

    Args:
        page: the screen.
        changed: what was changed on its sheet, as the browser tells it.
    """
    told, fresh = page._tree.get_widget_states(), AppTest.from_file(str(APP))
    if changed:
        told.widgets.add(id=page.get("dataframe")[0].proto.id, string_value=changed)
    page._session_state, page.session_state = fresh._session_state, fresh.session_state
    return page._run(told)


def strip(page: AppTest) -> dict[str, Any]:
    """What the strip at the head of the screen was given."""
    return next(each["strip"] for each in _given(page) if "strip" in each)


def _given(page: AppTest) -> list[dict[str, Any]]:
    return [json.loads(each.proto.json) for each in page.get("bidi_component") if each.proto.json]


def _restart() -> None:
    if desk.engine.cache_info().currsize:
        desk.engine().dispose()
    desk.engine.cache_clear()
    desk.questionnaire.cache_clear()


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the commands of this test keep their plans; there is nothing yet."""
    monkeypatch.setenv("MCPLAN_DATABASE", str(tmp_path / "plans.db"))
    monkeypatch.setenv("MCPLAN_CREATE", "")
    return tmp_path / "plans.db"


@pytest.fixture
def mcplan(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[object, str, str]]:
    """Run one command; gives its exit code, what it prints, and what it complains of."""

    def run(*words: object) -> tuple[object, str, str]:
        with monkeypatch.context() as process:
            process.setattr(sys, "argv", ["mcplan", *map(str, words)])
            # What a command sets for its own process goes with that.
            for name in ("MCPLAN_DATABASE", "MCPLAN_CREATE"):
                process.setenv(name, os.environ[name])
            with pytest.raises(SystemExit) as ended:
                main()
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return run


@pytest.fixture
def example(mcplan: Callable[..., tuple[object, str, str]]) -> str:
    """The id of the worked example."""
    return mcplan("demo", "--create")[1].strip()
