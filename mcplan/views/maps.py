"""What the screens of maps share: signs, and the way to a question by what it speaks of."""

from __future__ import annotations

from collections.abc import Iterable

from mcplan.known import Known
from mcplan.maps.coverage import Coverage, Part
from mcplan.maps.topics import TOPICS
from mcplan.views import pointers
from mcplan.views.pointers import Pointer
from mcplan.views.verdict import Sign

COVERAGES: dict[Coverage, Sign] = {
    "covered": Sign("Covered", ":material/check_circle:", "green"),
    "thin": Sign("Thin", ":material/contrast:", "orange"),
    "missing": Sign("Missing", ":material/radio_button_unchecked:", "red"),
}


def point_to(known: Known, question_id: str, says: str = "", *, words: str = "") -> Pointer:
    """The way to a question, with what is to be said of it; no way if it is not asked at all.

    The link says what the question speaks of, or `words`: on a phone there is no room for the question itself.
    """
    asked = known.questionnaire
    if not asked.has(question_id):
        return Pointer(says)
    question = asked.question(question_id)
    topic = words or TOPICS.get(question_id, question.ask)
    code = f"{question.code} " if question.sources or question.fields else ""
    return pointers.point_to(asked, question_id, says, words=f"{code}{capital(topic)}")


def point_to_parts(known: Known, parts: Iterable[Part]) -> tuple[Pointer, ...]:
    """The way to each part that is not settled, with what it lacks."""
    return tuple(
        point_to(known, part.question_id, f"{capital(part.lacks)}.", words=part.speaks_of)
        for part in parts
        if not part.is_settled
    )


def capital(words: str) -> str:
    """The words with a capital at their head."""
    return words[:1].upper() + words[1:]
