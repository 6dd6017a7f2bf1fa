"""How each plan stands, kept beside it: a list of ten thousand plans then needs no scoring.

No save writes here. A summary says from which revision of its plan it was worked out, and with
which questions and rules; it counts while all of these are as they were. Any other is worked out
anew by the one scorer in `mcplan.readiness` as soon as a list wants it, and kept for the next one.
So a list is right whatever happened before, and nobody has to think of it after an upgrade.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Engine, Row, Select, and_, bindparam, func, insert, or_, select, update
from sqlmodel import Session

from mcplan.findings import find_findings
from mcplan.known import Known
from mcplan.people import Person
from mcplan.plan import Plan
from mcplan.plan_summary import PhaseSummary, PlanSummary
from mcplan.readiness import GATE_ORDER, SCORER, PhaseReadiness, Score, assess_readiness
from mcplan.register import acceptance_ends
from mcplan.risks import find_risks
from mcplan.roles import Role
from questionnaire.model import Questionnaire
from storage.access import open_plans
from storage.database import DatabaseProblem, reading, writing
from storage.guard import AllPlans, FewPlans, within
from storage.rows import fetch_stored
from storage.tables import MEMBERSHIPS, PLANS, SUMMARIES

Which = Literal["current", "archived", "deleted"]

Values = Mapping[str, Any]
"""The columns of a summary but its plan's id."""
AT_ONCE = 100
"""Plans that are recomputed in one transaction; others may write in between."""


def fetch_summaries(
    engine: Engine,
    questionnaire: Questionnaire,
    person: Person,
    *,
    at: datetime,
    which: Which = "current",
    limit: int = 50,
    offset: int = 0,
) -> list[PlanSummary]:
    """Plans of one list that a person may open at a time, the last changed first, each as it stands now."""
    told = {"most": limit, "first": offset}
    return [summary for _, summary in read_list(engine, questionnaire, person, _SUMMARIES[which], told, at=at)]


def read_list(
    engine: Engine,
    questionnaire: Questionnaire,
    person: Person,
    statement: Select[Any],
    told: Mapping[str, Any],
    *,
    at: datetime,
    ids: Select[Any] | None = None,
) -> list[tuple[Row[Any], PlanSummary]]:
    """The plans that a statement on a `listing` finds, each row with the summary of the plan as it stands now.

    What had to be worked out anew for it is stored in a transaction of its own; if the database
    cannot be written, or somebody is writing just then, it is left to the next list.

    Args:
        engine: the database.
        questionnaire: what plans are asked now.
        person: whose list it is.
        statement: on a `listing`, or on `each_plan`.
        told: what it needs to be told, beside the person.
        at: the time, with its zone.
        ids: finds the plans of a page by what is told; `statement` then sees these alone.
    """
    with reading(engine) as session:
        open_plans(session, person, at)
        rows = _rows(session, statement, {**told, "person": person.id}, ids)
        stale = [row.id for row in rows if not _is_current(row, questionnaire, at.date())]
        fresh = _assess(session, questionnaire, stale, at.date())
    if fresh:
        with suppress(DatabaseProblem), writing(engine, patience=0, lasting=False) as session:
            open_plans(session, person, at)
            _store(session, fresh)
    return [(row, _summary(row, fresh.get(row.id, {}), person)) for row in rows]


def _rows(
    session: Session, statement: Select[Any], told: Mapping[str, Any], ids: Select[Any] | None
) -> Sequence[Row[Any]]:
    run = session.connection().execute
    if ids is None:
        return run(statement, told).all()
    # To ask of each table whether its row is of one of ten thousand plans takes longer than all the rest.
    with within(session, FewPlans(tuple(run(ids, told).scalars()))):
        return run(statement, told).all()


def count_plans(session: Session, person: Person, *, at: datetime, which: Which = "current") -> int:
    """How many plans of one list a person may open at a time."""
    open_plans(session, person, at)
    return session.connection().execute(_COUNTS[which]).scalar_one()


