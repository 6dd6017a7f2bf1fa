"""Messages go over a real line to a real mail server on loopback, and nothing is lost when there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from mcplan.actions import ACTIONS
from mcplan.notices import Notice
from mcplan.plan import Answer, Plan
from pages.kit import desk, mail
from storage.database import open_database, reading, writing
from storage.notices import keep, waiting
from storage.people import sign_in
from storage.plans import start_plan
from tests.browser.served import free_port

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
TITLE = "Café “Ölwechsel”\nBcc: kim@north.example"


class Box:
    """Keeps what arrives."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], bytes]] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        self.letters.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"


@pytest.fixture
def box():
    return Box()


@pytest.fixture
def post_office(box, monkeypatch):
    """A mail server that the settings name."""
    port = free_port()
    serves = Controller(box, hostname="127.0.0.1", port=port)
    serves.start()
    monkeypatch.setenv("MCPLAN_SMTP", f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv("MCPLAN_MAIL_FROM", "mcplan@plans.example.org")
    yield serves
    serves.stop()


@pytest.fixture
def engine(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path}/plans.db", create=True)
    with writing(engine) as session:
        keep(session, [Notice("k", "sam@north.example", f"About {' '.join(TITLE.split())}", "Grüße,\n家\n")], NOW)
    yield engine
    engine.dispose()


def left(engine) -> tuple[int, int]:
    with reading(engine) as session:
        return waiting(session)


def test_a_message_arrives_as_it_was_written_and_only_where_it_should(box, post_office, engine):
    assert mail.post(engine, mail.server(), NOW) == (1, 0)
    assert mail.post(engine, mail.server(), NOW + timedelta(days=1)) == (0, 0)

    ((to, content),) = box.letters
    letter = message_from_bytes(content, policy=policy.default)
    assert to == ["sam@north.example"]
    assert letter["Subject"].startswith("About Café “Ölwechsel”")
    assert letter["Bcc"] is None
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().replace("\r\n", "\n") == "Grüße,\n家\n"


def test_a_mail_server_that_is_away_costs_no_message(box, post_office, engine):
    to = mail.server()

    assert mail.post(engine, replace(to, port=free_port()), NOW) == (0, 1)
    assert left(engine) == (1, 0)
    assert mail.post(engine, to, NOW + timedelta(hours=1)) == (1, 0)
    assert left(engine) == (0, 0)
    assert len(box.letters) == 1


@pytest.mark.parametrize(
    ("named", "sender", "says"),
    [
        ("mail.example.org", "a@b.example", "has to begin with one of"),
        ("http://mail.example.org", "a@b.example", "has to begin with one of"),
        ("smtp://", "a@b.example", "name a mail server"),
        ("smtp://mail.example.org", "", "MCPLAN_MAIL_FROM"),
        ("smtp://mail.example.org", "a b@c.example", "MCPLAN_MAIL_FROM"),
    ],
)
def test_settings_that_cannot_be_used_are_named(monkeypatch, named, sender, says):
    monkeypatch.setenv("MCPLAN_SMTP", named)
    monkeypatch.setenv("MCPLAN_MAIL_FROM", sender)

    with pytest.raises(mail.MailNotSet, match=says):
        mail.server()


def test_nothing_is_sent_unless_a_mail_server_is_named(monkeypatch):
    monkeypatch.delenv("MCPLAN_SMTP", raising=False)

    assert mail.server() is None
    assert "sends no e-mail" in mail.say_state(None)


def test_a_password_may_hold_what_an_address_may_not(monkeypatch):
    monkeypatch.setenv("MCPLAN_SMTP", "smtp+starttls://post%40north:a%3Ab%2Fc@mail.example.org")
    monkeypatch.setenv("MCPLAN_MAIL_FROM", "a@b.example")

    assert mail.server() == mail.Server("smtp+starttls", "mail.example.org", 587, "post@north", "a:b/c", "a@b.example")


def test_the_command_tries_the_server(box, post_office, mcplan):
    code, said, _ = mcplan("mail", "--test", "dana@north.example")

    assert (code, said.strip()) == (0, "Sent to dana@north.example.")
    assert box.letters[0][0] == ["dana@north.example"]


def test_the_command_says_that_no_server_is_named(mcplan, monkeypatch):
    monkeypatch.delenv("MCPLAN_SMTP", raising=False)
    code, _, trouble = mcplan("mail")

    assert code == 2
    assert "MCPLAN_SMTP" in trouble


def test_once_a_day_people_are_told_what_waits_for_them(box, post_office, installation, monkeypatch):
    monkeypatch.setenv("MCPLAN_ADDRESS", "https://plans.example.org/")
    with writing(desk.engine()) as session:
        sam = sign_in(session, "https://id.example", "sam", email="sam@north.example", name="Sam Ito", at=NOW)
        rows = {"rows": [{"id": "r", "what": "Sign the order", "owner": "Sam Ito", "due": "2027-02-27"}]}
        start_plan(
            session,
            desk.questionnaire(),
            Plan("", "Cold chain", answers={ACTIONS: Answer(ACTIONS, rows)}),
            person=sam,
            at=NOW,
        )

    for hours in (0, 1, 24):
        mail.post(desk.engine(), mail.server(), NOW + timedelta(hours=hours))

    assert len(box.letters) == 2
    text = message_from_bytes(box.letters[0][1], policy=policy.default).get_content()
    assert "Cold chain: Sign the order (2 days late)" in text
    assert "https://plans.example.org/work" in text
