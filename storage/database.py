"""One door to the database: a file for one machine (SQLite), a server for several (PostgreSQL).

SQLite as it is opened here keeps every acknowledged save through a crash and a power cut
(write-ahead log, full sync) and never loses one of two saves at once: writers take the write
lock before they read (BEGIN IMMEDIATE), and those of this process queue for it in turn, since
SQLite's own waiting is unfair. Read `writing` before you touch any of that.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session, create_engine

from storage.guard import guard
from storage.problems import (
    ADDRESS,
    BUSY,
    DAMAGED,
    MISSING,
    MOVED,
    NO_FOLDER,
    UNREACHABLE,
    DatabaseProblem,
    ServerAway,
    in_words,
    name_of,
)
from storage.schema import bring_up_to_date, writes

__all__ = [
    "DatabaseProblem",
    "ServerAway",
    "file_at",
    "looking_after",
    "open_database",
    "reading",
    "storing",
    "writing",
]

T = TypeVar("T")

POOL: dict[str, Any] = {"pool_size": 20, "max_overflow": 40, "pool_timeout": 10}
"""Sixty people may hold a session at once, each for milliseconds; the next one waits ten seconds at most."""
PATIENCE = 30
"""Seconds a writer waits for its turn before it gives up."""
PAUSES = (0.1, 0.4, 1.6, 3.2)
"""Seconds between the tries of `storing` while the server is away."""
PRAGMAS = (f"busy_timeout={PATIENCE * 1000}", "synchronous=FULL", "foreign_keys=ON")
IS_OURS = (
    "SELECT NOT EXISTS (SELECT 1 FROM sqlite_master) "
    "OR EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'alembic_version')"
)
"""True of a file that is empty or a mcplan's."""

