"""Passages written as light Markdown again: what `mcplan.markdown` reads from it are the same passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from mcplan.markdown import Passage, Span, read_markdown

_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")


def write_markdown(passages: Sequence[Passage]) -> str:
    """Light Markdown that says what the passages say."""
    writing = _Writing()
    lines = [writing.passage(each) for each in passages]
    if not lines:
        return ""
    gaps = (_gap(before, after) for before, after in pairwise(passages))
    return lines[0] + "".join(gap + line for gap, line in zip(gaps, lines[1:], strict=True))


def rewrite_markdown(before: str, passages: Sequence[Passage]) -> str:
    """`before` changed to say what the passages say; blocks that say the same already stay as they were typed."""
    blocks = [block for block in _BLANK_LINES.split(before) if block.strip()]
    found = "\n\n".join(_kept_or_written(blocks, passages))
    # Blocks that stood apart may read otherwise side by side; then all of it is written anew.
    same = [_look(each) for each in read_markdown(found)] == [_look(each) for each in passages]
    return found if same else write_markdown(passages)


def _kept_or_written(blocks: Sequence[str], passages: Sequence[Passage]) -> Iterator[str]:
    read = [read_markdown(block) for block in blocks]
    old, new = [_look(each) for found in read for each in found], [_look(each) for each in passages]
    # Where each passage stood before, and which block begins there.
    matches = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    stood = {match.b + step: match.a + step for match in matches for step in range(match.size)}
    begins = {sum(map(len, read[:place])): place for place, found in enumerate(read) if found}
    at = written = 0
    while at < len(passages):
        block = begins.get(stood.get(at, -1), -1)
        size = len(read[block]) if block >= 0 else 0
        if size and all(stood.get(at + step) == stood[at] + step for step in range(size)):
            if written < at:
                yield write_markdown(passages[written:at])
            yield blocks[block]
            at = written = at + size
        else:
            at += 1
    if written < at:
        yield write_markdown(passages[written:at])


def _look(passage: Passage) -> tuple[str, int, tuple[Span, ...]]:
    return passage.form, passage.depth, passage.spans


class _Writing:
    """Where the writing stands: how far each level of lists is indented, and by which mark its items begin."""

    def __init__(self) -> None:
        self.indents: list[int] = [0]
        self.marks: dict[int, tuple[int, int]] = {}
        """List and turn of its mark, by depth: two lists of a kind, one after the other, need different marks."""

    def passage(self, passage: Passage) -> str:
        text = "".join(_span(span) for span in passage.spans)
        if passage.form in ("bullet", "number"):
            return self._item(passage, text)
        if passage.form == "continued":
            indent = self.indents[min(passage.depth + 1, len(self.indents) - 1)]
            return _hung(text, " " * indent, " " * indent)
        self.indents, self.marks = [0], {}
        return _hung(text, "> ", "> ") if passage.form == "quote" else text

    def _item(self, passage: Passage, text: str) -> str:
        depth = min(passage.depth, len(self.indents) - 1)
        known, turn = self.marks.get(depth, (passage.list_id, 0))
        turn = turn if known == passage.list_id else 1 - turn
        self.marks = {level: kept for level, kept in self.marks.items() if level < depth} | {
            depth: (passage.list_id, turn)
        }
        mark = f"{passage.number or 1}{'.)'[turn]} " if passage.form == "number" else f"{'-*'[turn]} "
        indent = self.indents[depth]
        self.indents = [*self.indents[: depth + 1], indent + len(mark)]
        return _hung(text, " " * indent + mark, " " * (indent + len(mark)))


def _gap(before: Passage, after: Passage) -> str:
    """Items of a list stand close together; everything else is kept apart by a blank line."""
    items = ("bullet", "number")
    is_close = before.form in (*items, "continued") and after.form in items
    return "\n" if is_close else "\n\n"


def _hung(text: str, first: str, further: str) -> str:
    return first + text.replace("\n", f"\n{further}")


def _span(span: Span) -> str:
    inner = span.text.strip()
    if not inner or not (span.bold or span.italic or span.code or span.link):
        return span.text
    before, _, after = span.text.partition(inner)
    if span.code:
        longest = max(map(len, re.findall("`+", inner)), default=0)
        fence = "`" * (longest + 1 if longest else 1)
        inner = f"{fence} {inner} {fence}" if longest else f"{fence}{inner}{fence}"
    if span.link:
        address = f"<{span.link}>" if "(" in span.link or ")" in span.link else span.link
        inner = f"[{inner}]({address})"
    if span.italic:
        inner = f"*{inner}*"
    if span.bold:
        inner = f"**{inner}**"
    return f"{before}{inner}{after}"
