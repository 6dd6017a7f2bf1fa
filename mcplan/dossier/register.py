"""The risk register, on pages that lie on their side: every risk, what is done about it, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from mcplan.dossier.blocks import Block, Column, Heading, Para, Run, Table, Turn, Words, words
from mcplan.dossier.given import DossierInput
from mcplan.dossier.phrases import band_mark, to_question
from mcplan.numbers import count
from mcplan.risk import Risk
from questionnaire.model import CATEGORIES, GATES

STATES = {"open": "Open", "treating": "Being treated", "accepted": "Accepted", "closed": "Closed"}


def risk_register(given: DossierInput) -> Iterator[Block]:
    """All risks of all gates, worst first, each with a name that others refer to."""
    if not given.risks:
        yield Heading("Risk register", anchor="risk-register")
        yield Para(words("No risk is flagged."))
        return
    yield Turn(wide=True)
    yield Heading("Risk register", anchor="risk-register")
    later = sum(not given.is_due(risk.gate) for risk in given.risks)
    said = (
        f"{count(len(given.risks), 'risk').capitalize()}, worst first; {later or 'none'} of them only at a later gate."
    )
    yield Para(words(said), with_next=True)
    columns = (
        Column("Risk", 11), Column("Band", 23), Column("L", 6, True), Column("I", 6, True), Column("Category", 22),
        Column("What may happen, and why", 102), Column("Treatment", 34), Column("Owner", 24), Column("Gate", 18),
        Column("Question", 22),
    )  # fmt: skip
    says = "For each risk: its name, band, likelihood L and impact I from 1 to 5, category, what may happen, treatment."
    anchors = tuple(f"risk-{risk.id}" for risk in given.risks)
    yield Table("Risk register", columns, tuple(_row(given, risk) for risk in given.risks), says, anchors)
    yield Turn(wide=False)


def _row(given: DossierInput, risk: Risk) -> tuple[Words, ...]:
    known = given.questionnaire.has(risk.question_id)
    return (
        words(Run(given.risk_names[risk.id], bold=True)),
        words(band_mark(risk.band)),
        words(str(risk.likelihood)),
        words(str(risk.impact)),
        words(CATEGORIES.get(risk.category, risk.category)),
        words(risk.sentence),
        words(_treatment(given, risk)),
        words(risk.owner) if risk.owner.strip() else words(Run("No owner", tone="warn")),
        words(GATES[risk.gate]),
        words(to_question(given.questionnaire.question(risk.question_id)) if known else "–"),
    )


def _treatment(given: DossierInput, risk: Risk) -> str:
    """What is done about it, by when, and what is left then."""
    if not risk.row_id and not risk.action:
        return "Closes with its answer" if risk.is_gap else STATES[risk.status]
    due = f" By {given.saying.day(risk.due)}." if risk.due else ""
    left = f" Then {risk.after[0]} by {risk.after[1]}." if risk.likelihood_after or risk.impact_after else ""
    until = given.saying.day(risk.accepted_until) if risk.accepted_until else ""
    held = f" By {risk.accepted_by} until {until}: {risk.accepted_why}." if risk.status == "accepted" else ""
    return f"{STATES[risk.status]}. {risk.action}{due}{left}{held}".strip()
