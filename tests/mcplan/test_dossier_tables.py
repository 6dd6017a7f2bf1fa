"""Tables of answers in the dossier: columns as wide as what stands in them."""

from __future__ import annotations

from mcplan.dossier import write_dossier
from mcplan.dossier.answer_tables import ACROSS
from mcplan.dossier.blocks import Table
from questionnaire.model import Column
from tests.builders import a_plan, a_question, a_questionnaire, an_answer
from tests.mcplan.dossiers import a_dossier

LONG = "Calculate the design load of a dwelling in a cold climate from the data of a survey"
STEPS = a_question(
    "steps",
    kind="table",
    gate="G1",
    columns=(
        Column("step", "Step"),
        Column("says", "What an earner can do", "words"),
        Column("state", "State"),
        Column("due", "Decides on", "date"),
        Column("where", "Address"),
    ),
)
ROW = {"id": "r1", "step": "LO1", "says": LONG, "state": "Approved", "due": "2027-02-22", "where": f"South {LONG}"}


def test_no_word_and_no_day_is_torn_apart_and_long_texts_get_what_is_left():
    plan = a_plan(an_answer(STEPS.id, {"rows": [ROW]}), id="plan-1")
    (table,) = (
        each
        for each in write_dossier(a_dossier(a_questionnaire(STEPS), plan))
        if isinstance(each, Table) and each.caption == STEPS.ask
    )

    whole = sum(column.width for column in table.columns)
    letters = {column.title: column.width / whole * ACROSS for column in table.columns}
    assert letters["State"] > len("Approved") + 2
    assert letters["Decides on"] > len("22\u00a0February") + 2
    assert letters["What an earner can do"] > 20
    assert letters["Step"] < 10
    assert [run.text for run in table.rows[0][3]] == ["22\u00a0February 2027"]
