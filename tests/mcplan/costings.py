"""Plans with money in them: the six questions it is asked by, and the reference costing as answers to them."""

import json
from decimal import Decimal
from pathlib import Path

from mcplan.finance.inputs import Costing, CostLine, Enrolment, Price
from mcplan.known import Known
from questionnaire.model import Column, Phase, Questionnaire, Section
from tests.builders import a_plan, a_question, an_answer

WORKED = json.loads((Path(__file__).parent / "finance_worked.json").read_text(encoding="utf-8"))
"""The reference: inputs, and what an independent reckoning makes of them."""
KINDS = {kind: kind for kind in ("one-off", "yearly", "cohort", "learner", "attempt")}
RATES = ("capacity", "cohorts", "minimum", "refund", "payment-fee", "overhead", "shift", "shift-loss",
         "second-attempt", "completion", "discount", "contingency")  # fmt: skip
NAMES = ("costs", "prices", "enrolment", "funding", "assumptions", "currency")


def table(name, columns, ready=()):
    """A table question of the operational phase; columns as `id:kind`."""
    made = tuple(
        Column(id, id.capitalize(), kind or "text") for id, _, kind in (each.partition(":") for each in columns)
    )
    return a_question(id=f"operational.{name}", ask=f"What about {name}?", kind="table", columns=made, ready=ready)


QUESTIONS = (
    a_question(id="operational.currency", kind="choice", options={"cad": "Canadian dollar", "eur": "Euro"}),
    table("costs", ["item", "kind:choice", "quantity:number", "rate:money", "year:number", "group:choice"]),
    table("prices", ["segment", "price:money", "share:percent"]),
    table("enrolment", ["year:number", "low:number", "base:number", "high:number"]),
    table("funding", ["source", "amount:money", "status:choice"]),
    table("assumptions", ["assumption", "value:number"], tuple({"id": id, "assumption": id} for id in RATES)),
)
ASKED = Questionnaire(
    (Phase("operational", "Operational planning", "To reckon.", (Section("operational.money", "Money", QUESTIONS),)),)
)


def worked_tables():
    """The reference costing as tables, each a list of rows to change at will."""
    given = WORKED["inputs"]
    one_off, yearly, units = given["one_off"], given["annual_fixed"], given["variable"]
    return {
        "currency": "cad",
        "costs": [
            {"item": "Experts", "kind": "one-off", "quantity": one_off["sme_hours"], "rate": one_off["sme_rate"]},
            {"item": "Designers", "kind": "one-off", "quantity": one_off["id_hours"], "rate": one_off["id_rate"]},
            {"item": "Media and rigs", "kind": "one-off", "rate": one_off["media_and_rigs"], "group": "media"},
            {"item": "Assessments", "kind": "one-off", "rate": one_off["assessment_development"]},
            {"item": "Launch", "kind": "one-off", "rate": one_off["launch_marketing"], "group": "marketing"},
            {"item": "Systems", "kind": "one-off", "rate": one_off["systems_setup"]},
            *({"item": name, "kind": "yearly", "rate": rate, "group": name} for name, rate in yearly.items()),
            {"item": "Refresh", "kind": "yearly", "rate": given["refresh"]["3"], "year": 3},
            {"item": "Instructors", "kind": "cohort", "rate": given["cohort_cost"], "group": "staff"},
            *({"item": name, "kind": "learner", "rate": rate} for name, rate in units.items()),
            {"item": "Second attempt", "kind": "attempt", "rate": given["second_attempt_cost"]},
        ],
        "prices": [
            {"segment": name, "price": price, "share": round(100 * share, 6)}
            for name, price, share in given["segments"]
        ],
        "enrolment": [{"year": year, "base": base} for year, base in enumerate(given["enrolments"], 1)],
        "funding": [{"source": "Skills fund", "amount": given["grant"], "status": "applied"}],
        "assumptions": [
            {"id": id, "value": value}
            for id, value in {
                "capacity": given["cohort_capacity"], "refund": 3, "payment-fee": 2.5, "overhead": 15, "shift": 10,
                "shift-loss": given["lost_contribution_per_shifted_learner"], "second-attempt": 20, "completion": 85,
                "discount": 6,
            }.items()
        ],
    }  # fmt: skip


def a_known(tables, **fields):
    """A plan that says this, to be read."""
    answers = [
        an_answer(f"operational.{name}", _value(name, rows)) for name, rows in tables.items() if rows is not None
    ]
    return Known(ASKED, a_plan(*answers, **fields))


def a_costing(**fields):
    """A costing that is one price, one year, and no costs at all."""
    given = {
        "currency": "CAD",
        "costs": (),
        "prices": (Price("all", Decimal(700), Decimal(100)),),
        "years": (Enrolment(20),),
    }
    return Costing(**given | fields)


def cost(kind, amount, **fields):
    """A line of the costs."""
    return CostLine(kind, kind, Decimal(amount), **fields)


def _value(name, rows):
    if name == "currency":
        return {"picks": [rows], "other": ""}
    return {"rows": [{"id": f"r{place}"} | row for place, row in enumerate(rows, 1)]}
