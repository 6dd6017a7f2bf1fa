"""The two stores that are measured: the product's, and the floor that SQLModel alone sets.

Each makes its tables, is seeded with plans in which every question is answered once, saves one
answer durably in a transaction of its own, and reads one plan. The floor does the least that a
save can be: read the row, compare the version, change it, append to the history. It knows no
team, no evidence and no stamp.
"""

from __future__ import annotations

import random
import uuid
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from measure import a_value
from sqlalchemy import event
from sqlalchemy.orm import registry
from sqlmodel import Field, Session, SQLModel, create_engine, select

from mcplan.people import somebody_here
from mcplan.plan import Answer, Member, Plan
from mcplan.views import view_answer
from questionnaire.model import Questionnaire, Stage
from storage.access import authorize
from storage.answers import store_changes
from storage.database import open_database, reading, writing
from storage.kept import KEPT
from storage.plans import fetch_plan, fetch_summaries, start_plan

BENCH = somebody_here("bench")


class Row(SQLModel, registry=registry()):
    """The floor's tables; they share nothing with the product's."""


class FloorPlan(Row, table=True):
    __tablename__ = "floor_plan"
    id: int = Field(primary_key=True)
    title: str


class FloorAnswer(Row, table=True):
    __tablename__ = "floor_answer"
    plan_id: int = Field(primary_key=True, foreign_key="floor_plan.id")
    question_id: str = Field(primary_key=True)
    value: Any = Field(sa_type=sa.JSON, nullable=True)
    version: int
    at: datetime
    by: str


class FloorRevision(Row, table=True):
    __tablename__ = "floor_revision"
    __table_args__ = (sa.UniqueConstraint("plan_id", "question_id", "version"),)
    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="floor_plan.id")
    question_id: str
    version: int
    value: Any = Field(sa_type=sa.JSON, nullable=True)
    at: datetime
    by: str


class Floor:
    """SQLModel as its tutorial uses it, on SQLite with the same durability as the product."""

    def __init__(self, url: str, questionnaire: Questionnaire) -> None:
        self.questions = list(questionnaire.questions())
        self.engine = create_engine(url)
        event.listen(self.engine, "connect", _durable)
        event.listen(self.engine, "begin", _immediate)
        Row.metadata.create_all(self.engine)

    def seed(self, plans: int) -> list[int]:
        rng, now = random.Random(7), datetime.now(UTC)
        with self.engine.begin() as connection:
            first = (connection.scalar(sa.select(sa.func.max(FloorPlan.id))) or 0) + 1
            ids = list(range(first, first + plans))
            for plan_id in ids:
                rows = [
                    {"plan_id": plan_id, "question_id": each.id, "value": a_value(rng, each), "version": 1, "at": now}
                    | {"by": "seed"}
                    for each in self.questions
                ]
                connection.execute(sa.insert(FloorPlan.__table__), {"id": plan_id, "title": f"Plan {plan_id}"})
                connection.execute(sa.insert(FloorAnswer.__table__), rows)
                connection.execute(sa.insert(FloorRevision.__table__), rows)
        return ids

    def save(self, plan_id: int, question_id: str, value: Any, seen: int) -> None:
        now = datetime.now(UTC)
        with Session(self.engine) as session, session.begin():
            row = session.get(FloorAnswer, (plan_id, question_id))
            assert row is not None
            assert row.version == seen
            row.value, row.version, row.at, row.by = value, seen + 1, now, "bench"
            session.add(
                FloorRevision(
                    plan_id=plan_id, question_id=question_id, version=seen + 1, value=value, at=now, by="bench"
                )
            )

    def read(self, plan_id: int) -> int:
        with Session(self.engine) as session:
            return len(session.exec(select(FloorAnswer).where(FloorAnswer.plan_id == plan_id)).all())


class Product:
    """What mcplan does when somebody types, up to the moment when it is stored for good."""

    def __init__(self, url: str, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.engine = open_database(url, create=True)

    def seed(self, plans: int) -> list[str]:
        rng, now, ids = random.Random(7), datetime.now(UTC), []
        team = tuple(Member(f"m{place}", f"Person {place}") for place in range(5))
        for start in range(0, plans, 100):
            with writing(self.engine) as session:
                for _ in range(min(100, plans - start)):
                    answers = {
                        each.id: Answer(each.id, a_value(rng, each), stage=Stage(rng.randint(1, 3)), owner="m1")
                        for each in self.questionnaire.questions()
                    }
                    plan = Plan("", "Bench", "G3", team=team, answers=answers)
                    ids.append(start_plan(session, self.questionnaire, plan, person=somebody_here("seed"), at=now))
        return ids

    def save(self, plan_id: str, question_id: str, value: Any, seen: int) -> None:
        save_id, now = uuid.uuid4().hex, datetime.now(UTC)
        with writing(self.engine) as session:
            store_changes(
                authorize(session, somebody_here("bench"), plan_id, "answer", now),
                self.questionnaire,
                question_id,
                {"value": value},
                seen=seen,
                save_id=save_id,
                at=now,
            )

    def forget(self, plan_id: str) -> None:
        """As if this process had never read the plan."""
        KEPT.keep(plan_id, "forgotten", ((), {}))

    def reply(self, plan_id: str) -> None:
        """What the box is told afterwards takes the plan as a whole; the save does not wait for it."""
        with reading(self.engine) as session:
            plan = fetch_plan(authorize(session, BENCH, plan_id, "view", datetime.now(UTC)))
        view_answer(self.questionnaire, plan, next(self.questionnaire.questions()), BENCH.name)

    def list(self) -> None:
        """The first page of the list of plans, worked out anew where a save has come in between."""
        fetch_summaries(self.engine, self.questionnaire, BENCH, at=datetime.now(UTC), limit=20)

    def read(self, plan_id: str) -> int:
        with reading(self.engine) as session:
            return len(
                fetch_plan(authorize(session, somebody_here("bench"), plan_id, "view", datetime.now(UTC))).answers
            )


def _durable(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _immediate(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


STORES = {"SQLModel floor": Floor, "product": Product}
