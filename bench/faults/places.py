"""Databases to do harm to: a file in a folder of its own, or a PostgreSQL of our own on loopback."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.faults.adapter import Store
from tests.storage.conftest import NUMBERS, Server


class Finding(NamedTuple):
    """What one fault has led to; not good if anything that was acknowledged suffered."""

    what: str
    says: str
    is_good: bool = True


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that goes with all that is in it."""
    with TemporaryDirectory(prefix="mcplan-faults-") as name:
        yield Path(name)


@contextmanager
def server() -> Iterator[Server]:
    """A running PostgreSQL.

    Raises:
        FileNotFoundError: none is installed here.
    """
    found = [*sorted(Path("/usr/lib/postgresql").glob("*/bin")), Path(shutil.which("initdb") or "none").parent]
    if not (found[0] / "initdb").exists():
        raise FileNotFoundError("PostgreSQL is not installed here")
    server = Server(found[0])
    server.start()
    try:
        yield server
    finally:
        server.remove()


@contextmanager
def both() -> Iterator[dict[str, Callable[[], str]]]:
    """By the name of each engine, what gives the address of one more empty database."""
    with folder() as place, server() as running:
        yield {"SQLite": lambda: f"sqlite:///{place}/{next(NUMBERS)}.db", "PostgreSQL": running.new_database}


def filled(url: str, plans: int = 1, answers: int = 5) -> str:
    """The same address, now of a database with plans in it."""
    store = Store(url)
    store.create_schema()
    store.seed(plans, answers)
    store.close()
    return url
