"""What the screens of a board say: where a plan stands, what differs, and where team and board are apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta, timezone

from mcplan.comparing import compare
from mcplan.reviews import find_gaps
from mcplan.version import Version, state_of
from mcplan.views.board import changes_since, view_board
from mcplan.views.reviews import progress, view_gaps, view_review
from mcplan.views.versions import phases_in, view_answers, view_comparison, view_versions
from questionnaire.model import Column
from tests.builders import NOON, a_plan, a_question, a_questionnaire, an_answer
from tests.mcplan.test_decisions import OWNER, a_draft, a_line, a_submission
from tests.mcplan.test_reviews import KIT, RUBRIC, SAM, TEAM, a_review

VERSION = Version("v1", 1, "For the Senate", "Dana Okafor", NOON, 7, "ab" * 32)


def seen(line, changed=(), zone=UTC):
    return view_board(line.now, line.moves, line.submissions, [VERSION], changed, zone)


def test_a_plan_that_was_never_submitted_says_so():
    view = seen(a_line())

    assert (view.sign.words, view.says, view.approval, view.changes, view.log) == (
        "Not submitted", "No version has been submitted to a board yet.", "", "", (),
    )  # fmt: skip


def test_while_a_version_is_with_the_board_the_line_says_before_whom_and_until_when():
    view = seen(a_line("submit", "begin review"))

    assert view.sign.words == "In review"
    assert view.in_short == (
        "Version 1 “For the Senate” is before Sam Ito for Concept. Dana Okafor presents it. "
        "To be decided by 2 March 2027."
    )


def test_what_was_put_off_says_until_when():
    assert "The board looks at it again on 2 March 2027." in seen(a_line("submit", "defer")).says


def test_an_approval_says_whose_on_what_and_what_has_changed_since():
    line = a_line("submit", "approve with conditions")
    view = seen(line, ("Title", "P1.1 Why?"))

    assert view.in_short == (
        "Concept is approved with conditions by Sam Ito on 2 March 2027, on version 1 “For the Senate”. "
        "2 material changes since approval."
    )
    assert view.conditions.rows == (("Agree on the price", "Dana Okafor", "1 April 2027"),)
    assert changes_since(("Title",)) == "1 material change since approval."


def test_a_decision_that_somebody_wrote_down_for_another_is_marked():
    line = a_line("submit", "approve")
    line.moves[1] = replace(line.moves[1], by="Dana Okafor")

    assert "by Sam Ito (recorded by Dana Okafor) on" in seen(line).approval
    assert (
        seen(line).log[0].says.startswith("2 March 2027, 12:00: Sam Ito (recorded by Dana Okafor) approved version 1")
    )


def test_the_log_tells_every_move_in_the_persons_own_time_the_last_first():
    line = a_line("submit", "return")
    line.move(a_draft("submit", submission=a_submission("s2")), OWNER)
    line.move(a_draft("withdraw", reason="Too early."), OWNER)
    view = seen(line, zone=timezone(timedelta(hours=-5)))

    assert [each.says.partition(": ")[2].split(" version")[0] for each in view.log] == [
        "Dana Okafor withdrew", "Dana Okafor submitted", "Sam Ito sent", "Dana Okafor submitted",
    ]  # fmt: skip
    assert view.log[0].says.startswith("2 March 2027, 07:00")
    assert view.log[0].reason == "Too early."
    assert view.log[2].points.caption == "Questions of Sam Ito"


def test_a_version_in_the_list_says_what_became_of_it():
    line = a_line("submit", "approve")
    other = VERSION._replace(id="v2", number=2, name="After the talk")
    cards = view_versions([other, VERSION], line.moves, line.submissions, UTC)

    assert [(each.title, each.sign.words) for each in cards] == [
        ("2 · After the talk", "Not submitted"),
        ("1 · For the Senate", "Approved"),
    ]
    assert cards[1].facts == "Frozen 2 March 2027, 12:00 by Dana Okafor, at revision 7 of the plan"
    assert (cards[1].short, cards[1].sha256) == ("abababababab", "ab" * 32)


def test_a_plan_as_of_then_is_told_with_its_tables_row_by_row():
    table = a_question(
        "costs", kind="table", columns=(Column("name", "Item"), Column("of", "Of", "row", of="first.costs"))
    )
    asked = a_questionnaire(a_question("case"), a_question("price"), table)
    rows = {"rows": [{"id": "a", "name": "Rig"}, {"id": "b", "name": "Spare part", "of": "a"}]}
    state = state_of(asked, a_plan(an_answer("first.case"), an_answer("first.costs", rows)))

    case, price, costs = view_answers(state, asked.phases[0])

    assert (case.words, case.sign_off) == ("Enough said.", "Drafted, owner: Dana Okafor")
    assert (price.words, price.is_open, price.sign_off) == ("", True, "Blank, nobody owns it")
    assert costs.rows == ("Item: Rig", "Item: Spare part; Of: Rig")


def test_a_comparison_says_how_much_differs_and_shows_one_phase_word_by_word():
    asked = a_questionnaire(a_question("case"), a_question("price"))
    before = state_of(asked, a_plan(an_answer("first.case", "Employers ask for it.")))
    after = state_of(asked, a_plan(an_answer("first.case", "Employers pay for it."), an_answer("first.price", "900")))
    found = compare(before, after)

    view = view_comparison(found, before, after, ("Version 1", "Today"), "First phase")

    assert view.message == "2 questions differ in 1 phase; 2 changes of what a board decides on."
    assert phases_in(found) == {"First phase": "First phase (2)"}
    assert [(piece.change, piece.text) for piece in view.questions[0].pieces] == [
        ("kept", "Employers "), ("removed", "ask"), ("added", "pay"), ("kept", " for it."),
    ]  # fmt: skip
    assert view.readiness.columns == ("Gate", "Version 1", "Today")
    assert view_comparison(found, before, after, ("a", "b"), "Elsewhere").questions == ()
    assert view_comparison(compare(after, after), after, after, ("a", "b"), "").message == "Nothing differs."


def test_the_title_of_the_gap_chart_says_where_team_and_board_are_most_apart():
    apart = view_gaps(find_gaps(RUBRIC, [a_review(TEAM, 3, 3), a_review(SAM, 0, 2), a_review(KIT, 1, 3)]))
    alike = view_gaps(find_gaps(RUBRIC, [a_review(TEAM, 2, 2), a_review(SAM, 2, 2)]))
    alone = view_gaps(find_gaps(RUBRIC, [a_review(SAM, 2, 2)]))

    assert apart.says == "Team and board are apart on 1 criterion, most on need: the team sees it better"
    assert apart.table.rows[0] == ("Need", "3", "0.5", "0, 1", "Team higher")
    assert alike.says == "Team and board see the version much alike"
    assert alone.says.startswith("The team has not handed in its own scores")
    assert view_gaps(find_gaps(RUBRIC, [a_review(TEAM, 2, 2)])) is None


def test_a_review_says_how_far_it_is():
    assert progress(RUBRIC, a_review(SAM, need=2)) == "1 of 2 scored with a reason"
    assert view_review(RUBRIC, a_review(SAM, need=2)).rows == (("Need", "2", "because"), ("Money", "–", "–"))
