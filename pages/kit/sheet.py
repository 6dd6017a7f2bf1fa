"""A table as a sheet, for many rows at once: typed into, pasted into, and saved by row and cell.

Streamlit's editor tells what was changed since it was drawn, and only to the run that follows. So the
sheet stays as it was drawn (`Pin`), each run stores what is not stored yet, and only if the person asks
for it is the sheet drawn anew with what colleagues did. What cannot be stored stays on the sheet.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from secrets import token_hex
from typing import Any

import streamlit as st

from mcplan.numbers import count
from mcplan.plan import Answer
from mcplan.views import sheet as sheets
from mcplan.views.sheet import Patch, Pin, Trouble
from mcplan.views.sheet_merge import Clash, Merged, merge_sheet, news_of
from pages.kit import desk, memory, sheet_again
from pages.kit.desk import Here
from pages.kit.history_route import ASIDE
from pages.kit.pulse_route import forget
from pages.kit.sheet_columns import column_config, frame
from pages.kit.words import plain
from questionnaire.errors import AnswerRejected
from questionnaire.model import Question
from questionnaire.tables import stored_rows
from storage.access import authorize
from storage.answers import store_changes
from storage.database import DatabaseProblem, storing
from storage.events import record
from storage.plans import fetch_plan

MOST_SAID = 5
"""Troubles and clashes that are named at once; more would push the sheet off the screen."""
MOST_ADDED = 50
"""Rows added to a sheet, beyond which it is drawn anew with them."""
HIGH = 560
"""Pixels of a sheet with many rows."""


@dataclass
class Sheet:
    """A sheet on somebody's screen, and how far it is stored."""

    pin: Pin
    known: Patch = field(default_factory=dict)
    added: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    unsaved: Patch = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()
    problems: list[str] = field(default_factory=list)
    answer: Answer = field(default_factory=lambda: Answer(""))
    """What was stored when this was last looked at."""
    news: int = 0
    """How many of its rows are new to the person."""
    is_again: bool = False
    """True if this server has never drawn it before: what was changed on it is known once it is drawn."""
    renew: bool = False
    """True if it is to be drawn anew from what is stored, with what could not be stored on top."""


def draw(here: Here, question: Question) -> None:
    """Draw the sheet of a table, and store what was changed on it since the last drawing."""
    may_answer = here.may("answer")
    sheet = _pinned(here, question, may_answer)
    # Kept, since the run before this one may still be under way, and has the same sheet.
    is_again = sheet.is_again
    if may_answer and not is_again:
        _store(here, question, sheet)
        sheet = _settled(here, question, sheet)
    rows = sheets.pinned_rows(question, sheet.pin)
    st.data_editor(
        frame(question, sheet.pin, rows),
        key=_key(question, sheet.pin),
        column_config={column.id: column_config(column, sheet.pin) for column in question.columns},
        disabled=True if not may_answer else [column.id for column in question.columns if column.fixed],
        num_rows="fixed" if question.columns[0].fixed or not may_answer else "dynamic",
        height=HIGH if len(rows) > 12 else "auto",
        hide_index=True,
        placeholder="",
    )
    if is_again:
        _go_on(question, sheet)
    # Below the sheet, since nothing may move under the hands of who works on it.
    _status(sheet, may_answer)
    _notes(question, sheet)


def _key(question: Question, pin: Pin) -> str:
    return f"sheet-{question.id}-{pin.name}"


def _pinned(here: Here, question: Question, may_answer: bool) -> Sheet:
    """The sheet as it was drawn last; a new one if there was none, or what was changed on it is not known any more."""
    name = f"{here.plan.id} {question.id} {may_answer}"
    sheet: Sheet | None = memory.sheet(name) or _again(here, question, name, may_answer)
    is_lost = sheet is not None and not sheet.is_again and memory.changes(_key(question, sheet.pin)) is None
    if sheet is None or is_lost or sheet.renew or not may_answer:
        kept = sheet.unsaved if sheet and may_answer else {}
        sheet = Sheet(sheets.pin_sheet(desk.questionnaire(), here.plan, question, token_hex(6), kept))
        memory.keep_sheet(name, sheet)
        sheet_again.mark(sheet.pin, here.plan.answer(question).revision)
    sheet.answer = here.plan.answer(question)
    sheet.news = news_of(question, sheet.pin, sheet.known, sheet.answer.value)
    return sheet


