"""The plans in which something may wait for a person, read whole, for `mcplan.work`."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import String, and_, bindparam, exists, or_, select, type_coerce
from sqlmodel import Session

from mcplan.actions import ACTIONS
from mcplan.people import Person
from mcplan.work import Desk
from questionnaire.model import Questionnaire
from storage.access import open_plans, plans_of
from storage.comments import read_threads
from storage.guard import OnePlan, Scope, within
from storage.rows import fetch_stored
from storage.tables import ANSWERS, MEMBERS, PLANS

MOST = 200
"""Plans that are looked through, the last changed first: more wait for nobody at once."""


def fetch_desks(session: Session, questionnaire: Questionnaire, person: Person, at: datetime) -> list[Desk]:
    """A person's current plans in which they are on the team or own an action; the others are not read."""
    open_plans(session, person, at)
    return _desks(session, questionnaire, person, plans_of(person, at))


def _desks(session: Session, questionnaire: Questionnaire, person: Person, scope: Scope) -> list[Desk]:
    # As it stands in the text of the answer: in quotes, and those in a name escaped.
    quoted = json.dumps(person.name, ensure_ascii=False)
    for special in "!%_":
        quoted = quoted.replace(special, f"!{special}")
    with within(session, scope):
        found = session.connection().execute(_MINE, {"me": person.name, "owner": f"%{quoted}%"}).scalars().all()
    desks = []
    for plan_id in found:
        with within(session, OnePlan(plan_id)):
            threads = read_threads(session)
            desks.append(Desk(questionnaire, fetch_stored(session, plan_id).plan, threads, person.name))
    return desks


_ON_TEAM = exists().where(MEMBERS.c.plan_id == PLANS.c.id, MEMBERS.c.name == bindparam("me"))
_OWNS = exists().where(
    and_(
        ANSWERS.c.plan_id == PLANS.c.id,
        ANSWERS.c.question_id == ACTIONS,
        type_coerce(ANSWERS.c.value, String).like(bindparam("owner"), escape="!"),
    )
)
_MINE = (
    select(PLANS.c.id)
    .where(PLANS.c.deleted_at.is_(None), PLANS.c.archived_at.is_(None), or_(_ON_TEAM, _OWNS))
    .order_by(PLANS.c.changed_at.desc(), PLANS.c.id)
    .limit(MOST)
)
