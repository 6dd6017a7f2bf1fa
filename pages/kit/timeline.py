"""The timeline of a plan on the screen: its filters, and what happened, day by day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from mcplan.differences import Piece
from mcplan.views.timeline import Day, Line, view_timeline
from pages.kit import cards, desk, memory
from pages.kit.cards import Card, Group
from pages.kit.desk import Here
from pages.kit.words import lines
from storage.timeline import fetch_authors, fetch_timeline

AT_ONCE = 25
EVERYBODY, EVERYTHING = "Everybody", "Everything"
MARKS = {"kept": "", "removed": "~~", "added": "**"}
"""Struck out and bold in Markdown: added and removed words differ by more than a colour."""


def look(here: Here) -> tuple[Day, ...]:
    """Ask who, where and when, and give what happened then."""
    with desk.opened() as access:
        authors = fetch_authors(access)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        who = st.selectbox("By", [EVERYBODY, *authors], key="by", width=240)
        where = st.selectbox("Phase", [EVERYTHING, *(each.title for each in desk.questionnaire().phases)], width=280)
        day = st.date_input("On", None, key="on", width=180)
    since, until = _bounds(day if isinstance(day, date) else None)
    with desk.opened() as access:
        entries = fetch_timeline(
            access,
            by="" if who == EVERYBODY else who,
            question_ids=_questions(where),
            since=since,
            until=until,
            most=memory.amount("history", AT_ONCE) + 1,
        )
    memory.show_stored("history-more", len(entries) > memory.amount("history", AT_ONCE))
    shown = entries[: memory.amount("history", AT_ONCE)]
    return view_timeline(desk.questionnaire(), here.plan, shown, since=here.since, me=desk.me(), zone=zone())


def draw(days: Iterable[Day]) -> None:
    """What happened, day by day."""
    groups = (Group(tuple(map(_card, day.lines)), day.title, "frames") for day in days)
    cards.draw(groups, key="days")


def _card(line: Line) -> Card:
    asked = line.question_id
    way = (cards.to_question(line.phase_id, asked, "Go to the question"),) if asked else ()
    return Card(
        when=line.time,
        title=line.who,
        did=line.what,
        news="new" if line.is_new else "",
        pieces=tuple((piece.change, piece.text) for piece in line.pieces),
        facts=" · ".join(line.also),
        ways=way,
    )


def more() -> None:
    """A button for what happened before, if there is any."""
    if memory.value("history-more"):
        st.button("Show older", key="older", on_click=memory.ask_more, args=("history", AT_ONCE))


def zone() -> tzinfo:
    """Where the person at the screen is, as their browser says."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _questions(title: str) -> list[str] | None:
    phase = next((each for each in desk.questionnaire().phases if each.title == title), None)
    return [question.id for question in phase.questions] if phase else None


def _bounds(day: date | None) -> tuple[datetime | None, datetime | None]:
    if day is None:
        return None, None
    begin = datetime.combine(day, time(), zone())
    return begin.astimezone(UTC), (begin + timedelta(days=1)).astimezone(UTC)


def marked(pieces: Iterable[Piece]) -> str:
    """Pieces of text as Markdown: what was removed struck out, what was added bold."""
    shown, last = "", "kept"
    for piece in pieces:
        # What came in the place of something else stands apart from it.
        apart = piece.change == "added" and last == "removed"
        shown, last = shown + " " * apart + _marked(piece), piece.change
    return shown


def _marked(piece: Piece) -> str:
    words, mark = piece.text.strip(), MARKS[piece.change]
    if not words:
        return " "
    head = " " * piece.text[0].isspace()
    tail = " " * piece.text[-1].isspace()
    # Markdown wants no blank inside its marks, and beside a letter no comma: so they stand in brackets of their own.
    shown = f":color[{mark}{lines(words)}{mark}]" if mark else lines(words)
    return f"{head}{shown}{tail}"
