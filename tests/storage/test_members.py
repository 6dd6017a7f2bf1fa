"""Who may open a plan, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select, update

from mcplan.membership import MOST_PEOPLE, MembershipRefused, end_of
from mcplan.people import NotAllowed, Person
from mcplan.roles import ROLE_ORDER
from storage.access import authorize
from storage.answers import store_changes
from storage.database import reading, writing
from storage.guard import AllPlans, within
from storage.invitations import accept_invitations, accept_link, invite_by_email, invite_by_link
from storage.members import (
    change_role,
    fetch_members,
    give_plan,
    hand_over,
    leave,
    remove_member_of_plan,
    set_end,
)
from storage.plans import NoSuchPlan, start_plan
from storage.tables import EVENTS, PEOPLE
from tests.builders import HERE, NOON, a_plan
from tests.enrolled import DANA, KIM, SAM, enrol

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def plan(database, asked) -> str:
    """Dana's plan; Dana, Sam and Kim have signed in once."""
    enrol(database, DANA, SAM, KIM)
    with writing(database) as session:
        return start_plan(session, asked, a_plan(id=""), person=DANA, at=NOON)


def as_(person, plan_id, database, work, permission="manage_members", at=LATER):
    """Do `work` on the plan as this person."""
    with writing(database) as session:
        return work(authorize(session, person, plan_id, permission, at))


def let_in(database, plan_id, person, role="editor"):
    """Dana lets somebody in by e-mail, and they sign in."""
    as_(DANA, plan_id, database, lambda access: invite_by_email(access, person.email, role, at=LATER))
    with writing(database) as session:
        assert accept_invitations(session, person, LATER) == (plan_id,)


def roles(database, plan_id, at=LATER, person=DANA):
    with reading(database) as session:
        return {each.name: each.role for each in fetch_members(authorize(session, person, plan_id, "view", at))}


def told(database):
    """What was done, by whom, in order."""
    with reading(database) as session, within(session, AllPlans()):
        rows = session.connection().execute(select(EVENTS.c.by, EVENTS.c.kind).order_by(EVENTS.c.id)).all()
    return [(by.split()[0], kind) for by, kind in rows if kind != "started"]


def test_the_list_says_who_since_when_and_by_whom(database, plan):
    let_in(database, plan, SAM)
    with reading(database) as session:
        dana, sam = fetch_members(authorize(session, SAM, plan, "view", LATER))
    assert (dana.name, dana.role, dana.at) == ("Dana Okafor", "owner", NOON)
    assert (sam.name, sam.role, sam.by, sam.at, sam.ends_at) == ("Sam Ito", "editor", "Dana Okafor", LATER, None)


def test_each_change_is_kept_and_told(database, plan):
    let_in(database, plan, SAM)
    let_in(database, plan, KIM, "facilitator")
    as_(DANA, plan, database, lambda access: change_role(access, "sam", "reviewer", at=LATER))
    as_(DANA, plan, database, lambda access: set_end(access, "kim", end_of(LATER.date()), at=LATER))
    assert roles(database, plan) == {"Dana Okafor": "owner", "Kim Reyes": "facilitator", "Sam Ito": "reviewer"}
    with pytest.raises(NoSuchPlan):
        roles(database, plan, person=KIM, at=LATER + timedelta(days=1))
    as_(DANA, plan, database, lambda access: set_end(access, "kim", None, at=LATER))
    assert roles(database, plan, person=KIM, at=LATER + timedelta(days=1))
    as_(DANA, plan, database, lambda access: remove_member_of_plan(access, "kim", at=LATER))
    as_(DANA, plan, database, lambda access: hand_over(access, "sam", stay=True, at=LATER))
    assert roles(database, plan) == {"Sam Ito": "owner", "Dana Okafor": "editor"}
    as_(DANA, plan, database, lambda access: leave(access, at=LATER), "view")
    assert roles(database, plan, person=SAM) == {"Sam Ito": "owner"}
    assert told(database) == [
        ("Dana", "invited"), ("Sam", "joined"), ("Dana", "invited"), ("Kim", "joined"),
        ("Dana", "role changed"), ("Dana", "stay"), ("Dana", "stay"), ("Dana", "role taken"),
        ("Dana", "handed over"), ("Dana", "left"),
    ]  # fmt: skip


