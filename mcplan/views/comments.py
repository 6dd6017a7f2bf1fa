"""Comments as people read them: the threads at a question as plain JSON, and the list of all threads of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from mcplan.comments import Comment, Talk, Thread, assignee_name, in_order
from mcplan.numbers import count
from mcplan.people import Person
from mcplan.plan import Plan
from mcplan.roles import REFUSALS
from mcplan.text import shorten
from mcplan.views.plans import ago
from questionnaire.model import Questionnaire

ShowThreads = Literal["open", "mine", "settled"]
SHOWS: dict[ShowThreads, str] = {"open": "Open", "mine": "Mine", "settled": "Settled"}
"""What the list can show, with the words on the switch."""
NOTHING: dict[ShowThreads, str] = {
    "open": "No thread is open. A thread begins with a comment, in the box of a question.",
    "mine": "No open thread was begun by you or is waiting for you.",
    "settled": "No thread is settled yet.",
}
ARCHIVED = "This plan is archived: comments can be read, not written."


@dataclass(frozen=True)
class ThreadCard:
    """One thread in the list."""

    id: str
    phase_id: str
    """Empty if its question is not asked any more: then no link leads there."""
    question_id: str
    question: str
    says: str
    """Who said what last."""
    facts: str
    is_new: bool


@dataclass(frozen=True)
class TalkView:
    """The threads at the questions of a plan, as a filter lets them through."""

    summary: str
    """3 threads are open, 1 waits for you."""
    cards: tuple[ThreadCard, ...]
    more: str
    """How many further ones there are; empty if these are all."""
    nothing: str
    """What to say if the filter lets nothing through; empty if it does."""


def view_talk(
    questionnaire: Questionnaire,
    plan: Plan,
    threads: Iterable[Thread],
    show: ShowThreads,
    *,
    person: Person,
    since: datetime | None,
    now: datetime,
    most: int,
) -> TalkView:
    """The list of threads at questions; those about the plan as a whole stand elsewhere on the screen.

    Args:
        questionnaire: what the plan is asked.
        plan: as it is stored now.
        threads: all of the plan, in any order.
        show: which of them.
        person: whoever is at the screen.
        since: what others said later than this is new to them; None on their first visit.
        now: the time.
        most: how many to show.
    """
    mine = [thread for thread in in_order(threads) if thread.question_id]
    still_open = [thread for thread in mine if thread.is_open]
    for_me = [thread for thread in still_open if assignee_name(thread, plan) == person.name]
    shown = {
        "open": still_open,
        "mine": [thread for thread in still_open if thread.is_for(person, plan)],
        "settled": [thread for thread in mine if not thread.is_open],
    }[show]
    # What waits longest for somebody is easily forgotten, but what was said last is what people come for.
    if show != "settled":
        shown = sorted(shown, key=lambda thread: thread.last.at, reverse=True)
    left = len(shown) - most
    return TalkView(
        summary=_summary(len(still_open), len(for_me)),
        cards=tuple(_card(questionnaire, plan, thread, person, since, now) for thread in shown[:most]),
        more=f"Show more ({left} left)" if left > 0 else "",
        nothing="" if shown else NOTHING[show],
    )


def view_threads(
    plan: Plan, threads: Iterable[Thread], *, person: Person, since: datetime | None, may_comment: bool
) -> dict[str, Any]:
    """The threads at one question as its box shows them: plain JSON.

    Args:
        plan: as it is stored now.
        threads: those of the question, in any order.
        person: whoever is at the screen.
        since: what others said later than this is new to them; None on their first visit.
        may_comment: True if their role lets them.
    """
    ordered = in_order(threads)
    talk = talk_of(ordered)
    closed = "" if may_comment and plan.archived_at is None else ARCHIVED if may_comment else REFUSALS["comment"]
    return {
        "threads": [_thread(plan, thread, person, since, may_edit=not closed) for thread in ordered],
        "open": talk.open,
        "total": talk.total,
        "closed": closed,
        "team": [[member.id, member.name] for member in plan.team if member.name],
    }


def talk_of(threads: Sequence[Thread]) -> Talk:
    """How many of these threads are open, and how many there are."""
    return Talk(sum(thread.is_open for thread in threads), len(threads))


def _thread(plan: Plan, thread: Thread, person: Person, since: datetime | None, *, may_edit: bool) -> dict[str, Any]:
    return {
        "id": thread.id,
        "name": shorten(thread.began.text, 60),
        "comments": [_comment(comment, person, since, may_edit=may_edit) for comment in thread.comments],
        "resolved_by": thread.resolved_by,
        "resolved_at": thread.resolved_at.isoformat() if thread.resolved_at else "",
        "assignee": thread.assignee if assignee_name(thread, plan) else "",
    }


def _comment(comment: Comment, person: Person, since: datetime | None, *, may_edit: bool) -> dict[str, Any]:
    return {
        "id": comment.id,
        "by": comment.by,
        "at": comment.at.isoformat(),
        "edited_at": comment.edited_at.isoformat() if comment.edited_at else "",
        "text": comment.text,
        "revision": comment.revision,
        "may_edit": may_edit and comment.is_by(person),
        "is_new": comment.is_new(person, since),
    }


def _summary(still_open: int, for_me: int) -> str:
    if not still_open:
        return "No thread at a question is open."
    verb = "is" if still_open == 1 else "are"
    waiting = f"; {for_me} of them for you to look at" if for_me else ""
    return f"{count(still_open, 'thread')} {verb} open{waiting}."


def _card(
    questionnaire: Questionnaire, plan: Plan, thread: Thread, person: Person, since: datetime | None, now: datetime
) -> ThreadCard:
    known = questionnaire.has(thread.question_id)
    question = questionnaire.question(thread.question_id) if known else None
    asked = assignee_name(thread, plan)
    facts = (
        f"settled by {thread.resolved_by} {ago(thread.resolved_at, now)}" if thread.resolved_at else "",
        f"begun by {thread.began.by}" if len(thread.comments) > 1 else "",
        count(len(thread.comments), "comment"),
        f"assigned to {asked}" if asked else "",
    )
    return ThreadCard(
        id=thread.id,
        phase_id=questionnaire.phase_of(question).id if question else "",
        question_id=thread.question_id,
        question=f"{question.code} {question.ask}" if question else "A question that is not asked any more",
        says=f"{thread.last.by}, {ago(thread.last.at, now)}: {shorten(thread.last.text, 200)}",
        facts=" · ".join(fact for fact in facts if fact),
        is_new=thread.is_new(person, since),
    )
