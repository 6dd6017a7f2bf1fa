"""Which state of a plan a file was made from, told by the content of the plan alone."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from mcplan.plan import Answer, Plan


def state_of(plan: Plan) -> str:
    """The SHA-256 of what a plan says: facts, team and answers. Who saved when makes no difference."""
    facts = [plan.title, plan.gate, plan.institution, plan.unit, plan.summary, plan.board, str(plan.start or "")]
    team = [[member.id, member.name, member.role] for member in plan.team]
    answers = [_said(answer) for _, answer in sorted(plan.answers.items())]
    written = json.dumps([facts, team, answers], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def _said(answer: Answer) -> list[Any]:
    evidence = [[item.title, item.link, item.note, item.on] for item in answer.evidence]
    return [
        answer.question_id,
        answer.value,
        answer.note,
        int(answer.stage),
        answer.owner,
        evidence,
        dict(answer.confidence),
        answer.not_applicable,
    ]
