"""What a dossier is written from, and what several of its chapters want to know about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal

from mcplan.dossier.records import ActionRow, ChangeRow, DecisionRow, FrozenVersion
from mcplan.dossier.saying import USUAL, Saying
from mcplan.dossier.state import state_of
from mcplan.finding import Finding
from mcplan.plan import Evidence, Member, Plan, asked_questions, counted_questions
from mcplan.readiness import GATE_ORDER, Readiness, Score
from mcplan.risk import Risk
from questionnaire.model import GATES, Gate, Question, Questionnaire

Paper = Literal["A4", "Letter"]
PAPERS: dict[Paper, str] = {"A4": "A4", "Letter": "US Letter"}


@dataclass(frozen=True)
class Shape:
    """How a dossier is laid out, and what it leaves out."""

    paper: Paper = "A4"
    habit: str = USUAL
    """How days and numbers are written; a key of `HABITS`."""
    look: str = ""
    """The id of the institution's template to set it with; empty for the look of mcplan."""
    left_out: frozenset[str] = frozenset()
    """The names of chapters, of those in `mcplan.dossier.sections.CHOICES`, that are not wanted."""


@dataclass(frozen=True)
class DossierInput:
    """A plan at one moment, with what follows from it; every number in the dossier comes from here."""

    questionnaire: Questionnaire
    plan: Plan
    readiness: Readiness
    """For the gate that the dossier asks a decision for."""
    risks: tuple[Risk, ...]
    """Worst first."""
    findings: tuple[Finding, ...]
    made_at: datetime
    """When the plan was as it is here: its last change. The file carries this time and no other."""
    chart: bytes | None = None
    """Readiness by phase as a PNG picture; None: the table says it alone."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """PNG pictures of what follows from the answers, by name (`mcplan.dossier.workings`); the tables say it too."""
    brief: bool = False
    """True: a short paper for the board, without the answers themselves."""
    shape: Shape = field(default_factory=Shape)
    version: FrozenVersion | None = None
    """What the dossier is made of; None: the plan as it is today, which makes it a draft."""
    decisions: tuple[DecisionRow, ...] = ()
    """Taken so far, the last one first."""
    actions: tuple[ActionRow, ...] = ()
    """In the order to do them."""
    changes: tuple[ChangeRow, ...] = ()
    """Since the version named in `since`."""
    since: str = ""
    """The name of the version before; empty if there is none."""

    @property
    def kind(self) -> str:
        """What the paper is called."""
        return "Board paper" if self.brief else "Planning dossier"

    @property
    def status(self) -> str:
        """What the copy is, in a few words: DRAFT with the revision of the plan, or the version."""
        return f"Version {self.version.name}" if self.version else f"DRAFT · Plan revision {self.plan.revision}"

    @cached_property
    def hash(self) -> str:
        """The SHA-256 of what the dossier is made of: that of the version, or of the plan as it is here."""
        return self.version.hash if self.version else state_of(self.plan)

    @cached_property
    def saying(self) -> Saying:
        """How days and numbers are written."""
        return Saying(self.shape.habit)

    @cached_property
    def risk_names(self) -> dict[str, str]:
        """The short name of each risk, R1 for the worst, by its id."""
        return {risk.id: f"R{number}" for number, risk in enumerate(self.risks, 1)}

    @property
    def whole(self) -> Score:
        """The score of the plan as a whole."""
        return self.readiness.whole

    @property
    def gate(self) -> str:
        """The name of the gate: Concept, Design approval, Launch."""
        return GATES[self.readiness.gate]

    @property
    def board(self) -> str:
        """Who decides, as a part of a sentence."""
        return self.plan.board.strip() or "the board"

    @cached_property
    def asked(self) -> frozenset[str]:
        """Ids of the questions that apply to this plan."""
        return frozenset(each.id for each in asked_questions(self.questionnaire, self.plan))

    @cached_property
    def open(self) -> tuple[Question, ...]:
        """The questions below the stage their gate asks for, in walking order, of all gates."""
        counted = counted_questions(self.questionnaire, self.plan)
        return tuple(each for each in counted if self.plan.stage(each) < each.asked_stage)

    @cached_property
    def open_ids(self) -> frozenset[str]:
        """Ids of the questions in `open`."""
        return frozenset(each.id for each in self.open)

    @cached_property
    def evidence(self) -> dict[Evidence, tuple[Question, ...]]:
        """Every evidence item with the questions that rest on it, in walking order."""
        found: dict[Evidence, tuple[Question, ...]] = {}
        for question in self.questionnaire.questions():
            for item in dict.fromkeys(self.plan.answer(question).evidence):
                found[item] = (*found.get(item, ()), question)
        return found

    @cached_property
    def evidence_numbers(self) -> dict[Evidence, int]:
        """The number of each evidence item in the register, from 1."""
        return {item: number for number, item in enumerate(self.evidence, 1)}

    @cached_property
    def gaps(self) -> dict[str, Risk]:
        """What each open question puts at risk, by the question's id."""
        return {risk.question_id: risk for risk in self.risks if risk.rule == "INFORMATION-GAP"}

    def is_due(self, gate: Gate) -> bool:
        """True if this gate is the one of the dossier or comes before it."""
        return GATE_ORDER.index(gate) <= GATE_ORDER.index(self.readiness.gate)

    def in_role(self, role: str) -> tuple[Member, ...]:
        """Who fills a role; empty if nobody does."""
        return tuple(member for member in self.plan.team if member.role == role and member.name.strip())
