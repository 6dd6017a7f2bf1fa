"""The door for those who take part in a workshop without an account: into this one workshop, and nowhere else.

A `Seat` is no `PlanAccess`, so that no function of a plan can be called with it. To find the workshop of a code is
the one look-up across plans; from then on the transaction is open for the plan of that workshop, by the guard.
A save of a participant locks only the row of the workshop, so it waits for no save in the plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import BindParameter, bindparam, delete, func, insert, select, update
from sqlmodel import Session

from mcplan.workshop.energy import is_check
from mcplan.workshop.joining import EXPIRED, LOCKED, MOST_PEOPLE, NO_CODE, REMOVED, read_name, refuse_same_name
from mcplan.workshop.saying import MOST_IDEAS, read_note, read_proposal, read_rating, votes_each
from mcplan.workshop.sitting import Participant, Proposal, Sitting, Workshop, WorkshopRefused
from storage.guard import AllPlans, OnePlan, open_scope, within
from storage.tables import PLANS
from storage.workshop_notes import ADD_NOTE, MOST_NOTES
from storage.workshop_rows import ONE, read_sitting, touch, upsert
from storage.workshop_tables import ITEMS, NOTES, PARTICIPANTS, PROPOSALS, RATINGS, VOTES, WORKSHOPS

LATE = timedelta(hours=24)
"""For so long after the end what was written on a phone without a connection is still taken."""


class ProposedMeanwhile(WorkshopRefused):
    """The same person has written in another window meanwhile; `proposal` is what is stored."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__("You have written something else in another window. Both texts are here now.")
        self.proposal = proposal


class SeatGone(WorkshopRefused):
    """Whoever asks takes part no longer: they were removed, or the workshop is over for long or gone."""


class Room(NamedTuple):
    """Which workshop of which plan."""

    plan_id: str
    workshop_id: str


@dataclass(frozen=True)
class Seat:
    """A participant in an opened workshop, for the length of one transaction."""

    session: Session
    room: Room
    participant: Participant
    workshop: Workshop


def find_room(session: Session, code: str, at: datetime) -> Room:
    """The open workshop that people come into by a code.

    Raises:
        WorkshopRefused: there is none, or the code has run out.
    """
    with within(session, AllPlans()):
        found = session.connection().execute(_BY_CODE, {"code": code}).first() if code else None
    if found is None:
        raise WorkshopRefused(NO_CODE)
    if found.code_ends_at is None or found.code_ends_at <= at:
        raise WorkshopRefused(EXPIRED)
    return Room(found.plan_id, found.id)


def join(session: Session, room: Room, participant_id: str, raw: object, at: datetime, *, person_id: str = "") -> None:
    """Let somebody in. The same participant sent again, or a member who is in already, is let in once.

    Args:
        session: a transaction that has opened nothing else.
        room: from `find_room`.
        participant_id: made up before.
        raw: the name they give.
        at: when, with a time zone.
        person_id: of a member who comes as themselves; empty for a guest.

    Raises:
        WorkshopRefused: the door is locked, the name does not fit or is taken, or the workshop is full.
    """
    name = read_name(raw)
    open_scope(session, OnePlan(room.plan_id))
    # First, so that two who come in at once are looked at one after the other.
    touch(session, room.workshop_id)
    sitting = _sitting(session, room)
    if any(each.id == participant_id for each in sitting.present):
        return
    if sitting.workshop.state != "open" or sitting.workshop.is_locked:
        raise WorkshopRefused(LOCKED if sitting.workshop.is_locked else NO_CODE)
    if len(sitting.present) >= MOST_PEOPLE:
        raise WorkshopRefused(f"This workshop is full: {MOST_PEOPLE} people take part.")
    refuse_same_name(name, sitting.present)
    session.connection().execute(
        _JOIN,
        {
            "id": participant_id, "plan_id": room.plan_id, "workshop_id": room.workshop_id, "name": name,
            "name_key": name.casefold(), "person_id": person_id, "joined_at": at, "removed_at": None,
        },
    )  # fmt: skip


def take_seat(session: Session, room: Room, participant_id: str, at: datetime) -> Seat:
    """Open a workshop for one of its participants.

    Raises:
        SeatGone: they were removed, it is over for long, or its plan is gone.
    """
    open_scope(session, OnePlan(room.plan_id))
    run = session.connection().execute
    found = run(ONE, {"workshop": room.workshop_id}).first()
    row = run(_WHO, {"workshop": room.workshop_id, "participant": participant_id}).first()
    workshop, participant = Workshop(*found) if found else None, Participant(*row) if row else None
    if workshop is None or participant is None or not _is_there(session, room):
        raise SeatGone("This workshop is no longer there.")
    if participant.removed_at is not None:
        raise SeatGone(REMOVED)
    if workshop.closed_at and at - workshop.closed_at > LATE:
        raise SeatGone("This workshop has ended. Its report is in the plan.")
    return Seat(session, room, participant, workshop)


