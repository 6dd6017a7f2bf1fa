"""People's words where Streamlit reads Markdown: shown as they were typed, and nothing is fetched."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&@])")


def plain(text: str) -> str:
    """`text` as Markdown that shows exactly these characters on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def clip(text: str, most: int = 160) -> str:
    """`text`, cut at a word with an ellipsis if it is longer than `most` characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def bullets(points: tuple[str, ...]) -> str:
    """The points as a Markdown list, each shown as it was typed."""
    return "\n".join(f"- {plain(point)}" for point in points)


def lines(text: str) -> str:
    """`text` of several lines as Markdown that shows exactly these characters on these lines."""
    return "  \n".join(plain(line) or "\u200b" for line in text.strip().split("\n"))
