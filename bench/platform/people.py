"""What a room full of people costs mcplan, beside the least app that could do the same.

    python bench/platform/people.py                   50 people for a minute, each saves every ten seconds
    python bench/platform/people.py --rounds 3        three times in turn; the ratios are medians
    python bench/platform/people.py --look            they only look on
    python bench/platform/people.py --climb           more and more people, until a save takes too long

No browsers: each of the people is a session of Streamlit with an open phase of the worked example, which asks for
what is new and saves texts of 150 words as the page would (`crowd.py`). The floor draws as many text areas, with the
same texts in them, and saves by drawing the screen again. Each app has a process and a database of its own, and its
turn. Goals for 50 people: 95 of 100 saves take at most twice as long as in the floor, nothing fails, nothing that was
acknowledged is lost, and a session takes at most twice the memory.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parents[2]))

from crowd import AtFloor, AtProduct
from servers import busy, command, floor, memory, processor_seconds, product

from mcplan.people import somebody_here
from questionnaire.load import load_questionnaire
from storage.access import authorize
from storage.answers import fetch_history
from storage.database import open_database, reading
from storage.plans import fetch_plan

GOALS = {"p95, ms": 2.0, "memory a session, KiB": 2.0}
STEPS = (50, 100, 150, 200, 300, 400, 500, 600, 800, 1000)
SLOW = 500
"""Milliseconds that 95 of 100 saves must not pass while the number of people climbs."""
AT_ONCE = 5
"""People who come through the door together."""
SETTLE = 3.0
"""Seconds after the last one has come, before anything is counted."""


@dataclass(frozen=True)
class Kept:
    """What a database holds in the end, by question."""

    now: dict[str, str]
    ever: dict[str, set[str]]


class Floor:
    """The floor app, filled with the texts of the worked example."""

    name, serve, person = "floor", staticmethod(floor), AtFloor

    def __init__(self, folder, phase):
        self.database, self.example = folder / "floor.db", Product(folder, phase)
        self.query = f"?n={len(self.example.questions)}"

    def fill(self):
        """Put the texts in; the app has made its tables when its first visitor came."""
        texts = self.example.kept().now
        with sqlite3.connect(self.database) as connection:
            rows = [("p", f"q{at}", texts.get(id, ""), 1) for at, id in enumerate(self.example.questions)]
            connection.executemany("INSERT INTO flooranswer (plan, question, text, revision) VALUES (?, ?, ?, ?)", rows)
        connection.close()

    def kept(self):
        """What is stored."""
        connection = sqlite3.connect(self.database)
        now = dict(connection.execute("SELECT question, text FROM flooranswer"))
        ever = {question: set() for question in now}
        for question, text in connection.execute("SELECT question, text FROM floorrevision"):
            ever[question].add(text)
        connection.close()
        return Kept(now, ever)


class Product:
    """mcplan with the worked example."""

    name, serve, person = "mcplan", staticmethod(product), AtProduct

    def __init__(self, folder, phase):
        self.database = folder / "plans.db"
        self.plan_id = command("demo", "--create", database=self.database).strip()
        self.questions = [question.id for question in load_questionnaire().phase(phase).questions]
        self.query = f"{phase}?plan={self.plan_id}"

    def fill(self):
        """The example is in it from the start."""

    def kept(self):
        """What is stored."""
        engine, asked = open_database(f"sqlite:///{self.database}"), load_questionnaire()
        with reading(engine) as session:
            access = authorize(session, somebody_here("Bench"), self.plan_id, "view", datetime.now(UTC))
            plan = fetch_plan(access)
            now = {id: str(plan.answer(asked.question(id)).value or "") for id in self.questions}
            ever = {
                id: {each.answer.value for each in fetch_history(access, id) if isinstance(each.answer.value, str)}
                for id in now
            }
        engine.dispose()
        return Kept(now, ever)


def main():
    """Measure, and print."""
    given = read_words()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    print(f"Machine in use before we begin: {busy():.0%}")
    if given.climb:
        climb(given)
        return
    rounds = []
    for turn in range(given.rounds):
        sides = [side for side in (Floor, Product)[:: -1 if turn % 2 else 1] if given.only in ("", side.name)]
        rounds.append({side.name: measure(side, given, given.people) for side in sides})
    if not given.only:
        show(rounds, given)


def climb(given):
    """More people from step to step, on each side until it is too slow."""
    held, still = {}, [Floor, Product]
    for people in STEPS:
        for side in tuple(still):
            seen = measure(side, given, people)
            if seen.get("p95, ms", SLOW + 1) > SLOW or seen["errors"]:
                still.remove(side)
            else:
                held[side.name] = people
    for side in (Floor, Product):
        print(f"{side.name} carries {held.get(side.name, 'fewer than ' + str(STEPS[0]))} people")


def measure(side, given, people):
    """One app with so many people; prints a line, gives the figures."""
    with tempfile.TemporaryDirectory() as folder:
        app = side(Path(folder), given.phase)
        with app.serve(app.database) as running:
            print(f"{app.name} is process {running.pid}", flush=True)
            crowd, figures = asyncio.run(fill_room(app, running, given, people))
        figures["lost"] = lost(crowd, app.kept())
    print(
        f"{people} in {app.name}: " + ", ".join(f"{name} {shown(value)}" for name, value in figures.items()), flush=True
    )
    problems = Counter(problem for person in crowd for problem in person.errors)
    for problem, often in problems.most_common(3):
        print(f"    {often} times {problem}")
    return figures


async def fill_room(app, running, given, people):
    """Let people come, work and go; gives them and the figures."""
    address = f"{running.address}/{app.query}"
    # What is loaded with the first visitor is there once, however many follow.
    for number in range(2):
        first = app.person(address, number)
        await first.open()
        await first.close()
        if not number:
            app.fill()
    empty, _ = memory(running.pid)
    crowd, opening = [app.person(address, number) for number in range(people)], []
    for at in range(0, people, AT_ONCE):
        await asyncio.gather(*(come(person, opening) for person in crowd[at : at + AT_ONCE]))
    await asyncio.sleep(SETTLE)
    begin, used, own = time.perf_counter(), processor_seconds(running.pid), time.process_time()
    await asyncio.gather(*(work(person, given, begin, begin + given.seconds, people) for person in crowd))
    lasted = time.perf_counter() - begin
    full, threads = memory(running.pid)
    figures = {
        "opening, ms": 1000 * median(opening),
        "processor, % of a core": 100 * (processor_seconds(running.pid) - used) / lasted,
        "our own, %": 100 * (time.process_time() - own) / lasted,
        "memory, MiB": full,
        "memory a session, KiB": 1024 * (full - empty) / people,
        "threads": threads,
    }
    await asyncio.gather(*(person.close() for person in crowd))
    return crowd, counted(crowd) | figures


async def come(person, opening):
    """Open the page, and note how long it took."""
    begin = time.perf_counter()
    await person.open()
    opening.append(time.perf_counter() - begin)


async def work(person, given, begin, ends, people):
    """Save every so often, all people spread evenly; or only look on."""
    due = begin + given.every * person.number / people
    while due < ends and not given.look:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await person.save()
        due = max(due + given.every, time.perf_counter())
    await asyncio.sleep(max(0.0, ends - time.perf_counter()))


def counted(crowd):
    """The figures of the saves."""
    took = [1000 * each for person in crowd for each in person.took]
    figures = {"saves": len(took), "errors": sum(len(person.errors) for person in crowd)}
    figures |= {
        "overtaken": sum(person.overtaken for person in crowd),
        "redraws": sum(person.redraws for person in crowd),
    }
    if len(took) < 2:
        return figures
    cuts = quantiles(took, n=100, method="inclusive")
    return figures | {"median, ms": median(took), "p95, ms": cuts[94], "p99, ms": cuts[98]}


def lost(crowd, kept):
    """How many acknowledged texts the history does not have, and how many questions end with nobody's last text."""
    gone, last = 0, {}
    for person in crowd:
        for question, _, text in person.acknowledged:
            gone += text not in kept.ever[question]
            last.setdefault(question, {})[person.number] = text
    return gone + sum(kept.now[question] not in texts.values() for question, texts in last.items())


