"""What a file would change in a plan: offered where it is new, a clash where both were changed, never a silent loss."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mcplan.bundle import Bundle
from mcplan.bundle.meeting import find_left_behind, incoming_of
from mcplan.incoming import Incoming, find_difference
from mcplan.plan import Member
from mcplan.views.exchange import difference_as_json, view_bundle, view_difference
from tests.builders import NOON, a_plan, a_question, a_questionnaire, an_answer
from tests.mcplan.bundles import ASKED, ROWS, a_bundle, moved_on


def difference(plan, *incoming, asked=ASKED):
    return find_difference(asked, plan, incoming, by="Dana Okafor", at=NOON)


def only(found):
    (proposal,) = found.proposals
    return proposal


def test_of_a_foreign_file_what_the_plan_lacks_is_new_and_what_it_has_is_a_clash():
    bundle = a_bundle()
    here = a_plan(an_answer(value="Ours"), id="another")

    found = difference(here, *incoming_of(bundle, ()))

    standings = {each.question_id: each.standing for each in found.proposals}
    assert standings.pop("first.case") == "clash"
    assert set(standings.values()) == {"new"}
    assert len(standings) == 6


def test_a_foreign_file_never_empties_anything():
    found = difference(a_plan(an_answer()), Incoming("first.case", {"value": None, "note": "", "evidence": []}))
    assert (found.proposals, found.same) == ((), 1)


@pytest.mark.parametrize(
    ("here", "theirs", "standing"),
    [("Base", "Theirs", "change"), ("Ours", "Base", None), ("Ours", "Theirs", "clash"), ("Same", "Same", None)],
)
def test_a_file_of_the_plan_itself_offers_only_what_was_changed_in_it(here, theirs, standing):
    base = an_answer(value="Base")
    found = difference(a_plan(an_answer(value=here, revision=2)), Incoming("first.case", {"value": theirs}, base))
    assert [each.standing for each in found.proposals] == ([standing] if standing else [])


def test_rows_meet_cell_by_cell():
    base = an_answer("first.steps", ROWS)
    ours = {"rows": [ROWS["rows"][0] | {"days": 5.0}, ROWS["rows"][1]]}
    here = a_plan(an_answer("first.steps", ours, revision=2))

    theirs = {"rows": [ROWS["rows"][0] | {"step": "Plan it"}, {"id": "r3", "step": "New"}]}
    proposal = only(difference(here, Incoming("first.steps", {"value": theirs}, base)))
    assert proposal.standing == "change"
    assert proposal.changes == {"rows": {"r1": {"step": "Plan it"}, "r3": {"step": "New"}, "r2": None}}
    assert [line.what for line in proposal.lines] == ["Plan it: Step", "New: Step", "=Do(): the row"]

    theirs = {"rows": [ROWS["rows"][0] | {"days": 4.0}, ROWS["rows"][1]]}
    assert only(difference(here, Incoming("first.steps", {"value": theirs}, base))).standing == "clash"
    assert difference(here, Incoming("first.steps", {"value": ROWS}, base)).proposals == ()


def test_a_foreign_table_takes_no_row_away_and_a_column_that_is_not_asked_is_said():
    here = a_plan(an_answer("first.steps", {"rows": [{"id": "x", "step": "Mine"}]}))
    theirs = {"rows": [{"id": "y", "step": "Theirs", "colour": "red"}]}

    found = difference(here, Incoming("first.steps", {"value": theirs}))

    assert only(found).changes == {"rows": {"y": {"step": "Theirs"}}}
    assert found.notes == ("“colour” is no column of Steps here and is left out.",)


def test_an_owner_is_found_by_name_and_one_who_is_not_here_is_said():
    here = a_plan(an_answer(owner=""), team=(Member("d2", "Dana Okafor"),))
    assert only(difference(here, Incoming("first.case", {"owner": "Dana Okafor"}))).changes == {"owner": "d2"}

    found = difference(here, Incoming("first.case", {"owner": "Sam Ito"}))
    assert found.proposals == ()
    assert found.notes == ("Sam Ito is not on the team here, so nothing gets them as its owner.",)


def test_what_does_not_fit_is_refused_with_the_reason_and_the_rest_goes_on():
    found = difference(
        a_plan(), Incoming("first.hours", {"value": "many"}), Incoming("first.case", {"value": "Words"}),
        Incoming("first.gone", {"value": "x"}, ask="What else?"),
    )  # fmt: skip

    refused = next(each for each in found.proposals if each.standing == "refused")
    assert (refused.question_id, refused.changes) == ("first.hours", {})
    assert "a number of hours" in refused.problem
    assert found.unknown == ("What else?",)
    view = view_difference(found)
    assert view.message == "1 answer that the plan does not have yet; 1 answer that cannot be taken over."
    assert view.notes == ("1 question of the file not asked here: “What else?”. Left out.",)
    assert [(each.is_taken, each.may_take) for each in view.changes] == [(True, True), (False, False)]
    assert difference_as_json(found)["unknown"] == ["What else?"]


def test_what_both_bundles_share_is_where_they_started_from():
    bundle = a_bundle()
    theirs = moved_on(bundle, value="Theirs")
    ours = moved_on(bundle, value="Ours", note="")

    incoming = {each.question_id: each for each in incoming_of(theirs, ours.history)}
    assert incoming["first.case"].base == bundle.plan.answers["first.case"]
    assert only(difference(ours.plan, *incoming.values())).standing == "clash"
    assert only(difference(bundle.plan, *incoming_of(theirs, bundle.history))).standing == "change"
    assert difference(ours.plan, *incoming_of(bundle, ours.history)).proposals == ()


def test_a_bundle_says_what_is_not_asked_here():
    message, notes = view_bundle(replace(a_bundle(), left_out=4), a_questionnaire(a_question("case")))
    assert message == "“Cold chain basics”: 7 answers, 8 revisions, 3 comments."
    assert "6 answers to questions that are not asked here" in notes[0].lower()
    assert notes[1:] == (
        "2 frozen versions, each as it was frozen, and 1 round of the board: kept to read, and no decision here.",
        "4 older revisions had no room in the bundle.",
    )


def test_what_a_bundle_holds_beside_answers_is_named_with_the_reason_it_stays_there():
    here = a_plan(an_answer(), institution="South", board="Senate", team=())

    says = find_left_behind(a_bundle(), here)

    assert "3 comments, 2 frozen versions, 1 round of the board and 2 further team members" in says
    assert "only answers are taken over" in says
    assert "other fact" not in says
    assert "1 other fact (Title)" in find_left_behind(Bundle(replace(here, title="Cold chain"), ASKED), here)
    assert find_left_behind(Bundle(here, ASKED), here) == ""
