"""What was ever said to a question, and what ever happened to a plan, in words and with the changes marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from mcplan.differences import Piece, differences
from mcplan.plan import Answer, Plan
from mcplan.timeline import Event
from questionnaire.kinds import kind_of
from questionnaire.model import Question

SITTING = timedelta(minutes=10)
"""Saves of one person at one answer that follow each other sooner are one change: words are saved while typed."""


@dataclass(frozen=True)
class Step:
    """An answer as somebody left it, and as it was before they came."""

    now: Answer
    before: Answer | None
    saves: int


def steps(revisions: Sequence[Answer]) -> list[Step]:
    """Revisions, latest first, drawn together into what one person did in one sitting; the latest first.

    The last one has nothing to compare with unless it is the first revision: so ask for one more than is shown.
    """
    found: list[Step] = []
    for place, answer in enumerate(revisions):
        older = revisions[place + 1] if place + 1 < len(revisions) else None
        last = found[-1] if found else None
        if last and last.before is answer and _is_same_sitting(answer, last.now):
            found[-1] = Step(last.now, older, last.saves + 1)
        else:
            found.append(Step(answer, older, 1))
    return found


def view_step(question: Question, plan: Plan, step: Step) -> dict[str, Any]:
    """One step of the history of an answer as its box shows it: plain JSON."""
    now = step.now
    return {
        "revision": now.revision,
        "by": now.by,
        "at": now.at.isoformat() if now.at else "",
        "stage": now.stage.word,
        "saves": step.saves,
        "pieces": marked(question, step.before, now),
        "also": also_changed(plan, step.before, now),
        "answer": {
            "value": now.value,
            "note": now.note,
            "stage": max(1, int(now.stage)),
            "evidence": [asdict(item) for item in now.evidence],
            "not_applicable": now.not_applicable,
        },
    }


def view_set_aside(event: Event) -> dict[str, Any]:
    """A text that somebody gave up for a colleague's, as the box shows it."""
    return {
        "by": event.by,
        "at": event.at.isoformat(),
        "field": event.details.get("name", ""),
        "text": event.details.get("after", ""),
    }


def marked(question: Question, before: Answer | None, now: Answer) -> list[Piece]:
    """What was said, with what was added and removed since `before`; the note comes after the value."""
    old, new = _words(question, before), _words(question, now)
    # Where nothing stood before all of it is new, and marks would only make it hard to read.
    return list(differences(old, new)) if old else [Piece("kept", new)] * bool(new)


def also_changed(plan: Plan, before: Answer | None, now: Answer) -> list[str]:
    """What else changed beside the words: stage, owner, evidence, confidence, and whether it applies."""
    was = before or Answer(now.question_id)
    names = {member.id: member.name for member in plan.team}
    pairs = (
        ("Stage", was.stage.word, now.stage.word),
        ("Owner", _owner(was, names), _owner(now, names)),
        ("Evidence", _evidence(was), _evidence(now)),
        ("Confidence", _confidence(was), _confidence(now)),
        ("Does not apply", was.not_applicable or "no", now.not_applicable or "no"),
    )
    return [f"{what}: {old} → {new}" for what, old, new in pairs if old != new]


def has_words(answer: Answer) -> bool:
    """True if something stands in the answer or beside it."""
    return answer.value is not None or bool(answer.note)


def _is_same_sitting(older: Answer, newer: Answer) -> bool:
    if older.at is None or newer.at is None:
        return False
    return older.by == newer.by and newer.at - older.at <= SITTING


def _words(question: Question, answer: Answer | None) -> str:
    if answer is None:
        return ""
    said = "" if answer.value is None else kind_of(question).say(question, answer.value)
    return "\n".join(part for part in (said, answer.note) if part)


def _owner(answer: Answer, names: dict[str, str]) -> str:
    return names.get(answer.owner, "somebody who left the team") if answer.owner else "nobody"


def _evidence(answer: Answer) -> str:
    return ", ".join(item.title for item in answer.evidence) or "none"


def _confidence(answer: Answer) -> str:
    return _list(f"{name} {number}" for name, number in sorted(answer.confidence.items()))


def _list(parts: Iterable[str]) -> str:
    return ", ".join(parts) or "none"
