"""The rubric a board and a team score a version on: criteria as content, in `board.toml` beside this file.

To change wording, edit that file; to add a criterion, add an entry with a new id and four levels.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from questionnaire.errors import QuestionnaireError

CONTENT = Path(__file__).parent / "board.toml"
SCORES = (0, 1, 2, 3)
FIELDS = {"id": str, "title": str, "asks": str, "levels": list, "look_at": list}


@dataclass(frozen=True)
class Criterion:
    """One thing a board looks at."""

    id: str
    """Stable for ever: reviews hang on it."""
    title: str
    asks: str
    levels: tuple[str, ...]
    """What the scores 0, 1, 2 and 3 mean."""
    look_at: tuple[str, ...] = ()
    """Ids of the phases where the plan speaks of it."""


@dataclass(frozen=True)
class Rubric:
    """All criteria, in the order in which they are scored."""

    title: str
    dated: date
    criteria: tuple[Criterion, ...]

    def has(self, criterion_id: str) -> bool:
        """True if it has a criterion with this id."""
        return any(each.id == criterion_id for each in self.criteria)


@cache
def load_rubric(path: Path = CONTENT) -> Rubric:
    """The rubric in a file.

    Raises:
        QuestionnaireError: the file does not parse, or a criterion lacks, misnames or misuses a field.
    """
    try:
        entry: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise QuestionnaireError(f"{path.name}: {error}") from error
    criteria = tuple(_read(path.name, each) for each in entry.get("criterion", ()))
    ids = [each.id for each in criteria]
    if not ids or len(set(ids)) < len(ids):
        raise QuestionnaireError(f"{path.name}: a rubric needs criteria, each with an id of its own")
    if not isinstance(entry.get("title"), str) or type(entry.get("dated")) is not date:
        raise QuestionnaireError(f"{path.name}: a rubric needs a title and the day it is dated")
    return Rubric(entry["title"], entry["dated"], criteria)


def _read(file: str, entry: dict[str, Any]) -> Criterion:
    where = f"{file}: {entry.get('id', 'a criterion without id')}"
    for name, kind in FIELDS.items():
        if not isinstance(entry.get(name), kind):
            raise QuestionnaireError(f"{where}: {name} is missing, or is not what it should be")
    if unknown := entry.keys() - FIELDS.keys():
        raise QuestionnaireError(f"{where}: there is no field {', '.join(sorted(unknown))}")
    if len(entry["levels"]) != len(SCORES) or not all(isinstance(each, str) and each for each in entry["levels"]):
        raise QuestionnaireError(f"{where}: it needs four levels in words, for the scores 0, 1, 2 and 3")
    return Criterion(entry["id"], entry["title"], entry["asks"], tuple(entry["levels"]), tuple(entry["look_at"]))
