"""The one door for text that people type: what passes can be stored, searched, and set in Word.

SQLite, PostgreSQL and WordprocessingML refuse different characters (NUL, control characters,
lone surrogates, non-characters). Everything typed goes through `clean_text` once, on its way in.
"""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile("\r\n|\r|\x0b|\x0c|\x85|\u2028")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\ufeff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    # Explicit embeddings and overrides can reorder what a board reads; the isolates that scripts need
    # are added by the Word writer where the direction changes.
    + "\u202a-\u202e\u2066-\u2069]"
)
_ASCII_TO_CLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """`text` without what cannot be stored or printed; nothing that shows is lost.

    Every kind of line break becomes one newline (a paragraph separator becomes two). Split
    surrogate pairs are joined, lone ones become U+FFFD. Characters that show nothing and
    bidirectional overrides go. The result is in Unicode normal form C.
    """
    if text.isascii() and not _ASCII_TO_CLEAN.search(text):
        return text
    text = _BREAKS.sub("\n", text).replace("\u2029", "\n\n")
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def shorten(text: str, most: int) -> str:
    """`text` in one line, cut at a word and ended by an ellipsis if it has more than `most` characters."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    # A blank far to the front would cost too much of the text; then a word is cut.
    return (cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut).rstrip(" ,;:.") + "…"


def clean_json(value: object) -> object:
    """Plain JSON with every string in it cleaned, keys included."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [clean_json(each) for each in value]
    if isinstance(value, dict):
        return {clean_text(str(key)): clean_json(each) for key, each in value.items()}
    return value
