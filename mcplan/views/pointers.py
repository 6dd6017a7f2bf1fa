"""Where to mend something: a sentence with the way to its question."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.model import Questionnaire


@dataclass(frozen=True)
class Pointer:
    """Something to mend, with the question it leads to; no question if it is mended elsewhere."""

    says: str
    phase_id: str = ""
    question_id: str = ""
    question: str = ""
    """The question's code and words."""
    row_id: str = ""
    """The row of a table that it is about; empty if it is about none."""
    worth: str = ""
    """Points it would add, with a sign; empty for what carries no points."""


def point_to(questionnaire: Questionnaire, question_id: str, says: str = "", *, words: str = "") -> Pointer:
    """A sentence with the way to a question; without a way if the questionnaire does not ask it.

    The link says the question's code and words, or `words`.
    """
    if not questionnaire.has(question_id):
        return Pointer(says)
    question = questionnaire.question(question_id)
    phase = questionnaire.phase_of(question)
    return Pointer(says, phase.id, question.id, words or f"{question.code} {question.ask}")
