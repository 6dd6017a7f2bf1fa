"""What people do to an answer: read what they put in, and make the next answer of it. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from mcplan.plan import Answer, Evidence, Plan
from mcplan.roles import Permission
from mcplan.text import clean_json, clean_text
from questionnaire.errors import AnswerRejected
from questionnaire.kinds import LINK, kind_of
from questionnaire.model import Question, Stage
from questionnaire.tables import clashes, patch_rows

MOST_NOTE = 20_000
MOST_REASON = 2_000
MOST_EVIDENCE = 50
MOST_LINE = 300


def is_rating(changes: Mapping[str, Any]) -> bool:
    """True if a save only says how sure somebody is: that belongs to them, and makes them no author of the answer."""
    return set(changes) == {"confidence"}


def needed_for(changes: Mapping[str, Any]) -> Permission:
    """What a person has to be allowed to save these changes: to say how sure they are takes no more than to comment."""
    return "comment" if is_rating(changes) else "answer"


def amend(question: Question, plan: Plan, changes: Mapping[str, Any], *, by: str, at: datetime) -> Answer:
    """The answer that follows from what a person changed on their screen, not yet stored.

    Args:
        question: the one on their screen.
        plan: as it is stored; its answer to the question is the one amended.
        changes: what they put in, by field: `value`, `note`, `stage` (1 to 3), `owner` (a
            member's id or ""), `evidence` (a list of objects with title, link, note, on),
            `confidence` (1 to 5, or None to take it back), `not_applicable` (a reason or ""), and
            for a table instead of `value` only the `rows` that change (`questionnaire.tables.patch_rows`).
        by: who they are; their confidence is kept under this name, and whoever only says how sure they are
            leaves the author of the answer, and the time, as they were.
        at: when, with a time zone.

    Raises:
        AnswerRejected: something does not fit; the message says what and how to mend it.
    """
    answer = plan.answer(question)
    for name, raw in changes.items():
        if name not in READERS:
            raise AnswerRejected("This screen is older than the server. Reload the page; your text is kept.")
        answer = READERS[name](answer, question, plan, clean_json(raw), by)
    if answer.value is not None and answer.stage is Stage.BLANK:
        answer = replace(answer, stage=Stage.DRAFTED)
    answer = replace(answer, revision=answer.revision + 1)
    return answer if is_rating(changes) else replace(answer, by=by, at=at)


def still_fits(question: Question, before: Answer, now: Answer, changes: Mapping[str, Any]) -> bool:
    """True if what a person changed in a table can go on top of what a colleague has stored meanwhile.

    Args:
        question: the one on their screen.
        before: the answer they saw.
        now: the stored answer.
        changes: what they put in, by field.
    """
    if "rows" not in changes or not isinstance(changes["rows"], dict):
        return False
    others = [name for name in changes if name != "rows"]
    if any(getattr(before, name, None) != getattr(now, name, None) for name in others):
        return False
    return not clashes(question, before.value, now.value, changes["rows"])


def _value(answer: Answer, question: Question, plan: Plan, raw: Any, by: str) -> Answer:
    return replace(answer, value=kind_of(question).read(question, raw))


def _rows(answer: Answer, question: Question, plan: Plan, raw: Any, by: str) -> Answer:
    if not question.columns:
        raise AnswerRejected("This question has no rows. Reload the page; your text is kept.")
    return replace(answer, value=patch_rows(question, answer.value, raw))


def _note(answer: Answer, question: Question, plan: Plan, raw: Any, by: str) -> Answer:
    return replace(answer, note=_words(raw, "This note", MOST_NOTE))


def _stage(answer: Answer, question: Question, plan: Plan, raw: Any, by: str) -> Answer:
    if isinstance(raw, bool) or raw not in (1, 2, 3):
        raise AnswerRejected("A stage is drafted, agreed or evidenced. Pick one of them, please.")
    return replace(answer, stage=Stage(raw))


def _owner(answer: Answer, question: Question, plan: Plan, raw: Any, by: str) -> Answer:
    if raw and raw not in {member.id for member in plan.team}:
        raise AnswerRejected("This person is not on the plan's team. Add them on the plan overview first.")
    return replace(answer, owner=str(raw or ""))


def _evidence(answer: Answer, question: Question, plan: Plan, raw: Any, by: str) -> Answer:
    if not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw):
        raise AnswerRejected("Evidence is a list of items, each with a title.")
    if len(raw) > MOST_EVIDENCE:
        raise AnswerRejected(f"There is room for {MOST_EVIDENCE} evidence items at a question.")
    return replace(answer, evidence=tuple(_item(item) for item in raw))


def _item(item: dict[str, Any]) -> Evidence:
    title, link = (
        _words(item.get("title"), "This title", MOST_LINE).strip(),
        _words(item.get("link"), "This link", 2_000).strip(),
    )
    note, day = (
        _words(item.get("note"), "This note", MOST_REASON).strip(),
        _words(item.get("on"), "This day", 10).strip(),
    )
    if not title:
        raise AnswerRejected("Give the evidence a title, such as “Survey of 62 employers”.")
    if link and not LINK.fullmatch(link):
        raise AnswerRejected("A link starts with https:// or http://. Put anything else into the note.")
    try:
        return Evidence(title, link, note, date.fromisoformat(day).isoformat() if day else "")
    except ValueError:
        raise AnswerRejected(f"“{day}” is not a day. Write it as year-month-day, such as 2026-09-22.") from None


def _confidence(answer: Answer, question: Question, plan: Plan, raw: Any, by: str) -> Answer:
    others = {person: number for person, number in answer.confidence.items() if person != by}
    if raw is None:
        return replace(answer, confidence=others)
    if isinstance(raw, bool) or raw not in (1, 2, 3, 4, 5):
        raise AnswerRejected("Confidence is a whole number from 1 (a guess) to 5 (sure).")
    return replace(answer, confidence=others | {by: int(raw)})


def _not_applicable(answer: Answer, question: Question, plan: Plan, raw: Any, by: str) -> Answer:
    return replace(answer, not_applicable=_words(raw, "This reason", MOST_REASON).strip())


def _words(raw: Any, what: str, most: int) -> str:
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise AnswerRejected("Write this as text, please.")
    if len(raw) > most:
        raise AnswerRejected(f"{what} has {len(raw):,} characters; there is room for {most:,}. Shorten it, please.")
    return clean_text(raw)


READERS: dict[str, Callable[[Answer, Question, Plan, Any, str], Answer]] = {
    "value": _value,
    "rows": _rows,
    "note": _note,
    "stage": _stage,
    "owner": _owner,
    "evidence": _evidence,
    "confidence": _confidence,
    "not_applicable": _not_applicable,
}
