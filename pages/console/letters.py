"""Sending what people are to be told by e-mail, or trying the mail server; a running server sends by itself."""

from __future__ import annotations

import smtplib
from datetime import UTC, datetime
from typing import Annotated

import typer

from pages.console.options import Database
from pages.console.place import Refused, choose_database, refusing
from pages.kit.settings import database_url


def mail(
    database: Database = "",
    test: Annotated[str, typer.Option(metavar="ADDRESS", help="Only send a message to try the mail server.")] = "",
) -> None:
    """Send the e-mail that waits. A running server does so by itself; this is for when none runs, or to try it."""
    from mcplan.notices import Notice
    from pages.kit import mail as post_office
    from storage.database import open_database

    try:
        to = post_office.server()
    except post_office.MailNotSet as problem:
        raise Refused(str(problem)) from None
    if to is None:
        raise Refused("No mail server is named. Set MCPLAN_SMTP, such as smtp+starttls://name:password@host:587.")
    if test:
        notice = Notice(
            "test", test, "mcplan can write to you", "This message only shows that mcplan can send e-mail.\n"
        )
        try:
            with to.line() as line:
                line.send_message(post_office.letter(notice, to.sender, datetime.now(UTC)))
        except (OSError, smtplib.SMTPException) as problem:
            raise Refused(f"The mail server did not take the message: {problem}") from None
        print(f"Sent to {test}.")
        return
    choose_database(database, create=False)
    with refusing():
        went, stayed = post_office.post(open_database(database_url()[0]), to, datetime.now(UTC))
    print(f"{went} sent." if not stayed else f"{went} sent, {stayed} could not be sent and will be tried again.")
