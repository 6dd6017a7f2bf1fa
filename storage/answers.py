"""Answers as the database keeps them: what is said now, and everything that was ever said.

A save is one transaction of a few short statements. It holds the plan's row first, so that the
saves of one plan follow one another on every replica, and compares revisions in the database. It
reads one answer and scores nothing: whoever wants a number works it out afterwards, from the plan
at its new revision (`storage.summaries`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from mcplan.answers import amend, needed_for, still_fits
from mcplan.plan import Answer, Plan
from questionnaire.errors import AnswerRejected
from questionnaire.model import Question, Questionnaire
from questionnaire.tables import stored_rows
from storage.access import PlanAccess
from storage.kept import KEPT
from storage.rows import (
    HISTORY,
    ONE_REVISION,
    SAME_SAVE,
    NoSuchPlan,
    Opened,
    answer_values,
    fetch_open,
    new_stamp,
    to_answer,
)
from storage.tables import ANSWERS, PLANS, REVISIONS

__all__ = [
    "AnsweredMeanwhile",
    "NoSuchPlan",
    "Revision",
    "append_row",
    "fetch_history",
    "put_row",
    "store_changes",
    "store_confidence",
]


MOST_REVISIONS = 20_000
"""Changes of one answer: a day of typing without a pause. More is no person, and would fill the disk."""


class AnsweredMeanwhile(Exception):
    """Somebody else saved this answer after the person's screen was drawn; `answer` is what is stored now."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("A colleague has just answered this question. Your text is kept on your screen.")
        self.answer = answer


@dataclass(frozen=True)
class Revision:
    """What the team said at one time to one question."""

    revision: int
    """1 for the first; without gaps."""
    answer: Answer
    by: str
    at: datetime


def store_changes(
    access: PlanAccess,
    questionnaire: Questionnaire,
    question_id: str,
    changes: Mapping[str, object],
    *,
    seen: int,
    save_id: str,
    at: datetime,
) -> Answer:
    """Keep what a person changed in an answer, for good once the transaction has ended, and return it as it is kept.

    Two people may answer at once: the first to arrive wins, and the second learns of it.

    Args:
        changes: what they put in, by field, as `mcplan.answers.amend` reads it.
        seen: the revision of the answer on their screen; 0 if there was none.
        save_id: made up anew by the screen for each save. The same one sent again, because the
            reply to the first was lost, gives what the first has stored and changes nothing.
        at: when, with a time zone.

    Raises:
        AnsweredMeanwhile: the stored revision is not the one they saw.
        AnswerRejected: a change does not fit, the plan is archived or deleted, or the question is gone.
        NotAllowed: they may not answer; to say how sure they are takes no more than to comment.
        NoSuchPlan: the plan was never started.
    """
    access.needs(needed_for(changes))
    return _store(access, _question(questionnaire, question_id), changes, seen=seen, save_id=save_id, at=at)


def _store(
    access: PlanAccess, question: Question, changes: Mapping[str, object], *, seen: int, save_id: str, at: datetime
) -> Answer:
    session, by = access.session, access.person.name
    if seen >= MOST_REVISIONS:
        raise AnswerRejected(f"This answer has been changed {MOST_REVISIONS:,} times; there is no room for more.")
    opened, at = fetch_open(session, access.plan_id, question.id), at.astimezone(UTC)
    base = _rebased(session.connection(), question, opened.plan, seen, changes, save_id)
    answer = replace(amend(question, opened.plan, changes, by=by, at=at), revision=base + 1)
    save = _Save(by, at, save_id)
    if _swap(session.connection(), access.plan_id, answer, base, save):
        return _bump(session.connection(), opened, answer, save)
    before = _stored_before(session.connection(), access.plan_id, question, seen, save_id)
    now = opened.plan.answer(question)
    if before is None:
        raise AnsweredMeanwhile(now)
    # The history says who saved it, the answer who wrote it.
    return now if now.revision == before.revision else before


def append_row(
    access: PlanAccess, questionnaire: Questionnaire, question_id: str, row: Mapping[str, object], *, at: datetime
) -> Answer:
    """Put a row at the end of a table, on top of what colleagues have stored; one that is there already stays as it is.

    Args:
        row: by column, as `questionnaire.cells` reads them, and its `id`: made before the work
            (`pages.kit.desk.new_id`), so that doing it again makes no second row.

    Raises:
        AnswerRejected, NotAllowed, NoSuchPlan: as `store_changes`.
    """
    access.needs("answer")
    return put_row(access, questionnaire, question_id, row, at=at)


def put_row(
    access: PlanAccess, questionnaire: Questionnaire, question_id: str, row: Mapping[str, object], *, at: datetime
) -> Answer:
    """The same for what follows from something else that the person may do, such as a decision with conditions."""
    access.needs("view")
    question = _question(questionnaire, question_id)
    now = fetch_open(access.session, access.plan_id, question_id).plan.answer(question)
    id = str(row["id"])
    if any(each["id"] == id for each in stored_rows(question, now.value)):
        return now
    cells = {column: cell for column, cell in row.items() if column != "id"}
    return _store(access, question, {"rows": {id: cells}}, seen=now.revision, save_id=f"row-{id}", at=at)


