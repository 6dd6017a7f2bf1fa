"""What the costing tells a board: a price below cost, a loss at low enrolment, money that nobody has promised."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mcplan.finance import remarks
from mcplan.finance.inputs import NotEnough, read_costing
from mcplan.finance.model import reckon
from mcplan.finance.remarks import Case, Remark
from mcplan.finance.whatif import scenarios
from mcplan.finding import Finding, Severity
from mcplan.known import Known


def check_money(known: Known) -> Iterator[Finding]:
    """What is wrong with the money; while too little is there to reckon with, only what cannot be right."""
    costing = read_costing(known)
    if isinstance(costing, NotEnough):
        for gap in costing.gaps:
            if known.has(gap.question_id):
                yield Finding("MONEY-UNCLEAR", "warning", gap.says, "G2", gap.question_id)
        return
    case = Case(costing, reckon(costing), scenarios(costing))
    for rule, severity, find in RULES:
        for remark in find(case):
            yield Finding(rule, severity, remark.says, "G2", remark.question_id)


RULES: tuple[tuple[str, Severity, Callable[[Case], Iterator[Remark]]], ...] = (
    ("PRICE-BELOW-COST", "warning", remarks.price_below_cost),
    ("LOSS-AT-LOW", "warning", remarks.loss_at_low),
    ("GRANT-UNCONFIRMED", "warning", remarks.hope),
    ("CAPACITY", "warning", remarks.too_many_cohorts),
    ("COHORT-TOO-SMALL", "note", remarks.too_few_learners),
    ("PAID-TOO-LATE", "note", remarks.paid_too_late),
)
"""The remarks that are findings too; the others stand on the finance screen alone."""
