"""What the register of risks lacks: owners, actions, acceptances that hold, and one row a risk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mcplan.finding import Finding
from mcplan.known import Known, Row
from mcplan.maps.days import say_day
from mcplan.register import CLOSES_ITSELF, RISKS, is_over, is_unexplained, lacks, treatments, with_register
from mcplan.risk import Risk
from mcplan.risks import raised_by_rules
from questionnaire.model import GATES, Gate


def check_register(known: Known) -> Iterator[Finding]:
    """What does not hold (any longer): acceptances, closings, one row a risk; and high ones nobody looks after."""
    first, settled = treatments(known), _settled(known)
    for row in known.rows(RISKS):
        if row.id not in settled:
            yield from _settling(row, known)
            yield from _twice(row, first)
    for risk in with_register((), known):
        if risk.is_live and not risk.is_gap:
            yield from _treatment(risk, known)


def _settling(row: Row, known: Known) -> Iterator[Finding]:
    missing, until = lacks(row), row.day("accepted-until")
    # It stops the gate at which the risk bites, and none before.
    gate: Gate = next((each for each in GATES if each == row.pick("gate")), "G1")
    if is_over(row, known.today) and until:
        says = f"“{row.name}” was accepted until {say_day(until)}. Decide on it anew, or treat it."
        yield Finding("ACCEPTANCE-OVER", "error", says, gate, RISKS, row.id)
    elif missing:
        says = f"“{row.name}” is called accepted. Say {' and '.join(missing)}; until then it counts as open."
        yield Finding("ACCEPTANCE-INCOMPLETE", "warning", says, gate, RISKS, row.id)
    elif is_unexplained(row):
        says = f"“{row.name}” is an extreme risk and called closed. Say why it is over; until then it counts as open."
        yield Finding("CLOSURE-INCOMPLETE", "warning", says, gate, RISKS, row.id)


def _twice(row: Row, first: Mapping[str, Row]) -> Iterator[Finding]:
    # Of a rule's risk there is one; several own risks may well come from one finding.
    raised = row.text("raised")
    if raised.startswith(CLOSES_ITSELF) and first[raised].id != row.id:
        says = f"“{row.name}” stands in the register twice. The first row counts; put into it what is here."
        yield Finding("RISK-TWICE", "warning", says, "G1", RISKS, row.id)


def _treatment(risk: Risk, known: Known) -> Iterator[Finding]:
    if risk.band in ("Extreme", "High") and not (risk.owner and risk.action):
        wanted = " and ".join(name for name, has in (("an owner", risk.owner), ("an action", risk.action)) if not has)
        says = f"“{risk.event}” is a risk of the band {risk.band.lower()} and lacks {wanted}."
        yield Finding("RISK-UNTREATED", "warning", says, risk.gate, RISKS, risk.row_id)
    if known.today and risk.due and risk.due < known.today:
        ask = "Say what became of it" if risk.action else "Say what is done about it, and by when"
        what = "the action" if risk.action else "something"
        says = f"“{risk.event}”: {what} was due on {say_day(risk.due)}. {ask}."
        yield Finding("RISK-OVERDUE", "warning", says, risk.gate, RISKS, risk.row_id)


def _settled(known: Known) -> set[str]:
    """The rows about something that no rule raises any more; nothing is left to say of them."""
    of_rules = {row.id: row.text("raised") for row in known.rows(RISKS) if row.text("raised").startswith(CLOSES_ITSELF)}
    still = {risk.id for risk in raised_by_rules(known)} if of_rules else set()
    return {id for id, raised in of_rules.items() if raised not in still}
