"""One door to the database: a file for one machine (SQLite), a server for several (PostgreSQL).

SQLite as it is opened here keeps every acknowledged save through a crash and a power cut
(write-ahead log, full sync) and never loses one of two saves at once: writers take the write
lock before they read (BEGIN IMMEDIATE), and those of this process queue for it in turn, since
SQLite's own waiting is unfair. Read `writing` before you touch any of that.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session, create_engine

from storage.file import PATIENCE, begin, connect, find_file, identity_of, refuse_moved, refuse_unsound
from storage.guard import guard
from storage.line import line_to
from storage.problems import (
    ADDRESS,
    BUSY,
    DatabaseProblem,
    ServerAway,
    in_words,
)
from storage.schema import bring_up_to_date

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
PAUSES = (0.1, 0.4, 1.6, 3.2)
"""Seconds between the tries of `storing` while the server is away."""
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
                refuse_unsound(engine)
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
def writing(engine: Engine, *, patience: float | None = None, lasting: bool = True) -> Iterator[Session]:
    """A session in one transaction: kept for good when the block ends well, undone whatever ends it otherwise.

    Do nothing slow in it, and nothing that draws on a screen: everybody else's save waits, and
    the screen may stop this script in the middle (that, too, undoes it).

    Args:
        engine: the database.
        patience: seconds to wait while others write to a file; as long as a save waits if not given.
        lasting: False for what may be forgotten in a power cut, such as who is there: it does not wait for the disk,
            nor do the saves behind it. What was stored to last before it stays stored.

    Raises:
        DatabaseProblem: the database cannot be written now.
    """
    patience = PATIENCE if patience is None else patience
    options = {"mcplan_writes": True, "mcplan_patience": patience, "mcplan_lasts": lasting}
    with _in_turn(engine, patience), _session(engine, options) as session:
        if not lasting and engine.dialect.name == "postgresql":
            session.connection().exec_driver_sql("SET LOCAL synchronous_commit TO OFF")
        yield session


def storing(
    engine: Engine,
    work: Callable[[Session], T],
    done: Callable[[Session], T | None] | None = None,
    *,
    lasting: bool = True,
) -> T:
    """What `work` gives, run in a transaction of its own; tried up to five times while the server is away.

    `lasting` is that of `writing`.

    The line may break after the server has stored and before it has said so. Then `work` runs
    again on what it has stored: it has to notice (`storage.answers.store_changes` does, by `save_id`).

    Args:
        engine: the database.
        work: safe to repeat: whatever it makes has an id from before the first try.
        done: for work that cannot be repeated, since it takes the right to itself away. Asked before
            each further try what an earlier one has stored; None if that was nothing.

    Raises:
        ServerAway: it stays away for more than five seconds.
        DatabaseProblem: the database cannot be written now.
    """

    def again(session: Session) -> T:
        found = done(session) if done else None
        return work(session) if found is None else found

    attempt = work
    for pause in PAUSES:
        try:
            with writing(engine, lasting=lasting) as session:
                return attempt(session)
        except ServerAway:
            attempt = again
            time.sleep(pause)
    with writing(engine, lasting=lasting) as session:
        return attempt(session)


@contextmanager
def _session(engine: Engine, options: dict[str, Any]) -> Iterator[Session]:
    with in_words(engine), engine.connect() as connection:
        refuse_moved(engine)
        # Whatever ends the block, also what is no `Exception`: Streamlit stops a script by a BaseException.
        with connection.execution_options(**options).begin(), Session(connection, autoflush=False) as session:
            yield session


def _engine(url: str, create: bool) -> Engine:
    address = _address(url)
    if address.drivername == "postgresql+psycopg":
        known = line_to(address, PATIENCE)
        engine = create_engine(address, pool_pre_ping=True, hide_parameters=True, connect_args=known, **POOL)
        guard(engine)
        return engine
    path = Path(address.database or "").absolute()
    find_file(path, create)
    engine = create_engine(address, creator=lambda: connect(path), hide_parameters=True, **POOL)
    event.listen(engine, "begin", begin)
    guard(engine)
    return engine.execution_options(mcplan_file=(path, identity_of(path)))


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
