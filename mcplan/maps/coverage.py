"""How well a plan covers something, by the answers that speak for it: covered, thin or missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from mcplan.known import Known
from mcplan.maps.topics import TOPICS
from mcplan.text import shorten
from questionnaire.kinds import kind_of
from questionnaire.model import Question, Stage
from questionnaire.tables import is_finished

Coverage = Literal["covered", "thin", "missing"]
MOST = 160
"""Characters of an answer that a map shows."""


@dataclass(frozen=True)
class Part:
    """One answer that speaks for something."""

    question_id: str
    speaks_of: str
    """What it speaks of, as a noun: the steps from a pass to the badge."""
    is_begun: bool
    lacks: str
    """What it needs before it counts as settled, as a clause: it has no owner. Empty if it is settled."""
    says: str
    """The answer in one line; empty if there is none."""

    @property
    def is_settled(self) -> bool:
        """True if it is at the stage that its gate asks for."""
        return not self.lacks


def coverage_of(parts: Sequence[Part]) -> Coverage:
    """Covered if every part is settled, missing if none is begun, thin in between. Of nothing, nothing is missing."""
    if all(part.is_settled for part in parts):
        return "covered"
    return "thin" if any(part.is_begun for part in parts) else "missing"


def look_at(known: Known, question_ids: Iterable[str]) -> tuple[Part, ...]:
    """The parts that these questions are; one that is not asked of the plan, or set aside, is left out."""
    return tuple(_part(known, known.questionnaire.question(id)) for id in question_ids if known.asks(id))


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence: one, two and three; empty for none."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _part(known: Known, question: Question) -> Part:
    stage = known.plan.stage(question)
    lacks = "" if stage >= question.asked_stage else _lacks(known, question, stage)
    return Part(question.id, TOPICS.get(question.id, question.ask), stage > Stage.BLANK, lacks, _says(known, question))


def _lacks(known: Known, question: Question, stage: Stage) -> str:
    answer = known.plan.answer(question)
    if stage is Stage.BLANK:
        return "nothing is written yet"
    if question.columns and not is_finished(question, answer.value):
        rows = len(known.rows(question.id))
        return f"{rows} of at least {question.least} rows" if rows < question.least else "a row is unfinished"
    if known.plan.owner(question) is None:
        return "it has no owner"
    if answer.stage < question.asked_stage:
        return f"it is {answer.stage.word.lower()}, and {question.asked_stage.word.lower()} is asked"
    return "it has no evidence yet"


def _says(known: Known, question: Question) -> str:
    if question.columns:
        return shorten("; ".join(row.name for row in known.rows(question.id)), MOST)
    answer = known.plan.answer(question)
    return "" if answer.value is None else shorten(kind_of(question).say(question, answer.value), MOST)
