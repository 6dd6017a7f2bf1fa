"""What every route of our own has in common: who may call it, how much it takes, and how it refuses.

A box on the screen posts one JSON object with `plan` and `token`; the route answers with one. What
the refusals mean to the box:

===  =====================================================================
401  the token has run out, or its person has signed out: the page has to be loaded again
403  this person may not do it; or it does not come from one of our screens
404  there is no such plan, for this person
413  more than fits
422  what was put in does not fit; `error` says why
400, 415  it cannot be read
503  the database cannot do it now; to be tried again
===  =====================================================================

Nothing of what arrives here is ever written to a log.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import Receive

from mcplan.people import NotAllowed
from mcplan.roles import Permission
from pages.kit import desk
from pages.kit.desk import Session
from pages.kit.sign_in import person_of
from pages.kit.tokens import Caller, TokenRefused, read_token, secret
from questionnaire.errors import AnswerRejected
from storage.access import PlanAccess, authorize
from storage.database import DatabaseProblem
from storage.plans import NoSuchPlan

MOST = 1_000_000
"""Bytes in one call: 100,000 characters of any script, and all the rest."""
DEEPEST = 7
"""Levels of JSON in a call; the changes of an evidence list have four."""
NAME = re.compile(r"[\w.:-]{1,200}", re.ASCII)
Reply = tuple[int, Any]


@dataclass(frozen=True)
class Later:
    """In place of a reply: there is nothing to say yet, and the caller is willing to wait."""

    news: Callable[[Receive], Awaitable[bool]]
    """True once the call is to be answered after all; False if it has waited long enough. Takes no thread."""


WAITED: Reply = 200, {"waited": True}
"""What is replied when there was nothing to say all the time."""


class Refused(Exception):
    """This call is refused; the sentence is for the person, the status for the box."""

    def __init__(self, status: int, sentence: str, **more: object) -> None:
        super().__init__(sentence)
        self.status = status
        self.reply = {"error": sentence, **more}


@dataclass(frozen=True)
class Call:
    """What a screen asks of a route: for which plan, who, when, and the parts it sent."""

    plan_id: str
    caller: Caller
    now: datetime
    parts: Mapping[str, Any]

    def access(self, session: Session, permission: Permission) -> PlanAccess:
        """The plan, opened for the caller in this transaction.

        Raises:
            NoSuchPlan, NotAllowed: as `storage.access.authorize`.
            TokenRefused: the person has signed out since.
        """
        return authorize(session, person_of(session, self.caller), self.plan_id, permission, self.now)

    def name(self, part: str, *, may_be_empty: bool = False) -> str:
        """A part that is an id. Refused: it is none."""
        return _name(self.parts, part, may_be_empty)


@dataclass(frozen=True)
class Guest:
    """What a page without an account asks of a route: from which address, when, and the parts it sent."""

    address: str
    now: datetime
    parts: Mapping[str, Any]

    def name(self, part: str, *, may_be_empty: bool = False) -> str:
        """A part that is an id. Refused: it is none."""
        return _name(self.parts, part, may_be_empty)


Work = Callable[[Call], Reply | Later]
GuestWork = Callable[[Guest], Reply]


def post_route(path: str, work: Work, *, most: int = MOST) -> Route:
    """A route that does `work` for a screen of ours, in a thread of its own, and replies with its JSON.

    Args:
        path: its address.
        work: status and reply; what a person can mend may rise from it. Done anew, rights and all, for whoever waited.
        most: bytes that a call may have.
    """
    return _route(path, lambda parts, _: _answer(work, parts), most)


def guest_route(path: str, work: GuestWork, *, most: int = MOST) -> Route:
    """The same for a page that nobody has to sign in for: `work` itself has to look whom it lets in."""
    return _route(path, lambda parts, address: _answer_guest(work, parts, address), most)


def _route(path: str, work: Callable[[Mapping[str, Any], str], Reply | Later], most: int) -> Route:
    async def answer(request: Request) -> JSONResponse:
        try:
            _refuse_strangers(request)
            parts = _read(await _body(request, most))
            address = request.client.host if request.client else ""
            said = await run_in_threadpool(work, parts, address)
            if isinstance(said, Later) and await said.news(request.receive):
                said = await run_in_threadpool(work, parts, address)
            status, reply = WAITED if isinstance(said, Later) else said
        except Refused as refusal:
            status, reply = refusal.status, refusal.reply
        return JSONResponse(reply, status, headers={"Cache-Control": "no-store"})

    return Route(path, answer, methods=["POST"])


def _name(parts: Mapping[str, Any], part: str, may_be_empty: bool) -> str:
    given = parts.get(part, "")
    if isinstance(given, str) and (NAME.fullmatch(given) or (may_be_empty and not given)):
        return given
    raise Refused(400, "This cannot be read.")


def _answer_guest(work: GuestWork, parts: Mapping[str, Any], address: str) -> Reply:
    with _as_refusals():
        return work(Guest(address, desk.now(), parts))


def _answer(work: Work, parts: Mapping[str, Any]) -> Reply | Later:
    now = desk.now()
    plan, token = parts.get("plan"), parts.get("token")
    if not (isinstance(plan, str) and NAME.fullmatch(plan) and isinstance(token, str)):
        raise Refused(400, "This save cannot be read.")
    with _as_refusals():
        caller = read_token(secret(), token, plan, now)
        return work(Call(plan, caller, now, parts))


@contextmanager
def _as_refusals() -> Iterator[None]:
    """What may go wrong with any call, in words for the person."""
    try:
        yield
    except TokenRefused:
        raise Refused(401, "This page has been open for too long. Reload it, please.") from None
    except NotAllowed as problem:
        raise Refused(403, str(problem)) from None
    except NoSuchPlan as problem:
        raise Refused(404, str(problem)) from None
    except AnswerRejected as problem:
        raise Refused(422, str(problem)) from None
    except DatabaseProblem as problem:
        raise Refused(503, str(problem)) from None


def _refuse_strangers(request: Request) -> None:
    """Let in only what a page of this very server sends; a browser says so, and no other page can forge it."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    foreign = site not in (None, "same-origin") or (origin and urlsplit(origin).netloc != request.headers.get("host"))
    if foreign or not (site or origin):
        raise Refused(403, "This does not come from a page of this server.")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, "A save is JSON.")


async def _body(request: Request, most: int) -> bytes:
    too_much = Refused(413, "This is more than fits into one save. Make the text shorter, please.")
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > most:
        raise too_much
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise too_much
    return bytes(body)


def _read(body: bytes) -> Mapping[str, Any]:
    try:
        parts = json.loads(body, parse_constant=_refuse_number, parse_float=_number)
    except (ValueError, RecursionError):
        raise Refused(400, "This save cannot be read.") from None
    if not isinstance(parts, dict) or _deep(parts, DEEPEST):
        raise Refused(400, "This save cannot be read.")
    return parts


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
