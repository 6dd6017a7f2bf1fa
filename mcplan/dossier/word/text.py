"""Text as WordprocessingML: runs, directions of writing, scripts, and the escape that everything passes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mcplan.dossier.blocks import Run
from mcplan.text import clean_text

CHARACTER_STYLES = {"good": "StatusGood", "warn": "StatusWarn", "bad": "StatusBad", "quiet": "Quiet"}


def escaped(text: str) -> str:
    """`text` as it may stand in XML, between tags or in an attribute."""
    text = clean_text(text)
    return text.translate(_ESCAPES) if _TO_ESCAPE.search(text) else text


def is_rtl(text: str) -> bool:
    """True if the first letter is of a script written from right to left."""
    if text.isascii():
        return False
    first = _LETTER.search(text)
    return bool(first and _RTL.match(first.group()))


def set_run(run: Run, *, rtl: bool = False, style: str = "") -> str:
    """A run as one or more `w:r`, split where the direction of writing changes.

    Args:
        run: what to set; line breaks and tabs in it are kept.
        rtl: True inside a paragraph that runs from right to left.
        style: the id of a character style; that of the run's tone or code if empty.
    """
    style = style or ("InlineCode" if run.code else CHARACTER_STYLES.get(run.tone, ""))
    text = clean_text(run.text)
    if text.isascii() and not rtl:
        return f"<w:r>{_properties(style, run.bold, run.italic, False, '')}{_content(text)}</w:r>"
    return "".join(
        f"<w:r>{_properties(style, run.bold, run.italic, is_right, _script(part))}{_content(part)}</w:r>"
        for part, is_right in _directions(text, rtl)
    )


@cache
def _properties(style: str, bold: bool, italic: bool, rtl: bool, script: str) -> str:
    # The order of the elements is fixed by the schema.
    inside = (
        (f'<w:rStyle w:val="{style}"/>' if style else "")
        + (f'<w:rFonts w:eastAsia="{_EAST_ASIAN[script]}" w:hint="eastAsia"/>' if script else "")
        + ("<w:b/><w:bCs/>" if bold else "")
        + ("<w:i/><w:iCs/>" if italic else "")
        + ("<w:rtl/>" if rtl else "")
        + (f'<w:lang w:eastAsia="{script}"/>' if script else "")
    )
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def _content(text: str) -> str:
    if "\n" not in text and "\t" not in text:
        return _letters(text)
    return "".join(_BREAKS.get(part) or _letters(part) for part in _BREAK.split(text) if part)


def _letters(text: str) -> str:
    return f'<w:t xml:space="preserve">{text.translate(_ESCAPES) if _TO_ESCAPE.search(text) else text}</w:t>'


def _directions(text: str, rtl: bool) -> Iterator[tuple[str, bool]]:
    """Stretches of one direction; what has none of its own goes with the paragraph, or with letters on both sides."""
    stretch, at = (_LTR_STRETCH if rtl else _RTL_STRETCH), 0
    for found in stretch.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], rtl
        yield found.group(), not rtl
        at = found.end()
    if at < len(text):
        yield text[at:], rtl


def _script(text: str) -> str:
    """The language whose font shows the East Asian letters in `text`; empty if it holds none."""
    if text.isascii() or not _EAST.search(text):
        return ""
    if _HANGUL.search(text):
        return "ko-KR"
    return "ja-JP" if _KANA.search(text) else "zh-CN"


_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;"}
_TO_ESCAPE = re.compile('[&<>"]')
_BREAK = re.compile(r"([\n\t])")
_BREAKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}
_EAST_ASIAN = {"ja-JP": "Yu Gothic", "ko-KR": "Malgun Gothic", "zh-CN": "Microsoft YaHei"}

_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RTL = re.compile(f"[{_RIGHT}]")
_LETTER = re.compile(r"[^\W\d_]")
_RTL_STRETCH = re.compile(f"[{_RIGHT}]+(?:[^{_RIGHT}A-Za-z\u00c0-\u058f]+[{_RIGHT}]+)*")
_LTR_STRETCH = re.compile(f"[A-Za-z\u00c0-\u058f](?:[^{_RIGHT}\n\t]*[A-Za-z0-9\u00c0-\u058f])?")
_EAST = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7ff]")
_KANA = re.compile("[\u3040-\u30ff]")
