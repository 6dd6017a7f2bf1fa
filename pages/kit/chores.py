"""What waits for the person at the screen, and how they want to be told of it."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from mcplan.notices import WISHES, Wish
from mcplan.views.work import WorkLine
from mcplan.work import Job, work_of
from pages.kit import cards, desk, maps, memory
from pages.kit.cards import Card, Group
from pages.kit.settings import mail_server
from pages.kit.words import clip
from storage.database import reading
from storage.notices import fetch_wish, store_wish
from storage.work import MOST, fetch_desks

WORDS: dict[Wish, str] = {"at once": "At once, and once a day", "daily": "Once a day", "never": "Never"}


SKIPPED = "work-skipped"


def look() -> tuple[tuple[Job, ...], int]:
    """Everything that waits for them in the plans that are looked through, and how many they may wait in."""
    with reading(desk.engine()) as session:
        desks, total = fetch_desks(
            session, desk.questionnaire(), desk.person(), desk.now(), skip=memory.number(SKIPPED, 0)
        )
    return work_of(desks, maps.today()), total


def turn_pages(total: int) -> None:
    """Which of the plans were looked through, and the way to the others; nothing where all were."""
    if total <= MOST:
        return
    first = memory.number(SKIPPED, 0)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            f"Something may wait for you in {total} plans. This is what waits in number {first + 1} to "
            f"{min(first + MOST, total)} of them, the last changed first."
        )
        _turn("Plans changed later", first - MOST, disabled=first == 0)
        _turn("Plans changed earlier", first + MOST, disabled=first + MOST >= total)


def _turn(words: str, to: int, *, disabled: bool) -> None:
    st.button(words, disabled=disabled, on_click=memory.show_stored, args=(SKIPPED, max(0, to)))


def draw(lines: Iterable[WorkLine]) -> None:
    """What waits, each with the way to it."""
    cards.draw([Group(tuple(map(_card, lines)), looks="frames")], key="chores")


def _card(line: WorkLine) -> Card:
    place = {"question": line.question_id, "row": line.row_id}
    screen = cards.KEPT_AT.get(line.question_id, line.phase_id)
    return Card(
        sign=line.kind,
        late=line.late,
        icon="arrow_forward",
        title=clip(line.what, 110),
        address=cards.address_of(screen, plan=line.plan_id, **{name: id for name, id in place.items() if id}),
        facts=line.facts,
    )


def ask_how_to_tell() -> None:
    """A field for how they want to be told by e-mail; nothing where nobody signs in or no mail server is named."""
    person = desk.person()
    if person.is_local or not mail_server():
        return
    with reading(desk.engine()) as session:
        wish = fetch_wish(session, person.id)
    memory.show_what_counts("mail-wish", wish)
    st.divider()
    st.radio(
        "Tell me by e-mail",
        WISHES,
        format_func=WORDS.__getitem__,
        horizontal=True,
        key="mail-wish",
        on_change=_keep,
    )


def _keep() -> None:
    wish: Wish = memory.value("mail-wish")
    person = desk.person()
    desk.keep_any(lambda session: store_wish(session, person.id, wish))
