"""The way of a comment from a screen into the database, and of the threads back to it.

`POST /api/comments` takes {plan, question, token, act, …}; `question` is empty for the plan as a whole. Acts:

=======  ==================================================================================
list     the threads there
write    {id, text, thread}: a comment of a name the screen made up; a reply if `thread` is given
edit     {id, text, seen}: another text of a comment of one's own, which was seen in a revision
resolve  {thread}: nobody is needed there any more
reopen   {thread}
assign   {thread, member}: somebody on the team is asked to look, or nobody
counts   how many threads there are at each question: {counts: {question: [open, total]}}
=======  ==================================================================================

All but `counts` reply with the threads as they are then (`mcplan.views.comments.view_threads`), also if
what was asked is refused (422), or if the comment was changed in another window first (409).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mcplan.views.comments import view_threads
from pages.kit import desk
from pages.kit.desk import Session
from pages.kit.routes import Call, Refused, Reply, post_route
from questionnaire.errors import AnswerRejected
from storage.access import PlanAccess
from storage.comments import (
    EditedMeanwhile,
    assign_thread,
    edit_comment,
    fetch_counts,
    fetch_threads,
    reopen_thread,
    settle_thread,
    store_comment,
)
from storage.database import reading, storing
from storage.plans import fetch_plan
from storage.presence import fetch_since

MOST = 60_000
"""Bytes in one call: 5,000 characters of any script, escaped, and the rest."""


def comments(call: Call) -> Reply:
    """Do what a screen asks with the comments at one question, and say which there are then."""
    act, question_id = call.parts.get("act"), call.name("question", may_be_empty=True)
    if act == "counts":
        return 200, _counts(call)
    if act == "list":
        return 200, _threads(call, question_id)
    change = CHANGES.get(act) if isinstance(act, str) else None
    if change is None:
        raise Refused(400, "This cannot be read.")
    return _change(call, question_id, change)


def _change(call: Call, question_id: str, change: Callable[[PlanAccess, Call], None]) -> Reply:
    def work(session: Session) -> None:
        change(call.access(session, "view"), call)

    try:
        storing(desk.engine(), work)
    except EditedMeanwhile as problem:
        return 409, _threads(call, question_id) | {"error": str(problem)}
    except AnswerRejected as problem:
        raise Refused(422, str(problem), **_threads(call, question_id)) from None
    return 200, _threads(call, question_id)


def _threads(call: Call, question_id: str) -> dict[str, Any]:
    with reading(desk.engine()) as session:
        access = call.access(session, "view")
        return view_threads(
            fetch_plan(access),
            fetch_threads(access, question_id),
            person=access.person,
            since=fetch_since(access, call.now),
            may_comment=access.may("comment"),
        )


def _counts(call: Call) -> dict[str, Any]:
    with reading(desk.engine()) as session:
        found = fetch_counts(call.access(session, "view"))
    return {"counts": {question_id: [talk.open, talk.total] for question_id, talk in found.items()}}


def _write(access: PlanAccess, call: Call) -> None:
    store_comment(
        access,
        desk.questionnaire(),
        call.name("id"),
        call.parts.get("text"),
        question_id=call.name("question", may_be_empty=True),
        thread_id=call.name("thread", may_be_empty=True),
        at=call.now,
    )


def _edit(access: PlanAccess, call: Call) -> None:
    seen = call.parts.get("seen")
    if type(seen) is not int or not 0 < seen < 2**31:
        raise Refused(400, "This cannot be read.")
    edit_comment(access, call.name("id"), call.parts.get("text"), seen=seen, at=call.now)


def _assign(access: PlanAccess, call: Call) -> None:
    assign_thread(access, call.name("thread"), call.name("member", may_be_empty=True), at=call.now)


CHANGES: Mapping[str, Callable[[PlanAccess, Call], None]] = {
    "write": _write,
    "edit": _edit,
    "resolve": lambda access, call: settle_thread(access, call.name("thread"), at=call.now),
    "reopen": lambda access, call: reopen_thread(access, call.name("thread"), at=call.now),
    "assign": _assign,
}
ROUTES = [post_route("/api/comments", comments, most=MOST)]
