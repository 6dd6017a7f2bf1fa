"""Submissions and decisions as they are kept: one of two who decide at once, and none by an author."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import insert

from mcplan.actions import actions_of
from mcplan.deciding import Draft
from mcplan.decisions import DecisionRefused, MovedMeanwhile, Point, Submission
from mcplan.known import Known
from mcplan.people import NotAllowed, Person
from questionnaire.errors import AnswerRejected
from questionnaire.load import load_questionnaire
from storage import decisions
from storage.access import authorize
from storage.answers import store_changes
from storage.database import reading, writing
from storage.decisions import fetch_board, reopen, store_decision, store_submission, withdraw
from storage.guard import AllPlans, within
from storage.plans import archive_plan, fetch_plan, start_plan
from storage.tables import MEMBERSHIPS
from storage.timeline import fetch_timeline
from storage.versions import store_version
from tests.builders import NOON, a_plan, an_answer, door
from tests.enrolled import DANA, KIM, SAM, enrol

ASKED = load_questionnaire()
TODAY = NOON.date()
CONDITION = Point("Agree on the price", "Dana Okafor", TODAY + timedelta(days=30))


def submit(database, plan_id, opened=door, version_id="v1", id="s1", gate="G1", seen=0):
    given = Submission(id, version_id, gate, "Dana Okafor", "Senate", TODAY, "", NOON)
    with writing(database) as session:
        store_submission(opened(session, plan_id), given, seen=seen, move_id=f"submit {id}", at=NOON)


def approve(database, plan_id, opened=door, seen=1, id="m2", **fields):
    given = {"kind": "approve", "decided_by": "Sam Ito", "decided_on": TODAY, "reason": "Well done."} | fields
    with writing(database) as session:
        store_decision(opened(session, plan_id), ASKED, Draft(**given), seen=seen, move_id=id, at=NOON)


def standing(database, plan_id, opened=door):
    with reading(database) as session:
        return fetch_board(opened(session, plan_id)).standing


@pytest.fixture
def people(database):
    enrol(database, DANA, SAM, KIM)


@pytest.fixture
def danas(database, asked, people):
    """Dana's plan with a version before the board; Sam is a reviewer of it."""
    with writing(database) as session:
        id = start_plan(session, asked, a_plan(an_answer(), id=""), person=DANA, at=NOON)
        store_version(authorize(session, DANA, id, "snapshot", NOON), asked, "v1", "For the Senate", at=NOON)
    join(database, id, SAM, "reviewer")
    submit(database, id, by(DANA))
    return id


def join(database, plan_id, person, role):
    row = {"plan_id": plan_id, "person_id": person.id, "role": role, "by": "Dana", "at": NOON, "ends_at": None}
    with writing(database) as session, within(session, AllPlans()):
        session.connection().execute(insert(MEMBERSHIPS), row)


def by(person):
    return lambda session, plan_id: authorize(session, person, plan_id, "view", NOON)


def test_a_reviewer_approves_with_a_condition_and_it_stands_in_the_history(database, danas):
    approve(database, danas, by(SAM), kind="approve with conditions", points=(CONDITION,))

    now = standing(database, danas, by(SAM))
    assert (now.state, now.approval.decided_by, now.approval.points) == (
        "approved with conditions", SAM.name, (CONDITION,),
    )  # fmt: skip
    assert now.approved.version_id == "v1"
    assert now.approval.at == NOON
    with reading(database) as session:
        said = [each.event.words for each in fetch_timeline(by(SAM)(session, danas)) if each.event]
    assert said[0] == ("approved version 1 “For the Senate” with conditions for concept, as decided by Sam Ito")


def test_of_two_who_decide_at_once_one_wins_and_the_other_gets_a_sentence(database, danas):
    join(database, danas, KIM, "reviewer")
    ready = Barrier(2)

    def decide(person, kind):
        ready.wait()
        try:
            approve(database, danas, by(person), id=f"by-{person.id}", kind=kind, points=(CONDITION,))
        except MovedMeanwhile as late:
            return str(late)
        return ""

    with ThreadPoolExecutor(2) as both:
        said = list(both.map(decide, (SAM, KIM), ("approve", "return")))

    assert sorted(bool(each) for each in said) == [False, True]
    winner, state = ((SAM, "the plan is approved"), (KIM, "the board has sent the plan back"))[bool(said[0])]
    assert f"{winner.name} was first: {state}" in "".join(said)
    assert standing(database, danas, by(SAM)).number == 2


def test_the_database_itself_gives_a_number_once(database, danas, monkeypatch):
    before = standing(database, danas, by(SAM))
    monkeypatch.setattr(decisions, "standing", lambda moves, submissions: replace(before, number=0))

    with pytest.raises(MovedMeanwhile):
        approve(database, danas, by(SAM), seen=0)


def test_the_same_decision_sent_again_is_kept_once(database, danas):
    approve(database, danas, by(SAM))
    approve(database, danas, by(SAM))

    assert standing(database, danas, by(SAM)).number == 2


