"""A risk: what may happen, why, what it would cost, and what is done about it. The rules stand in `mcplan.risks`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from questionnaire.model import Gate

Band = Literal["Extreme", "High", "Moderate", "Low"]
Status = Literal["open", "treating", "accepted", "closed"]
BANDS: tuple[Band, ...] = ("Extreme", "High", "Moderate", "Low")
"""Worst first."""


@dataclass(frozen=True)
class Risk:
    """What may happen, why, and what it would cost: cause – event – consequence."""

    id: str
    rule: str
    """The rule that raised it, or MANUAL."""
    cause: str
    event: str
    consequence: str
    likelihood: int
    """1 (under 5 %) to 5 (over 80 %)."""
    impact: int
    """1 (a nuisance) to 5 (ends the initiative)."""
    category: str
    gate: Gate
    """The first gate at which it bites."""
    question_id: str = ""
    owner: str = ""
    """A name; empty if nobody looks after it."""
    action: str = ""
    """What is done about it; empty if untreated."""
    status: Status = "open"
    is_gap: bool = False
    """True if it only says that something is not known yet."""
    controls: str = ""
    """What is in place already."""
    response: str = ""
    """What kind of answer it gets: avoid, reduce, share or accept; empty if that is not said."""
    due: date | None = None
    """The day by which the action is done."""
    likelihood_after: int = 0
    """As `likelihood`, once the action is done; 0 if nobody has judged it."""
    impact_after: int = 0
    accepted_by: str = ""
    accepted_why: str = ""
    accepted_until: date | None = None
    """The last day on which the acceptance holds."""
    row_id: str = ""
    """Its row in the register (`mcplan.register`); empty if it has none."""

    @property
    def severity(self) -> int:
        """Likelihood times impact, 1 to 25. For ranking and bands only: never add these up."""
        return self.likelihood * self.impact

    @property
    def is_live(self) -> bool:
        """True unless it is closed, or accepted for now."""
        return self.status in ("open", "treating")

    @property
    def after(self) -> tuple[int, int]:
        """Likelihood and impact once the action is done; those of now where nobody has judged it."""
        return self.likelihood_after or self.likelihood, self.impact_after or self.impact

    @property
    def band(self) -> Band:
        """Extreme from 15, high from 10, moderate from 5; an impact of 5 is never below high."""
        return band_of(self.likelihood, self.impact)

    @property
    def sentence(self) -> str:
        """Cause, event and consequence as one sentence; an own risk may lack the first or the last."""
        # "Rain" becomes "rain" inside a sentence, and "LMS goes away" stays as it is.
        event = self.event[:1].lower() + self.event[1:] if self.event[1:2].islower() else self.event
        because = f"Because {self.cause}, {event}" if self.cause else self.event[:1].upper() + self.event[1:]
        return f"{because}, and {self.consequence}." if self.consequence else f"{because}."


def band_of(likelihood: int, impact: int) -> Band:
    """Extreme from 15, high from 10, moderate from 5; an impact of 5 is never below high."""
    if likelihood * impact >= 15:
        return "Extreme"
    if likelihood * impact >= 10 or impact == 5:
        return "High"
    return "Moderate" if likelihood * impact >= 5 else "Low"
