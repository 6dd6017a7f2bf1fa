"""Ways into a plan, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from mcplan.invitations import MOST_INVITATIONS, NO_USE, InvitationRefused
from mcplan.membership import MembershipRefused
from mcplan.people import Person
from storage.access import authorize
from storage.database import reading, writing
from storage.guard import AllPlans, Unscoped, within
from storage.invitations import (
    accept_invitations,
    accept_link,
    end_invitation,
    fetch_invitations,
    invite_by_email,
    invite_by_link,
)
from storage.members import fetch_members
from storage.plans import delete_plan, fetch_plan, start_plan
from storage.tables import EVENTS, INVITATIONS
from tests.builders import NOON, a_plan
from tests.enrolled import DANA, KIM, SAM, enrol
from tests.storage.test_members import as_, at_once, roles

LATER = NOON + timedelta(hours=1)
WEEK = timedelta(days=7)


@pytest.fixture
def plan(database, asked) -> str:
    """Dana's plan; Dana, Sam and Kim have signed in once."""
    enrol(database, DANA, SAM, KIM)
    with writing(database) as session:
        return start_plan(session, asked, a_plan(id=""), person=DANA, at=NOON)


def invite(database, plan_id, email, role="editor"):
    return as_(DANA, plan_id, database, lambda access: invite_by_email(access, email, role, at=NOON))


def link(database, plan_id, role="editor", **fields):
    return as_(DANA, plan_id, database, lambda access: invite_by_link(access, role, at=NOON, **fields))


def open_ones(database, plan_id, at=LATER):
    with reading(database) as session:
        return fetch_invitations(authorize(session, DANA, plan_id, "manage_members", at), at)


def come(database, person, secret, at=LATER):
    with writing(database) as session:
        return accept_link(session, person, secret, at)


def sign_in(database, person, at=LATER):
    with writing(database) as session:
        return accept_invitations(session, person, at)


def test_an_address_lets_in_whoever_signs_in_with_it_once(database, plan):
    invite(database, plan, " SAM@North.example ")
    assert sign_in(database, KIM) == ()
    assert sign_in(database, replace(SAM, email="Sam@NORTH.example")) == (plan,)
    assert roles(database, plan) == {"Dana Okafor": "owner", "Sam Ito": "editor"}
    assert open_ones(database, plan) == ()
    assert sign_in(database, SAM) == ()


@pytest.mark.parametrize("email", ["", "sam", "s\u0101m@north.example", "%", "sam@north.example,kim@north.example"])
def test_an_address_that_is_not_verified_lets_nobody_in(database, plan, email):
    invite(database, plan, "sam@north.example")
    link(database, plan)
    assert sign_in(database, replace(SAM, email=email)) == ()
    assert roles(database, plan) == {"Dana Okafor": "owner"}


def test_an_address_is_let_into_every_plan_it_is_invited_to(database, plan, asked):
    with writing(database) as session:
        other = start_plan(session, asked, a_plan(id="", title="Another"), person=DANA, at=NOON)
    for plan_id in (plan, other):
        invite(database, plan_id, "sam@north.example", "viewer")
    assert set(sign_in(database, SAM)) == {plan, other}


def test_a_link_lets_several_people_in_and_counts_them(database, plan):
    _, secret = link(database, plan, "viewer")
    for person in (SAM, KIM, SAM):
        assert come(database, person, secret) == plan
    assert roles(database, plan) == {"Dana Okafor": "owner", "Kim Reyes": "viewer", "Sam Ito": "viewer"}
    (invitation,) = open_ones(database, plan)
    assert invitation.used == 2


def test_of_a_link_nothing_is_kept_that_opens_it(database, plan):
    _, first = link(database, plan)
    invitation, second = link(database, plan)
    assert first != second
    assert len(first) >= 43  # 256 bits in base64
    with reading(database) as session, within(session, AllPlans()):
        kept = str(
            session.connection().execute(select(INVITATIONS)).all() + session.connection().execute(select(EVENTS)).all()
        )
    assert "whoever has a link" in kept
    assert first not in kept
    assert second not in kept
    with pytest.raises(InvitationRefused):
        come(database, SAM, invitation.id)


def test_a_link_that_never_was_has_ended_or_was_taken_back_says_the_same(database, plan, asked):
    _, short = link(database, plan, days=1)
    back, taken = link(database, plan)
    as_(DANA, plan, database, lambda access: end_invitation(access, back.id, at=LATER))
    with writing(database) as session:
        gone = start_plan(session, asked, a_plan(id="", title="Gone"), person=DANA, at=NOON)
    _, deleted = link(database, gone)
    as_(DANA, gone, database, lambda access: delete_plan(access, at=LATER), "delete")
    for secret in (short, taken, deleted, "", "never was", "\ud800", "' OR 1=1 --"):
        with pytest.raises(InvitationRefused) as refusal:
            come(database, SAM, secret, NOON + timedelta(days=2))
        assert str(refusal.value) == NO_USE
    assert roles(database, plan) == {"Dana Okafor": "owner"}


