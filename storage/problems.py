"""What is wrong with the database, in words for the people in front of the screen.

Drivers speak of SQL, paths and error numbers. Those go to the log; people get what is wrong
and what to do about it. To name one more problem, add it to the tuples at the foot of this file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree


class DatabaseProblem(Exception):
    """The database cannot do its work; the message says what is wrong and what to do, and is shown as it is."""


class ServerAway(DatabaseProblem):
    """The database server does not answer at the moment; trying again may help."""


@contextmanager
def in_words(engine: Engine) -> Iterator[None]:
    """Whatever the driver complains of inside the block comes out as a `DatabaseProblem`.

    A complaint that is nobody's problem but ours (a broken constraint, a wrong statement) is a
    bug and rises as it is.
    """
    try:
        yield
    except NoConnectionFree as error:
        raise DatabaseProblem(CROWDED) from error
    except DBAPIError as error:
        problem = find_problem(error.orig, name_of(engine))
        if problem is None:
            raise
        raise problem from error


def name_of(engine: Engine) -> str:
    """What people call the database: the name of its file, without the folders; or the server."""
    return Path(engine.url.database or "").name if engine.dialect.name == "sqlite" else "The database server"


def find_problem(error: BaseException | None, name: str) -> DatabaseProblem | None:
    """The problem behind a driver's error; None if it is none that people can do something about."""
    if isinstance(error, sqlite3.Error):
        return _first(getattr(error, "sqlite_errorname", ""), IN_SQLITE, name)
    if isinstance(error, psycopg.Error):
        state = error.sqlstate or ""
        return ServerAway(SERVER_AWAY) if _is_away(error, state) else _first(state, IN_POSTGRESQL, name)
    return None


def _is_away(error: psycopg.Error, state: str) -> bool:
    # Without a state the server never answered, or the line broke.
    silent = not state and isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    return state.startswith(AWAY) or (silent and not any(words in str(error) for words in TURNED_AWAY))


def _first(code: str, problems: tuple[tuple[str, str], ...], name: str) -> DatabaseProblem | None:
    says = next((says for start, says in problems if (code.startswith(start) if start else not code)), None)
    return DatabaseProblem(says.format(name=name)) if says else None


NOT_SAVED = "What you typed is not saved yet."
MISSING = "There is no database file {name}. Check the address, or start mcplan with --create to make a new one."
NO_FOLDER = "The folder for {name} does not exist. Make it first, or check the address."
EMPTY = (
    "{name} holds no plans: it has never been set up. Check the address, or start mcplan with --create to set it up."
)
FOREIGN = "{name} belongs to another program. Check the address; mcplan has changed nothing in it."
NEWER = "{name} was written by a newer mcplan than this one. Update mcplan; nothing has been changed."
DAMAGED = "{name} is damaged. Stop mcplan, keep the file, and put the last backup in its place."
NOT_A_DATABASE = "{name} is not a database. Check the address, or put the last backup in its place."
MOVED = "{name} was moved, deleted or replaced while mcplan was running. Put it back and start mcplan again."
BUSY = f"Somebody else has been writing for too long. {NOT_SAVED} Try again in a moment."
CROWDED = "Too many people are waiting for the database. Nothing was saved; try again in a moment."
DISK_FULL = f"The disk is full. {NOT_SAVED} Make room on it, then try again; no restart is needed."
READ_ONLY = (
    "{name} cannot be written. Allow mcplan to write the file and its folder, or move it to a disk that can be written."
)
UNREACHABLE = "{name} cannot be opened. Allow mcplan to read and write the file and its folder."
DISK_FAILS = f"The disk refuses to read or write {{name}}. {NOT_SAVED} It may be full or failing: check the disk."
SERVER_AWAY = "The database server does not answer. Nothing can be read or saved until it does; try again in a moment."
NO_ENTRY = "The database server does not let mcplan in. Check the name, the password and the database in the address."
ADDRESS = "The database address must look like sqlite:///plans.db or postgresql://user@host/database."

AWAY = ("08", "57P0", "53300")
"""States of a PostgreSQL that is going down, starting up, or has no connection left."""

IN_SQLITE = (
    ("SQLITE_FULL", DISK_FULL),
    ("SQLITE_READONLY_DBMOVED", MOVED),
    ("SQLITE_READONLY", READ_ONLY),
    ("SQLITE_BUSY", BUSY),
    ("SQLITE_LOCKED", BUSY),
    ("SQLITE_CANTOPEN", UNREACHABLE),
    ("SQLITE_PERM", UNREACHABLE),
    ("SQLITE_CORRUPT", DAMAGED),
    ("SQLITE_NOTADB", NOT_A_DATABASE),
    ("SQLITE_IOERR", DISK_FAILS),
)
TURNED_AWAY = ("authentication failed", "no password supplied", "no pg_hba.conf entry", "does not exist")
"""What a PostgreSQL says that answers, but does not let us in; the driver gives no state for these."""

IN_POSTGRESQL = (
    ("", NO_ENTRY),
    ("53100", DISK_FULL),
    ("25006", READ_ONLY),
    ("28", NO_ENTRY),
    ("3D000", NO_ENTRY),
    ("42501", NO_ENTRY),
    ("55P03", BUSY),
    ("57014", BUSY),
    ("40", BUSY),
    ("XX001", DAMAGED),
    ("XX002", DAMAGED),
)
