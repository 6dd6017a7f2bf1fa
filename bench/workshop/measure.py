"""What a room full of phones costs: how soon a facilitator's move reaches all, and whether every proposal is kept.

Beside the floor (`floor_app.py`), the least Streamlit app that could carry a workshop, in the same run:

    python bench/workshop/measure.py              30 phones on one server with a SQLite file
    python bench/workshop/measure.py --two        100 phones on two servers with one PostgreSQL
    python bench/workshop/measure.py --people 60  more of them

No browsers: each phone asks once a second over a connection of its own, as its page does (`pages/kit/room/phone.js`),
and so does the facilitator's screen. In the floor each person has a session of Streamlit whose fragment is drawn once
a second. The time of a move runs from its click until a phone has its reply in hand, or a session the new words.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from uuid import uuid4

import httpx

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "platform"))

import floor
from servers import busy, serve_floor
from sqlalchemy import create_engine, text

from pages.kit.tokens import Caller, write_token
from storage.database import reading, writing
from storage.workshops import Agenda, fetch_sitting, open_workshop, store_agenda
from tests.browser.served import Served
from tests.builders import door
from tests.storage.conftest import Server

PAUSE = 1.0
MOVES = 10
WITHIN = 3.0
GOALS = {"a move reaches all, p95, ms": 2000, "a proposal is kept, p95, ms": 500, "proposals lost": 0}
SECRET = "a secret of a bench, which keeps nothing secret"


class Phone:
    """A participant."""

    def __init__(self, url: str, name: str) -> None:
        self.client = httpx.AsyncClient(base_url=url, headers={"Origin": url}, timeout=30)
        self.name, self.view, self.seen_at = name, {}, {}

    async def come_in(self) -> None:
        parts = {"code": "K7M4PQ", "name": self.name, "id": uuid4().hex}
        self.seat = (await self._post("/w/api/join", parts))["seat"]

    async def live(self) -> None:
        """Ask once a second, and note when each revision of the workshop was first seen."""
        await asyncio.sleep(random.random() * PAUSE)
        while True:
            reply = await self._post("/w/api/look", {"seat": self.seat, "mark": self.view.get("mark", "")})
            if "revision" in reply:
                self.view = reply
                self.seen_at.setdefault(reply["revision"], time.perf_counter())
            await asyncio.sleep(PAUSE)

    async def propose(self, item: str) -> float:
        """Write something within three seconds; gives the milliseconds the save took."""
        await asyncio.sleep(random.random() * WITHIN)
        began = time.perf_counter()
        parts = {
            "act": "propose",
            "item": item,
            "id": uuid4().hex,
            "text": f"By {self.name}",
            "seen": 0,
            "save_id": uuid4().hex,
        }
        await self._post("/w/api/do", {"seat": self.seat, **parts})
        return 1000 * (time.perf_counter() - began)

    async def _post(self, path: str, parts: dict) -> dict:
        answer = await self.client.post(path, json=parts)
        answer.raise_for_status()
        return answer.json()


class Facilitator:
    """The facilitator's screen."""

    def __init__(self, url: str, plan: str, token: str) -> None:
        self.client = httpx.AsyncClient(base_url=url, headers={"Origin": url}, timeout=30)
        self.known = {"plan": plan, "token": token, "workshop": "w1"}

    async def ask(self, act: str, **parts) -> dict:
        answer = await self.client.post("/api/workshop", json={**self.known, "act": act, **parts})
        answer.raise_for_status()
        return answer.json()

    async def live(self) -> None:
        mark = ""
        while True:
            mark = (await self.ask("look", mark=mark))["mark"]
            await asyncio.sleep(PAUSE)


async def play(urls: list[str], plan: str, token: str, people: int) -> tuple[list[float], list[float]]:
    """Play a workshop: the milliseconds each move took to reach each phone, and each save."""
    phones = [Phone(urls[number % len(urls)], f"Person {number}") for number in range(people)]
    for start in range(0, people, 10):
        await asyncio.gather(*(phone.come_in() for phone in phones[start : start + 10]))
    lead = Facilitator(urls[0], plan, token)
    tasks = [asyncio.create_task(each.live()) for each in (*phones, lead)]
    await asyncio.sleep(3)
    view, reached = await lead.ask("look"), []
    for _ in range(MOVES):
        # To and fro between reading and writing, so that every phone draws something else.
        act = "back" if view["step"] == "propose" else "next"
        began = time.perf_counter()
        view = await lead.ask("move", move=act, seen=view["revision"])
        while not all(view["revision"] in phone.seen_at for phone in phones):
            await asyncio.sleep(0.02)
            for task in tasks:
                if task.done():
                    task.result()
        reached += [1000 * (phone.seen_at[view["revision"]] - began) for phone in phones]
        await asyncio.sleep(random.random())
    while view["step"] != "propose":
        view = await lead.ask("move", move="next", seen=view["revision"])
    saves = await asyncio.gather(*(phone.propose(view["item"]) for phone in phones))
    for task in tasks:
        task.cancel()
    return reached, list(saves)


