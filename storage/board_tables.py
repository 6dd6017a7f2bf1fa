"""The tables of versions and of what boards do with them; `storage.tables` names them with all others."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.plain_json import Json
from storage.row import Row


class WordingRow(Row, table=True):
    """What a questionnaire said, kept once for all versions that were frozen with it. It belongs to no plan.

    Triggers refuse to change or delete such a row.
    """

    __tablename__ = "mc_wording"

    sha256: str = Field(primary_key=True)
    content: str


class VersionRow(Row, table=True):
    """A frozen copy of a plan. Triggers refuse to change or delete such a row."""

    __tablename__ = "mc_version"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: str = Field(primary_key=True)
    """Made up by the screen, so that what is frozen twice is stored once."""
    plan_id: str = Field(foreign_key="mc_plan.id")
    number: int
    name: str
    by: str
    at: datetime
    revision: int
    sha256: str
    """Over `content` in UTF-8."""
    wording: str = Field(foreign_key="mc_wording.sha256")
    content: str
    """The text that was hashed, as it is: no engine may make other JSON of it."""
    is_elsewhere: bool
    """True if it came with a file."""


class SubmissionRow(Row, table=True):
    """A version before a board. Triggers refuse to change or delete such a row."""

    __tablename__ = "mc_submission"
    __table_args__ = (Index(None, "plan_id"),)

    id: str = Field(primary_key=True)
    plan_id: str = Field(foreign_key="mc_plan.id")
    version_id: str = Field(foreign_key="mc_version.id")
    gate: str
    presenter: str
    decider: str
    meets_on: date | None
    by: str
    at: datetime


class MoveRow(Row, table=True):
    """Something that was done with a submission. Triggers refuse to change or delete such a row."""

    __tablename__ = "mc_move"
    __table_args__ = (UniqueConstraint("id"),)

    plan_id: str = Field(primary_key=True, foreign_key="mc_plan.id")
    number: int = Field(primary_key=True)
    """From 1 in a plan. Of two who move at once one gets the number."""
    id: str
    submission_id: str = Field(foreign_key="mc_submission.id")
    kind: str
    """A key of `mcplan.decisions.MOVES`."""
    by: str
    person_id: str
    at: datetime
    decided_by: str
    decided_on: date | None
    reason: str
    points: Any = Field(sa_type=Json, nullable=False)
    until: date | None


class ReviewRow(Row, table=True):
    """A review of a submission, by the team or by somebody on the board."""

    __tablename__ = "mc_review"

    submission_id: str = Field(primary_key=True, foreign_key="mc_submission.id")
    scorer: str = Field(primary_key=True)
    plan_id: str = Field(foreign_key="mc_plan.id")
    name: str
    side: str
    scores: Any = Field(sa_type=Json, nullable=False)
    words: str
    handed_in_at: datetime | None
    revision: int
    by: str
    at: datetime


WORDINGS = Row.metadata.tables["mc_wording"]
VERSIONS = Row.metadata.tables["mc_version"]
SUBMISSIONS = Row.metadata.tables["mc_submission"]
MOVES = Row.metadata.tables["mc_move"]
REVIEWS = Row.metadata.tables["mc_review"]