def start_summary(session: Session, questionnaire: Questionnaire, plan: Plan, *, at: datetime) -> None:
    """Keep the first summary of a plan."""
    session.connection().execute(insert(SUMMARIES), {"plan_id": plan.id, **_values(questionnaire, plan, at.date())})


def scorer_of(questionnaire: Questionnaire) -> str:
    """What a summary depends on beside its plan: the questions, and the rules of this program."""
    return f"{SCORER}-{questionnaire.fingerprint}"


def recompute_summaries(
    engine: Engine, questionnaire: Questionnaire, tell: Callable[[int, int], object] | None = None, *, at: datetime
) -> int:
    """Assess every plan anew, archived and deleted ones too, and return how many there are.

    Lists do the same for what they show; this does it ahead of time.

    Args:
        engine: the database.
        questionnaire: what plans are asked now.
        tell: is called now and then, with how many are done and how many there are.
        at: the time, since an acceptance of a risk ends with its last day.

    Raises:
        DatabaseProblem: the database cannot be written now; what was done so far is kept.
    """
    last, done = "", 0
    while True:
        with reading(engine) as session, within(session, AllPlans()):
            ids = session.connection().execute(_NEXT_IDS, {"last": last}).scalars().all()
            there_are = session.connection().execute(_HOW_MANY).scalar_one()
            fresh = _assess(session, questionnaire, ids, at.date())
        if not ids:
            return done
        with writing(engine) as session, within(session, AllPlans()):
            _store(session, fresh)
        last, done = ids[-1], done + len(ids)
        if tell:
            tell(done, max(done, there_are))


def find_wrong(session: Session, questionnaire: Questionnaire, most: int, *, at: datetime) -> list[str]:
    """The ids of plans whose summary counts and yet says something else than the scorer, or is not there.

    Args:
        session: a transaction that reads.
        questionnaire: what plans are asked now.
        most: plans to look at, at most, picked at random from those whose summary counts.
        at: the time.
    """
    with within(session, AllPlans()):
        these = {"scorer": scorer_of(questionnaire), "most": most, "today": at.date()}
        ids = session.connection().execute(_SOME_IDS, these).scalars().all()
        return [plan_id for plan_id in ids if not _is_right(session, questionnaire, plan_id, at.date())]


def _is_right(session: Session, questionnaire: Questionnaire, plan_id: str, today: date) -> bool:
    row = session.connection().execute(_KEPT, {"this_plan": plan_id}).first()
    values = {"plan_id": plan_id, **_values(questionnaire, fetch_stored(session, plan_id).plan, today)}
    return row is not None and dict(row._mapping) == values


def _is_current(row: Row[Any], questionnaire: Questionnaire, today: date) -> bool:
    holds = row.fresh_until is None or row.fresh_until >= today
    return bool(holds and row.plan_revision == row.revision and row.scored_by == scorer_of(questionnaire))


def _assess(session: Session, questionnaire: Questionnaire, ids: Iterable[str], today: date) -> dict[str, Values]:
    return {plan_id: _values(questionnaire, fetch_stored(session, plan_id).plan, today) for plan_id in ids}


def _store(session: Session, fresh: Mapping[str, Values]) -> None:
    # In one order everywhere, so that two lists never wait for each other in a circle.
    session.connection().execute(_REPLACE, [{"this_plan": id, **fresh[id]} for id in sorted(fresh)])


def _values(questionnaire: Questionnaire, plan: Plan, today: date) -> Values:
    findings, risks = find_findings(questionnaire, plan, today), find_risks(questionnaire, plan, today)
    readiness = assess_readiness(questionnaire, plan, plan.gate, findings=findings, risks=risks)
    whole, reached = readiness.whole, GATE_ORDER[: GATE_ORDER.index(plan.gate) + 1]
    return {
        "verdict": _colour(whole),
        "floor": whole.floor,
        "ceiling": whole.ceiling,
        "coverage": whole.coverage,
        "stops": len(whole.stops),
        "open_risks": sum(risk.gate in reached and risk.is_live for risk in risks),
        "blank": whole.blank,
        "asked": whole.asked,
        "phases": [_phase_values(each) for each in readiness.phases],
        "plan_revision": plan.revision,
        "scored_by": scorer_of(questionnaire),
        "fresh_until": acceptance_ends(Known(questionnaire, plan, today)),
    }


