"""A button pressed once does its work once, also if the line to the database breaks at the wrong moment."""

from __future__ import annotations

import pytest

from mcplan.people import Person
from pages.kit import desk
from storage.access import authorize
from storage.database import reading, writing
from storage.invitations import accept_invitations, fetch_invitations, invite_by_email
from storage.members import fetch_members
from storage.people import fetch_people, set_admin
from storage.plans import count_plans, fetch_plan, start_plan
from tests.breaking import lost_replies
from tests.builders import HERE, NOON, a_plan
from tests.enrolled import DANA, ISSUER, SAM, enrol
from tests.pages.conftest import SCREENS, words
from tests.storage import conftest as databases

server = databases.server


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request, installation, monkeypatch):
    """A fresh installation, once on a file and once on a server."""
    if request.param == "postgresql":
        monkeypatch.setenv("MCPLAN_DATABASE", request.getfixturevalue("server").new_database())
        monkeypatch.setenv("MCPLAN_SECRET", "k3" * 20)
    return installation


@pytest.fixture
def danas(installation) -> str:
    """Dana's plan, that Sam owns too, in an installation where people sign in."""
    enrol(desk.engine(), DANA, SAM)
    with writing(desk.engine()) as session:
        id = start_plan(session, desk.questionnaire(), a_plan(id=""), person=DANA, at=NOON)
        access = authorize(session, DANA, id, "manage_members", desk.now())
        invite_by_email(access, SAM.email, "owner", at=desk.now())
        assert accept_invitations(session, SAM, desk.now())
    return id


def press(page, label):
    """Press a button while the next reply of the database gets lost."""
    with lost_replies(desk.engine()) as lost:
        page = next(each for each in page.button if each.label == label).click().run()
    assert lost
    assert not page.exception
    assert [each.value for each in page.error] == []
    return page


def look(plan_id: str, work, person: Person = DANA):
    with reading(desk.engine()) as session:
        return work(authorize(session, person, plan_id, "view", desk.now()))


def number() -> int:
    with reading(desk.engine()) as session:
        return count_plans(session, HERE, at=desk.now())


def test_one_press_of_start_makes_one_plan(visit):
    page = visit()
    page.text_input[0].set_value("Wound care at home")
    page = press(page, "Start")
    assert page.title[0].value == "Wound care at home"
    assert number() == 1


def test_one_press_makes_one_worked_example_and_another_one_later(visit):
    press(visit(), "Open the worked example")
    assert number() == 1
    press(visit(), "Open the worked example")
    assert number() == 2


def test_start_pressed_again_after_the_server_was_away_opens_the_plan_it_had_made(visit, monkeypatch):
    monkeypatch.setattr("storage.database.PAUSES", ())
    page = visit()
    page.text_input[0].set_value("Wound care at home")
    with lost_replies(desk.engine()):
        page = next(each for each in page.button if each.label == "Start").click().run()
    assert "does not answer" in words(page)
    page = next(each for each in page.button if each.label == "Start").click().run()
    assert page.title[0].value == "Wound care at home"
    assert number() == 1
    page = page.switch_page("pages/plans/plans.py").run()
    page.text_input[0].set_value("Wound care at home")
    next(each for each in page.button if each.label == "Start").click().run()
    assert number() == 2


def test_one_press_makes_one_copy(as_person, danas):
    page = press(as_person(DANA, ""), "Duplicate")
    assert "is on the list" in words(page)
    assert [each.label for each in page.button].count("Duplicate") == 2


def test_one_press_adds_one_member(as_person, danas):
    page = as_person(DANA, SCREENS["overview"], plan=danas)
    next(each for each in page.text_input if each.label == "Name").set_value("Kit Roy")
    press(page, "Add")
    assert [each.name for each in look(danas, fetch_plan).team].count("Kit Roy") == 1


def test_one_press_makes_one_link_that_works_and_one_invitation(as_person, danas):
    page = press(as_person(DANA, plan=danas), "Make a link")
    assert "?invite=" in page.code[0].value
    next(each for each in page.text_input if each.label == "E-mail address").set_value("ana@south.example")
    page = press(page, "Invite")
    assert "is invited" in words(page)
    assert len(look(danas, lambda access: fetch_invitations(access, desk.now()))) == 2


@pytest.mark.parametrize("label", ["Leave the plan", "Hand over"])
def test_who_gives_a_plan_away_is_told_that_they_have(as_person, danas, label):
    page = as_person(DANA, plan=danas)
    if label == "Hand over":
        next(each for each in page.radio if each.label == "And you").set_value("leave the plan")
    page = press(page, label)
    assert page.title[0].value == "Micro-credential plans"
    assert [each.name for each in look(danas, fetch_members, SAM)] == [SAM.name]


def test_an_administrator_who_steps_down_is_told_that_they_have(as_person, danas):
    with writing(desk.engine()) as session:
        for person in (DANA, SAM):
            set_admin(session, ISSUER, person.id, is_admin=True, at=NOON)
    page = as_person(DANA, "pages/admin/people.py")
    page = press(page, "Make no administrator")
    assert "Done for" in words(page)
    with reading(desk.engine()) as session:
        assert {each.person.id: each.person.is_admin for each in fetch_people(session)} == {"dana": False, "sam": True}
