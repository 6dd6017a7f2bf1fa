"""How long the portfolio of 10,000 plans takes: `python bench/portfolio/measure.py [plans]`.

Beside each read of the product stands the floor: the least SQL that gives the same page and says how many plans there
are, by the driver of Python itself. `as a member` is the read of somebody who signs in and is in every plan.
Goals: the first screen within 1 s, and the read within twice the raw read of the summary rows.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from mcplan.example import load_example
from mcplan.people import Person, somebody_here
from mcplan.portfolio import Wanted
from mcplan.views.portfolio import view_portfolio
from questionnaire.load import load_questionnaire
from storage.database import open_database, reading, writing
from storage.guard import AllPlans, within
from storage.plans import start_plan
from storage.portfolio_list import AT_ONCE, fetch_portfolio_page
from storage.tables import MEMBERSHIPS, PEOPLE, PLANS, SUMMARIES

ME, MEMBER, NOW = somebody_here("bench"), Person("member", "Member"), datetime(2027, 1, 15, 12, tzinfo=UTC)
ROUNDS, SCREEN, RATIO = 15, 1.0, 2.0
JOIN = "FROM mc_plan JOIN mc_plan_summary ON mc_plan.id = plan_id WHERE deleted_at IS NULL AND archived_at IS NULL"
LAST = "changed_at DESC, id DESC"
OF_MEMBER = " AND mc_plan.id IN (SELECT plan_id FROM mc_membership WHERE person_id = 'member')"
ALL = "SELECT * FROM mc_plan_summary"
WAYS = {
    "as it opens": (Wanted(), f"SELECT * {JOIN} ORDER BY {LAST} LIMIT {AT_ONCE}"),
    "most stops first": (Wanted(order="stops"), f"SELECT * {JOIN} ORDER BY stops DESC, {LAST} LIMIT {AT_ONCE}"),
    "red, by readiness": (
        Wanted(verdicts=("Red",), order="floor"),
        f"SELECT * {JOIN} AND verdict = 'Red' ORDER BY floor, {LAST} LIMIT {AT_ONCE}",
    ),
    "a word in the title": (
        Wanted("plan 77"),
        f"SELECT * {JOIN} AND lower(title) LIKE '%plan 77%' ORDER BY {LAST} LIMIT {AT_ONCE}",
    ),
}


def main() -> None:
    """Make the plans, then print each way of looking at them beside its floor."""
    plans = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    asked = load_questionnaire()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plans.db"
        engine = open_database(f"sqlite:///{file}", create=True)
        fill(engine, asked, plans)
        raw = sqlite3.connect(file)
        whole = median(lambda: raw.execute(ALL).fetchall())
        print(f"{plans} plans; raw read of all summary rows {whole:.1f} ms; goal of each read {RATIO:.0f} times that")
        for name, (wanted, floor) in WAYS.items():
            print(f"{name:<34} {line(engine, asked, raw, wanted, floor, whole)}")
        for name, (wanted, floor) in WAYS.items():
            theirs = floor.replace(" ORDER BY", f"{OF_MEMBER} ORDER BY")
            print(f"{'as a member: ' + name:<34} {line(engine, asked, raw, wanted, theirs, whole, MEMBER)}")
        fetch = lambda: fetch_portfolio_page(engine, asked, ME, Wanted(), at=NOW)  # noqa: E731
        took = median(lambda: view_portfolio(asked, fetch(), AT_ONCE, NOW)) / 1000
        print(
            f"first screen without drawing {took:.3f} s (goal {SCREEN:.0f} s): {'ok' if took <= SCREEN else 'MISSED'}"
        )
        raw.close()
        engine.dispose()


def line(engine, asked, raw, wanted: Wanted, floor: str, whole: float, me: Person = ME) -> str:
    """One way of looking, in milliseconds: the product's read, the raw read of the same page, and the ratios."""
    took = median(lambda: fetch_portfolio_page(engine, asked, me, wanted, at=NOW))
    counted = f"SELECT count(*) {floor[len('SELECT * ') : floor.index(' ORDER BY')]}"
    same = median(lambda: (raw.execute(counted).fetchone(), raw.execute(floor).fetchall()))
    verdict = "ok" if took <= RATIO * whole else "MISSED"
    return f"{took:7.1f} ms, raw page {same:6.1f} ms (×{took / same:.1f}), of all rows ×{took / whole:.2f} {verdict}"


def median(work: Callable[[], object]) -> float:
    """Milliseconds that the work takes, the median of the rounds."""
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - start))
    return statistics.median(took)


def fill(engine, asked, plans: int) -> None:
    """Plans with a row and a summary each, copied from one that was started properly."""
    with writing(engine) as session:
        start_plan(session, asked, load_example(), person=ME, at=NOW)
    with reading(engine) as session, within(session, AllPlans()):
        plan = dict(session.connection().execute(PLANS.select()).one()._mapping)
        summary = dict(session.connection().execute(SUMMARIES.select()).one()._mapping)
    numbers = range(1, plans)
    ids = [f"bench{number:06}" for number in numbers]
    rows = [
        plan | {"id": id, "title": f"Plan {number}", "gate": f"G{1 + number % 4}",
                "changed_at": NOW - timedelta(minutes=number * 7919 % 500_000)}
        for id, number in zip(ids, numbers, strict=True)
    ]  # fmt: skip
    sums = [
        summary | {"plan_id": id, "stops": number * 7 % 23, "floor": float(number * 13 % 101),
                   "verdict": ("Red", "Amber", "Green")[number % 3]}
        for id, number in zip(ids, numbers, strict=True)
    ]  # fmt: skip
    with writing(engine) as session, within(session, AllPlans()):
        session.connection().execute(insert(PLANS), rows)
        session.connection().execute(insert(SUMMARIES), sums)
        who = {"id": MEMBER.id, "iss": "x", "sub": "x", "email": "", "name": MEMBER.name, "is_admin": False}
        session.connection().execute(insert(PEOPLE), who | {"first_at": NOW, "seen_at": NOW})
        member = {"person_id": MEMBER.id, "role": "editor", "by": "bench", "at": NOW, "ends_at": None}
        session.connection().execute(insert(MEMBERSHIPS), [member | {"plan_id": id} for id in (plan["id"], *ids)])


if __name__ == "__main__":
    main()
