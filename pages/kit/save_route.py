"""The way of an answer from the box on the screen into the database.

`POST /api/answers` takes one JSON object {plan, question, base, changes, save_id, token} and replies
with the answer as it is then stored (`mcplan.views.view_answer`): 200 if it was stored, 409 if a
colleague was first and the reply holds what they stored, and 422 with the `field` if a change does
not fit, of a table also with its `cells`; the rest is said in `pages.kit.routes`. What the answer is
worth in its plan is worked out once it is stored, when nobody waits for the plan any more. The facts of
a plan (`mcplan.facts.FACTS`) take the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mcplan.answers import amend, needed_for
from mcplan.facts import fact_field, fact_of
from mcplan.plan import Answer, Plan
from mcplan.text import clean_json
from mcplan.views import view_answer, view_fact
from pages.kit import desk
from pages.kit.desk import Session
from pages.kit.pulse_route import forget
from pages.kit.routes import Call, Refused, Reply, post_route
from questionnaire.errors import AnswerRejected
from questionnaire.model import Question
from questionnaire.tables import misfits
from storage.answers import AnsweredMeanwhile, store_changes
from storage.database import reading, storing
from storage.plans import PlanChangedMeanwhile, fetch_plan, store_fact


@dataclass(frozen=True)
class Save:
    """What a box asks to be stored."""

    call: Call
    question: str
    base: int
    """The revision of the answer that the person had before them."""
    changes: Mapping[str, Any]
    save_id: str


def save_answer(call: Call) -> Reply:
    """Store what one box sends, and say what is stored then."""
    save = _read(call)
    fact = fact_of(save.question)
    return _store_fact(save, fact) if fact else _store_answer(save)


def _read(call: Call) -> Save:
    base, changes = call.parts.get("base"), call.parts.get("changes")
    if not (type(base) is int and 0 <= base < 2**31 and isinstance(changes, dict)):
        raise Refused(400, "This save cannot be read.")
    return Save(call, call.name("question"), base, changes, call.name("save_id"))


def _store_answer(save: Save) -> Reply:
    call, asked = save.call, desk.questionnaire()

    def work(session: Session) -> Answer:
        access = call.access(session, needed_for(save.changes))
        return store_changes(
            access, asked, save.question, save.changes, seen=save.base, save_id=save.save_id, at=call.now
        )

    try:
        answer = storing(desk.engine(), work)
    except AnsweredMeanwhile as meanwhile:
        return 409, _view(save, meanwhile.answer)
    except AnswerRejected as problem:
        raise Refused(422, str(problem), field=_culprit(save), cells=_culprit_cells(save)) from None
    forget(call.plan_id)
    return 200, _view(save, answer)


def _view(save: Save, answer: Answer) -> Mapping[str, Any]:
    """The answer in its plan of now. A colleague may have changed it since: the next pulse brings theirs."""
    asked, plan = desk.questionnaire(), _stored(save)
    plan = replace(plan, answers={**plan.answers, answer.question_id: answer})
    return view_answer(asked, plan, asked.question(save.question), save.call.caller.name)


def _store_fact(save: Save, fact: Question) -> Reply:
    """A fact has no history that a repeated save could be told by: a retry meets its own words and is content."""
    if set(save.changes) != {"value"}:
        raise Refused(400, "This save cannot be read.")
    call = save.call

    def work(session: Session) -> Plan:
        access, name, raw = call.access(session, "answer"), fact_field(fact), save.changes["value"]
        return store_fact(access, name, raw, seen=save.base, at=call.now)

    try:
        plan = storing(desk.engine(), work)
        forget(call.plan_id)
        return 200, view_fact(plan, fact)
    except PlanChangedMeanwhile as meanwhile:
        return 409, view_fact(meanwhile.plan, fact)
    except AnswerRejected as problem:
        raise Refused(422, str(problem), field="value") from None


def _stored(save: Save) -> Plan:
    with reading(desk.engine()) as session:
        return fetch_plan(save.call.access(session, "view"))


def _culprit(save: Save) -> str:
    """The first field that does not fit on its own; empty if it is not for a field that this was refused."""
    if not desk.questionnaire().has(save.question):
        return ""
    question, plan, call = desk.questionnaire().question(save.question), _stored(save), save.call
    for field, raw in save.changes.items():
        try:
            amend(question, plan, {field: raw}, by=call.caller.name, at=call.now)
        except AnswerRejected:
            return field
    return ""


def _culprit_cells(save: Save) -> list[list[str]]:
    """Of a table the row, column and sentence of each cell that does not fit."""
    asked = desk.questionnaire()
    if not asked.has(save.question):
        return []
    found = misfits(asked.question(save.question), clean_json(save.changes.get("rows")))
    return [[row, column, sentence] for (row, column), sentence in found.items()]


ROUTES = [post_route("/api/answers", save_answer)]
