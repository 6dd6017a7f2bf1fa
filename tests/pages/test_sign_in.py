"""Who is let in, without a browser: every screen through `app.py`, as the provider's cookie names people."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
from streamlit.testing.v1 import AppTest

from mcplan.example import load_example
from mcplan.people import LOCAL, Person
from pages.kit import desk, identity, sign_in
from pages.kit.tokens import Caller, TokenRefused
from storage.database import reading, writing
from storage.people import fetch_people, set_disabled, sign_out_everywhere
from storage.plans import start_plan
from tests.pages.conftest import APP, SCREENS, boxes, words

ISS = "https://id.example.org"
SECRETS = f"""
[auth]
redirect_uri = "https://plans.example.org/oauth2callback"
cookie_secret = "{"k3" * 20}"
client_id = "mcplan"
client_secret = "known to both"
server_metadata_url = "{ISS}/.well-known/openid-configuration"
"""


@pytest.fixture
def secrets(installation: Path, tmp_path: Path) -> Iterator[Path]:
    """The secrets of an installation at which people sign in."""
    file = tmp_path / "secrets.toml"
    file.write_text(SECRETS)
    file.chmod(0o600)
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(file)])
    secrets_singleton._reset()
    yield file
    config.set_option("secrets.files", before)
    secrets_singleton._reset()


@pytest.fixture
def come(secrets: Path) -> Callable[..., AppTest]:
    """Open the app as somebody whom the provider vouches for."""

    def come(sub: str = "dana", plan: str = "", **claims: Any) -> AppTest:
        page = AppTest.from_file(str(APP), default_timeout=30)
        person = {"iss": ISS, "sub": sub, "name": sub.capitalize(), "email": f"{sub}@example.org"}
        page.user = person | {"is_logged_in": True, "email_verified": True, "iat": int(time.time())} | claims
        if plan:
            page.query_params["plan"] = plan
        return page.run()

    return come


def id_of(sub: str) -> str:
    with reading(desk.engine()) as session:
        return next(each.person.id for each in fetch_people(session) if each.sub == sub)


def danas_plan() -> str:
    """The worked example, started by Dana, who has signed in."""
    with writing(desk.engine()) as session:
        person = Person(id_of("dana"), "Dana")
        return start_plan(session, desk.questionnaire(), load_example(), person=person, at=desk.now())


def is_door(page: AppTest) -> bool:
    return [title.value for title in page.title] == ["mcplan"] and any("Sign in" in each.label for each in page.button)


def test_whoever_has_not_signed_in_sees_the_door_and_nothing_else(come):
    come()
    plan = danas_plan()
    for address in ("", plan):
        page = come(is_logged_in=False, plan=address)
        assert is_door(page)
        assert "Heat Pump" not in words(page)
        assert not page.error
        assert not boxes(page)


def test_whoever_has_signed_in_comes_to_their_plans(come):
    page = come()
    assert not page.exception
    assert page.title[0].value == "Micro-credential plans"
    page = come(plan=danas_plan())
    page.switch_page(SCREENS["overview"]).run()
    assert not page.exception
    assert "Heat Pump" in page.title[0].value


def test_a_strangers_plan_and_one_that_never_was_look_the_same(come):
    come()
    said = []
    for plan in (danas_plan(), "no-such-plan"):
        page = come("kim", plan=plan)
        page.switch_page(SCREENS["overview"]).run()
        assert "Heat Pump" not in words(page)
        assert not boxes(page)
        said.append(words(page))
    assert said[0] == said[1]
    assert "no longer there" in said[0]


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ({"email_verified": False}, "has not verified your e-mail address"),
        ({"email_verified": None}, "has not verified your e-mail address"),
        ({"email_verified": "false"}, "has not verified your e-mail address"),
        ({"iat": int(time.time()) - 12 * 3600 - 5}, "more than twelve hours ago"),
        ({"iat": None}, "says too little about you"),
        ({"sub": ""}, "says too little about you"),
    ],
)
def test_a_sign_in_that_does_not_count_is_told_why(come, claims, says):
    page = come(**claims)
    assert is_door(page)
    assert says in words(page)
    assert any(each.label == "Use another account" for each in page.button)


def test_a_provider_that_is_trusted_vouches_for_its_addresses(come, monkeypatch):
    monkeypatch.setenv("MCPLAN_TRUSTED_ISSUERS", f"https://elsewhere.example.org {ISS}")
    assert not is_door(come(email_verified=None))


def test_a_cookie_from_before_a_sign_out_is_worthless(come):
    cookie = {"iat": int(time.time()) - 60}
    assert not is_door(come(**cookie))
    with writing(desk.engine()) as session:
        sign_out_everywhere(session, id_of("dana"), desk.now())
    page = come(**cookie)
    assert is_door(page)
    assert "You have signed out" in words(page)
    assert not is_door(come(iat=int(time.time()) + 2))


def test_somebody_shut_out_sees_the_door(come):
    come()
    with writing(desk.engine()) as session:
        set_disabled(session, id_of("dana"), disabled=True, at=desk.now())
    for later in (0, 3):
        page = come(iat=int(time.time()) + later)
        assert is_door(page)
        assert "closed your access" in words(page)


def test_a_token_counts_as_long_as_the_sign_in_it_was_made_at(come):
    come()
    dana, iat = id_of("dana"), int(time.time())
    with writing(desk.engine()) as session:
        assert sign_in.person_of(session, Caller(dana, "Somebody else", iat)).name == "Dana"
        sign_out_everywhere(session, dana, desk.now())
        with pytest.raises(TokenRefused):
            sign_in.person_of(session, Caller(dana, "Dana", iat))
        # Nor does one that was made before people had to sign in here.
        with pytest.raises(TokenRefused):
            sign_in.person_of(session, Caller(LOCAL, "Dana"))


def test_a_token_of_somebody_who_signed_in_is_nothing_where_nobody_does(installation):
    with writing(desk.engine()) as session, pytest.raises(TokenRefused):
        sign_in.person_of(session, Caller("some-id", "Dana", 5))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("k3" * 20, "short"), "cookie_secret of 32 or more"),
        (("k3" * 20, "your-random-cookie-secret-goes-here!!"), "cookie_secret of 32 or more"),
        (("/oauth2callback", "/callback"), "it ends with /oauth2callback"),
        (('client_id = "mcplan"', ""), "lacks client_id"),
        (("server_metadata_url", "metadata"), "lacks server_metadata_url"),
        (("client_id = ", "[auth.uni]\nclient_id = "), ""),
        (("client_id = ", "[auth.uni]\nclient = "), r"\[auth.uni\] in secrets.toml lacks client_id"),
    ],
)
def test_a_configuration_that_cannot_be_right_is_refused_at_the_start(secrets, change, says):
    import re

    secrets.write_text(SECRETS.replace(*change))
    secrets_singleton._reset()
    assert re.search(says, identity.why_not_serve("0.0.0.0"))
    assert bool(identity.why_not_serve("0.0.0.0")) == bool(says)


def test_secrets_that_others_can_read_are_refused_at_the_start(secrets):
    secrets.chmod(0o644)
    assert "chmod 600 secrets.toml" in identity.why_not_serve("127.0.0.1")


def test_several_providers_have_a_button_each(secrets, come):
    named = SECRETS.replace("client_id = ", "[auth.google]\nclient_id = ")
    secrets.write_text(named + named[named.index("[auth.google]") :].replace("google", "university"))
    secrets_singleton._reset()
    labels = [each.label for each in come(is_logged_in=False).button]
    assert labels == ["Sign in with Google", "Sign in with University"]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "plans.example.org", "::"])
def test_without_sign_in_other_computers_are_refused_unless_somebody_says_so(installation, monkeypatch, host):
    assert "serves this computer only" in identity.why_not_serve(host)
    assert identity.why_not_serve("127.0.0.1") == identity.why_not_serve("localhost") == ""
    monkeypatch.setenv("MCPLAN_ALLOW_OPEN", "1")
    assert identity.why_not_serve(host) == ""


def test_without_sign_in_a_database_server_is_refused_unless_somebody_says_so(monkeypatch):
    monkeypatch.setenv("MCPLAN_DATABASE", "postgresql://planner@db.example.org/mcplan")
    assert "nobody has to sign in here yet" in identity.why_not_serve("127.0.0.1")
    monkeypatch.setenv("MCPLAN_ALLOW_OPEN", "1")
    assert identity.why_not_serve("127.0.0.1") == ""
