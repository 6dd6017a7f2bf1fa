"""A sheet that goes on at a server which has never drawn it: after a restart, or when another one takes over.

The browser goes on showing it, and tells what was changed on it against the sheet as it was drawn. So the address
says which sheet that is, and from the history it is drawn once more. Without that, whatever is typed next is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import streamlit as st

from mcplan.numbers import count
from mcplan.plan import Answer
from mcplan.views import sheet as sheets
from mcplan.views.sheet import Patch, Pin
from pages.kit import desk
from pages.kit.desk import Here
from pages.kit.files import rows_csv
from questionnaire.model import Question
from questionnaire.tables import stored_rows
from storage.timeline import fetch_revisions

MOST = 500
"""Revisions since a sheet was drawn, beyond which it is drawn anew instead."""
_MARK = re.compile(r"([0-9a-f]{12})-([0-9]{1,9})")


@dataclass(frozen=True)
class Restored:
    """What the server that drew the sheet knew of it."""

    pin: Pin
    known: Patch
    """What the person has stored from it."""
    added: list[tuple[str, dict[str, Any]]]


def mark(pin: Pin, revision: int) -> None:
    """Say in the address which sheet is shown. One with changes that could not be stored cannot be drawn again."""
    if pin.kept:
        forget()
    elif st.query_params.get("sheet") != f"{pin.name}-{revision}":
        st.query_params["sheet"] = f"{pin.name}-{revision}"


def forget() -> None:
    """Say nothing of the sheet in the address."""
    if "sheet" in st.query_params:
        del st.query_params["sheet"]


def restore(here: Here, question: Question) -> Restored | None:
    """The sheet that the address speaks of, as it was drawn; None if it speaks of none."""
    marked = _MARK.fullmatch(st.query_params.get("sheet", ""))
    answer = here.plan.answer(question)
    if marked is None or not 0 <= answer.revision - int(marked[2]) < MOST:
        return None
    name, revision = marked[1], int(marked[2])
    with desk.opened("answer") as access:
        since = fetch_revisions(access, question.id, below=answer.revision + 1, most=answer.revision - revision + 1)
    # What was drawn before anybody had answered has no revision.
    drawn = next((each.value for each in since if each.revision == revision), None)
    names = sheets.pin_sheet(desk.questionnaire(), here.plan, question, name).names
    pin = Pin(name, drawn, names)
    oldest_first = sheets.since_revision(question, since, revision)
    return Restored(
        pin, sheets.own_changes(question, oldest_first, desk.me()), sheets.added_before(question, pin, answer.value)
    )


def offer_homeless(question: Question, answer: Answer, unsaved: Patch) -> None:
    """A button that hands over the added rows for which there was no room: a new sheet would not have them."""
    stored = {str(row["id"]) for row in stored_rows(question, answer.value)}
    rows = [cells for id, cells in unsaved.items() if cells and id not in stored]
    if rows:
        st.download_button(
            f"Download the {count(len(rows), 'row')} not saved",
            rows_csv(question, rows),
            file_name="rows-not-saved.csv",
            mime="text/csv",
            icon=":material/download:",
            help="They stand on this page only, and go when it is loaded anew.",
            on_click="ignore",
        )
