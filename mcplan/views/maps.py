"""What the screens of maps share: signs, tables of words and signs, and the way to a question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mcplan.known import Known
from mcplan.maps.coverage import Coverage, Part
from mcplan.maps.topics import TOPICS
from mcplan.views.readiness import Pointer
from mcplan.views.verdict import Sign

COVERAGES: dict[Coverage, Sign] = {
    "covered": Sign("Covered", ":material/check_circle:", "green"),
    "thin": Sign("Thin", ":material/contrast:", "orange"),
    "missing": Sign("Missing", ":material/radio_button_unchecked:", "red"),
}
Cell = str | Sign


@dataclass(frozen=True)
class Table:
    """A table in finished words; a sign is shown as icon and word."""

    caption: str
    """What the table holds, for those who do not see it."""
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def point_to(known: Known, question_id: str, says: str = "", *, words: str = "") -> Pointer:
    """The way to a question, with what is to be said of it; no way if it is not asked at all.

    The link says what the question speaks of, or `words`: on a phone there is no room for the question itself.
    """
    if not known.questionnaire.has(question_id):
        return Pointer(says)
    question = known.questionnaire.question(question_id)
    phase = known.questionnaire.phase_of(question)
    topic = words or TOPICS.get(question_id, question.ask)
    # Questions of ours have no code but their id, which nobody reads.
    code = f"{question.sources[0]} " if question.sources else ""
    return Pointer(says, phase.id, question.id, f"{code}{capital(topic)}")


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
