"""Whether plain JSON is what `mcplan.frozen_json` writes of a type: for versions that somebody else hands in.

`frozen_json.read` believes what it reads, since nobody but mcplan writes into the database. A file may say anything,
so it is looked through first, place by place, by the same type hints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from mcplan.frozen_json import PLAIN
from mcplan.readiness import Verdict
from questionnaire.model import Phase, Question

Path = tuple[str | int, ...]


class Misfit(NamedTuple):
    """Something that is not of its type."""

    path: Path
    """Where it stands: names of fields, and numbers of entries from 0."""
    says: str
    """What is wrong with it."""


def find_misfit(kind: Any, raw: Any) -> Misfit | None:
    """The first thing in some JSON that is not as the type has it; None if all is. What is unknown is passed over.

    Args:
        kind: a dataclass, or a tuple or mapping of some.
        raw: the JSON.
    """
    return next(_look(kind, raw, ()), None)


def _look(kind: Any, raw: Any, path: Path) -> Iterator[Misfit]:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        some = [each for each in inner if each is not NoneType]
        if len(some) == 1 and raw is not None:
            yield from _look(some[0], raw, path)
    elif origin is Literal:
        yield from _unless(isinstance(raw, str) and raw in inner, path, f"one of {', '.join(map(str, inner))}")
    elif kind == dict[str, str]:
        is_pairs = isinstance(raw, list) and all(_is_pair(each) for each in raw)
        yield from _unless(is_pairs, path, "a list of pairs of texts")
    elif origin in (tuple, frozenset):
        yield from _entries(str if origin is frozenset else inner[0], raw, path)
    elif origin in (dict, Mapping):
        yield from _fields(inner[1], raw, path)
    elif isinstance(kind, type):
        yield from _of_class(kind, raw, path)


def _of_class(kind: type, raw: Any, path: Path) -> Iterator[Misfit]:
    if is_dataclass(kind):
        yield from _record(kind, raw, path)
    elif kind is Verdict:
        yield from _unless(isinstance(raw, str) and raw in Verdict.__members__, path, "a verdict")
    elif issubclass(kind, Enum):
        yield from _unless(any(raw is each.value or raw == each.value for each in kind), path, "a stage")
    elif kind in (date, datetime):
        yield from _unless(isinstance(raw, str) and _is_moment(kind, raw), path, CALLED[kind])
    elif kind is float:
        is_number = isinstance(raw, int | float) and not isinstance(raw, bool) and isfinite(raw)
        yield from _unless(is_number, path, CALLED[kind])
    elif kind is int:
        yield from _unless(isinstance(raw, int) and not isinstance(raw, bool), path, CALLED[kind])
    elif kind in CALLED:
        yield from _unless(isinstance(raw, kind), path, CALLED[kind])


def _record(kind: type, raw: Any, path: Path) -> Iterator[Misfit]:
    if not isinstance(raw, dict):
        yield Misfit(path, "an object belongs here")
        return
    for name, (hint, is_needed) in _shape(kind).items():
        if name in raw:
            # Most fields are plain: to look at those right here takes half of the time.
            if type(raw[name]) is not hint or hint is float:
                yield from _look(hint, raw[name], (*path, name))
        elif is_needed:
            yield Misfit(path, f"“{name}” is missing")


def _entries(kind: Any, raw: Any, path: Path) -> Iterator[Misfit]:
    if not isinstance(raw, list):
        yield Misfit(path, "a list belongs here")
        return
    for place, each in enumerate(raw):
        yield from _look(kind, each, (*path, place))


def _fields(kind: Any, raw: Any, path: Path) -> Iterator[Misfit]:
    if not isinstance(raw, dict):
        yield Misfit(path, "an object belongs here")
        return
    for name, each in raw.items():
        yield from _look(kind, each, (*path, name))


@lru_cache(maxsize=64)
def _shape(kind: Any) -> dict[str, tuple[Any, bool]]:
    hints = get_type_hints(kind, localns=PLAIN)
    return {
        each.name: (_named(kind, hints[each.name]), each.default is MISSING and each.default_factory is MISSING)
        for each in fields(kind)
    }


def _named(kind: Any, hint: Any) -> Any:
    # Outside the questionnaire itself phases and questions are only named.
    if kind.__module__ == Question.__module__:
        return hint
    if hint in (Question, Phase):
        return str
    return tuple[str, ...] if hint == tuple[Question, ...] else hint


def _unless(is_right: bool, path: Path, what: str) -> Iterator[Misfit]:
    if not is_right:
        yield Misfit(path, f"{what} belongs here")


def _is_pair(raw: Any) -> bool:
    return isinstance(raw, list) and len(raw) == 2 and all(isinstance(each, str) for each in raw)


def _is_moment(kind: Any, text: str) -> bool:
    try:
        found = kind.fromisoformat(text)
    except ValueError:
        return False
    # Moments without a zone cannot be set beside others.
    return kind is date or found.tzinfo is not None


CALLED: dict[Any, str] = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    date: "a day",
    datetime: "a time with its zone",
}
"""What belongs where a type stands, as people read it."""
