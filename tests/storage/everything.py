"""All that a database holds, to compare it row by row; and a plan that has something in every table."""

from __future__ import annotations

import os
import sqlite3

import pytest
from sqlalchemy import inspect

from mcplan.deciding import Draft
from mcplan.decisions import Point, Submission
from mcplan.people import somebody_here
from mcplan.plan import Evidence
from mcplan.reviews import Scorer
from storage.answers import store_changes
from storage.database import DatabaseProblem, open_database, writing
from storage.decisions import store_decision, store_submission
from storage.plans import delete_plan, start_plan, store_facts
from storage.reviews import store_review
from storage.versions import store_version
from tests.builders import HERE, NOON, a_plan, an_answer, door


def everything(engine) -> dict[str, list[dict]]:
    """Each table's rows as the driver gives them, in an order that does not depend on where they lie."""
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        found = {name: connection.exec_driver_sql(f'SELECT * FROM "{name}"').mappings() for name in names}  # noqa: S608
        return {name: sorted((dict(row) for row in rows), key=repr) for name, rows in found.items()}


def live_through(engine, asked) -> str:
    """A plan with a team, answers that were changed, and history; another one is deleted. Gives the id of the first."""
    evidence = (Evidence("Survey of 40 employers"),)
    with writing(engine) as session:
        plan = a_plan(an_answer(), an_answer("first.hours", 48.0, evidence=evidence), id="")
        plan_id = start_plan(session, asked, plan, person=HERE, at=NOON)
        gone = start_plan(
            session, asked, a_plan(an_answer(), id="", title="Given up"), person=somebody_here("Sam Ito"), at=NOON
        )
        delete_plan(door(session, gone, "Sam Ito"), at=NOON)
        store_facts(door(session, plan_id), {"board": "Senate – «naïve»"}, at=NOON)
        go_to_the_board(door(session, plan_id), asked)
    for revision in (1, 2):
        say(engine, asked, plan_id, f"Said {revision} times: É, 漢, 'quoted'.", seen=revision)
    return plan_id


def go_to_the_board(access, asked):
    """Freeze the plan, submit it, score it, and write down a decision with a condition."""
    first, id = access.plan_id[:8], f"{access.plan_id[:8]}-s"
    store_version(access, asked, f"{first}-v", "For the Senate", at=NOON)
    given = Submission(id, f"{first}-v", "G1", "Dana Okafor", "Senate", NOON.date(), "", NOON)
    store_submission(access, given, seen=0, move_id=f"{first}-1", at=NOON)
    team = Scorer("team", "Dana Okafor", "team")
    store_review(access, id, team, {"need": {"score": 2}}, move_id=f"{first}-0", at=NOON)
    condition = Point("Agree on the price", "Dana Okafor", NOON.date())
    decision = Draft("approve with conditions", None, "Kim Reyes", NOON.date(), "The need is plain.", (condition,))
    store_decision(access, asked, decision, seen=1, move_id=f"{first}-2", at=NOON)


def say(engine, asked, plan_id, words, *, seen):
    """Change the answer about the case."""
    with writing(engine) as session:
        store_changes(
            door(session, plan_id, "Sam Ito"), asked, "first.case", {"value": words}, seen=seen, save_id="", at=NOON
        )


def destroy_an_index(file):
    """Overwrite one page of a SQLite file that plain reading never visits; nobody has it open."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name LIKE 'ix_%'").fetchone()
    connection.close()
    with file.open("r+b") as pages:
        pages.seek((page - 1) * size)
        pages.write(os.urandom(size))


def a_file(tmp_path, asked):
    """The open database plans.db in a folder, with plans in it."""
    engine = open_database(f"sqlite:///{tmp_path}/plans.db", create=True)
    live_through(engine, asked)
    return engine


def refusal(work, *words, **options) -> str:
    """What people read when this is asked for."""
    with pytest.raises(DatabaseProblem) as refused:
        work(*words, **options)
    return str(refused.value)
