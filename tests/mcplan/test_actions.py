"""Actions: their order, what they lack, their days in a calendar, and what waits for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcplan.actions import ACTIONS, actions_of
from mcplan.checks.actions import check_actions
from mcplan.comments import Comment, Thread
from mcplan.dates import write_calendar
from mcplan.known import Known
from mcplan.plan import Answer, Member
from mcplan.readiness import assess_readiness
from mcplan.views.actions import actions_from, view_actions
from mcplan.work import Desk, work_of
from questionnaire.load import load_questionnaire
from questionnaire.model import Stage
from tests.builders import NOON, a_plan, an_answer

SHIPPED = load_questionnaire()
TODAY = date(2027, 3, 1)
DANA, SAM = Member("dana", "Dana"), Member("sam", "Sam")


def planned(*rows, **fields):
    """A plan with these actions."""
    value = {"rows": [{"id": f"r{place}"} | row for place, row in enumerate(rows)]}
    return a_plan(Answer(ACTIONS, value), team=(DANA, SAM), **fields)


def known(*rows):
    return Known(SHIPPED, planned(*rows))


def test_what_is_open_comes_first_by_day_and_what_has_no_day_after_it():
    found = actions_of(
        known(
            {"what": "done", "status": "done", "due": "2027-01-01"},
            {"what": "undated"},
            {"what": "later", "due": "2027-05-01"},
            {"what": "soon", "due": "2027-03-02", "status": "doing"},
        )
    )

    assert [each.what for each in found] == ["soon", "later", "undated", "done"]


@pytest.mark.parametrize(
    ("due", "status", "late"),
    [("2027-02-28", "open", True), ("2027-03-01", "open", False), ("2027-02-28", "done", False), (None, "open", False)],
)
def test_an_open_action_is_late_from_the_day_after_its_day(due, status, late):
    (action,) = actions_of(known({"what": "x", "due": due, "status": status}))

    assert action.is_late(TODAY) is late


def test_done_without_anything_that_shows_it_is_worth_mending_and_leads_to_its_row():
    (finding,) = check_actions(known({"what": "Sign", "owner": "Sam", "due": "2027-03-01", "status": "done"}))

    assert (finding.rule, finding.severity, finding.row_id) == ("ACTION-UNSHOWN", "warning", "r0")


def test_an_action_that_nobody_has_taken_is_named_once():
    (finding,) = check_actions(known({"what": "Sign"}))

    assert finding.says == "“Sign” lacks an owner and a day."


def test_what_an_action_is_made_of_is_offered_again_once_it_is_done_and_said_once():
    (finding,) = check_actions(known({"what": "Sign"}))
    (row,) = actions_from(known(), [finding], [], []).values()
    assert list(actions_from(known(row), [finding], [], []).values()) == []
    assert list(actions_from(known(row | {"status": "done"}), [finding], [], []).values()) == [row]

    (line,) = view_actions(SHIPPED, planned(row), "open", me="", today=TODAY).lines
    assert (line.what, line.facts) == (finding.says, "Nobody has taken it · no day · A finding")
    (line,) = view_actions(SHIPPED, planned(row | {"what": "Ask"}), "open", me="", today=TODAY).lines
    assert line.facts.endswith(f"A finding: {finding.says}")


def test_a_finished_action_with_proof_is_nothing_to_mend():
    assert not list(check_actions(known({"what": "Sign", "status": "done", "evidence": "Order 7"})))


def test_actions_count_in_no_sum():
    bare, full = a_plan(team=(DANA, SAM)), planned({"what": "Sign"})

    assert assess_readiness(SHIPPED, bare, "G3").whole == assess_readiness(SHIPPED, full, "G3").whole


def test_the_list_says_how_late_and_where_from():
    view = view_actions(
        SHIPPED,
        planned({"what": "Sign", "due": "2027-02-17", "from": "condition", "source": "Board of 3 February"}),
        "open",
        me="Sam",
        today=TODAY,
    )

    assert view.message == "1 action is open, 1 of them late."
    assert view.lines[0].sign.words == "12 days late"
    assert "A condition of the board: Board of 3 February" in view.lines[0].facts


def test_mine_are_those_that_bear_my_name():
    plan = planned({"what": "a", "owner": "Sam"}, {"what": "b", "owner": "Dana"})

    assert [each.what for each in view_actions(SHIPPED, plan, "mine", me="Sam", today=TODAY).lines] == ["a"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200).filter(str.strip))
def test_any_words_survive_a_calendar_file_and_its_lines_are_short(what):
    file = write_calendar(known({"what": what, "due": "2027-03-09", "owner": "Sam"}), NOON)
    (entry,) = icalendar.Calendar.from_ical(file).walk("VEVENT")

    assert entry["summary"] == what.strip()
    assert entry["dtstart"].dt == date(2027, 3, 9)
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))


def test_the_same_entry_has_the_same_id_in_the_next_file():
    ids = {
        icalendar.Calendar.from_ical(write_calendar(known(row), NOON)).walk("VEVENT")[0]["uid"]
        for row in ({"what": "a", "due": "2027-03-09"}, {"what": "b", "due": "2027-04-09"})
    }

    assert len(ids) == 1


def test_what_is_done_or_has_no_day_is_in_no_calendar():
    file = write_calendar(known({"what": "a"}, {"what": "b", "due": "2027-03-09", "status": "done"}), NOON)

    assert not icalendar.Calendar.from_ical(file).walk("VEVENT")


def test_what_waits_for_me_is_mine_alone_and_what_is_late_comes_first():
    question = next(each for each in SHIPPED.questions() if each.gate == "G1" and each.asked_stage > Stage.DRAFTED)
    plan = planned({"what": "later", "owner": "Sam", "due": "2027-05-01"}, {"what": "hers", "owner": "Dana"})
    plan = replace(plan, answers={**plan.answers, question.id: an_answer(question.id, owner="sam")})
    said = Comment("c", "Is this right?", "Dana", "dana", NOON)
    threads = [Thread("c", "", (said,), assignee="sam"), Thread("d", "", (said,), assignee="dana")]

    jobs = work_of([Desk(SHIPPED, plan, threads, "Sam")], TODAY)

    assert [job.kind for job in jobs] == ["Action", "Comment", "Question"]
    assert jobs[0].what == "later"
    assert jobs[2].question_id == question.id


def test_an_archived_thought_waits_for_nobody():
    said = Comment("c", "Is this right?", "Dana", "dana", NOON)
    settled = Thread("c", "", (said,), resolved_at=NOON, assignee="sam")

    assert work_of([Desk(SHIPPED, planned(), [settled], "Sam")], TODAY) == ()
