"""Back-ups on the screen of the installation: the list, a button, and the way back; for administrators alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mcplan.people import Person
from pages.kit import desk
from storage.backups import back_up
from storage.database import writing
from storage.people import set_admin
from tests.builders import NOON
from tests.enrolled import DANA, ISSUER, KIM, enrol
from tests.pages.conftest import words

SCREEN = "pages/admin/installation.py"


@pytest.fixture
def boss(installation) -> Person:
    """Kim, who looks after the installation."""
    kim = replace(KIM, is_admin=True)
    enrol(desk.engine(), kim, DANA)
    return kim


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder that back-ups of this installation go into."""
    folder = tmp_path / "kept"
    folder.mkdir()
    monkeypatch.setenv("MCPLAN_BACKUPS", str(folder))
    return folder


def said(page) -> str:
    return words(page).replace("\\", "")


def test_without_a_folder_the_setting_is_named_and_nothing_can_be_pressed(as_person, boss, monkeypatch):
    monkeypatch.delenv("MCPLAN_BACKUPS", raising=False)
    page = as_person(boss, SCREEN)
    assert not page.exception
    assert "MCPLAN_BACKUPS" in said(page)
    assert not [each for each in page.button if each.key == "back-up"]


def test_back_ups_are_listed_with_their_time_and_size_and_how_to_restore_the_newest(as_person, boss, folder):
    for hour in (8, 12):
        back_up(desk.engine(), folder, NOON.replace(hour=hour))
    (folder / "notes.txt").write_text("Mine.")
    page = as_person(boss, SCREEN)
    assert not page.exception
    shown = said(page)
    at_noon, at_eight = (shown.index(f"2 March 2027, {hour}:00 UTC · 0.") for hour in ("12", "08"))
    assert at_noon < at_eight
    assert "notes.txt" not in shown
    assert page.code[0].value == "mcplan restore plans-20270302-120000Z.db --into DATABASE"
    assert str(folder) not in shown


def test_a_back_up_is_made_by_a_button_and_then_stands_on_the_list(as_person, boss, folder):
    page = as_person(boss, SCREEN)
    assert "There is no back-up yet." in said(page)
    assert not page.code
    page = page.button(key="back-up").click().run()
    assert not page.exception
    assert "The back-up is made and checked: no plans, no saved answers." in said(page)
    (made,) = folder.iterdir()
    assert f"mcplan restore {made.name}" in page.code[0].value
    assert f"{datetime.now(UTC):%B %Y}" in said(page)


def test_a_long_list_shows_the_newest_and_how_many_more_there_are(as_person, boss, folder):
    for day in range(1, 16):
        (folder / f"plans-202701{day:02}-000000Z.db").touch()
    shown = said(as_person(boss, SCREEN))
    assert shown.count("January 2027, 00:00 UTC") == 10
    assert "15 January 2027" in shown
    assert "and 5 older ones" in shown


@pytest.mark.parametrize("spoil", ["gone", "file"])
def test_a_folder_that_is_none_is_a_plain_sentence(as_person, boss, folder, spoil):
    folder.rmdir()
    if spoil == "file":
        folder.touch()
    page = as_person(boss, SCREEN)
    assert not page.exception
    assert "The folder kept for back-ups is not there, or mcplan may not read it." in said(page)
    assert "Questions" in said(page)


def test_a_back_up_that_cannot_be_written_is_a_plain_sentence(as_person, boss, folder):
    page = as_person(boss, SCREEN)
    for seconds in range(100):
        (folder / f"plans-{datetime.now(UTC) + timedelta(seconds=seconds):%Y%m%d-%H%M%SZ}.db").touch()
    page = page.button(key="back-up").click().run()
    assert not page.exception
    assert "Z.db is there already." in said(page)
    assert "is made and checked" not in said(page)


def test_an_old_screen_makes_no_back_up_for_who_is_no_administrator_any_more(as_person, boss, folder):
    page = as_person(boss, SCREEN)
    with writing(desk.engine()) as session:
        set_admin(session, ISSUER, boss.id, is_admin=False, at=NOON)
    page.button(key="back-up").click().run()
    assert list(folder.iterdir()) == []
