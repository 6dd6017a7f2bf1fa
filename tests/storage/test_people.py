"""People who sign in, on both databases."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from mcplan.people import Person
from storage.database import reading, writing
from storage.people import (
    LONGEST,
    SignedOut,
    count_admins,
    counted,
    fetch_known,
    fetch_people,
    fetch_person,
    set_admin,
    set_disabled,
    sign_in,
    sign_out_everywhere,
)
from tests.builders import NOON

ISS = "https://id.example.org"
NOW = int(NOON.timestamp())


@pytest.fixture
def arrive(database):
    """Sign somebody in."""

    def arrive(sub="dana", name="Dana Okafor", email="", iss=ISS, at=NOON) -> Person:
        with writing(database) as session:
            return sign_in(session, iss, sub, email=email or f"{sub}@example.org", name=name, at=at)

    return arrive


@pytest.fixture
def who(database):
    """The person a token names, at a time."""

    def who(person, signed_in_at=NOW, now=NOON):
        with reading(database) as session:
            return fetch_person(session, person.id, signed_in_at, now)

    return who


def test_somebody_is_the_same_person_at_every_sign_in(arrive):
    first = arrive()
    again = arrive(name="D. Okafor-Smith", email="Dana@New.Example.org", at=NOON + timedelta(days=1))
    assert (again.id, again.name, again.email) == (first.id, "Dana Okafor", "dana@new.example.org")


def test_the_same_address_from_another_provider_is_another_person(arrive):
    assert arrive().id != arrive(iss="https://elsewhere.example.org").id


def test_two_people_of_one_name_stay_apart(arrive):
    names = [arrive(sub, "Maria Silva").name for sub in ("a", "b", "c")]
    assert names == ["Maria Silva", "Maria Silva 2", "Maria Silva 3"]
    assert arrive("nameless", "  \x00 ", "nameless@example.org").name == "nameless"


def test_two_first_sign_ins_at_once_make_one_person(database):
    found, gate = [], threading.Barrier(8)

    def go(number):
        gate.wait()
        with writing(database) as session:
            person = sign_in(session, ISS, f"sub-{number % 2}", email="", name="Maria Silva", at=NOON)
        found.append((number % 2, person.id, person.name))

    threads = [threading.Thread(target=go, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({(sub, id) for sub, id, _ in found}) == 2
    assert {name for *_, name in found} == {"Maria Silva", "Maria Silva 2"}


def test_a_sign_in_counts_for_twelve_hours(arrive, who):
    dana = arrive()
    assert who(dana, now=NOON + LONGEST - timedelta(seconds=1)) == dana
    with pytest.raises(SignedOut, match=r"more than twelve hours ago.*what you typed is kept"):
        who(dana, now=NOON + LONGEST)


def test_signing_out_ends_every_sign_in_so_far_and_none_after(database, arrive, who):
    dana = arrive()
    with writing(database) as session:
        sign_out_everywhere(session, dana.id, NOON + timedelta(minutes=5, milliseconds=300))
    for minutes in (0, 4, 5):
        with pytest.raises(SignedOut, match="signed out"):
            who(dana, NOW + 60 * minutes, NOON + timedelta(minutes=6))
    assert who(dana, NOW + 301, NOON + timedelta(minutes=6)) == dana


def test_somebody_shut_out_gets_in_neither_anew_nor_by_what_they_have(database, arrive, who):
    dana = arrive()
    with writing(database) as session:
        set_disabled(session, dana.id, disabled=True, at=NOON)
    with pytest.raises(SignedOut, match="closed your access"):
        who(dana)
    with pytest.raises(SignedOut, match="closed your access"):
        arrive(at=NOON + timedelta(days=1))
    with writing(database) as session:
        set_disabled(session, dana.id, disabled=False, at=NOON)
    assert who(dana) == dana


def test_nobody_becomes_an_administrator_by_signing_in(database, arrive):
    assert not arrive("first").is_admin
    assert not arrive("second").is_admin
    with reading(database) as session:
        assert count_admins(session) == 0


def test_an_administrator_can_be_named_before_they_first_sign_in(database, arrive):
    with writing(database) as session:
        set_admin(session, ISS, "boss", is_admin=True, at=NOON)
    boss = arrive("boss", "Dana Okafor")
    assert (boss.is_admin, boss.name) == (True, "Dana Okafor")
    with writing(database) as session:
        set_admin(session, ISS, "boss", is_admin=False, at=NOON)
    assert not arrive("boss").is_admin


def test_the_list_of_people_tells_when_they_came(database, arrive):
    arrive("sam", "Sam Ito")
    arrive()
    with reading(database) as session:
        assert [(each.person.name, each.seen_at) for each in fetch_people(session)] == [
            ("Dana Okafor", NOON),
            ("Sam Ito", NOON),
        ]


def test_a_token_of_nobody_opens_nothing(database, who):
    with pytest.raises(SignedOut, match="Please sign in"):
        who(Person("nobody", "Nobody"))
    with reading(database) as session:
        assert fetch_known(session, ISS, "nobody") is None


def test_what_is_known_of_somebody_tells_whether_a_sign_in_counts(database, arrive):
    dana = arrive()
    with reading(database) as session:
        assert counted(fetch_known(session, ISS, "dana"), NOW, NOON) == dana
