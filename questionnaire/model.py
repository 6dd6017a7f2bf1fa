"""The questionnaire as frozen dataclasses: phases, sections and questions in walking order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import IntEnum
from functools import cached_property
from hashlib import sha256
from typing import Literal

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Value = Json
"""An answer's value as it is stored: plain JSON, shaped by the question's kind (`questionnaire.kinds`)."""

Gate = Literal["G1", "G2", "G3"]
GATES: dict[Gate, str] = {"G1": "Concept", "G2": "Design approval", "G3": "Launch"}
"""The decisions a plan passes, in order, with the names people use for them."""

ROLES: dict[str, str] = {
    "initiative-lead": "Initiative lead",
    "employer-lead": "Employer engagement lead",
    "subject-expert": "Subject matter expert",
    "learning-design": "Pedagogical and educational technology support",
    "visual-design": "Visual design support",
    "leadership-champion": "Leadership champion",
}
"""The six seats of a design team (source: L2.5); an unfilled one is a gap."""

CATEGORIES: dict[str, str] = {
    "academic": "Academic",
    "market": "Market",
    "financial": "Financial",
    "operational": "Operational",
    "technical": "Technical",
    "legal": "Legal and accessibility",
    "reputational": "Reputational",
    "people": "People",
}
"""What a risk touches first."""


class Stage(IntEnum):
    """How settled an answer is. The four steps are ordered; readiness gives each its credit."""

    BLANK = 0
    DRAFTED = 1
    AGREED = 2
    EVIDENCED = 3

    @property
    def word(self) -> str:
        """The word people read: Blank, Drafted, Agreed, Evidenced."""
        return self.name.capitalize()


@dataclass(frozen=True)
class OpenRisk:
    """What the plan risks while a question stays open, as clause fragments without capitals or full stops."""

    cause: str
    event: str
    consequence: str
    likelihood: int
    """1 (under 5 %) to 5 (over 80 %)."""
    impact: int
    """1 (a nuisance) to 5 (ends the initiative)."""
    category: str
    """A key of `CATEGORIES`."""


@dataclass(frozen=True)
class Condition:
    """Ask only if another question's pick is (or is not) one of `values`."""

    question_id: str
    values: frozenset[str]
    wanted: bool = True
    """True: one of `values` must be picked. False: none of them may be."""


@dataclass(frozen=True)
class Column:
    """One column of a table question."""

    id: str
    """Stable for ever and unique in its table: stored cells hang on it. `id` itself names the row."""
    label: str
    kind: str = "text"
    """A key of `questionnaire.cells.CELLS`."""
    required: bool = False
    """True if a row without it is unfinished."""
    options: dict[str, str] = field(default_factory=dict)
    """Option id to label, for the kinds choice and choices."""
    of: str = ""
    """The id of the table question whose rows are referred to, for the kinds row and rows."""
    unit: str = ""
    hint: str = ""
    """A few words that say what belongs here."""
    fixed: bool = False
    """True if its cells are given by the ready-made rows and only read by people."""


