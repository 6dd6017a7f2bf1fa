"""What a dossier tells of decisions, actions and changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mcplan.decisions import Move, Point, Submission
from mcplan.dossier.kept import action_rows, change_rows, decision_rows
from mcplan.known import Known
from mcplan.version import Version, state_of
from tests.builders import NOON, a_plan, a_question, a_questionnaire, an_answer
from tests.mcplan.test_actions import SHIPPED, planned

VERSION = Version("v", 3, "For the Senate", "Dana", NOON, 7, "ab" * 32)
SUBMITTED = Submission("s", "v", "G2", "Dana", "Senate", NOON.date(), "", NOON)


def a_move(kind, **fields):
    return Move("m", 2, kind, "s", "Sam", "sam", NOON, **fields)


def test_a_decision_names_its_version_and_every_condition():
    points = (Point("Agree on the price", "Dana", NOON.date()),)
    given = a_move("approve with conditions", decided_by="Kim", decided_on=NOON.date(), reason="Good.", points=points)

    (row,) = decision_rows([a_move("submit"), given], {"s": SUBMITTED}, {"v": VERSION})

    assert (row.decision, row.by, row.version) == ("Approved with conditions", "Kim", "3 “For the Senate”")
    assert row.says.startswith("Good. Agree on the price (Dana, by ")


def test_actions_are_numbered_and_late_ones_marked():
    plan = planned({"what": "a", "due": "2027-01-01"}, {"what": "b", "status": "done"})

    rows = action_rows(Known(SHIPPED, plan), NOON.date())

    assert [(row.name, row.says, row.state, row.is_late) for row in rows] == [
        ("A1", "a", "Open", True), ("A2", "b", "Done", False),
    ]  # fmt: skip


def test_changes_name_facts_and_questions_with_who_changed_them():
    asked = a_questionnaire(a_question("case"))
    plan = a_plan(an_answer(by="Sam", at=NOON + timedelta(days=1)), title="Cold chain")
    before = replace(plan, title="Cold", answers={})

    rows = change_rows(state_of(asked, before), state_of(asked, plan))

    assert [(row.question_id, row.by) for row in rows] == [("", ""), ("first.case", "Sam")]
    assert "“Cold chain” instead of “Cold”" in rows[0].says


def test_nothing_changed_is_no_row():
    asked, plan = a_questionnaire(a_question("case")), a_plan(an_answer())

    assert change_rows(state_of(asked, plan), state_of(asked, plan)) == ()