def test_a_link_does_not_raise_whoever_is_in_already(database, plan):
    invite(database, plan, SAM.email, "viewer")
    sign_in(database, SAM)
    _, secret = link(database, plan, "editor")
    assert come(database, SAM, secret) == plan
    assert come(database, DANA, secret) == plan
    assert roles(database, plan) == {"Dana Okafor": "owner", "Sam Ito": "viewer"}
    assert open_ones(database, plan)[0].used == 0


def test_an_address_that_is_in_by_a_link_already_stays_what_it_is(database, plan):
    invite(database, plan, SAM.email, "editor")
    _, secret = link(database, plan, "viewer")
    come(database, SAM, secret)
    assert sign_in(database, SAM) == (plan,)
    assert roles(database, plan)["Sam Ito"] == "viewer"
    assert [each.email for each in open_ones(database, plan)] == [""]


def test_an_open_invitation_ends_by_itself_or_is_taken_back(database, plan):
    invite(database, plan, "sam@north.example")
    kept = invite(database, plan, "kim@north.example")
    assert {each.email for each in open_ones(database, plan)} == {"sam@north.example", "kim@north.example"}
    as_(DANA, plan, database, lambda access: end_invitation(access, kept.id, at=LATER))
    assert [each.email for each in open_ones(database, plan)] == ["sam@north.example"]
    assert sign_in(database, KIM) == ()
    assert open_ones(database, plan, NOON + WEEK) == ()
    assert sign_in(database, SAM, NOON + WEEK) == ()


def test_an_owner_takes_back_no_invitation_of_another_plan(database, plan, asked):
    with writing(database) as session:
        kims = start_plan(session, asked, a_plan(id="", title="Kim's"), person=KIM, at=NOON)
    invitation, secret = as_(KIM, kims, database, lambda access: invite_by_link(access, "viewer", at=NOON))
    as_(DANA, plan, database, lambda access: end_invitation(access, invitation.id, at=LATER))
    assert come(database, SAM, secret) == kims


def test_nobody_is_invited_twice(database, plan):
    invite(database, plan, "sam@north.example")
    with pytest.raises(MembershipRefused, match="has an open invitation"):
        invite(database, plan, "Sam@north.example")
    sign_in(database, SAM)
    with pytest.raises(MembershipRefused, match="Sam Ito is on the list already"):
        invite(database, plan, "sam@north.example")


def test_a_link_never_makes_an_owner_and_an_address_may(database, plan):
    with pytest.raises(MembershipRefused, match="never makes an owner"):
        link(database, plan, "owner")
    invite(database, plan, "sam@north.example", "owner")
    sign_in(database, SAM)
    assert roles(database, plan)["Sam Ito"] == "owner"


def test_a_plan_has_a_hundred_open_invitations(database, plan):
    def fill(access):
        for number in range(MOST_INVITATIONS):
            invite_by_email(access, f"p{number}@north.example", "viewer", at=NOON)

    as_(DANA, plan, database, fill)
    with pytest.raises(MembershipRefused, match="100 invitations are open"):
        link(database, plan)
    as_(DANA, plan, database, lambda access: end_invitation(access, open_ones(database, plan)[0].id, at=NOON))
    assert link(database, plan)


def test_what_is_told_of_an_invitation_shows_no_whole_address(database, plan):
    invite(database, plan, "sam@north.example")
    sign_in(database, SAM)
    with reading(database) as session, within(session, AllPlans()):
        rows = session.connection().execute(select(EVENTS.c.by, EVENTS.c.kind, EVENTS.c.details)).all()
    told = {kind: (by, details) for by, kind, details in rows}
    assert told["invited"] == ("Dana Okafor", {"name": "s…@north.example", "after": "an editor"})
    assert told["joined"] == ("Sam Ito", {"name": "Dana Okafor", "after": "an editor"})


def test_a_link_that_is_taken_back_while_somebody_comes_is_settled_one_way(database, plan):
    for number in range(5):
        guest = Person(f"guest-{number}", f"Guest {number}")
        enrol(database, guest)
        invitation, secret = link(database, plan)

        def take_back(invitation=invitation):
            as_(DANA, plan, database, lambda access: end_invitation(access, invitation.id, at=LATER))

        def enter(guest=guest, secret=secret):
            try:
                return come(database, guest, secret)
            except InvitationRefused:
                return None

        _, entered = at_once(take_back, enter)
        assert (guest.name in roles(database, plan)) == (entered == plan)


def test_two_sign_ins_at_once_let_a_person_in_once(database, plan):
    for person in (SAM, KIM):
        invite(database, plan, person.email)
        ends = at_once(lambda person=person: sign_in(database, person), lambda person=person: sign_in(database, person))
        assert sorted(ends) == [(), (plan,)]
        assert roles(database, plan)[person.name] == "editor"


def test_whoever_comes_has_no_plan_open_afterwards(database, plan):
    _, secret = link(database, plan)
    with writing(database) as session:
        accept_link(session, SAM, secret, LATER)
        with pytest.raises(Unscoped):
            session.connection().execute(select(INVITATIONS.c.id))
    with reading(database) as session:
        access = authorize(session, SAM, plan, "view", LATER)
        assert fetch_plan(access).title == "Cold chain basics"
        assert len(fetch_members(access)) == 2
