"""Light Markdown as people type it, read into passages; nothing that was typed is lost.

Read are paragraphs, line breaks, lists, quotes, bold, italic, code, and links that are safe to
follow. All else (headings, tables, images, raw HTML, reference definitions) stays as it was typed:
inside an answer it would vanish, break the order of headings, or load something from outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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
    text = clean_text(text)
    if not _ANY_MARK.search(text):
        return _as_typed(text)
    tokens = _READER.parse(_shield(text))
    # The parser drops what is nested deeper than it follows; then the text stands as typed.
    if any(token.level > _DEEPEST - 10 for token in tokens):
        return _as_typed(text)
    return tuple(_Reading().passages(tokens))


def is_safe_link(address: str) -> bool:
    """True if a reader may be led there: a web or mail address, complete and without blanks."""
    return bool(_SAFE.fullmatch(address))


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
    look, title = Span(""), ""
    for token in children:
        match token.type:
            case "strong_open" | "strong_close":
                look = replace(look, bold=token.type == "strong_open")
            case "em_open" | "em_close":
                look = replace(look, italic=token.type == "em_open")
            case "link_open":
                look, title = (
                    replace(look, link=str(token.attrGet("href"))),
                    _unshield(str(token.attrGet("title") or "")),
                )
            case "link_close":
                look = replace(look, link="")
                yield replace(look, text=f" ({title})" if title else "")
            case "softbreak" | "hardbreak":
                yield replace(look, text="\n")
            case _:
                yield replace(look, text=_tidy(_unshield(token.content)), code=token.type == "code_inline")


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    last: Span | None = None
    for span in spans:
        if last is not None and replace(span, text=last.text) == last:
            last = replace(last, text=last.text + span.text)
            continue
        if last is not None and last.text:
            yield last
        last = span
    if last is not None and last.text:
        yield last


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
    text = _TYPED_BULLET.sub(r"\1- ", text)
    text = _TYPED_NUMBER.sub(r"\1\2. ", text)
    text = _NO_ITEM.sub(lambda found: found.group() + _NOTHING, text)
    text = _PRODUCT.sub(lambda found: _STAR * len(found.group()), text)
    return _NO_LINK.sub(_BRACKET, text)


def _unshield(text: str) -> str:
    return text.replace(_STAR, "*").replace(_BRACKET, "[").replace(_NOTHING, "")


def _tidy(text: str) -> str:
    return _BLANKS.sub(" ", text)


_DEEPEST = 100
_MARGIN = " \t"
_STAR, _BRACKET, _NOTHING = "\ufdd0", "\ufdd1", "\ufdd2"
_ANY_MARK = re.compile(r"[*_`\[>]|^[ \t]*(?:[-+•●◦·–]|\(?\d{1,9}[.)])(?:[ \t]|$)", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n[ \t]*\n")
_BLANKS = re.compile(" {2,}|[ \u00a0]{4,}")
_LINE_ENDS = re.compile(r"[ \t]+$", re.MULTILINE)
_TYPED_BULLET = re.compile(r"^([ \t>]*)[•●◦·–][ \t]+(?=\S)", re.MULTILINE)
_TYPED_NUMBER = re.compile(r"^([ \t>]*)\((\d{1,2})\)[ \t]+(?=\S)", re.MULTILINE)
# A year at the start of a line is no item of a list, nor is a number with nothing behind it.
_NO_ITEM = re.compile(r"(?<![^\s>])(?:\d{3,9}(?=[.)](?:\s|$))|\d{1,2}(?=[.)][ \t]*$))", re.MULTILINE)
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
