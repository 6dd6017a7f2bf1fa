"""What a dossier tells of versions, decisions, actions and changes: finished rows, whoever keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class FrozenVersion:
    """The version that a dossier is made of."""

    name: str
    """What people call it: “1.2 for the board”."""
    hash: str
    """Its SHA-256 in hexadecimal letters."""
    frozen_at: datetime
    by: str = ""


@dataclass(frozen=True)
class DecisionRow:
    """A decision that has been taken on the plan."""

    on: date
    decision: str
    """In words: “Approve with conditions”."""
    by: str
    version: str
    """The name of the version it was taken on."""
    says: str = ""
    """Conditions, questions or reasons, as they were written down."""


@dataclass(frozen=True)
class ActionRow:
    """Something that somebody has to do."""

    name: str
    """A short name, such as A3."""
    says: str
    owner: str = ""
    due: date | None = None
    state: str = ""
    """In a word or two: “Open”, “Done”."""
    question_id: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class ChangeRow:
    """What is different from an earlier version."""

    says: str
    """In a sentence."""
    question_id: str = ""
    by: str = ""
    at: datetime | None = None