def fetch_room(session: Session, room: Room) -> Sitting:
    """The workshop with all that belongs to it, for pages that show each what they may see.

    Raises:
        WorkshopRefused: it is not there any more.
    """
    open_scope(session, OnePlan(room.plan_id))
    return _sitting(session, room)


def fetch_pulse_of(session: Session, room: Room) -> int:
    """The number that goes up with every change of the workshop; 0 if it is not there."""
    open_scope(session, OnePlan(room.plan_id))
    return int(session.connection().execute(_PULSE, {"workshop": room.workshop_id}).scalar() or 0)


def store_proposal(
    seat: Seat, item_id: str, proposal_id: str, raw: object, *, seen: int, save_id: str, at: datetime
) -> int:
    """Keep what somebody proposes, at any time of the workshop and a day after: words from a phone may come late.

    Args:
        seat: whose it is.
        item_id: the question.
        proposal_id: made up by the screen, which of their proposals to it this is.
        raw: what they typed.
        seen: the revision of their proposal on their screen; 0 for none.
        save_id: made up by the screen; the same save sent again changes nothing.
        at: when, with a time zone.

    Returns:
        The revision it is stored as.

    Raises:
        ProposedMeanwhile: they have written in another window.
        WorkshopRefused: it does not fit, there is no such question, or they have as many as there is room for.
    """
    text, run = read_proposal(raw), seat.session.connection().execute
    touch(seat.session, seat.room.workshop_id)
    this = {"this_proposal": proposal_id}
    found = run(_PROPOSAL, this).first()
    if found and (found.item_id, found.participant_id) != (item_id, seat.participant.id):
        raise WorkshopRefused("This proposal is somebody else's. Copy your text, and reload the page.")
    if found and (found.save_id == save_id or found.text == text):
        return int(found.revision)
    if found is None:
        _refuse_item(seat, item_id)
        if run(_MINE, {"this_item": item_id, "who": seat.participant.id}).scalar_one() >= MOST_IDEAS:
            raise WorkshopRefused(
                f"You have {MOST_IDEAS} proposals to this question already. Put this into one of them, please."
            )
        row = {"id": proposal_id, "item_id": item_id, "participant_id": seat.participant.id, **_of(seat)}
        run(_PROPOSE, row | {"text": text, "revision": 1, "save_id": save_id, "at": at})
        return 1
    if found.revision != seen:
        stored = Proposal(proposal_id, item_id, seat.participant.id, found.text, found.revision, found.at)
        raise ProposedMeanwhile(stored)
    run(_CHANGE, this | {"text": text, "revision": seen + 1, "save_id": save_id, "at": at})
    return seen + 1


def store_votes(seat: Seat, item_id: str, chosen: object) -> None:
    """Keep which proposals somebody supports, in place of what they chose before.

    Raises:
        WorkshopRefused: it is not the time for it, they are too many, or one of them is not there.
    """
    _refuse_step(seat, item_id, "support", "Support is asked for later, or is over. What you chose before counts.")
    run = seat.session.connection().execute
    there = set(run(_THERE_ARE, {"this_item": item_id}).scalars())
    wanted = {str(each) for each in chosen} if isinstance(chosen, list) else set()
    if not wanted <= there:
        raise WorkshopRefused("One of these proposals is no longer there.")
    if len(wanted) > votes_each(len(there)):
        raise WorkshopRefused(f"You have {votes_each(len(there))} votes. Take one back to give it to another proposal.")
    touch(seat.session, seat.room.workshop_id)
    mine = {"this_item": item_id, "who": seat.participant.id}
    run(_UNVOTE, mine)
    if wanted:
        row = {"item_id": item_id, "participant_id": seat.participant.id, **_of(seat)}
        run(_VOTE, [row | {"proposal_id": each} for each in sorted(wanted)])


def store_rating(seat: Seat, item_id: str, raw: object) -> None:
    """Keep how sure somebody is of the team's answer, or at a check (`mcplan.workshop.energy`) of their energy.

    Raises:
        WorkshopRefused: it is no number from 1 to 5, or not the time for it.
    """
    number = read_rating(raw)
    if is_check(item_id):
        if item_id != seat.workshop.asks:
            raise WorkshopRefused("This energy check is over. What you chose before counts.")
    elif item_id:
        _refuse_step(seat, item_id, "confidence", "This question has moved on. What you chose before counts.")
    touch(seat.session, seat.room.workshop_id)
    row = {"item_id": item_id, "participant_id": seat.participant.id, "number": number, **_of(seat)}
    seat.session.connection().execute(_RATE[seat.session.connection().dialect.name], row)


