"""Screens that wait at the server for news: what wakes them, what they are told, and what they cost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, event
from starlette.applications import Starlette

from mcplan.people import LOCAL, somebody_here
from mcplan.plan import Plan
from mcplan.presence import Presence
from pages.kit import desk, waiting
from pages.kit.pulse_route import WAITING, forget
from pages.kit.server import MIDDLEWARE, ROUTES
from pages.kit.tokens import Caller, secret, write_token
from storage.access import authorize
from storage.database import writing
from storage.guard import AllPlans, within
from storage.people import set_disabled, sign_out_everywhere
from storage.plans import delete_plan, start_plan, store_facts
from storage.presence import store_presence
from storage.tables import MEMBERSHIPS
from tests.builders import door
from tests.enrolled import DANA, enrol
from tests.pages.test_save_route import CONTENT, HOME, start

Call = Callable[..., Awaitable[tuple[int, dict[str, Any]]]]
SOON = 0.05


@pytest.fixture
def plan(installation, monkeypatch) -> Iterator[str]:
    """A plan of a server that lets calls wait, and looks for them in quick succession."""
    monkeypatch.setattr(waiting, "TICK", SOON)
    id = start(monkeypatch, CONTENT)
    forget(id)
    WAITING.open()
    yield id
    WAITING.close()


def at_server(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Do something in the event loop of a server; a thread of its own, since browser tests leave a loop in this one."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, work()).result()


async def pulse(
    plan_id: str, caller: Caller | None = None, gone: asyncio.Event | None = None, **parts: Any
) -> tuple[int, dict[str, Any]]:
    """Status and reply of one call of a screen, whose browser is there until it has `gone`."""
    given = {"plan": plan_id, "visit": "v", "screen": "first", "typing": "", "revision": 0, "known": {}}
    given |= {"token": write_token(secret(), caller or Caller(LOCAL, "Dana"), plan_id, desk.now())}
    body = [{"type": "http.request", "body": json.dumps(given | parts).encode(), "more_body": False}]
    scope = {
        "type": "http", "method": "POST", "path": "/api/pulse", "raw_path": b"/api/pulse", "query_string": b"",
        "root_path": "", "scheme": "http", "server": ("127.0.0.1", 8501), "client": ("127.0.0.1", 1),
        "http_version": "1.1", "headers": [(name.encode(), value.encode()) for name, value in HOME.items()],
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if not body:
            await (gone or asyncio.Event()).wait()
        return body.pop() if body else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await Starlette(routes=ROUTES, middleware=MIDDLEWARE)(scope, receive, send)
    return sent[0]["status"], json.loads(sent[1]["body"])


async def in_the_know(plan_id: str, caller: Caller | None = None, **parts: Any) -> dict[str, Any]:
    """The parts of a call that knows all there is to know."""
    for _ in range(2):  # the first one makes the screen known to itself
        forget(plan_id)
        _, told = await pulse(plan_id, caller, **parts)
    return {"revision": told["revision"], "mark": told["mark"], "wait": True} | parts


async def is_waiting(number: int = 1) -> None:
    """Go on once so many calls wait."""
    async with asyncio.timeout(5):
        while len(WAITING._waiters) != number:
            await asyncio.sleep(0.01)


def change(plan_id: str) -> None:
    """Another server stores something: this one is told by nobody."""
    with writing(desk.engine()) as session:
        store_facts(door(session, plan_id), {"title": "Another title"}, at=desk.now())


def come(plan_id: str) -> None:
    with writing(desk.engine()) as session:
        access = authorize(session, somebody_here("Sam"), plan_id, "view", desk.now())
        store_presence(access, Presence("s", "Sam", "first", "", desk.now()))


@pytest.mark.parametrize(("happens", "brings"), [(change, "strip"), (come, "present")])
def test_who_waits_is_told_what_happens_at_another_server(plan, happens, brings):
    async def work():
        call = asyncio.create_task(pulse(plan, **await in_the_know(plan)))
        await is_waiting()
        await asyncio.sleep(3 * SOON)
        assert not call.done(), "there was nothing to say"
        await asyncio.to_thread(happens, plan)
        return await asyncio.wait_for(call, 3)

    status, told = at_server(work)
    assert status == 200
    assert told[brings]


def test_who_waits_in_vain_is_told_so_and_asks_again(plan, monkeypatch):
    monkeypatch.setattr(waiting, "LONGEST", 4 * SOON)

    async def work():
        return await pulse(plan, **await in_the_know(plan))

    assert at_server(work) == (200, {"waited": True})


def test_nobody_waits_who_does_not_want_to_or_does_not_know_all(plan):
    async def work():
        knows = await in_the_know(plan)
        others = ({"wait": False}, {"mark": "old"}, {"revision": 0}, {"wait": "yes"})
        return [await asyncio.wait_for(pulse(plan, **knows | other), 3) for other in others]

    assert [(status, "mark" in told) for status, told in at_server(work)] == [(200, True)] * 4


def test_a_server_that_stops_lets_everybody_go_and_nobody_wait(plan):
    async def work():
        knows = await in_the_know(plan)
        calls = [asyncio.create_task(pulse(plan, **knows)) for _ in range(3)]
        await is_waiting(3)
        WAITING.close()
        let_go = await asyncio.wait_for(asyncio.gather(*calls), 1)
        return let_go, await asyncio.wait_for(pulse(plan, **knows), 1)

    let_go, after = at_server(work)
    assert let_go == [(200, {"waited": True})] * 3
    assert after[1]["mark"]


def test_a_call_whose_browser_has_gone_waits_no_longer(plan):
    async def work():
        gone = asyncio.Event()
        call = asyncio.create_task(pulse(plan, gone=gone, **await in_the_know(plan)))
        await is_waiting()
        gone.set()
        await asyncio.wait_for(call, 1)
        return len(WAITING._waiters)

    assert at_server(work) == 0


def test_only_so_many_wait(plan, monkeypatch):
    monkeypatch.setattr(waiting, "MOST", 1)

    async def work():
        knows = await in_the_know(plan)
        call = asyncio.create_task(pulse(plan, **knows))
        await is_waiting()
        told = await asyncio.wait_for(pulse(plan, **knows), 1)
        call.cancel()
        return told

    assert at_server(work)[1]["mark"]


def test_however_many_wait_they_cost_one_statement_a_look(plan):
    seen = []

    async def work():
        knows = await in_the_know(plan)
        calls = [asyncio.create_task(pulse(plan, **knows)) for _ in range(20)]
        await is_waiting(20)
        listen = (desk.engine(), "before_cursor_execute", lambda *parts: seen.append(parts[2]))
        event.listen(*listen)
        await asyncio.sleep(10 * SOON)
        event.remove(*listen)
        for call in calls:
            call.cancel()

    at_server(work)
    asked = [statement for statement in seen if not statement.startswith("BEGIN")]
    assert 2 <= len(asked) <= 10
    assert len(set(asked)) == 1


def remove(plan_id: str) -> None:
    with writing(desk.engine()) as session, within(session, AllPlans()):
        session.connection().execute(delete(MEMBERSHIPS).where(MEMBERSHIPS.c.plan_id == plan_id))


def shut_out(_: str) -> None:
    with writing(desk.engine()) as session:
        set_disabled(session, DANA.id, disabled=True, at=desk.now())


def sign_out(_: str) -> None:
    with writing(desk.engine()) as session:
        sign_out_everywhere(session, DANA.id, desk.now() + timedelta(seconds=1))


def throw_away(plan_id: str) -> None:
    with writing(desk.engine()) as session:
        delete_plan(authorize(session, DANA, plan_id, "delete", desk.now()), at=desk.now())


@pytest.mark.parametrize(("happens", "says"), [(remove, 404), (shut_out, 401), (sign_out, 401), (throw_away, 404)])
def test_who_waits_and_may_no_longer_see_the_plan_hears_that_and_nothing_else(plan, as_person, happens, says):
    enrol(desk.engine(), DANA)
    with writing(desk.engine()) as session:
        mine = start_plan(session, desk.questionnaire(), Plan("", "Zanzibar"), person=DANA, at=desk.now())
    caller = Caller(DANA.id, DANA.name, int(desk.now().timestamp()))

    async def work():
        call = asyncio.create_task(pulse(mine, caller, **await in_the_know(mine, caller)))
        await is_waiting()
        await asyncio.sleep(3 * SOON)
        assert not call.done(), "they may still see it"
        await asyncio.to_thread(happens, mine)
        return await asyncio.wait_for(call, 3)

    status, told = at_server(work)
    assert status == says
    assert set(told) == {"error"}
    assert "Zanzibar" not in told["error"]
