"""What a bundle holds as plain JSON, and back; what is empty is not written."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from mcplan.comments import Comment, Thread
from mcplan.plan import Answer, Evidence, Member, Plan
from mcplan.timeline import ELSEWHERE, Event
from questionnaire.model import Stage

FACTS = ("title", "gate", "institution", "unit", "summary", "board")


def plan_out(plan: Plan) -> dict[str, Any]:
    """Facts and team."""
    team = [filled(asdict(member)) for member in plan.team]
    facts = filled({name: getattr(plan, name) for name in FACTS})
    changed = {"changed_at": moment(plan.changed_at), "changed_by": plan.changed_by}
    start = {"start": plan.start.isoformat() if plan.start else ""}
    return {"id": plan.id, "revision": max(1, plan.revision), "team": team} | facts | filled(changed | start)


def plan_in(raw: dict[str, Any], answers: dict[str, Answer]) -> Plan:
    """The plan with these answers. ValueError if a day or moment is none."""
    facts = {name: raw[name] for name in FACTS if name in raw}
    return Plan(
        id=raw["id"],
        **facts,
        start=date.fromisoformat(raw["start"]) if "start" in raw else None,
        team=tuple(Member(each["id"], each["name"], each.get("role", "")) for each in raw["team"]),
        answers=answers,
        revision=raw["revision"],
        changed_at=_when(raw["changed_at"]) if "changed_at" in raw else None,
        changed_by=raw.get("changed_by", ""),
    )


def answer_out(answer: Answer) -> dict[str, Any]:
    """An answer as it was at one revision."""
    said = {
        "value": answer.value,
        "note": answer.note,
        "owner": answer.owner,
        "evidence": [filled(asdict(item)) for item in answer.evidence],
        "confidence": dict(answer.confidence),
        "not_applicable": answer.not_applicable,
    }
    who = {"revision": answer.revision, "by": answer.by, "at": moment(answer.at)}
    return {"question": answer.question_id, "stage": answer.stage.name.lower()} | filled(said) | who


def answer_in(raw: dict[str, Any]) -> Answer:
    """The answer. ValueError if a day or moment is none."""
    for item in raw.get("evidence", ()):
        date.fromisoformat(item.get("on") or "2000-01-01")
    return Answer(
        question_id=raw["question"],
        value=raw.get("value"),
        note=raw.get("note", ""),
        stage=Stage[raw["stage"].upper()],
        owner=raw.get("owner", ""),
        evidence=tuple(Evidence(**item) for item in raw.get("evidence", ())),
        confidence=raw.get("confidence", {}),
        not_applicable=raw.get("not_applicable", ""),
        revision=raw["revision"],
        by=raw["by"],
        at=_when(raw["at"]),
    )


def thread_out(thread: Thread) -> dict[str, Any]:
    """A thread with its comments. Accounts stay where they are: only names go."""
    about = {
        "question": thread.question_id,
        "settled_at": moment(thread.resolved_at),
        "settled_by": thread.resolved_by,
        "assignee": thread.assignee,
    }
    return filled(about) | {"comments": [_comment_out(comment) for comment in thread.comments]}


def thread_in(raw: dict[str, Any]) -> Thread:
    """The thread; ids are to be given to it. ValueError if a moment is none."""
    return Thread(
        id="",
        question_id=raw.get("question", ""),
        comments=tuple(_comment_in(each) for each in raw["comments"]),
        resolved_at=_when(raw["settled_at"]) if "settled_at" in raw else None,
        resolved_by=raw.get("settled_by", ""),
        assignee=raw.get("assignee", ""),
    )


def event_out(event: Event) -> dict[str, Any]:
    """Something that was done."""
    more = {"question": event.question_id, "details": dict(event.details)}
    return {"kind": event.kind, "by": event.by, "at": moment(event.at)} | filled(more)


def event_in(raw: dict[str, Any]) -> Event:
    """Something that was done. ValueError if the moment is none."""
    return Event(raw["kind"], raw["by"], _when(raw["at"]), raw.get("question", ""), raw.get("details", {}))


def _comment_out(comment: Comment) -> dict[str, Any]:
    said = {"text": comment.text, "by": comment.by, "at": moment(comment.at), "revision": comment.revision}
    return said | filled({"edited_at": moment(comment.edited_at)})


def _comment_in(raw: dict[str, Any]) -> Comment:
    edited = _when(raw["edited_at"]) if "edited_at" in raw else None
    return Comment("", raw["text"], raw["by"], ELSEWHERE, _when(raw["at"]), edited, raw.get("revision", 1))


def filled(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that say something."""
    return {name: each for name, each in fields.items() if each is not None and each not in ("", [], {})}


def moment(at: datetime | None) -> str:
    """A time in UTC; empty for none."""
    return at.astimezone(UTC).isoformat() if at else ""


def _when(text: str) -> datetime:
    return datetime.fromisoformat(text)
