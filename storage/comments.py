"""Comments as the database keeps them, each change with its event and its step of the plan's `talk` number.

Nothing of it touches answers, the plan's revision or how the plan stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from mcplan.comments import (
    MOST_COMMENTS,
    Comment,
    CommentRefused,
    Talk,
    Thread,
    assignee_name,
    read_assignee,
    read_comment,
    refuse_edit,
)
from mcplan.plan import Plan
from mcplan.text import shorten
from questionnaire.model import Questionnaire
from storage.access import PlanAccess
from storage.events import record
from storage.rows import fetch_open
from storage.tables import COMMENTS, PLANS

NAME = 80
"""Characters of its first comment by which a thread is called in the history."""


class EditedMeanwhile(Exception):
    """The comment was changed after the person's screen was drawn: by themselves, in another window."""

    def __init__(self) -> None:
        super().__init__("You have changed this comment in another window. Save once more to put this text in place.")


def store_comment(
    access: PlanAccess,
    questionnaire: Questionnaire,
    comment_id: str,
    raw: object,
    *,
    question_id: str = "",
    thread_id: str = "",
    at: datetime,
) -> None:
    """Keep something a person says, as a new thread or as a reply, which opens a settled thread again.

    Args:
        access: the plan and the person.
        questionnaire: what the plan is asked.
        comment_id: made up by the screen. The same comment sent again, because the reply to the
            first was lost, is stored once.
        raw: what they typed.
        question_id: what a new thread is about; empty for the plan as a whole.
        thread_id: what it is a reply to; empty for a new thread.
        at: when, with a time zone.

    Raises:
        CommentRefused: the text does not fit, or there is no room, no such question or no such thread.
        AnswerRejected: the plan is archived or deleted.
        NotAllowed: they may not comment.
    """
    _open(access)
    text = read_comment(raw)
    if _is_stored_by(access, comment_id):
        return
    _refuse_full(access)
    thread = _thread(access, thread_id) if thread_id else None
    question_id = thread.question_id if thread else _question(questionnaire, question_id)
    connection = access.session.connection()
    row = {
        "id": comment_id, "plan_id": access.plan_id, "question_id": question_id, "thread_id": thread_id or comment_id,
        "text": text, "by": access.person.name, "person_id": access.person.id, "at": at.astimezone(UTC),
        "edited_at": None, "resolved_at": None, "resolved_by": "", "assignee": "", "revision": 1,
    }  # fmt: skip
    if connection.execute(_ADD[connection.dialect.name], row).first() is None:
        raise CommentRefused("This comment cannot be stored. Copy the text, reload the page and write it again.")
    _note(access, "comment", at, question_id, after=shorten(text, NAME))
    if thread and not thread.is_open:
        reopen_thread(access, thread.id, at=at)


def edit_comment(access: PlanAccess, comment_id: str, raw: object, *, seen: int, at: datetime) -> None:
    """Keep another text of a comment for its author; the one before stays in the history.

    Args:
        access: the plan and the person.
        comment_id: the comment.
        raw: what they typed.
        seen: the revision of the comment on their screen.
        at: when, with a time zone.

    Raises:
        EditedMeanwhile: the stored revision is not the one they saw, and holds another text.
        CommentRefused: it is not theirs, it is not there, or the text does not fit.
        AnswerRejected: the plan is archived or deleted.
        NotAllowed: they may not comment.
    """
    _open(access)
    text, thread = read_comment(raw), _thread_with(access, comment_id)
    comment = _comment(thread, comment_id)
    refuse_edit(comment, access.person)
    if comment.text == text:
        return
    these = {"this_comment": comment_id, "seen": seen}
    changed = {"text": text, "edited_at": at.astimezone(UTC), "revision": seen + 1}
    if access.session.connection().execute(_EDIT, these | changed).rowcount != 1:
        raise EditedMeanwhile
    _note(access, "comment edited", at, thread.question_id, before=comment.text, after=shorten(text, NAME))


def settle_thread(access: PlanAccess, thread_id: str, *, at: datetime) -> None:
    """Keep that a thread needs nobody any more; nothing if that is so already.

    Raises:
        CommentRefused, AnswerRejected, NotAllowed: as `store_comment`.
    """
    _open(access)
    thread = _thread(access, thread_id)
    if thread.is_open:
        _change(access, thread, {"resolved_at": at.astimezone(UTC), "resolved_by": access.person.name})
        _note(access, "comment resolved", at, thread.question_id, name=_name(thread))


def reopen_thread(access: PlanAccess, thread_id: str, *, at: datetime) -> None:
    """Keep that a settled thread is open again; nothing if that is so already.

    Raises:
        CommentRefused, AnswerRejected, NotAllowed: as `store_comment`.
    """
    _open(access)
    thread = _thread(access, thread_id)
    if not thread.is_open:
        _change(access, thread, {"resolved_at": None, "resolved_by": ""})
        _note(access, "comment reopened", at, thread.question_id, name=_name(thread))


def assign_thread(access: PlanAccess, thread_id: str, raw: object, *, at: datetime) -> None:
    """Keep who is asked to look at a thread: a member of the team by id, or nobody.

    Raises:
        CommentRefused: there is no such member, or as `store_comment`.
        AnswerRejected, NotAllowed: as `store_comment`.
    """
    plan = _open(access)
    thread, assignee = _thread(access, thread_id), read_assignee(raw, plan)
    if thread.assignee == assignee:
        return
    before = assignee_name(thread, plan)
    _change(access, thread, {"assignee": assignee})
    after = next((member.name for member in plan.team if member.id == assignee), "")
    kind = "comment assigned" if after else "comment unassigned"
    _note(access, kind, at, thread.question_id, name=_name(thread), before=before, after=after)


