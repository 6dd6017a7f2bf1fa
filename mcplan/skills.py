"""Skills across plans: who teaches which, what is taught twice, and what nobody teaches yet (source: E3.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mcplan.known import Known, Row


@dataclass(frozen=True)
class Skill:
    """A skill, with the plans that speak of it."""

    name: str
    framework: str
    """Framework and code, or empty."""
    taught: tuple[str, ...]
    """Titles of plans with an outcome for it."""
    wanted: tuple[str, ...]
    """Titles of plans that name it and have no outcome for it yet."""

    @property
    def is_gap(self) -> bool:
        """True if somebody wants it and no outcome leads to it."""
        return not self.taught

    @property
    def is_overlap(self) -> bool:
        """True if more than one plan teaches it."""
        return len(self.taught) > 1


def map_skills(plans: Iterable[Known]) -> tuple[Skill, ...]:
    """The skills that plans name, in the order in which they are met; the same code, or else name, is one skill."""
    found: dict[str, tuple[str, str, list[str], list[str]]] = {}
    for known in plans:
        aimed_at = {id for outcome in known.rows("design.outcomes") for id in outcome.picks("skills")}
        for row in known.rows("design.skills"):
            _, _, taught, wanted = found.setdefault(_key(row), (row.name, _framework(row), [], []))
            titles = taught if row.id in aimed_at else wanted
            if known.plan.title not in titles:
                titles.append(known.plan.title)
    return tuple(
        Skill(name, framework, tuple(taught), tuple(wanted)) for name, framework, taught, wanted in found.values()
    )


def _key(row: Row) -> str:
    return _framework(row).casefold() if row.text("code") else " ".join(row.name.casefold().split())


def _framework(row: Row) -> str:
    return " ".join(part for part in (row.text("framework"), row.text("code")) if part)