def test_what_changes_nothing_is_not_told(database, plan):
    let_in(database, plan, SAM)
    before = told(database)
    as_(DANA, plan, database, lambda access: change_role(access, "sam", "editor", at=LATER))
    as_(DANA, plan, database, lambda access: set_end(access, "sam", None, at=LATER))
    assert told(database) == before


@pytest.mark.parametrize("role", [role for role in ROLE_ORDER if role != "owner"])
def test_only_an_owner_says_who_may_open_the_plan(database, plan, role):
    let_in(database, plan, SAM, role)
    for work in (
        lambda access: change_role(access, "sam", "owner", at=LATER),
        lambda access: remove_member_of_plan(access, "dana", at=LATER),
        lambda access: set_end(access, "sam", None, at=LATER),
        lambda access: hand_over(access, "sam", stay=True, at=LATER),
        lambda access: invite_by_email(access, "kim@north.example", "viewer", at=LATER),
        lambda access: invite_by_link(access, "viewer", at=LATER),
    ):
        with pytest.raises(NotAllowed, match="Only an owner"):
            as_(SAM, plan, database, work, "view")
    as_(SAM, plan, database, lambda access: leave(access, at=LATER), "view")
    assert roles(database, plan) == {"Dana Okafor": "owner"}


def test_the_last_owner_cannot_go_and_nothing_is_changed(database, plan):
    let_in(database, plan, SAM)
    for work in (
        lambda access: leave(access, at=LATER),
        lambda access: change_role(access, "dana", "viewer", at=LATER),
        lambda access: remove_member_of_plan(access, "dana", at=LATER),
    ):
        with pytest.raises(MembershipRefused, match="A plan needs an owner"):
            as_(DANA, plan, database, work)
    assert roles(database, plan) == {"Dana Okafor": "owner", "Sam Ito": "editor"}


def test_an_owner_who_is_kept_out_does_not_count(database, plan):
    let_in(database, plan, SAM, "owner")
    with writing(database) as session:
        session.connection().execute(update(PEOPLE).where(PEOPLE.c.id == "sam").values(disabled_at=LATER))
    with pytest.raises(MembershipRefused, match="A plan needs an owner"):
        as_(DANA, plan, database, lambda access: leave(access, at=LATER), "view")


def at_once(*works):
    """What each piece of work gives or raises, all started at the same moment."""
    start = Barrier(len(works))

    def run(work):
        start.wait()
        try:
            return work()
        except (NoSuchPlan, NotAllowed, MembershipRefused) as refused:
            return refused

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))


@pytest.mark.parametrize("deed", ["make each other less", "take each other off", "leave", "hand over and go"])
def test_of_two_owners_who_go_at_the_same_moment_one_stays(database, plan, deed):
    work = {
        "make each other less": lambda access, other: change_role(access, other, "viewer", at=LATER),
        "take each other off": lambda access, other: remove_member_of_plan(access, other, at=LATER),
        "leave": lambda access, other: leave(access, at=LATER),
        "hand over and go": lambda access, other: hand_over(access, other, stay=False, at=LATER),
    }[deed]
    for _ in range(5):
        with writing(database) as session:
            for person in (DANA, SAM):
                give_plan(session, plan, person.id, LATER)
        ends = at_once(
            lambda: as_(DANA, plan, database, lambda access: work(access, "sam")),
            lambda: as_(SAM, plan, database, lambda access: work(access, "dana")),
        )
        assert sum(end is None for end in ends) == 1
        assert list(roles(database, plan, person=HERE).values()).count("owner") == 1


