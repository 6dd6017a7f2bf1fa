"""What a button starts is done once, also if the reply of the database gets lost and it is tried again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import insert

from mcplan.plan import Member
from storage import invitations, members, plans, team
from storage.access import authorize
from storage.administrators import as_administrator
from storage.database import storing, writing
from storage.events import was_recorded
from storage.guard import AllPlans, within
from storage.people import set_disabled
from storage.tables import MEMBERSHIPS
from tests.breaking import lost_replies
from tests.builders import NOON, a_plan, an_answer
from tests.enrolled import DANA, KIM, SAM, enrol
from tests.storage.everything import everything

OURS = ("a" * 32, "s" * 43)
"""An id and a secret that a screen has made up."""
DEEDS = {
    "a copy": lambda access, asked: plans.duplicate_plan(access, asked, title="Copy", at=NOON, id=OURS[0]),
    "archive": lambda access, _: plans.archive_plan(access, at=NOON),
    "delete": lambda access, _: plans.delete_plan(access, at=NOON),
    "the gate": lambda access, _: plans.store_facts(access, {"gate": "G3"}, at=NOON),
    "a new member": lambda access, _: team.store_member(access, Member(OURS[0], " Kit "), at=NOON),
    "another name": lambda access, _: team.store_member(access, Member("dana", "D."), at=NOON),
    "off the team": lambda access, _: team.remove_member(access, "sam", at=NOON),
    "another role": lambda access, _: members.change_role(access, SAM.id, "viewer", at=NOON),
    "off the list": lambda access, _: members.remove_member_of_plan(access, SAM.id, at=NOON),
    "an address": lambda access, _: invitations.invite_by_email(access, KIM.email, "viewer", at=NOON, id=OURS[0]),
    "a link": lambda access, _: invitations.invite_by_link(access, "viewer", at=NOON, id=OURS[0], secret=OURS[1]),
    "an invitation taken back": lambda access, _: invitations.end_invitation(access, "open", at=NOON),
}
"""What a button on an opened plan does."""
AWAY = {
    "left": lambda access: members.leave(access, at=NOON),
    "handed over": lambda access: members.hand_over(access, SAM.id, stay=False, at=NOON),
}
"""What takes the right to itself away, by the kind of event that it leaves behind."""


@pytest.fixture
def plan_id(database, asked) -> str:
    """Dana's plan, that Sam owns too, with an open invitation."""
    enrol(database, DANA, SAM, KIM)
    with writing(database) as session:
        id = plans.start_plan(session, asked, a_plan(an_answer(), id=""), person=DANA, at=NOON)
        invitations.invite_by_email(owner(session, id), "ana@south.example", "viewer", at=NOON, id="open")
    row = {"plan_id": id, "person_id": SAM.id, "role": "owner", "by": "Dana", "at": NOON, "ends_at": None}
    with writing(database) as session, within(session, AllPlans()):
        session.connection().execute(insert(MEMBERSHIPS), row)
    return id


def owner(session, plan_id):
    return authorize(session, DANA, plan_id, "view", NOON)


def without_stamps(database):
    """All there is, but for the random words that each start of a plan makes anew."""
    return {
        name: [{key: value for key, value in row.items() if key != "stamp"} for row in rows]
        for name, rows in everything(database).items()
    }


def once_and_lost(database, work, done=None):
    """What a deed gives and leaves behind when its reply is lost, and that this is what it had stored at first."""
    stored = []

    def watched(session):
        if broken:
            stored.append(without_stamps(database))
        return work(session)

    with lost_replies(database) as broken:
        given = storing(database, watched, done)
    assert broken
    if stored:
        assert without_stamps(database) == stored[0]
    return given


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_whose_reply_is_lost_is_done_once(database, asked, plan_id, deed):
    before = without_stamps(database)
    given = once_and_lost(database, lambda session: DEEDS[deed](owner(session, plan_id), asked))
    assert without_stamps(database) != before
    if deed == "a link":
        assert (given[0].id, given[1]) == OURS
    elif deed in ("a copy", "an address"):
        assert getattr(given, "id", given) == OURS[0]


def test_one_press_of_start_gives_one_plan(database, asked):
    def work(session):
        return plans.start_plan(session, asked, a_plan(id=OURS[0]), person=DANA, at=NOON)

    enrol(database, DANA)
    assert once_and_lost(database, work) == OURS[0]
    assert len(everything(database)["mc_plan"]) == 1


@pytest.mark.parametrize("kind", AWAY)
def test_who_gives_a_plan_away_is_not_told_that_it_was_never_there(database, plan_id, kind):
    def done(session):
        return was_recorded(session, plan_id, kind, by=DANA.name, at=NOON) or None

    def work(session):
        AWAY[kind](owner(session, plan_id))
        return True

    assert once_and_lost(database, work, done)
    kinds = [each["kind"] for each in everything(database)["mc_event"]]
    assert kinds.count(kind) == 1


def test_nothing_counts_as_done_that_was_not(database, plan_id):
    with writing(database) as session:
        assert not was_recorded(session, plan_id, "left", by=DANA.name, at=NOON)
        assert not was_recorded(session, plan_id, "started", by=SAM.name, at=NOON)
        assert was_recorded(session, plan_id, "started", by=DANA.name, at=NOON)


def test_coming_in_by_a_link_counts_once(database, plan_id):
    with writing(database) as session:
        _, secret = invitations.invite_by_link(owner(session, plan_id), "viewer", at=NOON)
    assert once_and_lost(database, lambda session: invitations.accept_link(session, KIM, secret, NOON)) == plan_id


def test_an_administrator_who_shuts_somebody_out_does_it_once(database):
    enrol(database, replace(DANA, is_admin=True), SAM)

    def work(session):
        as_administrator(session, DANA, lambda session: set_disabled(session, SAM.id, disabled=True, at=NOON))

    once_and_lost(database, work)