def park(seat: Seat, note_id: str, raw: object, *, item_id: str = "", at: datetime) -> None:
    """Keep a thought of a participant's for the parking lot, at a question or none; sent again it is stored once."""
    text, run = read_note(raw), seat.session.connection().execute
    question_id = run(_QUESTION, {"this_item": item_id, "workshop": seat.room.workshop_id}).scalar() or ""
    touch(seat.session, seat.room.workshop_id)
    if run(_NOTES, {"workshop": seat.room.workshop_id}).scalar_one() >= MOST_NOTES:
        raise WorkshopRefused("The parking lot is full. Tell the facilitator.")
    row = {
        "id": note_id, "kind": "parking", "text": text, "by": seat.participant.name, "at": at,
        "question_id": question_id, "owner": "", "due": None, "became": "", **_of(seat),
    }  # fmt: skip
    run(ADD_NOTE[seat.session.connection().dialect.name], row)


def _of(seat: Seat) -> dict[str, str]:
    return {"plan_id": seat.room.plan_id, "workshop_id": seat.room.workshop_id}


def _sitting(session: Session, room: Room) -> Sitting:
    found = read_sitting(session, room.workshop_id)
    if found is None or not _is_there(session, room):
        raise WorkshopRefused("This workshop is no longer there.")
    return found


def _is_there(session: Session, room: Room) -> bool:
    return session.connection().execute(_THERE, {"plan": room.plan_id}).first() is not None


def _refuse_item(seat: Seat, item_id: str) -> None:
    this = {"this_item": item_id, "workshop": seat.room.workshop_id}
    if seat.session.connection().execute(_ITEM, this).first() is None:
        raise WorkshopRefused("This question is not on the agenda. Your text stays on your screen.")


def _refuse_step(seat: Seat, item_id: str, step: str, says: str) -> None:
    this = {"this_item": item_id, "workshop": seat.room.workshop_id}
    place = seat.session.connection().execute(_ITEM, this).scalar()
    if place != seat.workshop.place or seat.workshop.step != step:
        raise WorkshopRefused(says)


_THIS: BindParameter[str] = bindparam("workshop")
_BY_CODE = (
    select(WORKSHOPS.c.plan_id, WORKSHOPS.c.id, WORKSHOPS.c.code_ends_at)
    .join(PLANS, PLANS.c.id == WORKSHOPS.c.plan_id)
    .where(WORKSHOPS.c.code == bindparam("code"), WORKSHOPS.c.state == "open", PLANS.c.deleted_at.is_(None))
    .order_by(WORKSHOPS.c.opened_at.desc())
)
_THERE = select(PLANS.c.id).where(PLANS.c.id == bindparam("plan"), PLANS.c.deleted_at.is_(None))
_PULSE = select(WORKSHOPS.c.pulse).where(WORKSHOPS.c.id == _THIS)
_WHO = select(*(PARTICIPANTS.c[name] for name in ("id", "name", "joined_at", "person_id", "removed_at"))).where(
    PARTICIPANTS.c.workshop_id == _THIS, PARTICIPANTS.c.id == bindparam("participant")
)
_JOIN = insert(PARTICIPANTS)
_ITEM = select(ITEMS.c.place).where(ITEMS.c.id == bindparam("this_item"), ITEMS.c.workshop_id == _THIS)
_QUESTION = select(ITEMS.c.question_id).where(ITEMS.c.id == bindparam("this_item"), ITEMS.c.workshop_id == _THIS)
_PROPOSAL = select(PROPOSALS).where(PROPOSALS.c.id == bindparam("this_proposal"))
_AT = PROPOSALS.c.item_id == bindparam("this_item")
_MINE = select(func.count()).select_from(PROPOSALS).where(_AT, PROPOSALS.c.participant_id == bindparam("who"))
_PROPOSE = insert(PROPOSALS)
_CHANGE = update(PROPOSALS).where(PROPOSALS.c.id == bindparam("this_proposal"))
_THERE_ARE = select(PROPOSALS.c.id).where(_AT, func.trim(PROPOSALS.c.text) != "")
_UNVOTE = delete(VOTES).where(VOTES.c.item_id == bindparam("this_item"), VOTES.c.participant_id == bindparam("who"))
_VOTE = insert(VOTES)
_RATE = upsert(RATINGS, ("workshop_id", "item_id", "participant_id"), "number")
_NOTES = select(func.count()).select_from(NOTES).where(NOTES.c.workshop_id == _THIS)
