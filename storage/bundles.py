"""Plans as files, on their way out of the database and back in.

What a file says of its own past, who said what and when, comes in as it is, and marked: names are text, never
accounts of this installation. What it changes in a plan that is there already goes the way of every save
(`storage.answers.store_changes`), as the person at the screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from mcplan.bundle import Bundle
from mcplan.comments import Thread
from mcplan.facts import amend_facts, read_member
from mcplan.incoming import Proposal
from mcplan.numbers import count
from mcplan.people import Person
from mcplan.plan import Answer
from mcplan.timeline import ELSEWHERE, OF_PEOPLE, Event
from questionnaire.errors import AnswerRejected
from questionnaire.model import Questionnaire
from storage.access import PlanAccess
from storage.answers import AnsweredMeanwhile, store_changes
from storage.bundle_records import fetch_records, store_records
from storage.comments import fetch_threads
from storage.events import record, was_recorded
from storage.plans import fetch_plan, insert_rows, put_down
from storage.rows import FACTS, answer_columns, answer_values, to_answer
from storage.tables import COMMENTS, EVENTS, PLANS, REVISIONS

CLOCKS = timedelta(days=1)
"""How far the clock of another installation may be ahead."""


def fetch_bundle(access: PlanAccess, questionnaire: Questionnaire) -> Bundle:
    """All of a plan, to be taken away.

    Raises:
        NotAllowed: they may not take anything away.
        NoSuchPlan: it has been deleted.
    """
    access.needs("export")
    plan = fetch_plan(access)
    records = fetch_records(access)
    return Bundle(
        plan=replace(plan, archived_at=None),
        questionnaire=questionnaire,
        history=tuple(fetch_all_revisions(access)),
        threads=tuple(fetch_threads(access)),
        events=tuple(_fetch_events(access)),
        versions=records.versions,
        rounds=records.rounds,
    )


def fetch_all_revisions(access: PlanAccess) -> list[Answer]:
    """Every revision of every answer, by question and revision."""
    access.needs("view")
    return [to_answer(row) for row in access.session.connection().execute(_REVISIONS)]


def start_from_bundle(
    session: Session, questionnaire: Questionnaire, bundle: Bundle, *, id: str, person: Person, at: datetime
) -> str:
    """Keep the plan of a bundle as a new one with all its past, and return its id; the person owns it.

    Args:
        session: a transaction that has opened no plan.
        questionnaire: what is asked here. Answers to other questions are kept as well.
        bundle: as it was read.
        id: made before; with the same one the plan is brought in once however often this is called.
        person: who brings it in.
        at: when, with a time zone.

    Raises:
        AnswerRejected: a fact or a member does not fit, or something in it lies in the future.
    """
    _refuse_future(bundle, at)
    plan = amend_facts(bundle.plan, {name: getattr(bundle.plan, name) for name in FACTS})
    team = tuple(read_member(member) for member in plan.team)
    plan = replace(plan, id=id, team=team, changed_at=at, changed_by=person.name, archived_at=None)
    history = [answer_values(id, each, ELSEWHERE) for each in bundle.history]
    access = put_down(session, questionnaire, plan, history, person=person, at=at)
    if access:
        insert_rows(session, COMMENTS, [row for thread in _rows_of(id, bundle.threads) for row in thread])
        insert_rows(session, EVENTS, [_event_values(id, each) for each in bundle.events])
        store_records(access, bundle.versions, bundle.rounds)
        session.connection().execute(
            _TALK, {"this_plan": id, "talk": sum(len(each.comments) for each in bundle.threads)}
        )
        record(access, "brought in", at, name=bundle.plan.title)
    return id


def take_over(
    access: PlanAccess,
    questionnaire: Questionnaire,
    chosen: Sequence[Proposal],
    *,
    name: str,
    save_id: str,
    at: datetime,
) -> int:
    """Store what somebody has chosen of what a file would change, all of it or nothing; gives how many answers.

    Args:
        access: the plan and the person.
        questionnaire: what the plan is asked.
        chosen: what to take over, as it was shown to them.
        name: of the file, for the history.
        save_id: made up anew by the screen; sent again it stores nothing twice.
        at: when, with a time zone.

    Raises:
        AnswerRejected: an answer was changed since the differences were shown, or as `store_changes`.
        NotAllowed: they may not answer.
    """
    access.needs("answer")
    for each in chosen:
        try:
            store_changes(access, questionnaire, each.question_id, each.changes, seen=each.seen, save_id=save_id, at=at)
        except AnsweredMeanwhile as problem:
            raise AnswerRejected(
                f"A colleague has just changed the answer to “{each.ask}”. Look through the differences once more."
            ) from problem
    if chosen and not was_recorded(access.session, access.plan_id, "took over", by=access.person.name, at=at):
        record(access, "took over", at, name=name, after=count(len(chosen), "answer"))
    return len(chosen)


def _fetch_events(access: PlanAccess) -> Iterable[Event]:
    rows = access.session.connection().execute(_EVENTS)
    found = (Event(*row) for row in rows if row.kind not in OF_PEOPLE)
    return (replace(each, details={k: v for k, v in each.details.items() if k != ELSEWHERE}) for each in found)


def _refuse_future(bundle: Bundle, at: datetime) -> None:
    comments = (comment.at for thread in bundle.threads for comment in thread.comments)
    board = (at for one in bundle.rounds for at in (one.submission.at, *(each.at for each in one.moves)))
    reviews = (each.handed_in_at for one in bundle.rounds for each in one.reviews)
    frozen = (each.version.at for each in bundle.versions)
    said = (*(each.at for each in bundle.history), *(each.at for each in bundle.events), *comments)
    moments = (*said, *board, *reviews, *frozen)
    if any(moment and moment > at + CLOCKS for moment in moments):
        raise AnswerRejected("Something in the bundle was done in the future. Check the clock of both computers.")


def _rows_of(plan_id: str, threads: Iterable[Thread]) -> Iterable[list[dict[str, Any]]]:
    """The rows of imported comments. Their ids follow their order, so that it stays where two came at one time."""
    number, stem = 0, sha256(plan_id.encode()).hexdigest()[:24]
    for thread in threads:
        rows: list[dict[str, Any]] = []
        for comment in thread.comments:
            number += 1
            rows.append(
                {
                    "id": f"{stem}{number:08}", "plan_id": plan_id, "question_id": thread.question_id,
                    "thread_id": rows[0]["id"] if rows else f"{stem}{number:08}", "text": comment.text,
                    "by": comment.by, "person_id": ELSEWHERE, "at": comment.at, "edited_at": comment.edited_at,
                    "resolved_at": None if rows else thread.resolved_at,
                    "resolved_by": "" if rows else thread.resolved_by,
                    "assignee": "" if rows else thread.assignee, "revision": comment.revision,
                }
            )  # fmt: skip
        yield rows


def _event_values(plan_id: str, event: Event) -> dict[str, Any]:
    about = {"plan_id": plan_id, "at": event.at, "by": event.by, "kind": event.kind}
    return about | {"question_id": event.question_id, "details": {**event.details, ELSEWHERE: "yes"}}


_REVISIONS = select(*answer_columns(REVISIONS)).order_by(REVISIONS.c.question_id, REVISIONS.c.revision)
_EVENTS = select(*(EVENTS.c[name] for name in ("kind", "by", "at", "question_id", "details"))).order_by(EVENTS.c.id)
_TALK = update(PLANS).where(PLANS.c.id == bindparam("this_plan")).values(talk=bindparam("talk"))