READING: dict[str, dict[str, Any]] = {
    "sqlite": {},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
"""By engine, what makes a transaction see one state however many statements it runs."""

_turn = threading.Lock()


def open_database(url: str, *, create: bool = False) -> Engine:
    """An engine on a database that is sound, writable and of this program's schema.

    Args:
        url: sqlite:///file or postgresql://user@host/database.
        create: set up a missing file or an empty database, and upgrade an older file (a copy of
            it is kept). Without it those are refused, since a mistyped address would otherwise
            look like a mcplan without plans.

    Raises:
        DatabaseProblem: there is none, it is damaged, read-only, another program's, an older or
            a newer mcplan's, or the server does not answer.
    """
    engine = _engine(url, create)
    try:
        with in_words(engine):
            if engine.dialect.name == "sqlite":
                _refuse_unsound(engine)
            bring_up_to_date(engine, create=create)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def looking_after(url: str) -> Iterator[Engine]:
    """An existing database for upkeep, whatever mcplan it is of and however sound; closed after the block.

    Raises:
        DatabaseProblem: there is none, or whatever the driver complains of inside the block.
    """
    engine = _engine(url, create=False)
    try:
        with in_words(engine):
            yield engine
    finally:
        engine.dispose()


def file_at(url: str) -> Path | None:
    """The file an address names; None if it names a server.

    Raises:
        DatabaseProblem: it is no address.
    """
    address = _address(url)
    return Path(address.database or "").absolute() if address.drivername == "sqlite" else None


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one state of the database, however many statements it runs.

    Raises:
        DatabaseProblem: the database cannot be read.
    """
    with _session(engine, READING[engine.dialect.name]) as session:
        yield session


@contextmanager
def writing(engine: Engine, *, patience: float | None = None) -> Iterator[Session]:
    """A session in one transaction: kept for good when the block ends well, undone whatever ends it otherwise.

    Do nothing slow in it, and nothing that draws on a screen: everybody else's save waits, and
    the screen may stop this script in the middle (that, too, undoes it). While others write to a
    file it waits for `patience` seconds, or as long as a save does.

    Raises:
        DatabaseProblem: the database cannot be written now.
    """
    patience = PATIENCE if patience is None else patience
    with _in_turn(engine, patience), _session(engine, {"mcplan_writes": True, "mcplan_patience": patience}) as session:
        yield session


def storing(engine: Engine, work: Callable[[Session], T]) -> T:
    """What `work` gives, run in a transaction of its own; tried up to five times while the server is away.

    The line may break after the server has stored and before it has said so. Then `work` runs
    again on what it has stored: it has to notice (`storage.answers.store_changes` does, by `save_id`).

    Raises:
        ServerAway: it stays away for more than five seconds.
        DatabaseProblem: the database cannot be written now.
    """
    for pause in PAUSES:
        try:
            with writing(engine) as session:
                return work(session)
        except ServerAway:
            time.sleep(pause)
    with writing(engine) as session:
        return work(session)


@contextmanager
def _session(engine: Engine, options: dict[str, Any]) -> Iterator[Session]:
    with in_words(engine), engine.connect() as connection:
        _refuse_moved(engine)
        # Whatever ends the block, also what is no `Exception`: Streamlit stops a script by a BaseException.
        with connection.execution_options(**options).begin(), Session(connection, autoflush=False) as session:
            yield session


def _engine(url: str, create: bool) -> Engine:
    address = _address(url)
    if address.drivername == "postgresql+psycopg":
        known: dict[str, Any] = {"connect_timeout": 10, "options": _limits(address)}
        engine = create_engine(address, pool_pre_ping=True, hide_parameters=True, connect_args=known, **POOL)
        guard(engine)
        return engine
    path = Path(address.database or "").absolute()
    _find_file(path, create)
    engine = create_engine(address, creator=lambda: _connect(path), hide_parameters=True, **POOL)
    event.listen(engine, "begin", _begin)
    guard(engine)
    return engine.execution_options(mcplan_file=(path, _identity(path)))


def _limits(address: URL) -> str:
    # A program that stalls in the middle of a save lets go of the plan before whoever waits for it gives up.
    patience = PATIENCE * 1000
    given = " ".join(address.normalized_query.get("options", ()))
    return f"-c lock_timeout={patience} -c idle_in_transaction_session_timeout={patience // 2} {given}".strip()


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise DatabaseProblem(ADDRESS) from error
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    in_file = address.drivername == "sqlite" and address.database not in (None, "", ":memory:")
    if not in_file and address.drivername != "postgresql+psycopg":
        raise DatabaseProblem(ADDRESS)
    return address


def _find_file(path: Path, create: bool) -> None:
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


def _connect(path: Path) -> sqlite3.Connection:
    # mode=rw: a file that has gone must not come back as an empty one. Only `_find_file` makes one.
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
    )
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    # This mode stays with the file, and another program's file is none of our business.
    if connection.execute(IS_OURS).fetchone() == (1,):
        connection.execute("PRAGMA journal_mode=WAL")
    return connection


def _begin(connection: Connection) -> None:
    # The driver was told (isolation_level=None) not to guess when a transaction begins.
    # A transaction that first reads and then writes cannot wait for others: one that will write takes the lock at once.
    patience = connection.get_execution_options().get("mcplan_patience", PATIENCE)
    if patience == PATIENCE:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes(connection) else "BEGIN DEFERRED")
        return
    # Only the write lock is ever waited for; the connection goes back into the pool as patient as the others.
    connection.exec_driver_sql(f"PRAGMA busy_timeout={patience * 1000:.0f}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE * 1000}")


def _refuse_unsound(engine: Engine) -> None:
    with engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
            raise DatabaseProblem(DAMAGED.format(name=name_of(engine)))
    # A write that is taken back: a read-only file, folder or disk refuses it, though it may grant the write lock.
    with engine.connect().execution_options(mcplan_writes=True) as connection, connection.begin() as attempt:
        connection.exec_driver_sql("PRAGMA user_version=0")
        attempt.rollback()


@contextmanager
def _in_turn(engine: Engine, patience: float) -> Iterator[None]:
    if engine.dialect.name != "sqlite":
        yield
    elif not _turn.acquire(timeout=patience):
        raise DatabaseProblem(BUSY)
    else:
        try:
            yield
        finally:
            _turn.release()


def _refuse_moved(engine: Engine) -> None:
    # SQLite would go on writing into a file that no longer has a name, and lose it all when mcplan stops.
    path, identity = engine.get_execution_options().get("mcplan_file", (None, None))
    if path and _identity(path) != identity:
        raise DatabaseProblem(MOVED.format(name=path.name))


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
