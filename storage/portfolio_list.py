"""The plans of a person as the portfolio lists them: filtered, sorted and paged by the database."""

from __future__ import annotations

from datetime import UTC, datetime, time
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, and_, bindparam, case, func, select
from sqlmodel import Session

from mcplan.decisions import MOVES as RULES
from mcplan.decisions import OPEN
from mcplan.people import Person
from mcplan.portfolio import VERDICTS, Order, PortfolioPage, PortfolioPlan, Wanted
from mcplan.timeline import ELSEWHERE
from questionnaire.model import Questionnaire
from storage.access import open_plans
from storage.database import reading
from storage.holding import Holds
from storage.summaries import LAST_CHANGED, each_plan, in_list, paged, read_list
from storage.tables import MOVES, PLANS, SUBMISSIONS, SUMMARIES

AT_ONCE = 25
"""Plans on one page."""


def fetch_portfolio_page(
    engine: Engine,
    questionnaire: Questionnaire,
    person: Person,
    wanted: Wanted,
    *,
    at: datetime,
    number: int = 1,
    most: int = AT_ONCE,
) -> PortfolioPage:
    """A page of the current plans that a person may open at a time, each as it stands now.

    Args:
        engine: the database.
        questionnaire: what plans are asked now.
        person: whose list it is.
        wanted: which plans, and in which order.
        at: the time, with its zone, since a membership may have an end.
        number: of the page, from 1; one that is not there becomes the nearest that is.
        most: plans on a page.
    """
    told = _told(wanted)
    with reading(engine) as session:
        total = _count(session, person, wanted, told, at)
    number = max(1, min(number, -(-total // most)))
    told |= {"most": most, "first": (number - 1) * most}
    ids = _ids(_shape(wanted), wanted.order)
    rows = read_list(engine, questionnaire, person, _page(wanted.order), told, at=at, ids=ids)
    return PortfolioPage(tuple(PortfolioPlan(summary, row.meets_on) for row, summary in rows), total, number)


def _count(session: Session, person: Person, wanted: Wanted, told: dict[str, Any], at: datetime) -> int:
    open_plans(session, person, at)
    found: int = session.connection().execute(_total(_shape(wanted)), told).scalar_one()
    return found


def _shape(wanted: Wanted) -> tuple[str, ...]:
    return tuple(name for name in ("text", "gates", "verdicts", "has_stops", "changed_since") if getattr(wanted, name))


def _told(wanted: Wanted) -> dict[str, Any]:
    """What the statement of this shape has to be told."""
    since = wanted.changed_since
    values = {
        "text": wanted.text,
        "gates": wanted.gates,
        "verdicts": wanted.verdicts,
        "changed_since": datetime.combine(since, time(), UTC) if since else None,
    }
    return {name: values[name] for name in _shape(wanted) if name in values}


# A summary that is out of date is mended once it is shown. Whether it is shown is decided by what is stored: to score
# every plan before each filter would cost minutes for ten thousand. It is mended by any list that shows the plan.
def _criteria(shape: tuple[str, ...]) -> list[ColumnElement[bool]]:
    since = bindparam("changed_since", type_=PLANS.c.changed_at.type)
    known: dict[str, ColumnElement[bool]] = {
        "text": Holds(bindparam("text", type_=PLANS.c.title.type), PLANS.c.title, PLANS.c.institution, PLANS.c.unit),
        "gates": PLANS.c.gate.in_(bindparam("gates", expanding=True)),
        "verdicts": SUMMARIES.c.verdict.in_(bindparam("verdicts", expanding=True)),
        "has_stops": SUMMARIES.c.stops > 0,
        "changed_since": PLANS.c.changed_at >= since,
    }
    return [known[name] for name in shape]


# To build a statement costs more than to run it; there are few shapes.
@lru_cache(maxsize=256)
def _ids(shape: tuple[str, ...], order: Order) -> Select[Any]:
    # First the ids alone, so that whole rows are not sorted.
    return paged(_filtered(select(PLANS.c.id), shape, order), *_ORDERS[order])


@lru_cache
def _page(order: Order) -> Select[Any]:
    page = each_plan().outerjoin(_BOARD, _BOARD.c.plan_id == PLANS.c.id)
    return page.add_columns(_BOARD.c.meets_on).order_by(*_ORDERS[order], *LAST_CHANGED)


@lru_cache(maxsize=64)
def _total(shape: tuple[str, ...]) -> Select[Any]:
    return _filtered(select(func.count()), shape)


def _filtered(statement: Select[Any], shape: tuple[str, ...], order: Order = "changed") -> Select[Any]:
    """The statement on the current plans of this shape, joined with what filter and order need."""
    statement = statement.select_from(PLANS)
    if {"verdicts", "has_stops"} & set(shape) or order in ("verdict", "floor", "stops"):
        statement = statement.join(SUMMARIES, SUMMARIES.c.plan_id == PLANS.c.id)
    if order == "meeting":
        statement = statement.outerjoin(_BOARD, _BOARD.c.plan_id == PLANS.c.id)
    return statement.where(in_list("current"), *_criteria(shape))


OPEN_KINDS = tuple(kind for kind, rule in RULES.items() if rule.after in OPEN or rule.after is None)
_LAST = select(MOVES.c.plan_id, func.max(MOVES.c.number).label("number")).group_by(MOVES.c.plan_id).subquery()
BOARD = (
    select(
        MOVES.c.plan_id, MOVES.c.submission_id, func.coalesce(MOVES.c.until, SUBMISSIONS.c.meets_on).label("meets_on")
    )
    .join_from(MOVES, _LAST, and_(MOVES.c.plan_id == _LAST.c.plan_id, MOVES.c.number == _LAST.c.number))
    .join(SUBMISSIONS, SUBMISSIONS.c.id == MOVES.c.submission_id)
    .where(MOVES.c.kind.in_(OPEN_KINDS), MOVES.c.person_id != ELSEWHERE)
)
"""The submissions that are with a board: those whose plan's last move leaves it there; and when it decides."""
_BOARD = BOARD.subquery()
_ORDERS: dict[Order, tuple[ColumnElement[Any], ...]] = {
    "changed": (),
    "title": (func.lower(PLANS.c.title),),
    "gate": (PLANS.c.gate,),
    "verdict": (case(*((SUMMARIES.c.verdict == name, place) for place, name in enumerate(VERDICTS)), else_=9),),
    "floor": (SUMMARIES.c.floor,),
    "stops": (SUMMARIES.c.stops.desc(),),
    "meeting": (_BOARD.c.meets_on.is_(None), _BOARD.c.meets_on),
}
