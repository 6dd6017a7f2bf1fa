"""How the places of a dossier that can be edited and brought back are named.

A tag holds a question's id, `note` or `value` or a row and a column, with bars between them. Word takes 64 characters;
a longer one is cut and ends in letters worked out from the whole, so that the same place always has the same tag.
"""

from __future__ import annotations

from hashlib import sha256

from mcplan.dossier.blocks import Control
from questionnaire.model import Column, Question

MOST = 64
VALUE, NOTE = "value", "note"


def of_value(question: Question) -> Control:
    """The place of an answer that is one text."""
    return Control(tag(question.id, VALUE), _title(f"{question.code} {question.ask}"))


def of_note(question: Question) -> Control:
    """The place of the words beside a pick or number."""
    return Control(tag(question.id, NOTE), _title(f"{question.code} note: {question.note or question.ask}"))


def of_cell(question: Question, row_id: str, column: Column) -> Control:
    """The place of a cell of a table."""
    return Control(tag(question.id, row_id, column.id), _title(f"{question.code} {column.label}"))


def tag(*parts: str) -> str:
    """The name of a place."""
    whole = "|".join(parts)
    if len(whole) <= MOST:
        return whole
    return f"{whole[: MOST - 17]}~{sha256(whole.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _title(text: str) -> str:
    return text if len(text) <= MOST else f"{text[: MOST - 1]}…"
