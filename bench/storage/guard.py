"""What the door and the guard add to a small query.

    python bench/storage/guard.py                     on a SQLite file
    python bench/storage/guard.py --postgresql        on a PostgreSQL that is started for it
    python bench/storage/guard.py --url ADDRESS       in an empty database that is there already

The same statement is run past the guard (all plans in scope) and behind it (one plan in scope), in turn; and the whole
way through `authorize` is timed beside both, in a transaction that reads and in one that writes. Aim: at most 0.3 ms a
query.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from measure import machine
from sqlalchemy import bindparam, select
from sqlmodel import Session

from mcplan.people import somebody_here
from mcplan.plan import Plan
from questionnaire.load import load_questionnaire
from storage.access import authorize
from storage.database import open_database, reading, writing
from storage.guard import AllPlans, OnePlan, Scope, open_scope
from storage.people import sign_in
from storage.plans import start_plan
from storage.tables import PLANS

HERE = somebody_here("Dana")
QUERY = select(PLANS.c.revision).where(PLANS.c.id == bindparam("this_plan"))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=2_000)
    where = options.add_mutually_exclusive_group()
    where.add_argument("--postgresql", action="store_true")
    where.add_argument("--url")
    given = options.parse_args()
    print(machine())
    with database(given) as url:
        print(f"on {url.partition(':')[0]}")
        run(url, given.rounds)


@contextmanager
def database(given: argparse.Namespace) -> Iterator[str]:
    """The address of an empty database."""
    if given.url:
        yield given.url
    elif given.postgresql:
        with postgresql() as url:
            yield url
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/plans.db"


@contextmanager
def postgresql() -> Iterator[str]:
    """One on a server that ends with the block."""
    from tests.storage.conftest import Server

    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise SystemExit("PostgreSQL is not installed here: give --url")
    server = Server(found[-1].parent)
    server.start()
    try:
        yield server.new_database()
    finally:
        server.remove()


def run(url: str, rounds: int) -> None:
    """Time everything in turn, and print the medians of the last half of the rounds."""
    engine, now = open_database(url, create=True), datetime.now(UTC)
    with writing(engine) as session:
        dana = sign_in(session, "https://id.example.org", "dana", email="", name="Dana", at=now)
        plan_id = start_plan(session, load_questionnaire(), Plan("", "Bench"), person=dana, at=now)

    def query(session: Session, scope: Scope) -> Callable[[], object]:
        def ask() -> object:
            return session.connection().execute(QUERY, {"this_plan": plan_id}).scalar()

        open_scope(session, scope)
        return ask

    for kind, transaction in (("reads", reading), ("writes", writing)):
        with transaction(engine) as session:
            ways: dict[str, Callable[[], Callable[[], object]]] = {
                "past the guard": lambda s=session: query(s, AllPlans()),
                "behind the guard": lambda s=session: query(s, OnePlan(plan_id)),
                "authorize, as a member": lambda s=session: lambda: authorize(s, dana, plan_id, "view", now),
                "authorize, at this computer": lambda s=session: lambda: authorize(s, HERE, plan_id, "view", now),
            }
            taken: dict[str, list[tuple[float, float]]] = {what: [] for what in ways}
            for _ in range(rounds):
                for what, ready in ways.items():
                    taken[what].append(taking(ready()))
        show(kind, {what: each[rounds // 2 :] for what, each in taken.items()})
    engine.dispose()


def taking(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds that go by, and those of the processor in this program."""
    begin, used = time.perf_counter(), time.thread_time()
    work()
    return 1e3 * (time.perf_counter() - begin), 1e3 * (time.thread_time() - used)


def show(kind: str, taken: dict[str, list[tuple[float, float]]]) -> None:
    """Print medians, and the median of what the guard adds to one query and the next one."""
    print(f"in a transaction that {kind}:{'':20}ms   of it here")
    for what, times in taken.items():
        wall, processor = (statistics.median(each) for each in zip(*times, strict=True))
        print(f"    {what:28}{wall:14.3f}{processor:13.3f}")
    pairs = zip(taken["behind the guard"], taken["past the guard"], strict=True)
    added = [(with_it[0] - without[0], with_it[1] - without[1]) for with_it, without in pairs]
    wall, processor = (statistics.median(each) for each in zip(*added, strict=True))
    print(f"    {'the guard adds':28}{wall:14.3f}{processor:13.3f}")


if __name__ == "__main__":
    main()
