"""Is the database well? One answer a check, with what helps if it is not. Nothing is changed by asking.

To add a check, write a function that takes a connection and gives `Check`s, and name it in the
tuple at the foot of this file. If looking further is pointless, it raises a `DatabaseProblem`.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

from sqlalchemy import Connection, Engine

from mcplan.numbers import count
from mcplan.version import digest
from questionnaire.model import Questionnaire
from storage.backups import backups_in, made_at
from storage.contents import fetch_contents, find_damage
from storage.database import looking_after, reading
from storage.problems import DAMAGED, OLDER, DatabaseProblem, name_of
from storage.schema import NEWEST, known_revision, missing_guards
from storage.summaries import find_wrong

State = Literal["well", "note", "trouble"]
WAL_RESET = ((3, 7, 0), (3, 51, 3))
"""SQLite from the first to before the second has the WAL-reset fault (source: sqlite.org/wal.html)."""
LEAST_ROOM = 100_000_000
"""Bytes that should be free on the disk of a file, at least; and twice the file, for a backup and the log."""
OLDEST_BACKUP = timedelta(hours=36)
"""A daily backup may be late by half a day."""
BESIDE = ("", "-wal", "-shm")


class Check(NamedTuple):
    """What was looked at, whether it is well, and what helps if not. A note needs nobody to act."""

    name: str
    state: State
    says: str
    helps: str = ""


def examine(url: str, asked: Questionnaire | None, *, most: int, backups: Path | None, at: datetime) -> Iterator[Check]:
    """Look at the database at `url`; ends with the trouble that makes further looking pointless.

    Args:
        asked: what plans are asked, to score them; None leaves that out.
        most: plans that are scored, at most.
        backups: the folder they are written to; None leaves that out.
        at: the time now.
    """
    try:
        with looking_after(url) as engine:
            yield from _examine_file(engine)
            with engine.connect() as connection:
                for look in CHECKS:
                    yield from look(connection)
            if asked:
                yield _check_summaries(engine, asked, most, at)
            if backups:
                yield _check_backups(engine, backups, at)
    except DatabaseProblem as problem:
        yield Check("database", "trouble", str(problem))


def _examine_file(engine: Engine) -> Iterator[Check]:
    if engine.dialect.name == "sqlite":
        file = Path(engine.url.database or "").absolute()
        yield check_private([file.with_name(file.name + suffix) for suffix in BESIDE])
        yield _check_room(file)
        yield _check_sqlite()


def check_private(files: list[Path]) -> Check:
    """Whether only their owner and group may read some files, of which not all need be there."""
    open_ones = [file for file in files if os.name != "nt" and file.exists() and file.stat().st_mode & 0o007]
    names = ", ".join(file.name for file in open_ones)
    if not open_ones:
        return Check("permissions", "well", f"{files[0].name} can be read by its owner and group alone.")
    words = " ".join(shlex.quote(str(file)) for file in open_ones)
    return Check("permissions", "trouble", f"Every user of this computer may open {names}.", f"chmod o= {words}")


def _check_room(file: Path) -> Check:
    free, needed = shutil.disk_usage(file.parent).free, max(LEAST_ROOM, 2 * file.stat().st_size)
    says = f"{free / 1e6:,.0f} MB are free on the disk of {file.name}"
    if free < needed:
        return Check("room", "trouble", f"{says}; {needed / 1e6:,.0f} MB should be.", "Make room on this disk.")
    return Check("room", "well", f"{says}.")


def _check_sqlite() -> Check:
    version = sqlite3.sqlite_version
    if not WAL_RESET[0] <= sqlite3.sqlite_version_info < WAL_RESET[1]:
        return Check("sqlite", "well", f"SQLite {version} is without known faults of its log.")
    says = (
        f"SQLite {version}, like all from 3.7.0 to 3.51.2, can very rarely damage a file that several programs write. "
        "One mcplan alone is safe, since its writers wait for each other."
    )
    return Check("sqlite", "note", says, "Run one mcplan on this file, and `mcplan backup` every day.")


def _check_revision(connection: Connection) -> Iterator[Check]:
    revision = known_revision(connection)
    if revision != NEWEST:
        raise DatabaseProblem(OLDER.format(name=name_of(connection.engine)))
    found = fetch_contents(connection)
    what = f"{count(found.plans, 'plan')}, {count(found.saves, 'saved answer')}"
    yield Check("revision", "well", f"{name_of(connection.engine)} is of this mcplan (step {revision}): {what}.")


def _check_soundness(connection: Connection) -> Iterator[Check]:
    if connection.dialect.name != "sqlite":
        return
    name = name_of(connection.engine)
    if find_damage(connection):
        raise DatabaseProblem(DAMAGED.format(name=name))
    yield Check("soundness", "well", f"All of {name} can be read, and every row belongs to a plan that is there.")


def _check_guards(connection: Connection) -> Iterator[Check]:
    unguarded = ", ".join(missing_guards(connection))
    if unguarded:
        says = f"The history could be changed: the triggers of {unguarded} are gone or switched off."
        yield Check("history", "trouble", says, "mcplan restore BACKUP --into DATABASE")
    else:
        yield Check("history", "well", "Nobody can change or delete the history of answers and decisions.")


def _check_versions(connection: Connection) -> Iterator[Check]:
    total, wrong = 0, 0
    # What is kept as text can be hashed as it lies there: whoever asks opens no plan by it.
    for table in ("mc_version", "mc_wording"):
        for sha, content in connection.exec_driver_sql(f"SELECT sha256, content FROM {table}"):  # noqa: S608
            total, wrong = total + (table == "mc_version"), wrong + (digest(content) != sha)
    if wrong:
        says = f"{count(wrong, 'frozen version')} or its wording is not what was frozen: the SHA-256 does not fit."
        yield Check("versions", "trouble", says, "mcplan restore BACKUP --into DATABASE")
    elif total:
        yield Check("versions", "well", f"{count(total, 'frozen version').capitalize()}: each fits its SHA-256.")


def _check_summaries(engine: Engine, asked: Questionnaire, most: int, at: datetime) -> Check:
    with reading(engine) as session:
        wrong = find_wrong(session, asked, most, at=at)
    if wrong:
        says = f"The list of plans says something wrong of {count(len(wrong), 'plan')}."
        return Check("list", "trouble", says, "mcplan recompute")
    return Check("list", "well", "The list of plans says what the plans say.")


def _check_backups(engine: Engine, folder: Path, at: datetime) -> Check:
    found = backups_in(folder, engine) if folder.is_dir() else []
    if not found:
        return Check(
            "backups", "trouble", f"There is no backup in {folder}.", f"mcplan backup {shlex.quote(str(folder))}"
        )
    age = at - made_at(found[0])
    says = f"The newest backup is {age.total_seconds() / 3600:.0f} hours old"
    if age > OLDEST_BACKUP:
        return Check("backups", "trouble", f"{says}.", f"mcplan backup {shlex.quote(str(folder))}")
    return Check("backups", "well", f"{says}: {found[0].name}.")


CHECKS: tuple[Callable[[Connection], Iterator[Check]], ...] = (
    _check_revision,
    _check_soundness,
    _check_guards,
    _check_versions,
)
"""In the order people read them."""
