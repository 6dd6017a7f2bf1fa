"""The plans that wait for their boards, each with the version that was submitted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from mcplan.comparing import material_changes
from mcplan.decisions import Submission
from mcplan.people import Person
from mcplan.portfolio import Case
from mcplan.readiness import GATE_ORDER
from mcplan.risk import Risk
from mcplan.version import VersionRefused
from questionnaire.model import Gate, Questionnaire
from storage.access import PlanAccess, authorize, open_plans
from storage.portfolio_list import BOARD
from storage.rows import fetch_stored
from storage.tables import MOVES, PLANS, SUBMISSIONS, VERSIONS
from storage.versions import fetch_state

AT_ONCE = 20
"""Plans on one page: each is looked at whole."""


class CasePage(NamedTuple):
    """Some of the plans that are with a board."""

    cases: list[Case]
    total: int
    """How many there are on all pages."""
    number: int
    """Of the page, from 1."""


def fetch_cases(
    session: Session,
    questionnaire: Questionnaire,
    person: Person,
    at: datetime,
    *,
    number: int = 1,
    most: int = AT_ONCE,
) -> CasePage:
    """A page of the plans of a person that are with a board, by the day it decides.

    Args:
        session: a transaction that reads.
        questionnaire: what plans are asked now.
        person: whose list it is.
        at: the time, with its zone, since a membership may have an end.
        number: of the page, from 1; one that is not there becomes the nearest that is.
        most: plans on a page.
    """
    open_plans(session, person, at)
    total = session.connection().execute(_HOW_MANY).scalar_one()
    number = max(1, min(number, -(-total // most)))
    rows = session.connection().execute(_WAITING, {"most": most, "first": (number - 1) * most}).all()
    cases = [_case(authorize(session, person, row.plan_id, "view", at), questionnaire, row) for row in rows]
    return CasePage(cases, total, number)


def _case(access: PlanAccess, questionnaire: Questionnaire, row: Any) -> Case:
    submission = Submission(*(getattr(row, f"of_{each.name}") for each in fields(Submission)))
    submission = replace(submission, decider=row.handed_over or submission.decider)
    known = (row.plan_id, row.title, row.institution, submission, row.meets_on, row.number, row.version_name)
    try:
        state = fetch_state(access, submission.version_id)
    except VersionRefused as problem:
        return Case(*known, None, (), (), str(problem))
    score = state.readiness[submission.gate].whole
    changes = material_changes(state, questionnaire, fetch_stored(access.session, access.plan_id).plan)
    return Case(*known, score, tuple(_counting(state.risks, submission.gate)), changes)


def _counting(risks: tuple[Risk, ...], gate: Gate) -> Iterator[Risk]:
    reached = GATE_ORDER[: GATE_ORDER.index(gate) + 1]
    return (risk for risk in risks if risk.gate in reached and risk.status not in ("closed", "accepted"))


_BOARD = BOARD.subquery()
_HANDED_OVER = (
    select(MOVES.c.decided_by)
    .where(MOVES.c.submission_id == _BOARD.c.submission_id, MOVES.c.kind == "hand over")
    .order_by(MOVES.c.number.desc())
    .limit(1)
    .scalar_subquery()
)
"""Who was asked to decide later than the submission says."""
_WAITING = (
    select(
        _BOARD.c.plan_id, _BOARD.c.meets_on, PLANS.c.title, PLANS.c.institution,
        _HANDED_OVER.label("handed_over"), VERSIONS.c.number, VERSIONS.c.name.label("version_name"),
        *(SUBMISSIONS.c[each.name].label(f"of_{each.name}") for each in fields(Submission)),
    )
    .join_from(_BOARD, PLANS, PLANS.c.id == _BOARD.c.plan_id)
    .join(SUBMISSIONS, SUBMISSIONS.c.id == _BOARD.c.submission_id)
    .join(VERSIONS, VERSIONS.c.id == SUBMISSIONS.c.version_id)
    .where(PLANS.c.deleted_at.is_(None), PLANS.c.archived_at.is_(None))
    .order_by(_BOARD.c.meets_on.is_(None), _BOARD.c.meets_on, PLANS.c.title, PLANS.c.id)
    .limit(bindparam("most"))
    .offset(bindparam("first"))
)  # fmt: skip
_HOW_MANY = (
    select(func.count())
    .select_from(_BOARD)
    .join(PLANS, PLANS.c.id == _BOARD.c.plan_id)
    .where(PLANS.c.deleted_at.is_(None), PLANS.c.archived_at.is_(None))
)
