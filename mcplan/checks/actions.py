"""Actions that nobody has taken, that have no day, or that are called done without anything that shows it."""

from __future__ import annotations

from collections.abc import Iterator

from mcplan.actions import ACTIONS, actions_of
from mcplan.finding import Finding
from mcplan.known import Known
from mcplan.maps.days import say_day


def check_actions(known: Known) -> Iterator[Finding]:
    """What an action lacks to be one."""
    for action in actions_of(known):
        if action.state == "done" and not action.evidence:
            says = f"“{action.what}” is called done. Say what shows it."
            yield Finding("ACTION-UNSHOWN", "warning", says, "G2", ACTIONS, action.id)
        if known.today and action.due and action.is_late(known.today):
            says = f"“{action.what}” was due on {say_day(action.due)}. Do it, drop it, or give it another day."
            yield Finding("ACTION-LATE", "warning", says, "G2", ACTIONS, action.id)
        lacks = [name for name, has in (("an owner", action.owner), ("a day", action.due)) if not has]
        if action.is_open and lacks:
            says = f"“{action.what or 'An action'}” lacks {' and '.join(lacks)}."
            yield Finding("ACTION-UNOWNED", "note", says, "G2", ACTIONS, action.id)
