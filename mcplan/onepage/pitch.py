"""The pitch: what one says between two floors, in 60 to 90 words."""

from __future__ import annotations

import re

from mcplan.badge.wording import sentence
from mcplan.known import Known
from mcplan.onepage.grammar import opening
from mcplan.onepage.sentences import Told

LEAST, MOST = 60, 90
"""Words of a pitch: about half a minute."""
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“])")


def write_pitch(known: Known, told: Told) -> str:
    """The pitch of a plan: what matters most goes in first, and what no longer fits is left out whole.

    It has fewer than 60 words while the plan does not say enough, and never more than 90.
    """
    parts = _parts(known, told)
    chosen: dict[int, str] = {}
    left = MOST
    for place in ORDER:
        fits = next((each for each in parts[place] if each and words(each) <= left), "")
        chosen[place] = fits
        left -= words(fits)
    return " ".join(chosen[place] for place in range(len(parts)) if chosen[place])


def words(text: str) -> int:
    """How many words a text has."""
    return len(text.split())


def _parts(known: Known, told: Told) -> tuple[tuple[str, ...], ...]:
    # In the order in which they are said; of each the longest version first.
    return (
        (_opening(known),),
        (told.can, _first(told.can)),
        (told.audience,),
        (told.need, _first(told.need) if "(" in _first(told.need) else "", told.need_in_short),
        (told.proof,),
        (told.takes,),
        (told.price,),
        (told.leads,),
        (told.start,),
        (told.stands,),
    )


def _opening(known: Known) -> str:
    title, by = opening(known.plan.title), " ".join(known.plan.institution.split())
    if not title:
        return ""
    return sentence(f"{title} is a micro-credential{f' from {by}' if by else ''}")


def _first(text: str) -> str:
    return _END.split(text, maxsplit=1)[0]


ORDER = (0, 1, 3, 4, 5, 2, 6, 7, 8, 9)
"""The places of the parts, the one that matters most first."""
