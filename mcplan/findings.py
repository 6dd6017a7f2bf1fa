"""What rules say about a plan as a whole: errors, warnings and notes.

To add a rule, write one function here and name it in `RULES` at the foot of this file.
What hangs on one open question is no finding but a risk (`mcplan.risks`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from mcplan.plan import Plan
from questionnaire.model import ROLES, Gate, Questionnaire

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Finding:
    """Something a rule says about the plan."""

    rule: str
    severity: Severity
    says: str
    gate: Gate = "G1"
    """The first gate at which it matters."""
    question_id: str = ""
    """Where to mend it; empty if that is not at a question."""

    @property
    def is_blocker(self) -> bool:
        """True if it forbids its gate whatever the score."""
        return self.severity == "error"


Rule = Callable[[Questionnaire, Plan], Iterator[Finding]]


def find_findings(questionnaire: Questionnaire, plan: Plan) -> tuple[Finding, ...]:
    """Every finding, rule by rule."""
    return tuple(finding for rule in RULES for finding in rule(questionnaire, plan))


def unfilled_roles(questionnaire: Questionnaire, plan: Plan) -> Iterator[Finding]:
    """A design team has six seats (source: L2.5); an empty one is a gap the team should know of."""
    for role in plan.open_roles():
        yield Finding("ROLE-OPEN", "warning", f"Nobody fills the role of {ROLES[role].lower()}.")


def unfinished_not_applicable(questionnaire: Questionnaire, plan: Plan) -> Iterator[Finding]:
    """A team of a critical question that says "not applicable" should expect the board to ask why."""
    for question in questionnaire.questions():
        if question.is_critical and plan.answer(question).not_applicable.strip():
            says = f"The critical question {question.code} is declared not applicable."
            yield Finding("CRITICAL-NA", "note", says, question.gate, question.id)


RULES: tuple[Rule, ...] = (unfilled_roles, unfinished_not_applicable)
