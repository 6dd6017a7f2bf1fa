"""Files that are whole or not there at all, and sound copies of a SQLite database in use.

A copy of the file alone may lack the last saves or be torn: they stand in the write-ahead log
beside it. So SQLite itself writes the copy, from one state of the database.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from storage.problems import COPY_UNSOUND, FILE_FAILS, DatabaseProblem, copying_in_words, in_words


@contextmanager
def landing(target: Path) -> Iterator[Path]:
    """A file for its owner only, to be filled inside the block; it becomes `target` if that ends well, else it goes.

    A power cut leaves either what was there before or the whole new file.

    Raises:
        DatabaseProblem: the folder cannot be written.
    """
    draft = target.with_name(f".{target.name}.{token_hex(4)}")
    with _file_in_words(target):
        draft.touch(mode=0o600, exist_ok=False)
    try:
        yield draft
        with _file_in_words(target):
            sync(draft)
            draft.replace(target)
            sync(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def copy_into(source: Path, draft: Path) -> None:
    """Fill the empty file `draft` with a copy of the SQLite file `source`, while others go on writing to that.

    Raises:
        DatabaseProblem: there is no room, the source cannot be read, or the copy is not sound.
    """
    with copying_in_words(source.name), closing(_connect(source, "rw")) as connection:
        connection.execute("PRAGMA busy_timeout=30000")
        connection.execute("VACUUM INTO ?", (str(draft),))
    with copying_in_words(source.name), closing(_connect(draft, "ro")) as copy:
        if copy.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise DatabaseProblem(COPY_UNSOUND.format(name=source.name))


@contextmanager
def read_only(file: Path) -> Iterator[Engine]:
    """A SQLite file that is looked at and never changed."""
    engine = create_engine(f"sqlite:///{file}", creator=lambda: _connect(file, "ro"), poolclass=NullPool)
    try:
        with in_words(engine):
            yield engine
    finally:
        engine.dispose()


def sync(path: Path) -> None:
    """Wait until a file, or the list of names in a folder, is on the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folders, and keeps their lists of names by itself.
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def free_name(wanted: Path) -> Path:
    """`wanted`, or the first of wanted.2, wanted.3 and so on that nobody has taken."""
    found, number = wanted, 1
    while found.exists():
        number += 1
        found = wanted.with_name(f"{wanted.name}.{number}")
    return found


def _connect(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(file.absolute()))}?mode={mode}", uri=True, isolation_level=None)


@contextmanager
def _file_in_words(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DatabaseProblem(FILE_FAILS.format(name=target.name, reason=error.strerror)) from error
