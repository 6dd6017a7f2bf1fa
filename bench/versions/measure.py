"""How long mcplan takes to freeze a plan and to compare two versions: `python -m bench.versions.measure`.

Two plans, as in `bench/insights`: the worked example, and a large one with all its questions answered and 30 outcomes,
60 assessments, 200 activities and a pathway of 200 credentials. Goals: freeze 100 ms, compare 200 ms. Freeze is the
whole transaction on a SQLite file, with readiness for three gates, risks and findings; beside it stands the least that
keeps as much, the same text written to the same file. Compare is word by word, in every phase at once, between versions
in which every tenth, and in which every single answer was edited. Medians of 15 rounds.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import insert

from bench.insights.measure import large
from mcplan.comparing import compare, material_changes, word_by_word
from mcplan.example import load_example
from mcplan.finance.model import reckon
from mcplan.people import somebody_here
from mcplan.plan import Answer, Plan
from mcplan.version import State, freeze, state_of, thaw
from questionnaire.load import load_questionnaire
from questionnaire.model import Questionnaire, Stage
from storage.access import authorize
from storage.database import open_database, writing
from storage.kept import KEPT
from storage.plans import start_plan
from storage.tables import VERSIONS
from storage.versions import store_version

ROUNDS = 15
GOALS = {"freeze": 100, "compare": 200}
HERE = somebody_here("Dana")
PARAGRAPH = (
    "Employers in the region ask for people who can do this work on their own, and they pay for the course. " * 8
)


def main() -> None:
    """Measure both plans and print a line for each figure."""
    asked = load_questionnaire()
    start = time.perf_counter()
    freeze(state_of(asked, load_example()), number=1, name="x", by="Dana", at=datetime.now(UTC))
    print(f"the first freeze of a process writes the questions out once: {1000 * (time.perf_counter() - start):.0f} ms")
    for name, plan in {"worked example": load_example(), "large plan": full(asked, large(load_example()))}.items():
        print(f"\n{name}")
        measure_freezing(asked, plan)
        measure_comparing(asked, plan)


def full(asked: Questionnaire, plan: Plan) -> Plan:
    """The plan with words in answer to every question that takes words."""
    free = (each for each in asked.questions() if each.kind == "long text" and each.id not in plan.answers)
    answers = {each.id: Answer(each.id, PARAGRAPH, stage=Stage.DRAFTED, revision=1) for each in free}
    return replace(plan, answers={**answers, **plan.answers})


def measure_freezing(asked: Questionnaire, plan: Plan) -> None:
    """Freeze the plan again and again, and beside it write as much text."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{Path(folder)}/plans.db", create=True)
        with writing(engine) as session:
            plan_id = start_plan(session, asked, replace(plan, id=""), person=HERE, at=datetime.now(UTC))

        def froze() -> None:
            KEPT.keep(plan_id, "", ((), {}))
            reckon.cache_clear()
            with writing(engine) as session:
                access = authorize(session, HERE, plan_id, "snapshot", datetime.now(UTC))
                store_version(access, asked, uuid4().hex, "For the board", at=datetime.now(UTC))

        report("freeze", froze, goal=GOALS["freeze"])
        kept = freeze(state_of(asked, plan), number=1, name="x", by="Dana", at=datetime.now(UTC))
        numbers = iter(range(1_000, 9_000))

        def floor() -> None:
            row = {"id": uuid4().hex, "plan_id": plan_id, "number": next(numbers), "name": "x", "by": "Dana"}
            text = {"sha256": kept.sha256, "wording": kept.wording_sha256, "content": kept.content}
            with writing(engine) as session:
                authorize(session, HERE, plan_id, "snapshot", datetime.now(UTC))
                session.connection().execute(insert(VERSIONS), row | text | {"at": datetime.now(UTC), "revision": 1})

        report("  floor: the text alone", floor)
        report("look at it as of then", lambda: thaw(kept.content, kept.wording, kept.sha256))
        size, questions = len(kept.content.encode()) / 1024, len(kept.wording.encode()) / 1024
        print(f"  {'a version takes':<36}{size:8.0f} KB; the questions, once for all, {questions:.0f} KB")
        engine.dispose()


def measure_comparing(asked: Questionnaire, plan: Plan) -> None:
    """Compare the plan with itself, with some and with all of its answers edited."""
    before = state_of(asked, plan)
    report("compare, nothing changed", lambda: everything(before, before))
    for what, step in (("every tenth answer edited", 10), ("every answer edited", 1)):
        after = state_of(asked, edited(plan, step))
        report(f"compare, {what}", lambda after=after: everything(before, after), goal=GOALS["compare"])
        report("  which changes are material", lambda after=after: material_changes(before, asked, after.plan))


def edited(plan: Plan, step: int) -> Plan:
    """The plan with some words changed in every `step`th answer."""
    answers = dict(plan.answers)
    for id in list(answers)[::step]:
        value = answers[id].value
        if isinstance(value, str):
            words = value.split(" ")
            words[len(words) // 2 : len(words) // 2 + 2] = ["many", "new", "words"]
            answers[id] = replace(answers[id], value=" ".join(words))
        elif isinstance(value, dict) and isinstance(value.get("rows"), list):
            rows = [{**row, "name": f"{row.get('name', '')} anew"} for row in value["rows"]]
            answers[id] = replace(answers[id], value={"rows": rows})
    return replace(plan, answers=answers)


def everything(before: State, after: State) -> None:
    """All that differs, word by word, in every phase at once."""
    for each in compare(before, after).questions:
        word_by_word(each.before, each.after)
        for row in each.rows:
            for cell in row.cells:
                word_by_word(cell.before, cell.after)


def report(what: str, work: Callable[[], object], goal: int = 0) -> None:
    """Print the median of some rounds."""
    work()
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - start))
    median = statistics.median(took)
    held = f"   goal {goal} ms: {'held' if median <= goal else 'NOT HELD'}" if goal else ""
    print(f"  {what:<36}{median:8.1f} ms{held}")


if __name__ == "__main__":
    main()
