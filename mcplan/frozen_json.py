"""Frozen dataclasses as plain JSON and back, by their type hints: what versions are kept in.

Reading is tolerant: what a later mcplan has added is left out, what an earlier one did not know gets its default. So
a field that is added to a plan, a risk or a finding has to have one; then nothing needs to change here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from mcplan.readiness import Verdict
from questionnaire.model import Phase, Question, Questionnaire

PLAIN = {"Json": Any, "Value": Any}
"""What answers hold: JSON as it is."""


class Codec(NamedTuple):
    """How values of one type are written, and read with the questionnaire they speak of."""

    write: Callable[[Any], Any]
    read: Callable[[Any, Questionnaire | None], Any]


def canonical(content: object) -> str:
    """JSON that is the same for the same content: keys in order, no blanks, no NaN."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def write(kind: Any, value: object) -> Any:
    """A value of a type as plain JSON."""
    return _codec(kind).write(value)


def read(kind: Any, raw: Any, questionnaire: Questionnaire | None = None) -> Any:
    """The value of a type that `write` made this JSON of.

    Args:
        kind: a dataclass, or a tuple or mapping of some.
        raw: the JSON.
        questionnaire: where the phases and questions stand that are only named in it.
    """
    return _codec(kind).read(raw, questionnaire)


@lru_cache(maxsize=256)
def _codec(kind: Any) -> Codec:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        # Either something or nothing; whatever else a field may be is JSON as it is.
        some = [each for each in inner if each is not NoneType]
        return _or_nothing(_codec(some[0])) if len(some) == 1 else AS_IT_IS
    if origin is tuple:
        return _many(_codec(inner[0]), tuple)
    if origin is frozenset:
        return Codec(sorted, lambda raw, _: frozenset(raw))
    if kind == dict[str, str]:
        # Options stand in the order in which people see them.
        return Codec(lambda value: [list(pair) for pair in value.items()], lambda raw, _: dict(raw))
    if origin in (dict, Mapping) and inner[1] is not Any:
        return _mapping(_codec(inner[1]))
    return OWN.get(kind) or _of_class(kind)


def _of_class(kind: Any) -> Codec:
    if not isinstance(kind, type):
        return AS_IT_IS
    if is_dataclass(kind):
        return _dataclass(kind)
    return Codec(lambda value: value.value, lambda raw, _: kind(raw)) if issubclass(kind, Enum) else AS_IT_IS


def by_name(kind: Any) -> Codec:
    """Phases and questions inside something else: their ids alone, since the wording of all stands elsewhere."""
    find = Questionnaire.question if kind is Question else Questionnaire.phase
    return Codec(lambda value: value.id, lambda raw, asked: find(asked, raw) if asked else raw)


def _dataclass(kind: Any) -> Codec:
    hints = get_type_hints(kind, localns=PLAIN)
    known = {each.name: _inside(kind, hints[each.name]) for each in fields(kind)}
    optional = {
        each.name for each in fields(kind) if each.default is not MISSING or each.default_factory is not MISSING
    }

    def written(value: Any) -> dict[str, Any]:
        return {name: codec.write(getattr(value, name)) for name, codec in known.items()}

    def made(raw: Any, asked: Questionnaire | None) -> Any:
        given = {name: codec.read(raw[name], asked) for name, codec in known.items() if name in raw}
        if missing := known.keys() - given.keys() - optional:
            raise ValueError(f"{kind.__name__} without {', '.join(sorted(missing))}")
        return kind(**given)

    return Codec(written, made)


def _inside(kind: Any, hint: Any) -> Codec:
    # Only what makes up the questionnaire itself holds phases and questions whole.
    if kind.__module__ == Question.__module__:
        return _codec(hint)
    if hint in (Question, Phase):
        return by_name(hint)
    return _many(by_name(Question), tuple) if hint == tuple[Question, ...] else _codec(hint)


def _or_nothing(some: Codec) -> Codec:
    return Codec(
        lambda value: None if value is None else some.write(value),
        lambda raw, asked: None if raw is None else some.read(raw, asked),
    )


def _many(each: Codec, kind: type) -> Codec:
    return Codec(
        lambda value: [each.write(part) for part in value],
        lambda raw, asked: kind(each.read(part, asked) for part in raw),
    )


def _mapping(each: Codec) -> Codec:
    return Codec(
        lambda value: {name: each.write(part) for name, part in value.items()},
        lambda raw, asked: {name: each.read(part, asked) for name, part in raw.items()},
    )


AS_IT_IS = Codec(lambda value: value, lambda raw, _: raw)
OWN: dict[Any, Codec] = {
    datetime: Codec(datetime.isoformat, lambda raw, _: datetime.fromisoformat(raw)),
    date: Codec(date.isoformat, lambda raw, _: date.fromisoformat(raw)),
    Verdict: Codec(lambda value: value.name, lambda raw, _: Verdict[raw]),
}
"""Types that are written in a way of their own. To add one, name it here."""
