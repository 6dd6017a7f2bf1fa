"""The timeline of a plan on the screen: its filters, and what happened, day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from mcplan.differences import Piece
from mcplan.views.timeline import Day, Line, view_timeline
from pages.kit import desk, links, memory
from pages.kit.desk import Here
from pages.kit.words import lines, plain
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


def draw(line: Line) -> None:
    """One thing that happened."""
    with st.container(border=True):
        mark = " :blue-badge[new]" if line.is_new else ""
        said = [
            f"{line.time} **{plain(line.who)}** {plain(line.what)}{mark}",
            "".join(marked(piece) for piece in line.pieces),
            f":small[{plain(' · '.join(line.also))}]" if line.also else "",
        ]
        st.markdown("\n\n".join(part for part in said if part))
        if line.question_id:
            links.to_question(line.phase_id, line.question_id, "Go to the question")


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


def marked(piece: Piece) -> str:
    """A stretch of text as Markdown, with marks for what was taken out or put in."""
    # Markdown wants no blank inside its marks.
    words = piece.text.strip()
    if not words:
        return _edge(piece.text)
    head = _edge(piece.text[: len(piece.text) - len(piece.text.lstrip())])
    tail = _edge(piece.text[len(piece.text.rstrip()) :])
    mark = MARKS[piece.change]
    return f"{head}{mark}{plain(words)}{mark}{tail}" if mark else f"{head}{lines(words)}{tail}"


def _edge(blanks: str) -> str:
    return "  \n" if "\n" in blanks else " " * bool(blanks)
