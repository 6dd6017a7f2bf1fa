"""The portfolio's list, meetings and saved views on both databases: filtered and paged there, and nobody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from mcplan.deciding import Draft
from mcplan.decisions import Submission
from mcplan.portfolio import MOST_NAME, SavedView, ViewRefused, Wanted, read_wanted, write_wanted
from storage.answers import store_changes
from storage.database import reading, writing
from storage.decisions import hand_over_decision, store_decision, store_submission
from storage.guard import AllPlans, within
from storage.meetings import fetch_cases
from storage.plans import archive_plan, start_plan
from storage.portfolio_list import fetch_portfolio_page
from storage.tables import SUMMARIES
from storage.versions import store_version
from storage.views import delete_view, fetch_views, store_view
from tests.builders import HERE, NOON, a_plan, an_answer, door
from tests.enrolled import DANA, KIM, SAM, enrol
from tests.storage.test_members import let_in

TODAY = NOON.date()
WANTED = Wanted("cold", ("G1",), ("Red",), True, TODAY, "meeting")


@pytest.fixture
def look(database, asked):
    """The titles on a page of a person's portfolio."""

    def look(person=HERE, number=1, most=10, **fields) -> list[str]:
        at = NOON + timedelta(hours=3)
        page = fetch_portfolio_page(database, asked, person, Wanted(**fields), at=at, number=number, most=most)
        return [each.summary.title for each in page.plans]

    return look


def submit(database, plan_id, asked, day):
    with writing(database) as session:
        opened = door(session, plan_id)
        store_version(opened, asked, f"v{day}", "For the Senate", at=NOON)
        given = Submission(f"s{day}", f"v{day}", "G1", "Dana Okafor", "Senate", day, "", NOON)
        store_submission(opened, given, seen=0, move_id=f"m{day}", at=NOON)


def test_a_filter_leaves_only_what_it_names(start, look):
    start(title="Cold chain", institution="North College", gate="G1")
    start(an_answer("first.price", "9"), title="WELDING_1", unit="School of Trades", gate="G2")
    assert look(text="cold") == look(text="north coll") == look(gates=("G1",)) == ["Cold chain"]
    assert look(text="trades") == look(text="welding_") == ["WELDING_1"]
    assert look(text="cold_") == look(text="%") == look(gates=("G5",)) == look(verdicts=("Green",)) == []
    assert len(look(verdicts=("Red",))) == len(look(has_stops=True)) == len(look(changed_since=TODAY)) == 2
    assert look(changed_since=TODAY + timedelta(days=1)) == []


def test_pages_hold_every_plan_once_and_one_that_is_not_there_is_the_last(database, asked, start, look):
    for title in "edcba":
        start(title=title)
    assert [look(number=number, most=2, order="title") for number in (1, 2, 3)] == [["a", "b"], ["c", "d"], ["e"]]
    page = fetch_portfolio_page(database, asked, HERE, Wanted(), at=NOON, number=99, most=2)
    assert (page.number, page.total, len(page.plans)) == (3, 5, 1)
    nothing = fetch_portfolio_page(database, asked, HERE, Wanted("zzz"), at=NOON, number=2)
    assert (nothing.number, nothing.total, nothing.plans) == (1, 0, ())


def test_the_next_meeting_comes_first_and_a_decided_one_is_none(database, asked, start, look):
    late, soon, decided = (start(title=title) for title in ("late", "soon", "decided"))
    start(title="none")
    submit(database, late, asked, TODAY + timedelta(days=9))
    submit(database, soon, asked, TODAY + timedelta(days=2))
    submit(database, decided, asked, TODAY + timedelta(days=1))
    with writing(database) as session:
        draft = Draft("defer", None, "Kim Reyes", TODAY, "Not yet.", until=TODAY + timedelta(days=30))
        store_decision(door(session, decided), asked, draft, seen=1, move_id="m", at=NOON)
    assert look(order="meeting") == ["soon", "late", "decided", "none"]
    with writing(database) as session:
        draft = Draft("approve", None, "Kim Reyes", TODAY, "Yes.")
        store_decision(door(session, decided), asked, draft, seen=2, move_id="n", at=NOON)
    assert set(look(order="meeting")[2:]) == {"decided", "none"}


def test_a_summary_that_is_shown_is_mended(database, asked, start):
    start(title="Cold chain")
    with writing(database) as session, within(session, AllPlans()):
        session.connection().execute(update(SUMMARIES).values(stops=99, scored_by="older"))
    (shown,) = fetch_portfolio_page(database, asked, HERE, Wanted(), at=NOON).plans
    assert shown.summary.stops == 1
    assert fetch_portfolio_page(database, asked, HERE, Wanted(order="stops"), at=NOON).plans == (shown,)


