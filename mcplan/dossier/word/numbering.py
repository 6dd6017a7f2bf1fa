"""The part `word/numbering.xml`: numbered headings, bullets, and what numbered lists look like."""

from __future__ import annotations

from collections.abc import Iterable

from mcplan.dossier.word.look import HEAD_WIDTH, TEAL
from mcplan.dossier.word.names import MAIN

DEEPEST = 8
"""The deepest level of a list that Word knows, from 0."""
BULLETS = 2
"""The number of the one list of bullets; that of headings is 1."""
FIRST_FREE = 3
"""The number of the first numbered list; each has one of its own, so that each starts anew."""
NUMBERS = 3
"""The definition that numbered lists share."""
STEP = 340
"""Twentieths of a point by which each level of a list is indented."""
_HEADINGS, _BULLETS = 1, 2


def numbering_part() -> str:
    """The part for a text without numbered lists."""
    return f"<w:numbering {MAIN}>{_DEFINITIONS}</w:numbering>"


def indent(depth: int) -> int:
    """Where the text of a list item starts at this depth, from 0, in twentieths of a point."""
    return STEP * (min(depth, DEEPEST) + 1)


def _level(
    level: int, form: str, text: str, extra: str = "", font: str = "", left: int = 0, hanging: int = STEP
) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left or indent(level)}" w:hanging="{hanging}"/></w:pPr>'
        f'<w:rPr>{font}<w:color w:val="{TEAL}"/></w:rPr></w:lvl>'
    )


def _definition(id: int, levels: Iterable[str]) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'
    )


_SYMBOL = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol" w:hint="default"/>'
_FORMS = ("decimal", "lowerLetter", "lowerRoman")
_DEFINITIONS = (
    _definition(
        _HEADINGS,
        (
            _level(0, "decimal", "%1", '<w:pStyle w:val="Heading1"/>', left=HEAD_WIDTH, hanging=HEAD_WIDTH),
            _level(1, "decimal", "%1.%2", '<w:pStyle w:val="Heading2"/>', left=HEAD_WIDTH, hanging=HEAD_WIDTH),
        ),
    )
    + _definition(_BULLETS, (_level(level, "bullet", "\uf0b7", font=_SYMBOL) for level in range(DEEPEST + 1)))
    + _definition(NUMBERS, (_level(level, _FORMS[level % 3], f"%{level + 1}.") for level in range(DEEPEST + 1)))
    + f'<w:num w:numId="1"><w:abstractNumId w:val="{_HEADINGS}"/></w:num>'
    + f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="{_BULLETS}"/></w:num>'
)