def product(folder: Path, database: str, count: int, people: int) -> tuple[list[float], list[float], set[str]]:
    """mcplan: what `play` gives, and the proposals that are kept."""
    around = {"MCPLAN_SECRET": SECRET} | ({"MCPLAN_ALLOW_OPEN": "1"} if database else {})
    servers = [Served(folder, around=around, database=database) for _ in range(count)]
    with ExitStack() as stack:
        for server in servers:
            server.start()
            stack.callback(server.kill)
            stack.callback(server.engine.dispose)
        plan = servers[0].start_plan()
        with writing(servers[0].engine) as session:
            access, at = door(session, plan, "Dana"), datetime.now(UTC)
            agenda = Agenda("Bench", 60, 5, 10, False, (("first.case", 0),))
            store_agenda(access, servers[0].questionnaire, "w1", agenda, at=at)
            open_workshop(access, "w1", "K7M4PQ", {}, at=at)
        token = write_token(SECRET.encode(), Caller("local", "Dana"), plan, datetime.now(UTC))
        reached, saves = asyncio.run(play([each.url for each in servers], plan, token, people))
        with reading(servers[0].engine) as session:
            kept = {each.text for each in fetch_sitting(door(session, plan), "w1").proposals}
    return reached, saves, kept


def bare(folder: Path, database: str, count: int, people: int) -> tuple[list[float], list[float], set[str]]:
    """The floor: the same."""
    address = database or f"sqlite:///{folder}/floor.db"
    with ExitStack() as stack:
        app = Path(__file__).with_name("floor_app.py")
        servers = [stack.enter_context(serve_floor(app, address)) for _ in range(count)]
        reached, saves = asyncio.run(floor.play([each.address for each in servers], people, MOVES))
    engine = create_engine(address)
    with engine.connect() as connection:
        kept = set(connection.execute(text("SELECT text FROM floorproposal")).scalars())
    engine.dispose()
    return reached, saves, kept


@contextmanager
def databases(*, two: bool) -> Iterator[tuple[str, str]]:
    """Addresses of two empty databases; "" for a file in the folder of the run."""
    if not two:
        yield "", ""
        return
    server = Server(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))[-1].parent)
    server.start()
    try:
        yield server.new_database(), server.new_database()
    finally:
        server.remove()


def figures(people: int, reached: list[float], saves: list[float], kept: set[str]) -> dict[str, float]:
    """What is held against the goals, and the medians."""
    return {
        "a move reaches all, median, ms": median(reached),
        "a move reaches all, p95, ms": quantiles(reached, n=20, method="inclusive")[-1],
        "a proposal is kept, median, ms": median(saves),
        "a proposal is kept, p95, ms": quantiles(saves, n=20, method="inclusive")[-1],
        "proposals lost": people - len(kept & {f"By Person {number}" for number in range(people)}),
    }


def main() -> int:
    """Measure, print, and give 1 if a goal is missed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--two", action="store_true", help="two servers on PostgreSQL")
    options.add_argument("--people", type=int, default=0)
    asked = options.parse_args()
    people, count = asked.people or (100 if asked.two else 30), 2 if asked.two else 1
    load = busy()
    with databases(two=asked.two) as (first, second), tempfile.TemporaryDirectory() as folder:
        low = figures(people, *bare(Path(folder), first, count, people))
        ours = figures(people, *product(Path(folder), second, count, people))
    where = "two servers on PostgreSQL" if asked.two else "one server on SQLite"
    print(f"{people} people, {where}; {MOVES} moves; the machine was {load:.0%} busy before, {busy():.0%} after")
    print(f"{'':34}{'floor':>8}{'mcplan':>8}{'ratio':>7}{'goal':>7}")
    for name, found in ours.items():
        ratio = f"{found / low[name]:7.2f}" if low[name] else f"{'':7}"
        goal = GOALS.get(name)
        missed = "   missed" if goal is not None and found > goal else ""
        print(f"{name:34}{low[name]:8.0f}{found:8.0f}{ratio}{'' if goal is None else goal:>7}{missed}")
    return int(any(ours[name] > goal for name, goal in GOALS.items()))


if __name__ == "__main__":
    sys.exit(main())
