"""The catalogue: what mcplan covers, item by item, and where each item is at home.

`codes.toml` holds the codes of the four documents that mcplan is built on, `fields.toml` the fields
that approval boards ask for. Questions name the codes and fields they answer.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mcplan.catalogue.homes import HOMES, PLAN_FACTS, RULE_FIELDS
from questionnaire.model import Questionnaire

HERE = Path(__file__).parent
DOCUMENTS = {
    "P": "Phases of development",
    "L": "Lifecycle from sunrise to sunset",
    "S": "Seven steps",
    "E": "Ecosystem guide",
}
"""The four documents, by the letter their codes begin with."""
KINDS = {"ask": "asked", "reflect": "reviewed", "task": "planned", "fact": "applied", "view": "worked out"}
"""What the product does with an item, by its kind."""


@dataclass(frozen=True)
class Code:
    """One item of the catalogue."""

    id: str
    group: str
    """The part of its document, such as “Marketing and launch”."""
    kind: str
    """A key of `KINDS`."""
    says: str


@dataclass(frozen=True)
class Field:
    """A field that approval boards ask for."""

    id: str
    label: str
    check: str
    """How mcplan or a reader can tell that it is well filled in."""


@dataclass(frozen=True)
class Home:
    """A place where an item is answered, applied or shown."""

    words: str
    question_id: str = ""
    """Empty if it is no question."""


@cache
def load_codes() -> tuple[Code, ...]:
    """All codes, document by document, in their order."""
    groups = tomllib.loads((HERE / "codes.toml").read_text(encoding="utf-8"))
    return tuple(
        Code(id, group["title"], entry["kind"], entry["says"])
        for group in groups.values()
        for id, entry in group["codes"].items()
    )


@cache
def load_fields() -> dict[str, Field]:
    """All board fields by number."""
    entries = tomllib.loads((HERE / "fields.toml").read_text(encoding="utf-8"))
    return {id: Field(id, entry["label"], entry["check"]) for id, entry in entries.items()}


def homes_of_codes(questionnaire: Questionnaire) -> dict[str, tuple[Home, ...]]:
    """Where each code is at home; empty for one that has no home."""
    asked: dict[str, list[Home]] = {}
    for question in questionnaire.questions():
        for code in question.sources:
            asked.setdefault(code, []).append(Home(question.ask, question.id))
    return {code.id: (*asked.get(code.id, ()), *map(Home, HOMES.get(code.id, ()))) for code in load_codes()}


def homes_of_fields(questionnaire: Questionnaire) -> dict[str, tuple[Home, ...]]:
    """Where each board field is at home; empty for one that has no home."""
    asked: dict[str, list[Home]] = {id: [] for id in load_fields()}
    for id, fact in PLAN_FACTS.items():
        asked[id].append(Home(f"Plan facts: {fact}"))
    for id, words in RULE_FIELDS.items():
        asked[id].append(Home(words))
    for question in questionnaire.questions():
        for id in question.fields:
            asked.setdefault(id, []).append(Home(question.ask, question.id))
    return {id: tuple(homes) for id, homes in asked.items()}


def unknown_codes(questionnaire: Questionnaire) -> list[str]:
    """Codes and fields that questions name and the catalogue does not know, each with its question."""
    known = {code.id for code in load_codes()} | set(load_fields())
    return [
        f"{question.id}: {name}"
        for question in questionnaire.questions()
        for name in _named(question.sources, question.fields)
        if name not in known
    ]


def _named(*lists: Iterable[str]) -> list[str]:
    return [name for names in lists for name in names]
