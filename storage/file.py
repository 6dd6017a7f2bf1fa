"""A SQLite file: found, opened so that no acknowledged save is lost, and refused where that cannot be promised."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine

from storage.holding import HOLDS, holds
from storage.problems import DAMAGED, MISSING, MOVED, NO_FOLDER, UNREACHABLE, DatabaseProblem, name_of
from storage.schema import writes

PATIENCE = 30
"""Seconds a writer waits for its turn before it gives up."""
LASTS, MAY_GO = "synchronous=FULL", "synchronous=NORMAL"
"""What a file is told before something is stored to last, and before what a power cut may take."""
PRAGMAS = (f"busy_timeout={PATIENCE * 1000}", LASTS, "foreign_keys=ON")
IS_OURS = (
    "SELECT NOT EXISTS (SELECT 1 FROM sqlite_master) "
    "OR EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'alembic_version')"
)
"""True of a file that is empty or a mcplan's."""


def find_file(path: Path, create: bool) -> None:
    """Make sure that the file is there, and make it if asked to. DatabaseProblem if it is not, or cannot be."""
    if create and not path.parent.is_dir():
        raise DatabaseProblem(NO_FOLDER.format(name=path.name))
    try:
        if create:
            path.touch(mode=0o600)
        path.stat()
    except FileNotFoundError as error:
        raise DatabaseProblem(MISSING.format(name=path.name)) from error
    except OSError as error:
        raise DatabaseProblem(UNREACHABLE.format(name=path.name)) from error


def connect(path: Path) -> sqlite3.Connection:
    """A connection to the file as the driver gives it."""
    # mode=rw: a file that has gone must not come back as an empty one. Only `find_file` makes one.
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
    )
    connection.create_function(HOLDS, -1, holds, deterministic=True)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    # This mode stays with the file, and another program's file is none of our business.
    if connection.execute(IS_OURS).fetchone() == (1,):
        connection.execute("PRAGMA journal_mode=WAL")
    return connection


def begin(connection: Connection) -> None:
    """Begin a transaction, with the write lock from its start if it will write."""
    # The driver was told (isolation_level=None) not to guess when a transaction begins.
    # A transaction that first reads and then writes cannot wait for others: one that will write takes the lock at once.
    options = connection.get_execution_options()
    patience = options.get("mcplan_patience", PATIENCE)
    if not writes(connection):
        connection.exec_driver_sql("BEGIN DEFERRED")
        return
    # Said anew each time: the connection may have served the other kind of transaction before.
    connection.exec_driver_sql(f"PRAGMA {LASTS if options.get('mcplan_lasts', True) else MAY_GO}")
    if patience == PATIENCE:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        _begin_unless_busy(connection, patience)


def _begin_unless_busy(connection: Connection, patience: float) -> None:
    # Only the write lock is ever waited for; the connection goes back into the pool as patient as the others.
    connection.exec_driver_sql(f"PRAGMA busy_timeout={patience * 1000:.0f}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE * 1000}")


def refuse_unsound(engine: Engine) -> None:
    """DatabaseProblem if the file is damaged or cannot be written."""
    with engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
            raise DatabaseProblem(DAMAGED.format(name=name_of(engine)))
    # A write that is taken back: a read-only file, folder or disk refuses it, though it may grant the write lock.
    with engine.connect().execution_options(mcplan_writes=True) as connection, connection.begin() as attempt:
        connection.exec_driver_sql("PRAGMA user_version=0")
        attempt.rollback()


def refuse_moved(engine: Engine) -> None:
    """DatabaseProblem if the file is no longer where it was when it was opened."""
    # SQLite would go on writing into a file that no longer has a name, and lose it all when mcplan stops.
    path, identity = engine.get_execution_options().get("mcplan_file", (None, None))
    if path and identity_of(path) != identity:
        raise DatabaseProblem(MOVED.format(name=path.name))


def identity_of(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one of the same name; None if it is not there."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