def fetch_threads(access: PlanAccess, question_id: str | None = None) -> list[Thread]:
    """The threads at a question ("" for the plan itself), or all of the plan (None), in the order they began."""
    access.needs("view")
    connection = access.session.connection()
    if question_id is None:
        return _threads(connection.execute(_ALL))
    return _threads(connection.execute(_AT_QUESTION, {"this_question": question_id}))


def read_threads(session: Session) -> list[Thread]:
    """All threads of the plan in the scope of a transaction, for work that opens no plan for anybody."""
    return _threads(session.connection().execute(_ALL))


def fetch_counts(access: PlanAccess) -> dict[str, Talk]:
    """How many threads there are at each question that has one; under "" those about the plan itself."""
    access.needs("view")
    rows = access.session.connection().execute(_COUNTS)
    return {question_id: Talk(still_open, total) for question_id, still_open, total in rows}


def fetch_talk(access: PlanAccess) -> int:
    """The number that goes up with every change of a comment of the plan."""
    access.needs("view")
    return int(access.session.connection().execute(_TALK, {"this_plan": access.plan_id}).scalar_one())


def _open(access: PlanAccess) -> Plan:
    access.needs("comment")
    return fetch_open(access.session, access.plan_id).plan


def _question(questionnaire: Questionnaire, question_id: str) -> str:
    if question_id and not questionnaire.has(question_id):
        raise CommentRefused("This question is not in the questionnaire any more. Reload the page; your text is kept.")
    return question_id


def _is_stored_by(access: PlanAccess, comment_id: str) -> bool:
    thread_id = access.session.connection().execute(_THREAD_OF, {"this_comment": comment_id}).scalar()
    return bool(thread_id) and _comment(_thread(access, str(thread_id)), comment_id).is_by(access.person)


def _refuse_full(access: PlanAccess) -> None:
    # Whoever writes holds the plan until the transaction ends, so nobody can come in between.
    if access.session.connection().execute(_HOW_MANY).scalar_one() >= MOST_COMMENTS:
        raise CommentRefused(
            f"This plan has {MOST_COMMENTS} comments, and there is no room for more. Put what matters into the answers."
        )


def _thread(access: PlanAccess, thread_id: str) -> Thread:
    found = _threads(access.session.connection().execute(_THREAD, {"this_thread": thread_id}))
    if not found:
        raise CommentRefused("This thread is not there. Reload the page; your text is kept.")
    return found[0]


def _thread_with(access: PlanAccess, comment_id: str) -> Thread:
    thread_id = access.session.connection().execute(_THREAD_OF, {"this_comment": comment_id}).scalar()
    return _thread(access, thread_id or "")


def _comment(thread: Thread, comment_id: str) -> Comment:
    return next(comment for comment in thread.comments if comment.id == comment_id)


def _change(access: PlanAccess, thread: Thread, changed: dict[str, Any]) -> None:
    access.session.connection().execute(_CHANGE, {"this_comment": thread.id} | changed)


def _note(access: PlanAccess, kind: str, at: datetime, question_id: str, **details: str) -> None:
    record(access, kind, at, question_id=question_id, **details)
    access.session.connection().execute(_BUMP, {"this_plan": access.plan_id})


def _name(thread: Thread) -> str:
    return shorten(thread.began.text, NAME)


def _threads(rows: Iterable[Any]) -> list[Thread]:
    """Rows into threads. The first comment leads its thread, whatever the clocks of several servers say."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.thread_id, []).append(row)
    threads = []
    for thread_id, members in found.items():
        members.sort(key=lambda row: row.id != thread_id)
        first = members[0]
        comments = tuple(
            Comment(row.id, row.text, row.by, row.person_id, row.at, row.edited_at, row.revision) for row in members
        )
        threads.append(
            Thread(thread_id, first.question_id, comments, first.resolved_at, first.resolved_by, first.assignee)
        )
    return threads


_ALL = select(COMMENTS).order_by(COMMENTS.c.at, COMMENTS.c.id)
_AT_QUESTION = _ALL.where(COMMENTS.c.question_id == bindparam("this_question"))
_THREAD = _ALL.where(COMMENTS.c.thread_id == bindparam("this_thread"))
_THREAD_OF = select(COMMENTS.c.thread_id).where(COMMENTS.c.id == bindparam("this_comment"))
_HOW_MANY = select(func.count()).select_from(COMMENTS)
_COUNTS = (
    select(COMMENTS.c.question_id, func.sum(case((COMMENTS.c.resolved_at.is_(None), 1), else_=0)), func.count())
    .where(COMMENTS.c.id == COMMENTS.c.thread_id)
    .group_by(COMMENTS.c.question_id)
)
_ADD = {
    name: insert_at(COMMENTS).on_conflict_do_nothing().returning(COMMENTS.c.id)
    for name, insert_at in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_EDIT = update(COMMENTS).where(COMMENTS.c.id == bindparam("this_comment"), COMMENTS.c.revision == bindparam("seen"))
_CHANGE = update(COMMENTS).where(COMMENTS.c.id == bindparam("this_comment"))
_TALK = select(PLANS.c.talk).where(PLANS.c.id == bindparam("this_plan"))
_BUMP = update(PLANS).where(PLANS.c.id == bindparam("this_plan")).values(talk=PLANS.c.talk + 1)
