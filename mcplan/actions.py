"""Who does what next, and by when: the rows of `register.actions`, whatever they came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mcplan.known import Known, Row

ACTIONS = "register.actions"
State = Literal["open", "doing", "done", "dropped"]


@dataclass(frozen=True)
class Action:
    """Something that somebody does."""

    id: str
    """That of its row."""
    what: str
    owner: str
    """A name; empty if nobody has taken it."""
    due: date | None
    state: State
    evidence: str
    """What shows that it is done."""
    origin: str
    """Where it comes from: an option of the column `from`, such as risk or condition."""
    source: str
    """Which one of those, as the screen that made it put it."""

    @property
    def is_open(self) -> bool:
        """True until it is done or dropped."""
        return self.state in ("open", "doing")

    def is_late(self, today: date) -> bool:
        """True if it should have been done before today."""
        return self.is_open and self.due is not None and self.due < today


def actions_of(known: Known) -> tuple[Action, ...]:
    """The actions of a plan: the open ones first, by day, those without a day last; then what is done or dropped."""
    found = [_action(row) for row in known.rows(ACTIONS)]
    return tuple(sorted(found, key=lambda each: (not each.is_open, each.due is None, each.due or date.max)))


def _action(row: Row) -> Action:
    states: dict[str, State] = {"doing": "doing", "done": "done", "dropped": "dropped"}
    return Action(
        id=row.id,
        what=row.text("what"),
        owner=row.text("owner"),
        due=row.day("due"),
        state=states.get(row.pick("status"), "open"),
        evidence=row.text("evidence"),
        origin=row.pick("from") or "own",
        source=row.text("source"),
    )