def test_a_change_of_roles_waits_for_a_save_and_never_in_a_circle(database, plan, asked):
    let_in(database, plan, SAM)
    with ThreadPoolExecutor(1) as threads:
        with writing(database) as session:
            access = authorize(session, SAM, plan, "answer", LATER)
            less = threads.submit(
                as_, DANA, plan, database, lambda given: change_role(given, "sam", "viewer", at=LATER)
            )
            with pytest.raises(TimeoutError):
                less.result(timeout=0.5)
            store_changes(access, asked, "first.case", {"note": "In time."}, seen=0, save_id="a", at=LATER)
        less.result(timeout=10)
    assert roles(database, plan)["Sam Ito"] == "viewer"


def test_somebody_taken_off_cannot_save_any_more(database, plan, asked):
    let_in(database, plan, SAM)
    as_(DANA, plan, database, lambda access: remove_member_of_plan(access, "sam", at=LATER))
    with pytest.raises(NoSuchPlan):
        as_(SAM, plan, database, lambda access: None, "answer")


@pytest.mark.parametrize(
    "deed",
    [
        lambda access: remove_member_of_plan(access, "sam", at=LATER),
        lambda access: change_role(access, "sam", "viewer", at=LATER),
        lambda access: set_end(access, "sam", end_of(LATER.date()), at=LATER),
    ],
    ids=["taken off", "made less", "given a last day"],
)
def test_whoever_may_less_does_not_come_back_as_what_they_were(database, plan, deed):
    _, secret = as_(DANA, plan, database, lambda access: invite_by_link(access, "editor", at=NOON))
    as_(DANA, plan, database, lambda access: invite_by_email(access, SAM.email, "editor", at=NOON))
    with writing(database) as session:
        accept_link(session, SAM, secret, LATER)
    as_(DANA, plan, database, deed)
    if "Sam Ito" in roles(database, plan):
        as_(SAM, plan, database, lambda access: leave(access, at=LATER), "view")
    with pytest.raises(Exception, match="does not work"), writing(database) as session:
        accept_link(session, SAM, secret, LATER)
    with writing(database) as session:
        assert accept_invitations(session, SAM, LATER) == ()


def test_a_plan_takes_two_hundred_people(database, plan):
    crowd = [Person(f"p{place}", f"P{place}", f"p{place}@north.example") for place in range(MOST_PEOPLE)]
    enrol(database, *crowd)
    _, secret = as_(DANA, plan, database, lambda access: invite_by_link(access, "viewer", at=NOON))
    with writing(database) as session:
        for person in crowd[:-1]:
            accept_link(session, person, secret, LATER)
    with pytest.raises(MembershipRefused, match="200 people at most"), writing(database) as session:
        accept_link(session, crowd[-1], secret, LATER)
    assert len(roles(database, plan)) == MOST_PEOPLE


def test_a_plan_from_before_people_signed_in_can_be_given_to_somebody(database, asked):
    enrol(database, DANA, SAM)
    with writing(database) as session:
        plan_id = start_plan(session, asked, a_plan(id=""), person=HERE, at=NOON)
    with pytest.raises(NoSuchPlan):
        roles(database, plan_id)
    with writing(database) as session:
        give_plan(session, plan_id, "dana", LATER)
    assert roles(database, plan_id) == {"Dana Okafor": "owner"}
    assert told(database) == [("An", "role given")]


def test_a_member_who_is_given_the_plan_owns_it_without_an_end(database, plan):
    let_in(database, plan, SAM, "facilitator")
    as_(DANA, plan, database, lambda access: set_end(access, "sam", end_of(LATER.date()), at=LATER))
    with writing(database) as session:
        give_plan(session, plan, "sam", LATER)
    assert roles(database, plan, at=LATER + timedelta(days=30), person=SAM)["Sam Ito"] == "owner"


def test_only_a_plan_that_is_there_can_be_given_and_only_to_somebody_known(database, plan):
    with pytest.raises(NoSuchPlan), writing(database) as session:
        give_plan(session, "no-such-plan", "dana", LATER)
    with pytest.raises(MembershipRefused, match="sign in once"), writing(database) as session:
        give_plan(session, plan, "nobody", LATER)
