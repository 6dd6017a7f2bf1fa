"""A few answers across plans: only of plans that a person may open, and only those asked for."""

from dataclasses import replace

from sqlalchemy import insert

from mcplan.people import Person
from questionnaire.model import Column
from storage.database import reading, writing
from storage.guard import AllPlans, within
from storage.plans import archive_plan, start_plan
from storage.portfolio import fetch_portfolio
from storage.tables import MEMBERSHIPS, PEOPLE
from tests.builders import HERE, NOON, a_plan, a_question, a_questionnaire, an_answer, door

SKILLS = a_question("skills", kind="table", columns=(Column("skill", "Skill"),))
ASKED = a_questionnaire(SKILLS, a_question("case"))
PLAN = a_plan(an_answer(SKILLS.id, {"rows": [{"id": "a", "skill": "Weld"}]}), an_answer("first.case", "Secret"), id="")
SAM = Person("sam", "Sam")


def titles(database, person):
    with reading(database) as session:
        return [plan.title for plan in fetch_portfolio(session, person, [SKILLS.id], at=NOON)]


def start(database, title, plan=PLAN):
    with writing(database) as session:
        return start_plan(session, ASKED, replace(plan, title=title), person=HERE, at=NOON)


def test_only_the_answers_asked_for_are_read(database):
    start(database, "One")
    with reading(database) as session:
        (plan,) = fetch_portfolio(session, HERE, [SKILLS.id], at=NOON)
    assert list(plan.answers) == [SKILLS.id]
    assert plan.answers[SKILLS.id].value == {"rows": [{"id": "a", "skill": "Weld"}]}


def test_plans_of_others_are_not_there(database):
    mine, _ = start(database, "Mine"), start(database, "Theirs")
    with writing(database) as session, within(session, AllPlans()):
        person = {"id": "sam", "iss": "x", "sub": "sam", "email": "s@example.org", "name": "Sam", "is_admin": False}
        session.connection().execute(insert(PEOPLE), person | {"first_at": NOON, "seen_at": NOON})
        row = {"plan_id": mine, "person_id": "sam", "role": "viewer", "by": "Dana", "at": NOON, "ends_at": None}
        session.connection().execute(insert(MEMBERSHIPS), row)
    assert titles(database, SAM) == ["Mine"]
    assert titles(database, Person("kim", "Kim")) == []
    assert sorted(titles(database, HERE)) == ["Mine", "Theirs"]


def test_archived_plans_and_plans_without_such_an_answer_are_left_out(database):
    start(database, "Silent", a_plan(an_answer("first.case"), id=""))
    put_away = start(database, "Put away")
    with writing(database) as session:
        archive_plan(door(session, put_away), at=NOON)
    assert titles(database, HERE) == []