def show(rounds, given):
    """The medians of all rounds, and of their ratios."""
    print(f"\n{given.people} people, {given.seconds} s, {len(rounds)} rounds: medians")
    print(f"{'':26}{'floor':>10}{'mcplan':>10}{'ratio':>8}{'goal':>6}")
    for name in rounds[0]["floor"]:
        low, ours = (median(each[side][name] for each in rounds) for side in ("floor", "mcplan"))
        ratios = [each["mcplan"][name] / each["floor"][name] for each in rounds if each["floor"][name]]
        ratio = f"{median(ratios):8.2f}" if ratios else f"{'':8}"
        goal = GOALS.get(name)
        missed = "   missed" if goal and ratios and median(ratios) > goal else ""
        print(f"{name:26}{shown(low):>10}{shown(ours):>10}{ratio}{goal or '':>6}{missed}")
    print(f"Machine in use afterwards: {busy():.0%}")


def shown(value):
    """A figure as short as it may be."""
    return str(value) if isinstance(value, int) else f"{value:.0f}" if abs(value) >= 20 else f"{value:.1f}"


def read_words():
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=50, help="how many people there are (50)")
    parser.add_argument("--seconds", type=float, default=60, help="how long they work (60)")
    parser.add_argument("--every", type=float, default=10, help="seconds between two saves of one of them (10)")
    parser.add_argument("--rounds", type=int, default=1, help="how often each app has its turn (1)")
    parser.add_argument("--phase", default="strategic", help="the phase they have open (strategic)")
    parser.add_argument("--only", default="", choices=["floor", "mcplan"], help="one of the two, as for a profiler")
    parser.add_argument("--look", action="store_true", help="nobody saves")
    parser.add_argument("--climb", action="store_true", help="raise the number of people until it is too slow")
    return parser.parse_args()


if __name__ == "__main__":
    main()
