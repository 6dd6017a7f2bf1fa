"""What a dossier or a sheet is made from, the plan as it is or as of a version: for screens and commands alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mcplan.dossier import DossierInput
from mcplan.dossier.given import Shape
from mcplan.dossier.kept import action_rows, change_rows, decision_rows, frozen_version
from mcplan.known import Known
from mcplan.version import State, Version, state_of
from questionnaire.model import Gate, Questionnaire
from storage.access import PlanAccess
from storage.decisions import fetch_board
from storage.plans import fetch_plan
from storage.versions import fetch_state, fetch_versions


def gather(
    access: PlanAccess,
    asked: Questionnaire,
    version: Version | None,
    *,
    gate: Gate | None,
    brief: bool,
    shape: Shape,
    now: datetime,
) -> DossierInput:
    """All that a dossier tells, but for its pictures.

    Args:
        access: the plan and the person.
        asked: what the plan is asked now.
        version: what to make it from; None for the plan as it is, which makes it a draft.
        gate: the decision it asks for; None for the gate that the plan works towards.
        brief: True for the board paper.
        shape: how it is laid out.
        now: the time, with a time zone.

    Raises:
        VersionRefused: the version is not what was frozen.
    """
    versions = {each.id: each for each in fetch_versions(access)}
    board = fetch_board(access)
    state = state_at(access, asked, version, now)
    earlier = [each for each in versions.values() if version is None or each.number < version.number]
    before = fetch_state(access, earlier[0].id) if earlier else None
    # The time of the last change, not that of the click: the same plan gives the same file.
    made_at = (version.at if version else state.plan.changed_at) or now
    given = DossierInput(
        questionnaire=state.questionnaire,
        plan=state.plan,
        readiness=state.readiness[gate or state.plan.gate],
        risks=state.risks,
        findings=state.findings,
        made_at=made_at,
        brief=brief,
        shape=shape,
        version=frozen_version(version) if version else None,
        decisions=decision_rows(board.moves, board.submissions, versions),
    )
    return replace(
        given,
        actions=action_rows(Known(given.questionnaire, given.plan), made_at.date()),
        changes=change_rows(before, state) if before else (),
        since=earlier[0].called if before else "",
    )


def state_at(access: PlanAccess, asked: Questionnaire, version: Version | None, now: datetime) -> State:
    """The plan as of a version, or as it is now with what follows from it."""
    return fetch_state(access, version.id) if version else state_of(asked, fetch_plan(access), now.date())