def _again(here: Here, question: Question, name: str, may_answer: bool) -> Sheet | None:
    """The sheet that the screen shows and another server has drawn; None if there is none, or it is too long ago."""
    found = sheet_again.restore(here, question) if may_answer else None
    if found is None:
        return None
    sheet = Sheet(found.pin, known=found.known, added=found.added, is_again=True)
    memory.keep_sheet(name, sheet)
    return sheet


def _go_on(question: Question, sheet: Sheet) -> None:
    """Store what was changed on a sheet while its server was away; or draw a new one if nothing was."""
    sheet.is_again = False
    sheet.renew = not any((memory.changes(_key(question, sheet.pin)) or {}).values())
    st.rerun()


def _settled(here: Here, question: Question, sheet: Sheet) -> Sheet:
    """The same sheet, or after a large paste one on which the new rows stand as if they had always been there.

    Streamlit puts every added row on its frame anew in each run, one by one: with thousands that takes minutes.
    """
    if len(sheet.added) <= MOST_ADDED:
        return sheet
    pin = Pin(token_hex(6), sheet.answer.value, sheet.pin.names, sheet.unsaved)
    settled = Sheet(pin, problems=sheet.problems, clashes=sheet.clashes, unsaved=sheet.unsaved, answer=sheet.answer)
    memory.keep_sheet(f"{here.plan.id} {question.id} {True}", settled)
    sheet_again.mark(pin, sheet.answer.revision)
    return settled


def _store(here: Here, question: Question, sheet: Sheet) -> None:
    """Store what stands on the sheet and is not stored; what cannot be is said and stays there."""
    delta = memory.changes(_key(question, sheet.pin)) or {}
    rows = delta.get("added_rows", [])
    ids = sheets.added_ids(sheet.pin, sheet.added, rows)
    sheet.added = [(id, dict(cells)) for id, cells in zip(ids, rows, strict=True)]
    patch, troubles = sheets.read_sheet(question, sheet.pin, delta, ids)
    sheet.problems = [_say_trouble(question, sheet, each) for each in troubles]
    _save(here, question, sheet, patch)
    for trouble in troubles:
        if trouble.column in {column.id for column in question.columns if column.kind not in ("row", "rows")}:
            cells = sheet.unsaved.get(trouble.row) or {}
            sheet.unsaved = sheet.unsaved | {trouble.row: cells | {trouble.column: trouble.raw}}


def _save(here: Here, question: Question, sheet: Sheet, patch: Patch) -> None:
    try:
        _store_ready(here, question, sheet, patch)
    except AnswerRejected as problem:
        # Usually there is no room for what was added: that must not hold up the rest.
        sheet.problems.append(str(problem))
        old = {str(row["id"]) for row in sheets.pinned_rows(question, replace(sheet.pin, kept={}))}
        _retry(here, question, sheet, {id: cells for id, cells in patch.items() if id in old})
        sheet.unsaved |= {id: cells for id, cells in patch.items() if id not in old}
    except DatabaseProblem as problem:
        sheet.problems.append(str(problem))
        sheet.unsaved = patch


def _retry(here: Here, question: Question, sheet: Sheet, patch: Patch) -> None:
    try:
        _store_ready(here, question, sheet, patch)
    except (AnswerRejected, DatabaseProblem) as problem:
        sheet.unsaved = patch
        if str(problem) not in sheet.problems:
            sheet.problems.append(str(problem))


def _store_ready(here: Here, question: Question, sheet: Sheet, patch: Patch) -> None:
    """Store what clashes with nothing. Done again it finds everything stored, and stores nothing."""
    save_id = token_hex(16)

    def work(session: Any) -> tuple[Answer, Merged]:
        access = authorize(session, desk.person(), here.plan.id, "answer", desk.now())
        answer = fetch_plan(access).answer(question)
        merged = merge_sheet(question, sheet.pin, sheet.known, patch, answer.value)
        if not merged.ready:
            return answer, merged
        asked, changes = desk.questionnaire(), {"rows": merged.ready}
        stored = store_changes(
            access, asked, question.id, changes, seen=answer.revision, save_id=save_id, at=desk.now()
        )
        return stored, merged

    if not patch and not sheet.known:
        sheet.clashes, sheet.unsaved = (), {}
        return
    sheet.answer, merged = storing(desk.engine(), work)
    forget(here.plan.id)
    sheet.known = sheets.join_patches(sheet.known, merged.agreed)
    sheet.clashes = merged.clashes
    sheet.unsaved = _of(patch, merged.clashes)
    sheet.news = news_of(question, sheet.pin, sheet.known, sheet.answer.value)