def store_confidence(
    access: PlanAccess,
    questionnaire: Questionnaire,
    question_id: str,
    numbers: Mapping[str, int],
    *,
    save_id: str,
    at: datetime,
) -> None:
    """Keep how sure several people are of an answer, in one revision; what others said of it before stays.

    Args:
        access: the plan, and whoever asked them.
        questionnaire: what the plan is asked.
        question_id: the question.
        numbers: 1 (a guess) to 5 (sure) by name.
        save_id: names this save in the history.
        at: when, with a time zone.

    Raises:
        AnswerRejected: the plan is archived or deleted, or the question is gone.
        NotAllowed: they may not facilitate.
    """
    access.needs("facilitate")
    question = _question(questionnaire, question_id)
    opened = fetch_open(access.session, access.plan_id, question_id)
    now = opened.plan.answer(question)
    answer = replace(now, confidence={**now.confidence, **numbers}, revision=now.revision + 1)
    save = _Save(access.person.name, at.astimezone(UTC), save_id)
    # Whoever writes holds the plan until the transaction ends, so nobody can have come in between.
    if _swap(access.session.connection(), access.plan_id, answer, now.revision, save):
        _bump(access.session.connection(), opened, answer, save)


def fetch_history(access: PlanAccess, question_id: str) -> list[Revision]:
    """Everything that was ever said to a question, oldest first; empty if nothing was."""
    rows = access.session.connection().execute(HISTORY, {"plan_id": access.plan_id, "question_id": question_id})
    answers = [to_answer(fields) for *fields, _ in rows]
    return [Revision(answer.revision, answer, answer.by, answer.at) for answer in answers if answer.at]


def _rebased(
    connection: Connection, question: Question, plan: Plan, seen: int, changes: Mapping[str, object], save_id: str
) -> int:
    """The revision a save is to be compared with: the stored one where it touches other cells than a colleague did."""
    now = plan.answer(question)
    if not question.columns or now.revision <= seen:
        return seen
    if _stored_before(connection, plan.id, question, seen, save_id):
        return seen
    this = {"plan_id": plan.id, "question_id": question.id, "revision": seen}
    row = connection.execute(ONE_REVISION, this).first()
    before = to_answer(row[:-1]) if row else Answer(question.id)
    return now.revision if still_fits(question, before, now, changes) else seen


def _question(questionnaire: Questionnaire, question_id: str) -> Question:
    if not questionnaire.has(question_id):
        raise AnswerRejected("This question is not in the questionnaire any more. Reload the page; your text is kept.")
    return questionnaire.question(question_id)


class _Save(NamedTuple):
    """Who saves an answer, and when; they need not have written it, if they only say how sure they are."""

    by: str
    at: datetime
    save_id: str


def _swap(connection: Connection, plan_id: str, answer: Answer, seen: int, save: _Save) -> bool:
    """Put `answer` in the place of revision `seen`, and into the history; False if another stands there."""
    # What nobody has written yet has no author, but a time it must have.
    values = answer_values(plan_id, replace(answer, at=answer.at or save.at), save.save_id)
    if seen:
        this = {"this_plan": plan_id, "this_question": answer.question_id, "seen": seen}
        swapped = connection.execute(_REPLACE, values | this).rowcount == 1
    else:
        swapped = connection.execute(_FIRST[connection.dialect.name], values).first() is not None
    if swapped:
        connection.execute(_APPEND, values | {"by": save.by, "at": save.at})
    return swapped


def _stored_before(connection: Connection, plan_id: str, question: Question, seen: int, save_id: str) -> Answer | None:
    """What this very save has stored the first time it was sent; None if it never was."""
    this = {"plan_id": plan_id, "question_id": question.id}
    if question.columns:
        # It may have gone on top of what others had stored meanwhile.
        row = connection.execute(SAME_SAVE, this | {"seen": seen, "save_id": save_id}).first()
    else:
        row = connection.execute(ONE_REVISION, this | {"revision": seen + 1}).first()
    return to_answer(row[:-1]) if row and save_id and row.save_id == save_id else None


def _bump(connection: Connection, opened: Opened, answer: Answer, save: _Save) -> Answer:
    """Bring the plan to its next revision, and give the answer as it is kept."""
    plan, stamp, answer = opened.plan, new_stamp(), replace(answer, at=answer.at or save.at)
    changed = {"revision": plan.revision + 1, "changed_at": save.at, "changed_by": save.by, "stamp": stamp}
    connection.execute(_CHANGED, {"this_plan": plan.id} | changed)
    # If the transaction is undone, nobody will ever meet this stamp.
    KEPT.follow(plan.id, opened.stamp, stamp, answer)
    return answer


_REPLACE = update(ANSWERS).where(
    ANSWERS.c.plan_id == bindparam("this_plan"),
    ANSWERS.c.question_id == bindparam("this_question"),
    ANSWERS.c.revision == bindparam("seen"),
)
_FIRST = {
    name: insert_at(ANSWERS).on_conflict_do_nothing().returning(ANSWERS.c.revision)
    for name, insert_at in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_APPEND = insert(REVISIONS)
_CHANGED = update(PLANS).where(PLANS.c.id == bindparam("this_plan"))
