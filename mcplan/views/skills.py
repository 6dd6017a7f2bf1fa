"""Skills by credential, as a screen shows them: what is taught, what is missing, and what is taught twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mcplan.numbers import count
from mcplan.skills import Skill


@dataclass(frozen=True)
class SkillRow:
    """One skill in the table, in finished words."""

    skill: str
    framework: str
    taught: str
    wanted: str
    says: str
    """Gap, taught twice, or nothing to say."""


@dataclass(frozen=True)
class SkillsView:
    """All skills that the plans of a person name."""

    message: str
    rows: tuple[SkillRow, ...]


def view_skills(skills: Sequence[Skill]) -> SkillsView:
    """Gaps first, then what is taught twice, then the rest, each by name."""
    gaps, twice = sum(skill.is_gap for skill in skills), sum(skill.is_overlap for skill in skills)
    message = (
        f"{count(len(skills), 'skill').capitalize()}: {count(gaps, 'gap')}, {twice or 'none'} taught more than once"
    )
    rows = sorted(skills, key=lambda skill: (not skill.is_gap, not skill.is_overlap, skill.name.casefold()))
    return SkillsView(message, tuple(map(_row, rows)))


def _row(skill: Skill) -> SkillRow:
    says = "Gap: nobody teaches it yet" if skill.is_gap else "Taught more than once" if skill.is_overlap else ""
    return SkillRow(
        skill.name, skill.framework or "–", "; ".join(skill.taught) or "–", "; ".join(skill.wanted) or "–", says or "–"
    )
