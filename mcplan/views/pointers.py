"""Where to mend something: a sentence with the way to its question."""

from __future__ import annotations

from mcplan.views.readiness import Pointer
from questionnaire.model import Questionnaire


def point_to(questionnaire: Questionnaire, question_id: str, says: str = "") -> Pointer:
    """A sentence with the way to a question; without a way if the questionnaire does not ask it."""
    if not questionnaire.has(question_id):
        return Pointer(says)
    question = questionnaire.question(question_id)
    phase = questionnaire.phase_of(question)
    return Pointer(says, phase.id, question.id, f"{question.code} {question.ask}".strip())