def test_a_decision_on_an_old_screen_is_refused(database, danas):
    approve(database, danas, by(SAM), kind="return", points=(CONDITION,))

    with pytest.raises(MovedMeanwhile, match="Sam Ito was first: the board has sent the plan back"):
        approve(database, danas, by(SAM), id="another")


def test_an_owner_cannot_decide(database, danas):
    with pytest.raises(NotAllowed, match="Only a reviewer can decide"):
        approve(database, danas, by(DANA))


def test_whoever_ever_wrote_an_answer_cannot_decide_even_as_a_reviewer(database, asked, danas):
    join(database, danas, KIM, "editor")
    with writing(database) as session:
        access = authorize(session, KIM, danas, "answer", NOON)
        store_changes(access, asked, "first.price", {"value": "900"}, seen=0, save_id="", at=NOON)
    with writing(database) as session, within(session, AllPlans()):
        session.connection().execute(
            MEMBERSHIPS.update().where(MEMBERSHIPS.c.person_id == KIM.id).values(role="reviewer")
        )

    with pytest.raises(DecisionRefused, match="You wrote in this plan"):
        approve(database, danas, by(KIM))
    approve(database, danas, by(SAM))


def test_at_one_computer_a_decision_is_written_down_as_somebody_elses(database, asked, start):
    plan_id = start(an_answer())
    with writing(database) as session:
        store_version(door(session, plan_id), asked, "v1", "For the Senate", at=NOON)
    submit(database, plan_id)
    with pytest.raises(DecisionRefused, match="nobody decides on their own work"):
        approve(database, plan_id, decided_by="dana okafor")
    approve(database, plan_id)

    move = standing(database, plan_id).approval
    assert (move.decided_by, move.by, move.is_recorded) == ("Sam Ito", "Dana Okafor", True)


def test_only_a_version_of_this_plan_can_be_submitted(database, asked, danas, start):
    with pytest.raises(DecisionRefused, match="no such version"):
        submit(database, start(), version_id="v1", id="s9")


def test_a_plan_that_was_reopened_or_withdrawn_can_be_submitted_again(database, danas):
    with writing(database) as session:
        withdraw(by(DANA)(session, danas), "", seen=1, move_id="w", at=NOON)
    submit(database, danas, by(DANA), id="s2", seen=2)
    approve(database, danas, by(SAM), seen=3, id="a")
    with writing(database) as session:
        reopen(by(DANA)(session, danas), "The price has changed.", seen=4, move_id="r", at=NOON)
    assert standing(database, danas, by(SAM)).approval is None
    submit(database, danas, by(DANA), id="s3", seen=5)
    assert standing(database, danas, by(SAM)).submission.id == "s3"


def test_nothing_is_decided_on_an_archived_plan(database, danas):
    with writing(database) as session:
        archive_plan(authorize(session, DANA, danas, "delete", NOON), at=NOON)

    with pytest.raises(AnswerRejected, match="archived"):
        approve(database, danas, by(SAM))


def test_conditions_become_actions_and_whoever_set_them_is_no_author(database, danas):
    approve(database, danas, by(SAM), kind="approve with conditions", points=(CONDITION,))

    with reading(database) as session:
        plan = fetch_plan(authorize(session, SAM, danas, "view", NOON))
        assert SAM.name not in fetch_board(authorize(session, SAM, danas, "view", NOON)).authors
    (action,) = actions_of(Known(ASKED, plan))
    assert (action.what, action.owner, action.origin) == ("Agree on the price", "Dana Okafor", "condition")
    assert action.is_open


@pytest.mark.parametrize("seen", [0, 1])
def test_a_reviewer_who_says_how_sure_they_are_can_still_decide(database, asked, danas, seen):
    question_id = ("first.price", "first.case")[seen]
    with writing(database) as session:
        store_changes(by(SAM)(session, danas), asked, question_id, {"confidence": 2}, seen=seen, save_id="", at=NOON)

    with reading(database) as session:
        assert fetch_board(by(SAM)(session, danas)).authors == (DANA.name,)
    approve(database, danas, by(SAM))


@pytest.mark.parametrize(
    "change",
    [{"value": "Else."}, {"note": "x"}, {"stage": 2}, {"owner": "sam"}, {"evidence": []}, {"not_applicable": "No."}],
    ids=lambda change: next(iter(change)),
)
def test_whoever_changes_anything_else_of_an_answer_is_an_author(database, asked, danas, change):
    join(database, danas, KIM, "editor")
    with writing(database) as session:
        evidence = {"evidence": [{"title": "Survey"}]}
        store_changes(by(DANA)(session, danas), asked, "first.case", evidence, seen=1, save_id="", at=NOON)
        store_changes(by(KIM)(session, danas), asked, "first.case", change, seen=2, save_id="", at=NOON)

    with reading(database) as session:
        assert KIM.name in fetch_board(by(SAM)(session, danas)).authors


def test_a_stranger_learns_of_no_decision(database, danas):
    kit = Person("kit", "Kit")
    with pytest.raises(LookupError), reading(database) as session:
        fetch_board(authorize(session, kit, danas, "view", NOON))
