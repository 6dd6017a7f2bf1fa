"""The plans in which something may wait for a person, read whole, for `mcplan.work`."""

from __future__ import annotations

import json
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import String, and_, bindparam, exists, func, or_, select, type_coerce
from sqlmodel import Session

from mcplan.actions import ACTIONS
from mcplan.decisions import Submission
from mcplan.people import Person
from mcplan.reviews import scorer_of
from mcplan.work import Desk
from questionnaire.model import Questionnaire
from storage.access import PlanAccess, open_plans, plans_of
from storage.comments import read_threads
from storage.decisions import fetch_board
from storage.guard import OnePlan, Scope, within
from storage.reviews import fetch_review
from storage.rows import fetch_stored
from storage.tables import ANSWERS, MEMBERS, MEMBERSHIPS, PLANS, SUBMISSIONS

MOST = 200
"""Plans that are looked through at once, the last changed first: each is read whole."""


class Desks(NamedTuple):
    """Plans in which something may wait for a person."""

    found: list[Desk]
    total: int
    """How many there are, those that are not looked through included."""


def fetch_desks(
    session: Session, questionnaire: Questionnaire, person: Person, at: datetime, *, skip: int = 0, most: int = MOST
) -> Desks:
    """A person's current plans in which they are on the team, own an action or sit on the board; no others are read.

    Args:
        session: a transaction that reads.
        questionnaire: what plans are asked now.
        person: for whom something may wait.
        at: the time, with its zone, since a membership may have an end.
        skip: how many to leave out first.
        most: how many to look through.
    """
    open_plans(session, person, at)
    return _desks(session, questionnaire, person, plans_of(person, at), {"skip": skip, "most": most})


def _desks(session: Session, questionnaire: Questionnaire, person: Person, scope: Scope, part: dict[str, int]) -> Desks:
    # As it stands in the text of the answer: in quotes, and those in a name escaped.
    quoted = json.dumps(person.name, ensure_ascii=False)
    for special in "!%_":
        quoted = quoted.replace(special, f"!{special}")
    with within(session, scope):
        run, these = session.connection().execute, {"me": person.name, "owner": f"%{quoted}%", "person": person.id}
        found, total = run(_MINE, these | part).scalars().all(), run(_HOW_MANY, these).scalar_one()
    desks = []
    for plan_id in found:
        with within(session, OnePlan(plan_id)):
            plan, threads = fetch_stored(session, plan_id).plan, read_threads(session)
            desks.append(Desk(questionnaire, plan, threads, person.name, _to_review(session, person, plan_id)))
    return Desks(desks, total)


def _to_review(session: Session, person: Person, plan_id: str) -> Submission | None:
    """What is before the plan's board, if the person sits on it and has not handed in a review."""
    these = {"this_plan": plan_id, "person": person.id}
    if person.is_local or session.connection().execute(_ROLE, these).scalar() != "reviewer":
        return None
    access = PlanAccess(session, plan_id, person, "reviewer")
    now = fetch_board(access).standing
    scorer = scorer_of(person, "reviewer")
    if not now.is_open or now.submission is None or scorer is None:
        return None
    return None if fetch_review(access, now.submission.id, scorer).handed_in_at else now.submission


_ON_TEAM = exists().where(MEMBERS.c.plan_id == PLANS.c.id, MEMBERS.c.name == bindparam("me"))
_OWNS = exists().where(
    and_(
        ANSWERS.c.plan_id == PLANS.c.id,
        ANSWERS.c.question_id == ACTIONS,
        type_coerce(ANSWERS.c.value, String).like(bindparam("owner"), escape="!"),
    )
)
_SITS_ON_BOARD = and_(
    exists().where(
        MEMBERSHIPS.c.plan_id == PLANS.c.id,
        MEMBERSHIPS.c.person_id == bindparam("person"),
        MEMBERSHIPS.c.role == "reviewer",
    ),
    exists().where(SUBMISSIONS.c.plan_id == PLANS.c.id),
)
_ROLE = select(MEMBERSHIPS.c.role).where(
    MEMBERSHIPS.c.plan_id == bindparam("this_plan"), MEMBERSHIPS.c.person_id == bindparam("person")
)
_CURRENT = PLANS.c.deleted_at.is_(None), PLANS.c.archived_at.is_(None), or_(_ON_TEAM, _OWNS, _SITS_ON_BOARD)
_MINE = (
    select(PLANS.c.id)
    .where(*_CURRENT)
    .order_by(PLANS.c.changed_at.desc(), PLANS.c.id)
    .limit(bindparam("most"))
    .offset(bindparam("skip"))
)
_HOW_MANY = select(func.count()).select_from(PLANS).where(*_CURRENT)
