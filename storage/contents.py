"""What a database holds, in numbers: to tell whether a copy of it is whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, func, inspect, select, table

from storage.guard import OPTION, AllPlans
from storage.schema import APPEND_ONLY, known_revision


class Contents(NamedTuple):
    """The step of the migrations, and the rows of each table."""

    revision: str
    rows: Mapping[str, int]

    @property
    def plans(self) -> int:
        """How many plans, deleted ones too."""
        return self.rows["mc_plan"]

    @property
    def saves(self) -> int:
        """How many answers, earlier ones too."""
        return self.rows["mc_answer_revision"]


def fetch_contents(connection: Connection) -> Contents:
    """What is there now.

    Raises:
        DatabaseProblem: the database is empty, another program's, or a newer mcplan's.
    """
    revision = known_revision(connection)
    connection = connection.execution_options(**{OPTION: AllPlans()})
    names = inspect(connection).get_table_names()
    counts = {name: connection.execute(select(func.count()).select_from(table(name))).scalar_one() for name in names}
    return Contents(revision, counts)


def find_damage(connection: Connection) -> str:
    """What is wrong inside a SQLite file, in SQLite's words: its pages, indexes and references; "" if nothing is."""
    says = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    if says != "ok":
        return str(says)
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    return f"a row of {lost[0]} belongs to nothing" if lost else ""


def lacks(copy: Contents, before: Contents) -> bool:
    """True if a copy has less than was there before it was begun. Only of plans and history: other rows may go."""
    kept = ("mc_plan", *APPEND_ONLY)
    return any(copy.rows.get(name, 0) < before.rows.get(name, 0) for name in kept)
