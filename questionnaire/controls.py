"""The few ways an answer can be put in: a closed set, so that every screen can draw them all.

A kind of question (`questionnaire.kinds`) says which control it wants. The screens know
controls and never kinds, so a new kind costs the screens nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from questionnaire.model import Column, Value


@dataclass(frozen=True)
class OneLine:
    """One line of text; a `url` line gets the keyboard and checks for a link."""

    max_chars: int = 300
    purpose: Literal["text", "url"] = "text"


@dataclass(frozen=True)
class Paragraphs:
    """Several lines of text with light Markdown."""

    max_chars: int = 100_000


@dataclass(frozen=True)
class Pick:
    """One or several of a few named options; `options` maps the stored id to its label.

    The option id `other` opens a line for words.
    """

    options: dict[str, str]
    many: bool = False


@dataclass(frozen=True)
class Number:
    """A number in `unit`, at least `low`, and at most `high` where there is a most."""

    unit: str = ""
    low: float = 0
    high: float | None = None


@dataclass(frozen=True)
class Money:
    """An amount in one of `currencies` (ISO 4217), zero or more."""

    currencies: tuple[str, ...]


@dataclass(frozen=True)
class Day:
    """A calendar day."""


@dataclass(frozen=True)
class Grid:
    """Rows of typed cells; `ready` are the rows that stand there from the start, at most `most` in all."""

    columns: tuple[Column, ...]
    ready: tuple[dict[str, Value], ...]
    most: int


Control = OneLine | Paragraphs | Pick | Number | Money | Day | Grid
