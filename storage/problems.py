"""What is wrong with the database, in words for the people in front of the screen.

Drivers speak of SQL, paths and error numbers. Those go to the log; people get what is wrong
and what to do about it. To name one more problem, add it to the tuples at the foot of this file.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

if TYPE_CHECKING:
    import psycopg


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


@contextmanager
def copying_in_words(name: str) -> Iterator[None]:
    """The same for SQLite's complaints while a database called `name` is copied; there is nothing unsaved then."""
    try:
        yield
    except sqlite3.Error as error:
        says = _first(error.sqlite_errorname, IN_COPYING, name) or find_problem(error, name)
        if says is None:
            raise
        raise says from error


def name_of(engine: Engine) -> str:
    """What people call the database: the name of its file, without the folders; or the server."""
    return Path(engine.url.database or "").name if engine.dialect.name == "sqlite" else "The database server"


def find_problem(error: BaseException | None, name: str) -> DatabaseProblem | None:
    """The problem behind a driver's error; None if it is none that people can do something about."""
    if isinstance(error, sqlite3.Error):
        return _first(getattr(error, "sqlite_errorname", ""), IN_SQLITE, name)
    if _is_of_postgresql(error):
        state = error.sqlstate or ""
        return ServerAway(SERVER_AWAY) if _is_away(error, state) else _first(state, IN_POSTGRESQL, name)
    return None


def _is_of_postgresql(error: BaseException | None) -> TypeGuard[psycopg.Error]:
    # Who has a file never loads the driver, which takes a tenth of a second at each start.
    driver = sys.modules.get("psycopg")
    return driver is not None and isinstance(error, driver.Error)


def _is_away(error: psycopg.Error, state: str) -> bool:
    import psycopg

    # Without a state the server never answered, or the line broke.
    silent = not state and isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    return state.startswith(AWAY) or (silent and not any(words in str(error) for words in TURNED_AWAY))


def _first(code: str, problems: tuple[tuple[str, str], ...], name: str) -> DatabaseProblem | None:
    says = next((says for start, says in problems if (code.startswith(start) if start else not code)), None)
    return DatabaseProblem(says.format(name=name)) if says else None


NOT_SAVED = "What you typed is not saved yet."
RESTORE = "`mcplan restore` brings back a backup"
MISSING = "There is no database file {name}. Check the address, or make a new one with --create. " + RESTORE + "."
NO_FOLDER = "The folder for {name} does not exist. Make it first, or check the address."
EMPTY = (
    "{name} holds no plans: it has never been set up. Check the address, or set it up with --create. " + RESTORE + "."
)
FOREIGN = "{name} belongs to another program. Check the address (--database); mcplan has changed nothing in it."
OLDER = "{name} was last used by an older mcplan. Make it fit this one with `mcplan migrate`; nothing has been changed."
NEWER = (
    "{name} was written by a newer mcplan than this one; nothing has been changed. Update mcplan. "
    "Or go back: " + RESTORE + " of before the update."
)
DAMAGED = "{name} is damaged. Stop mcplan; then " + RESTORE + " in its place and keeps the damaged file."
NOT_A_DATABASE = "{name} is not a database. Check the address; or " + RESTORE + " in its place."
MOVED = (
    "{name} was moved, deleted or replaced while mcplan was running. "
    "If it is gone, put it back; then start mcplan again with `mcplan run`."
)
BUSY = f"Somebody else has been writing for too long. {NOT_SAVED} Try again in a moment."
CROWDED = "Too many people are waiting for the database. Nothing was saved; try again in a moment."
DISK_FULL = f"The disk is full. {NOT_SAVED} Make room on it, then try again; no restart is needed."
READ_ONLY = (
    "{name} cannot be written. Allow mcplan to write the file and its folder, or move it to a disk that can be "
    "written. `mcplan doctor` tells when all is well."
)
UNREACHABLE = (
    "{name} cannot be opened. Allow mcplan to read and write the file and its folder. "
    "`mcplan doctor` tells when all is well."
)
DISK_FAILS = (
    f"The disk refuses to read or write {{name}}. {NOT_SAVED} "
    "It may be full or failing: check the disk, then the plans with `mcplan doctor`."
)
SERVER_AWAY = "The database server does not answer. Nothing can be read or saved until it does; try again in a moment."
NO_ENTRY = (
    "The database server does not let mcplan in. Check the name, the password and the database in the address. "
    "`mcplan doctor` tells when all is well."
)
ADDRESS = "The database address must look like sqlite:///plans.db or postgresql://user@host/database."

FILE_FAILS = "{name} cannot be written: {reason}. Nothing has been changed; choose another place, or mend this one."
NO_ROOM = "There is no room for a copy of {name}. Nothing has been changed; make room, or choose another place."
COPY_UNSOUND = "The copy of {name} is not sound, so it was thrown away. Check the database with `mcplan doctor`."
COPY_LACKS = "The copy of {name} lacks plans or answers, so it was thrown away. Make it again with `mcplan backup`."
IS_THERE = "{name} is there already. Name another file, or replace it with --overwrite."
IN_USE = "{name} is in use. Stop every mcplan that works with it, then run `mcplan restore` again."
NO_BACKUP_FOLDER = (
    "The folder {name} for back-ups is not there, or mcplan may not read it. Make it, and let mcplan read and write it."
)
NO_BACKUP = "There is no backup {name}. Check its name."
NOT_OURS = "{name} is no backup of mcplan. Choose a file that `mcplan backup` has written."
BACKUP_DAMAGED = "The backup {name} is damaged; nothing has been changed. Choose another one."
BACKUP_NEWER = "{name} is a backup of a newer mcplan; nothing has been changed. Update mcplan, then restore it again."
OTHER_KIND = "{name} is a backup of {kind}. Name such a database with --into."
NOT_EMPTY = (
    "This database on the server holds tables already. Make an empty one with `createdb`, and name it with --into."
)
NO_PROGRAM = (
    "{program} is not installed here. Install PostgreSQL's client programs (Debian: `apt install postgresql-client`)."
)
PROGRAM_FAILS = "{program} could not do it. Nothing has been changed. It says: {reason}"

AWAY = ("08", "57P0", "53300", "25P03")
"""States of a PostgreSQL that goes down, starts up, has no connection left, or gave up on one that stalled."""

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
IN_COPYING = (("SQLITE_FULL", NO_ROOM), ("SQLITE_IOERR", NO_ROOM))
"""Goes before `IN_SQLITE` while a database is copied."""
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
