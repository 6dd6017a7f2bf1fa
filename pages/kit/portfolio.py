"""What is worked out across all plans that the person at the screen may open."""

from __future__ import annotations

from mcplan.skills import Skill, map_skills
from pages.kit import desk
from storage.database import reading
from storage.portfolio import fetch_portfolio

SPEAK_OF_SKILLS = ("design.skills", "design.outcomes")


def skills() -> tuple[Skill, ...]:
    """The skills that these plans name, and which of them teach them."""
    with reading(desk.engine()) as session:
        plans = fetch_portfolio(session, desk.person(), SPEAK_OF_SKILLS, at=desk.now())
    return map_skills(desk.known(plan) for plan in plans)
