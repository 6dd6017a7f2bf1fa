"""What a dossier is written from, and what several of its chapters want to know about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from mcplan.finding import Finding
from mcplan.plan import Evidence, Member, Plan, asked_questions, counted_questions
from mcplan.readiness import GATE_ORDER, Readiness, Score
from mcplan.risks import Risk
from questionnaire.model import GATES, Gate, Question, Questionnaire


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

    @property
    def kind(self) -> str:
        """What the paper is called."""
        return "Planning dossier in brief" if self.brief else "Planning dossier"

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
