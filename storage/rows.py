"""Plans and answers out of rows, and rows out of them.

Readiness, risks and findings look at all of a plan, so each save needs it whole: one statement
while its team and answers are still known here (`storage.kept`), else three, however many
answers it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import BindParameter, ColumnElement, Connection, Table, bindparam, select, type_coerce
from sqlalchemy.types import NullType
from sqlmodel import Session

from mcplan.plan import Answer, Evidence, Member, Plan
from questionnaire.errors import AnswerRejected
from questionnaire.model import Stage
from storage.kept import KEPT, Content
from storage.schema import writes
from storage.tables import ANSWERS, MEMBERS, PLANS, REVISIONS, read_json


class NoSuchPlan(LookupError):
    """There is no plan with this id; the message is shown to the person as is."""


class Stored(NamedTuple):
    """A plan as it is stored, and whether it is deleted."""

    plan: Plan
    is_deleted: bool


def fetch_stored(session: Session, plan_id: str) -> Stored:
    """The plan with its team and answers, deleted or not.

    In a write transaction it stays as it is until that ends: who else writes to the plan waits.

    Raises:
        NoSuchPlan: it was never started.
    """
    connection = session.connection()
    row = connection.execute(_HELD_PLAN if writes(connection) else _PLAN, {"plan_id": plan_id}).first()
    if row is None:
        raise NoSuchPlan("This plan is no longer there.")
    *facts, revision, changed_at, changed_by, archived_at, deleted_at, stamp = row
    team, answers = KEPT.find(plan_id, stamp) or _fetch_content(connection, plan_id, stamp)
    plan = Plan(
        plan_id, **dict(zip(FACTS, facts, strict=True)), team=team, answers=answers,
        revision=revision, changed_at=changed_at, changed_by=changed_by, archived_at=archived_at,
    )  # fmt: skip
    return Stored(plan, deleted_at is not None)


def _fetch_content(connection: Connection, plan_id: str, stamp: str) -> Content:
    team = tuple(Member(*member) for member in connection.execute(_TEAM, {"plan_id": plan_id}))
    answers = {row[0]: to_answer(row) for row in connection.execute(_ANSWERS, {"plan_id": plan_id}).all()}
    KEPT.keep(plan_id, stamp, (team, answers))
    return team, answers


def new_stamp() -> str:
    """A stamp for the plan's row, to be stored in the transaction that stores its team or answers."""
    return uuid4().hex


def fetch_open(session: Session, plan_id: str) -> Plan:
    """The plan, if it may be changed.

    Raises:
        NoSuchPlan: it was never started.
        AnswerRejected: it is archived or deleted.
    """
    plan, is_deleted = fetch_stored(session, plan_id)
    if is_deleted:
        raise AnswerRejected("This plan has been deleted, so nothing can be changed in it. Restore it first.")
    if plan.archived_at is not None:
        raise AnswerRejected(
            "This plan is archived, so nothing can be changed in it. Take it out of the archive first."
        )
    return plan


def to_answer(row: Iterable[Any]) -> Answer:
    """The answer in a row of `ANSWER_COLUMNS`, as the driver gives it."""
    question_id, value, note, stage, owner, evidence, confidence, not_applicable, revision, by, at = row
    answer = Answer.__new__(Answer)
    # A frozen dataclass sets its fields one by one, and dearly. A save after a start makes all answers of a plan.
    object.__setattr__(answer, "__dict__", {
        "question_id": question_id,
        "value": read_json(value),
        "note": note,
        "stage": STAGES[stage],
        "owner": owner,
        "evidence": () if evidence == "[]" else tuple([Evidence(**item) for item in read_json(evidence)]),
        "confidence": {} if confidence == "{}" else read_json(confidence),
        "not_applicable": not_applicable,
        "revision": revision,
        "by": by,
        # SQLite keeps UTC as text without an offset.
        "at": datetime.fromisoformat(f"{at}+00:00") if isinstance(at, str) else at.astimezone(UTC),
    })  # fmt: skip
    return answer


def answer_values(plan_id: str, answer: Answer, save_id: str) -> dict[str, Any]:
    """The columns of `answer`, for its own row and for its row in the history alike."""
    return {
        "plan_id": plan_id,
        "question_id": answer.question_id,
        "value": answer.value,
        "note": answer.note,
        "stage": int(answer.stage),
        "owner": answer.owner,
        "evidence": [asdict(item) for item in answer.evidence],
        "confidence": dict(answer.confidence),
        "not_applicable": answer.not_applicable,
        "revision": answer.revision,
        "by": answer.by,
        "at": answer.at,
        "save_id": save_id,
    }


def plan_values(plan: Plan) -> dict[str, Any]:
    """The columns of a plan's own row but `deleted_at`, for a change of the plan."""
    return {"stamp": new_stamp()} | {
        name: getattr(plan, name) for name in (*FACTS, "id", "revision", "changed_at", "changed_by", "archived_at")
    }


def member_values(plan_id: str, team: Iterable[Member]) -> list[Mapping[str, Any]]:
    """The rows of a team, in its order."""
    return [{"plan_id": plan_id, "place": place, **asdict(member)} for place, member in enumerate(team)]


STAGES = tuple(Stage)
FACTS = ("title", "gate", "institution", "unit", "summary", "board", "start")
ANSWER_COLUMNS = (
    "question_id", "value", "note", "stage", "owner", "evidence", "confidence", "not_applicable",
    "revision", "by", "at",
)  # fmt: skip
"""In the order of the fields of `Answer`."""


def answer_columns(table: Table) -> Iterator[ColumnElement[Any]]:
    """The columns of an answer as the driver gives them: to decode them one by one costs twice what the read does."""
    return (type_coerce(table.c[name], NullType()) for name in ANSWER_COLUMNS)


# Built once: building a statement costs more than running it.
_THIS_PLAN: BindParameter[str] = bindparam("plan_id")
_PLAN = select(
    *(PLANS.c[name] for name in (*FACTS, "revision", "changed_at", "changed_by", "archived_at", "deleted_at", "stamp"))
).where(PLANS.c.id == _THIS_PLAN)
_HELD_PLAN = _PLAN.with_for_update()
_TEAM = (
    select(MEMBERS.c.id, MEMBERS.c.name, MEMBERS.c.role)
    .where(MEMBERS.c.plan_id == _THIS_PLAN)
    .order_by(MEMBERS.c.place, MEMBERS.c.id)
)
_ANSWERS = select(*answer_columns(ANSWERS)).where(ANSWERS.c.plan_id == _THIS_PLAN).order_by(ANSWERS.c.question_id)
HISTORY = (
    select(*answer_columns(REVISIONS), REVISIONS.c.save_id)
    .where(REVISIONS.c.plan_id == _THIS_PLAN, REVISIONS.c.question_id == bindparam("question_id"))
    .order_by(REVISIONS.c.revision)
)
"""Everything that was ever said to one question of one plan, oldest first."""
