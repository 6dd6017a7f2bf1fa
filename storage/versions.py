"""Versions as the database keeps them: made once, never changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from mcplan.plan import Plan
from mcplan.version import MOST_VERSIONS, State, Version, VersionRefused, freeze, read_name, state_of, thaw
from questionnaire.model import Questionnaire
from storage.access import PlanAccess
from storage.events import record
from storage.rows import fetch_open, fetch_stored
from storage.tables import VERSIONS, WORDINGS


def store_version(
    access: PlanAccess, questionnaire: Questionnaire, version_id: str, raw: object, *, at: datetime
) -> Version:
    """Freeze the plan as it is now, with all that follows from it.

    Nobody can write to the plan before the transaction ends, so the version is of one state of it.

    Args:
        access: the plan and the person.
        questionnaire: what the plan is asked; its wording is frozen, too.
        version_id: made up by the screen, so that the same freeze sent again makes no second version.
        raw: the name they typed.
        at: when, with a time zone.

    Raises:
        VersionRefused: there is no name, or no room for another version.
        AnswerRejected: the plan is archived or deleted.
        NotAllowed: they may not freeze.
    """
    access.needs("snapshot")
    fetch_open(access.session, access.plan_id)
    name, at = read_name(raw), at.astimezone(UTC)
    connection = access.session.connection()
    there = fetch_versions(access)
    if again := next((each for each in there if each.id == version_id), None):
        return again
    if len(there) >= MOST_VERSIONS:
        raise VersionRefused(f"This plan has {MOST_VERSIONS} versions, and there is no room for more.")
    plan: Plan = fetch_stored(access.session, access.plan_id).plan
    # Of a plan that came with a file some may have stayed behind.
    number, by = max((each.number for each in there), default=0) + 1, access.person.name
    frozen = freeze(state_of(questionnaire, plan, at.date()), number=number, name=name, by=by, at=at)
    keep_wording(access.session, frozen.wording, frozen.wording_sha256)
    version = Version(version_id, number, name, by, at, plan.revision, frozen.sha256)
    row = version._asdict() | {"plan_id": access.plan_id, "wording": frozen.wording_sha256, "content": frozen.content}
    connection.execute(_ADD, row)
    record(access, "frozen", at, name=version.called)
    return version


def keep_wording(session: Session, wording: str, sha: str) -> None:
    """Keep a questionnaire as text under its SHA-256; nothing if it is kept already."""
    connection = session.connection()
    connection.execute(_KEEP_WORDING[connection.dialect.name], {"sha256": sha, "content": wording})


def fetch_versions(access: PlanAccess) -> list[Version]:
    """All versions of the plan, the last first, without their content."""
    access.needs("view")
    return [Version(*row) for row in access.session.connection().execute(_ALL)]


def fetch_state(access: PlanAccess, version_id: str) -> State:
    """The plan as of a version.

    Raises:
        VersionRefused: there is no such version of the plan, or it is not what was frozen.
    """
    access.needs("view")
    row = access.session.connection().execute(_ONE, {"this_version": version_id}).first()
    if row is None:
        raise VersionRefused("There is no such version of this plan. Choose one from the list.")
    state = thaw(row.content, row.wording, row.sha256)
    # One that came with a file was frozen under the id its plan had there.
    return replace(state, plan=replace(state.plan, id=access.plan_id))


_KEEP_WORDING: dict[str, Any] = {
    name: insert_into(WORDINGS).on_conflict_do_nothing()
    for name, insert_into in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_ADD = insert(VERSIONS)
_ALL = select(*(VERSIONS.c[name] for name in Version._fields)).order_by(VERSIONS.c.number.desc())
_ONE = (
    select(VERSIONS.c.content, VERSIONS.c.sha256, WORDINGS.c.content.label("wording"))
    .join_from(VERSIONS, WORDINGS, VERSIONS.c.wording == WORDINGS.c.sha256)
    .where(VERSIONS.c.id == bindparam("this_version"))
)
