"""The fields of Open Badges 3.0 that a draft of ours may hold, and what is wrong with the form of one.

The official schema lets much pass that an issuing platform or a reader stumbles over: blank texts, ids that
are no addresses, criteria without words, fields of one's own, which are then dropped without a word.
This is stricter, and needs nothing but itself.

Source:
    Open Badges 3.0, final release (1EdTech), sections on Achievement, Profile, Alignment and ResultDescription.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from mcplan.badge.names import URI, is_web_address

LANGUAGE = re.compile(r"[a-z]{2,4}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
"""A language as BCP 47 and the standard write it: en, pt-BR, zh-Hant."""
COUNTRY = re.compile("[A-Z]{2}")
NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
TARGET_TYPES = ("CFItem",)
RESULT_TYPES = ("Percent", "RubricCriterionLevel")
Says = Callable[[Any], str]
"""What is wrong with a value; empty if nothing is."""


@dataclass(frozen=True)
class Fault:
    """Something wrong with the form of a draft."""

    where: str
    """Fields from the outside in, such as creator.url; the place in a list counts from 1."""
    says: str
    """What is wrong, to go on after the place: is blank."""


def find_faults(achievement: Any) -> Iterator[Fault]:
    """What is wrong with the form of a draft, from its head to its foot."""
    yield from _of_class("Achievement", achievement, "")


def _of_class(name: str, value: Any, where: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(where, "is not a set of fields")
        return
    required, fields = CLASSES[name]
    for field in required:
        if field not in value:
            yield Fault(_in(where, field), "is missing; the standard requires it")
    for field, given in value.items():
        if field in fields:
            yield from _of_field(fields[field], given, _in(where, field))
        else:
            yield Fault(_in(where, field), "is no field of the standard and would be dropped")


def _of_field(kind: Says | str | list[Any], given: Any, where: str) -> Iterator[Fault]:
    if isinstance(kind, str):
        yield from _of_class(kind, given, where)
    elif isinstance(kind, list):
        if not isinstance(given, list) or not given:
            yield Fault(where, "is not a list with something in it")
            return
        for place, each in enumerate(given, 1):
            yield from _of_field(kind[0], each, f"{where} {place}")
    elif says := kind(given):
        yield Fault(where, says)


def _in(where: str, field: str) -> str:
    return f"{where}.{field}" if where else field


def _text(value: Any) -> str:
    if not isinstance(value, str):
        return "is not a text"
    return "" if value.strip() else "is blank"


def _uri(value: Any) -> str:
    return _text(value) or ("" if URI.fullmatch(value) else "is not an address")


def _url(value: Any) -> str:
    return _text(value) or ("" if is_web_address(value) else "is not a web address")


def _number(value: Any) -> str:
    fits = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    return "" if fits else "is not a number above 0"


def _like(pattern: re.Pattern[str], wanted: str) -> Says:
    return lambda value: _text(value) or ("" if pattern.fullmatch(value) else f"is not {wanted}")


def _one_of(*allowed: str) -> Says:
    return lambda value: "" if value in allowed else f"is not {' or '.join(allowed)}"


def _type(name: str) -> Says:
    return lambda value: "" if value == [name] else f"is not [{name}]"


CLASSES: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "Achievement": (
        ("@context", "id", "type", "name", "description", "criteria"),
        {
            "@context": [_url],
            "id": _uri,
            "type": _type("Achievement"),
            "achievementType": _one_of("MicroCredential"),
            "name": _text,
            "description": _text,
            "humanCode": _text,
            "version": _text,
            "inLanguage": _like(LANGUAGE, "a language code"),
            "fieldOfStudy": _text,
            "criteria": "Criteria",
            "image": "Image",
            "creator": "Profile",
            "creditsAvailable": _number,
            "alignment": ["Alignment"],
            "resultDescription": ["ResultDescription"],
            "tag": [_text],
        },
    ),
    "Criteria": (("narrative",), {"narrative": _text}),
    "Image": (("id", "type"), {"id": _url, "type": _one_of("Image"), "caption": _text}),
    "Profile": (
        ("id", "type"),
        {"id": _uri, "type": _type("Profile"), "name": _text, "url": _url, "address": "Address"},
    ),
    "Address": (
        ("type",),
        {
            "type": _type("Address"),
            "addressCountry": _like(COUNTRY, "a country code of two capital letters"),
            "addressRegion": _text,
        },
    ),
    "Alignment": (
        ("type", "targetName", "targetUrl"),
        {
            "type": _type("Alignment"),
            "targetName": _text,
            "targetUrl": _url,
            "targetFramework": _text,
            "targetCode": _text,
            "targetType": _one_of(*TARGET_TYPES),
        },
    ),
    "ResultDescription": (
        ("id", "type", "name", "resultType"),
        {
            "id": _uri,
            "type": _type("ResultDescription"),
            "name": _text,
            "resultType": _one_of(*RESULT_TYPES),
            "valueMin": _like(NUMBER, "a number"),
            "valueMax": _like(NUMBER, "a number"),
            "requiredValue": _like(NUMBER, "a number"),
            "requiredLevel": _uri,
            "rubricCriterionLevel": ["RubricCriterionLevel"],
            "alignment": ["Alignment"],
        },
    ),
    "RubricCriterionLevel": (
        ("id", "type", "name"),
        {
            "id": _uri,
            "type": _type("RubricCriterionLevel"),
            "name": _text,
            "level": _like(NUMBER, "a number"),
            "points": _like(NUMBER, "a number"),
            "description": _text,
        },
    ),
}
"""By class: the fields it cannot do without, and how each of its fields is checked. A text names another class."""