def _of(patch: Patch, clashes: tuple[Clash, ...]) -> Patch:
    """The part of the changes that waits for somebody to choose."""
    found: Patch = {}
    for clash in clashes:
        cells = patch.get(clash.row)
        if not clash.column or cells is None:
            found[clash.row] = cells
        else:
            found[clash.row] = (found.get(clash.row) or {}) | {clash.column: cells.get(clash.column)}
    return found


def _say_trouble(question: Question, sheet: Sheet, trouble: Trouble) -> str:
    places = [str(row["id"]) for row in sheets.pinned_rows(question, sheet.pin)] + [id for id, _ in sheet.added]
    return f"Row {places.index(trouble.row) + 1}, {trouble.says}"


def _notes(question: Question, sheet: Sheet) -> None:
    """What stands below the sheet: what did not fit, where two people changed the same, and what is new."""
    for words in sheet.problems[:MOST_SAID]:
        st.error(plain(f"Not saved: {words} It stays on the sheet."), icon=":material/error:")
    if len(sheet.problems) > MOST_SAID:
        st.error(f"{count(len(sheet.problems) - MOST_SAID, 'more cell')} could not be saved.", icon=":material/error:")
    sheet_again.offer_homeless(question, sheet.answer, sheet.unsaved if sheet.problems else {})
    for clash in sheet.clashes[:MOST_SAID]:
        _choice(question, sheet, clash)
    others = sheet.news - len({clash.row for clash in sheet.clashes})
    if others > 0:
        with st.container(horizontal=True, vertical_alignment="center"):
            who = "Somebody else" if sheet.answer.by in ("", desk.me()) else sheet.answer.by
            st.info(plain(f"{who} changed {count(others, 'row')}."), icon=":material/sync:")
            st.button("Show what is new", on_click=_show, args=(sheet,), key="sheet-news")


def _choice(question: Question, sheet: Sheet, clash: Clash) -> None:
    with st.container(border=True, key=f"clash-{clash.row}-{clash.column}"):
        st.markdown(plain(f"You and a colleague both changed {clash.what}. Choose; both versions stay in the history."))
        st.markdown(f"Yours: **{plain(clash.mine)}**  \nTheirs: **{plain(clash.theirs)}**")
        with st.container(horizontal=True):
            for label, act in (("Keep mine", _keep_mine), ("Use theirs", _use_theirs)):
                st.button(label, on_click=act, args=(question, sheet, clash), key=f"{label}-{clash.row}-{clash.column}")


def _show(sheet: Sheet) -> None:
    """Draw the sheet anew from what is stored, with what could not be stored on top of it."""
    sheet.renew = True


def _keep_mine(question: Question, sheet: Sheet, clash: Clash) -> None:
    """From now on the person knows what their colleague has stored, so theirs goes on top of it."""
    stored = {str(row["id"]): row for row in stored_rows(question, sheet.answer.value)}.get(clash.row)
    if clash.column:
        sheet.known = sheets.join_patches(sheet.known, {clash.row: {clash.column: (stored or {}).get(clash.column)}})
    elif stored is None:
        rows = {str(row["id"]): row for row in stored_rows(question, sheet.pin.value)}
        row = sheets.put_on(sheets.put_on(rows, sheet.known), {clash.row: sheet.unsaved[clash.row]})[clash.row]
        sheet.unsaved = sheet.unsaved | {clash.row: {name: cell for name, cell in row.items() if name != "id"}}
        _show(sheet)
    else:
        sheet.known = sheets.join_patches(
            sheet.known, {clash.row: {name: cell for name, cell in stored.items() if name != "id"}}
        )


def _use_theirs(question: Question, sheet: Sheet, clash: Clash) -> None:
    # What is given up goes into the history, as it does in the box.
    given_up = f"{clash.what}: {clash.mine}"
    desk.keep(
        lambda access: record(access, ASIDE, desk.now(), question_id=question.id, name="table", after=given_up),
        "answer",
    )
    cells = sheet.unsaved.pop(clash.row, None)
    if clash.column and cells:
        rest = {name: cell for name, cell in cells.items() if name != clash.column}
        sheet.unsaved |= {clash.row: rest} if rest else {}
    _show(sheet)


def _status(sheet: Sheet, may_answer: bool) -> None:
    if not may_answer:
        st.caption("You can read this sheet. It is not open for changes, for you or for now.")
    elif sheet.problems or sheet.clashes:
        st.caption("Not everything is saved: see below.")
    elif sheet.known:
        st.caption("Everything on the sheet is saved.")
    else:
        st.caption("What you change is saved as soon as you leave a cell.")
