"""What a plan bundle holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mcplan.comments import Thread
from mcplan.plan import Answer, Plan
from mcplan.timeline import Event
from questionnaire.model import Questionnaire

Record = Mapping[str, Any]
"""A version or a decision as plain JSON: its own module says what stands in it."""


@dataclass(frozen=True)
class Bundle:
    """A plan with everything that was ever said in it."""

    plan: Plan
    """Facts, team and answers; its id is the one it has where the bundle was made."""
    questionnaire: Questionnaire
    """What the plan was asked, in the wording of then."""
    history: tuple[Answer, ...] = ()
    """Every revision of every answer, by question and revision; the last of each is the answer in the plan."""
    threads: tuple[Thread, ...] = ()
    """In the order they began. Comments have no ids in a bundle."""
    events: tuple[Event, ...] = ()
    """What was done to the plan, in order; but not who was let in, which belongs to the installation."""
    versions: tuple[Record, ...] = ()
    decisions: tuple[Record, ...] = ()
    left_out: int = 0
    """Revisions, the oldest of their questions, for which there was no room."""
