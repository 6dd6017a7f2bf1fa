"""Backups that are whole, taken while people write, and the way back from them.

Of a SQLite file a backup is a SQLite file again; of a PostgreSQL it is what `pg_dump` writes.
Either gets its name only after it was looked through.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine

from storage.contents import Contents, fetch_contents, lacks
from storage.copies import copy_into, landing, read_only
from storage.dumps import dump_into
from storage.problems import COPY_LACKS, IS_THERE, NO_BACKUP_FOLDER, DatabaseProblem, name_of

ENDINGS = {"sqlite": ".db", "postgresql": ".dump"}
MOMENT = "%Y%m%d-%H%M%SZ"


class Backup(NamedTuple):
    """A backup that has been written, what it holds, and which older ones have been removed for it."""

    file: Path
    contents: Contents
    removed: tuple[Path, ...]


class Kept(NamedTuple):
    """A backup in a folder: its name, when it was made, and its size in bytes."""

    name: str
    at: datetime
    size: int


def back_up(engine: Engine, target: Path, at: datetime, *, overwrite: bool = False, keep: int = 0) -> Backup:
    """Write a backup: whatever was acknowledged before this began is in it.

    Args:
        target: the file to write; or a folder, in which it is named by the database and `at`.
        overwrite: the file may be there already; it is replaced when the new one is whole.
        keep: how many backups of this database the folder shall hold afterwards; 0 for all.

    Raises:
        DatabaseProblem: it cannot be written, or the database is damaged; nothing is removed then.
    """
    in_folder = target.is_dir()
    file = target / _named(engine, at) if in_folder else target
    if file.exists() and not overwrite:
        raise DatabaseProblem(IS_THERE.format(name=file.name))
    contents = _write(engine, file)
    removed = tuple(backups_in(target, engine)[keep:]) if in_folder and keep else ()
    for old in removed:
        old.unlink()
    return Backup(file, contents, removed)


def backups_in(folder: Path, engine: Engine) -> list[Path]:
    """The backups of a database that were named by date and time, the newest first."""
    stem, ending = _naming(engine)
    name = re.compile(rf"{re.escape(stem)}-\d{{8}}-\d{{6}}Z{re.escape(ending)}")
    return sorted((path for path in folder.iterdir() if name.fullmatch(path.name)), reverse=True)


def list_backups(folder: Path, engine: Engine) -> list[Kept]:
    """The backups of a database in a folder, the newest first.

    Raises:
        DatabaseProblem: the folder is not there, or may not be read.
    """
    try:
        return [Kept(path.name, made_at(path), path.stat().st_size) for path in backups_in(folder, engine)]
    except OSError as error:
        raise DatabaseProblem(NO_BACKUP_FOLDER.format(name=folder.name)) from error


def made_at(backup: Path) -> datetime:
    """When a backup was made that is named by date and time."""
    moment = backup.stem[-len("20270302-120000Z") :]
    return datetime.strptime(moment, MOMENT).replace(tzinfo=UTC)


def _write(engine: Engine, file: Path) -> Contents:
    with engine.connect() as connection:
        before = fetch_contents(connection)
    with landing(file) as draft:
        return _copy_file(engine, draft, before) if engine.dialect.name == "sqlite" else _dump(engine, draft, before)


def _copy_file(engine: Engine, draft: Path, before: Contents) -> Contents:
    copy_into(Path(engine.url.database or ""), draft)
    with read_only(draft) as copy, copy.connect() as connection:
        found = fetch_contents(connection)
    if lacks(found, before):
        raise DatabaseProblem(COPY_LACKS.format(name=name_of(engine)))
    return found


def _dump(engine: Engine, draft: Path, before: Contents) -> Contents:
    dump_into(engine, draft)
    return before


def _named(engine: Engine, at: datetime) -> str:
    stem, ending = _naming(engine)
    return f"{stem}-{at.astimezone(UTC).strftime(MOMENT)}{ending}"


def _naming(engine: Engine) -> tuple[str, str]:
    return Path(engine.url.database or "").stem, ENDINGS[engine.dialect.name]
