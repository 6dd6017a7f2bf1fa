"""What rules say about a plan as a whole: errors, warnings and notes.

To add a rule, write one function here, or among the others of its subject in `mcplan/checks`, and
name it in `RULES` at the foot of this file. What hangs on one open question is no finding but a
risk (`mcplan.risks`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from mcplan.checks.actions import check_actions
from mcplan.checks.alignment import check_alignment
from mcplan.checks.assessing import check_assessing
from mcplan.checks.boards import check_boards
from mcplan.checks.credential import check_credential
from mcplan.checks.demand import check_demand
from mcplan.checks.duties import check_duties
from mcplan.checks.maps import check_maps
from mcplan.checks.money import check_money
from mcplan.checks.objectives import check_objectives
from mcplan.checks.pathway import check_pathway
from mcplan.checks.register import check_register
from mcplan.checks.tables import check_tables
from mcplan.finding import SEVERITIES, Finding
from mcplan.known import Known
from mcplan.plan import Plan
from questionnaire.model import ROLES, Questionnaire

Rule = Callable[[Known], Iterator[Finding]]


def find_findings(questionnaire: Questionnaire, plan: Plan, today: date | None = None) -> tuple[Finding, ...]:
    """Every finding, worst first, rule by rule among equals; what is late or over is found only with a day."""
    known = Known(questionnaire, plan, today)
    found = [finding for rule in RULES for finding in rule(known)]
    order = list(SEVERITIES)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def unfilled_roles(known: Known) -> Iterator[Finding]:
    """A design team has six seats (source: L2.5); an empty one is a gap the team should know of."""
    for role in known.plan.open_roles():
        yield Finding("ROLE-OPEN", "warning", f"Nobody fills the role of {ROLES[role].lower()}.")


def unfinished_not_applicable(known: Known) -> Iterator[Finding]:
    """A team of a critical question that says "not applicable" should expect the board to ask why."""
    for question in known.questionnaire.questions():
        if question.is_critical and known.plan.answer(question).not_applicable.strip():
            says = f"The critical question {question.code} is declared not applicable."
            yield Finding("CRITICAL-NA", "note", says, question.gate, question.id)


RULES: tuple[Rule, ...] = (
    unfilled_roles,
    unfinished_not_applicable,
    check_alignment,
    check_pathway,
    check_demand,
    check_credential,
    check_money,
    check_assessing,
    check_duties,
    check_boards,
    check_tables,
    check_objectives,
    check_maps,
    check_actions,
    check_register,
)
