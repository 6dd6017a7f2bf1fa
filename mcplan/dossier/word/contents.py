"""The list of contents: a field whose entries are there already, so that Word asks nothing and shows nothing empty.

The entries carry no page numbers: only a word processor knows where its pages end, and a wrong
number is worse than none. Updating the field in Word adds nothing and breaks nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from mcplan.dossier.blocks import Heading, Run
from mcplan.dossier.word.text import set_run

_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{}" \\n \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def set_contents(entries: Sequence[tuple[str, Heading]], most: int = 2) -> str:
    """The field with a line for each heading.

    Args:
        entries: headings down to the level `most` in order, each with its bookmark.
        most: 1 or 2.
    """
    lines, chapter, section = [], 0, 0
    for bookmark, heading in entries:
        chapter, section = (chapter + 1, 0) if heading.level == 1 else (chapter, section + 1)
        number = f"{chapter}.{section}" if section else f"{chapter}"
        lines.append((heading.level, bookmark, f"{number}\t{heading.text}"))
    last = len(lines) - 1
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>{"" if place else _FIELD.format(most)}'
        f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{set_run(Run(text))}</w:hyperlink>'
        f"{'' if place < last else _END}</w:p>"
        for place, (level, bookmark, text) in enumerate(lines)
    )
