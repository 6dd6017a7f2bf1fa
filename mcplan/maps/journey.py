"""The learner's way in eight stages: where somebody would fall through (source: E4.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mcplan.known import Known, Row
from mcplan.maps.coverage import Coverage, listed

JOURNEY = "delivery.journey"
NAMED = 3
"""Stages that the sentence names before it only counts them."""


@dataclass(frozen=True)
class JourneyStage:
    """One stage as a learner meets it."""

    id: str
    name: str
    touchpoints: str
    owner: str
    coverage: Coverage
    lacks: tuple[str, ...]
    """What is missing, gravest first, as clauses: nobody looks after it."""

    @property
    def short(self) -> str:
        """Its name without what explains it: Choose."""
        return self.name.split(":")[0]


@dataclass(frozen=True)
class Journey:
    """The whole way, in the order in which a learner goes it."""

    stages: tuple[JourneyStage, ...]
    """Empty if the plan is not asked for it, or has set it aside."""
    says: str
    """Where a learner would fall through, in one sentence; empty if there are no stages."""

    @property
    def is_begun(self) -> bool:
        """True if anybody has said anything."""
        return any(stage.coverage != "missing" for stage in self.stages)


def map_journey(known: Known) -> Journey:
    """Each stage covered, thin or missing: what a covered one has stands in `NEEDS`."""
    stages = tuple(map(_stage, known.all_rows(JOURNEY)))
    return Journey(stages, _weakest(stages) if stages else "")


def _stage(row: Row) -> JourneyStage:
    lacks = tuple(says for says, is_there in NEEDS.items() if not is_there(row))
    is_untouched = len(lacks) == len(NEEDS) and row.is_yes("walked") is None
    coverage: Coverage = "missing" if is_untouched else "thin" if lacks else "covered"
    return JourneyStage(row.id, row.name, row.text("touchpoints"), row.text("owner"), coverage, lacks)


def _weakest(stages: tuple[JourneyStage, ...]) -> str:
    missing = [stage for stage in stages if stage.coverage == "missing"]
    if missing:
        return _falls(missing, "nobody has said what happens there")
    for lack in NEEDS:
        found = [stage for stage in stages if lack in stage.lacks]
        if found:
            return _falls(found, lack)
    return "Nowhere that can be seen: each stage is planned, has an owner, and was walked through with a learner."


def _falls(stages: list[JourneyStage], why: str) -> str:
    names = [f"“{stage.short}”" for stage in stages]
    rest = [f"{len(names) - NAMED} more"] if len(names) > NAMED else []
    return f"A learner would fall through at {listed([*names[:NAMED], *rest])}: {why}."


NEEDS: dict[str, Callable[[Row], bool]] = {
    "nothing says what the learner meets": lambda row: bool(row.text("touchpoints")),
    "nobody looks after it": lambda row: bool(row.text("owner")),
    "nothing is there to help": lambda row: bool(row.text("support")),
    "nobody has walked through it with a learner": lambda row: row.is_yes("walked") is True,
}
"""What a stage needs, gravest first, by what is said where it is not there."""
