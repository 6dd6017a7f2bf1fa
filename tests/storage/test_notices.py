"""Who is told of what by e-mail, and that each message goes once, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from mcplan.notices import Notice
from mcplan.plan import Member
from storage.comments import assign_thread, store_comment
from storage.database import reading, writing
from storage.invitations import invite_by_email, invite_by_link
from storage.notices import MOST_TRIES, claim, fetch_wish, gather, keep, mark_sent, store_wish, waiting
from storage.plans import start_plan
from storage.tables import NOTICES, PEOPLE
from storage.team import store_member
from tests.builders import NOON, a_plan, a_question, a_questionnaire
from tests.enrolled import DANA, KIM, SAM, enrol
from tests.storage.test_members import as_, let_in

LATER = NOON + timedelta(hours=2)
HOME = "https://plans.example.org"


@pytest.fixture
def plan(database, asked) -> str:
    """Dana's plan, with Sam as an editor; what happened so far has been looked through."""
    enrol(database, DANA, SAM, KIM)
    with writing(database) as session:
        plan = start_plan(session, asked, a_plan(id=""), person=DANA, at=NOON)
    let_in(database, plan, SAM)
    look(database)
    return plan


def look(database, at=LATER) -> int:
    with writing(database) as session:
        return gather(session, HOME, at)


def take(database, at=LATER, most=20) -> list[Notice]:
    with writing(database) as session:
        return claim(session, at, most)


def invite(database, plan, address="lee@north.example"):
    as_(DANA, plan, database, lambda access: invite_by_email(access, address, "editor", at=NOON))


def test_whoever_is_invited_by_address_is_told_once_and_nobody_by_a_link(database, plan):
    invite(database, plan)
    as_(DANA, plan, database, lambda access: invite_by_link(access, "viewer", at=NOON))

    assert look(database) == 2
    assert look(database) == 0
    (notice,) = take(database)

    assert notice.email == "lee@north.example"
    assert notice.subject == f"{DANA.name} invites you to “{a_plan().title}”"
    assert HOME in notice.text


def test_what_happened_before_the_first_look_is_told_to_nobody(database, asked):
    enrol(database, DANA)
    with writing(database) as session:
        plan = start_plan(session, asked, a_plan(id=""), person=DANA, at=NOON)
    invite(database, plan)

    look(database)
    look(database)

    assert take(database) == []


def test_an_event_waits_until_those_before_it_must_have_arrived(database, plan):
    invite(database, plan)

    assert look(database, at=NOON + timedelta(seconds=1)) == 0
    assert look(database, at=NOON + timedelta(seconds=10)) == 1


def test_a_message_belongs_to_the_server_that_took_it_and_is_tried_again_later(database, plan):
    invite(database, plan)
    look(database)

    assert len(take(database)) == 1
    assert take(database) == []
    assert len(take(database, at=LATER + timedelta(minutes=6))) == 1
    assert take(database, at=LATER + timedelta(minutes=7)) == []


def test_a_sent_message_stays_sent_and_its_words_are_not_kept(database, plan):
    invite(database, plan)
    look(database)
    (notice,) = take(database)
    with writing(database) as session:
        mark_sent(session, notice.key, LATER)

    assert take(database, at=LATER + timedelta(days=30)) == []
    with reading(database) as session:
        assert session.connection().execute(select(NOTICES.c.text)).scalar_one() == ""
        assert waiting(session) == (0, 0)


def test_a_message_that_never_goes_is_given_up_and_counted(database, plan):
    invite(database, plan)
    look(database)
    with writing(database) as session:
        session.connection().execute(update(NOTICES).values(tries=MOST_TRIES))

    assert take(database, at=LATER + timedelta(days=30)) == []
    with reading(database) as session:
        assert waiting(session) == (0, 1)


@pytest.mark.parametrize(("wish", "told"), [("at once", 1), ("daily", 0), ("never", 0)])
def test_somebody_who_is_asked_about_a_comment_is_told_as_they_wish(database, plan, wish, told):
    with writing(database) as session:
        store_wish(session, SAM.id, wish)
        assert fetch_wish(session, SAM.id) == wish
    ask_sam(database, plan)
    look(database)

    found = take(database)

    assert [each.email for each in found] == [SAM.email] * told


def test_nobody_is_told_who_may_not_open_the_plan_any_more(database, plan):
    ask_sam(database, plan)
    with writing(database) as session:
        session.connection().execute(update(PEOPLE).where(PEOPLE.c.id == SAM.id).values(disabled_at=NOON))

    look(database)

    assert take(database) == []


def test_a_digest_goes_to_whoever_wants_one_and_once_a_day(database, plan):
    with writing(database) as session:
        store_wish(session, SAM.id, "daily")
        store_wish(session, KIM.id, "never")
        for person in (SAM, KIM, SAM):
            keep(session, [Notice(f"digest-1-{person.id}", person.email, "News", "…", person.id)], NOON, daily=True)

    assert [each.email for each in take(database)] == [SAM.email]


def ask_sam(database, plan):
    def ask(access):
        team = store_member(access, Member("", SAM.name), at=NOON).team
        store_comment(access, a_questionnaire(a_question("case")), "c1", "Is the price right?", at=NOON)
        assign_thread(access, "c1", team[-1].id, at=NOON)

    as_(DANA, plan, database, ask)
