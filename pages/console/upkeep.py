"""Looking after the database: back up, restore, migrate, and see whether all is well."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from mcplan.numbers import count
from pages.console.options import AsJson, Database, print_json
from pages.console.place import Refused, choose_database, refusing
from pages.kit.settings import backups_folder, database_url

SAMPLE = 50
"""Plans that `mcplan doctor` scores anew, unless all are asked for."""
ALL = sys.maxsize
SIGNS = {"well": "✓", "note": "·", "trouble": "✗"}


def migrate(
    database: Database = "",
    check: Annotated[
        bool, typer.Option("--check", help="Only say what is to be done; exit code 1 if anything.")
    ] = False,
    create: Annotated[bool, typer.Option("--create", help="Set up an empty database too.")] = False,
) -> None:
    """Make an older database fit this mcplan, once mcplan is stopped. A file is copied first; back up a server."""
    from storage import schema

    with _looking_after(database) as engine:
        if create and not check and schema.set_up(engine):
            print(f"The database was empty and is set up now (step {schema.NEWEST}).")
            return
        if check:
            _tell_what_is_to_be_done(engine)
            return
        done = schema.migrate(engine)
    if done.before == done.after:
        print(f"Nothing to do: the database is of this mcplan (step {done.after}).")
    else:
        print(f"The database now fits this mcplan: step {done.before} → {done.after}.")
    if done.copy:
        print(f"As it was before, it is kept in {done.copy}.")


def _tell_what_is_to_be_done(engine: Any) -> None:
    from storage import schema

    with engine.connect() as connection:
        before = schema.known_revision(connection)
    if before == schema.NEWEST:
        print(f"Nothing to do: the database is of this mcplan (step {before}).")
        return
    print(f"To be done: step {before} → {schema.NEWEST}. Run `mcplan migrate`.")
    raise typer.Exit(1)


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE|FOLDER", help="In a folder it is named by date and time.")],
    keep: Annotated[int, typer.Option(help="In a folder: remove all but this many; 0 removes none.", min=0)] = 0,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it is there.")] = False,
    database: Database = "",
) -> None:
    """Write a backup, whole and checked, while people go on working."""
    from storage.backups import back_up

    if keep and not target.is_dir():
        raise Refused(f"{target} is not a folder, so there is nothing for --keep to remove. Name a folder.")
    started = time.monotonic()
    with _looking_after(database) as engine:
        done = back_up(engine, target, datetime.now(UTC), overwrite=overwrite, keep=keep)
    size, seconds = done.file.stat().st_size / 1e6, time.monotonic() - started
    removed = f"; {count(len(done.removed), 'older one')} removed" if done.removed else ""
    print(f"{done.file}: {_holds(done.contents)}, {size:.1f} MB in {seconds:.1f} seconds{removed}.")


def restore(
    backup: Annotated[Path, typer.Argument(metavar="BACKUP", help="A file that `mcplan backup` has written.")],
    into: Annotated[str, typer.Option(help="A file, which is kept under another name; or an empty PostgreSQL.")],
) -> None:
    """Bring back a backup, checked before and after. Stop mcplan first."""
    from storage import restoring

    choose_database(into, create=False)
    started = time.monotonic()
    with refusing():
        done = restoring.restore(backup, database_url()[0], datetime.now(UTC))
    print(f"Restored in {time.monotonic() - started:.1f} seconds: {_holds(done.contents)}.")
    if done.kept:
        print(f"What was there before is kept in {done.kept}.")
    if done.is_older:
        print("It is of an older mcplan: run `mcplan migrate` before you start.")


def doctor(
    database: Database = "",
    backups: Annotated[
        Path | None, typer.Option(help="The folder backups are written to. Else MCPLAN_BACKUPS.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Score every plan anew, not only some.")] = False,
    as_json: AsJson = False,
) -> None:
    """Look whether all is well, and say what helps if not; exit code 1 if something is not."""
    from pages.console.health import examine

    choose_database(database, create=False)
    found = examine(backups or backups_folder(), ALL if every else SAMPLE, datetime.now(UTC))
    if as_json:
        print_json([check._asdict() for check in found])
    else:
        print("\n".join(f"{SIGNS[check.state]} {check.says} {_try(check.helps)}".rstrip() for check in found))
    if any(check.state == "trouble" for check in found):
        raise typer.Exit(1)


def _try(helps: str) -> str:
    return helps if not helps or helps.endswith(".") else f"Run: {helps}"


def _holds(contents: Any) -> str:
    return f"{count(contents.plans, 'plan')}, {count(contents.saves, 'saved answer')}"


@contextmanager
def _looking_after(database: str) -> Iterator[Any]:
    from storage.database import looking_after

    choose_database(database, create=False)
    with refusing(), looking_after(database_url()[0]) as engine:
        yield engine
