"""Copies of a PostgreSQL database, written and read by PostgreSQL's own programs.

The password goes to them by the environment: every user of a computer may read command lines.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import Engine

from storage.problems import BACKUP_DAMAGED, COPY_LACKS, NO_PROGRAM, PROGRAM_FAILS, DatabaseProblem, name_of

MARK = b"PGDMP"
"""How a dump begins."""
INSTALLED = "/usr/lib/postgresql"
"""Where Debian puts the programs of each version."""


class ProgramFailed(DatabaseProblem):
    """One of PostgreSQL's programs could not do its work; the message has the reason it gives."""


def dump_into(engine: Engine, draft: Path) -> None:
    """Fill the file `draft` with one state of the database, while others go on writing to it.

    Raises:
        DatabaseProblem: pg_dump is missing, cannot do it, or has left out plans.
    """
    _run("pg_dump", "--format=custom", f"--file={draft}", engine=engine)
    # The list stands at the head of the file; reading all of it tells that the rest is there too.
    _run("pg_restore", f"--file={os.devnull}", str(draft))
    if "TABLE DATA public mc_plan " not in _run("pg_restore", "--list", str(draft)):
        raise DatabaseProblem(COPY_LACKS.format(name=name_of(engine)))


def revision_in(dump: Path) -> str | None:
    """The step of the migrations a dump says it is of; None if it says nothing.

    Raises:
        DatabaseProblem: pg_restore is missing, or the dump is damaged.
    """
    try:
        _run("pg_restore", f"--file={os.devnull}", str(dump))
    except ProgramFailed as problem:
        raise DatabaseProblem(BACKUP_DAMAGED.format(name=dump.name)) from problem
    says = _run("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(dump))
    found = re.search(r"^COPY .*alembic_version .*\n(\S+)\n\\\.$", says, re.MULTILINE)
    return found[1] if found else None


def load_dump(dump: Path, engine: Engine) -> None:
    """Fill an empty database from a dump: all of it, or nothing.

    Raises:
        DatabaseProblem: pg_restore is missing or cannot do it.
    """
    _run("pg_restore", "--single-transaction", "--no-owner", "--no-privileges", str(dump), engine=engine)


def _run(program: str, *words: str, engine: Engine | None = None) -> str:
    where, password = _login(engine) if engine else ([], "")
    secret = {"PGPASSWORD": password} if password else {}
    # No shell reads these words, and the program is one of two named here.
    ended = subprocess.run(  # noqa: S603
        [_find(program), *where, *words], env=os.environ | secret, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise ProgramFailed(PROGRAM_FAILS.format(program=program, reason=_reason(ended.stderr)))
    return ended.stdout


def _reason(says: str) -> str:
    lines = says.strip().splitlines() or ["nothing"]
    error = next((line for line in lines if " error: " in line), lines[-1])
    return f"{error.rstrip('.')}."


def _login(engine: Engine) -> tuple[list[str], str]:
    # Besides what the address says, SQLAlchemy hands on things for the driver alone, which are no words.
    _, given = engine.dialect.create_connect_args(engine.url)
    address = {name: value for name, value in given.items() if isinstance(value, str | int)}
    password = str(address.pop("password", ""))
    return ["--no-password", f"--dbname={make_conninfo('', **address)}"], password


def _find(program: str) -> str:
    installed = sorted(Path(INSTALLED).glob(f"*/bin/{program}"), key=lambda path: _version(path.parts[-3]))
    found = shutil.which(program) or (str(installed[-1]) if installed else "")
    if not found:
        raise DatabaseProblem(NO_PROGRAM.format(program=program))
    return found


def _version(name: str) -> float:
    return float(name) if re.fullmatch(r"\d+(\.\d+)?", name) else 0.0
