"""The worked example: a plan on its way to design approval, with honest gaps, that opens in one click."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from mcplan.plan import Answer, Evidence, Member, Plan
from questionnaire.load import STAGES

FILE = Path(__file__).parent / "larkfield.toml"


def load_example() -> Plan:
    """The worked example as a plan that has no id yet; nothing is stored."""
    entry = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Plan(
        id="",
        team=tuple(Member(**member) for member in entry["team"]),
        answers={each["question"]: _answer(each) for each in entry["answer"]},
        **entry["plan"],
    )


def _answer(entry: dict[str, Any]) -> Answer:
    return Answer(
        question_id=entry["question"],
        value=entry["value"],
        note=entry.get("note", ""),
        stage=STAGES[entry["stage"]],
        owner=entry.get("owner", ""),
        evidence=tuple(Evidence(**item) for item in entry.get("evidence", ())),
        confidence=entry.get("confidence", {}),
    )
