"""JSON that somebody else may have written, read without giving it the benefit of any doubt."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from mcplan.handed_in import FileRefused
from mcplan.text import clean_json

MOST_BRACKETS = 300_000
"""Objects and lists in one part: each costs a few hundred bytes once it is read."""
MOST_COMMAS = 2_000_000


def read_json(content: bytes, part: str) -> Any:
    """What a part says, with every text in it cleaned.

    Args:
        content: the part.
        part: its name, for the sentence of a refusal.

    Raises:
        FileRefused: it is not UTF-8 or not JSON, holds a key twice, a number that is none, or more than fits.
    """
    if content.count(b"{") + content.count(b"[") > MOST_BRACKETS or content.count(b",") > MOST_COMMAS:
        raise FileRefused(f"{part} holds more entries than mcplan takes in.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileRefused(f"{part} is not written in UTF-8 (byte {error.start + 1}).") from error
    if text.startswith("\ufeff") or "\0" in text:
        raise FileRefused(f"{part} is not written in plain UTF-8.")
    return _parsed(text, part)


def _parsed(text: str, part: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise FileRefused(f"{part} says “{twice[:60]}” twice in one place.")
        return found

    def no_number(word: str) -> NoReturn:
        raise FileRefused(f"{part} holds {word[:20]}, which is no number.")

    def number(digits: str) -> float:
        found = float(digits)
        return found if math.isfinite(found) else no_number(digits)

    def whole(digits: str) -> int:
        return int(digits) if len(digits) <= MOST_DIGITS else no_number(digits)

    reader = json.JSONDecoder(object_pairs_hook=once, parse_constant=no_number, parse_float=number, parse_int=whole)
    try:
        return clean_json(reader.decode(text))
    except json.JSONDecodeError as error:
        raise FileRefused(
            f"{part} is not JSON: it breaks off or goes wrong at line {error.lineno}, column {error.colno}."
        ) from error
    except RecursionError as error:
        raise FileRefused(f"{part} is nested deeper than anything mcplan writes.") from error


MOST_DIGITS = 18
