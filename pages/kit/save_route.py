"""The way of an answer from the box on the screen into the database; and what every reply of the server carries.

`POST /api/answers` takes one JSON object {plan, question, base, changes, save_id, token} and replies
with the answer as it is then stored (`mcplan.views.view_answer`). The facts of a plan (`mcplan.facts.FACTS`)
take the same way. What the replies mean:

===  =====================================================================
200  stored
409  a colleague was first; the reply holds what they stored
401  the token has run out: the page has to be loaded again
422  a change does not fit; `error` says why, `field` which one
404  there is no such plan            413  more than fits into one save
400, 403, 415  this does not come from one of our screens
503  the database cannot be written now; to be tried again
===  =====================================================================

Nothing of what arrives here is ever written to a log.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from mcplan.answers import amend
from mcplan.facts import fact_field, fact_of
from mcplan.plan import Plan
from mcplan.views import view_answer, view_fact
from pages.kit import answer_box, desk
from pages.kit.desk import Session
from pages.kit.headers import SecurityHeaders
from pages.kit.tokens import TokenRefused, read_token, secret
from questionnaire.errors import AnswerRejected
from questionnaire.model import Question
from storage.answers import AnsweredMeanwhile, Saved, store_changes
from storage.database import DatabaseProblem, reading, storing
from storage.plans import NoSuchPlan, PlanChangedMeanwhile, fetch_plan, store_fact

MOST = 1_000_000
"""Bytes in one save: 100,000 characters of any script, and all the rest."""
DEEPEST = 6
"""Levels of JSON in `changes`; an evidence list has three."""
NAME = re.compile(r"[\w.:-]{1,200}", re.ASCII)


class Refused(Exception):
    """This request is not stored; the sentence is for the person, the status for the box."""

    def __init__(self, status: int, sentence: str, **more: object) -> None:
        super().__init__(sentence)
        self.status = status
        self.reply = {"error": sentence, **more}


@dataclass(frozen=True)
class Save:
    """What a box asks to be stored."""

    plan: str
    question: str
    base: int
    """The revision of the answer that the person had before them."""
    changes: Mapping[str, Any]
    save_id: str
    token: str


async def save_answer(request: Request) -> JSONResponse:
    """Store what one box sends, and say what is stored then."""
    try:
        _refuse_strangers(request)
        save = _read(await _body(request))
        status, reply = await run_in_threadpool(_store, save, desk.now())
    except Refused as refusal:
        status, reply = refusal.status, refusal.reply
    return JSONResponse(reply, status, headers={"Cache-Control": "no-store"})


def _refuse_strangers(request: Request) -> None:
    """Let in only what a page of this very server sends; a browser says so, and no other page can forge it."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    foreign = site not in (None, "same-origin") or (origin and urlsplit(origin).netloc != request.headers.get("host"))
    if foreign or not (site or origin):
        raise Refused(403, "This does not come from a page of this server.")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, "A save is JSON.")


async def _body(request: Request) -> bytes:
    too_much = Refused(413, "This is more than fits into one save. Make the text shorter, please.")
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > MOST:
        raise too_much
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST:
            raise too_much
    return bytes(body)


def _read(body: bytes) -> Save:
    try:
        parts = json.loads(body, parse_constant=_refuse_number, parse_float=_number)
    except (ValueError, RecursionError):
        raise Refused(400, "This save cannot be read.") from None
    if not isinstance(parts, dict) or _deep(parts.get("changes"), DEEPEST):
        raise Refused(400, "This save cannot be read.")
    names = [parts.get(name) for name in ("plan", "question", "save_id")]
    fits = all(isinstance(name, str) and NAME.fullmatch(name) for name in names)
    base, changes, token = parts.get("base"), parts.get("changes"), parts.get("token")
    if not (fits and type(base) is int and 0 <= base < 2**31 and isinstance(changes, dict) and isinstance(token, str)):
        raise Refused(400, "This save cannot be read.")
    return Save(parts["plan"], parts["question"], base, changes, parts["save_id"], token)


def _store(save: Save, now: datetime) -> tuple[int, dict[str, Any]]:
    """Status and reply. Runs in a thread of its own: a database makes people wait."""
    with _as_refusals(save):
        me = read_token(secret(), save.token, save.plan, now)
        fact = fact_of(save.question)
        return _store_fact(save, fact, me, now) if fact else _store_answer(save, me, now)


def _store_answer(save: Save, me: str, now: datetime) -> tuple[int, dict[str, Any]]:
    def work(session: Session) -> Saved:
        asked, seen = desk.questionnaire(), save.base
        return store_changes(
            session, asked, save.plan, save.question, save.changes, seen=seen, save_id=save.save_id, by=me, at=now
        )

    try:
        saved = storing(desk.engine(), work)
    except AnsweredMeanwhile:
        return 409, _stored(save, me)
    except AnswerRejected as problem:
        raise Refused(422, str(problem), field=_culprit(save, me, now)) from None
    return 200, view_answer(desk.questionnaire(), saved.plan, desk.questionnaire().question(save.question), me)


def _store_fact(save: Save, fact: Question, me: str, now: datetime) -> tuple[int, dict[str, Any]]:
    """A fact has no history that a repeated save could be told by: a retry meets its own words and is content."""
    if set(save.changes) != {"value"}:
        raise Refused(400, "This save cannot be read.")

    def work(session: Session) -> Plan:
        name, raw = fact_field(fact), save.changes["value"]
        return store_fact(session, desk.questionnaire(), save.plan, name, raw, seen=save.base, by=me, at=now)

    try:
        return 200, view_fact(storing(desk.engine(), work), fact)
    except PlanChangedMeanwhile as meanwhile:
        return 409, view_fact(meanwhile.plan, fact)
    except AnswerRejected as problem:
        raise Refused(422, str(problem), field="value") from None


@contextmanager
def _as_refusals(save: Save) -> Iterator[None]:
    """What may go wrong with any save, in words for the person."""
    try:
        yield
    except TokenRefused:
        raise Refused(401, "This page has been open for too long. Reload it, please.") from None
    except NoSuchPlan as problem:
        raise Refused(404, str(problem)) from None
    except DatabaseProblem as problem:
        raise Refused(503, str(problem)) from None


def _stored(save: Save, me: str) -> dict[str, Any]:
    with reading(desk.engine()) as session:
        plan = fetch_plan(session, save.plan)
    return view_answer(desk.questionnaire(), plan, desk.questionnaire().question(save.question), me)


def _culprit(save: Save, me: str, now: datetime) -> str:
    """The first field that does not fit on its own; empty if it is not for a field that this was refused."""
    if not desk.questionnaire().has(save.question):
        return ""
    question = desk.questionnaire().question(save.question)
    with reading(desk.engine()) as session:
        plan = fetch_plan(session, save.plan)
    for field, raw in save.changes.items():
        try:
            amend(question, plan, {field: raw}, by=me, at=now)
        except AnswerRejected:
            return field
    return ""


def _deep(value: object, most: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    parts = value.values() if isinstance(value, dict) else value
    return most == 0 or any(_deep(part, most - 1) for part in parts)


def _number(digits: str) -> float:
    number = float(digits)
    return _refuse_number(digits) if number in (float("inf"), float("-inf")) else number


def _refuse_number(digits: str) -> NoReturn:
    raise ValueError("not a number")


ROUTES = [Route("/api/answers", save_answer, methods=["POST"]), *answer_box.ROUTES]
MIDDLEWARE = [Middleware(SecurityHeaders)]
