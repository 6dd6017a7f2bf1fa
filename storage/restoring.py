"""The way back from a backup: looked through first, then put in place whole, with the old database kept."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import inspect
from sqlalchemy.exc import DatabaseError, OperationalError

from storage.contents import Contents, fetch_contents, find_damage
from storage.copies import copy_into, free_name, landing, read_only
from storage.database import file_at, looking_after
from storage.dumps import MARK, load_dump, revision_in
from storage.problems import (
    BACKUP_DAMAGED,
    BACKUP_NEWER,
    COPY_LACKS,
    FILE_FAILS,
    IN_USE,
    NO_BACKUP,
    NO_FOLDER,
    NOT_EMPTY,
    NOT_OURS,
    OTHER_KIND,
    DatabaseProblem,
)
from storage.schema import NEWEST, is_known, revision_of

SQLITE_MARK = b"SQLite format 3\0"
BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file while it is in use, or after a crash. It belongs to that file alone."""
LOCKED = (0x40000002, 510)
"""The bytes of a SQLite file, from and how many, that whoever has it open holds a lock on (source: sqlite3 os.h)."""


class Restored(NamedTuple):
    """What a database holds now, and where the file lies that was there before."""

    contents: Contents
    kept: Path | None

    @property
    def is_older(self) -> bool:
        """True if it has to be migrated before this mcplan opens it."""
        return self.contents.revision != NEWEST


def restore(backup: Path, url: str, at: datetime) -> Restored:
    """Make the database at `url` what `backup` holds.

    Args:
        backup: as `storage.backups` writes it.
        url: a file, which is replaced and kept under another name; or an empty database on a server.
        at: when; the file kept is named by it.

    Raises:
        DatabaseProblem: the backup is damaged or none of ours, the file is in use, or the
            database on the server is not empty. Nothing is changed then.
    """
    file, mark = file_at(url), _mark(backup)
    if mark.startswith(SQLITE_MARK):
        if file is None:
            raise DatabaseProblem(OTHER_KIND.format(name=backup.name, kind="a SQLite file"))
        return _restore_file(backup, file, at)
    if not mark.startswith(MARK):
        raise DatabaseProblem(NOT_OURS.format(name=backup.name))
    if file is not None:
        raise DatabaseProblem(OTHER_KIND.format(name=backup.name, kind="a PostgreSQL database"))
    return Restored(_restore_dump(backup, url), None)


def _mark(backup: Path) -> bytes:
    try:
        with backup.open("rb") as file:
            return file.read(len(SQLITE_MARK))
    except OSError as error:
        raise DatabaseProblem(NO_BACKUP.format(name=backup.name)) from error


def _restore_file(backup: Path, target: Path, at: datetime) -> Restored:
    if not target.parent.is_dir():
        raise DatabaseProblem(NO_FOLDER.format(name=target.name))
    wanted = _look_into(backup)
    with _held(target) if target.exists() else nullcontext(), landing(target) as draft:
        copy_into(backup, draft)
        if _contents_of(draft) != wanted:
            raise DatabaseProblem(COPY_LACKS.format(name=backup.name))
        kept = _set_aside(target, draft, at)
    return Restored(wanted, kept)


def _look_into(backup: Path) -> Contents:
    with read_only(backup) as engine, engine.connect() as connection:
        try:
            damage = find_damage(connection)
        except OperationalError:
            raise  # It cannot be read now, which says nothing about its pages.
        except DatabaseError as error:
            raise DatabaseProblem(BACKUP_DAMAGED.format(name=backup.name)) from error
        if damage:
            raise DatabaseProblem(BACKUP_DAMAGED.format(name=backup.name))
        _refuse_unknown(backup, revision_of(connection))
        return fetch_contents(connection)


def _contents_of(draft: Path) -> Contents:
    with read_only(draft) as engine, engine.connect() as connection:
        return fetch_contents(connection)


def _refuse_unknown(backup: Path, revision: str | None) -> None:
    if revision is None:
        raise DatabaseProblem(NOT_OURS.format(name=backup.name))
    if not is_known(revision):
        raise DatabaseProblem(BACKUP_NEWER.format(name=backup.name))


def _set_aside(target: Path, draft: Path, at: datetime) -> Path | None:
    """Give the file at `target` a second name, and what SQLite keeps beside it that name too; None if there is none."""
    kept = free_name(target.with_name(f"{target.name}.before-restore-{at.astimezone(UTC):%Y%m%d-%H%M%SZ}"))
    try:
        if target.exists():
            _resemble(target, draft)
            os.link(target, kept)
        # Left where they are, they would be taken for changes to the new file; also where the old one has gone.
        for suffix in BESIDE:
            beside = target.with_name(target.name + suffix)
            if beside.exists():
                beside.rename(kept.with_name(kept.name + suffix))
    except OSError as error:
        raise DatabaseProblem(FILE_FAILS.format(name=target.name, reason=error.strerror)) from error
    return kept if kept.exists() else None


def _resemble(target: Path, draft: Path) -> None:
    """Let those open the new file who could open the old one, whoever restores it."""
    old, new = target.stat(), draft.stat()
    if os.name != "nt" and (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        os.chown(draft, old.st_uid, old.st_gid)
    shutil.copymode(target, draft)


@contextmanager
def _held(target: Path) -> Iterator[None]:
    """Inside, nobody else has the file open nor can open it. Also for one that SQLite can no longer read."""
    if sys.platform == "win32":
        yield  # Windows itself lets nobody replace a file that is open.
        return
    import fcntl

    first, length = LOCKED
    try:
        file = target.open("r+b")
    except OSError as error:
        raise DatabaseProblem(FILE_FAILS.format(name=target.name, reason=error.strerror)) from error
    with file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, length, first)
        except (BlockingIOError, PermissionError) as error:
            raise DatabaseProblem(IN_USE.format(name=target.name)) from error
        yield


def _restore_dump(backup: Path, url: str) -> Contents:
    _refuse_unknown(backup, revision_in(backup))
    with looking_after(url) as engine:
        with engine.connect() as connection:
            if inspect(connection).get_table_names():
                raise DatabaseProblem(NOT_EMPTY)
        load_dump(backup, engine)
        with engine.connect() as connection:
            return fetch_contents(connection)
