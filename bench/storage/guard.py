"""What the door and the guard add to a small query: python bench/storage/guard.py [--rounds 2000]

The same statement is run past the guard (all plans in scope) and behind it (one plan in scope), in turn, on a SQLite
file; and the whole way through `authorize` is timed beside both. Aim: at most 0.3 ms a query.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from measure import machine
from sqlalchemy import bindparam, select

from mcplan.people import somebody_here
from mcplan.plan import Plan
from questionnaire.load import load_questionnaire
from storage.access import authorize
from storage.database import open_database, reading, writing
from storage.guard import AllPlans, OnePlan, open_scope
from storage.people import sign_in
from storage.plans import start_plan
from storage.tables import PLANS

QUERY = select(PLANS.c.revision).where(PLANS.c.id == bindparam("this_plan"))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=2_000)
    rounds = options.parse_args().rounds
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        run(f"sqlite:///{folder}/plans.db", rounds)


def run(url: str, rounds: int) -> None:
    engine, now = open_database(url, create=True), datetime.now(UTC)
    with writing(engine) as session:
        dana = sign_in(session, "https://id.example.org", "dana", email="", name="Dana", at=now)
        plan_id = start_plan(session, load_questionnaire(), Plan("", "Bench"), person=dana, at=now)
    times: dict[str, list[float]] = {"past the guard": [], "behind the guard": [], "authorize, as a member": []}
    times["authorize, at this computer"] = []
    people = {"authorize, as a member": dana, "authorize, at this computer": somebody_here("Dana")}
    with reading(engine) as session:
        for _ in range(rounds):
            for what, taken in times.items():
                if what in people:
                    begin = time.perf_counter()
                    authorize(session, people[what], plan_id, "view", now)
                else:
                    open_scope(session, AllPlans() if what == "past the guard" else OnePlan(plan_id))
                    begin = time.perf_counter()
                    session.connection().execute(QUERY, {"this_plan": plan_id}).scalar()
                taken.append((time.perf_counter() - begin) * 1e3)
    medians = {what: statistics.median(taken[rounds // 2 :]) for what, taken in times.items()}
    for what, median in medians.items():
        print(f"{what:28s} {median:.3f} ms")
    print(f"the guard adds {medians['behind the guard'] - medians['past the guard']:.3f} ms a query")


if __name__ == "__main__":
    main()
