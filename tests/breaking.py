"""A line that breaks after the database has stored and before it has said so, on either engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from storage.problems import SERVER_AWAY, ServerAway
from storage.schema import writes


@contextmanager
def lost_replies(engine: Any, number: int = 1) -> Iterator[list[str]]:
    """Inside, as many saves are stored without anybody hearing of it; gives a list of those so far."""
    commit, lost, is_save = engine.dialect.do_commit, [], []

    def before_commit(connection: Connection) -> None:
        is_save[:] = [connection] if writes(connection) else []

    def do_commit(connection: Any) -> None:
        commit(connection)
        if is_save and len(lost) < number:
            lost.append("lost")
            raise ServerAway(SERVER_AWAY)

    event.listen(engine, "commit", before_commit)
    engine.dialect.do_commit = do_commit
    try:
        yield lost
    finally:
        engine.dialect.do_commit = commit
        event.remove(engine, "commit", before_commit)
