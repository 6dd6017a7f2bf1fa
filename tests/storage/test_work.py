"""Which plans are read for what waits for a person, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mcplan.actions import ACTIONS
from mcplan.decisions import Submission
from mcplan.people import Person
from mcplan.plan import Answer, Member
from mcplan.reviews import scorer_of
from mcplan.rubric import load_rubric
from mcplan.work import work_of
from questionnaire.load import load_questionnaire
from storage.database import reading, writing
from storage.decisions import store_submission
from storage.notices import claim, fetch_news, first_of_day
from storage.plans import archive_plan, start_plan
from storage.reviews import hand_in_review, store_review
from storage.versions import store_version
from storage.work import fetch_desks
from tests.builders import NOON, a_plan
from tests.enrolled import DANA, KIM, SAM, enrol
from tests.storage.test_members import as_, let_in

SHIPPED = load_questionnaire()


def start(database, title, *names, owner="") -> str:
    answers = (Answer(ACTIONS, {"rows": [{"id": "r", "what": "Sign", "owner": owner}]}),) if owner else ()
    team = tuple(Member(f"m{place}", name) for place, name in enumerate(names))
    with writing(database) as session:
        return start_plan(session, SHIPPED, a_plan(*answers, id="", title=title, team=team), person=DANA, at=NOON)


def titles(database, person) -> set[str]:
    with reading(database) as session:
        return {desk.plan.title for desk in fetch_desks(session, SHIPPED, person, NOON + timedelta(hours=3)).found}


@pytest.fixture
def people(database):
    enrol(database, DANA, SAM, KIM)


def test_only_plans_in_which_something_may_wait_are_read(database, people):
    mine = start(database, "On the team", SAM.name)
    owned = start(database, "Owns an action", owner=SAM.name)
    start(database, "Neither", DANA.name, owner=DANA.name)
    for plan in (mine, owned):
        let_in(database, plan, SAM)

    assert titles(database, SAM) == {"On the team", "Owns an action"}


def test_of_many_plans_a_part_is_looked_through_and_the_rest_is_counted(database, people):
    for number in range(3):
        start(database, f"Plan {number}", DANA.name)
    with reading(database) as session:
        parts = [fetch_desks(session, SHIPPED, DANA, NOON, skip=skip, most=2) for skip in (0, 2, 4)]

    assert [(len(part.found), part.total) for part in parts] == [(2, 3), (1, 3), (0, 3)]
    assert len({desk.plan.id for part in parts for desk in part.found}) == 3


def test_what_a_person_may_not_open_does_not_wait_for_them(database, people):
    start(database, "Secret", KIM.name, owner=KIM.name)

    assert titles(database, KIM) == set()


def test_an_archived_plan_waits_for_nobody(database, people):
    plan = start(database, "Old", DANA.name)
    as_(DANA, plan, database, lambda access: archive_plan(access, at=NOON + timedelta(hours=2)), "delete")

    assert titles(database, DANA) == set()


@pytest.mark.parametrize("name", ['Ann "Nan" O\'Neil', "100 % Zoë_!", "家"])
def test_a_name_of_any_letters_is_found_and_no_other(database, name):
    person = Person("p", name, "p@north.example")
    enrol(database, person, DANA)
    plan = start(database, "Mine", owner=name)
    start(database, "Other", owner="100 x ZoëA!")
    let_in(database, plan, person)

    assert titles(database, person) == {"Mine"}


def test_of_several_servers_one_makes_the_daily_messages(database):
    six = NOON.replace(hour=6)

    def ask(at):
        with writing(database) as session:
            return first_of_day(session, at)

    assert [ask(six - timedelta(minutes=1)), ask(six), ask(six), ask(six + timedelta(days=1))] == [
        False, True, False, True,
    ]  # fmt: skip


def test_news_are_what_others_changed_in_the_last_day(database, people):
    plan = start(database, "Cold chain", owner=DANA.name)
    let_in(database, plan, SAM)
    with reading(database) as session:
        assert fetch_news(session, SAM, NOON + timedelta(hours=3)) == [("Cold chain", 1)]
        assert fetch_news(session, DANA, NOON + timedelta(hours=3)) == []
        assert fetch_news(session, KIM, NOON + timedelta(hours=3)) == []
        assert fetch_news(session, SAM, NOON + timedelta(days=2)) == []
        assert claim(session, NOON) == []


def test_a_review_waits_for_whoever_sits_on_the_board_until_it_is_handed_in(database, people):
    plan = start(database, "Cold chain", DANA.name)
    let_in(database, plan, SAM, "reviewer")
    assert titles(database, SAM) == set()
    meets = (NOON + timedelta(days=9)).date()

    def submit(access):
        store_version(access, SHIPPED, "v1", "For the Senate", at=NOON)
        given = Submission("s1", "v1", "G1", "Dana", "Senate", meets, "", NOON)
        store_submission(access, given, seen=0, move_id="m1", at=NOON)

    as_(DANA, plan, database, submit, "submit")
    (job,) = waiting(database, SAM)
    assert (job.kind, job.due) == ("Review", meets)
    assert "Review" not in [each.kind for each in waiting(database, DANA)]

    scores = {each.id: {"score": 2, "reason": "Well argued."} for each in load_rubric().criteria}
    mine = scorer_of(SAM, "reviewer")
    as_(SAM, plan, database, lambda access: store_review(access, "s1", mine, scores, move_id="m2", at=NOON), "comment")
    as_(SAM, plan, database, lambda access: hand_in_review(access, "s1", mine, at=NOON), "comment")

    assert waiting(database, SAM) == ()


def waiting(database, person):
    with reading(database) as session:
        return work_of(fetch_desks(session, SHIPPED, person, NOON + timedelta(hours=3)).found, NOON.date())
