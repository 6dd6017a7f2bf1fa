"""The icons of the phases: the number of each, and a list for a block that has none."""

from __future__ import annotations

from pages.kit.desk import questionnaire
from questionnaire.model import Phase


def phases_with_icons() -> list[tuple[Phase, str]]:
    """The phases in walking order, each with the icon of its place."""
    return [(phase, icon_of(questionnaire().number_of(phase))) for phase in questionnaire().walked]


def icon_of(place: int) -> str:
    """The icon of a phase's number; of a list for a block that has none."""
    return f":material/counter_{place}:" if 0 < place < 10 else ":material/list:"
