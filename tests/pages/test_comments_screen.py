"""The comments of a plan on the screens: the list, the number at each question, and who may write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mcplan.people import somebody_here
from mcplan.presence import Presence
from pages.kit import desk
from storage.access import authorize
from storage.comments import settle_thread, store_comment
from storage.database import writing
from storage.plans import start_plan
from storage.presence import store_presence
from storage.tables import MEMBERSHIPS
from tests.builders import a_plan
from tests.enrolled import DANA, KIM, SAM, enrol
from tests.pages.conftest import SCREENS, boxes, words

NOW = datetime.now(UTC)


@pytest.fixture
def say(larkfield):
    """Comment on the worked example, an hour ago if nothing else is said."""

    def say(id, text, question="strategic.business-case", *, by="Sam", thread="", hours=1):
        with writing(desk.engine()) as session:
            access = authorize(session, somebody_here(by), larkfield, "comment", NOW)
            at = NOW - timedelta(hours=hours)
            store_comment(access, desk.questionnaire(), id, text, question_id=question, thread_id=thread, at=at)

    return say


@pytest.fixture
def do(larkfield):
    """Do something else with a thread of the worked example."""

    def do(work, *parts):
        with writing(desk.engine()) as session:
            work(authorize(session, somebody_here("Sam"), larkfield, "comment", NOW), *parts, at=NOW)

    return do


def listed(page):
    return words(page).replace("\\", "")


def filtered(page, show):
    next(each for each in page.get("button_group") if each.key == "threads-show").set_value(show).run()
    return listed(page)


def test_the_list_shows_open_threads_and_leads_to_their_questions(visit, larkfield, say, do):
    say("c1", "Is 64 *right*? <b>No</b>")
    say("c2", "Who pays?", "strategic.value-proposition", hours=3)
    say("c3", "All fine", "strategic.value-proposition", hours=3)
    do(settle_thread, "c3")
    page = visit(plan=larkfield)
    page.switch_page(SCREENS["comments"]).run()

    assert not page.exception
    shown = listed(page)
    assert "2 threads are open." in shown
    assert "Sam, 1 hour ago: Is 64 *right*? <b>No</b>" in shown
    assert "All fine" not in shown
    assert r"\*right\*" in words(page)
    links = [each.proto for each in page.get("page_link")]
    assert any("question=strategic.business-case&talk=open" in link.query_string for link in links)


def test_the_list_can_show_what_is_settled_and_what_waits_for_me(visit, larkfield, say, do):
    say("c1", "Settled long ago")
    do(settle_thread, "c1")
    say("c2", "Nobody's")
    page = visit(plan=larkfield)
    page.switch_page(SCREENS["comments"]).run()

    assert "Settled long ago" in filtered(page, "settled")
    assert "settled by Sam" in listed(page)
    assert "No open thread was begun by you" in filtered(page, "mine")


def test_a_long_list_comes_in_parts(visit, larkfield, say):
    for number in range(23):
        say(f"c{number}", f"Thread {number}", hours=number)
    page = visit(plan=larkfield)
    page.switch_page(SCREENS["comments"]).run()

    assert "Thread 19" in listed(page)
    assert "Thread 20" not in listed(page)
    next(each for each in page.button if each.label == "Show more (3 left)").click().run()
    assert "Thread 22" in listed(page)


def test_a_question_gets_the_number_of_its_threads(visit, larkfield, say, do):
    question = "credential.title-reason"
    say("c1", "One", question)
    say("c2", "Two", question)
    do(settle_thread, "c2")
    page = visit(plan=larkfield, question=question, talk="open")
    page.switch_page(SCREENS["strategic"]).run()

    talk = {each["question"]: each["talk"] for each in boxes(page)}
    assert talk.pop(question) == {"open": 1, "total": 2}
    assert all(each == {"open": 0, "total": 0} for each in talk.values())


def test_what_was_said_since_the_last_visit_is_marked_with_a_word(visit, larkfield, say):
    say("old", "Old words", hours=5)
    with writing(desk.engine()) as session:
        access = authorize(session, somebody_here("Dana"), larkfield, "view", NOW)
        store_presence(access, Presence("v", "Dana", "overview", "", NOW - timedelta(hours=3)))
    say("new", "New words", hours=1)
    page = visit(plan=larkfield)
    desk_name(page, "Dana")
    page.switch_page(SCREENS["comments"]).run()

    badges = [each.value for each in page.markdown if "New" in each.value and "badge" in each.value]
    assert len(badges) == 1


def desk_name(page, name):
    page.session_state["me"] = name


@pytest.mark.parametrize(("person", "role"), [(SAM, "viewer"), (KIM, "reviewer")])
def test_everybody_in_a_plan_reads_the_list_and_strangers_do_not(as_person, person, role):
    enrol(desk.engine(), DANA, SAM, KIM)
    with writing(desk.engine()) as session:
        plan = start_plan(session, desk.questionnaire(), a_plan(id=""), person=DANA, at=NOW)
        access = authorize(session, DANA, plan, "comment", NOW)
        store_comment(access, desk.questionnaire(), "c1", "Secret", question_id="strategic.business-case", at=NOW)
    assert "Secret" not in listed(as_person(person, "comments", plan=plan))
    with writing(desk.engine()) as session:
        let_in(authorize(session, DANA, plan, "manage_members", NOW), person, role)
    page = as_person(person, "comments", plan=plan)
    assert not page.exception
    assert "Secret" in listed(page)


def let_in(access, person, role):
    """As an invitation of Dana's does."""
    row = {"plan_id": access.plan_id, "person_id": person.id, "role": role, "by": "Dana", "at": NOW, "ends_at": None}
    access.session.connection().execute(MEMBERSHIPS.insert(), row)
