"""What is kept beside the agenda of a workshop: thoughts for later, decisions, actions, and what they become."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlalchemy.dialects import postgresql, sqlite

from mcplan.actions import ACTIONS
from mcplan.text import shorten
from mcplan.workshop.saying import MOST_NOTE, read_due, read_note, refuse_kind
from mcplan.workshop.sitting import Note, NoteKind, Sitting, WorkshopRefused
from questionnaire.model import Questionnaire
from storage.access import PlanAccess
from storage.answers import append_row
from storage.comments import store_comment
from storage.events import record
from storage.workshop_rows import touch
from storage.workshop_tables import NOTES
from storage.workshops import fetch_sitting

MOST_NOTES = 500
LINE = 200
"""Characters of a cell that a note becomes."""
RISKS = "register.risks"


def store_note(
    access: PlanAccess,
    questionnaire: Questionnaire,
    workshop_id: str,
    note_id: str,
    kind: NoteKind,
    raw: object,
    *,
    owner: object = "",
    due: object = None,
    at: datetime,
) -> None:
    """Keep something beside the agenda: for the parking lot, a decision, an action with owner and day.

    The same note sent again is stored once. Decisions and actions also stand in the history of the plan, and
    actions in its list of actions.
    """
    access.needs("facilitate")
    refuse_kind(kind)
    sitting, text = fetch_sitting(access, workshop_id), read_note(raw)
    if len(sitting.notes) >= MOST_NOTES:
        raise WorkshopRefused(f"There are {MOST_NOTES} notes. Take some into the plan first.")
    who, day = str(owner or "")[:MOST_NOTE], read_due(due)
    question = sitting.item.question_id if sitting.item else ""
    row = {
        "id": note_id, "plan_id": access.plan_id, "workshop_id": workshop_id, "kind": kind, "text": text,
        "by": access.person.name, "at": at, "question_id": question, "owner": who, "due": day, "became": "",
    }  # fmt: skip
    if access.session.connection().execute(ADD_NOTE[access.session.connection().dialect.name], row).first() is None:
        return
    touch(access.session, workshop_id)
    if kind != "parking":
        words = text + (f" ({who}{f', by {day.isoformat()}' if day else ''})" if who or day else "")
        record(access, f"workshop {kind}", at, question_id=question, name=sitting.workshop.title, after=words)
    if kind == "action" and questionnaire.has(ACTIONS):
        turn_into(access, questionnaire, workshop_id, note_id, "action", at=at)


def turn_into(
    access: PlanAccess, questionnaire: Questionnaire, workshop_id: str, note_id: str, into: str, *, at: datetime
) -> None:
    """Make a comment, an action or a risk of a note (`TURNS`); nothing if something was made of it before.

    Raises:
        WorkshopRefused: there is no such note, or the plan has no place for what it is to become.
        AnswerRejected: there is no room for another one.
    """
    access.needs("facilitate")
    sitting = fetch_sitting(access, workshop_id)
    note = next((each for each in sitting.notes if each.id == note_id), None)
    if note is None or into not in TURNS:
        raise WorkshopRefused("This note is no longer there.")
    if note.became:
        return
    TURNS[into](access, questionnaire, sitting, note, at)
    access.session.connection().execute(_BECAME, {"this_note": note_id, "became": into})
    touch(access.session, workshop_id)


def _comment(access: PlanAccess, asked: Questionnaire, sitting: Sitting, note: Note, at: datetime) -> None:
    question = note.question_id if asked.has(note.question_id) else ""
    words = f"{note.text}\n\n{note.by}, in the workshop “{sitting.workshop.title}”"
    store_comment(access, asked, f"note-{note.id}", words, question_id=question, at=at)


def _action(access: PlanAccess, asked: Questionnaire, sitting: Sitting, note: Note, at: datetime) -> None:
    due = {"due": note.due.isoformat()} if note.due else {}
    source = shorten(sitting.workshop.title, LINE)
    cells = {"what": shorten(note.text, LINE), "owner": shorten(note.owner, LINE), "status": "open", **due}
    _append(access, asked, ACTIONS, note, cells | {"from": "workshop", "source": source}, at)


def _risk(access: PlanAccess, asked: Questionnaire, sitting: Sitting, note: Note, at: datetime) -> None:
    _append(access, asked, RISKS, note, {"event": shorten(note.text, LINE), "status": "open"}, at)


def _append(
    access: PlanAccess, asked: Questionnaire, table: str, note: Note, cells: Mapping[str, object], at: datetime
) -> None:
    if not asked.has(table):
        raise WorkshopRefused("This questionnaire has no place for it. Make it a comment instead.")
    append_row(access, asked, table, {"id": note.id, **cells}, at=at)


_BECAME = update(NOTES).where(NOTES.c.id == bindparam("this_note"))
ADD_NOTE = {
    name: insert_at(NOTES).on_conflict_do_nothing().returning(NOTES.c.id)
    for name, insert_at in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
"""By engine: keep a note, and its id if it is a new one."""
TURNS: dict[str, Callable[[PlanAccess, Questionnaire, Sitting, Note, datetime], None]] = {
    "comment": _comment,
    "action": _action,
    "risk": _risk,
}
"""What a note may become, and how."""
