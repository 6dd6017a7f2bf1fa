"""What stands beside the answers in a dossier: what was decided, who does what, and what is new since a version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from mcplan.actions import actions_of
from mcplan.comparing import compare
from mcplan.decisions import MOVES, Move, Submission
from mcplan.dossier.records import ActionRow, ChangeRow, DecisionRow, FrozenVersion
from mcplan.known import Known
from mcplan.version import State, Version

DECIDED = {
    "approve": "Approved",
    "approve with conditions": "Approved with conditions",
    "return": "Returned with questions",
    "defer": "Put off",
}
STATES = {"open": "Open", "doing": "Being done", "done": "Done", "dropped": "Dropped"}


def decision_rows(
    moves: Iterable[Move], submissions: Mapping[str, Submission], versions: Mapping[str, Version]
) -> tuple[DecisionRow, ...]:
    """The decisions taken on a plan, in their order, each with the version it was taken on.

    Args:
        moves: all of the plan.
        submissions: by id.
        versions: by id.
    """
    return tuple(
        DecisionRow(
            on=move.decided_on or move.at.date(),
            decision=DECIDED[move.kind],
            by=f"{move.decided_by or move.by}{' (elsewhere)' if move.is_elsewhere else ''}",
            version=_called(versions.get(submissions[move.submission_id].version_id)),
            says=" ".join([move.reason, *(f"{each.text} ({each.owner}, by {each.due})." for each in move.points)]),
        )
        for move in moves
        if MOVES[move.kind].is_decision and move.kind in DECIDED
    )


def frozen_version(version: Version) -> FrozenVersion:
    """The version a dossier is made of, as it is named on its cover."""
    by = f"{version.by}, elsewhere" if version.is_elsewhere else version.by
    return FrozenVersion(version.called, version.sha256, version.at, by)


def action_rows(known: Known, today: date) -> tuple[ActionRow, ...]:
    """Who does what, what is open first; numbered in this order."""
    return tuple(
        ActionRow(f"A{place}", each.what, each.owner, each.due, STATES[each.state], is_late=each.is_late(today))
        for place, each in enumerate(actions_of(known), 1)
    )


def change_rows(before: State, after: State) -> tuple[ChangeRow, ...]:
    """What is different from an earlier version: facts, then questions in walking order."""
    return tuple(_changes(before, after))


def _changes(before: State, after: State) -> Iterator[ChangeRow]:
    found = compare(before, after)
    for name, was, now in found.facts:
        yield ChangeRow(f"{name}: “{now}” instead of “{was}”." if was else f"{name}: “{now}” is new.")
    for each in found.questions:
        answer = after.plan.answers.get(each.question.id)
        says = f"{each.question.code} {each.question.ask}"
        yield ChangeRow(says, each.question.id, answer.by if answer else "", answer.at if answer else None)


def _called(version: Version | None) -> str:
    return version.called if version else ""
