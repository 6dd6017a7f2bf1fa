"""What a workshop is: its agenda, where it stands, who takes part, and what they said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Literal

from questionnaire.errors import AnswerRejected

State = Literal["template", "draft", "open", "closed"]
NoteKind = Literal["parking", "decision", "action"]
NOTES: dict[NoteKind, str] = {"parking": "Parking lot", "decision": "Decisions", "action": "Actions"}
"""What is kept beside the agenda."""
LEAD_GONE = timedelta(seconds=30)
"""A facilitator's screen that has been silent for so long is away."""
STANDINGS = ("readiness", "at best", "verdict")
"""What is kept of how the plan stood when a workshop was opened and closed, as people read it."""


class WorkshopRefused(AnswerRejected):
    """This cannot be done in this workshop now; the sentence says why and what to do."""


class MovedMeanwhile(WorkshopRefused):
    """Another facilitator has moved the workshop on since this screen was drawn."""

    def __init__(self) -> None:
        super().__init__("Another facilitator has just moved the workshop on. Here is where it stands now.")


@dataclass(frozen=True)
class Item:
    """A question on the agenda, and what became of it."""

    id: str
    question_id: str
    minutes: int
    outcome: Literal["", "committed", "skipped"] = ""
    draft: str = ""
    """The team's answer as it is being written beside the proposals."""
    draft_revision: int = 0
    committed: int = 0
    """The revision of the answer that was stored; 0 for none yet."""
    commit_id: str = ""
    said: str = ""
    """The stored answer in words, for the report."""
    began_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Participant:
    """Somebody who takes part, with an account or without."""

    id: str
    name: str
    joined_at: datetime
    person_id: str = ""
    """Of a member who joined as themselves; empty for a guest."""
    removed_at: datetime | None = None


@dataclass(frozen=True)
class Proposal:
    """What one participant would answer; they may go on changing it, and have several at a question."""

    id: str
    """Made up by the phone, and says nothing of whose it is."""
    item_id: str
    participant_id: str
    text: str
    revision: int
    at: datetime
    """When it was last changed."""


@dataclass(frozen=True)
class Note:
    """Something kept beside the agenda."""

    id: str
    kind: NoteKind
    text: str
    by: str
    at: datetime
    question_id: str = ""
    owner: str = ""
    due: date | None = None
    became: str = ""
    """What it was turned into in the plan, such as "comment"; empty while it was not."""


@dataclass(frozen=True)
class Workshop:
    """One sitting: what was planned, and where it stands."""

    id: str
    title: str
    state: State
    minutes: int
    opening: int
    closing: int
    is_anonymous: bool
    by: str
    at: datetime
    code: str = ""
    code_ends_at: datetime | None = None
    is_locked: bool = False
    place: int = 0
    """0 while people arrive, then the number of the question, and one more than there are for the closing."""
    step: str = ""
    """A step of `mcplan.workshop.course.STEPS`; empty before and after the questions."""
    step_ends_at: datetime | None = None
    asks: str = ""
    """The energy check that is going on beside the agenda (`mcplan.workshop.energy`); empty for none."""
    revision: int = 1
    """Goes up with every move of a facilitator: two of them cannot make the same move twice."""
    pulse: int = 0
    """Goes up with every change of anything in the workshop, so that a page can ask cheaply whether there is one."""
    lead: str = ""
    lead_seen_at: datetime | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    before: Mapping[str, str] = field(default_factory=dict)
    """How the plan stood when it was opened, by `STANDINGS`."""
    after: Mapping[str, str] = field(default_factory=dict)

    def is_led(self, now: datetime) -> bool:
        """True if a facilitator's screen is there."""
        return self.lead_seen_at is not None and now - self.lead_seen_at < LEAD_GONE


@dataclass(frozen=True)
class Sitting:
    """A workshop with all that belongs to it."""

    workshop: Workshop
    items: tuple[Item, ...] = ()
    """In the order of the agenda."""
    participants: tuple[Participant, ...] = ()
    """In the order they joined, with those who were removed."""
    proposals: tuple[Proposal, ...] = ()
    """In the order of their last change."""
    votes: frozenset[tuple[str, str, str]] = frozenset()
    """Item, whose vote, for which proposal."""
    ratings: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """How sure a participant (second) is of an item (first), 1 to 5; or their energy at a check (first)."""
    notes: tuple[Note, ...] = ()

    @property
    def item(self) -> Item | None:
        """The question at hand; None before the first and after the last."""
        place = self.workshop.place
        return self.items[place - 1] if 1 <= place <= len(self.items) else None

    @cached_property
    def present(self) -> tuple[Participant, ...]:
        """Those who take part, without those who were removed."""
        return tuple(each for each in self.participants if each.removed_at is None)

    @cached_property
    def names(self) -> dict[str, str]:
        """Everybody's name by their id."""
        return {each.id: each.name for each in self.participants}

    def of(self, item: Item) -> tuple[Proposal, ...]:
        """The proposals to a question that hold any words."""
        return tuple(each for each in self.proposals if each.item_id == item.id and each.text.strip())

    def support(self, item: Item) -> dict[str, int]:
        """How many votes each proposal of an item has, by its id."""
        found: dict[str, int] = {}
        for item_id, _, proposal_id in self.votes:
            if item_id == item.id:
                found[proposal_id] = found.get(proposal_id, 0) + 1
        return found

    def sure(self, item: Item) -> dict[str, int]:
        """How sure each participant is of an item, by their name."""
        return {self.names[who]: number for (item_id, who), number in self.ratings.items() if item_id == item.id}
