"""Light Markdown as people type it, read into passages; nothing that was typed is lost.

Read are paragraphs, line breaks, lists, quotes, bold, italic, code, and links that are safe to
follow. All else (headings, tables, images, raw HTML, reference definitions) stays as it was typed:
inside an answer it would vanish, break the order of headings, or load something from outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from mcplan.text import clean_text

Form = Literal["paragraph", "bullet", "number", "continued", "quote"]


@dataclass(frozen=True)
class Span:
    """A stretch of text that looks the same throughout; it may hold line breaks and tabs."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    """Where it leads, http, https or mailto; empty if nowhere."""


@dataclass(frozen=True)
class Passage:
    """A paragraph of an answer, or an item of a list."""

    spans: tuple[Span, ...]
    form: Form = "paragraph"
    """`continued` is a further paragraph of a list item."""
    depth: int = 0
    """How many lists stand around the list it belongs to."""
    list_id: int = 0
    """Items with the same one belong to the same list, counted from 1; 0 outside lists."""
    number: int = 0
    """The number of an item of a numbered list, as typed or counted on."""


def read_markdown(text: str) -> tuple[Passage, ...]:
    """The passages of `text` in order; none for an empty text."""
    # The same answers are exported again and again; only few have changed since the last time.
    return _read_again(text) if len(text) <= _LONG else _read(text)


def is_safe_link(address: str) -> bool:
    """True if a reader may be led there: a web or mail address, complete and without blanks."""
    return bool(_SAFE.fullmatch(address))


def forget() -> None:
    """Forget what was read before; only those who measure need to."""
    _read_again.cache_clear()


@lru_cache(maxsize=1_000)
def _read_again(text: str) -> tuple[Passage, ...]:
    return _read(text)


def _read(text: str) -> tuple[Passage, ...]:
    text = clean_text(text)
    if not _ANY_MARK.search(text):
        return _as_typed(text)
    tokens = _READER.parse(_shield(text))
    # The parser drops what is nested deeper than it follows; then the text stands as typed.
    if any(token.level > _DEEPEST - 10 for token in tokens):
        return _as_typed(text)
    return tuple(_Reading().passages(tokens))


class _Reading:
    """Where the reading stands: in which lists and quotes, and how many lists there were."""

    def __init__(self) -> None:
        self.lists: list[_List] = []
        self.quotes = 0
        self.count = 0

    def passages(self, tokens: Iterable[Token]) -> Iterator[Passage]:
        for token in tokens:
            if token.type == "inline":
                spans = tuple(_joined(_spans(token.children or ())))
                if spans:
                    yield self._passage(spans)
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                self.count += 1
                self.lists.append(_List(self.count, token.type == "ordered_list_open"))
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                self.lists.pop()
            elif token.type == "list_item_open":
                self._next_item(token.info)
            else:
                self.quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)

    def _next_item(self, typed: str) -> None:
        innermost = self.lists[-1]
        innermost.fresh = True
        if not innermost.numbered:
            return
        number = int(typed)
        # Whoever types 1. 1. 1. means 1 to 3; whoever jumps from 2 to 5 means 5.
        if innermost.number is not None and number not in (innermost.number + 1, innermost.typed):
            self.count += 1
            innermost.id, innermost.number = self.count, None
        innermost.number = number if innermost.number is None else innermost.number + 1
        innermost.typed = number

    def _passage(self, spans: tuple[Span, ...]) -> Passage:
        if not self.lists:
            return Passage(spans, "quote" if self.quotes else "paragraph")
        innermost, depth = self.lists[-1], len(self.lists) - 1
        if not innermost.fresh:
            return Passage(spans, "continued", depth)
        innermost.fresh = False
        form: Form = "number" if innermost.numbered else "bullet"
        return Passage(spans, form, depth, innermost.id, innermost.number or 0)


@dataclass
class _List:
    id: int
    numbered: bool
    fresh: bool = False
    number: int | None = None
    typed: int = -1


class _Reader(MarkdownIt):
    """Follows safe links only, and leaves their addresses as they were typed."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return is_safe_link(url)

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return _unshield(url)


