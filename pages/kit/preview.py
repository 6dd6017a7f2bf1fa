"""A dossier on the screen: the same blocks that become the Word file, chapter by chapter."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from mcplan.dossier.blocks import Block, Bullets, Callout, Heading, KeyFigures, KeyValues, Para, Table, Typed, Words
from pages.kit.words import lines, plain


def look_through(blocks: list[Block]) -> None:
    """Draw every chapter in a fold; what stands before the first is the cover."""
    for title, chapter in _chapters(blocks):
        with st.expander(plain(title)):
            for block in chapter:
                _draw(block)


def _chapters(blocks: list[Block]) -> Iterator[tuple[str, list[Block]]]:
    title, chapter = "Cover", list[Block]()
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            yield title, chapter
            title, chapter = block.text, []
        else:
            chapter.append(block)
    yield title, chapter


def _draw(block: Block) -> None:
    match block:
        case Callout(head=head, paragraphs=paragraphs, tone=tone):
            says = "\n\n".join([f"**{plain(head)}**", *map(_markdown, paragraphs)])
            (st.warning if tone == "warn" else st.info)(says)
        case KeyFigures(items=items):
            for column, figure in zip(st.columns(len(items)), items, strict=True):
                column.metric(figure.label, figure.value)
        case Table():
            _table(block)
        case _:
            # The frame, the contents and the picture belong to paper; the picture's numbers stand in a table.
            st.markdown(_text(block))


def _text(block: Block) -> str:
    match block:
        case Heading(text=text, level=level, code=code):
            return f"{'#' * (level + 2)} {plain(f'{code} {text}'.strip())}"
        case Para(words=words):
            return _markdown(words)
        case Typed(text=text):
            return lines(text)
        case Bullets(items=items, numbered=numbered):
            return "\n".join(f"{'1.' if numbered else '-'} {_markdown(item)}" for item in items)
        case KeyValues(items=facts):
            return "\n".join(f"- **{plain(name)}:** {_markdown(words)}" for name, words in facts)
        case _:
            return ""


def _table(table: Table) -> None:
    st.caption(plain(table.caption))
    titles = [plain(column.title) for column in table.columns]
    frame = pd.DataFrame([[_markdown(cell) for cell in row] for row in table.rows], columns=titles)
    st.table(frame, hide_index=True, border="horizontal", alt=table.says or table.caption)


def _markdown(words: Words) -> str:
    return "".join(f"**{plain(run.text)}**" if run.bold and run.text.strip() else plain(run.text) for run in words)
