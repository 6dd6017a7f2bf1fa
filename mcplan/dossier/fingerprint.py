"""What an editable place of a dossier said when the file was made, as a few letters that the file keeps.

Word changes what nobody edited: straight quotes into curly ones, blanks into fixed ones. That makes no difference here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from itertools import groupby

from mcplan.markdown import Passage, Span

LETTERS = 12
_FOLDS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛‹›′", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u202f\u2007\t", " "),
        "…": "...",
        "\u00ad": None,
        "\u200b": None,
    }
)


def folded(text: str) -> str:
    """`text` without what Word changes by itself."""
    lines = (" ".join(line.split()) for line in text.translate(_FOLDS).split("\n"))
    return "\n".join(lines).strip()


def of_text(text: str) -> str:
    """The letters for a line of a table, or an answer of one line."""
    return _letters(folded(text))


def of_passages(passages: Sequence[Passage]) -> str:
    """The letters for an answer of paragraphs, lists and quotes."""
    return _letters(json.dumps([_plain(passage) for passage in passages], ensure_ascii=False))


def _plain(passage: Passage) -> list[object]:
    looks = groupby(passage.spans, lambda span: (span.bold, span.italic, span.code and not span.link, span.link))
    spans = [(folded("".join(span.text for span in alike)), *look) for look, alike in looks]
    return [passage.form, passage.depth, [span for span in spans if span[0]]]


def _letters(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LETTERS]


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbours that look the same as one."""
    looks = groupby(spans, lambda span: (span.bold, span.italic, span.code, span.link))
    found = (Span("".join(span.text for span in alike), *look) for look, alike in looks)
    return tuple(span for span in found if span.text)
