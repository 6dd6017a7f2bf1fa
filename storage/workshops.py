"""Workshops of a plan before and after they take place: prepare, open, close. What happens in between: `sittings`."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session

from mcplan.people import Person
from mcplan.text import clean_text, shorten
from mcplan.workshop.agenda import offers_of, read_minutes
from mcplan.workshop.course import box_of
from mcplan.workshop.joining import ALPHABET, CODE_LENGTH, CODE_LIFE
from mcplan.workshop.sitting import Item, MovedMeanwhile, Sitting, State, Workshop, WorkshopRefused
from questionnaire.model import Questionnaire
from storage.access import PlanAccess, open_plans
from storage.events import record
from storage.rows import fetch_open
from storage.workshop_rows import WORKSHOP, add_items, add_workshop, read_sitting, swap
from storage.workshop_tables import ITEMS, NOTES, WORKSHOPS

MOST_TITLE = 120
MOST_WORKSHOPS = 200


@dataclass(frozen=True)
class Agenda:
    """What somebody wants a workshop to be."""

    title: str
    minutes: int
    opening: int
    closing: int
    is_anonymous: bool
    items: tuple[tuple[str, int], ...]
    """Questions by id in order, each with its minutes; 0 for as many as the question usually takes."""


def fetch_workshops(access: PlanAccess) -> tuple[Workshop, ...]:
    """The workshops of the plan, the last prepared first; no templates."""
    access.needs("view")
    return tuple(Workshop(*row) for row in access.session.connection().execute(_LISTED))


def fetch_sitting(access: PlanAccess, workshop_id: str) -> Sitting:
    """A workshop with all that belongs to it.

    Raises:
        WorkshopRefused: the plan has none of this id.
    """
    access.needs("view")
    found = read_sitting(access.session, workshop_id)
    if found is None:
        raise WorkshopRefused("This workshop is no longer there. Choose another one from the list.")
    return found


def fetch_templates(session: Session, person: Person, at: datetime) -> tuple[Sitting, ...]:
    """The templates of all plans that a person may open, by title."""
    open_plans(session, person, at)
    found = session.connection().execute(_TEMPLATES).scalars().all()
    return tuple(each for each in (read_sitting(session, id) for id in found) if each)


def store_agenda(
    access: PlanAccess,
    questionnaire: Questionnaire,
    workshop_id: str,
    agenda: Agenda,
    *,
    at: datetime,
    state: State = "draft",
) -> None:
    """Keep what a workshop is to be: a new one, or one that has not been opened.

    Args:
        access: the plan and the person.
        questionnaire: what the plan is asked.
        workshop_id: made up by the screen, so that the same one is made once.
        agenda: what somebody wants.
        at: when, with a time zone.
        state: `draft`, or `template` for one to make others from.

    Raises:
        WorkshopRefused: it does not fit, or it is open or over.
        AnswerRejected: the plan is archived or deleted.
        NotAllowed: they may not facilitate.
    """
    _open(access)
    title = shorten(clean_text(agenda.title), MOST_TITLE) or "Workshop"
    read_minutes(agenda.minutes, agenda.opening, agenda.closing)
    usual = dict(offers_of(questionnaire, [id for id, _ in agenda.items]))
    wanted = {id: min(max(minutes or usual[id], 1), agenda.minutes) for id, minutes in agenda.items}
    items = tuple(Item(uuid4().hex, id, minutes) for id, minutes in wanted.items())
    before = read_sitting(access.session, workshop_id)
    if before is None:
        _refuse_full(access)
        workshop = Workshop(
            workshop_id, title, state, agenda.minutes, agenda.opening, agenda.closing, agenda.is_anonymous,
            access.person.name, at,
        )  # fmt: skip
        add_workshop(access.session, access.plan_id, Sitting(workshop, items))
        return
    if before.workshop.state not in ("draft", "template"):
        raise WorkshopRefused("This workshop has been opened; its agenda stays as it is. Prepare another one.")
    changed = replace(
        before.workshop, title=title, is_anonymous=agenda.is_anonymous, minutes=agenda.minutes,
        opening=agenda.opening, closing=agenda.closing,
    )  # fmt: skip
    after = Sitting(replace(changed, revision=changed.revision + 1))
    if not swap(access.session, before, after):
        raise MovedMeanwhile
    access.session.connection().execute(_DROP_ITEMS, {"workshop": workshop_id})
    add_items(access.session, access.plan_id, Sitting(changed, items))


def drop_workshop(access: PlanAccess, workshop_id: str) -> None:
    """Take away a template, or a workshop that was never opened; nothing if it is gone already."""
    _open(access)
    found = read_sitting(access.session, workshop_id)
    if found and found.workshop.state not in ("draft", "template"):
        raise WorkshopRefused("This workshop has taken place, so it stays.")
    for statement in (_DROP_NOTES, _DROP_ITEMS, _DROP):
        access.session.connection().execute(statement, {"workshop": workshop_id})


def open_workshop(
    access: PlanAccess, workshop_id: str, code: str, standing: Mapping[str, str], *, at: datetime
) -> None:
    """Let people in; nothing if it is open already.

    Args:
        access: the plan and the person.
        workshop_id: one that is prepared.
        code: what people come in by (`new_code`).
        standing: how the plan stands now, for the report.
        at: when, with a time zone.

    Raises:
        WorkshopRefused: it is over, or there is none.
        AnswerRejected, NotAllowed: as `store_agenda`.
    """
    _open(access)
    before = fetch_sitting(access, workshop_id)
    workshop = before.workshop
    if workshop.state == "open":
        return
    if workshop.state != "draft":
        raise WorkshopRefused("This workshop is over. Prepare another one.")
    opened = replace(
        workshop, state="open", code=code, code_ends_at=at + CODE_LIFE, opened_at=at, before=dict(standing),
        lead=access.person.name, step_ends_at=at + box_of(workshop, before.items, 0, ""),
        revision=workshop.revision + 1,
    )  # fmt: skip
    if not swap(access.session, before, replace(before, workshop=opened)):
        raise MovedMeanwhile
    record(access, "workshop opened", at, name=workshop.title)


def close_workshop(access: PlanAccess, workshop_id: str, standing: Mapping[str, str], *, at: datetime) -> None:
    """End a workshop; nothing if it has ended already. What comes in late from a phone is still kept.

    Raises:
        WorkshopRefused: it was never opened, or another facilitator moves it at this moment.
    """
    access.needs("facilitate")
    before = fetch_sitting(access, workshop_id)
    workshop = before.workshop
    if workshop.state == "closed":
        return
    if workshop.state != "open":
        raise WorkshopRefused("This workshop has not been opened, so there is nothing to close.")
    closed = replace(
        workshop, state="closed", code="", code_ends_at=None, closed_at=at, after=dict(standing), step="",
        step_ends_at=None, revision=workshop.revision + 1,
    )  # fmt: skip
    if not swap(access.session, before, replace(before, workshop=closed)):
        raise MovedMeanwhile
    done = sum(1 for item in before.items if item.outcome == "committed")
    after = f"{done} of {len(before.items)} answers stored, {len(before.present)} took part"
    record(access, "workshop closed", at, name=workshop.title, after=after)


def new_code() -> str:
    """A code to come in by. The arithmetic is in `mcplan.workshop.joining`."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def questions_of(sitting: Sitting) -> Sequence[tuple[str, int]]:
    """The agenda of a workshop or a template, as `Agenda` takes it."""
    return tuple((item.question_id, item.minutes) for item in sitting.items)


def _open(access: PlanAccess) -> None:
    access.needs("facilitate")
    fetch_open(access.session, access.plan_id)


def _refuse_full(access: PlanAccess) -> None:
    if len(access.session.connection().execute(_IDS).all()) >= MOST_WORKSHOPS:
        raise WorkshopRefused(f"This plan has {MOST_WORKSHOPS} workshops. Take away drafts that are not needed.")


_LISTED = WORKSHOP.where(WORKSHOPS.c.state != "template").order_by(WORKSHOPS.c.at.desc(), WORKSHOPS.c.id)
_TEMPLATES = (
    select(WORKSHOPS.c.id).where(WORKSHOPS.c.state == "template").order_by(WORKSHOPS.c.title, WORKSHOPS.c.id).limit(100)
)
_IDS = select(WORKSHOPS.c.id)
_DROP_ITEMS = delete(ITEMS).where(ITEMS.c.workshop_id == bindparam("workshop"))
_DROP_NOTES = delete(NOTES).where(NOTES.c.workshop_id == bindparam("workshop"))
_DROP = delete(WORKSHOPS).where(WORKSHOPS.c.id == bindparam("workshop"))
