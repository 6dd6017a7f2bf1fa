"""What the facilitator's screen asks of the server.

`POST /api/workshop` takes {plan, token, workshop, act, …} and gives the workshop as it is then
(`mcplan.views.room.view_lead`):

========  =================================================================================
look      {mark}: only {mark} if nothing is new
move      {move, number, seen}: see `mcplan.workshop.course.move`
commit    {changes, base, seen, save_id}: the team's answer into the plan, of a table {lines, column} in `changes`
draft     {item, text, base}: the team's answer as it is being written
door      {locked} or {code: true}: lock it, or give another code
rename    {who, name}
remove    {who}
note      {id, kind, text, owner, due}
turn      {id, into}: a note becomes a `comment`, an `action` or a `risk`
close     the workshop ends
========  =================================================================================

409 means that somebody was first: `error` says so, the workshop comes along as it is now, and after `commit` in
`clash` what a colleague has stored as the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from mcplan.plan import Answer
from mcplan.views.room import view_clash, view_lead
from mcplan.views.workshops import standing_of
from mcplan.workshop.sitting import MovedMeanwhile
from pages.kit import desk, pulse_route
from pages.kit.desk import Session
from pages.kit.room.look import forget, mark_of
from pages.kit.routes import Call, Refused, Reply, post_route
from questionnaire.errors import AnswerRejected
from storage import sittings, workshop_notes, workshops
from storage.access import PlanAccess
from storage.answers import AnsweredMeanwhile
from storage.database import reading, storing
from storage.plans import fetch_plan
from storage.rooms import Room
from storage.workshops import fetch_sitting

BEAT = timedelta(seconds=10)
"""A facilitator's screen says so often that it is there."""


def lead(call: Call) -> Reply:
    """Do what a facilitator asks, and say how the workshop stands then."""
    act = call.parts.get("act")
    if act == "look":
        return 200, _view(call, call.parts.get("mark"))
    work = ACTS.get(act) if isinstance(act, str) else None
    if work is None:
        raise Refused(400, "This cannot be read.")
    id, found = call.name("workshop"), {}
    try:
        done = storing(desk.engine(), lambda session: work(call.access(session, "facilitate"), id, call))
        found = dict(done or {})
    except AnsweredMeanwhile as meanwhile:
        return 409, _view(call) | {"error": str(meanwhile), "clash": _clash(call, meanwhile.answer)}
    except MovedMeanwhile as meanwhile:
        forget(Room(call.plan_id, id))
        return 409, _view(call) | {"error": str(meanwhile)}
    except AnswerRejected as problem:
        raise Refused(422, str(problem), **_view(call)) from None
    forget(Room(call.plan_id, id))
    pulse_route.forget(call.plan_id)
    return 200, _view(call) | found


def _view(call: Call, known: object = None) -> dict[str, Any]:
    id, now = call.name("workshop"), call.now
    with reading(desk.engine()) as session:
        access = call.access(session, "facilitate")
        sitting, plan = fetch_sitting(access, id), fetch_plan(access)
    seen_at = sitting.workshop.lead_seen_at
    if sitting.workshop.state == "open" and (seen_at is None or now - seen_at > BEAT):
        storing(desk.engine(), lambda session: _beat(session, call, id), lasting=False)
    mark = f"{mark_of(sitting, now)}-{plan.revision}"
    if known == mark:
        return {"mark": mark}
    return view_lead(desk.questionnaire(), plan, sitting, now) | {"mark": mark}


def _beat(session: Session, call: Call, id: str) -> None:
    sittings.lead_is_here(call.access(session, "facilitate"), id, at=call.now)


def _clash(call: Call, answer: Answer) -> Mapping[str, Any]:
    question = desk.questionnaire().question(answer.question_id)
    changes = call.parts.get("changes")
    mine = changes.get("value") if isinstance(changes, dict) else ""
    return view_clash(question, mine if isinstance(mine, str) else "", answer)


def _number(call: Call, part: str) -> int:
    found = call.parts.get(part, 0)
    if type(found) is not int or not 0 <= found < 2**31:
        raise Refused(400, "This cannot be read.")
    return found


def _words(call: Call, part: str) -> str:
    return str(call.parts.get(part) or "")


def _move(access: PlanAccess, id: str, call: Call) -> None:
    sittings.move_on(
        access, desk.questionnaire(), id, _words(call, "move"), number=_number(call, "number"),
        seen=_number(call, "seen"), at=call.now,
    )  # fmt: skip


def _commit(access: PlanAccess, id: str, call: Call) -> None:
    changes = call.parts.get("changes")
    if not isinstance(changes, dict) or not set(changes) <= {"value", "note", "lines", "column"}:
        raise Refused(400, "This cannot be read.")
    sittings.commit_answer(
        access, desk.questionnaire(), id, changes, seen=_number(call, "seen"), base=_number(call, "base"),
        save_id=call.name("save_id"), at=call.now,
    )  # fmt: skip


def _draft(access: PlanAccess, id: str, call: Call) -> dict[str, int]:
    text, base = _words(call, "text"), _number(call, "base")
    return {"drafted": sittings.store_draft(access, id, call.name("item"), text, seen=base, at=call.now)}


def _door(access: PlanAccess, id: str, call: Call) -> None:
    if call.parts.get("code") is True:
        sittings.set_door(access, id, code=workshops.new_code(), at=call.now)
    else:
        sittings.set_door(access, id, is_locked=call.parts.get("locked") is True, at=call.now)


def _note(access: PlanAccess, id: str, call: Call) -> None:
    parts, kind = call.parts, call.parts.get("kind")
    if kind not in ("parking", "decision", "action"):
        raise Refused(400, "This cannot be read.")
    workshop_notes.store_note(
        access, desk.questionnaire(), id, call.name("id"), kind, parts.get("text"), owner=parts.get("owner"),
        due=parts.get("due"), at=call.now,
    )  # fmt: skip


def _close(access: PlanAccess, id: str, call: Call) -> None:
    plan = fetch_plan(access)
    workshops.close_workshop(access, id, standing_of(desk.judge(plan, plan.gate)[0]), at=call.now)


ACTS: dict[str, Callable[[PlanAccess, str, Call], Mapping[str, Any] | None]] = {
    "move": _move,
    "commit": _commit,
    "draft": _draft,
    "door": _door,
    "rename": lambda access, id, call: sittings.rename_participant(
        access, id, call.name("who"), call.parts.get("name")
    ),
    "remove": lambda access, id, call: sittings.remove_participant(access, id, call.name("who"), at=call.now),
    "note": _note,
    "turn": lambda access, id, call: workshop_notes.turn_into(
        access, desk.questionnaire(), id, call.name("id"), _words(call, "into"), at=call.now
    ),
    "close": _close,
}
ROUTES = [post_route("/api/workshop", lead)]
