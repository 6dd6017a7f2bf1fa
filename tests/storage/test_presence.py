"""Who is in a plan, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert

from mcplan.people import LOCAL, somebody_here
from mcplan.presence import BEAT, FRESH, VISIT, Presence
from storage.access import Watch, authorize
from storage.database import reading, writing
from storage.guard import AllPlans, within
from storage.people import LONGEST, set_disabled, sign_out_everywhere
from storage.plans import NoSuchPlan, delete_plan, store_facts
from storage.presence import fetch_pulse, fetch_pulses, fetch_since, leave, store_presence
from storage.tables import MEMBERSHIPS
from tests.builders import NOON, door
from tests.enrolled import DANA, KIM, SAM, enrol


@pytest.fixture
def beat(database, plan_id):
    """Say that a screen is there."""

    def beat(visit="a", name="Dana", screen="first", question="", at=NOON):
        with writing(database) as session:
            access = authorize(session, somebody_here(name), plan_id, "view", at)
            store_presence(access, Presence(visit, name, screen, question, at))

    return beat


@pytest.fixture
def pulse(database, plan_id):
    """What a screen hears at a time."""

    def pulse(at=NOON):
        with reading(database) as session:
            return fetch_pulse(door(session, plan_id), at)

    return pulse


@pytest.fixture
def since(database, plan_id):
    """What came later than this is new to Dana."""

    def since(at):
        with reading(database) as session:
            return fetch_since(authorize(session, somebody_here("Dana"), plan_id, "view", at), at)

    return since


def test_a_screen_is_seen_by_all_until_it_goes(database, plan_id, beat, pulse):
    assert pulse().present == ()
    beat("a", "Dana")
    beat("b", "Sam", question="first.case")
    assert [(each.name, each.question_id) for each in pulse().present] == [("Dana", ""), ("Sam", "first.case")]
    with writing(database) as session:
        leave(door(session, plan_id), "b")
    assert [each.name for each in pulse().present] == ["Dana"]


def test_a_screen_that_says_nothing_any_more_is_gone_within_half_a_minute(beat, pulse):
    beat()
    assert pulse(NOON + FRESH - timedelta(seconds=1)).present
    assert pulse(NOON + FRESH).present == ()
    assert timedelta(seconds=30) > FRESH


def test_a_screen_moves_and_stands_there_once(beat, pulse):
    beat(screen="first")
    beat(screen="risks", at=NOON + timedelta(seconds=2))
    assert [each.screen for each in pulse(NOON + timedelta(seconds=3)).present] == ["risks"]


def test_the_pulse_moves_with_the_plan_and_not_with_who_is_there(database, asked, plan_id, beat, pulse):
    before = pulse().revision
    beat()
    assert pulse().revision == before
    with writing(database) as session:
        store_facts(door(session, plan_id), {"board": "Senate"}, at=NOON)
    assert pulse().revision == before + 1


def test_screens_long_gone_leave_no_rows_behind(database, plan_id, beat, pulse):
    for number in range(5):
        beat(f"old-{number}")
    beat("new", at=NOON + timedelta(minutes=5))
    with reading(database) as session:
        pulse_then = fetch_pulse(door(session, plan_id), NOON)
    assert [each.visit_id for each in pulse_then.present] == ["new"]


def test_a_deleted_plan_has_no_pulse(database, plan_id, pulse):
    with writing(database) as session:
        delete_plan(door(session, plan_id), at=NOON)
    with pytest.raises(NoSuchPlan):
        pulse()


def test_a_visit_remembers_when_the_one_before_it_ended(beat, since):
    assert since(NOON) is None
    beat(at=NOON)
    beat(at=NOON + timedelta(minutes=10))
    ended = NOON + timedelta(minutes=10)
    back = ended + VISIT + timedelta(hours=3)
    assert since(back) == ended
    beat("later", at=back)
    beat("later", at=back + timedelta(minutes=5))
    assert since(back + timedelta(minutes=5)) == ended


@pytest.fixture
def waiting(database, plan_id):
    """The marks of those who wait at a time, by person; whoever may no longer see the plan is missing."""

    def waiting(*people, at=NOON, signed_in_at=NOON):
        watches = [Watch(plan_id, person, int(signed_in_at.timestamp())) for person in people]
        with reading(database) as session:
            return {watch.person_id: pulse.mark for watch, pulse in fetch_pulses(session, watches, at).items()}

    return waiting


def test_whoever_waits_hears_of_a_change_and_of_who_comes_and_goes_and_of_nothing_else(
    database, plan_id, beat, waiting
):
    beat(at=NOON)
    marks = [waiting(LOCAL)]
    beat(at=NOON + BEAT)
    assert waiting(LOCAL, at=NOON + BEAT) == marks[0], "that somebody is still there is no news"

    beat("b", "Sam")
    marks.append(waiting(LOCAL))
    beat("b", "Sam", question="first.case")
    marks.append(waiting(LOCAL))
    with writing(database) as session:
        store_facts(door(session, plan_id), {"title": "Another title"}, at=NOON)
    marks.append(waiting(LOCAL))
    marks.append(waiting(LOCAL, at=NOON + FRESH))
    assert len({mark[LOCAL] for mark in marks}) == len(marks)


def test_nobody_waits_for_a_plan_that_was_deleted(database, plan_id, waiting):
    with writing(database) as session:
        delete_plan(door(session, plan_id), at=NOON)
    assert waiting(LOCAL) == {}


def test_who_waits_is_asked_about_each_time(database, plan_id, waiting):
    enrol(database, DANA, SAM, KIM, valid_after=NOON - timedelta(days=1))
    for person, ends_at in ((DANA, None), (SAM, NOON + timedelta(minutes=1))):
        give(database, plan_id, person, ends_at)
    both = {DANA.id, SAM.id}
    assert set(waiting(DANA.id, SAM.id, KIM.id)) == both, "Kim is no member"
    assert set(waiting(*both, at=NOON + timedelta(minutes=1))) == {DANA.id}, "Sam's last day is over"
    assert waiting(*both, at=NOON + LONGEST) == {}, "they signed in too long ago"

    with writing(database) as session:
        sign_out_everywhere(session, DANA.id, NOON)
    assert set(waiting(*both)) == {SAM.id}
    with writing(database) as session:
        set_disabled(session, SAM.id, disabled=True, at=NOON)
    assert waiting(*both) == {}


def give(database, plan_id, person, ends_at):
    row = {"plan_id": plan_id, "person_id": person.id, "role": "viewer", "by": "Dana", "at": NOON, "ends_at": ends_at}
    with writing(database) as session, within(session, AllPlans()):
        session.connection().execute(insert(MEMBERSHIPS), row)
