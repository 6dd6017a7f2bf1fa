"""From a frozen version to a decision, on the screens of the people who sign in: each does their part and no other."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert

from mcplan.deciding import Draft
from mcplan.decisions import Submission
from mcplan.rubric import load_rubric
from pages.kit import desk
from storage.access import authorize
from storage.answers import store_changes
from storage.database import writing
from storage.decisions import fetch_board, store_decision, store_submission
from storage.guard import AllPlans, within
from storage.members import change_role
from storage.plans import start_plan
from storage.reviews import hand_in_review, store_review
from storage.tables import MEMBERSHIPS
from storage.versions import store_version
from tests.builders import HERE, a_plan, an_answer
from tests.enrolled import DANA, KIM, SAM, enrol
from tests.pages.conftest import another_server, tables, words
from tests.storage.test_reviews import ALL, KIMS, TEAM

NOW = datetime.now(UTC)
CASE = "credential.title-reason"


@pytest.fixture
def danas(installation) -> str:
    """Dana's plan with one answer; Sam and Kim are reviewers of it."""
    enrol(desk.engine(), DANA, SAM, KIM)
    with writing(desk.engine()) as session:
        plan = a_plan(an_answer(CASE, "It names no brand."), id="", gate="G1", board="Senate")
        id = start_plan(session, desk.questionnaire(), plan, person=DANA, at=NOW)
        for person in (SAM, KIM):
            row = {"plan_id": id, "person_id": person.id, "role": "reviewer", "by": "Dana", "at": NOW, "ends_at": None}
            with within(session, AllPlans()):
                session.connection().execute(insert(MEMBERSHIPS), row)
        return id


def do(plan_id, person, work):
    with writing(desk.engine()) as session:
        return work(authorize(session, person, plan_id, "view", NOW))


@pytest.fixture
def submitted(danas) -> str:
    """The same with a version before its board."""
    do(danas, DANA, lambda access: store_version(access, desk.questionnaire(), "v1", "For the Senate", at=NOW))
    given = Submission("s1", "v1", "G1", "Dana Okafor", "Senate", NOW.date(), "", NOW)
    do(danas, DANA, lambda access: store_submission(access, given, seen=0, move_id="m1", at=NOW))
    return danas


def field(kind, label):
    return next(each for each in kind if each.label == label)


def said(page):
    return words(page).replace("\\", "")


def test_an_owner_freezes_and_submits(as_person, danas):
    page = as_person(DANA, "versions", plan=danas)
    assert "No version is frozen yet" in said(page)
    field(page.text_input, "Name").set_value("For the Senate").run()
    field(page.button, "Freeze").click().run()
    assert "Version 1 “For the Senate” is frozen." in said(page)
    assert "**1 · For the Senate**" in said(page)

    page = as_person(DANA, "decision", plan=danas)
    assert "No version has been submitted to a board yet." in said(page)
    field(page.button, "Submit").click().run()
    assert "Say by when it shall be decided." in said(page)
    field(page.date_input, "To be decided by").set_value(date(2030, 5, 12)).run()
    field(page.button, "Submit").click().run()
    assert "The version is with the board." in said(page)
    assert (
        "Version 1 “For the Senate” is before Senate for Concept. Dana Okafor presents it. "
        "To be decided by 12 May 2030." in said(page)
    )
    assert "You own this plan, and nobody decides on a plan of their own." in said(page)


def test_a_reviewer_scores_alone_hands_in_and_then_sees_where_team_and_board_are_apart(as_person, submitted):
    for person, scorer in ((DANA, TEAM), (KIM, KIMS)):
        do(
            submitted,
            person,
            lambda access, scorer=scorer: store_review(access, "s1", scorer, ALL, move_id="b", at=NOW),
        )
        do(submitted, person, lambda access, scorer=scorer: hand_in_review(access, "s1", scorer, at=NOW))
    page = as_person(SAM, "review", plan=submitted)
    assert "Reviews handed in: 2. You see them once you have handed in your own" in said(page)
    assert "It says so." not in said(page)

    for criterion in load_rubric().criteria:
        field(page.radio, f"Score for {criterion.title.lower()}").set_value(0).run()
    field(page.button, "Hand in").click().run()
    assert "Every criterion needs a score and a reason. Still open: Need, Outcomes, Assessment and 5 more." in said(
        page
    )

    page = as_person(SAM, "review", plan=submitted)
    assert [each.value for each in page.radio] == [0] * 8, "what was picked is still there after a reload"
    for area in [each.key for each in page.text_area if each.label == "Reason"]:
        page.text_area(key=area).set_value("Nobody has shown it.").run()
    field(page.button, "Hand in").click().run()
    assert "The review is handed in." in said(page)
    assert ["Need", "2", "1", "0, 2", "The board is split"] in tables(page)[0]
    assert any("Nobody has shown it." in " ".join(row) for table in tables(page) for row in table)


def test_a_score_that_the_server_never_heard_of_does_not_look_stored(as_person, submitted):
    page = as_person(SAM, "review", plan=submitted)
    page.radio[0].set_value(2).run()
    page.radio[1].set_value(1)
    another_server(page)
    assert [each.value for each in page.radio][:2] == [2, None]
    page.radio[1].set_value(1).run()
    assert [each.value for each in page.radio][:2] == [2, 1]
    assert [each.value for each in as_person(SAM, "review", plan=submitted).radio][:2] == [2, 1]


