"""Word templates of the institution, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mcplan.dossier.word.template import Template
from mcplan.membership import MembershipRefused
from mcplan.people import somebody_here
from storage.database import reading, writing
from storage.templates import MOST, fetch_template, fetch_templates, remove_template, store_template
from tests.builders import NOON
from tests.enrolled import DANA, SAM, enrol

LETTERS = Template(b"PK\x00\xff letters", ("A note.",))


def keep(database, person, id="t1", name="Letters", template=LETTERS):
    with writing(database) as session:
        return store_template(session, person, id, name, template, NOON)


def test_what_an_administrator_keeps_comes_back_byte_for_byte(database):
    dana = replace(DANA, is_admin=True)
    enrol(database, dana)

    keep(database, dana)
    keep(database, dana)

    with reading(database) as session:
        (kept,) = fetch_templates(session)
        assert (kept.name, kept.notes, kept.by, kept.at) == ("Letters", ("A note.",), dana.name, NOON)
        assert fetch_template(session, kept.id) == LETTERS.file
        assert fetch_template(session, "gone") is None


def test_whoever_is_no_administrator_keeps_and_takes_away_nothing(database):
    dana = replace(DANA, is_admin=True)
    enrol(database, dana, SAM)
    keep(database, dana)

    with pytest.raises(MembershipRefused, match="Only an administrator"):
        keep(database, SAM, "t2")
    with pytest.raises(MembershipRefused), writing(database) as session:
        remove_template(session, SAM, "t1")
    with reading(database) as session:
        assert [each.id for each in fetch_templates(session)] == ["t1"]


def test_at_a_computer_of_ones_own_nobody_has_to_be_administrator(database):
    here = somebody_here("Dana")
    keep(database, here, name="  \x00 ")

    with writing(database) as session:
        assert [each.name for each in fetch_templates(session)] == ["Template"]
        assert remove_template(session, here, "t1")
        assert fetch_templates(session) == []


def test_there_is_an_end_to_templates(database):
    here = somebody_here("Dana")
    for number in range(MOST):
        keep(database, here, f"t{number}")

    with pytest.raises(MembershipRefused, match="There is room for 20"):
        keep(database, here, "one-more")
