"""Blocks set as a Word file. Everything that knows the file format stands in this folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from mcplan.dossier.blocks import Block
from mcplan.dossier.word.body import set_block
from mcplan.dossier.word.look import LANGUAGE
from mcplan.dossier.word.package import Properties, WordFile
from mcplan.dossier.word.setting import Setting

OFTEN = 50
"""Progress is told after so many blocks."""


def to_word(
    blocks: Sequence[Block],
    *,
    title: str,
    author: str,
    subject: str,
    made_at: datetime,
    language: str = LANGUAGE,
    paper: str = "A4",
    base: bytes | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> bytes:
    """The blocks as the bytes of a .docx file; the same blocks and words give the same bytes.

    Args:
        blocks: in reading order.
        title: of the document, for its properties, as are `author` and `subject`.
        author: who stands for the text.
        subject: what it is about.
        made_at: when; the file carries this time and no other.
        language: of the text, as a tag such as en-GB; passages in other scripts are marked as such.
        paper: A4 or Letter.
        base: a Word file with the styles, page, head and foot to use, as `mcplan.dossier.word.template` makes them
            fit; None for those of mcplan.
        on_progress: called now and then with the share done, from 0 to 1.
    """
    file = WordFile(base, paper)
    setting = Setting.of(blocks, file)
    body: list[str] = []
    for done, block in enumerate(blocks):
        if on_progress and done % OFTEN == 0:
            on_progress(0.9 * done / len(blocks))
        body.append(set_block(block, setting))
    made = file.pack("".join(body), Properties(title, author, subject, language, made_at))
    if on_progress:
        on_progress(1.0)
    return made
