"""How long mcplan takes to work everything out of a plan: `python bench/insights/measure.py`.

Two plans: the worked example (goal 50 ms for all insights together), and a large one with 30 outcomes,
60 assessments, 200 activities and a pathway of 200 credentials (goal 300 ms). Medians of 15 rounds in one process;
each round starts from the stored answers, and nothing is kept from the round before.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from mcplan.badge import check_achievement, write_achievement
from mcplan.example import load_example
from mcplan.finance.model import reckon
from mcplan.findings import find_findings
from mcplan.known import Known
from mcplan.plan import Answer, Plan
from mcplan.readiness import assess_readiness
from mcplan.risks import find_risks
from mcplan.skills import map_skills
from mcplan.views.calendar import view_calendar
from mcplan.views.delivery_map import view_delivery_map
from mcplan.views.design import view_design
from mcplan.views.ecosystem import view_ecosystem
from mcplan.views.finance import view_finance
from mcplan.views.pathway import view_pathway
from mcplan.views.summary import view_summary
from questionnaire.load import load_questionnaire
from questionnaire.model import Questionnaire, Stage, Value

ROUNDS = 15
TODAY = date(2027, 1, 15)
GOALS = {"worked example": 50, "large plan": 300}


def main() -> None:
    """Measure both plans and print a line for each insight and for all of them together."""
    asked = load_questionnaire()
    plans = {"worked example": load_example(), "large plan": large(load_example())}
    for name, plan in plans.items():
        work = insights(asked, plan)
        took = {what: [] for what in (*work, "all")}
        for _ in range(ROUNDS):
            reckon.cache_clear()
            whole = 0.0
            for what, do in work.items():
                start = time.perf_counter()
                do()
                spent = 1000 * (time.perf_counter() - start)
                took[what].append(spent)
                whole += spent
            took["all"].append(whole)
        print(f"\n{name} (goal {GOALS[name]} ms)")
        for what, times in took.items():
            print(f"  {what:<12} {statistics.median(times):8.1f} ms")


def insights(asked: Questionnaire, plan: Plan) -> dict[str, Callable[[], object]]:
    """Everything that the screens work out of a plan, each as work to do."""

    def known() -> Known:
        return Known(asked, plan)

    findings = find_findings(asked, plan)
    return {
        "findings": lambda: find_findings(asked, plan),
        "risks": lambda: find_risks(asked, plan),
        "readiness": lambda: assess_readiness(asked, plan, "G2", findings=findings),
        "alignment": lambda: view_design(known(), findings),
        "pathway": lambda: view_pathway(known(), findings),
        "finance": lambda: view_finance(asked, plan),
        "badge": lambda: check_achievement(known(), write_achievement(known())),
        "skills": lambda: map_skills([known()]),
        "delivery map": lambda: view_delivery_map(asked, plan, TODAY),
        "ecosystem": lambda: view_ecosystem(asked, plan),
        "calendar": lambda: view_calendar(asked, plan, TODAY),
        "summary": lambda: view_summary(known()),
    }


def large(plan: Plan) -> Plan:
    """The worked example with as much in its design as anybody will ever put there."""
    outcomes = [
        {
            "id": f"o{n}",
            "name": f"LO{n}",
            "text": f"Calibrate instrument {n} within {n} minutes, using its own sheet",
            "level": "apply",
        }
        for n in range(30)
    ]
    assessments = [
        {"id": f"a{n}", "name": f"A{n}", "outcomes": [f"o{n % 30}"], "type": "quiz", "summative": "yes", "weight": 1.6,
         "hours": 0.5, "supervision": "supervised-onsite-id", "attempts": 2.0}
        for n in range(60)
    ]  # fmt: skip
    activities = [
        {"id": f"t{n}", "name": f"T{n}", "outcomes": [f"o{n % 30}", f"o{(n + 7) % 30}"], "hours": 0.5}
        for n in range(200)
    ]
    credentials = [
        {"id": f"c{n}", "name": f"MC{n}", "hours": 20.0, "credits": 1.0, "level": 5.0, "status": "active",
         "terminal": "yes" if n >= 190 else "no"}
        for n in range(200)
    ]  # fmt: skip
    links = [
        {"id": f"l{n}", "name": f"L{n}", "from": f"c{n}", "to": f"c{min(199, n + step)}", "kind": "counts-toward"}
        for n in range(190)
        for step in (1, 10)
    ]
    for place, link in enumerate(links):
        link["id"] = f"l{place}"
    tables = {
        "design.outcomes": outcomes,
        "design.assessments": assessments,
        "design.activities": activities,
        "design.credentials": credentials,
        "design.pathway": links,
    }
    answers = {id: _answer(id, {"rows": list(rows)}) for id, rows in tables.items()}
    return replace(plan, answers={**plan.answers, **answers})


def _answer(question_id: str, value: Value) -> Answer:
    return Answer(question_id, value, stage=Stage.AGREED, owner="dana", at=datetime(2027, 1, 1, tzinfo=UTC), revision=1)


if __name__ == "__main__":
    main()
