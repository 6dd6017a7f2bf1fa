"""What ever happened to a plan, day by day, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any

from mcplan.differences import Piece
from mcplan.plan import Answer, Plan
from mcplan.text import shorten
from mcplan.timeline import Event
from mcplan.views.history import SITTING, also_changed, has_words, marked
from mcplan.views.plans import on_day
from questionnaire.model import Questionnaire

MOST = 400
"""Characters of a change that are shown; the history at the question has all of them."""
AROUND = 60
"""Characters that are left of what did not change, before and after what did."""


@dataclass(frozen=True)
class Line:
    """One thing that happened."""

    time: str
    """In the person's own time: 10:32."""
    who: str
    what: str
    pieces: tuple[Piece, ...]
    """The words that changed, cut to what a list can show."""
    also: tuple[str, ...]
    phase_id: str
    question_id: str
    """Empty if it is not about a question that is still asked."""
    is_new: bool = False
    """True if somebody else did it since the person was last here."""


@dataclass(frozen=True)
class Day:
    """A day on which something happened."""

    title: str
    lines: tuple[Line, ...]


def view_timeline(
    questionnaire: Questionnaire,
    plan: Plan,
    entries: Iterable[tuple[datetime, str, str, Event | None, Answer | None, Answer | None]],
    *,
    since: datetime | None,
    me: str,
    zone: tzinfo,
) -> tuple[Day, ...]:
    """The days of a timeline, the latest first.

    Args:
        questionnaire: what is asked now.
        plan: as it is stored now.
        entries: when, by whom, at which question, and either the event or the answer with the one before it; the latest
            first. Saves of one person at one answer that follow each other closely are drawn together.
        since: when the person was last in the plan.
        me: the person at the screen.
        zone: where they are.
    """
    days: dict[str, list[Line]] = {}
    for at, by, question_id, event, now, before in _drawn_together(entries):
        line = _line(questionnaire, plan, (by, question_id, event, now, before), at.astimezone(zone))
        is_new = since is not None and at > since and by != me
        days.setdefault(on_day(at.astimezone(zone)), []).append(replace(line, is_new=is_new))
    return tuple(Day(title, tuple(lines)) for title, lines in days.items())


def _drawn_together(entries: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for entry in entries:
        at, by, question_id, event, _, before = entry
        if found and event is None and found[-1][3] is None:
            last_at, last_by, last_question, _, last_now, _ = found[-1]
            if (last_by, last_question) == (by, question_id) and last_at - at <= SITTING:
                found[-1] = (last_at, by, question_id, None, last_now, before)
                continue
        found.append(tuple(entry))
    return found


def _line(questionnaire: Questionnaire, plan: Plan, entry: Any, at: datetime) -> Line:
    by, question_id, event, now, before = entry
    question = questionnaire.question(question_id) if questionnaire.has(question_id) else None
    where = f"{question.code} {question.ask}" if question else "a question that is not asked any more"
    there = (questionnaire.phase_of(question).id, question.id) if question else ("", "")
    if event is not None:
        what = event.words + (f", at {where}" if question_id else "")
        return Line(f"{at:%H:%M}", by, what, (), (), *there)
    pieces = _cut(marked(question, before, now), is_first=not (before and has_words(before))) if question else ()
    return Line(f"{at:%H:%M}", by, f"changed {where}", pieces, tuple(also_changed(plan, before, now)), *there)


def _cut(pieces: list[Piece], *, is_first: bool) -> tuple[Piece, ...]:
    """What changed, with a little of what stands around it; all of it, as far as there is room, if it is the first."""
    if is_first:
        return tuple(Piece("kept", _first_lines(text)) for _, text in pieces)
    if all(piece.change == "kept" for piece in pieces):
        return ()
    found, left = [], MOST
    for place, (change, text) in enumerate(pieces):
        if change == "kept":
            text = _around(text, is_first=place == 0, is_last=place == len(pieces) - 1)
        shown = text if len(text) <= left else text[:left].rstrip() + "…"
        found.append(Piece(change, shown))
        left -= len(shown)
        if left <= 0:
            break
    return tuple(found)


def _first_lines(text: str) -> str:
    """As much as there is room for; the rows of a table stay lines of their own."""
    kept: list[str] = []
    left = MOST
    for line in text.splitlines():
        if left <= 0:
            return "\n".join(kept) + " …"
        if line.strip():
            kept.append(shorten(line, left))
            left -= len(kept[-1])
    return "\n".join(kept)


def _around(text: str, *, is_first: bool, is_last: bool) -> str:
    if len(text) <= 2 * AROUND:
        return text
    head, tail = "" if is_first else text[:AROUND], "" if is_last else text[-AROUND:]
    return f"{head} … {tail}"
