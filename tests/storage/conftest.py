"""Real databases to test on: a SQLite file, and a PostgreSQL that lives as long as the test run."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine

from questionnaire.model import Questionnaire
from storage.database import open_database, writing
from storage.plans import start_plan
from tests.builders import HERE, NOON, a_plan, a_question, a_questionnaire

NUMBERS = count(1)


class Server:
    """A PostgreSQL of our own on loopback, in a folder that goes with it."""

    def __init__(self, binaries: Path) -> None:
        self.binaries = binaries
        self.folder = Path(tempfile.mkdtemp(prefix="mcplan-pg-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-D", f"{self.folder}/data", "-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-sync")

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off"
        self._run("pg_ctl", "-w", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log", "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "-w", "-D", f"{self.folder}/data", "-m", mode, "stop")

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    def new_database(self, template: str = "template1") -> str:
        name = f"mcplan_{next(NUMBERS)}"
        with psycopg.connect(
            f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres", autocommit=True
        ) as server:
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def _run(self, program: str, *arguments: str) -> None:
        # PostgreSQL refuses to run as root. Its output goes to a file: a server keeps an inherited pipe open.
        as_postgres = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
        with tempfile.TemporaryFile() as said:
            ended = subprocess.run(
                [self.binaries / program, *arguments], stdout=said, stderr=said, cwd="/", check=False, **as_postgres
            )
            said.seek(0)
            assert ended.returncode == 0, said.read().decode(errors="replace")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running PostgreSQL; skipped where none is installed, but never in CI."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not (found or on_path) and os.environ.get("CI") != "true":
        pytest.skip("PostgreSQL is not installed here (its initdb is not found)")
    server = Server(found[-1].parent if found else Path(str(on_path)).parent)
    server.start()
    try:
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def template(server) -> str:
    """The name of a PostgreSQL database with all tables, to copy."""
    url: str = server.new_database()
    open_database(url, create=True).dispose()
    return url.rpartition("/")[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path) -> str:
    """The address of a database that has no tables yet, or of a copy of an empty one, where `database` is asked for."""
    has_tables = "database" in request.fixturenames
    if request.param == "sqlite":
        file = tmp_path / "plans.db"
        if has_tables:
            shutil.copy(request.getfixturevalue("empty_file"), file)
        return f"sqlite:///{file}"
    server = request.getfixturevalue("server")
    return server.new_database(request.getfixturevalue("template")) if has_tables else server.new_database()


@pytest.fixture
def database(url) -> Iterator[Engine]:
    """A database without plans, once as a SQLite file and once on PostgreSQL."""
    engine = open_database(url)
    yield engine
    engine.dispose()


@pytest.fixture
def asked() -> Questionnaire:
    """Three questions: the case, which is critical, the price and the hours."""
    return a_questionnaire(
        a_question("case", weight=3, gate="G1"),
        a_question("price", gate="G1"),
        a_question("hours", kind="quantity", unit="hours", gate="G1"),
    )


@pytest.fixture
def start(database, asked) -> Callable[..., str]:
    """Start a plan of Dana's with these answers, and give its id."""

    def start(*answers, **fields) -> str:
        with writing(database) as session:
            return start_plan(session, asked, a_plan(*answers, **{"id": ""} | fields), person=HERE, at=NOON)

    return start


@pytest.fixture
def plan_id(start) -> str:
    """A plan of Dana's without answers."""
    return start()


@contextmanager
def nobody() -> Iterator[None]:
    """Inside, we are a user who may not write what is read-only: root always may."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may enter and write."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)
        Path(folder).chmod(0o777)


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A folder on a disk of one megabyte."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", tmp_path], check=True)
    yield tmp_path
    subprocess.run(["umount", "-l", tmp_path], check=True)
