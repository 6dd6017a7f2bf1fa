"""What somebody wants to see of all their plans, and what goes before a board and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple, cast, get_args

from mcplan.decisions import Submission
from mcplan.plan_summary import PlanSummary
from mcplan.readiness import Score, Verdict
from mcplan.risk import Risk
from mcplan.text import clean_text
from questionnaire.errors import AnswerRejected
from questionnaire.model import GATES, Gate

Order = Literal["changed", "title", "gate", "verdict", "floor", "stops", "meeting"]
ORDERS: Mapping[Order, str] = {
    "changed": "Last changed first",
    "meeting": "Next meeting first",
    "verdict": "Worst verdict first",
    "stops": "Most stops first",
    "floor": "Lowest readiness first",
    "gate": "By gate",
    "title": "By title",
}
VERDICTS = tuple(verdict.colour for verdict in Verdict)
"""Colour names, the worst first; as summaries hold them."""
MOST_TEXT, MOST_NAME, MOST_VIEWS = 200, 80, 50
MOST_COMPARED = 4


class ViewRefused(AnswerRejected):
    """This view cannot be saved; the message says why and what to do."""


@dataclass(frozen=True)
class Wanted:
    """Which plans to show, and in which order. Empty means all."""

    text: str = ""
    """To be found in the title, the institution or the unit."""
    gates: tuple[Gate, ...] = ()
    verdicts: tuple[str, ...] = ()
    """Of `VERDICTS`."""
    has_stops: bool = False
    changed_since: date | None = None
    """Changed on this day or later, in UTC."""
    order: Order = "changed"

    @property
    def is_narrowed(self) -> bool:
        """True if some plans may be left out."""
        return bool(self.text or self.gates or self.verdicts or self.has_stops or self.changed_since)


@dataclass(frozen=True)
class SavedView:
    """A choice of plans that somebody has given a name."""

    id: str
    name: str
    wanted: Wanted


class PortfolioPlan(NamedTuple):
    """A plan as the portfolio lists it."""

    summary: PlanSummary
    meets_on: date | None
    """When its board decides, or looks again; None if nothing is before it, or no day is set."""


class PortfolioPage(NamedTuple):
    """Some of the plans that were wanted."""

    plans: tuple[PortfolioPlan, ...]
    total: int
    """How many there are on all pages."""
    number: int
    """Of this page, from 1."""


@dataclass(frozen=True)
class Case:
    """A plan that waits for its board, with what was frozen for it."""

    plan_id: str
    title: str
    institution: str
    submission: Submission
    meets_on: date | None
    version_number: int
    version_name: str
    score: Score | None
    """Of the version at the gate it was submitted to; None if the version cannot be read."""
    risks: tuple[Risk, ...]
    """Those of the version that count at the gate, the worst first."""
    changes: tuple[str, ...]
    """What is materially different in the plan now."""
    problem: str = ""
    """Why the version cannot be read."""


def read_view_name(raw: object) -> str:
    """The name of a view as it is stored.

    Raises:
        ViewRefused: there is none, or it is too long.
    """
    name = " ".join(clean_text(raw).split()) if isinstance(raw, str) else ""
    if not name:
        raise ViewRefused("Give the view a name, such as “At G3 with stops”.")
    if len(name) > MOST_NAME:
        raise ViewRefused(f"A name takes {MOST_NAME} characters, and this one has {len(name)}. Shorten it, please.")
    return name


def write_wanted(wanted: Wanted) -> dict[str, Any]:
    """A choice of plans as JSON."""
    since = wanted.changed_since
    return {
        "text": wanted.text,
        "gates": list(wanted.gates),
        "verdicts": list(wanted.verdicts),
        "has_stops": wanted.has_stops,
        "changed_since": since.isoformat() if since else None,
        "order": wanted.order,
    }


def read_wanted(raw: Mapping[str, Any]) -> Wanted:
    """The same out of JSON; what this program does not know of is left out, as an older or newer one has written it."""
    order, since = raw.get("order"), raw.get("changed_since")
    return Wanted(
        str(raw.get("text", ""))[:MOST_TEXT],
        tuple(gate for gate in GATES if gate in raw.get("gates", ())),
        tuple(verdict for verdict in VERDICTS if verdict in raw.get("verdicts", ())),
        bool(raw.get("has_stops")),
        date.fromisoformat(since) if since else None,
        cast("Order", order) if order in get_args(Order) else "changed",
    )