def _spans(children: Iterable[Token]) -> Iterator[Span]:
    bold = italic = False
    link = title = ""
    for token in children:
        match token.type:
            case "text":
                yield Span(_tidy(_unshield(token.content)), bold, italic, False, link)
            case "strong_open" | "strong_close":
                bold = token.type == "strong_open"
            case "em_open" | "em_close":
                italic = token.type == "em_open"
            case "softbreak" | "hardbreak":
                yield Span("\n", bold, italic, False, link)
            case "link_open":
                link, title = str(token.attrGet("href")), _unshield(str(token.attrGet("title") or ""))
            case "link_close":
                link = ""
                yield Span(f" ({title})" if title else "", bold, italic)
            case _:
                yield Span(_tidy(_unshield(token.content)), bold, italic, token.type == "code_inline", link)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    looks = groupby((span for span in spans if span.text), lambda span: (span.bold, span.italic, span.code, span.link))
    for look, alike in looks:
        yield Span("".join([span.text for span in alike]), *look)


def _as_typed(text: str) -> tuple[Passage, ...]:
    paragraphs = (
        "\n".join(_tidy(line.strip(_MARGIN)) for line in each.split("\n")).strip() for each in _BLANK_LINES.split(text)
    )
    return tuple(Passage((Span(each),)) for each in paragraphs if each)


def _shield(text: str) -> str:
    """`text` with noncharacters where a mark means something else than Markdown takes it for.

    `clean_text` has taken all noncharacters out, so none can have been typed.
    """
    text = _LINE_ENDS.sub("", text)
    text = _TYPED_MARK.sub(lambda found: f"{found[1]}{found[2]}. " if found[2] else f"{found[1]}- ", text)
    text = _NUMBER.sub(_unless_item, text)
    if "*" in text:
        text = _PRODUCT.sub(lambda found: _STAR * len(found[0]), text)
    return _NO_LINK.sub(_BRACKET, text) if "[" in text else text


def _unless_item(found: re.Match[str]) -> str:
    """A year at the start of a line is no item of a list, nor is a number with nothing behind it."""
    ends = found.end() + 1 == len(found.string) or found.string[found.end() + 1] == "\n"
    return found[0] + _NOTHING if ends or len(found[0]) > 2 else found[0]


def _unshield(text: str) -> str:
    if text.isascii():
        return text
    return text.replace(_STAR, "*").replace(_BRACKET, "[").replace(_NOTHING, "")


def _tidy(text: str) -> str:
    return _BLANKS.sub(" ", text) if "  " in text or "\u00a0" in text else text


_DEEPEST = 100
_LONG = 10_000
_MARGIN = " \t"
_STAR, _BRACKET, _NOTHING = "\ufdd0", "\ufdd1", "\ufdd2"
_ANY_MARK = re.compile(r"[*_`\[>]|^[ \t]*(?:[-+•●◦·–]|\(?\d{1,9}[.)])(?:[ \t]|$)", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n[ \t]*\n")
_BLANKS = re.compile(" {2,}|[ \u00a0]{4,}")
_LINE_ENDS = re.compile(r"[ \t]+$", re.MULTILINE)
_TYPED_MARK = re.compile(r"^([ \t>]*)(?:[•●◦·–]|\((\d{1,2})\))[ \t]+(?=\S)", re.MULTILINE)
_NUMBER = re.compile(r"\d{1,9}(?=[.)](?:\s|$))")
# 2*3*4 is a sum; its stars would vanish as italics.
_PRODUCT = re.compile(r"(?<=\w)\*+(?=\w)")
# A bracket opens a link only if an address follows its words; pictures are none.
_NO_LINK = re.compile(r"(?<=!)\[|\[(?![^\[\]]{1,1000}\]\()")
_SAFE = re.compile(
    r"https?://[^\s<>\"\\^`{|}\[\]/?#@:]+(?::\d{1,5})?(?:[/?#][^\s<>\"\\^`{|}\[\]]*)?|mailto:[^\s<>\"\\@]+@[^\s<>\"\\@]+",
    re.IGNORECASE,
)
_READER = _Reader("zero", {"maxNesting": _DEEPEST}).enable(
    ["list", "blockquote", "emphasis", "backticks", "link", "newline"]
)
