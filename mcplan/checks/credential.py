"""Title, description, validity and days: what a board sees first must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from mcplan.checks.boards import picked_packs
from mcplan.finding import Finding
from mcplan.known import Known

TITLE_WORDS = ("degree", "diploma", "bachelor", "master", "doctor", "doctorate", "phd")
"""Words that promise a whole qualification; most frameworks keep them out of the title of a micro-credential."""
MOST_DESCRIPTION = 100
"""Words of the short description."""
REASON, RENEWAL, APPROVALS, STAGES = (
    "credential.title-reason",
    "credential.renewal",
    "credential.approvals",
    "lifecycle.stages",
)


def check_credential(known: Known) -> Iterator[Finding]:
    """What is wrong with the facts of the credential."""
    yield from _title(known)
    yield from _description(known)
    yield from _validity(known)
    yield from _days(known)


def clashing_words(known: Known) -> list[str]:
    """The words of the title that are protected, in the order in which they stand there."""
    protected = {*TITLE_WORDS, *(word for pack in picked_packs(known) for word in pack.title_words)}
    title = known.plan.title.lower()
    found = [(match.start(), word) for word in protected for match in re.finditer(rf"\b{re.escape(word)}s?\b", title)]
    return [word for _, word in sorted(found)]


def _title(known: Known) -> Iterator[Finding]:
    words = ", ".join(f"“{word}”" for word in clashing_words(known))
    if words and known.text(REASON):
        yield Finding("TITLE-CLASH", "note", f"The title holds {words}; the plan says why.", "G2", REASON)
    elif words:
        says = f"The title holds {words}, which most boards keep for whole qualifications. Change it, or say why."
        yield Finding("TITLE-CLASH", "warning", says, "G2", REASON)


def _description(known: Known) -> Iterator[Finding]:
    words = len(known.plan.summary.split())
    if words > MOST_DESCRIPTION:
        says = f"What an earner can do takes {words} words; boards and badges give it {MOST_DESCRIPTION}. Shorten it."
        yield Finding("DESCRIPTION-LONG", "warning", says, "G2")


def _validity(known: Known) -> Iterator[Finding]:
    if known.pick("credential.expires") == "yes" and known.pick(RENEWAL) in ("", "none"):
        says = "The credential expires and nothing says how it is renewed. Say how, or let it not expire."
        yield Finding("EXPIRY-WITHOUT-RENEWAL", "warning", says, "G2", RENEWAL)


def _days(known: Known) -> Iterator[Finding]:
    start = known.plan.start
    for row in known.rows(APPROVALS):
        due = row.day("due")
        if start and due and due > start and row.pick("status") != "approved":
            says = f"{row.name} decides on {_say(due)}, after the first learners begin on {_say(start)}."
            yield Finding("TIMELINE", "warning", says, "G2", APPROVALS, row.id)
    for row in known.rows(STAGES):
        begins, ends = row.day("from"), row.day("due")
        if begins and ends and begins > ends:
            says = f"{row.name} is due on {_say(ends)}, before it begins on {_say(begins)}."
            yield Finding("TIMELINE", "warning", says, "G1", STAGES, row.id)
    dated = [(row, day) for row in known.rows(STAGES) if (day := row.day("due"))]
    for (before, one), (after, other) in pairwise(dated):
        if other < one:
            says = f"{after.name} is due on {_say(other)}, before {before.name.lower()} on {_say(one)}."
            yield Finding("TIMELINE", "warning", says, "G1", STAGES, after.id)


def _say(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
