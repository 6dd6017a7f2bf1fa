"""What a facilitator does while a workshop takes place: move it on, store answers, look after people and notes.

A move compares the revision on the facilitator's screen with the stored one in the database, so that two
facilitators cannot move it twice; whoever else may facilitate goes on where the first one stopped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, update

from mcplan.plan import Answer
from mcplan.text import clean_text
from mcplan.workshop.course import committed, move
from mcplan.workshop.joining import CODE_LIFE, read_name, refuse_same_name
from mcplan.workshop.lines import line_columns, read_lines, rows_of_lines
from mcplan.workshop.sitting import Item, MovedMeanwhile, Sitting, WorkshopRefused
from questionnaire.kinds import kind_of
from questionnaire.model import Question, Questionnaire
from storage.access import PlanAccess
from storage.answers import store_changes, store_confidence
from storage.events import record
from storage.plans import fetch_plan
from storage.workshop_rows import swap, touch
from storage.workshop_tables import ITEMS, PARTICIPANTS, WORKSHOPS
from storage.workshops import fetch_sitting


def move_on(
    access: PlanAccess,
    questionnaire: Questionnaire,
    workshop_id: str,
    act: str,
    *,
    number: int = 0,
    seen: int,
    at: datetime,
) -> None:
    """Move a workshop (`mcplan.workshop.course.move`). Leaving `confidence` stores how sure everybody is.

    Args:
        access: the plan and the person.
        questionnaire: what the plan is asked.
        workshop_id: an open workshop.
        act: what to do.
        number: for which place, or by how many minutes.
        seen: the revision of the workshop on their screen.
        at: when, with a time zone.

    Raises:
        MovedMeanwhile: it has been moved since.
        WorkshopRefused: this move cannot be made now.
        NotAllowed: they may not facilitate.
    """
    access.needs("facilitate")
    before = _seen(access, workshop_id, seen)
    after = replace_lead(move(before, act, at, number=number), access.person.name)
    if not swap(access.session, before, after):
        raise MovedMeanwhile
    item = before.item
    left = item and before.workshop.step == "confidence" and after.workshop.step != "confidence"
    if item and left and before.sure(item) and questionnaire.has(item.question_id):
        save_id = f"{workshop_id}-{item.id}-{seen}"
        numbers = _by_name(access, before, item)
        store_confidence(access, questionnaire, item.question_id, numbers, save_id=save_id, at=at)


def commit_answer(
    access: PlanAccess,
    questionnaire: Questionnaire,
    workshop_id: str,
    changes: Mapping[str, object],
    *,
    seen: int,
    base: int,
    save_id: str,
    at: datetime,
) -> None:
    """Store the team's answer to the question at hand as a new revision, and ask everybody how sure they are.

    Args:
        access: the plan and the person.
        questionnaire: what the plan is asked.
        workshop_id: an open workshop.
        changes: what to store, as `mcplan.answers.amend` reads it; of a table the `lines` that become rows, and
            the `column` they go into (`mcplan.workshop.lines`).
        seen: the revision of the workshop on their screen.
        base: the revision of the answer on their screen.
        save_id: made up by the screen; the same commit sent again stores nothing more.
        at: when, with a time zone.

    Raises:
        AnsweredMeanwhile: somebody has changed the answer in the plan since.
        MovedMeanwhile, WorkshopRefused, NotAllowed: as `move_on`.
        AnswerRejected: the answer does not fit.
    """
    access.needs("facilitate")
    now = fetch_sitting(access, workshop_id)
    if any(item.commit_id == save_id for item in now.items):
        return
    before = _seen(access, workshop_id, seen)
    if before.item is None or before.workshop.state != "open":
        raise WorkshopRefused("There is no question at hand whose answer could be stored now.")
    item, question = before.item, questionnaire.question(before.item.question_id)
    if line_columns(question):
        answer, said = _store_lines(access, questionnaire, question, changes, save_id=save_id, at=at)
    else:
        answer = store_changes(access, questionnaire, question.id, changes, seen=base, save_id=save_id, at=at)
        said = kind_of(question).say(question, answer.value) + (f"\n{answer.note}" if answer.note else "")
    if answer.value is None:
        raise WorkshopRefused("Write the team's answer first, or take a proposal over.")
    after = replace_lead(committed(before, answer.revision, save_id, said, at), access.person.name)
    if not swap(access.session, before, after):
        raise MovedMeanwhile
    names = ", ".join(sorted({before.names[each.participant_id] for each in before.of(item)}))
    record(
        access, "workshop answer", at, question_id=question.id, name=before.workshop.title,
        after=names or access.person.name,
    )  # fmt: skip


def store_draft(access: PlanAccess, workshop_id: str, item_id: str, text: str, *, seen: int, at: datetime) -> int:
    """Keep the team's answer as it is being written, and give its revision.

    Raises:
        MovedMeanwhile: another facilitator has written meanwhile; both texts are on the screens.
        WorkshopRefused: it is too long for a draft, or there is no such question.
    """
    sitting = _running(access, workshop_id)
    item = next((each for each in sitting.items if each.id == item_id), None)
    if item is None or len(text) > 100_000:
        raise WorkshopRefused("This text cannot be kept here. Copy it, and reload the page.")
    if item.draft == text:
        return item.draft_revision
    changed = {"this_item": item_id, "seen": seen, "draft": text, "draft_revision": seen + 1}
    if access.session.connection().execute(_DRAFT, changed).rowcount != 1:
        raise MovedMeanwhile
    touch(access.session, workshop_id)
    return seen + 1


def set_door(
    access: PlanAccess, workshop_id: str, *, is_locked: bool | None = None, code: str = "", at: datetime
) -> None:
    """Lock the door or open it again, or give another code; who is in stays in."""
    before = _running(access, workshop_id)
    after = before.workshop
    if is_locked is not None:
        after = replace(after, is_locked=is_locked)
    if code:
        after = replace(after, code=code, code_ends_at=at + CODE_LIFE)
    if not swap(access.session, before, replace(before, workshop=replace(after, revision=after.revision + 1))):
        raise MovedMeanwhile


def rename_participant(access: PlanAccess, workshop_id: str, participant_id: str, raw: object) -> None:
    """Give a participant another name.

    Raises:
        WorkshopRefused: there is no such name or participant, or another one has it.
    """
    sitting, name = _running(access, workshop_id), read_name(raw)
    if not any(each.id == participant_id for each in sitting.present):
        raise WorkshopRefused("This participant is no longer there.")
    refuse_same_name(name, sitting.present, but=participant_id)
    told = {"this_participant": participant_id, "name": name, "name_key": name.casefold()}
    access.session.connection().execute(_RENAME, told)
    touch(access.session, workshop_id)


def remove_participant(access: PlanAccess, workshop_id: str, participant_id: str, *, at: datetime) -> None:
    """Take somebody off the list; what they wrote stays. Nothing if they are gone already."""
    _running(access, workshop_id)
    told = {"this_participant": participant_id, "name_key": participant_id, "removed_at": at}
    access.session.connection().execute(_REMOVE, told)
    touch(access.session, workshop_id)


def lead_is_here(access: PlanAccess, workshop_id: str, *, at: datetime) -> None:
    """Keep that a facilitator's screen is there."""
    access.needs("facilitate")
    access.session.connection().execute(_HERE, {"this_workshop": workshop_id, "lead_seen_at": at})