@dataclass(frozen=True)
class Question:
    """One thing the team has to settle, with the guidance that stands beside it."""

    id: str
    """Stable for ever and unique in the questionnaire: stored answers hang on it."""
    ask: str
    kind: str
    sources: tuple[str, ...] = ()
    """Codes of what it covers, such as P1.3d."""
    options: dict[str, str] = field(default_factory=dict)
    """Option id to label, in the order shown; the id `other` asks for words."""
    unit: str = ""
    why: str = ""
    good: tuple[str, ...] = ()
    """What a good answer holds, two to four points."""
    weak: str = ""
    strong: str = ""
    sent_back: str = ""
    """Why boards typically return this answer."""
    weight: int = 2
    """3 critical, 2 standard, 1 supporting."""
    gate: Gate = "G2"
    """The first gate at which it counts."""
    asked_stage: Stage = Stage.AGREED
    """The stage that gate asks for: drafted, agreed or evidenced."""
    minutes: int = 5
    """Minutes a team takes to draft it together."""
    note: str = ""
    """Label of the words beside a pick or number; empty for kinds that are words themselves."""
    risk: OpenRisk | None = None
    asked_when: Condition | None = None
    fields: tuple[str, ...] = ()
    """Numbers of the fields of approval boards that it answers, such as F15 (`mcplan.catalogue`)."""
    columns: tuple[Column, ...] = ()
    """Of a table, in the order shown; the first one names a row wherever rows are referred to."""
    ready: tuple[dict[str, Value], ...] = ()
    """Ready-made rows of a table, each with its `id` and the cells of the fixed columns."""
    least: int = 0
    """Rows without which a table is no more than drafted."""
    most: int = 500
    """Rows a table has room for."""
    example: dict[str, Value] = field(default_factory=dict)
    """A row as a good one reads, by column, in words."""

    @property
    def code(self) -> str:
        """The short name people use in the room and in the dossier: its first source or field, or a word of its id."""
        named = (*self.sources, *self.fields)
        return named[0] if named else self.id.rpartition(".")[2].replace("-", " ").capitalize()

    @property
    def is_critical(self) -> bool:
        """True if no gate may be passed while it is blank or unowned."""
        return self.weight == 3


@dataclass(frozen=True)
class Section:
    """A few questions that are best talked through together."""

    id: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Phase:
    """A phase of development: strategic planning, marketing, and so on."""

    id: str
    title: str
    purpose: str
    sections: tuple[Section, ...]
    bring: tuple[str, ...] = ()
    in_the_room: tuple[str, ...] = ()
    """Keys of `ROLES`."""
    numbered: bool = True
    """False for a block that stands beside the numbered phases, such as the facts kept before them."""
    walked: bool = True
    """False for a block that no team walks through, such as the register of risks: its tables are kept on screens of
    their own, ask for nothing, and so count in no sum."""

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Its questions in walking order."""
        return tuple(question for section in self.sections for question in section.questions)


@dataclass(frozen=True)
class Questionnaire:
    """All phases, in the order a team walks through them."""

    phases: tuple[Phase, ...]

    def questions(self) -> Iterator[Question]:
        """Every question, in walking order."""
        for phase in self.phases:
            yield from phase.questions

    def phase(self, phase_id: str) -> Phase:
        """The phase with this id; KeyError if there is none."""
        return self._phases[phase_id]

    def number_of(self, phase: Phase) -> int:
        """A phase's number in walking order, from 1; 0 for a block that stands beside the numbered phases."""
        return self.numbered.index(phase) + 1 if phase.numbered else 0

    def question(self, question_id: str) -> Question:
        """The question with this id; KeyError if there is none."""
        return self._questions[question_id]

    def phase_of(self, question: Question) -> Phase:
        """The phase a question stands in."""
        return self._phases[self._phase_ids[question.id]]

    def has(self, question_id: str) -> bool:
        """True if the questionnaire asks it."""
        return question_id in self._questions

    @cached_property
    def walked(self) -> tuple[Phase, ...]:
        """The phases and blocks that a team walks through: what is asked."""
        return tuple(phase for phase in self.phases if phase.walked)

    @cached_property
    def numbered(self) -> tuple[Phase, ...]:
        """The phases that are counted, without the blocks beside them."""
        return tuple(phase for phase in self.phases if phase.numbered)

    @cached_property
    def fingerprint(self) -> str:
        """The same in every process for the same content, and another one as soon as a word of it changes."""
        content = json.dumps(asdict(self), default=sorted)
        return sha256(content.encode()).hexdigest()[:32]

    @cached_property
    def _phases(self) -> dict[str, Phase]:
        return {phase.id: phase for phase in self.phases}

    @cached_property
    def _questions(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions()}

    @cached_property
    def _phase_ids(self) -> dict[str, str]:
        return {question.id: phase.id for phase in self.phases for question in phase.questions}
