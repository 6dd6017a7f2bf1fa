"""Who is in a plan, as rows that every server of an installation sees, and when people were last there.

A screen asks with `fetch_pulse`: one small statement that reads. It writes only now and then
(`mcplan.presence.needs_beat`). For all screens that wait a server asks with `fetch_pulses`, once a second.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from mcplan.people import Person
from mcplan.presence import FRESH, VISIT, Presence, Pulse, new_since
from storage.access import PlanAccess, Watch, watch_plans
from storage.rows import NoSuchPlan
from storage.tables import PLANS, PRESENCES, VISITS


def fetch_pulse(access: PlanAccess, at: datetime) -> Pulse:
    """Whether the plan has changed, and who is there at a time.

    Raises:
        NoSuchPlan: it has been deleted.
    """
    rows = access.session.connection().execute(_PULSE, {"this_plan": access.plan_id, "fresh": at - FRESH})
    found = _pulses(rows).get(access.plan_id)
    if found is None:
        raise NoSuchPlan("This plan is no longer there.")
    return found


def fetch_pulses(session: Session, watches: Collection[Watch], at: datetime) -> dict[Watch, Pulse]:
    """The same for all who wait for news: of those whose plan is still there, and still open for them.

    Two small statements, however many there are; one where nobody signs in.
    """
    still = watch_plans(session, watches, at)
    plans = {watch.plan_id for watch in still}
    rows = session.connection().execute(_PULSES, {"these_plans": list(plans), "fresh": at - FRESH})
    found = _pulses(rows)
    return {watch: found[watch.plan_id] for watch in still if watch.plan_id in found}


def store_presence(access: PlanAccess, mine: Presence) -> None:
    """Keep that a screen is there, and that its person is; screens that are long gone are forgotten."""
    connection = access.session.connection()
    row = {"visit_id": mine.visit_id, "name": mine.name, "screen": mine.screen, "question_id": mine.question_id}
    connection.execute(_SAY[connection.dialect.name], {"plan_id": access.plan_id, "at": mine.at} | row)
    connection.execute(_FORGET, {"gone": mine.at - 3 * FRESH})
    seen = {"plan_id": access.plan_id, "who": _who(access.person), "at": mine.at, "since": mine.at}
    connection.execute(_SEE[connection.dialect.name], seen | {"long_ago": mine.at - VISIT})


def leave(access: PlanAccess, visit_id: str) -> None:
    """Keep that a screen was closed."""
    access.session.connection().execute(_LEAVE, {"this_visit": visit_id})


def fetch_since(access: PlanAccess, now: datetime) -> datetime | None:
    """What came later than this is new to the person; None on their first visit."""
    found = access.session.connection().execute(_VISIT, {"this_plan": access.plan_id, "who": _who(access.person)})
    row = found.first()
    return new_since((row[0], row[1]) if row else None, now)


def _who(person: Person) -> str:
    return person.name if person.is_local else person.id


def _pulses(rows: Iterable[Sequence[Any]]) -> dict[str, Pulse]:
    stands: dict[str, tuple[int, int]] = {}
    present: dict[str, list[Presence]] = {}
    for plan_id, revision, talk, visit_id, *said in rows:
        stands[plan_id] = revision, talk
        here = present.setdefault(plan_id, [])
        if visit_id is not None:
            here.append(Presence(visit_id, *said))
    for here in present.values():
        here.sort(key=lambda each: (each.name, each.visit_id))
    return {plan_id: Pulse(*stand, tuple(present[plan_id])) for plan_id, stand in stands.items()}


_STANDS = (
    select(
        PLANS.c.id,
        PLANS.c.revision,
        PLANS.c.talk,
        *(PRESENCES.c[name] for name in ("visit_id", "name", "screen", "question_id", "at")),
    )
    .select_from(
        PLANS.outerjoin(PRESENCES, and_(PRESENCES.c.plan_id == PLANS.c.id, PRESENCES.c.at > bindparam("fresh")))
    )
    .where(PLANS.c.deleted_at.is_(None))
)
_PULSE = _STANDS.where(PLANS.c.id == bindparam("this_plan"))
_PULSES = _STANDS.where(PLANS.c.id.in_(bindparam("these_plans", expanding=True)))
_INSERTS = (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
_SAY = {}
_SEE = {}
for _name, _insert in _INSERTS:
    _new = _insert(PRESENCES)
    _SAY[_name] = _new.on_conflict_do_update(
        index_elements=["plan_id", "visit_id"],
        set_={name: _new.excluded[name] for name in ("name", "screen", "question_id", "at")},
    )
    _seen = _insert(VISITS).values({name: bindparam(name) for name in ("plan_id", "who", "since", "at")})
    _SEE[_name] = _seen.on_conflict_do_update(
        index_elements=["plan_id", "who"],
        set_={
            "at": _seen.excluded.at,
            "since": case((VISITS.c.at < bindparam("long_ago"), VISITS.c.at), else_=VISITS.c.since),
        },
    )
_FORGET = delete(PRESENCES).where(PRESENCES.c.at < bindparam("gone"))
_LEAVE = delete(PRESENCES).where(PRESENCES.c.visit_id == bindparam("this_visit"))
_VISIT = select(VISITS.c.since, VISITS.c.at).where(
    VISITS.c.plan_id == bindparam("this_plan"), VISITS.c.who == bindparam("who")
)