def replace_lead(sitting: Sitting, name: str) -> Sitting:
    """The same, led by whoever made the last move."""
    return replace(sitting, workshop=replace(sitting.workshop, lead=name))


def _store_lines(
    access: PlanAccess,
    questionnaire: Questionnaire,
    question: Question,
    changes: Mapping[str, object],
    *,
    save_id: str,
    at: datetime,
) -> tuple[Answer, str]:
    # Rows go below those that colleagues have stored meanwhile, so there is nothing to clash with. What is said of
    # them is what the room has said: the rows from before are not for guests.
    now, column = fetch_plan(access).answer(question), str(changes.get("column") or "")
    if column not in {each.id for each in line_columns(question)}:
        raise WorkshopRefused("Choose the column that the lines go into.")
    lines = read_lines(clean_text(str(changes.get("lines") or "")))
    if not lines:
        raise WorkshopRefused("Write a line for each new row first, or take a proposal over.")
    rows = rows_of_lines(question, now.value, lines, column, save_id[:40])
    if rows:
        changed = {"rows": rows}
        now = store_changes(access, questionnaire, question.id, changed, seen=now.revision, save_id=save_id, at=at)
    return now, "\n".join(lines)


def _running(access: PlanAccess, workshop_id: str) -> Sitting:
    access.needs("facilitate")
    found = fetch_sitting(access, workshop_id)
    if found.workshop.state != "open":
        raise WorkshopRefused("This workshop is not open, so nothing about it can be changed.")
    return found


def _seen(access: PlanAccess, workshop_id: str, seen: int) -> Sitting:
    found = fetch_sitting(access, workshop_id)
    if found.workshop.revision != seen:
        raise MovedMeanwhile
    return found


def _by_name(access: PlanAccess, sitting: Sitting, item: Item) -> dict[str, int]:
    # Where people sign in a guest may not speak for a member of the same name.
    members = {each.name for each in sitting.participants if each.person_id}
    suffix = "" if access.person.is_local else " (guest)"
    return {name if name in members else f"{name}{suffix}": number for name, number in sitting.sure(item).items()}


_DRAFT = update(ITEMS).where(ITEMS.c.id == bindparam("this_item"), ITEMS.c.draft_revision == bindparam("seen"))
_PERSON = update(PARTICIPANTS).where(PARTICIPANTS.c.id == bindparam("this_participant"))
_RENAME = _PERSON.where(PARTICIPANTS.c.removed_at.is_(None))
_REMOVE = _PERSON.where(PARTICIPANTS.c.removed_at.is_(None))
_HERE = update(WORKSHOPS).where(WORKSHOPS.c.id == bindparam("this_workshop"))
