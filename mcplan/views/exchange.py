"""What a file would change in a plan, and what there is to take away, in finished words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from mcplan.annex import view_annex
from mcplan.bundle import Bundle
from mcplan.differences import Piece, differences
from mcplan.incoming import Difference, Line, Proposal
from mcplan.known import Known
from mcplan.numbers import count
from mcplan.plan import Plan
from mcplan.text import shorten
from mcplan.views.table import Table
from mcplan.views.verdict import Sign
from questionnaire.model import Questionnaire

MOST = 600
"""Characters of a text that are shown before and after."""
SHORT = 90
"""Characters up to which both texts stand side by side."""
SIGNS = {
    "new": Sign("New here", ":material/add_circle:", "green"),
    "change": Sign("Changed in the file", ":material/edit:", "blue"),
    "clash": Sign("Different in both", ":material/compare_arrows:", "orange"),
    "refused": Sign("Cannot be taken over", ":material/block:", "red"),
}
"""By standing of a proposal."""
MOST_UNKNOWN = 10


@dataclass(frozen=True)
class Change:
    """One answer that a file would change."""

    question_id: str
    title: str
    """Code and words of the question."""
    phase: str
    sign: Sign
    lines: tuple[tuple[str, tuple[Piece, ...]], ...]
    """What would change, and how, with what is added and removed marked."""
    may_take: bool
    is_taken: bool
    """True if it is taken over unless somebody says otherwise."""
    problem: str


@dataclass(frozen=True)
class DifferenceView:
    """All that a file would change."""

    message: str
    changes: tuple[Change, ...]
    notes: tuple[str, ...]


def view_difference(found: Difference) -> DifferenceView:
    """What the person looks through before anything is stored."""
    counts = [
        f"{count(number, 'answer')} {words}"
        for standing, words in PARTS.items()
        if (number := sum(each.standing == standing for each in found.proposals))
    ]
    message = f"{'; '.join(counts)}." if counts else "The file changes nothing in this plan."
    if found.same:
        message += f" {count(found.same, 'answer').capitalize()} stay as they are."
    notes = list(found.notes)
    if found.unknown:
        shown = "”, “".join(shorten(each, 80) for each in found.unknown[:MOST_UNKNOWN])
        more = f" and {len(found.unknown) - MOST_UNKNOWN} more" if len(found.unknown) > MOST_UNKNOWN else ""
        questions = count(len(found.unknown), "question").capitalize()
        notes.append(f"{questions} of the file not asked here: “{shown}”{more}. Left out.")
    return DifferenceView(message, tuple(map(_change, found.proposals)), tuple(notes))


def view_bundle(bundle: Bundle, questionnaire: Questionnaire) -> tuple[str, tuple[str, ...]]:
    """What a bundle holds that is to become a plan: a sentence, and notes."""
    parts = (
        count(len(bundle.plan.answers), "answer"),
        count(len(bundle.history), "revision"),
        count(sum(len(each.comments) for each in bundle.threads), "comment"),
    )
    unknown = sorted(id for id in bundle.plan.answers if not questionnaire.has(id))
    notes = []
    if unknown:
        asked = bundle.questionnaire
        names = [asked.question(id).ask if asked.has(id) else id for id in unknown[:MOST_UNKNOWN]]
        notes.append(
            f"{count(len(unknown), 'answer').capitalize()} to questions that are not asked here: kept, and printed in"
            f" the dossier: “{'”, “'.join(shorten(each, 80) for each in names)}”."
        )
    if bundle.versions:
        frozen = f"{count(len(bundle.versions), 'frozen version').capitalize()}, each as it was frozen"
        rounds = f", and {count(len(bundle.rounds), 'round')} of the board: kept to read, and no decision here"
        notes.append(f"{frozen}{rounds if bundle.rounds else ''}.")
    if bundle.versions_left_out:
        notes.append(f"{count(bundle.versions_left_out, 'older version').capitalize()} had no room in the bundle.")
    if bundle.left_out:
        notes.append(f"{count(bundle.left_out, 'older revision').capitalize()} had no room in the bundle.")
    return f"“{bundle.plan.title}”: {', '.join(parts)}.", tuple(notes)


def view_annex_table(known: Known) -> tuple[str, Table]:
    """The European elements as a table, and a sentence on how many are there."""
    elements = view_annex(known)
    missing = [each for each in elements if each.is_missing and each.is_mandatory]
    rows = tuple(
        (each.name, "Mandatory" if each.is_mandatory else "Optional", shorten(each.says, 200) or "Not said yet")
        for each in elements
    )
    message = (
        f"{count(len(missing), 'mandatory element').capitalize()} still to be said"
        if missing
        else "All mandatory elements are said"
    )
    return message, Table("Elements of Annex I", ("Element", "", "Says"), rows)


def file_name(plan: Plan, suffix: str, today: date, part: str = "") -> str:
    """A name for people that every system takes: title, part and day, such as Cold-chain-basics-2027-03-02.mcplan."""
    title = re.sub(r"[^\w]+", "-", plan.title).strip("-_")[:80].strip("-_") or "plan"
    return f"{title}{f'-{part}' if part else ''}-{today.isoformat()}.{suffix}"


def difference_as_json(found: Difference) -> dict[str, Any]:
    """The same for other programs."""
    proposals = [
        {
            "question": each.question_id,
            "ask": each.ask,
            "standing": each.standing,
            "problem": each.problem,
            "changes": [{"what": line.what, "before": line.before, "after": line.after} for line in each.lines],
        }
        for each in found.proposals
    ]
    return {"proposals": proposals, "same": found.same, "unknown": list(found.unknown), "notes": list(found.notes)}


def _change(proposal: Proposal) -> Change:
    is_refused = proposal.standing == "refused"
    return Change(
        question_id=proposal.question_id,
        title=f"{proposal.code} {proposal.ask}",
        phase=proposal.phase,
        sign=SIGNS[proposal.standing],
        lines=tuple((line.what, _pieces(line)) for line in proposal.lines),
        may_take=not is_refused,
        is_taken=proposal.standing in ("new", "change"),
        problem=proposal.problem,
    )


def _pieces(line: Line) -> tuple[Piece, ...]:
    before, after = (text if len(text) <= MOST else text[:MOST] + "…" for text in (line.before, line.after))
    if len(before) + len(after) <= SHORT and before and after:
        # Single words that run into each other are hard to read.
        return Piece("removed", before), Piece("kept", " → "), Piece("added", after)
    return tuple(differences(before, after))


PARTS = {
    "new": "that the plan does not have yet",
    "change": "changed in the file",
    "clash": "different in both",
    "refused": "that cannot be taken over",
}
"""How each standing is counted in words."""
