"""What an open screen asks again and again: is there anything new, and who else is here?

`POST /api/pulse` takes {plan, token, visit, screen, typing, revision, mark, known} and replies with
{revision, talk, present, mark}. Only if the plan has changed since `revision` does the reply also hold how it
stands now (`strip`), the answers that are newer than the `known` ones (`answers`), and what the tables
on the screen know of one another (`tables`). With {leave: true} a screen says that it is gone.

A call with {wait: true} stays at the server as long as there is nothing that its `mark` does not know
(`pages.kit.waiting`), and is told {waited: true} if that was all the time. So a screen that nobody touches costs a
call and a row that says that it is still there, every nine seconds; any other one a small statement every two.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from mcplan.plan import Plan
from mcplan.presence import Presence, Pulse, needs_beat
from mcplan.readiness import Readiness
from mcplan.risk import Risk
from mcplan.views.live import view_changes, view_present, view_strip, view_tables
from pages.kit import desk
from pages.kit.desk import Session
from pages.kit.routes import Call, Later, Refused, Reply, post_route
from pages.kit.waiting import Waiting
from storage.access import PlanAccess, Watch
from storage.database import reading, storing
from storage.plans import fetch_plan
from storage.presence import fetch_pulse, fetch_pulses, leave, store_presence

MOST = 60_000
"""Bytes in one call: the revisions of a phase's answers and no text."""
SHORTLY = timedelta(milliseconds=400)
"""For so long everybody in a plan hears what the last one who asked has heard."""
AT_ONCE = 64
"""Plans of which is kept how they stand, since everybody in one asks the same."""


def pulse(call: Call) -> Reply | Later:
    """Say what is new, and keep who is there."""
    if call.parts.get("leave") is True:
        storing(desk.engine(), lambda session: leave(call.access(session, "view"), call.name("visit")), lasting=False)
        return 200, {}
    mine = Presence(
        call.name("visit"),
        call.caller.name,
        call.name("screen", may_be_empty=True),
        call.name("typing", may_be_empty=True),
        call.now,
    )
    with reading(desk.engine()) as session:
        access = call.access(session, "view")
        mine = replace(mine, name=access.person.name)
        found = _pulse_of(access, call.now)
        plan = _plan(access, found.revision) if found.revision != call.parts.get("revision") else None
    if needs_beat(found, mine):
        storing(desk.engine(), lambda session: _beat(call, session, mine), lasting=False)
    if plan is None and call.parts.get("wait") is True and call.parts.get("mark") == found.mark and WAITING.is_open:
        watch = Watch(call.plan_id, call.caller.person_id, call.caller.signed_in_at)
        return Later(lambda receive: WAITING.news(watch, found.mark, receive))
    return 200, _reply(call, found, mine, plan)


def forget(plan_id: str) -> None:
    """Something has happened to a plan: whoever asks next hears of it."""
    _heard.pop(plan_id, None)


def _pulse_of(access: PlanAccess, now: datetime) -> Pulse:
    # With fifty people in a plan each of them would read the rows of all fifty, every two seconds.
    at, kept = _heard.get(access.plan_id, (now - SHORTLY, None))
    if kept is None or not timedelta() <= now - at < SHORTLY:
        kept = fetch_pulse(access, now)
        _keep(access.plan_id, now, kept)
    return kept


def _plan(access: PlanAccess, revision: int) -> Plan:
    # Everybody in it asks for the same, one after the other.
    kept = _plans.get(access.plan_id)
    if kept is None or kept.revision != revision:
        kept = _plans[access.plan_id] = fetch_plan(access)
        while len(_plans) > AT_ONCE:
            _plans.pop(next(iter(_plans)), None)
    return kept


def _look(watches: Collection[Watch]) -> dict[Watch, str]:
    """The mark of everybody's plan who waits; whoever may no longer see theirs is missing."""
    now = desk.now()
    with reading(desk.engine()) as session:
        found = fetch_pulses(session, watches, now)
    for watch in watches:
        if watch in found:
            _keep(watch.plan_id, now, found[watch])
        else:
            forget(watch.plan_id)
    return {watch: each.mark for watch, each in found.items()}


def _keep(plan_id: str, now: datetime, found: Pulse) -> None:
    _heard[plan_id] = (now, found)
    while len(_heard) > AT_ONCE:
        _heard.pop(next(iter(_heard)), None)


def _beat(call: Call, session: Session, mine: Presence) -> None:
    store_presence(call.access(session, "view"), mine)


def _reply(call: Call, found: Pulse, mine: Presence, plan: Plan | None) -> dict[str, Any]:
    asked = desk.questionnaire()
    reply: dict[str, Any] = {
        "revision": found.revision,
        "talk": found.talk,
        "mark": found.mark,
        "present": view_present(asked, found.present, mine.name),
    }
    if plan:
        readiness, risks = _judged(plan)
        known = _known(call.parts.get("known", {}))
        reply["strip"] = view_strip(asked, plan, readiness, risks, mine.screen)
        reply["answers"] = view_changes(asked, plan, known, mine.name)
        reply["tables"] = view_tables(asked, plan, mine.screen)
    return reply


def _known(raw: Any) -> Mapping[str, int]:
    if not isinstance(raw, dict) or not all(type(revision) is int for revision in raw.values()):
        raise Refused(400, "This cannot be read.")
    return raw


def _judged(plan: Plan) -> tuple[Readiness, tuple[Risk, ...]]:
    """How a plan stands today, worked out once for all who are in it. Two threads at once only work it out twice."""
    key = (plan.id, plan.revision, desk.now().date())
    if key not in _kept:
        readiness, risks, _ = desk.judge(plan, plan.gate)
        _kept[key] = readiness, risks
        while len(_kept) > AT_ONCE:
            _kept.popitem(last=False)
    return _kept[key]


_heard: dict[str, tuple[datetime, Pulse]] = {}
_plans: dict[str, Plan] = {}
_kept: OrderedDict[tuple[str, int, date], tuple[Readiness, tuple[Risk, ...]]] = OrderedDict()
WAITING: Waiting[Watch] = Waiting(_look)
"""The screens of this server that wait for news."""
ROUTES = [post_route("/api/pulse", pulse, most=MOST)]
