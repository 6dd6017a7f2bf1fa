"""The door answers come in by: who may use it, what it takes, and what it says."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from mcplan.people import LOCAL, somebody_here
from mcplan.plan import Member, Plan
from pages.kit import answer_box, desk, save_route
from pages.kit.headers import POLICY
from pages.kit.routes import MOST
from pages.kit.server import MIDDLEWARE, ROUTES
from pages.kit.tokens import Caller, SecretMissing, TokenRefused, read_token, secret, secret_in, write_token
from storage.database import DatabaseProblem, reading, writing
from storage.plans import archive_plan, fetch_plan, start_plan
from tests.builders import door

CONTENT = Path(__file__).parents[1] / "browser" / "content"
HOME = {"host": "127.0.0.1:8501", "origin": "http://127.0.0.1:8501", "content-type": "application/json"}
KEY = b"k" * 32
NOW = datetime(2027, 3, 2, 12, 0, tzinfo=UTC)


class Reply:
    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def said(self) -> dict[str, Any]:
        return json.loads(self.body)


@pytest.fixture
def plan(installation: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new plan with Dana on the team; its id."""
    return start(monkeypatch, CONTENT)


@pytest.fixture
def tables(installation: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same where the questions are tables."""
    return start(monkeypatch, CONTENT.parents[1] / "tables")


def start(monkeypatch: pytest.MonkeyPatch, content: Path) -> str:
    monkeypatch.setenv("MCPLAN_QUESTIONNAIRE", str(content))
    empty = Plan("", "Cold chain basics", team=(Member("dana", "Dana"),))
    with writing(desk.engine()) as session:
        return start_plan(session, desk.questionnaire(), empty, person=somebody_here("Dana"), at=desk.now())


def ask(path: str, body: bytes = b"", headers: dict[str, str] | None = None, method: str = "POST") -> Reply:
    """One request to the routes, as a server would hand it over."""
    sent: list[dict[str, Any]] = []
    parts = [{"type": "http.request", "body": body, "more_body": False}]
    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
        "scheme": "http", "server": ("127.0.0.1", 8501), "client": ("127.0.0.1", 1), "http_version": "1.1",
        "headers": [(name.encode(), value.encode()) for name, value in (HOME if headers is None else headers).items()],
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return parts.pop() if parts else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    # A thread of its own, since the browser tests leave an event loop running in this one.
    with ThreadPoolExecutor(1) as beside:
        beside.submit(asyncio.run, Starlette(routes=ROUTES, middleware=MIDDLEWARE)(scope, receive, send)).result()
    head = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Reply(sent[0]["status"], head, b"".join(each.get("body", b"") for each in sent[1:]))


def written(plan_id: str, person: str = "Dana", **parts: Any) -> str:
    """What a box sends, as text; only what the test is about is said."""
    given = {
        "plan": plan_id,
        "question": "first.case",
        "base": 0,
        "changes": {"value": "Because"},
        "save_id": os.urandom(8).hex(),
        "token": write_token(secret(), Caller(LOCAL, person), plan_id, desk.now()),
    }
    return json.dumps(given | parts)


def save(plan_id: str, headers: dict[str, str] | None = None, person: str = "Dana", **parts: Any) -> Reply:
    return ask("/api/answers", written(plan_id, person, **parts).encode(), headers)


def stored(plan: str, question: str = "first.case") -> Any:
    with reading(desk.engine()) as session:
        return fetch_plan(door(session, plan)).answer(desk.questionnaire().question(question))


def test_a_save_is_stored_and_the_reply_holds_what_the_box_shows_next(plan: str):
    reply = save(plan)

    assert reply.status == 200
    assert (reply.said["revision"], reply.said["by"], reply.said["answer"]["value"]) == (1, "Dana", "Because")
    assert reply.said["state"]["word"] == "Drafted"
    assert stored(plan).value == "Because"
    assert reply.headers["cache-control"] == "no-store"


def test_the_second_of_two_saves_learns_what_the_first_has_stored(plan: str):
    save(plan, person="Sam", changes={"value": "Sam thinks"})

    reply = save(plan)

    assert (reply.status, reply.said["revision"], reply.said["by"]) == (409, 1, "Sam")
    assert reply.said["answer"]["value"] == "Sam thinks"
    assert stored(plan).value == "Sam thinks"


def test_the_same_save_sent_twice_is_stored_once(plan: str):
    first = save(plan, save_id="the-very-same")
    again = save(plan, save_id="the-very-same")

    assert (first.status, again.status) == (200, 200)
    assert again.said["answer"] == first.said["answer"]
    assert stored(plan).revision == 1


def test_the_reply_holds_what_was_saved_though_a_colleague_has_changed_it_since(plan: str, monkeypatch):
    storing = save_route.storing

    def overtaken(engine: Any, work: Any) -> Any:
        monkeypatch.setattr(save_route, "storing", storing)
        stored_first = storing(engine, work)
        assert save(plan, person="Sam", base=1, changes={"value": "Sam thinks"}).status == 200
        return stored_first

    monkeypatch.setattr(save_route, "storing", overtaken)
    reply = save(plan)

    assert (reply.status, reply.said["revision"], reply.said["by"]) == (200, 1, "Dana")
    assert reply.said["answer"]["value"] == "Because"
    assert stored(plan).value == "Sam thinks"


def test_a_change_that_does_not_fit_is_said_with_its_field_and_nothing_is_stored(plan: str):
    reply = save(plan, question="first.report", changes={"note": "fine", "value": "ftp://nowhere"})

    assert (reply.status, reply.said["field"]) == (422, "value")
    assert reply.said["error"].startswith("A link starts with https://")
    assert stored(plan, "first.report").revision == 0


def test_of_a_table_the_cells_that_do_not_fit_are_named(tables: str):
    changes = {"rows": {"r1": {"name": "One", "hours": "many"}, "r2": {"hours": 3}}}

    reply = save(tables, question="course.modules", changes=changes)

    assert (reply.status, reply.said["field"]) == (422, "rows")
    assert [cell[:2] for cell in reply.said["cells"]] == [["r1", "hours"]]
    assert reply.said["cells"][0][2].startswith("Hours: ")
    assert stored(tables, "course.modules").value is None


def test_a_question_that_is_not_asked_any_more_is_said_in_words(plan: str):
    reply = save(plan, question="first.gone")

    assert (reply.status, reply.said["field"]) == (422, "")
    assert "not in the questionnaire any more" in reply.said["error"]


def test_an_archived_plan_takes_nothing(plan: str):
    with writing(desk.engine()) as session:
        archive_plan(door(session, plan, "Dana"), at=desk.now())

    reply = save(plan)

    assert (reply.status, reply.said["field"]) == (422, "")
    assert stored(plan).value is None


def test_a_plan_that_never_was_is_not_there(plan: str):
    assert save("never-started").status == 404


@pytest.mark.parametrize("person", ["Kim", "Dana"])
def test_a_token_for_another_plan_opens_nothing(plan: str, person: str):
    reply = save(plan, token=write_token(secret(), Caller(LOCAL, person), "another-plan", desk.now()))

    assert reply.status == 401
    assert stored(plan).value is None


@pytest.mark.parametrize("token", ["", ".", "a.b", "é.é", "W10.W10", "AAAA" * 1000])
def test_a_made_up_token_opens_nothing(plan: str, token: str):
    assert save(plan, token=token).status == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://elsewhere.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": ""},
    ],
)
def test_a_page_from_elsewhere_may_not_save(plan: str, headers: dict[str, str]):
    assert save(plan, headers=HOME | headers).status == 403
    assert stored(plan).value is None


def test_a_save_is_json_and_nothing_a_plain_form_can_send(plan: str):
    assert save(plan, headers=HOME | {"content-type": "text/plain"}).status == 415


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b"{}"])
def test_what_is_no_save_is_refused_in_one_sentence(plan: str, body: bytes):
    reply = ask("/api/answers", body)

    assert (reply.status, reply.said["error"]) == (400, "This save cannot be read.")


@pytest.mark.parametrize("value", ["NaN", "-Infinity", "1e999", "9" * 5000, "[" * 50 + "]" * 50, "[" * 5000])
def test_numbers_and_nestings_that_no_database_takes_are_refused(plan: str, value: str):
    body = written(plan, question="first.hours", changes={"value": "HERE"}).replace('"HERE"', value)

    reply = ask("/api/answers", body.encode())

    assert (reply.status, reply.said["error"]) == (400, "This save cannot be read.")


@pytest.mark.parametrize(
    "parts",
    [
        {"base": -1},
        {"base": True},
        {"base": "0"},
        {"base": 2**40},
        {"plan": 5},
        {"question": "\ud800"},
        {"save_id": ""},
        {"save_id": "x" * 500},
        {"changes": []},
        {"token": None},
    ],
)
def test_a_save_with_a_part_of_the_wrong_kind_is_refused(plan: str, parts: dict[str, Any]):
    assert save(plan, **parts).status == 400


@pytest.mark.parametrize("changes", [{"value": {"picks": "x"}}, {"stage": "3"}, {"evidence": [1]}, {"revision": 9}])
def test_changes_of_the_wrong_kind_are_never_an_error_of_the_server(plan: str, changes: dict[str, Any]):
    assert save(plan, changes=changes).status == 422


def test_lone_surrogates_and_control_characters_are_cleaned_on_the_way_in(plan: str):
    assert save(plan, changes={"value": "a\x00b\ud800c"}).status == 200
    assert stored(plan).value == "ab�c"


@pytest.mark.parametrize("declared", [True, False])
def test_more_than_fits_into_one_save_is_refused_before_it_is_read(plan: str, declared: bool):
    length = {"content-length": str(MOST + 1)} if declared else {}

    reply = ask("/api/answers", b"" if declared else b"x" * (MOST + 1), HOME | length)

    assert reply.status == 413


def test_a_database_that_is_away_is_said_in_a_sentence(plan: str, installation: Path):
    installation.rename(installation.with_suffix(".away"))

    reply = save(plan)

    assert reply.status == 503
    assert reply.said["error"].endswith(".")


def test_nothing_that_arrives_is_ever_logged(plan: str, caplog: pytest.LogCaptureFixture, capfd):
    caplog.set_level(logging.DEBUG)
    marker = "Zanzibar-7731"
    token = write_token(secret(), Caller(LOCAL, marker), plan, desk.now())

    replies = [
        save(plan, changes={"value": marker}),
        save(plan, changes={"value": marker}),
        save(plan, changes={"stage": marker}, token=token),
        save(plan, changes={"value": [[[[[[[marker]]]]]]]}),
        save(plan, token=token[:-3]),
        ask("/api/answers", marker.encode()),
    ]

    assert [reply.status for reply in replies] == [200, 409, 422, 400, 401, 400]
    log = caplog.text + "".join(capfd.readouterr())
    assert marker not in log
    assert token not in log


def test_every_reply_carries_the_headers_that_keep_strangers_out(plan: str):
    for reply in (save(plan), ask("/nowhere", method="GET")):
        assert reply.headers["content-security-policy"] == POLICY
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "same-origin"
    assert "'unsafe-eval'" not in POLICY


def test_files_for_one_person_are_kept_out_of_every_cache():
    assert ask("/media/paper.docx", method="GET").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", sorted(answer_box.FILES))
def test_the_scripts_of_the_box_are_sent_with_their_type_and_kept_by_the_browser(name: str):
    reply = ask(f"/answer-box/{answer_box.VERSION}/{name}", method="GET")

    assert (reply.status, reply.body) == (200, (answer_box.HERE / name).read_bytes())
    assert reply.headers["content-type"].startswith(("text/javascript", "text/css"))
    assert "immutable" in reply.headers["cache-control"]


@pytest.mark.parametrize("path", ["/__init__.py", "/..%2ftokens.py", "/nothing.js"])
def test_nothing_else_is_sent_from_where_the_scripts_lie(path: str):
    assert ask(f"/answer-box/{answer_box.VERSION}{path}", method="GET").status == 404
    assert ask("/answer-box/old/saver.js", method="GET").status == 404


def test_a_token_names_its_person_for_half_a_day():
    token = write_token(KEY, Caller(LOCAL, "Dana"), "plan-1", NOW)

    assert read_token(KEY, token, "plan-1", NOW + timedelta(hours=12)) == Caller(LOCAL, "Dana")
    with pytest.raises(TokenRefused):
        read_token(KEY, token, "plan-1", NOW + timedelta(hours=12, minutes=11))
    with pytest.raises(TokenRefused):
        read_token(b"x" * 32, token, "plan-1", NOW)


def test_an_unchanged_screen_gets_the_same_token_for_ten_minutes():
    assert write_token(KEY, Caller(LOCAL, "Dana"), "p", NOW) == write_token(
        KEY, Caller(LOCAL, "Dana"), "p", NOW + timedelta(minutes=9)
    )
    assert write_token(KEY, Caller(LOCAL, "Dana"), "p", NOW) != write_token(
        KEY, Caller(LOCAL, "Dana"), "p", NOW + timedelta(minutes=11)
    )


def test_the_secret_outlives_a_restart_and_is_its_owners_alone(tmp_path: Path):
    first = secret_in(tmp_path / "plans.db.secret")

    assert secret_in(tmp_path / "plans.db.secret") == first
    assert len(first) >= 32
    assert stat.S_IMODE((tmp_path / "plans.db.secret").stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["plans.db.secret"]


@pytest.fixture
def fresh_secret() -> Callable[[], bytes]:
    secret.cache_clear()
    yield secret
    secret.cache_clear()


@pytest.mark.parametrize(
    ("named", "database"), [("too short", "sqlite:///x.db"), ("", "postgresql://dana@db.example/mcplan")]
)
def test_a_secret_that_is_short_or_missing_is_asked_for(monkeypatch, fresh_secret, named: str, database: str):
    monkeypatch.setenv("MCPLAN_SECRET", named)
    monkeypatch.setenv("MCPLAN_DATABASE", database)

    with pytest.raises(SecretMissing, match="MCPLAN_SECRET"):
        fresh_secret()


def test_a_folder_nobody_may_write_is_said_in_a_sentence(monkeypatch, fresh_secret, tmp_path: Path):
    monkeypatch.setenv("MCPLAN_DATABASE", f"sqlite:///{tmp_path}/nowhere/plans.db")

    with pytest.raises(DatabaseProblem, match="folder"):
        fresh_secret()
