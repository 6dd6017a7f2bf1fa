"""What a dossier is made of, free of any file format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["", "good", "warn", "bad", "quiet"]
"""How a word is coloured; a tone only ever repeats what a symbol and a word beside it say."""
Role = Literal["body", "lead", "meta", "label", "note", "evidence", "institution", "kind", "title", "subtitle"]
"""What a paragraph is for."""


@dataclass(frozen=True)
class Control:
    """A place in the file that can be found again: what stands in it may be edited and brought back."""

    tag: str
    """What it is for, as `mcplan.dossier.controls` writes it; at most 64 characters."""
    title: str
    """What people read on it."""
    picks: tuple[str, ...] = ()
    """What can be picked there; empty if anything can be written."""
    is_blank: bool = False
    """True if nothing is said yet: what stands there only tells people so, and is no answer."""


@dataclass(frozen=True)
class Run:
    """A stretch of text that looks the same throughout."""

    text: str
    tone: Tone = ""
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    """A web or mail address it leads to."""
    anchor: str = ""
    """A `Heading.anchor` or `Anchor` it leads to; plain text if the dossier has none of that name."""
    control: Control | None = None
    """What it can be found by again; None for what is not edited in the file."""


Words = tuple[Run, ...]


def words(*parts: str | Run) -> Words:
    """Runs of plain text and others, in order; empty texts are left out."""
    runs = (Run(part) if isinstance(part, str) else part for part in parts)
    return tuple(run for run in runs if run.text)


@dataclass(frozen=True)
class Frame:
    """The lines at the head and foot of every page but the first."""

    left: str
    right: str
    foot: str
    mark: str = ""
    """A word that stands out at the head of the page, such as DRAFT."""


@dataclass(frozen=True)
class Heading:
    """A heading. Level 1 opens a chapter, level 2 a section, level 3 a question; levels 1 and 2 are numbered."""

    text: str
    level: int = 1
    anchor: str = ""
    """A name that links lead to; empty if none does."""
    code: str = ""
    """A short name set before the text."""
    new_page: bool = True
    """False: a chapter that may follow on the same page."""


@dataclass(frozen=True)
class Para:
    """A paragraph."""

    words: Words
    role: Role = "body"
    with_next: bool = False
    """True: it never stands at the foot of a page, away from what follows."""


@dataclass(frozen=True)
class Typed:
    """What somebody typed: light Markdown, set whole."""

    text: str
    role: Role = "body"
    control: Control | None = None


@dataclass(frozen=True)
class Blank:
    """Where an answer may be written that nobody has given yet."""

    control: Control
    text: str
    """What stands there until somebody writes."""
    is_line: bool
    """True: one line. False: paragraphs and lists."""


@dataclass(frozen=True)
class Bullets:
    """A list of points; `numbered` if their order matters."""

    items: tuple[Words, ...]
    numbered: bool = False
    control: Control | None = None


@dataclass(frozen=True)
class Callout:
    """A few sentences that must not be overlooked."""

    head: str
    paragraphs: tuple[Words, ...]
    tone: Literal["calm", "warn"] = "calm"


@dataclass(frozen=True)
class KeyValues:
    """Short facts, each with its name."""

    items: tuple[tuple[str, Words], ...]


@dataclass(frozen=True)
class KeyFigure:
    """A number that stands for much."""

    label: str
    value: str
    note: str


@dataclass(frozen=True)
class KeyFigures:
    """Up to four numbers side by side."""

    items: tuple[KeyFigure, ...]
    says: str
    """What they are, for those who do not see them."""


@dataclass(frozen=True)
class Figure:
    """A picture."""

    png: bytes
    caption: str
    says: str
    """What it shows, in at most 300 characters, for those who do not see it."""
    share: float = 1
    """Of the width of the text."""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    title: str
    width: float
    """Its share of the width; the shares of a table may add up to anything."""
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a head; every row has as many cells as there are columns."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Words, ...], ...]
    says: str = ""
    """What it holds, for those who do not see it; the caption if empty."""
    anchors: tuple[str, ...] = ()
    """A name for each row that links lead to; may be shorter than `rows`."""
    writable: bool = False
    """True: rows leave room for handwriting."""


@dataclass(frozen=True)
class Turn:
    """From here on pages lie on their side (`wide`), or stand upright again."""

    wide: bool


@dataclass(frozen=True)
class Origin:
    """Which state of which plan the file is made from; it shows nowhere."""

    plan_id: str
    revision: int
    hash: str
    answers: tuple[tuple[str, int], ...]
    """Question id and revision of each answer in it."""


@dataclass(frozen=True)
class Contents:
    """The list of chapters and sections."""

    title: str
    deep: bool = True
    """False: chapters alone, on the page that is begun already."""


Block = (
    Frame
    | Heading
    | Para
    | Typed
    | Blank
    | Bullets
    | Callout
    | KeyValues
    | KeyFigures
    | Figure
    | Table
    | Turn
    | Origin
    | Contents
)
