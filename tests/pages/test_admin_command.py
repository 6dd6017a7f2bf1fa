"""`mcplan admin …`: who runs an installation, from the command line on a real file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mcplan.roles import Role
from pages.console.admin import ADMIN
from questionnaire.load import load_questionnaire
from storage.access import authorize
from storage.database import open_database, reading, writing
from storage.members import fetch_members
from storage.people import Known, count_admins, fetch_known, fetch_people, sign_in
from storage.plans import start_plan
from tests.builders import HERE, NOON, a_plan
from tests.enrolled import DANA, ISSUER, KIM, SAM, enrol

NOBODY = "Nobody of this name has signed in yet. `mcplan admin people` lists who has."
NONE_LEFT = "Nobody looks after this installation now. `mcplan admin grant` makes somebody an administrator."


@pytest.fixture
def engine(file):
    """The database of an installation where Dana and Sam have signed in; Dana looks after it."""
    engine = open_database(f"sqlite:///{file}", create=True)
    enrol(engine, replace(DANA, is_admin=True), SAM)
    yield engine
    engine.dispose()


def known(engine, sub: str) -> Known:
    with reading(engine) as session:
        found = fetch_known(session, ISSUER, sub)
    assert found
    return found


def admins(engine) -> int:
    with reading(engine) as session:
        return count_admins(session)


def test_the_list_has_what_the_other_commands_need(mcplan, engine):
    mcplan("admin", "disable", ISSUER, "sam")
    assert mcplan("admin", "people") == (
        0,
        f"Dana Okafor (administrator)\n    dana@north.example  {ISSUER}  dana\n"
        f"Sam Ito (shut out)\n    sam@north.example  {ISSUER}  sam\n",
        "",
    )


def test_an_empty_list_says_that_it_is_empty(mcplan, file):
    open_database(f"sqlite:///{file}", create=True).dispose()
    assert mcplan("admin", "people") == (0, "Nobody has signed in yet.\n", "")


def test_somebody_becomes_an_administrator_and_is_one_no_longer(mcplan, engine):
    assert mcplan("admin", "grant", ISSUER, "sam") == (0, "They are an administrator from their next page on.\n", "")
    assert known(engine, "sam").person.is_admin
    assert mcplan("admin", "revoke", ISSUER, "sam") == (0, "They are an administrator no longer.\n", "")
    assert not known(engine, "sam").person.is_admin
    assert admins(engine) == 1


def test_a_command_given_twice_changes_nothing_more(mcplan, engine):
    for words in (("grant", "sam"), ("disable", "sam"), ("enable", "sam"), ("revoke", "sam")):
        seen = []
        for _ in range(2):
            assert mcplan("admin", words[0], ISSUER, words[1])[0] == 0
            seen.append(replace(known(engine, "sam"), disabled_at=None))
        assert seen[0] == seen[1]


def test_who_has_never_signed_in_can_be_an_administrator_from_their_first_sign_in_on(mcplan, engine):
    assert mcplan("admin", "grant", ISSUER, "ana")[0] == 0
    with writing(engine) as session:
        ana = sign_in(session, ISSUER, "ana", email="ana@north.example", name="Ana Ruiz", at=NOON)
    assert (ana.name, ana.is_admin) == ("Ana Ruiz", True)


@pytest.mark.parametrize("name", ["revoke", "disable", "enable", "sign-out"])
@pytest.mark.parametrize("who", [(ISSUER, "dana@north.example"), ("https://other.example", "dana")])
def test_a_name_that_nobody_has_is_refused_in_a_sentence(mcplan, engine, name, who):
    code, out, err = mcplan("admin", name, *who)
    assert (code, out, err) == (2, "", f"mcplan: {NOBODY}\n")
    with reading(engine) as session:
        assert len(fetch_people(session)) == 2


@pytest.mark.parametrize("name", ["revoke", "disable"])
def test_the_last_administrator_may_go_and_it_is_said_that_nobody_is_left(mcplan, engine, name):
    code, out, err = mcplan("admin", name, ISSUER, "dana")
    assert (code, err) == (0, "")
    assert out.endswith(f"\n{NONE_LEFT}\n")
    assert admins(engine) == 0
    assert NONE_LEFT not in mcplan("admin", "grant", ISSUER, "sam")[1]


def test_who_is_signed_out_or_shut_out_is_out_and_can_be_let_in_again(mcplan, engine):
    assert mcplan("admin", "sign-out", ISSUER, "sam") == (0, "They have to sign in again.\n", "")
    assert known(engine, "sam").valid_after
    assert mcplan("admin", "disable", ISSUER, "sam") == (0, "They are shut out.\n", "")
    assert known(engine, "sam").disabled_at
    assert mcplan("admin", "enable", ISSUER, "sam") == (0, "They are let in again.\n", "")
    assert known(engine, "sam").disabled_at is None


def test_a_plan_that_was_left_behind_gets_an_owner(mcplan, engine):
    with writing(engine) as session:
        plan = start_plan(session, load_questionnaire(), a_plan(id=""), person=HERE, at=NOON)
    assert mcplan("admin", "give-plan", plan, ISSUER, "sam") == (0, "The plan is theirs.\n", "")
    with reading(engine) as session:
        found: dict[str, Role] = {
            each.name: each.role for each in fetch_members(authorize(session, SAM, plan, "view", NOON))
        }
    assert found == {SAM.name: "owner"}


def test_a_plan_is_given_to_nobody_unknown_and_no_plan_to_anybody(mcplan, engine):
    with writing(engine) as session:
        plan = start_plan(session, load_questionnaire(), a_plan(id=""), person=HERE, at=NOON)
    assert mcplan("admin", "give-plan", plan, ISSUER, KIM.id) == (2, "", f"mcplan: {NOBODY}\n")
    assert mcplan("admin", "give-plan", "no-such-plan", ISSUER, "sam") == (
        2, "", "mcplan: This plan is no longer there.\n",
    )  # fmt: skip


def test_a_plan_that_is_full_takes_nobody_more(mcplan, engine, monkeypatch):
    monkeypatch.setattr("mcplan.membership.MOST_PEOPLE", 1)
    with writing(engine) as session:
        plan = start_plan(session, load_questionnaire(), a_plan(id=""), person=DANA, at=NOON)
    code, _, err = mcplan("admin", "give-plan", plan, ISSUER, "sam")
    assert (code, err.startswith("mcplan: A plan takes 1 people at most.")) == (2, True)


@pytest.mark.parametrize("name", [each.__name__.replace("_", "-") for each in ADMIN])
def test_a_database_that_is_not_there_is_refused_and_not_made(mcplan, file, name):
    words = {"people": (), "give-plan": ("some-plan", ISSUER, "dana")}.get(name, (ISSUER, "dana"))
    code, out, err = mcplan("admin", name, *words)
    assert (code, out) == (2, "")
    assert "There is no database file plans.db." in err
    assert not file.exists()
