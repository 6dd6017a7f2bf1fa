"""How each plan stands, kept beside it: a list of ten thousand plans then needs no scoring.

The numbers come from the one scorer in `mcplan.readiness`, in the transaction of the change
they follow from. They can be rebuilt at any time (`recompute_summaries`), and must be after
the questionnaire or a rule has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Engine, Row, Select, and_, bindparam, func, insert, select, update
from sqlmodel import Session

from mcplan.findings import find_findings
from mcplan.people import Person
from mcplan.plan import Plan
from mcplan.plan_summary import PhaseSummary, PlanSummary
from mcplan.readiness import GATE_ORDER, PhaseReadiness, Score, assess_readiness
from mcplan.risks import find_risks
from questionnaire.model import Questionnaire
from storage.access import open_plans
from storage.database import storing
from storage.guard import AllPlans, within
from storage.rows import fetch_stored
from storage.tables import MEMBERSHIPS, PLANS, SUMMARIES

Which = Literal["current", "archived", "deleted"]

AT_ONCE = 100
"""Plans that are recomputed in one transaction; others may write in between."""


def fetch_summaries(
    session: Session, person: Person, *, at: datetime, which: Which = "current", limit: int = 50, offset: int = 0
) -> list[PlanSummary]:
    """Plans of one list that a person may open at a time, the last changed first."""
    open_plans(session, person, at)
    asked = {"most": limit, "first": offset, "person": person.id}
    return [_summary(row, person) for row in session.connection().execute(_SUMMARIES[which], asked)]


def count_plans(session: Session, person: Person, *, at: datetime, which: Which = "current") -> int:
    """How many plans of one list a person may open at a time."""
    open_plans(session, person, at)
    return session.connection().execute(_COUNTS[which]).scalar_one()


def start_summary(session: Session, questionnaire: Questionnaire, plan: Plan) -> None:
    """Keep the first summary of a plan."""
    session.connection().execute(insert(SUMMARIES), {"plan_id": plan.id, **_values(questionnaire, plan)})


def store_summary(session: Session, questionnaire: Questionnaire, plan: Plan) -> None:
    """Keep how `plan` stands now."""
    session.connection().execute(_REPLACE, {"this_plan": plan.id, **_values(questionnaire, plan)})


def recompute_summaries(
    engine: Engine, questionnaire: Questionnaire, tell: Callable[[int, int], object] | None = None
) -> int:
    """Assess every plan anew, archived and deleted ones too, and return how many there are.

    Args:
        engine: the database.
        questionnaire: what plans are asked now.
        tell: is called now and then, with how many are done and how many there are.

    Raises:
        DatabaseProblem: the database cannot be written now; what was done so far is kept.
    """
    last, done = "", 0
    while True:
        ids, there_are = storing(engine, partial(_recompute_some, questionnaire=questionnaire, last=last))
        if not ids:
            return done
        last, done = ids[-1], done + len(ids)
        if tell:
            tell(done, max(done, there_are))


def _recompute_some(session: Session, questionnaire: Questionnaire, last: str) -> tuple[Sequence[str], int]:
    with within(session, AllPlans()):
        ids = session.connection().execute(_NEXT_IDS, {"last": last}).scalars().all()
        for plan_id in ids:
            store_summary(session, questionnaire, fetch_stored(session, plan_id).plan)
        return ids, session.connection().execute(_HOW_MANY).scalar_one()


def find_outdated(session: Session, questionnaire: Questionnaire, most: int) -> list[str]:
    """The ids of plans of which the list says something else than the scorer, out of `most` plans picked at random."""
    with within(session, AllPlans()):
        ids = session.connection().execute(_SOME_IDS, {"most": most}).scalars().all()
        return [plan_id for plan_id in ids if not _is_current(session, questionnaire, plan_id)]


def _is_current(session: Session, questionnaire: Questionnaire, plan_id: str) -> bool:
    row = session.connection().execute(_KEPT, {"this_plan": plan_id}).first()
    values = {"plan_id": plan_id, **_values(questionnaire, fetch_stored(session, plan_id).plan)}
    phases = [list(phase) for phase in values["phases"]]
    return row is not None and dict(row._mapping) == values | {"phases": phases}


def _values(questionnaire: Questionnaire, plan: Plan) -> dict[str, Any]:
    findings, risks = find_findings(questionnaire, plan), find_risks(questionnaire, plan)
    readiness = assess_readiness(questionnaire, plan, plan.gate, findings=findings, risks=risks)
    whole, reached = readiness.whole, GATE_ORDER[: GATE_ORDER.index(plan.gate) + 1]
    return {
        "verdict": _colour(whole),
        "floor": whole.floor,
        "ceiling": whole.ceiling,
        "coverage": whole.coverage,
        "stops": len(whole.stops),
        "open_risks": sum(risk.gate in reached and risk.status not in ("closed", "accepted") for risk in risks),
        "blank": whole.blank,
        "asked": whole.asked,
        "phases": [_phase_values(each) for each in readiness.phases],
    }


def _phase_values(each: PhaseReadiness) -> tuple[str, float, str | None]:
    return each.phase.id, each.score.floor, _colour(each.score)


def _colour(score: Score) -> str | None:
    return score.verdict.colour if score.asked else None


def _summary(row: Row[Any], person: Person) -> PlanSummary:
    fields: dict[str, Any] = dict(row._mapping)
    if person.is_local:
        fields["role"] = "owner"
    return PlanSummary(**fields | {"phases": tuple(PhaseSummary(*phase) for phase in fields["phases"])})


def _in_list(which: Which) -> ColumnElement[bool]:
    if which == "deleted":
        return PLANS.c.deleted_at.is_not(None)
    archived = PLANS.c.archived_at.is_not(None) if which == "archived" else PLANS.c.archived_at.is_(None)
    return PLANS.c.deleted_at.is_(None) & archived


def _list(which: Which) -> Select[Any]:
    numbers = ("verdict", "floor", "ceiling", "coverage", "stops", "open_risks", "blank", "asked")
    return (
        select(
            *(PLANS.c[name] for name in ("id", "title", "institution", "gate")),
            *(SUMMARIES.c[name] for name in numbers),
            *(PLANS.c[name] for name in ("changed_at", "changed_by", "archived_at", "deleted_at")),
            SUMMARIES.c.phases,
            MEMBERSHIPS.c.role,
        )
        .join_from(PLANS, SUMMARIES, PLANS.c.id == SUMMARIES.c.plan_id)
        .outerjoin(
            MEMBERSHIPS, and_(MEMBERSHIPS.c.plan_id == PLANS.c.id, MEMBERSHIPS.c.person_id == bindparam("person"))
        )
        .where(_in_list(which))
        .order_by(PLANS.c.changed_at.desc(), PLANS.c.id.desc())
        .limit(bindparam("most"))
        .offset(bindparam("first"))
    )


_SUMMARIES = {which: _list(which) for which in get_args(Which)}
_COUNTS = {which: select(func.count()).select_from(PLANS).where(_in_list(which)) for which in get_args(Which)}
_HOW_MANY = select(func.count()).select_from(PLANS)
_REPLACE = update(SUMMARIES).where(SUMMARIES.c.plan_id == bindparam("this_plan"))
_KEPT = select(SUMMARIES).where(SUMMARIES.c.plan_id == bindparam("this_plan"))
_SOME_IDS = select(PLANS.c.id).order_by(PLANS.c.stamp).limit(bindparam("most"))
"""A stamp is a random word."""
_NEXT_IDS = select(PLANS.c.id).where(PLANS.c.id > bindparam("last")).order_by(PLANS.c.id).limit(AT_ONCE)
