"""What happens once, when a server imports `app.py`: what its surroundings say is settled, or it does not start."""

from __future__ import annotations

import sys

from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from pages.kit import desk, identity, mail
from pages.kit.logs import keep_words_out


def prepare() -> None:
    """Make ready to serve. Ends the program with one sentence if plans would lie open to others.

    To be called once the app is made: whoever asks for a setting before that gets those of another folder.
    """
    keep_words_out()
    leave_no_page_to_chance()
    identity.prepare()
    why_not = identity.why_not_serve(_address or config.get_option("server.address") or "")
    if why_not:
        sys.stderr.write(f"mcplan: {why_not}\n")
        raise SystemExit(2)
    try:
        mail.start(desk.engine)
    except mail.MailNotSet as problem:
        sys.stderr.write(f"mcplan: {problem}\n")
        raise SystemExit(2) from None


def will_serve(address: str) -> None:
    """Say at which address the app will be served; else it is the one in Streamlit's settings."""
    global _address
    _address = address


def leave_no_page_to_chance() -> None:
    """Let `app.py` alone say which pages there are, from the first visit on.

    Because a folder `pages` lies beside it, Streamlit takes the app for one of the old kind until
    somebody has opened it: a link to a screen would then be answered with "Page not found".
    """
    PagesManager.uses_pages_directory = False


_address = ""
