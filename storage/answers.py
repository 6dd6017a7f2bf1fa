"""Answers as the database keeps them: what is said now, and everything that was ever said.

A save is one transaction of five short statements. It holds the plan's row first, so that the
saves of one plan follow one another on every replica; compares revisions in the database; and
assesses the plan as it then is, so that no list ever shows a number that no answer supports.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from mcplan.answers import amend, still_fits
from mcplan.plan import Answer, Plan
from questionnaire.errors import AnswerRejected
from questionnaire.model import Question, Questionnaire
from storage.access import PlanAccess
from storage.kept import KEPT
from storage.rows import HISTORY, NoSuchPlan, answer_values, fetch_open, new_stamp, to_answer
from storage.summaries import store_summary
from storage.tables import ANSWERS, PLANS, REVISIONS

__all__ = ["AnsweredMeanwhile", "NoSuchPlan", "Revision", "Saved", "fetch_history", "store_changes"]


MOST_REVISIONS = 20_000
"""Changes of one answer: a day of typing without a pause. More is no person, and would fill the disk."""


class AnsweredMeanwhile(Exception):
    """Somebody else saved this answer after the person's screen was drawn; `answer` is what is stored now."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("A colleague has just answered this question. Your text is kept on your screen.")
        self.answer = answer


@dataclass(frozen=True)
class Saved:
    """An answer as it was stored, and the plan as it is stored now."""

    answer: Answer
    plan: Plan


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
) -> Saved:
    """Keep what a person changed in an answer, for good once the transaction has ended.

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
        NotAllowed: they may not answer.
        NoSuchPlan: the plan was never started.
    """
    access.needs("answer")
    session, by = access.session, access.person.name
    if seen >= MOST_REVISIONS:
        raise AnswerRejected(f"This answer has been changed {MOST_REVISIONS:,} times; there is no room for more.")
    question = _question(questionnaire, question_id)
    plan, at = fetch_open(session, access.plan_id), at.astimezone(UTC)
    seen = _rebased(session, question, plan, seen, changes)
    answer = replace(amend(question, plan, changes, by=by, at=at), revision=seen + 1)
    if not _swap(session.connection(), plan.id, answer, seen, save_id):
        return Saved(_stored_before(session, plan, question, seen, save_id), plan)
    plan = replace(
        plan, answers={**plan.answers, question_id: answer}, revision=plan.revision + 1, changed_at=at, changed_by=by
    )
    _bump(session.connection(), plan)
    store_summary(session, questionnaire, plan)
    return Saved(answer, plan)


def fetch_history(access: PlanAccess, question_id: str) -> list[Revision]:
    """Everything that was ever said to a question, oldest first; empty if nothing was."""
    rows = access.session.connection().execute(HISTORY, {"plan_id": access.plan_id, "question_id": question_id})
    answers = [to_answer(fields) for *fields, _ in rows]
    return [Revision(answer.revision, answer, answer.by, answer.at) for answer in answers if answer.at]


def _rebased(session: Session, question: Question, plan: Plan, seen: int, changes: Mapping[str, object]) -> int:
    """The revision a save is to be compared with: the stored one where it touches other cells than a colleague did."""
    now = plan.answer(question)
    if not question.columns or now.revision <= seen:
        return seen
    rows = session.connection().execute(HISTORY, {"plan_id": plan.id, "question_id": question.id})
    before = next((each for each in (to_answer(fields) for *fields, _ in rows) if each.revision == seen), None)
    return now.revision if still_fits(question, before or Answer(question.id), now, changes) else seen


def _question(questionnaire: Questionnaire, question_id: str) -> Question:
    if not questionnaire.has(question_id):
        raise AnswerRejected("This question is not in the questionnaire any more. Reload the page; your text is kept.")
    return questionnaire.question(question_id)


def _swap(connection: Connection, plan_id: str, answer: Answer, seen: int, save_id: str) -> bool:
    """Put `answer` in the place of revision `seen`, and into the history; False if another stands there."""
    values = answer_values(plan_id, answer, save_id)
    if seen:
        this = {"this_plan": plan_id, "this_question": answer.question_id, "seen": seen}
        swapped = connection.execute(_REPLACE, values | this).rowcount == 1
    else:
        swapped = connection.execute(_FIRST[connection.dialect.name], values).first() is not None
    if swapped:
        connection.execute(_APPEND, values)
    return swapped


def _stored_before(session: Session, plan: Plan, question: Question, seen: int, save_id: str) -> Answer:
    """What this very save has stored the first time it was sent."""
    rows = session.connection().execute(HISTORY, {"plan_id": plan.id, "question_id": question.id})
    for *fields, stored_by in rows:
        answer = to_answer(fields)
        if save_id and stored_by == save_id and answer.revision > seen:
            return answer
    raise AnsweredMeanwhile(plan.answer(question))


def _bump(connection: Connection, plan: Plan) -> None:
    stamp = new_stamp()
    changed = {"revision": plan.revision, "changed_at": plan.changed_at, "changed_by": plan.changed_by, "stamp": stamp}
    connection.execute(_CHANGED, {"this_plan": plan.id} | changed)
    # If the transaction is undone, nobody will ever meet this stamp.
    KEPT.keep(plan.id, stamp, (plan.team, plan.answers))


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
