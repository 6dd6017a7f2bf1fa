"""One answer as its box on the screen shows it: plain JSON, for the first drawing and for the reply to a save."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from mcplan.comments import SILENCE, Talk
from mcplan.numbers import points
from mcplan.plan import Answer, Plan, counted_questions
from mcplan.readiness import GATE_ORDER, SPLIT, missing_share
from mcplan.risks import risk_sentence
from questionnaire.cells import ANSWERS
from questionnaire.controls import Control, Day, Grid, Money, Number, OneLine, Paragraphs, Pick
from questionnaire.kinds import kind_of
from questionnaire.model import Column, Question, Questionnaire, Stage
from questionnaire.tables import Row, row_names, stored_rows

CONTROL_NAMES: dict[type, str] = {
    OneLine: "one_line",
    Paragraphs: "paragraphs",
    Pick: "pick",
    Number: "number",
    Money: "money",
    Day: "day",
    Grid: "grid",
}


def view_box(
    questionnaire: Questionnaire,
    plan: Plan,
    question: Question,
    me: str,
    *,
    weight: float | None = None,
    closed: bool = False,
    rates: bool = False,
    since: datetime | None = None,
    talk: Talk = SILENCE,
) -> dict[str, Any]:
    """Everything the box of one question needs to draw itself, but for its address and token.

    Args:
        questionnaire: what the plan is asked.
        plan: as it is stored now.
        question: the one to draw.
        me: the person at the screen, whose confidence is shown as theirs.
        weight: the weight of all questions that count at the plan's gate (`scope_weight`),
            for a screen that draws many; worked out if not given.
        closed: True if nothing can be put in, since the person may not or the plan is archived.
        rates: True if they may say how sure they are all the same.
        since: when the person was last in the plan; what others changed later is marked as new.
        talk: how many threads there are at the question.
    """
    kind = kind_of(question)
    answer = view_answer(questionnaire, plan, question, me, weight=weight)
    return {
        "plan": plan.id,
        "question": question.id,
        "label": question.ask,
        "control": view_control(kind.control(question)),
        "rows_of": view_references(questionnaire, plan, question),
        "referred": view_referred(questionnaire, plan, question),
        "note_label": (question.note or "Say more") if kind.has_note else "",
        "team": [[member.id, member.name] for member in plan.team if member.name],
        "me": me,
        "closed": closed,
        "rates": rates,
        "talk": asdict(talk),
        "news": f"New from {plan.answer(question).by}" if is_new(plan.answer(question), since, me) else "",
        **answer.pop("answer"),
        **answer,
    }


def view_answer(
    questionnaire: Questionnaire, plan: Plan, question: Question, me: str, *, weight: float | None = None
) -> dict[str, Any]:
    """What changes in a box when its answer changes: the answer itself, and what it is worth."""
    if weight is None:
        weight = scope_weight(questionnaire, plan)
    answer = plan.answer(question)
    return {
        "revision": answer.revision,
        "by": answer.by,
        "at": answer.at.isoformat() if answer.at else "",
        "answer": {
            "value": answer.value,
            "note": answer.note,
            "stage": int(answer.stage),
            "owner": answer.owner if plan.owner(question) else "",
            "confidence": answer.confidence.get(me),
            "evidence": [asdict(item) for item in answer.evidence],
            "not_applicable": answer.not_applicable,
        },
        "others": _others(answer, me),
        "state": _state(plan, question, weight) if questionnaire.phase_of(question).walked else KEPT,
        "risk": risk_sentence(question, plan),
    }


def _others(answer: Answer, me: str) -> str:
    """How sure the others are, and that the team is split where it is: no mean would show it."""
    given = answer.confidence.values()
    numbers = ", ".join(str(number) for person, number in answer.confidence.items() if person != me)
    split = len(given) > 1 and max(given) - min(given) >= SPLIT
    return f"{numbers} – the team is split, talk it through" if split and numbers else numbers


KEPT: Mapping[str, Any] = {"stage": 0, "word": "", "asked": "", "reached": False, "missing": "", "hint": ""}
"""The state of a table that is kept and not asked for: no gate wants anything of it."""


def is_new(answer: Answer, since: datetime | None, me: str) -> bool:
    """True if somebody else has changed the answer since `me` was last here; on a first visit nothing is marked."""
    return since is not None and answer.at is not None and answer.at > since and answer.by != me


def scope_weight(questionnaire: Questionnaire, plan: Plan) -> float:
    """The weight of all questions that count at the plan's gate."""
    reached = GATE_ORDER[: GATE_ORDER.index(plan.gate) + 1]
    return sum(question.weight for question in counted_questions(questionnaire, plan) if question.gate in reached)


