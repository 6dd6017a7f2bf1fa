"""What an open screen hears while it stays open: how the plan stands now, who else is there, and what colleagues wrote.

Plain JSON, since it goes to the screen without the screen being drawn again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from mcplan.plan import Plan, asked_questions
from mcplan.presence import Presence
from mcplan.readiness import Readiness
from mcplan.risk import Risk
from mcplan.views.answer import scope_weight, view_answer, view_references, view_referred
from mcplan.views.overview import view_standing
from mcplan.views.phase import next_open, phase_progress
from questionnaire.model import Questionnaire

SCREENS = {
    "": "the overview",
    "overview": "the overview",
    "readiness": "readiness",
    "risks": "risks",
    "findings": "the findings",
    "alignment": "the alignment",
    "pathway": "the pathway",
    "finance": "the finance",
    "sources": "the sources",
    "dossier": "the dossier",
    "comments": "comments",
    "history": "the history",
    "people": "people",
    "actions": "actions",
    "table": "a table",
}
"""What the screens that are no phases are called, by their path in the address."""


def view_strip(
    questionnaire: Questionnaire, plan: Plan, readiness: Readiness, risks: tuple[Risk, ...], screen: str
) -> dict[str, Any]:
    """How the plan stands, for the strip at the head of a screen; on the screen of a phase also how far that is."""
    standing = view_standing(readiness, risks)
    strip = {
        "revision": plan.revision,
        "sign": asdict(standing.sign) | {"icon": standing.sign.icon.removeprefix(":material/").removesuffix(":")},
        "span": standing.span,
        "of": f"of 100 for {standing.gate.lower()}",
        "counts": f"{standing.stops} · {standing.risks}",
        "says": standing.says,
        "form": form_of(questionnaire, plan, screen),
    }
    phase = next((each for each in questionnaire.walked if each.id == screen), None)
    if phase is None:
        return strip
    step = next_open(questionnaire, plan, phase)
    progress = phase_progress(questionnaire, plan, phase, readiness)
    return strip | {"progress": progress, "next": asdict(step) if step else None}


def form_of(questionnaire: Questionnaire, plan: Plan, screen: str) -> str:
    """A short word for what only a new drawing of a screen can show: which questions, asked of whom, and whether still.

    On the screens that are no phases that is everything, so there it changes with each change of the plan.
    """
    phase = next((each for each in questionnaire.walked if each.id == screen), None)
    if phase is None:
        return str(plan.revision)
    asked = [
        question.id for question in asked_questions(questionnaire, plan) if questionnaire.phase_of(question) is phase
    ]
    team = [[member.id, member.name] for member in plan.team]
    # What a single answer is worth hangs on the weight of all.
    whole = json.dumps([plan.title, plan.gate, bool(plan.archived_at), team, asked, scope_weight(questionnaire, plan)])
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def view_changes(
    questionnaire: Questionnaire, plan: Plan, known: Mapping[str, int], me: str
) -> dict[str, dict[str, Any]]:
    """The answers that a screen shows in an older revision than the stored one, by question, as their boxes show them.

    Args:
        questionnaire: what the plan is asked.
        plan: as it is stored now.
        known: the revision of each answer on the screen.
        me: the person at the screen.
    """
    weight = scope_weight(questionnaire, plan)
    return {
        id: view_answer(questionnaire, plan, questionnaire.question(id), me, weight=weight)
        for id, revision in known.items()
        if questionnaire.has(id) and plan.answer(questionnaire.question(id)).revision > revision
    }


def view_tables(questionnaire: Questionnaire, plan: Plan, screen: str) -> dict[str, dict[str, Any]]:
    """For each table on the screen of a phase, what hangs on others: the rows it may name, and who names its own."""
    phase = next((each for each in questionnaire.walked if each.id == screen), None)
    return {
        question.id: {
            "rows_of": view_references(questionnaire, plan, question),
            "referred": view_referred(questionnaire, plan, question),
        }
        for question in (phase.questions if phase else ())
        if question.columns
    }


def view_present(questionnaire: Questionnaire, present: Iterable[Presence], me: str) -> list[dict[str, str]]:
    """The others in the plan: name, where they are in words, and the id of the question they are typing in.

    Somebody with several windows stands there once, where they type or with the last window of theirs.
    """
    others: dict[str, Presence] = {}
    for each in sorted(present, key=lambda one: (bool(one.question_id), one.at)):
        if each.name != me:
            others[each.name] = each
    return [
        {"name": each.name, "where": _where(questionnaire, each.screen), "question": each.question_id}
        for _, each in sorted(others.items())
    ]


def _where(questionnaire: Questionnaire, screen: str) -> str:
    phase = next((each for each in questionnaire.walked if each.id == screen), None)
    return phase.title.lower() if phase else SCREENS.get(screen, "another screen")
