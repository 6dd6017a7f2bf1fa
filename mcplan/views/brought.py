"""An edited dossier that was brought back, as a screen shows it: change by change."""

from __future__ import annotations

from dataclasses import dataclass

from mcplan.differences import Piece, differences
from mcplan.dossier.brought import Brought, Change
from mcplan.numbers import count
from questionnaire.model import Questionnaire


@dataclass(frozen=True)
class ChangeView:
    """One edited place."""

    key: str
    question: str
    where: str
    pieces: tuple[Piece, ...]
    """What the plan says now, and what the file says instead."""
    conflict: str
    """What a colleague has changed at this place since the file was made; empty if nothing."""
    problem: str
    """Why it cannot be taken over; empty if it can."""
    change: Change


@dataclass(frozen=True)
class BroughtView:
    """The file as a whole."""

    message: str
    origin: str
    """Which state of the plan it was made from."""
    notes: tuple[str, ...]
    """What else a person should know."""
    changes: tuple[ChangeView, ...]
    free: tuple[Change, ...]
    """Those that nothing stands against."""


def view_brought(
    questionnaire: Questionnaire, brought: Brought, changes: tuple[Change, ...], today: int
) -> BroughtView:
    """What the screen shows; `today` is the revision of the plan now."""
    views = tuple(map(_change, changes))
    free = tuple(each for each in changes if not each.problem and not each.is_conflict)
    gone = sum(not questionnaire.has(id) for id in brought.question_ids)
    later = today - brought.origin.revision
    notes = (
        f"{count(len(brought.lost), 'place is', 'places are')} not in the file any more; what mcplan holds there stays."
        if brought.lost
        else "",
        f"{count(gone, 'question is', 'questions are')} not asked any more; what was edited there is left out."
        if gone
        else "",
    )
    since = f"; the plan has been changed {count(later, 'time')} since" if later > 0 else ""
    return BroughtView(
        message=_message(views, len(free)),
        origin=f"Made from revision {brought.origin.revision}{since}.",
        notes=tuple(note[:1].upper() + note[1:] for note in notes if note),
        changes=views,
        free=free,
    )


def _message(views: tuple[ChangeView, ...], free: int) -> str:
    if not views:
        return "Nothing in the file is different from the plan."
    conflicts, problems = sum(bool(each.conflict) for each in views), sum(bool(each.problem) for each in views)
    said = count(len(views), "change").capitalize()
    parts = [
        f"{conflicts} where a colleague was there too" if conflicts else "",
        f"{problems} to put in by hand" if problems else "",
    ]
    others = ", ".join(part for part in parts if part)
    return f"{said}: {others}." if others else f"{said}."


def _change(change: Change) -> ChangeView:
    conflict = ""
    if change.is_conflict and not change.problem:
        conflict = (
            "A colleague has changed this since the file was made. Marked is what the file would do to their words."
        )
    return ChangeView(
        key=change.tag,
        question=f"{change.question.code} {change.question.ask}".strip(),
        where=change.where,
        pieces=tuple(differences(change.now, change.after)),
        conflict=conflict,
        problem=change.problem,
        change=change,
    )
