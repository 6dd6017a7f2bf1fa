"""How a workshop goes on: the steps of a question, and the moves between them.

To add a step, add it to `STEPS`; what its pages show is named in `mcplan.views.workshop`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mcplan.workshop.energy import new_check
from mcplan.workshop.sitting import Item, Sitting, Workshop, WorkshopRefused

LEAST_BOX = 30
"""Seconds in a time box, at least."""
MOST_EXTENSION = 30
"""Minutes by which a time box is made longer at once, at most."""


@dataclass(frozen=True)
class Step:
    """A step of a question."""

    id: str
    title: str
    """What everybody does in it."""
    lead: str
    """The same on the button that leads to it."""
    share: float
    """Its share of the question's minutes."""


STEPS = (
    Step("read", "Read the question", "Read", 0.10),
    Step("propose", "Write your own proposal", "Let everybody write", 0.35),
    Step("reveal", "Read all proposals", "Show the proposals", 0.15),
    Step("support", "Give your support", "Ask for support", 0.10),
    Step("merge", "Agree on the team's answer", "Write the team's answer", 0.20),
    Step("confidence", "How sure are you?", "Ask how sure everybody is", 0.10),
)
"""The steps in order. From `merge` a commit leads on: the answer is stored then, and `confidence` is about it."""
BY_ID = {step.id: step for step in STEPS}
ORDER = tuple(BY_ID)
SHOWING = ORDER[ORDER.index("reveal") :]
"""The steps in which everybody sees the proposals."""


def move(sitting: Sitting, act: str, at: datetime, *, number: int = 0) -> Sitting:
    """Where a workshop stands after a facilitator's move.

    Args:
        sitting: as it stands.
        act: `next`, `back`, `skip` (leave this question as it is), `go` (to the place `number`), `extend`
            (by `number` minutes), or `energy` (ask how much energy everybody has, 1 in `number`; 0 ends that).
        at: when.
        number: see `act`.

    Raises:
        WorkshopRefused: it is not open, or cannot be done from here.
    """
    if sitting.workshop.state != "open":
        raise WorkshopRefused("This workshop is not open. Open it first, or start another one.")
    if act == "extend":
        return _extended(sitting, number, at)
    if act == "energy":
        return _asking(sitting, number)
    place, step = _target(sitting, act, number)
    items = list(sitting.items)
    if sitting.item and (act == "skip" and sitting.item.outcome == ""):
        items[sitting.workshop.place - 1] = replace(sitting.item, outcome="skipped")
    return _at(replace(sitting, items=tuple(items)), place, step, at)


def committed(sitting: Sitting, revision: int, commit_id: str, said: str, at: datetime) -> Sitting:
    """Where it stands once the team's answer to the question at hand is stored as `revision`."""
    item = sitting.item
    if item is None or sitting.workshop.step not in SHOWING:
        raise WorkshopRefused("There is no question at hand whose answer could be stored now.")
    items = list(sitting.items)
    items[sitting.workshop.place - 1] = replace(
        item, outcome="committed", committed=revision, commit_id=commit_id, said=said
    )
    return _at(replace(sitting, items=tuple(items)), sitting.workshop.place, "confidence", at)


def box_of(workshop: Workshop, items: tuple[Item, ...], place: int, step: str) -> timedelta:
    """How long a step takes by the agenda."""
    if step:
        seconds = items[place - 1].minutes * 60 * BY_ID[step].share
    else:
        seconds = 60.0 * (workshop.opening if place == 0 else workshop.closing)
    return timedelta(seconds=max(LEAST_BOX, 15 * round(seconds / 15)))


def _target(sitting: Sitting, act: str, number: int) -> tuple[int, str]:
    place, step, last = sitting.workshop.place, sitting.workshop.step, len(sitting.items)
    if act == "go" and 0 <= number <= last + 1:
        return number, "read" if 1 <= number <= last else ""
    if act == "back" and place > 0:
        return _before(sitting, place, step)
    if act == "skip" and sitting.item:
        return _first(place + 1, last)
    if act == "next" and place <= last:
        return _after(sitting, place, step)
    raise WorkshopRefused(_NOWHERE.get(act, "This screen is older than the server. Reload the page."))


def _first(place: int, last: int) -> tuple[int, str]:
    return place, "read" if place <= last else ""


def _after(sitting: Sitting, place: int, step: str) -> tuple[int, str]:
    if sitting.item is None or step == ORDER[-1]:
        return _first(place + 1, len(sitting.items))
    if step == "merge" and sitting.item.outcome != "committed":
        raise WorkshopRefused("Store the team's answer first, or skip this question and come back to it.")
    return place, ORDER[ORDER.index(step) + 1]


def _before(sitting: Sitting, place: int, step: str) -> tuple[int, str]:
    if step and step != ORDER[0]:
        return place, ORDER[ORDER.index(step) - 1]
    if place == 1:
        return 0, ""
    return place - 1, "confidence" if sitting.items[place - 2].outcome == "committed" else "merge"


def _at(sitting: Sitting, place: int, step: str, at: datetime) -> Sitting:
    workshop, items = sitting.workshop, list(sitting.items)
    if place != workshop.place:
        if sitting.item:
            items[workshop.place - 1] = replace(items[workshop.place - 1], ended_at=at)
        if 1 <= place <= len(items) and items[place - 1].began_at is None:
            items[place - 1] = replace(items[place - 1], began_at=at)
    kept = tuple(items)
    ends = at + box_of(workshop, kept, place, step)
    # Whoever goes on has ended the energy check, too.
    moved = replace(workshop, place=place, step=step, step_ends_at=ends, asks="", revision=workshop.revision + 1)
    return replace(sitting, workshop=moved, items=kept)


def _extended(sitting: Sitting, minutes: int, at: datetime) -> Sitting:
    if not 1 <= minutes <= MOST_EXTENSION:
        raise WorkshopRefused(f"A time box is made longer by 1 to {MOST_EXTENSION} minutes at a time.")
    workshop = sitting.workshop
    ends = max(workshop.step_ends_at or at, at) + timedelta(minutes=minutes)
    return replace(sitting, workshop=replace(workshop, step_ends_at=ends, revision=workshop.revision + 1))


def _asking(sitting: Sitting, number: int) -> Sitting:
    workshop = sitting.workshop
    if number and workshop.place > len(sitting.items):
        raise WorkshopRefused("The closing asks for everybody's energy anyway.")
    if number and workshop.asks:
        raise WorkshopRefused("Everybody is being asked already. End that check first.")
    asks = new_check(workshop) if number else ""
    return replace(sitting, workshop=replace(workshop, asks=asks, revision=workshop.revision + 1))


_NOWHERE = {
    "next": "This is the closing. Close the workshop when everybody is done.",
    "back": "This is the beginning; there is nothing before it.",
    "skip": "There is no question at hand to skip.",
    "go": "There is no such place on the agenda.",
}