def test_a_reviewer_approves_with_a_condition_and_a_later_edit_shows(as_person, submitted):
    page = as_person(SAM, "decision", plan=submitted)
    field(page.radio, "Decision").set_value("approve with conditions").run()
    field(page.text_area, "Reason").set_value("The need is plain.").run()
    field(page.text_area, "Condition 1").set_value("Agree on the price").run()
    field(page.button, "Keep the decision").click().run()
    assert "needs somebody who looks after it, and a day by when." in said(page)
    assert field(page.text_area, "Condition 1").value == "Agree on the price", "what was typed stays"
    field(page.selectbox, "Who looks after it").set_value("Dana Okafor").run()
    field(page.date_input, "Due").set_value(date(2030, 6, 30)).run()
    field(page.button, "Keep the decision").click().run()
    assert "Concept is approved with conditions by Sam Ito" in said(page)
    assert "Nothing a board decides on has changed since approval." in said(page)
    assert any("Agree on the price" in row for row in tables(page)[0])

    changes = {"value": "It names a brand.", "confidence": 2}
    edit = {"seen": 1, "save_id": "a", "at": NOW}
    do(submitted, DANA, lambda access: store_changes(access, desk.questionnaire(), CASE, changes, **edit))
    assert "1 material change since approval." in said(as_person(DANA, "overview", plan=submitted))
    page = as_person(DANA, "decision", plan=submitted)
    assert "1 material change since approval." in said(page)
    field(page.text_area, "Why").set_value("The name has changed.").run()
    field(page.button, "Reopen the plan").click().run()
    assert "The plan is reopened: the approval no longer covers it." in said(page)
    assert "Concept is approved" not in said(page)
    assert "reopened the plan: the approval of version 1 “For the Senate” for Concept does not cover it" in said(page)


def test_whoever_decides_second_reads_who_was_first(as_person, submitted):
    page = as_person(SAM, "decision", plan=submitted)
    field(page.radio, "Decision").set_value("approve").run()
    field(page.text_area, "Reason").set_value("Fine.").run()
    off = Draft("defer", decided_on=NOW.date(), reason="Not today.", until=NOW.date() + timedelta(days=9))
    do(submitted, KIM, lambda access: store_decision(access, desk.questionnaire(), off, seen=1, move_id="k", at=NOW))

    field(page.button, "Keep the decision").click().run()

    assert "Kim Reyes was first: the board has put the decision off. Look again" in said(page)
    assert do(submitted, SAM, fetch_board).standing.state == "deferred"
    assert field(page.text_area, "Reason").value == "Fine."
    field(page.button, "Keep the decision").click().run()
    assert do(submitted, SAM, fetch_board).standing.state == "approved"


def test_somebody_who_once_wrote_in_the_plan_reads_why_they_cannot_decide(as_person, danas):
    how = {"seen": 1, "save_id": "a", "at": NOW}
    for role in ("editor", "reviewer"):
        do(danas, DANA, lambda access, role=role: change_role(access, SAM.id, role, at=NOW))
        if role == "editor":
            do(danas, SAM, lambda access: store_changes(access, desk.questionnaire(), CASE, {"note": "x"}, **how))
    do(danas, DANA, lambda access: store_version(access, desk.questionnaire(), "v1", "For the Senate", at=NOW))
    given = Submission("s1", "v1", "G1", "Dana Okafor", "Senate", NOW.date(), "", NOW)
    do(danas, DANA, lambda access: store_submission(access, given, seen=0, move_id="m1", at=NOW))

    page = as_person(SAM, "decision", plan=danas)

    assert "You wrote in this plan, and nobody decides on their own work." in said(page)
    assert not [each for each in page.button if each.label == "Keep the decision"]


def test_a_version_opens_from_a_link_as_of_then(as_person, submitted):
    change = {"seen": 1, "save_id": "a", "at": NOW}
    do(submitted, DANA, lambda access: store_changes(access, desk.questionnaire(), CASE, {"value": "Else."}, **change))

    page = as_person(SAM, "versions", plan=submitted, version="v1", phase="credential")

    assert "It names no brand." in said(page)
    page = as_person(SAM, "versions", plan=submitted)
    page.segmented_control(key="versions-show").set_value("compare").run()
    assert "1 question differs in 1 phase; 1 change of what a board decides on." in said(page)
    assert "Else" in said(page)
    assert "names" in said(page)


def test_where_nobody_signs_in_a_decision_is_written_down_and_the_screen_says_so(visit, installation):
    with writing(desk.engine()) as session:
        plan = a_plan(an_answer(CASE, "It names no brand."), id="")
        id = start_plan(session, desk.questionnaire(), plan, person=HERE, at=NOW)
        access = authorize(session, HERE, id, "submit", NOW)
        store_version(access, desk.questionnaire(), "v1", "For the Senate", at=NOW)
        given = Submission("s1", "v1", "G2", "Dana Okafor", "Senate", NOW.date(), "", NOW)
        store_submission(access, given, seen=0, move_id="m1", at=NOW)
    page = visit(plan=id).switch_page("pages/decide/decision.py").run()
    assert "mcplan cannot know who decides" in said(page)
    field(page.text_input, "Decided by").set_value("dana okafor").run()
    field(page.radio, "Decision").set_value("approve").run()
    field(page.text_area, "Reason").set_value("Fine.").run()
    field(page.button, "Keep the decision").click().run()
    assert "nobody decides on their own work" in said(page)
    field(page.text_input, "Decided by").set_value("Sam Ito").run()
    field(page.button, "Keep the decision").click().run()
    assert "is approved by Sam Ito (recorded by Dana Okafor)" in said(page)

    page = visit(plan=id).switch_page("pages/decide/review.py").run()
    page.segmented_control(key="review-side").set_value("board").run()
    assert "Say who of the board scores the version." in said(page)
