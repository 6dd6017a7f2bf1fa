"""People's words inside Markdown: shown as they were typed, never read as markup or HTML."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*_\[\]<>&~|])")
_OPENING = re.compile(r"^(?:[#+=-]|\d{1,9}[.)])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def escape(text: str) -> str:
    """`text` on one line, as Markdown that shows exactly its words; as few marks as that takes.

    Who reads the narrative without a reader of Markdown should still be able to read it.
    """
    line = _MARKS.sub(r"\\\1", " ".join(text.split()))
    # What would open a heading or a list does so at the head of a line only.
    found = _OPENING.match(line)
    return f"{line[: found.end() - 1]}\\{line[found.end() - 1 :]}" if found else line


def unescape(markdown: str) -> str:
    """The words of a text that `escape` wrote."""
    return _ESCAPED.sub(r"\1", markdown)
