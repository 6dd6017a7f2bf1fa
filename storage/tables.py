"""The tables. Rows stay on this floor; what leaves it are plans, answers and summaries.

The classes describe the tables for SQLModel and Alembic; the statements of this floor name
their columns and read plain rows, so that two reads in one transaction are two reads. Only
Alembic makes tables (`storage.schema`): a change here needs a migration beside it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.board_tables import MOVES, REVIEWS, SUBMISSIONS, VERSIONS, WORDINGS
from storage.house_tables import MARKS, NOTICES, TEMPLATES
from storage.plain_json import Json
from storage.row import Row

__all__ = [
    "ANSWERS", "COMMENTS", "EVENTS", "INVITATIONS", "MARKS", "MEMBERS", "MEMBERSHIPS", "METADATA", "MOVES",
    "NOTICES", "PEOPLE", "PLANS", "PRESENCES", "REVIEWS", "REVISIONS", "SUBMISSIONS", "SUMMARIES", "TEMPLATES",
    "VERSIONS", "VISITS", "WORDINGS",
]  # fmt: skip


class PlanRow(Row, table=True):
    """One micro-credential being planned."""

    __tablename__ = "mc_plan"
    # Lists are read in this order: those of one kind, the last changed first.
    __table_args__ = (Index(None, "deleted_at", "archived_at", "changed_at", "id"),)

    id: str = Field(primary_key=True)
    title: str
    gate: str
    institution: str
    unit: str
    summary: str
    board: str
    start: date | None
    revision: int
    changed_at: datetime
    changed_by: str
    archived_at: datetime | None
    deleted_at: datetime | None
    stamp: str
    """A random word, new whenever the team or an answer changes (`storage.kept`)."""
    talk: int = 0
    """Goes up by one with every change of a comment, so that a screen can ask cheaply whether there is a new one."""


class MemberRow(Row, table=True):
    """Somebody on the design team of a plan."""

    __tablename__ = "mc_member"

    plan_id: str = Field(primary_key=True, foreign_key="mc_plan.id")
    id: str = Field(primary_key=True)
    place: int
    name: str
    role: str


class AnswerRow(Row, table=True):
    """What the team says now to one question."""

    __tablename__ = "mc_answer"

    plan_id: str = Field(primary_key=True, foreign_key="mc_plan.id")
    question_id: str = Field(primary_key=True)
    value: Any = Field(sa_type=Json, nullable=True)
    note: str
    stage: int
    owner: str
    evidence: Any = Field(sa_type=Json, nullable=False)
    confidence: Any = Field(sa_type=Json, nullable=False)
    not_applicable: str
    revision: int
    by: str
    at: datetime
    save_id: str


class RevisionRow(Row, table=True):
    """What the team said at one time to one question. Triggers refuse to change or delete such a row."""

    __tablename__ = "mc_answer_revision"

    plan_id: str = Field(primary_key=True, foreign_key="mc_plan.id")
    question_id: str = Field(primary_key=True)
    revision: int = Field(primary_key=True)
    value: Any = Field(sa_type=Json, nullable=True)
    note: str
    stage: int
    owner: str
    evidence: Any = Field(sa_type=Json, nullable=False)
    confidence: Any = Field(sa_type=Json, nullable=False)
    not_applicable: str
    by: str
    at: datetime
    save_id: str


class SummaryRow(Row, table=True):
    """How a plan stood when a list last showed it; it counts only while plan and scorer are still the same."""

    __tablename__ = "mc_plan_summary"

    plan_id: str = Field(primary_key=True, foreign_key="mc_plan.id")
    verdict: str | None
    floor: float
    ceiling: float
    coverage: float
    stops: int
    open_risks: int
    blank: int
    asked: int
    phases: Any = Field(sa_type=Json, nullable=False)
    plan_revision: int = 0
    """The revision of the plan that the numbers were worked out from."""
    scored_by: str = ""
    """The questions and rules they were worked out with (`storage.summaries.scorer_of`)."""
    fresh_until: date | None = None
    """The last day on which the numbers hold; None if they do not hang on the day."""


class PersonRow(Row, table=True):
    """Somebody who has signed in once, known by who vouched for them and under which name there."""

    __tablename__ = "mc_person"
    __table_args__ = (UniqueConstraint("iss", "sub"), UniqueConstraint("name"), Index(None, "email"))

    id: str = Field(primary_key=True)
    iss: str
    sub: str
    email: str
    name: str
    is_admin: bool
    valid_after: datetime | None
    """Sign-ins up to this moment count no longer."""
    disabled_at: datetime | None
    first_at: datetime
    seen_at: datetime
    """When they last signed in."""
    mail: str = "at once"
    """How they want to be told by e-mail: one of `mcplan.notices.WISHES`."""


class MembershipRow(Row, table=True):
    """A person in a plan, and what they are there."""

    __tablename__ = "mc_membership"
    # Every statement of a list asks whose plans they are: for ten thousand of them it reads this index and no row.
    __table_args__ = (Index(None, "person_id", "ends_at", "plan_id"),)

    plan_id: str = Field(primary_key=True, foreign_key="mc_plan.id")
    person_id: str = Field(primary_key=True, foreign_key="mc_person.id")
    role: str
    by: str
    at: datetime
    ends_at: datetime | None
    """From then on it is as if they were no member; None for no end."""


class InvitationRow(Row, table=True):
    """A way into a plan: for one e-mail address, or for whoever has the link."""

    __tablename__ = "mc_invitation"
    __table_args__ = (Index(None, "plan_id"), Index(None, "email"), Index(None, "secret_hash"))

    id: str = Field(primary_key=True)
    plan_id: str = Field(foreign_key="mc_plan.id")
    email: str
    """In lower case; empty for a link."""
    secret_hash: str
    """SHA-256 of the secret in the link, so that a copy of the database opens nothing; empty for an e-mail address."""
    role: str
    by: str
    at: datetime
    ends_at: datetime
    ended_at: datetime | None
    """When it was taken back, or used up."""
    used: int
    """How many people came in by it."""


class EventRow(Row, table=True):
    """Something that was done to a plan, other than to an answer. Triggers refuse to change or delete such a row."""

    __tablename__ = "mc_event"
    __table_args__ = (Index(None, "plan_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    plan_id: str = Field(foreign_key="mc_plan.id")
    at: datetime
    by: str
    kind: str
    """A key of `mcplan.timeline.KINDS`."""
    question_id: str
    details: Any = Field(sa_type=Json, nullable=False)


class CommentRow(Row, table=True):
    """Something said about a question, or about the plan; the first of a thread carries what became of the thread."""

    __tablename__ = "mc_comment"
    __table_args__ = (Index(None, "plan_id", "question_id"),)

    id: str = Field(primary_key=True)
    """Made up by the screen, so that the same comment sent twice is stored once."""
    plan_id: str = Field(foreign_key="mc_plan.id")
    question_id: str
    """Empty for the plan as a whole."""
    thread_id: str
    """The id of the thread's first comment; its own for that one."""
    text: str
    by: str
    person_id: str
    at: datetime
    edited_at: datetime | None
    resolved_at: datetime | None
    resolved_by: str
    assignee: str
    """The id of a member of the team; empty for nobody."""
    revision: int


