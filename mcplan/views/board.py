"""Where a plan stands with its board, in words: on the hub in a line, on its own screen with all that was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from mcplan.decisions import MOVES, Kind, Move, Point, Standing, State, Submission, standing_elsewhere
from mcplan.numbers import count
from mcplan.version import Version
from mcplan.views.table import Table
from mcplan.views.verdict import Sign
from questionnaire.model import GATES

RECORDED = (
    "Nobody signs in here, so mcplan cannot know who decides. You write down what the board has decided, under the "
    "name of the person who did. It is marked as recorded by you, and it cannot be somebody who wrote in this plan."
)
BEFORE = ", before the plan came here"
"""What stands behind all that came with a file."""
NOT_HERE = Sign("Not submitted here", ":material/edit_note:", "gray")
SIGNS: dict[State, Sign] = {
    "draft": Sign("Not submitted", ":material/edit_note:", "gray"),
    "submitted": Sign("With the board", ":material/outgoing_mail:", "blue"),
    "in review": Sign("In review", ":material/rate_review:", "blue"),
    "deferred": Sign("Put off", ":material/event_repeat:", "orange"),
    "approved": Sign("Approved", ":material/verified:", "green"),
    "approved with conditions": Sign("Approved with conditions", ":material/rule:", "green"),
    "returned": Sign("Sent back with questions", ":material/undo:", "orange"),
    "withdrawn": Sign("Withdrawn", ":material/remove_circle:", "gray"),
    "reopened": Sign("Reopened", ":material/lock_open:", "orange"),
}
DEEDS: dict[Kind, str] = {
    "submit": "submitted {it}, to be presented by {presenter} before {decider}",
    "begin review": "began to review {it}",
    "approve": "approved {it}",
    "approve with conditions": "approved {it} with conditions",
    "return": "sent {it} back with questions",
    "defer": "put off {it} until {until}",
    "withdraw": "withdrew {it}",
    "hand over": "asked {decider} to decide on {it}",
    "reopen": "reopened the plan: the approval of {it} does not cover it any more",
}


@dataclass(frozen=True)
class LogLine:
    """One move, in the decision log."""

    icon: str
    says: str
    """When, who, what."""
    reason: str
    points: Table | None
    """Its conditions or questions."""


@dataclass(frozen=True)
class BoardView:
    """Where a plan stands with its board."""

    sign: Sign
    says: str
    """What is before the board, or was last."""
    approval: str
    """What is approved; empty if nothing is."""
    elsewhere: str
    """What a board elsewhere did, before the plan came here; empty if no file says anything of it."""
    changes: str
    """How much changed since, in words; empty if nothing is approved."""
    changed: tuple[str, ...]
    in_short: str
    """All of it in a line, for the hub."""
    conditions: Table | None
    """The conditions or questions of the last decision."""
    log: tuple[LogLine, ...]
    """The last first."""


def view_board(
    now: Standing,
    moves: Iterable[Move],
    submissions: Mapping[str, Submission],
    versions: Iterable[Version],
    changed: tuple[str, ...],
    zone: tzinfo,
) -> BoardView:
    """Where a plan stands with its board.

    Args:
        now: what follows from its moves.
        moves: all of them.
        submissions: by id.
        versions: all of the plan.
        changed: what of the approved version changed since (`mcplan.comparing.material_changes`).
        zone: where the person at the screen is.
    """
    names = {version.id: version.called for version in versions}
    moves = tuple(moves)
    lines = [_line(move, submissions, names, zone) for move in moves]
    last, says, approval = now.decision, _says(now, names), _approval(now, names)
    changes = changes_since(changed) if now.approval else ""
    then = standing_elsewhere(moves, submissions)
    elsewhere, is_foreign = _elsewhere(then, names), bool(then.submission) and now.submission is None
    told = (says, changes) if now.is_open or not approval else (approval, changes)
    if is_foreign:
        says = "No version has been submitted to a board here."
        told = (says, f"{SIGNS[then.state].words} elsewhere{BEFORE}.")
    return BoardView(
        sign=NOT_HERE if is_foreign else SIGNS[now.state],
        says=says,
        approval=approval,
        elsewhere=elsewhere,
        changes=changes,
        changed=changed,
        in_short=" ".join(part for part in told if part),
        conditions=points_table(last) if last and last.points else None,
        log=tuple(reversed(lines)),
    )


def changes_since(changed: tuple[str, ...]) -> str:
    """1 material change since approval; or that there is none."""
    if not changed:
        return "Nothing a board decides on has changed since approval."
    return f"{count(len(changed), 'material change')} since approval."


def points_table(move: Move) -> Table | None:
    """The conditions or questions of a decision; None if it has none."""
    what = "Question" if move.kind == "return" else "Condition"
    rows = tuple((point.text, point.owner, _due(point)) for point in move.points)
    return Table(f"{what}s of {move.decided_by}", (what, "Owner", "Due"), rows) if rows else None


def on_day(day: date) -> str:
    """A day as people write it: 2 March 2027."""
    return f"{day.day} {day:%B %Y}"


def moment(at: datetime, zone: tzinfo) -> str:
    """A day and a time: 2 March 2027, 10:32."""
    there = at.astimezone(zone)
    return f"{on_day(there.date())}, {there:%H:%M}"


def _says(now: Standing, names: Mapping[str, str]) -> str:
    given = now.submission
    if given is None:
        return "No version has been submitted to a board yet."
    version, gate = names.get(given.version_id, "?"), GATES[given.gate]
    if not now.is_open:
        return f"Version {version} was before {given.decider} for {gate}."
    asked = f"Version {version} is before {given.decider} for {gate}. {given.presenter} presents it."
    if now.state == "deferred" and now.decision and now.decision.until:
        return f"{asked} The board looks at it again on {on_day(now.decision.until)}."
    return f"{asked} To be decided by {on_day(given.meets_on)}." if given.meets_on else asked


def _approval(now: Standing, names: Mapping[str, str]) -> str:
    if now.approval is None or now.approved is None:
        return ""
    how = " with conditions" if now.approval.kind == "approve with conditions" else ""
    day = f" on {on_day(now.approval.decided_on)}" if now.approval.decided_on else ""
    version = names.get(now.approved.version_id, "?")
    by = f"{now.approval.decided_by}{_recorded(now.approval)}"
    return f"{GATES[now.approved.gate]} is approved{how} by {by}{day}, on version {version}."


def _elsewhere(then: Standing, names: Mapping[str, str]) -> str:
    """What the file says of a board that nobody here can ask, and that it counts for nothing here."""
    if then.submission is None:
        return ""
    given = then.approved or then.submission
    version, gate = names.get(given.version_id, "?"), GATES[given.gate].lower()
    if then.approval is None:
        became = SIGNS[then.state].words.lower()
        return f"Elsewhere{BEFORE}, version {version} was before {given.decider} for {gate}: {became}."
    how = " with conditions" if then.approval.kind == "approve with conditions" else ""
    day = f" on {on_day(then.approval.decided_on)}" if then.approval.decided_on else ""
    return (
        f"Elsewhere{BEFORE}, {then.approval.decided_by}{_recorded(then.approval)} approved version {version} for "
        f"{gate}{how}{day}. That came with the file, and mcplan cannot know who decided there, so it is no approval "
        "here. Submit a version to your own board to have one."
    )


def _recorded(move: Move) -> str:
    return f" (recorded by {move.by})" if move.is_recorded else ""


def _line(move: Move, submissions: Mapping[str, Submission], names: Mapping[str, str], zone: tzinfo) -> LogLine:
    given = submissions[move.submission_id]
    what = DEEDS[move.kind].format(
        it=f"version {names.get(given.version_id, '?')} for {GATES[given.gate]}",
        presenter=given.presenter,
        decider=move.decided_by if move.kind == "hand over" else given.decider,
        until=on_day(move.until) if move.until else "later",
    )
    rule = MOVES[move.kind]
    who = f"{move.decided_by}{_recorded(move)}" if rule.is_decision else move.by
    on = f" Decided on {on_day(move.decided_on)}." if move.decided_on else ""
    says = f"{moment(move.at, zone)}: {who} {what}{BEFORE if move.is_elsewhere else ''}.{on}"
    icon = SIGNS[rule.after].icon if rule.after else ":material/forward_to_inbox:"
    return LogLine(icon, says, move.reason, points_table(move))


def _due(point: Point) -> str:
    return on_day(point.due) if point.due else "–"
