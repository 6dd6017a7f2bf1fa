"""Messages by e-mail: sent by a thread of the server that looks every quarter of a minute, or by `mcplan mail`.

Off unless `MCPLAN_SMTP` names a mail server, such as smtp+starttls://name:password@mail.example.org:587.
What cannot be sent now is tried again later (`storage.notices`); nobody at a screen ever waits for it.
"""

from __future__ import annotations

import logging
import smtplib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any
from urllib.parse import unquote, urlsplit

from mcplan.notices import Notice, digest
from mcplan.views.work import say_job
from mcplan.work import work_of
from pages.kit import desk
from pages.kit.settings import mail_sender, mail_server, own_address
from storage.database import DatabaseProblem, reading, writing
from storage.notices import claim, fetch_news, first_of_day, gather, keep, mark_sent, people_to_tell, waiting
from storage.work import fetch_desks

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
"""By kind of line to the mail server, the port it usually listens at."""
EVERY = 15.0
"""Seconds between two looks at what is to be sent."""
PATIENCE = 20.0
"""Seconds a mail server may keep silent."""
MOST_LINES = 20
"""Things that wait which a daily message names."""
log = logging.getLogger(__name__)


class MailNotSet(Exception):
    """The settings of the mail server cannot be used; the sentence says which and what to do."""


@dataclass(frozen=True)
class Server:
    """The mail server, and who the messages come from."""

    kind: str
    host: str
    port: int
    user: str
    password: str
    sender: str

    @contextmanager
    def line(self) -> Iterator[smtplib.SMTP]:
        """An open line to it. Raises what `smtplib` and the network raise."""
        opened = smtplib.SMTP_SSL if self.kind == "smtps" else smtplib.SMTP
        with opened(self.host, self.port, timeout=PATIENCE) as line:
            if self.kind == "smtp+starttls":
                line.starttls()
            if self.user:
                line.login(self.user, self.password)
            yield line


def server() -> Server | None:
    """The mail server of the settings; None if there is none.

    Raises:
        MailNotSet: they name one that cannot be used.
    """
    named, sender = mail_server(), mail_sender()
    if not named:
        return None
    address = urlsplit(named)
    if address.scheme not in PORTS or not address.hostname:
        kinds = ", ".join(f"{kind}://" for kind in PORTS)
        raise MailNotSet(f"MCPLAN_SMTP has to begin with one of {kinds} and name a mail server.")
    if "@" not in sender or any(letter.isspace() for letter in sender):
        raise MailNotSet("Set MCPLAN_MAIL_FROM to the address that messages come from.")
    user, password = unquote(address.username or ""), unquote(address.password or "")
    return Server(address.scheme, address.hostname, address.port or PORTS[address.scheme], user, password, sender)


def post(engine: Any, to: Server, now: datetime) -> tuple[int, int]:
    """Work out what people are to be told, and send what is due; gives how many messages went, and how many did not.

    Each message is taken in a transaction of its own before it is sent, so several servers never send it twice.

    Raises:
        DatabaseProblem: the database is away.
    """
    with writing(engine) as session:
        gather(session, own_address(), now)
        is_first = first_of_day(session, now)
    if is_first:
        make_digests(engine, now)
    with writing(engine) as session:
        taken = claim(session, now)
    went = 0
    for notice in taken:
        try:
            with to.line() as line:
                line.send_message(letter(notice, to.sender, now))
        except (OSError, smtplib.SMTPException) as problem:
            # Neither address nor words: logs hold nothing of plans. It is tried again later.
            log.warning("A message could not be sent: %s", type(problem).__name__)
            continue
        with writing(engine) as session:
            mark_sent(session, notice.key, now)
        went += 1
    return went, len(taken) - went


def make_digests(engine: Any, now: datetime) -> None:
    """Keep, for each person who wants it, what waits for them and what is new, as a message to be sent."""
    with reading(engine) as session:
        people = people_to_tell(session)
    for person in people:
        with reading(engine) as session:
            jobs = work_of(fetch_desks(session, desk.questionnaire(), person, now).found, now.date())
            news = fetch_news(session, person, now)
        waits = [say_job(job, now.date()) for job in jobs[:MOST_LINES]]
        message = digest(person, now.date(), waits, news, own_address())
        if message:
            with writing(engine) as session:
                keep(session, [message], now, daily=True)


def letter(notice: Notice, sender: str, now: datetime) -> EmailMessage:
    """A message as it goes over the line: plain text, marked as written by a program."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, notice.email, notice.subject
    made["Date"], made["Message-ID"] = format_datetime(now), make_msgid(domain=sender.partition("@")[2])
    # So that no absence message comes back.
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(notice.text)
    return made


def say_state(engine: Any) -> str:
    """How it stands with messages here, in a sentence for administrators."""
    try:
        to = server()
    except MailNotSet as problem:
        return str(problem)
    if to is None:
        return "mcplan sends no e-mail here. Whoever runs it names a mail server with the setting MCPLAN_SMTP."
    with reading(engine) as session:
        still, given_up = waiting(session)
    state = f"E-mail goes out through {to.host}. {still} to be sent"
    return f"{state}; {given_up} given up after many tries." if given_up else f"{state}."


def start(engine: Any) -> None:
    """Send messages from now on, for as long as this server runs; nothing if no mail server is named.

    Args:
        engine: gives the open database; called from the thread, once it is needed.

    Raises:
        MailNotSet: the settings cannot be used.
    """
    to = server()
    if to:
        threading.Thread(target=_go_on, args=(engine, to, threading.Event()), name="mcplan-mail", daemon=True).start()


def _go_on(engine: Any, to: Server, end: threading.Event) -> None:
    while not end.wait(EVERY):
        try:
            post(engine(), to, datetime.now(UTC))
        except DatabaseProblem as problem:
            log.warning("No messages were sent: %s", type(problem).__name__)
