"""What differs between two states of a plan, and what of it a board has to know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from mcplan.comparing import CellChange, RowChange, compare, material_changes, word_by_word
from mcplan.plan import Evidence, Member
from mcplan.version import state_of
from questionnaire.model import Column, Stage
from tests.builders import DANA, a_plan, a_question, a_questionnaire, an_answer

TABLE = a_question("costs", kind="table", columns=(Column("name", "Item"), Column("sum", "Sum", "number", unit="CAD")))
ASKED = a_questionnaire(a_question("case"), a_question("price"), TABLE)


def state(*answers, asked=ASKED, **fields):
    return state_of(asked, a_plan(*answers, **fields))


def costs(*rows):
    return an_answer("first.costs", {"rows": [{"id": id, "name": name, "sum": sum} for id, name, sum in rows]})


def test_the_same_state_has_no_differences():
    assert compare(state(an_answer()), state(an_answer())).is_empty


def test_answers_are_compared_in_walking_order_with_what_else_changed():
    before = state(an_answer("first.case", "Employers ask for it."))
    after = state(
        an_answer("first.price", "900"),
        an_answer(
            "first.case", "Employers pay for it.", stage=Stage.AGREED, evidence=(Evidence("Survey"),),
            confidence={"Sam Ito": 4},
        ),
    )  # fmt: skip

    case, price = compare(before, after).questions

    assert (case.before, case.after) == ("Employers ask for it.", "Employers pay for it.")
    assert case.also == (
        ("Stage", "Drafted", "Agreed"),
        ("Evidence", "none", "Survey"),
        ("Confidence", "none", "Sam Ito 4"),
    )
    assert (price.before, price.after) == ("", "900")


def test_tables_are_compared_row_by_row_and_cell_by_cell():
    before = state(costs(("a", "Rig", 100.0), ("b", "Video", 50.0)))
    after = state(costs(("a", "Rig", 120.0), ("c", "Badge", 10.0)))

    (change,) = compare(before, after).questions

    assert change.rows == (
        RowChange("changed", "Rig", (CellChange("Sum", "100 CAD", "120 CAD"),)),
        RowChange("added", "Badge", (CellChange("Item", "", "Badge"), CellChange("Sum", "", "10 CAD"))),
        RowChange("removed", "Video", (CellChange("Item", "Video", ""), CellChange("Sum", "50 CAD", ""))),
    )


def test_a_row_that_is_only_called_otherwise_elsewhere_has_not_changed():
    refers = a_question(
        "uses", kind="table", columns=(Column("name", "Use"), Column("of", "Of", "row", of="first.costs"))
    )
    asked = a_questionnaire(TABLE, refers)
    use = an_answer("first.uses", {"rows": [{"id": "u", "name": "Lab", "of": "a"}]})

    changes = compare(
        state(costs(("a", "Rig", 1.0)), use, asked=asked), state(costs(("a", "Test rig", 1.0)), use, asked=asked)
    ).questions

    assert [each.question.id for each in changes] == ["first.costs"]


def test_facts_and_team_are_compared():
    before = state(board="Senate")
    after = state(board="Council", team=(replace(DANA, role=""), Member("kit", "Kit")))

    found = compare(before, after)

    assert found.facts == (("Who decides", "Senate", "Council"),)
    assert found.team == (
        ("changed", "Dana Okafor (initiative lead) → Dana Okafor"),
        ("added", "Kit"),
        ("removed", "Sam Ito (subject matter expert)"),
    )


def test_a_question_that_is_asked_otherwise_or_not_any_more_is_told():
    before = state(an_answer("first.case"), an_answer("first.price"))
    later = a_questionnaire(a_question("case", ask="Why?"), a_question("hours"))

    changes = {
        each.question.id: each
        for each in compare(before, state(an_answer("first.case"), an_answer("first.price"), asked=later)).questions
    }

    assert changes["first.case"].wording == ("What about case?", "Why?")
    assert changes["first.hours"].asked == "anew"
    assert changes["first.price"].asked == "no longer"
    assert not any(each.is_material for each in changes.values()), "the team has changed nothing"


def test_material_is_what_a_board_has_read_and_nothing_else():
    answer = an_answer("first.case", "Employers ask for it.")
    approved = state(answer)

    def now(**changes):
        facts = {name: changes.pop(name) for name in ("title", "start") if name in changes}
        return material_changes(approved, ASKED, a_plan(replace(answer, **changes), **facts))

    assert now(confidence={"Sam Ito": 1}, stage=Stage.AGREED, owner="sam", evidence=(Evidence("Survey"),)) == ()
    assert now(revision=9, by="Sam Ito") == ()
    assert now(value="Employers pay for it.") == ("First.case What about case?".replace("First.case", "Case"),)
    assert len(now(note="But not all.")) == 1
    assert len(now(not_applicable="No employers.")) == 1
    assert now(title="Cold chain", start=date(2027, 9, 1)) == ("Title", "First learners")


def test_actions_are_work_on_a_decision_and_no_part_of_it():
    actions = replace(TABLE, id="register.actions")
    asked = a_questionnaire(a_question("case"), actions)
    new = an_answer("register.actions", {"rows": [{"id": "x", "name": "Ask the union"}]})

    assert material_changes(state(asked=asked), asked, a_plan(new)) == ()


def test_words_that_changed_are_marked_and_unrelated_texts_stand_one_after_the_other():
    assert [piece.change for piece in word_by_word("a fair price for all", "a low price for all")] == [
        "kept", "removed", "added", "kept",
    ]  # fmt: skip
    assert word_by_word("one two three", "four five six") == (
        ("removed", "one two three"),
        ("added", "four five six"),
    )


@settings(max_examples=200, deadline=None)
@given(st.text("ab c\n", max_size=60), st.text("ab c\n", max_size=60))
def test_the_pieces_always_make_up_both_texts(before, after):
    pieces = word_by_word(before, after)

    assert "".join(piece.text for piece in pieces if piece.change != "added") == before
    assert "".join(piece.text for piece in pieces if piece.change != "removed") == after