def test_a_stranger_sees_nothing_and_a_member_what_is_theirs(database, asked, look):
    enrol(database, DANA, SAM, KIM)
    with writing(database) as session:
        ids = [start_plan(session, asked, a_plan(id="", title=title), person=DANA, at=NOON) for title in ("one",)]
    with writing(database) as session:
        ids.append(start_plan(session, asked, a_plan(id="", title="two"), person=DANA, at=NOON))
    let_in(database, ids[1], SAM)
    for order in ("changed", "meeting", "verdict"):
        assert (look(KIM, order=order), look(SAM, order=order)) == ([], ["two"])
    assert fetch_portfolio_page(database, asked, KIM, Wanted(has_stops=True), at=NOON).total == 0


def test_a_meeting_shows_what_was_frozen_and_what_changed_since(database, asked, start):
    plan = start(an_answer(), title="Cold chain", gate="G1")
    start(title="Not submitted")
    submit(database, plan, asked, TODAY)
    with writing(database) as session:
        store_changes(door(session, plan), asked, "first.case", {"value": "Other"}, seen=1, save_id="a", at=NOON)
    with reading(database) as session:
        ((case,), total, number) = fetch_cases(session, asked, HERE, NOON)
    assert (case.title, case.version_number, case.meets_on) == ("Cold chain", 1, TODAY)
    assert (total, number) == (1, 1)
    assert case.score is not None
    assert len(case.changes) == 1
    assert case.risks


def test_no_meeting_is_shown_to_a_stranger_nor_of_an_archived_plan(database, asked, start):
    plan = start(title="Secret")
    enrol(database, DANA, KIM)
    submit(database, plan, asked, TODAY)
    with reading(database) as session:
        assert fetch_cases(session, asked, KIM, NOON) == ([], 0, 1)
    with writing(database) as session:
        archive_plan(door(session, plan), at=NOON)
    with reading(database) as session:
        assert fetch_cases(session, asked, HERE, NOON) == ([], 0, 1)


@pytest.mark.parametrize("text", ["école", "ÉCOLE", "ärzte", "%É"])
def test_a_letter_is_found_whatever_its_case(start, look, text):
    start(title="École 100 %É")
    start(title="Other", institution="ÄRZTE")
    assert look(text=text) == (["Other"] if text == "ärzte" else ["École 100 %É"])


def test_meetings_come_page_by_page_in_the_order_of_their_days(database, asked, start):
    for place in (2, 0, 1):
        submit(database, start(title=f"Plan {place}"), asked, TODAY + timedelta(days=place))
    with reading(database) as session:
        pages = [fetch_cases(session, asked, HERE, NOON, number=number, most=2) for number in (1, 2, 9)]
    assert [[each.title for each in page.cases] for page in pages] == [["Plan 0", "Plan 1"], ["Plan 2"], ["Plan 2"]]
    assert [(page.total, page.number) for page in pages] == [(3, 1), (3, 2), (3, 2)]


def test_a_meeting_names_whoever_was_asked_to_decide_last(database, asked, start):
    plan = start(title="Cold chain")
    submit(database, plan, asked, TODAY)
    with writing(database) as session:
        hand_over_decision(door(session, plan), "Kim", "", seen=1, move_id="h", at=NOON)
    with reading(database) as session:
        (case,) = fetch_cases(session, asked, HERE, NOON).cases
    assert (case.submission.decider, case.meets_on) == ("Kim", TODAY)


def save(database, person, id, name, wanted=WANTED):
    with writing(database) as session:
        return store_view(session, person, id, name, wanted, at=NOON)


def views(database, person):
    with reading(database) as session:
        return fetch_views(session, person)


def test_a_saved_view_is_mine_alone(database):
    save(database, DANA, "a", "  At   G1 ")
    save(database, DANA, "a", "At G1")
    assert views(database, DANA) == [SavedView("a", "At G1", WANTED)]
    assert views(database, SAM) == views(database, HERE) == []
    with writing(database) as session:
        assert not delete_view(session, SAM, "a")
    assert views(database, DANA)
    with writing(database) as session:
        assert delete_view(session, DANA, "a")
    assert views(database, DANA) == []


def test_a_view_of_the_same_name_is_replaced(database):
    save(database, DANA, "a", "Mine")
    save(database, DANA, "b", "Mine", Wanted("x"))
    assert views(database, DANA) == [SavedView("b", "Mine", Wanted("x"))]


@pytest.mark.parametrize("name", ["", "   ", None, "x" * (MOST_NAME + 1)])
def test_a_view_without_a_name_of_use_is_refused(database, name):
    with pytest.raises(ViewRefused):
        save(database, DANA, "a", name)


def test_a_view_of_another_mcplan_is_read_as_far_as_it_is_known():
    assert read_wanted(write_wanted(WANTED)) == WANTED
    assert read_wanted({"gates": ["G9", "G1"], "verdicts": ["Mauve"], "order": "age"}) == Wanted(gates=("G1",))
