"""What administrators see: the installation, and no plan of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from mcplan.people import Person
from pages.kit import desk
from storage.database import reading, writing
from storage.guard import AllPlans, within
from storage.people import fetch_people, set_admin
from storage.tables import SUMMARIES
from tests.builders import NOON
from tests.enrolled import DANA, ISSUER, KIM, enrol
from tests.pages.conftest import words

ADMIN_SCREENS = ("pages/admin/installation.py", "pages/admin/people.py", "pages/admin/templates.py")


@pytest.fixture
def boss(installation) -> Person:
    """Kim, who looks after the installation."""
    kim = replace(KIM, is_admin=True)
    enrol(desk.engine(), kim)
    return kim


@pytest.mark.parametrize("screen", ADMIN_SCREENS)
def test_who_is_no_administrator_any_more_is_out_at_the_next_click(as_person, boss, screen):
    page = as_person(boss, screen)
    assert page.title[0].value != "Micro-credential plans"
    with writing(desk.engine()) as session:
        set_admin(session, ISSUER, boss.id, is_admin=False, at=NOON)
    page.run()
    assert not page.exception
    assert page.title[0].value == "Micro-credential plans"
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        page.switch_page(screen)


@pytest.mark.parametrize("screen", ADMIN_SCREENS)
def test_a_screen_of_the_installation_tells_of_no_plan(as_person, boss, larkfield, screen):
    page = as_person(boss, screen)
    assert not page.exception
    assert not page.error
    for word in ("Heat Pump", "Larkfield", larkfield):
        assert word not in words(page)


def test_the_questions_and_the_database_are_named_without_their_folders(as_person, boss, installation):
    shown = words(as_person(boss, "pages/admin/installation.py")).replace("\\", "")
    assert "6 phases and " in shown
    assert "from the folder content." in shown
    strategic = len(desk.questionnaire().phase("strategic").questions)
    assert f"- Strategic planning: {strategic} questions" in shown
    assert "the file plans.db, with the tables of revision" in shown
    assert str(installation.parent) not in shown


def test_the_list_of_plans_is_worked_out_afresh(as_person, boss, larkfield):
    with writing(desk.engine()) as session, within(session, AllPlans()):
        before = session.connection().execute(select(SUMMARIES.c.floor)).scalar_one()
        session.connection().execute(update(SUMMARIES).values(floor=0.0))
    page = as_person(boss, "pages/admin/installation.py")
    page.button(key="recompute").click().run()
    assert not page.exception
    assert "1 plan in the list brought up to date." in words(page)
    with reading(desk.engine()) as session, within(session, AllPlans()):
        assert session.connection().execute(select(SUMMARIES.c.floor)).scalar_one() == before


def known():
    with reading(desk.engine()) as session:
        return {each.person.id: each for each in fetch_people(session)}


def test_an_administrator_shuts_out_lets_in_and_signs_out(as_person, boss):
    enrol(desk.engine(), DANA)
    page = as_person(boss, "pages/admin/people.py")
    assert "dana@north.example · signed in" in words(page).replace("\\", "")
    page.button(key="shut-dana").click().run()
    assert known()["dana"].disabled_at
    assert "An administrator has closed your access" in words(as_person(DANA, ""))
    page.button(key="shut-dana").click().run()
    assert known()["dana"].disabled_at is None
    page.button(key="out-dana").click().run()
    assert known()["dana"].valid_after
    page.button(key="admin-dana").click().run()
    assert known()["dana"].person.is_admin


@pytest.mark.parametrize("deed", ["shut-kim", "admin-kim"])
def test_somebody_always_looks_after_the_installation(as_person, boss, deed):
    page = as_person(boss, "pages/admin/people.py")
    page.button(key=deed).click().run()
    assert "Somebody has to look after mcplan" in words(page)
    assert known()["kim"].person.is_admin
    assert known()["kim"].disabled_at is None


def test_who_is_no_administrator_any_more_changes_nothing_with_an_old_screen(as_person, boss):
    enrol(desk.engine(), DANA)
    page = as_person(boss, "pages/admin/people.py")
    with writing(desk.engine()) as session:
        set_admin(session, ISSUER, boss.id, is_admin=False, at=NOON)
    page.button(key="shut-dana").click().run()
    assert "Only an administrator" in words(page)
    assert known()["dana"].disabled_at is None
