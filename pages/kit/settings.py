"""What the surroundings may set: where the database lies and which questions are asked."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

from questionnaire.load import CONTENT


def default_database() -> Path:
    """The database file of this person on this computer; its folder is made if need be."""
    home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    folder = Path(home) / "mcplan"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "mcplan.db"


def database_url() -> tuple[str, bool]:
    """The address of the database, and True if it may be made on first use.

    `MCPLAN_DATABASE` names another one than the default. It must exist, or a slip of the pen
    would show people an empty list of plans; `MCPLAN_CREATE=1` lets it be made.
    """
    named = os.environ.get("MCPLAN_DATABASE", "").strip()
    if not named:
        return f"sqlite:///{default_database()}", True
    url = named if "://" in named else f"sqlite:///{Path(named).expanduser().resolve()}"
    return url, os.environ.get("MCPLAN_CREATE") == "1"


def backups_folder() -> Path | None:
    """The folder that back-ups go into, by `MCPLAN_BACKUPS`; None if it names none."""
    named = os.environ.get("MCPLAN_BACKUPS", "").strip()
    return Path(named).expanduser() if named else None


def mail_server() -> str:
    """The mail server messages go through, by `MCPLAN_SMTP`; "" if mcplan writes to nobody."""
    return os.environ.get("MCPLAN_SMTP", "").strip()


def mail_sender() -> str:
    """The address messages come from, by `MCPLAN_MAIL_FROM`."""
    return os.environ.get("MCPLAN_MAIL_FROM", "").strip()


def own_address() -> str:
    """The address people reach mcplan at, by `MCPLAN_ADDRESS`, for links in messages; "" if nobody said it."""
    return os.environ.get("MCPLAN_ADDRESS", "").strip().rstrip("/")


def questionnaire_folder() -> Path:
    """The folder the questions are read from; `MCPLAN_QUESTIONNAIRE` names another one than ours."""
    named = os.environ.get("MCPLAN_QUESTIONNAIRE", "").strip()
    return Path(named).expanduser() if named else CONTENT


def computer_user() -> str:
    """The name this computer knows its user by."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "Somebody at this computer"
