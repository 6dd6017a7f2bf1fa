"""The published schema of a format, and what is wrong with a part by it, in a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from mcplan.handed_in import FileRefused, place

FORMATS = (1, 2)
"""Every format that was ever written, the newest last: all of them are read."""


def refuse_misshapen(part: str, content: Any, shape: str, version: int) -> None:
    """Refuse a part that is not as the schema of its format says.

    Args:
        part: its name, for the sentence of a refusal.
        content: what it says.
        shape: a name under `$defs` of the schema.
        version: the format, one of `FORMATS`.

    Raises:
        FileRefused: something in it is missing, unknown, or of another type.
    """
    error = next(_validator(version, shape).iter_errors(content), None)
    if error:
        raise FileRefused(f"{place(part, _deepest(error).absolute_path)}: {_in_words(_deepest(error))}.")


def is_shaped(content: Any, shape: str) -> bool:
    """True if something is as the newest schema says."""
    return _validator(FORMATS[-1], shape).is_valid(content)


def schema_text(version: int) -> str:
    """The JSON Schema of a format, as it is published."""
    return (files("mcplan.bundle") / f"schema-{version}.json").read_text(encoding="utf-8")


@lru_cache
def _validator(version: int, shape: str) -> Draft202012Validator:
    definitions = json.loads(schema_text(version))["$defs"]
    return Draft202012Validator(_whole(definitions[shape], definitions))


def _whole(schema: Any, definitions: dict[str, Any]) -> Any:
    """A schema with what it refers to written into it: to look that up anew for each entry takes half of the time."""
    if isinstance(schema, list):
        return [_whole(each, definitions) for each in schema]
    if not isinstance(schema, dict):
        return schema
    named = schema.get("$ref")
    meant = _whole(definitions[named.rpartition("/")[2]], definitions) if isinstance(named, str) else {}
    return meant | {name: _whole(each, definitions) for name, each in schema.items() if name != "$ref"}


def _deepest(error: ValidationError) -> ValidationError:
    # Where one of several shapes is allowed, the complaint about the nearest one says most.
    inner = max(error.context or (), key=lambda each: len(each.absolute_path), default=None)
    return _deepest(inner) if inner and len(inner.absolute_path) > len(error.absolute_path) else error


def _in_words(error: ValidationError) -> str:
    say = WORDS.get(str(error.validator))
    return say(error) if say else "this is not what belongs here"


def _unknown(error: ValidationError) -> str:
    known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
    extra = sorted(set(error.instance) - set(known)) if isinstance(error.instance, dict) else []
    return f"mcplan knows no “{extra[0][:60]}” here" if extra else "there is more here than mcplan knows"


def _missing(error: ValidationError) -> str:
    given = error.instance if isinstance(error.instance, dict) else {}
    absent = [name for name in _listed(error) if name not in given]
    return f"“{absent[0]}” is missing" if absent else "something is missing"


def _listed(error: ValidationError) -> list[str]:
    listed = error.validator_value
    return [str(each) for each in listed] if isinstance(listed, list) else []


TYPES = {"string": "text", "integer": "a whole number", "number": "a number", "array": "a list", "object": "an object"}
WORDS: dict[str, Callable[[ValidationError], str]] = {
    "additionalProperties": _unknown,
    "unevaluatedProperties": _unknown,
    "required": _missing,
    "type": lambda error: f"{TYPES.get(str(error.validator_value), 'something else')} belongs here",
    "dependentRequired": lambda _: "a part of this value is missing",
    "minProperties": lambda _: "this value is empty",
    "maxProperties": lambda _: "there is more here than belongs together",
    "maxLength": lambda error: f"this text has more than {error.validator_value:,} characters",
    "minLength": lambda _: "there has to be some text here",
    "maxItems": lambda error: f"there are more than {error.validator_value:,} entries",
    "enum": lambda error: f"one of {', '.join(_listed(error))} belongs here",
    "const": lambda error: f"{error.validator_value} belongs here",
    "minimum": lambda error: f"this is less than {error.validator_value}",
    "maximum": lambda error: f"this is more than {error.validator_value:,}",
}
"""What people read, by the rule of JSON Schema that was broken."""
