"""Actions as people read them: what is late first, each with where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mcplan.actions import ACTIONS, Action, actions_of
from mcplan.comments import Thread
from mcplan.finding import Finding
from mcplan.known import Known
from mcplan.maps.days import far_off, how_late, say_day
from mcplan.numbers import count
from mcplan.plan import Plan
from mcplan.risk import Risk
from mcplan.text import shorten
from mcplan.views.verdict import Sign
from questionnaire.model import Questionnaire

ShowActions = Literal["open", "mine", "all"]
SHOWS: dict[ShowActions, str] = {"open": "Open", "mine": "Mine", "all": "All"}
"""What the list can show, with the words on the switch."""
NOTHING: dict[ShowActions, str] = {
    "open": "No action is open. Make one below, or from a finding, a risk or a comment.",
    "mine": "No open action is yours.",
    "all": "There are no actions yet. Make one below, or from a finding, a risk or a comment.",
}
SOURCE = 120
"""Characters of what an action was made from."""
LATE = Sign("Late", ":material/warning:", "red")
STATES = {
    "open": Sign("Open", ":material/radio_button_unchecked:", "gray"),
    "doing": Sign("Being done", ":material/play_circle:", "blue"),
    "done": Sign("Done", ":material/check_circle:", "green"),
    "dropped": Sign("Dropped", ":material/do_not_disturb_on:", "gray"),
}


@dataclass(frozen=True)
class ActionLine:
    """One action in the list."""

    id: str
    what: str
    facts: str
    """Owner, day and where it comes from."""
    sign: Sign


@dataclass(frozen=True)
class ActionsView:
    """The actions of a plan, as a filter lets them through."""

    message: str
    lines: tuple[ActionLine, ...]
    nothing: str
    """What to say if the filter lets nothing through; empty if it does."""


def view_actions(questionnaire: Questionnaire, plan: Plan, show: ShowActions, *, me: str, today: date) -> ActionsView:
    """What the screen of actions shows on a day."""
    actions = actions_of(Known(questionnaire, plan))
    origins = origin_words(questionnaire)
    shown = [each for each in actions if _fits(each, show, me)]
    return ActionsView(
        _message(actions, today),
        tuple(ActionLine(each.id, each.what, _facts(each, origins, today), _sign(each, today)) for each in shown),
        "" if shown else NOTHING[show],
    )


def actions_from(
    known: Known, findings: Iterable[Finding], risks: Iterable[Risk], threads: Iterable[Thread]
) -> dict[str, dict[str, object]]:
    """Rows of actions that may be made of something, to begin with, by a key of their own.

    Of the risks those that are in the register, and the high and extreme ones: with what is to be done about it, its
    owner and its day. What an open action is made of already is not offered again. Rows have no id yet.
    """
    found = {
        f"{each.rule} {each.question_id} {each.row_id} {each.says}": _begun("finding", each.says) for each in findings
    }
    for risk in risks:
        if risk.is_live and (risk.row_id or risk.band in ("Extreme", "High")):
            due = {"due": risk.due.isoformat()} if risk.due else {}
            found[risk.id] = _begun("risk", risk.event, risk.action) | {"owner": risk.owner} | due
    found |= {thread.id: _begun("comment", thread.last.text) for thread in threads if thread.is_open}
    under_way = {(each.origin, each.source) for each in actions_of(known) if each.is_open}
    return {key: row for key, row in found.items() if (row["from"], row["source"]) not in under_way}


def _begun(origin: str, source: str, what: str = "") -> dict[str, object]:
    return {
        "what": shorten(what or source, SOURCE), "from": origin, "source": shorten(source, SOURCE), "status": "open",
    }  # fmt: skip


def origin_words(questionnaire: Questionnaire) -> dict[str, str]:
    """The words for where an action may come from, by option id; empty if the questionnaire keeps no actions."""
    if not questionnaire.has(ACTIONS):
        return {}
    return next((each.options for each in questionnaire.question(ACTIONS).columns if each.id == "from"), {})


def _fits(action: Action, show: ShowActions, me: str) -> bool:
    return show == "all" or (action.is_open and (show == "open" or action.owner == me))


def _message(actions: Iterable[Action], today: date) -> str:
    still = [each for each in actions if each.is_open]
    late = sum(each.is_late(today) for each in still)
    if not still:
        return "Nothing is left to do."
    words = f"{count(len(still), 'action is', 'actions are').capitalize()} open"
    return f"{words}, {late} of them late." if late else f"{words}, none late."


def _facts(action: Action, origins: dict[str, str], today: date) -> str:
    origin = origins.get(action.origin, "") if action.origin != "own" else ""
    is_new = action.source and action.source != shorten(action.what, SOURCE)
    where = f"{origin}: {action.source}" if origin and is_new else origin
    return " · ".join(filter(None, (action.owner or "Nobody has taken it", _when(action, today), where)))


def _when(action: Action, today: date) -> str:
    if action.due is None:
        return "no day" if action.is_open else ""
    return f"{say_day(action.due)}, {far_off(action.due, today)}" if action.is_open else say_day(action.due)


def _sign(action: Action, today: date) -> Sign:
    if action.due and action.is_late(today):
        return Sign(how_late(action.due, today).capitalize(), LATE.icon, LATE.colour)
    return STATES[action.state]
