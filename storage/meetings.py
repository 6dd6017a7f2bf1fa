"""The plans that wait for their boards, each with the version that was submitted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import select
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
from storage.tables import PLANS, SUBMISSIONS, VERSIONS
from storage.versions import fetch_state

MOST = 40
"""Plans that are looked at whole, those of the next meetings."""


def fetch_cases(session: Session, questionnaire: Questionnaire, person: Person, at: datetime) -> tuple[list[Case], int]:
    """The plans of a person that are with a board, by the day it decides; and how many further ones there are."""
    open_plans(session, person, at)
    rows = session.connection().execute(_WAITING).all()
    cases = [_case(authorize(session, person, row.plan_id, "view", at), questionnaire, row) for row in rows[:MOST]]
    return cases, len(rows) - len(cases)


def _case(access: PlanAccess, questionnaire: Questionnaire, row: Any) -> Case:
    submission = Submission(*(getattr(row, f"of_{each.name}") for each in fields(Submission)))
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
_WAITING = (
    select(
        _BOARD.c.plan_id, _BOARD.c.meets_on, PLANS.c.title, PLANS.c.institution,
        VERSIONS.c.number, VERSIONS.c.name.label("version_name"),
        *(SUBMISSIONS.c[each.name].label(f"of_{each.name}") for each in fields(Submission)),
    )
    .join_from(_BOARD, PLANS, PLANS.c.id == _BOARD.c.plan_id)
    .join(SUBMISSIONS, SUBMISSIONS.c.id == _BOARD.c.submission_id)
    .join(VERSIONS, VERSIONS.c.id == SUBMISSIONS.c.version_id)
    .where(PLANS.c.deleted_at.is_(None), PLANS.c.archived_at.is_(None))
    .order_by(_BOARD.c.meets_on.is_(None), _BOARD.c.meets_on, PLANS.c.title, PLANS.c.id)
)  # fmt: skip
