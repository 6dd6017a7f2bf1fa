"""Everything that happened to a plan, in one stream; and the history of one answer, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, String, bindparam, cast, literal, select, tuple_, union_all

from mcplan.plan import Answer
from mcplan.timeline import Event
from storage.access import PlanAccess
from storage.rows import answer_columns, to_answer
from storage.tables import EVENTS, REVISIONS


class Entry(NamedTuple):
    """One thing that happened: an answer was changed, or something else was done to the plan."""

    at: datetime
    by: str
    question_id: str
    event: Event | None
    """None for a change of an answer."""
    answer: Answer | None
    """The answer as it then was."""
    before: Answer | None
    """The answer as it was before; None if it was the first."""


def fetch_timeline(
    access: PlanAccess,
    *,
    by: str = "",
    question_ids: Sequence[str] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    most: int = 50,
    skip: int = 0,
) -> list[Entry]:
    """What happened to a plan, the latest first.

    Args:
        access: the plan.
        by: only what this person did; empty for everybody.
        question_ids: only what happened at these questions; None for everything.
        since: only from this moment on.
        until: only before this moment.
        most: entries at most.
        skip: how many to leave out first.
    """
    access.needs("view")
    limits = (by, question_ids, since, until)
    stream = union_all(_limited(_CHANGES, REVISIONS, *limits), _limited(_EVENTS, EVENTS, *limits)).subquery()
    page = select(stream).order_by(stream.c.at.desc(), stream.c.place.desc(), stream.c.question_id)
    rows = access.session.connection().execute(page.limit(most).offset(skip)).all()
    answers = _answers(access, [(row.question_id, row.place) for row in rows if not row.kind])
    events = _events(access, [row.place for row in rows if row.kind])
    return [_entry(row, answers, events) for row in rows]


def fetch_revisions(access: PlanAccess, question_id: str, *, below: int, most: int) -> list[Answer]:
    """The revisions of an answer below one of them, the latest first."""
    access.needs("view")
    rows = access.session.connection().execute(_REVISIONS, {"this_question": question_id, "below": below, "most": most})
    return [to_answer(row) for row in rows]


def fetch_question_events(access: PlanAccess, question_id: str, kind: str) -> list[Event]:
    """What was done at a question other than to its answer, the latest first; of one kind."""
    access.needs("view")
    rows = access.session.connection().execute(_AT_QUESTION, {"this_question": question_id, "kind": kind})
    return [Event(*row) for row in rows]


def fetch_authors(access: PlanAccess) -> list[str]:
    """Everybody who ever did something to the plan, by name."""
    access.needs("view")
    return list(access.session.connection().execute(_AUTHORS).scalars())


def _limited(
    statement: Select[Any],
    table: Any,
    by: str,
    question_ids: Sequence[str] | None,
    since: datetime | None,
    until: datetime | None,
) -> Select[Any]:
    if by:
        statement = statement.where(table.c.by == by)
    if question_ids is not None:
        statement = statement.where(table.c.question_id.in_(question_ids))
    if since is not None:
        statement = statement.where(table.c.at >= since)
    return statement if until is None else statement.where(table.c.at < until)


def _answers(access: PlanAccess, changed: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Answer]:
    wanted = {*changed, *((question_id, revision - 1) for question_id, revision in changed)}
    rows = access.session.connection().execute(_THESE, {"these": list(wanted)}) if wanted else ()
    return {(row[0], row[8]): to_answer(row) for row in rows}


def _events(access: PlanAccess, ids: Sequence[int]) -> dict[int, Event]:
    rows = access.session.connection().execute(_THESE_EVENTS, {"these": list(ids)}) if ids else ()
    return {id: Event(*fields) for id, *fields in rows}


def _entry(row: Any, answers: dict[tuple[str, int], Answer], events: dict[int, Event]) -> Entry:
    if row.kind:
        return Entry(row.at, row.by, row.question_id, events[row.place], None, None)
    now, before = answers[row.question_id, row.place], answers.get((row.question_id, row.place - 1))
    return Entry(row.at, row.by, row.question_id, None, now, before)


_CHANGES = select(
    REVISIONS.c.at, REVISIONS.c.by, REVISIONS.c.question_id, REVISIONS.c.revision.label("place"),
    cast(literal(""), String).label("kind"),
)  # fmt: skip
_EVENTS = select(EVENTS.c.at, EVENTS.c.by, EVENTS.c.question_id, EVENTS.c.id.label("place"), EVENTS.c.kind)
_COLUMNS = tuple(answer_columns(REVISIONS))
_THESE = select(*_COLUMNS).where(
    tuple_(REVISIONS.c.question_id, REVISIONS.c.revision).in_(bindparam("these", expanding=True))
)
_FIELDS = tuple(EVENTS.c[name] for name in ("kind", "by", "at", "question_id", "details"))
_THESE_EVENTS = select(EVENTS.c.id, *_FIELDS).where(EVENTS.c.id.in_(bindparam("these", expanding=True)))
_AT_QUESTION = (
    select(*_FIELDS)
    .where(EVENTS.c.question_id == bindparam("this_question"), EVENTS.c.kind == bindparam("kind"))
    .order_by(EVENTS.c.id.desc())
)
_REVISIONS = (
    select(*_COLUMNS)
    .where(REVISIONS.c.question_id == bindparam("this_question"), REVISIONS.c.revision < bindparam("below"))
    .order_by(REVISIONS.c.revision.desc())
    .limit(bindparam("most"))
)
_EVERYBODY = union_all(select(REVISIONS.c.by).distinct(), select(EVENTS.c.by).distinct()).subquery()
_AUTHORS = select(_EVERYBODY.c.by).distinct().order_by(_EVERYBODY.c.by)
