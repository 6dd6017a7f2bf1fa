"""The tables as Alembic makes them: a fresh database and an old one end up alike.

Migrations stand in `storage/migrations/versions`. All of an upgrade is one transaction, on
both engines, so a failing one leaves the database as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, Engine, inspect, text

from storage.copies import copy_into, free_name, landing
from storage.guard import OPTION, AllPlans
from storage.problems import DAMAGED, EMPTY, FOREIGN, NEWER, OLDER, DatabaseProblem, name_of

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "0012"
"""The step of `migrations/versions` that this program's tables are of; a test keeps it the last one."""
LOCK = 7_061_210_842_553
"""The number by which replicas agree on who migrates a PostgreSQL; any fixed one will do."""
APPEND_ONLY = ("mc_answer_revision", "mc_event", "mc_wording", "mc_version", "mc_submission", "mc_move")
"""Tables whose rows triggers keep from being changed or deleted. To add one, let its migration make the triggers."""
CHANGES = ("UPDATE", "DELETE")
TRIGGERS = {
    "sqlite": "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT relname, pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger "
    "JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal AND tgenabled <> 'D'",
}
"""By engine, each table's triggers as they were made."""


class Migration(NamedTuple):
    """What a migration has done: from which step to which, and where the copy from before lies."""

    before: str
    after: str
    copy: Path | None


def bring_up_to_date(engine: Engine, *, create: bool) -> None:
    """Refuse a database that is not of this program's schema; with `create`, make it so.

    That sets up an empty database, and upgrades a SQLite file after a copy of it has been put
    beside it. A server is never upgraded unasked: others may work on it.

    Raises:
        DatabaseProblem: it is empty or an older mcplan's and was not to be made so, it belongs
            to another program, or a newer mcplan has written it.
    """
    with engine.connect() as connection:
        found = None if create and not _tables(connection) else known_revision(connection)
    if found is None:
        set_up(engine)
    elif found != NEWEST and create and engine.dialect.name == "sqlite":
        migrate(engine)
    elif found != NEWEST:
        raise DatabaseProblem(OLDER.format(name=name_of(engine)))


def migrate(engine: Engine) -> Migration:
    """Make an older database one of this program's schema; a SQLite file is copied beside itself first.

    Raises:
        DatabaseProblem: it is empty, another program's, or a newer mcplan's; or the copy cannot be written.
    """
    with alone(engine) as connection:
        before = known_revision(connection)
        # Another one may have been first.
        if before == NEWEST:
            return Migration(before, NEWEST, None)
        copy = _copy_beside(engine) if engine.dialect.name == "sqlite" else None
        _upgrade(connection)
    return Migration(before, NEWEST, copy)


def known_revision(connection: Connection) -> str:
    """The step of the migrations a database of ours is of.

    Raises:
        DatabaseProblem: it is empty, another program's, or a newer mcplan's.
    """
    revision = revision_of(connection)
    if revision is None:
        says = FOREIGN if _tables(connection) else EMPTY
    elif not is_known(revision):
        says = NEWER
    else:
        return revision
    raise DatabaseProblem(says.format(name=name_of(connection.engine)))


def is_known(revision: str) -> bool:
    """True if it is a step of the migrations of this program."""
    if revision == NEWEST:
        return True
    from alembic.script import ScriptDirectory

    return revision in {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}


def missing_guards(connection: Connection) -> list[str]:
    """The append-only tables that somebody could change or empty, since a trigger is gone or switched off."""
    found = dict.fromkeys(APPEND_ONLY, "")
    for table, trigger in connection.exec_driver_sql(TRIGGERS[connection.dialect.name]):
        if table in found:
            found[table] += trigger.upper() + "\n"
    return [table for table, triggers in found.items() if not all(_stops(triggers, what) for what in CHANGES)]


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


def _stops(triggers: str, change: str) -> bool:
    return bool(re.search(rf"\bBEFORE (\w+ OR )*{change}\b", triggers))


def set_up(engine: Engine) -> bool:
    """Give an empty database its tables, and True; one that holds any stays as it is, and False."""
    with alone(engine) as connection:
        # Another replica may have been first.
        is_empty = not _tables(connection)
        if is_empty:
            _upgrade(connection)
    return is_empty


def _copy_beside(engine: Engine) -> Path:
    # Nobody can write meanwhile: `alone` holds the lock, and reading needs none.
    file = Path(engine.url.database or "").absolute()
    target = free_name(file.with_name(f"{file.name}.before-{NEWEST}"))
    with landing(target) as draft:
        copy_into(file, draft)
    return target


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def revision_of(connection: Connection) -> str | None:
    """The step of the migrations a database says it is of; None if it says nothing."""
    # Alembic would say the same, but to import it costs every start of mcplan 0.2 seconds and more.
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection) -> None:
    from alembic import command

    command.upgrade(alembic_config(connection), "head")