def _phase_values(each: PhaseReadiness) -> list[str | float | None]:
    return [each.phase.id, each.score.floor, _colour(each.score)]


def _colour(score: Score) -> str | None:
    return score.verdict.colour if score.asked else None


def _summary(row: Row[Any], fresh: Values, person: Person) -> PlanSummary:
    fields = {**row._mapping, **fresh}
    phases = tuple(PhaseSummary(*phase) for phase in fields["phases"])
    role: Role = "owner" if person.is_local else fields["role"]
    return PlanSummary(phases=phases, role=role, **{name: fields[name] for name in (*OF_PLAN, *NUMBERS)})


def in_list(which: Which) -> ColumnElement[bool]:
    """True of the plans on a list."""
    if which == "deleted":
        return PLANS.c.deleted_at.is_not(None)
    archived = PLANS.c.archived_at.is_not(None) if which == "archived" else PLANS.c.archived_at.is_(None)
    return PLANS.c.deleted_at.is_(None) & archived


def listing(which: Which) -> Select[Any]:
    """What `read_list` needs of each plan on a list, in no order yet."""
    return each_plan().where(in_list(which))


def each_plan() -> Select[Any]:
    """The same of every plan in scope, on whichever list it stands."""
    return (
        select(
            *(PLANS.c[name] for name in (*OF_PLAN, "revision")),
            *(SUMMARIES.c[name] for name in (*NUMBERS, "phases", "plan_revision", "scored_by", "fresh_until")),
            MEMBERSHIPS.c.role,
        )
        .join_from(PLANS, SUMMARIES, PLANS.c.id == SUMMARIES.c.plan_id)
        .outerjoin(
            MEMBERSHIPS, and_(MEMBERSHIPS.c.plan_id == PLANS.c.id, MEMBERSHIPS.c.person_id == bindparam("person"))
        )
    )


def paged(statement: Select[Any], *order: ColumnElement[Any]) -> Select[Any]:
    """A list in an order, from a place on and up to a number; among equals the plan changed last comes first."""
    return statement.order_by(*order, *LAST_CHANGED).limit(bindparam("most")).offset(bindparam("first"))


LAST_CHANGED: tuple[ColumnElement[Any], ...] = (PLANS.c.changed_at.desc(), PLANS.c.id.desc())
"""The order of every list, last of all."""
OF_PLAN = ("id", "title", "institution", "gate", "changed_at", "changed_by", "archived_at", "deleted_at")
NUMBERS = ("verdict", "floor", "ceiling", "coverage", "stops", "open_risks", "blank", "asked")
_SUMMARIES = {which: paged(listing(which)) for which in get_args(Which)}
_COUNTS = {which: select(func.count()).select_from(PLANS).where(in_list(which)) for which in get_args(Which)}
_HOW_MANY = select(func.count()).select_from(PLANS)
_REPLACE = update(SUMMARIES).where(SUMMARIES.c.plan_id == bindparam("this_plan"))
_KEPT = select(SUMMARIES).where(SUMMARIES.c.plan_id == bindparam("this_plan"))
_SOME_IDS = (
    select(PLANS.c.id)
    .join_from(PLANS, SUMMARIES, PLANS.c.id == SUMMARIES.c.plan_id, isouter=True)
    .where(
        or_(
            SUMMARIES.c.plan_id.is_(None),
            and_(
                SUMMARIES.c.plan_revision == PLANS.c.revision,
                SUMMARIES.c.scored_by == bindparam("scorer"),
                or_(
                    SUMMARIES.c.fresh_until.is_(None),
                    SUMMARIES.c.fresh_until >= bindparam("today", type_=SUMMARIES.c.fresh_until.type),
                ),
            ),
        )
    )
    .order_by(PLANS.c.stamp)
    .limit(bindparam("most"))
)
"""A stamp is a random word."""
_NEXT_IDS = select(PLANS.c.id).where(PLANS.c.id > bindparam("last")).order_by(PLANS.c.id).limit(AT_ONCE)
