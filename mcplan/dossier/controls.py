"""How the places of a dossier that can be edited and brought back are named.

A tag holds a question's id, `note` or `value` or a row and a column, with bars between them. Word takes 64 characters;
a longer one is cut and ends in letters worked out from the whole, so that the same place always has the same tag.
"""

from __future__ import annotations

from hashlib import sha256

from mcplan.dossier.blocks import Control
from mcplan.dossier.fingerprint import folded
from questionnaire.cells import ANSWERS
from questionnaire.model import Column, Question

MOST = 64
VALUE, NOTE = "value", "note"
NO_ANSWER = "Nobody has answered this yet. Write the answer here."
"""What stands where an answer may be written."""
PLACEHOLDERS = (NO_ANSWER, "Write the answer here.")
"""With what stood there in files of before."""


def of_value(question: Question, *, is_blank: bool = False) -> Control:
    """The place of an answer that is no table."""
    # Several picks are lines of their own, and what is picked with words of one's own is written.
    options = ANSWERS if question.kind == "yes or no" else question.options if question.kind == "choice" else {}
    picks = tuple(dict.fromkeys(label for label in options.values() if label.strip()))
    return Control(tag(question.id, VALUE), _title(f"{question.code} {question.ask}"), picks, is_blank)


def is_placeholder(text: str) -> bool:
    """True of what stands in a place in which nobody has written yet, whatever a program did to its looks."""
    return folded(text) in {folded(each) for each in PLACEHOLDERS}


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
