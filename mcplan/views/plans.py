"""The list of plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mcplan.numbers import count, span
from mcplan.plan_summary import PlanSummary
from mcplan.roles import may
from mcplan.views.verdict import Sign, sign_of_colour
from questionnaire.model import GATES


@dataclass(frozen=True)
class PlanCard:
    """One plan in the list."""

    id: str
    title: str
    institution: str
    sign: Sign
    readiness: str
    facts: str
    changed: str
    may_copy: bool
    """What the person who looks at the list may do with this plan: copy it,"""
    may_put_away: bool
    """and archive it, delete it, or bring it back."""


def view_plan_card(summary: PlanSummary, now: datetime) -> PlanCard:
    """One plan in the list; `now` says how long ago it was changed."""
    return PlanCard(
        id=summary.id,
        title=summary.title,
        institution=summary.institution,
        sign=sign_of_colour(summary.verdict),
        readiness=f"{span(summary.floor, summary.ceiling)} of 100 for {GATES[summary.gate].lower()}",
        facts=f"{count(summary.stops, 'stop')} · {count(summary.open_risks, 'risk')} flagged · "
        f"{summary.asked - summary.blank} of {summary.asked} answered",
        changed=_changed(summary.changed_at, summary.changed_by, now),
        may_copy=may(summary.role, "export"),
        may_put_away=may(summary.role, "delete"),
    )


def _changed(at: datetime | None, by: str, now: datetime) -> str:
    if at is None:
        return ""
    who = f" by {by}" if by else ""
    return f"Changed {ago(at, now)}{who}"


def ago(at: datetime, now: datetime) -> str:
    """How long ago something was, in words; a day's date once it is more than a month."""
    minutes = max(0, int((now - at).total_seconds() // 60))
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{count(minutes, 'minute')} ago"
    if minutes < 60 * 24:
        return f"{count(minutes // 60, 'hour')} ago"
    if minutes < 60 * 24 * 31:
        return f"{count(minutes // (60 * 24), 'day')} ago"
    return f"on {on_day(at)}"


def on_day(at: datetime) -> str:
    """A day as people write it: 3 March 2027."""
    return f"{at.day} {at:%B %Y}"
