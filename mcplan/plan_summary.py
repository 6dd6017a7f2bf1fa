"""One plan in a few numbers: what a list shows without reading its answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mcplan.roles import Role
from questionnaire.model import Gate


@dataclass(frozen=True)
class PhaseSummary:
    """One phase in two numbers."""

    phase_id: str
    floor: float
    verdict: str | None
    """The verdict's colour name; None if nothing is asked of it at the gate."""


@dataclass(frozen=True)
class PlanSummary:
    """How a plan stands, as a list shows it; and what the person is there whose list it is."""

    id: str
    title: str
    institution: str
    gate: Gate
    verdict: str | None
    """The verdict's colour name; None if nothing is asked at the gate."""
    floor: float
    ceiling: float
    coverage: float
    stops: int
    open_risks: int
    """Risks flagged up to the gate, information gaps included."""
    blank: int
    asked: int
    """Questions that count at the gate, and how many of them are blank."""
    changed_at: datetime | None
    changed_by: str
    role: Role
    """What the person who looks at the list is in the plan."""
    archived_at: datetime | None = None
    deleted_at: datetime | None = None
    phases: tuple[PhaseSummary, ...] = ()
