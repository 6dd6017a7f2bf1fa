"""What a plan bundle holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from mcplan.comments import Thread
from mcplan.decisions import Move, Submission
from mcplan.plan import Answer, Plan
from mcplan.reviews import Review
from mcplan.timeline import Event
from mcplan.version import Version
from questionnaire.model import Questionnaire


class FrozenText(NamedTuple):
    """A version with the very text that was frozen, so that its SHA-256 can be worked out anew wherever it goes."""

    version: Version
    """Its id is that of the installation it was read from; a bundle has none."""
    content: str
    wording: str
    """The questionnaire it names."""


@dataclass(frozen=True)
class Round:
    """A version before a board, and what the board did with it."""

    version: int
    """The number of the version in the plan."""
    submission: Submission
    """Without ids."""
    moves: tuple[Move, ...]
    """In the order of their numbers, which run through all rounds of the plan; without ids."""
    reviews: tuple[Review, ...] = ()
    """Those that were handed in, once the round was over."""


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
    versions: tuple[FrozenText, ...] = ()
    """By number."""
    rounds: tuple[Round, ...] = ()
    """In the order in which they began."""
    left_out: int = 0
    """Revisions, the oldest of their questions, for which there was no room."""
    versions_left_out: int = 0
    """Versions, with the rounds of the board on them, for which there was no room."""
