"""Framework packs: what the boards of a country or college ask of a plan, as dated data.

To add one, write a file `<id>.toml` beside this one and give the question `credential.frameworks` an
option of the same id.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Limits:
    """Bounds a framework sets; None where it sets none."""

    least_hours: Decimal | None = None
    most_hours: Decimal | None = None
    most_weeks: Decimal | None = None
    most_credits: Decimal | None = None
    credit_system: str = ""
    """The credits that `most_credits` and `hours_a_credit` speak of, as `credential.credit-system` names them."""
    hours_a_credit: Decimal | None = None
    most_review_months: Decimal | None = None


@dataclass(frozen=True)
class Pack:
    """One framework."""

    id: str
    name: str
    """A short name that a sentence can begin with."""
    title: str
    source: str
    dated: date
    """When its rules were read."""
    required: tuple[str, ...]
    """Fields of `mcplan.catalogue` that a board sends a plan back without."""
    recommended: tuple[str, ...]
    title_words: tuple[str, ...]
    """Words that a title must not hold, in lower case; those of `mcplan.checks.credential` come on top."""
    limits: Limits


@cache
def load_packs() -> dict[str, Pack]:
    """All packs by id, in the order of their ids."""
    return {path.stem: _read(path) for path in sorted(HERE.glob("*.toml"))}


def _read(path: Path) -> Pack:
    entry: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    limits: dict[str, Any] = {
        name: Decimal(value) if isinstance(value, int) else value for name, value in entry.get("limits", {}).items()
    }
    return Pack(
        id=path.stem,
        name=entry["name"],
        title=entry["title"],
        source=entry["source"],
        dated=entry["dated"],
        required=tuple(entry["required"]),
        recommended=tuple(entry["recommended"]),
        title_words=tuple(entry.get("title_words", ())),
        limits=Limits(**limits),
    )
