"""What the register of risks lacks: owners, actions, and acceptances that hold."""

from __future__ import annotations

from collections.abc import Iterator

from mcplan.finding import Finding
from mcplan.known import Known
from mcplan.maps.days import say_day
from mcplan.register import RISKS, is_over, lacks, with_register


def check_register(known: Known) -> Iterator[Finding]:
    """Acceptances that do not hold or hold no longer, and high risks that nobody looks after."""
    for row in known.rows(RISKS):
        missing, until = lacks(row), row.day("accepted-until")
        if is_over(row, known.today) and until:
            says = f"“{row.name}” was accepted until {say_day(until)}. Decide on it anew, or treat it."
            yield Finding("ACCEPTANCE-OVER", "error", says, "G1", RISKS, row.id)
        elif missing:
            says = f"“{row.name}” is called accepted. Say {' and '.join(missing)}; until then it counts as open."
            yield Finding("ACCEPTANCE-INCOMPLETE", "warning", says, "G1", RISKS, row.id)
    for risk in with_register((), known):
        if not risk.is_live or risk.is_gap:
            continue
        if risk.band in ("Extreme", "High") and not (risk.owner and risk.action):
            wanted = " and ".join(
                name for name, has in (("an owner", risk.owner), ("an action", risk.action)) if not has
            )
            says = f"“{risk.event}” is a risk of the band {risk.band.lower()} and lacks {wanted}."
            yield Finding("RISK-UNTREATED", "warning", says, risk.gate, RISKS, risk.row_id)
        if known.today and risk.due and risk.due < known.today and risk.action:
            says = f"“{risk.event}”: the action was due on {say_day(risk.due)}. Say what became of it."
            yield Finding("RISK-OVERDUE", "warning", says, risk.gate, RISKS, risk.row_id)
