"""The tables as Alembic makes them: a fresh database and an old one end up alike.

Migrations stand in `storage/migrations/versions`. All of an upgrade is one transaction, on
both engines, so a failing one leaves the database as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, inspect, text

from storage.guard import OPTION, AllPlans
from storage.problems import DAMAGED, EMPTY, FOREIGN, NEWER, DatabaseProblem, name_of

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "0002"
"""The step of `migrations/versions` that this program's tables are of; a test keeps it the last one."""
LOCK = 7_061_210_842_553
"""The number by which replicas agree on who migrates a PostgreSQL; any fixed one will do."""


def bring_up_to_date(engine: Engine, *, create: bool) -> None:
    """Make the tables of an empty database if `create`, and upgrade those of an older one.

    Raises:
        DatabaseProblem: it is empty and was not to be set up, it belongs to another program,
            or a newer mcplan has written it.
    """
    with engine.connect() as connection:
        if _revision(connection) == NEWEST:
            return
    with alone(engine) as connection:
        # Another replica may have been first.
        if _revision(connection) != NEWEST:
            _refuse_what_is_not_ours(connection, name_of(engine), create)
            _upgrade(connection)


def writes(connection: Connection) -> bool:
    """True if the connection was taken to write: in SQLite it then holds the lock from the start."""
    return bool(connection.get_execution_options().get("mcplan_writes"))


def alembic_config(connection: Connection) -> Config:
    """What Alembic has to know, without a file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other migration can run beside; it commits when the block ends well."""
    with engine.connect().execution_options(mcplan_writes=True, **{OPTION: AllPlans()}) as connection:
        guard = _without_foreign_keys if engine.dialect.name == "sqlite" else _with_advisory_lock
        with guard(connection):
            yield connection


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    # Alembic rebuilds a table to change it. With foreign keys on, dropping the old one would delete what hangs on it.
    # The pragma only works outside a transaction, so it goes past SQLAlchemy, which would begin one.
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            yield
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise DatabaseProblem(DAMAGED.format(name=name_of(connection.engine)))
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


@contextmanager
def _with_advisory_lock(connection: Connection) -> Iterator[None]:
    with connection.begin():
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        yield


def _refuse_what_is_not_ours(connection: Connection, name: str, create: bool) -> None:
    revision, tables = _revision(connection), set(inspect(connection).get_table_names()) - {"alembic_version"}
    if revision is None and tables:
        raise DatabaseProblem(FOREIGN.format(name=name))
    if revision is None and not create:
        raise DatabaseProblem(EMPTY.format(name=name))
    if revision is not None and revision not in _known():
        raise DatabaseProblem(NEWER.format(name=name))


def _revision(connection: Connection) -> str | None:
    # Alembic would say the same, but to import it costs every start of mcplan 0.2 seconds and more.
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection) -> None:
    from alembic import command

    command.upgrade(alembic_config(connection), "head")


def _known() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
