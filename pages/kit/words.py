"""People's words where Streamlit reads Markdown: shown as they were typed, and nothing is fetched."""

from __future__ import annotations

import re

_SPECIAL = re.compile(
    # What Streamlit makes something of even behind a backslash: e-mail and web addresses, names of emoji, arrows.
    r"(?P<apart>(?<=[\w.+-])@(?=[\w-])|(?i:(?<=http)|(?<=https)):(?=//)|(?i:(?<=www))\."
    r"|:(?=[\w+-]+:)|(?<=[-<])[->]|(?<=[<>~])=|(?<=<)-)"
    r"|(?P<special>[\\`*_{}\[\]()#+\-.!|~<>$:&@])"
)


def plain(text: str) -> str:
    """`text` as Markdown that shows exactly these characters on one line, and makes no links of them."""
    return _SPECIAL.sub(_as_it_is, " ".join(text.split()))


def _as_it_is(found: re.Match[str]) -> str:
    # A colour without a colour: it changes nothing that is seen or copied, and no pattern reaches across it.
    return f":color[\\{found[0]}]" if found["apart"] else f"\\{found[0]}"


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
