"""Plans and answers out of rows, and rows out of them.

Readiness, risks and findings look at all of a plan: to read it whole takes one statement while its
team and answers are still known here (`storage.kept`), else three, however many answers it has. A
save needs little of it (`fetch_open`), and costs the same however much was answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import BindParameter, ColumnElement, Connection, Row, Table, bindparam, select, type_coerce
from sqlalchemy.types import NullType
from sqlmodel import Session

from mcplan.plan import Answer, Evidence, Member, Plan
from questionnaire.errors import AnswerRejected
from questionnaire.model import Stage
from storage.kept import KEPT, Content
from storage.plain_json import read_json
from storage.schema import writes
from storage.tables import ANSWERS, MEMBERS, PLANS, REVISIONS


class NoSuchPlan(LookupError):
    """There is no plan with this id; the message is shown to the person as is."""


class Stored(NamedTuple):
    """A plan as it is stored, and whether it is deleted."""

    plan: Plan
    is_deleted: bool


class Opened(NamedTuple):
    """A plan that may be changed, as far as a save needs it, and the stamp of what was kept of it."""

    plan: Plan
    stamp: str


def fetch_stored(session: Session, plan_id: str) -> Stored:
    """The plan with its team and answers, deleted or not.

    In a write transaction it stays as it is until that ends: who else writes to the plan waits.

    Raises:
        NoSuchPlan: it was never started.
    """
    connection = session.connection()
    row = _fetch_row(connection, plan_id)
    return Stored(_plan(row, KEPT.find(plan_id, row.stamp) or _fetch_content(connection, row)), bool(row.deleted_at))


def fetch_open(session: Session, plan_id: str, question_id: str = "") -> Opened:
    """The plan as far as a save needs it, if it may be changed: facts, team, and its answer to one question alone.

    Never score this plan, since its other answers are missing. In a write transaction it stays as
    it is until that ends.

    Raises:
        NoSuchPlan: it was never started.
        AnswerRejected: it is archived or deleted.
    """
    connection = session.connection()
    row = _fetch_row(connection, plan_id)
    if row.deleted_at is not None:
        raise AnswerRejected("This plan has been deleted, so nothing can be changed in it. Restore it first.")
    if row.archived_at is not None:
        raise AnswerRejected(
            "This plan is archived, so nothing can be changed in it. Take it out of the archive first."
        )
    team, answers = KEPT.find(plan_id, row.stamp) or _fetch_part(connection, plan_id, question_id)
    one = {id: answer for id in (question_id,) if (answer := answers.get(id))}
    return Opened(_plan(row, (team, one)), row.stamp)


def _fetch_row(connection: Connection, plan_id: str) -> Row[Any]:
    row = connection.execute(_HELD_PLAN if writes(connection) else _PLAN, {"plan_id": plan_id}).first()
    if row is None:
        raise NoSuchPlan("This plan is no longer there.")
    return row


def _plan(row: Sequence[Any], content: Content) -> Plan:
    *facts, revision, changed_at, changed_by, archived_at, _, _, plan_id = row
    team, answers = content
    return Plan(
        plan_id, **dict(zip(FACTS, facts, strict=True)), team=team, answers=answers,
        revision=revision, changed_at=changed_at, changed_by=changed_by, archived_at=archived_at,
    )  # fmt: skip


def _fetch_content(connection: Connection, row: Row[Any]) -> Content:
    answers = {each[0]: to_answer(each) for each in connection.execute(_ANSWERS, {"plan_id": row.id}).all()}
    content = _fetch_team(connection, row.id), answers
    KEPT.keep(row.id, row.stamp, content)
    return content


def _fetch_part(connection: Connection, plan_id: str, question_id: str) -> Content:
    these = {"plan_id": plan_id, "question_id": question_id}
    found = connection.execute(_ANSWER, these).first() if question_id else None
    return _fetch_team(connection, plan_id), {question_id: to_answer(found)} if found else {}


def _fetch_team(connection: Connection, plan_id: str) -> tuple[Member, ...]:
    return tuple(Member(*member) for member in connection.execute(_TEAM, {"plan_id": plan_id}))


def new_stamp() -> str:
    """A stamp for the plan's row, to be stored in the transaction that stores its team or answers."""
    return uuid4().hex


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
    """The columns of a new plan's own row."""
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
    *(
        PLANS.c[name]
        for name in (*FACTS, "revision", "changed_at", "changed_by", "archived_at", "deleted_at", "stamp", "id")
    )
).where(PLANS.c.id == _THIS_PLAN)
_HELD_PLAN = _PLAN.with_for_update()
_TEAM = (
    select(MEMBERS.c.id, MEMBERS.c.name, MEMBERS.c.role)
    .where(MEMBERS.c.plan_id == _THIS_PLAN)
    .order_by(MEMBERS.c.place, MEMBERS.c.id)
)
_ANSWERS = select(*answer_columns(ANSWERS)).where(ANSWERS.c.plan_id == _THIS_PLAN).order_by(ANSWERS.c.question_id)
_ANSWER = select(*answer_columns(ANSWERS)).where(
    ANSWERS.c.plan_id == _THIS_PLAN, ANSWERS.c.question_id == bindparam("question_id")
)
HISTORY = (
    select(*answer_columns(REVISIONS), REVISIONS.c.save_id)
    .where(REVISIONS.c.plan_id == _THIS_PLAN, REVISIONS.c.question_id == bindparam("question_id"))
    .order_by(REVISIONS.c.revision)
)
"""Everything that was ever said to one question of one plan, oldest first."""
ONE_REVISION = HISTORY.where(REVISIONS.c.revision == bindparam("revision"))
"""The same at one revision."""
SAME_SAVE = HISTORY.where(REVISIONS.c.revision > bindparam("seen"), REVISIONS.c.save_id == bindparam("save_id")).limit(
    1
)
"""What one save has stored, if it was sent by a screen that saw revision `seen`."""