def _state(plan: Plan, question: Question, weight: float) -> dict[str, Any]:
    stage = plan.stage(question)
    excused = bool(plan.answer(question).not_applicable.strip())
    due = GATE_ORDER.index(question.gate) <= GATE_ORDER.index(plan.gate)
    missing = 100 * question.weight * missing_share(question, plan) / weight if weight else 0
    return {
        "stage": int(stage),
        "word": "Does not apply" if excused else "Open" if stage is Stage.BLANK else stage.word,
        "asked": question.asked_stage.word.lower(),
        "gate": question.gate,
        "due": due,
        "reached": excused or stage >= question.asked_stage,
        "missing": points(missing) if due and not excused and missing > 0.05 else "",
        "hint": "" if excused else _hint(plan, question, stage),
    }


def _hint(plan: Plan, question: Question, stage: Stage) -> str:
    """Why the stage shown is lower than the one claimed, or what is missing for the gate."""
    claimed = plan.answer(question).stage
    if stage is Stage.BLANK:
        return "A critical question: the gate stays shut while it is open." if question.is_critical else ""
    if plan.owner(question) is None and (claimed > stage or stage < question.asked_stage or question.is_critical):
        return "Name an owner to go beyond drafted." if stage < question.asked_stage else "Name an owner."
    if claimed is Stage.EVIDENCED and stage is Stage.AGREED:
        return "Add an evidence item to count as evidenced."
    return ""


def view_references(questionnaire: Questionnaire, plan: Plan, question: Question) -> dict[str, list[list[str]]]:
    """What a table may refer to: by table question, the id and name of each of its rows."""
    tables = {column.of for column in question.columns if column.of and questionnaire.has(column.of)}
    found = {}
    for id in sorted(tables):
        table = questionnaire.question(id)
        found[id] = [[row, name] for row, name in row_names(table, plan.answer(table).value).items()]
    return found


def view_referred(questionnaire: Questionnaire, plan: Plan, question: Question) -> dict[str, list[str]]:
    """By row of a table, which tables name it, in walking order; rows that nobody names are left out."""
    found: dict[str, list[str]] = {}
    for table in questionnaire.questions() if question.columns else ():
        columns = [column for column in table.columns if column.of == question.id]
        for id in _referred_to(columns, stored_rows(table, plan.answer(table).value)) if columns else ():
            found.setdefault(id, []).append(f"{table.code} {table.ask}")
    return found


def _referred_to(columns: Iterable[Column], rows: Iterable[Row]) -> list[str]:
    cells = (row.get(column.id) for row in rows for column in columns)
    return list(dict.fromkeys(str(id) for cell in cells if cell for id in (cell if isinstance(cell, list) else [cell])))


def view_control(control: Control) -> dict[str, Any]:
    """A control as plain JSON."""
    given: dict[str, Any] = {"type": CONTROL_NAMES[type(control)], **asdict(control)}
    if isinstance(control, Pick):
        given["options"] = [[id, label] for id, label in control.options.items()]
    if isinstance(control, Grid):
        for column in given["columns"]:
            column["options"] = list((ANSWERS if column["kind"] == "yes or no" else column["options"]).items())
    return given