class PresenceRow(Row, table=True):
    """A screen of a plan that somebody has open right now; it says so again every few seconds."""

    __tablename__ = "mc_presence"

    plan_id: str = Field(primary_key=True, foreign_key="mc_plan.id")
    visit_id: str = Field(primary_key=True)
    """Made up by the screen."""
    name: str
    screen: str
    question_id: str
    """Where they are typing; empty if nowhere."""
    at: datetime


class VisitRow(Row, table=True):
    """When a person was last in a plan, to tell what is new for them."""

    __tablename__ = "mc_visit"

    plan_id: str = Field(primary_key=True, foreign_key="mc_plan.id")
    who: str = Field(primary_key=True)
    """A person's id; at a computer without sign-in, their name."""
    since: datetime
    """When the visit before this one ended: what came later is new."""
    at: datetime
    """When they were last seen."""


METADATA = Row.metadata
PLANS = METADATA.tables["mc_plan"]
MEMBERS = METADATA.tables["mc_member"]
ANSWERS = METADATA.tables["mc_answer"]
REVISIONS = METADATA.tables["mc_answer_revision"]
SUMMARIES = METADATA.tables["mc_plan_summary"]
PEOPLE = METADATA.tables["mc_person"]
MEMBERSHIPS = METADATA.tables["mc_membership"]
INVITATIONS = METADATA.tables["mc_invitation"]
EVENTS = METADATA.tables["mc_event"]
COMMENTS = METADATA.tables["mc_comment"]
PRESENCES = METADATA.tables["mc_presence"]
VISITS = METADATA.tables["mc_visit"]
