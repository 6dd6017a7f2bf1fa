"""What people say in a workshop: reading it in, and which proposals are alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mcplan.text import clean_text
from mcplan.workshop.sitting import NOTES, Proposal, WorkshopRefused

MOST_PROPOSAL = 4_000
MOST_NOTE = 1_000
MOST_IDEAS = 5
"""Proposals of one participant at one question: a few short ones are easier to support and to merge than a long one."""
VOTES = 3
"""Votes each participant has at a question; fewer if there are fewer proposals by others and them."""
ALIKE = 0.3
"""Two proposals stand together if they share so much of their words: those in both out of those in either."""
SHORTEST = 3
COMMON = frozenset(
    "a an and are as at be been but by can do for from had has have he her his if in into is it its let may more most "
    "must not of on one or our out she should so some such than that the their them then there these they this those "
    "to up was we were what when which who will with would you your".split()
)
"""Words that say nothing of what a proposal is about."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Group:
    """Proposals that are alike, and the words they share."""

    proposals: tuple[Proposal, ...]
    shared: tuple[str, ...]
    """The words that stand in at least two of them, the most frequent first; empty for one that stands alone."""


def read_proposal(raw: object) -> str:
    """A proposal as it was typed; it may be empty again.

    Raises:
        WorkshopRefused: it is too long, or no text.
    """
    return _words(raw, "proposal", MOST_PROPOSAL)


def read_note(raw: object) -> str:
    """A note for the parking lot, a decision or an action.

    Raises:
        WorkshopRefused: it is empty, too long, or no text.
    """
    text = _words(raw, "note", MOST_NOTE).strip()
    if not text:
        raise WorkshopRefused("Write a few words first.")
    return text


def read_due(raw: object) -> date | None:
    """The day an action is due; None for no day."""
    if not raw:
        return None
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        raise WorkshopRefused("Write the day as year-month-day, such as 2027-05-03.") from None


def read_rating(raw: object) -> int:
    """How sure somebody is, or how much energy they have, from 1 to 5."""
    if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= 5:
        raise WorkshopRefused("Pick a number from 1 to 5.")
    return raw


def refuse_kind(kind: object) -> None:
    """Refuse a kind of note that there is not."""
    if kind not in NOTES:
        raise WorkshopRefused("This screen is older than the server. Reload the page.")


def alike(one: str, other: str) -> float:
    """How much of their words two texts share, 0 to 1: those in both out of those in either, without common ones."""
    mine, theirs = key_words(one), key_words(other)
    either = len(mine | theirs)
    return len(mine & theirs) / either if either else 0.0


def group(proposals: Sequence[Proposal]) -> tuple[Group, ...]:
    """The proposals, similar ones together: the largest group first, and otherwise in the order they came in.

    A proposal joins a group if it is alike (`ALIKE`) to any in it. Every proposal is in exactly one.
    """
    groups: list[list[Proposal]] = []
    for proposal in proposals:
        near = [each for each in groups if any(alike(proposal.text, other.text) >= ALIKE for other in each)]
        joined = [each for found in near for each in found] + [proposal]
        groups = [each for each in groups if each not in near] + [joined]
    place = {id(proposal): number for number, proposal in enumerate(proposals)}
    for each in groups:
        each.sort(key=lambda proposal: place[id(proposal)])
    groups.sort(key=lambda each: (-len(each), place[id(each[0])]))
    return tuple(Group(tuple(each), _shared(each)) for each in groups)


def votes_each(proposals: int) -> int:
    """How many votes a participant has if there are so many proposals: choosing has to mean leaving something."""
    return max(1, min(VOTES, proposals - 1)) if proposals else 0


def key_words(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, in small letters, a plural like its singular."""
    found = (each.casefold() for each in _WORD.findall(text))
    return frozenset(
        each.removesuffix("s") if len(each) > SHORTEST else each
        for each in found
        if len(each) >= SHORTEST and each not in COMMON
    )


def _shared(proposals: Sequence[Proposal]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for proposal in proposals:
        for word in key_words(proposal.text):
            counts[word] = counts.get(word, 0) + 1
    often = sorted((word for word, number in counts.items() if number > 1), key=lambda word: (-counts[word], word))
    return tuple(often[:5])


def _words(raw: object, what: str, most: int) -> str:
    if not isinstance(raw, str):
        raise WorkshopRefused("Write this as text, please.")
    text = clean_text(raw)
    if len(text) > most:
        raise WorkshopRefused(
            f"This {what} has {len(text):,} characters; there is room for {most:,}. Shorten it, please; "
            "your text stays where you wrote it."
        )
    return text
