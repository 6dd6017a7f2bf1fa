"""The tables of an installation that belong to no plan; `storage.tables` names them with all others."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from storage.plain_json import Json
from storage.row import Row


class NoticeRow(Row, table=True):
    """A message to somebody, from when it was worked out; it stays, so that the same news is never sent twice."""

    __tablename__ = "mc_notice"
    __table_args__ = (Index(None, "sent_at", "next_at"),)

    key: str = Field(primary_key=True)
    email: str
    subject: str
    text: str
    """Empty again once it was sent."""
    made_at: datetime
    next_at: datetime
    """Not to be tried before. Whoever sends it puts this off first, so that no other server does so too."""
    tries: int
    sent_at: datetime | None


class MarkRow(Row, table=True):
    """How far a work has come that goes through something from its beginning to its end."""

    __tablename__ = "mc_mark"

    name: str = Field(primary_key=True)
    at: int


class TemplateRow(Row, table=True):
    """A Word template of the institution, cleaned; dossiers of every plan may be made with it."""

    __tablename__ = "mc_template"

    id: str = Field(primary_key=True)
    name: str
    file: bytes
    hash: str
    """SHA-256 of the file, in hexadecimal letters."""
    notes: Any = Field(sa_type=Json, nullable=False)
    """What was remarked on it when it was cleaned: a list of sentences."""
    by: str
    at: datetime


class ViewRow(Row, table=True):
    """A choice of plans that somebody keeps under a name of their own."""

    __tablename__ = "mc_view"
    __table_args__ = (Index(None, "who"),)

    id: str = Field(primary_key=True)
    """Made up by the screen, so that what is saved twice is stored once."""
    who: str
    """A person's id; at a computer without sign-in, their name."""
    name: str
    filters: Any = Field(sa_type=Json, nullable=False)
    """As `mcplan.portfolio.write_wanted` gives them."""
    at: datetime


NOTICES = Row.metadata.tables["mc_notice"]
MARKS = Row.metadata.tables["mc_mark"]
TEMPLATES = Row.metadata.tables["mc_template"]
VIEWS = Row.metadata.tables["mc_view"]
