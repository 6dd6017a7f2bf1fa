"""The tables of workshops. All of a workshop is here, so that any server of an installation can go on with it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.plain_json import Json
from storage.row import Row


class WorkshopRow(Row, table=True):
    """One sitting on some questions of a plan, or a template for some."""

    __tablename__ = "mc_workshop"
    __table_args__ = (Index(None, "plan_id"), Index(None, "code"))

    id: str = Field(primary_key=True)
    plan_id: str = Field(foreign_key="mc_plan.id")
    title: str
    state: str
    minutes: int
    opening: int
    closing: int
    is_anonymous: bool
    by: str
    at: datetime
    code: str
    """In clear, since it has to be shown; empty unless the workshop is open."""
    code_ends_at: datetime | None
    is_locked: bool
    place: int
    step: str
    step_ends_at: datetime | None
    asks: str
    revision: int
    pulse: int
    lead: str
    lead_seen_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    before: Any = Field(sa_type=Json, nullable=False)
    after: Any = Field(sa_type=Json, nullable=False)


class ItemRow(Row, table=True):
    """A question on the agenda of a workshop."""

    __tablename__ = "mc_workshop_item"
    __table_args__ = (Index(None, "workshop_id"),)

    id: str = Field(primary_key=True)
    plan_id: str = Field(foreign_key="mc_plan.id")
    workshop_id: str = Field(foreign_key="mc_workshop.id")
    place: int
    question_id: str
    minutes: int
    outcome: str
    draft: str
    draft_revision: int
    committed: int
    commit_id: str
    said: str
    began_at: datetime | None
    ended_at: datetime | None


class ParticipantRow(Row, table=True):
    """Somebody who takes part in a workshop."""

    __tablename__ = "mc_participant"
    # Of those who take part no two have the same name, whichever servers they came in at.
    __table_args__ = (UniqueConstraint("workshop_id", "name_key"),)

    id: str = Field(primary_key=True)
    plan_id: str = Field(foreign_key="mc_plan.id")
    workshop_id: str = Field(foreign_key="mc_workshop.id")
    name: str
    name_key: str
    """The name in small letters; the id once somebody was removed, so that the name is free again."""
    person_id: str
    joined_at: datetime
    removed_at: datetime | None


class ProposalRow(Row, table=True):
    """Something that one participant would answer to a question."""

    __tablename__ = "mc_proposal"
    __table_args__ = (Index(None, "workshop_id"),)

    id: str = Field(primary_key=True)
    """Made up by the phone, so that the same proposal sent twice is stored once."""
    item_id: str = Field(foreign_key="mc_workshop_item.id")
    participant_id: str = Field(foreign_key="mc_participant.id")
    plan_id: str = Field(foreign_key="mc_plan.id")
    workshop_id: str = Field(foreign_key="mc_workshop.id")
    text: str
    revision: int
    save_id: str
    at: datetime


class VoteRow(Row, table=True):
    """A participant's support of a proposal."""

    __tablename__ = "mc_vote"
    __table_args__ = (Index(None, "workshop_id"),)

    participant_id: str = Field(primary_key=True, foreign_key="mc_participant.id")
    proposal_id: str = Field(primary_key=True, foreign_key="mc_proposal.id")
    item_id: str = Field(foreign_key="mc_workshop_item.id")
    plan_id: str = Field(foreign_key="mc_plan.id")
    workshop_id: str = Field(foreign_key="mc_workshop.id")


class RatingRow(Row, table=True):
    """How sure a participant is of an answer; or with an energy check in place of an item, how much they have."""

    __tablename__ = "mc_workshop_rating"

    workshop_id: str = Field(primary_key=True, foreign_key="mc_workshop.id")
    item_id: str = Field(primary_key=True)
    participant_id: str = Field(primary_key=True, foreign_key="mc_participant.id")
    plan_id: str = Field(foreign_key="mc_plan.id")
    number: int


class NoteRow(Row, table=True):
    """Something kept beside the agenda: for the parking lot, a decision, an action."""

    __tablename__ = "mc_workshop_note"
    __table_args__ = (Index(None, "workshop_id"),)

    id: str = Field(primary_key=True)
    """Made up by the screen, so that the same note sent twice is stored once."""
    plan_id: str = Field(foreign_key="mc_plan.id")
    workshop_id: str = Field(foreign_key="mc_workshop.id")
    kind: str
    text: str
    by: str
    at: datetime
    question_id: str
    owner: str
    due: date | None
    became: str


METADATA = Row.metadata
WORKSHOPS = METADATA.tables["mc_workshop"]
ITEMS = METADATA.tables["mc_workshop_item"]
PARTICIPANTS = METADATA.tables["mc_participant"]
PROPOSALS = METADATA.tables["mc_proposal"]
VOTES = METADATA.tables["mc_vote"]
RATINGS = METADATA.tables["mc_workshop_rating"]
NOTES = METADATA.tables["mc_workshop_note"]
