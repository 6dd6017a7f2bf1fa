"""What people say about a plan and its team: read what they put in. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from mcplan.plan import Member, Plan
from mcplan.text import clean_text
from questionnaire.errors import AnswerRejected
from questionnaire.model import GATES, ROLES, Question

MOST_TITLE = 200
MOST_SUMMARY = 5_000
MOST_NAME = 120
MOST_MEMBERS = 100


def amend_facts(plan: Plan, changes: Mapping[str, Any]) -> Plan:
    """The plan with what a person changed about it.

    Args:
        plan: as it is stored.
        changes: by field: `title`, `gate`, `institution`, `unit`, `summary`, `board` and `start`
            (a day, one in ISO 8601, or None).

    Raises:
        AnswerRejected: something does not fit; the message says what and how to mend it.
    """
    for name in changes:
        if name not in READERS:
            raise AnswerRejected("This screen is older than the server. Reload the page; your text is kept.")
    return replace(plan, **{name: READERS[name](raw) for name, raw in changes.items()})


def read_member(member: Member) -> Member:
    """A team member as typed, cleaned.

    Raises:
        AnswerRejected: there is no name, it is too long, or the role is none of the six.
    """
    name = _line("name", MOST_NAME)(member.name)
    if not name:
        raise AnswerRejected("Give the person a name.")
    if member.role and member.role not in ROLES:
        raise AnswerRejected("Pick a role from the list, or leave it open.")
    return replace(member, name=name)


def join(team: tuple[Member, ...], member: Member) -> tuple[Member, ...]:
    """The team with `member` in their old place, or at its end if they are new.

    Raises:
        AnswerRejected: the team is full.
    """
    if any(each.id == member.id for each in team):
        return tuple(member if each.id == member.id else each for each in team)
    if len(team) >= MOST_MEMBERS:
        raise AnswerRejected(f"There is room for {MOST_MEMBERS} people on a team.")
    return (*team, member)


def changed_facts(before: Plan, after: Plan) -> tuple[tuple[str, str, str], ...]:
    """The facts in which two states of a plan differ: name, and both values as people read them."""
    names = {"gate": "Working towards"} | {fact_field(fact): fact.ask for fact in FACTS}
    values = [(ask, _in_words(getattr(before, name)), _in_words(getattr(after, name))) for name, ask in names.items()]
    return tuple((ask, old, new) for ask, old, new in values if old != new)


def _in_words(value: str | date | None) -> str:
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return next((f"{gate} {words}" for gate, words in GATES.items() if gate == value), value or "")


def _title(raw: Any) -> str:
    title = _line("title", MOST_TITLE)(raw)
    if not title:
        raise AnswerRejected("Give the plan a title, please.")
    return title


def _gate(raw: Any) -> str:
    if not isinstance(raw, str) or raw not in GATES:
        raise AnswerRejected(f"The gates are {', '.join(GATES.values())}. Pick one of them, please.")
    return raw


def _day(raw: Any) -> date | None:
    if raw is None or raw == "" or type(raw) is date:
        return raw or None
    try:
        return date.fromisoformat(raw)
    except (TypeError, ValueError):
        raise AnswerRejected(
            f"“{str(raw)[:40]}” is not a day. Write it as year-month-day, such as 2027-05-03."
        ) from None


def _text(what: str, most: int) -> Callable[[Any], str]:
    def read(raw: Any) -> str:
        if not isinstance(raw, str | None):
            raise AnswerRejected("Write this as text, please.")
        if raw and len(raw) > most:
            raise AnswerRejected(
                f"This {what} has {len(raw):,} characters; there is room for {most:,}. Shorten it, please."
            )
        return clean_text(raw or "").strip()

    return read


def _line(what: str, most: int) -> Callable[[Any], str]:
    read = _text(what, most)
    return lambda raw: " ".join(read(raw).split("\n"))


READERS: dict[str, Callable[[Any], Any]] = {
    "title": _title,
    "gate": _gate,
    "institution": _line("name", MOST_TITLE),
    "unit": _line("name", MOST_TITLE),
    "summary": _text("summary", MOST_SUMMARY),
    "board": _line("name", MOST_TITLE),
    "start": _day,
}

FACTS: tuple[Question, ...] = (
    Question("plan.title", "Title", "short text"),
    Question("plan.institution", "Awarded by", "short text"),
    Question("plan.unit", "Owned by (school, faculty or department)", "short text"),
    Question("plan.summary", "What an earner can do", "long text"),
    Question("plan.board", "Who decides", "short text"),
    Question("plan.start", "First learners", "date"),
)
"""What the cover of the dossier says about a plan. Put in like answers, but kept with the plan and never scored."""
_FACTS = {fact.id: fact for fact in FACTS}


def fact_of(question_id: str) -> Question | None:
    """The fact with this id; None if the id is that of a question or of nothing."""
    return _FACTS.get(question_id)


def fact_field(fact: Question) -> str:
    """The field of a plan that holds a fact."""
    return fact.id.removeprefix("plan.")
