"""A verdict and a stage as people meet them: always an icon and a word, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mcplan.readiness import Score, Verdict
from questionnaire.model import Stage

Colour = Literal["red", "orange", "blue", "green", "gray"]
"""Colours that the screens know by name."""


@dataclass(frozen=True)
class Sign:
    """A state as icon and words; the colour repeats what they say."""

    words: str
    icon: str
    """A Material symbol, `:material/…:`."""
    colour: Colour


SIGNS: dict[Verdict, Sign] = {
    Verdict.RED: Sign("Red: not ready", ":material/block:", "red"),
    Verdict.AMBER_RED: Sign("Amber/Red: at risk", ":material/warning:", "orange"),
    Verdict.AMBER: Sign("Amber: getting there", ":material/trending_up:", "orange"),
    Verdict.AMBER_GREEN: Sign("Amber/Green: nearly ready", ":material/done:", "blue"),
    Verdict.GREEN: Sign("Green: ready", ":material/verified:", "green"),
}
NOT_ASKED = Sign("Nothing asked yet", ":material/schedule:", "gray")
STAGES: dict[Stage, Sign] = {
    Stage.BLANK: Sign("Open", ":material/radio_button_unchecked:", "red"),
    Stage.DRAFTED: Sign("Drafted", ":material/edit:", "orange"),
    Stage.AGREED: Sign("Agreed", ":material/handshake:", "blue"),
    Stage.EVIDENCED: Sign("Evidenced", ":material/fact_check:", "green"),
}
BANDS: dict[str, Sign] = {
    "Extreme": Sign("Extreme", ":material/crisis_alert:", "red"),
    "High": Sign("High", ":material/priority_high:", "red"),
    "Moderate": Sign("Moderate", ":material/report:", "orange"),
    "Low": Sign("Low", ":material/info:", "gray"),
}


def sign_of(score: Score) -> Sign:
    """The sign of a score; a score over no questions is not a green one."""
    return SIGNS[score.verdict] if score.asked else NOT_ASKED


def sign_of_colour(colour: str | None) -> Sign:
    """The sign of a verdict that was stored by its colour name; None means nothing is asked."""
    return next((sign for verdict, sign in SIGNS.items() if verdict.colour == colour), NOT_ASKED)
