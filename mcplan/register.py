"""The register of risks: the team's own, and what it does about those that rules raise (`register.risks`).

Source of the fields and bands: ISO 31000 practice. A rule raises a risk again and again until its cause is mended; the
row that names it only adds what people decide: how likely, how bad, who, what and by when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from mcplan.known import Known, Row
from mcplan.risk import Risk, Status, band_of
from questionnaire.model import CATEGORIES, GATES

RISKS = "register.risks"
CLOSES_ITSELF = ("GAP:", "UNOWNED:")
"""How the ids of risks begin that are over as soon as no rule raises them any more."""
UNJUDGED = 3
"""Likelihood and impact of a risk that nobody has judged yet: the middle, so that it is not overlooked."""


def with_register(raised: Iterable[Risk], known: Known) -> Iterator[Risk]:
    """The risks that rules raise, each with its row in the register, and the rows that stand for themselves.

    Where several rows name one risk, the first treats it; the others stand for themselves (`check_register` says so).
    """
    rows, still = known.rows(RISKS), set()
    treating = treatments(known)
    for risk in raised:
        still.add(risk.id)
        row = treating.get(risk.id)
        yield _treated(risk, row, known.today) if row else risk
    treated = {row.id for name, row in treating.items() if name in still}
    for row in rows:
        if row.id not in treated:
            yield _own(row, known.today, is_settled=row.text("raised") not in still)


def treatments(known: Known) -> dict[str, Row]:
    """The first row of the register that names it, by the id of a rule's risk."""
    return {row.text("raised"): row for row in reversed(known.rows(RISKS)) if row.text("raised")}


def acceptance_ends(known: Known) -> date | None:
    """The next day after which an acceptance ends; None if none that holds does."""
    holding = [row.day("accepted-until") for row in known.rows(RISKS) if _status(row, known.today) == "accepted"]
    return min((day for day in holding if day), default=None)


def lacks(row: Row) -> list[str]:
    """What an acceptance lacks to hold, in words; nothing if the risk is not called accepted."""
    if row.pick("status") != "accepted":
        return []
    has = {
        "who accepts it": row.text("accepted-by"),
        "why": row.text("accepted-why"),
        "until when": row.day("accepted-until"),
    }
    return [name for name, there in has.items() if not there]


def is_unexplained(row: Row) -> bool:
    """True if an extreme risk of the team's own is called closed and nobody has said why."""
    if row.pick("status") != "closed" or row.text("closed-why") or row.text("raised").startswith(CLOSES_ITSELF):
        return False
    return band_of(_step(row, "likelihood") or UNJUDGED, _step(row, "impact") or UNJUDGED) == "Extreme"


def is_over(row: Row, today: date | None) -> bool:
    """True if a risk was accepted until a day that has passed."""
    until = row.day("accepted-until")
    return row.pick("status") == "accepted" and until is not None and today is not None and until < today


def _status(row: Row, today: date | None) -> Status:
    picked = row.pick("status")
    if picked == "accepted":
        return "open" if lacks(row) or is_over(row, today) else "accepted"
    if is_unexplained(row):
        return "treating" if row.text("action") else "open"
    known: dict[str, Status] = {"treating": "treating", "closed": "closed"}
    return known.get(picked, "treating" if row.text("action") else "open")


def _treated(risk: Risk, row: Row, today: date | None) -> Risk:
    answer = _answer_to(row, today)
    if answer["status"] == "closed":
        # Its cause is still there: what a rule raises is over when the rule says so.
        answer["status"] = "treating" if answer["action"] else "open"
    return replace(
        risk,
        likelihood=_step(row, "likelihood") or risk.likelihood,
        impact=_step(row, "impact") or risk.impact,
        owner=row.text("owner") or risk.owner,
        **answer,
    )


def _own(row: Row, today: date | None, *, is_settled: bool) -> Risk:
    raised, category, gate = row.text("raised"), row.pick("category"), row.pick("gate")
    found = Risk(
        id=f"REG:{row.id}",
        rule=raised or "MANUAL",
        cause=_inside(row.text("cause")),
        event=row.name,
        consequence=_inside(row.text("consequence")),
        likelihood=_step(row, "likelihood") or UNJUDGED,
        impact=_step(row, "impact") or UNJUDGED,
        category=category if category in CATEGORIES else "operational",
        gate=next((each for each in GATES if each == gate), "G1"),
        question_id=RISKS,
        owner=row.text("owner"),
        **_answer_to(row, today),
    )
    if not raised.startswith(CLOSES_ITSELF):
        return found
    # What nobody raises any more is settled; its row and its history stay.
    return replace(found, status="closed" if is_settled else found.status, is_gap=True)


def _answer_to(row: Row, today: date | None) -> dict[str, Any]:
    return {
        "action": row.text("action"),
        "status": _status(row, today),
        "controls": row.text("controls"),
        "response": row.pick("response"),
        "due": row.day("due"),
        "likelihood_after": _step(row, "likelihood-after"),
        "impact_after": _step(row, "impact-after"),
        "accepted_by": row.text("accepted-by"),
        "accepted_why": row.text("accepted-why"),
        "accepted_until": row.day("accepted-until"),
        "row_id": row.id,
    }


def _step(row: Row, column: str) -> int:
    picked = row.pick(column)
    return int(picked) if picked in ("1", "2", "3", "4", "5") else 0


def _inside(words: str) -> str:
    """Words as they stand in the middle of a sentence."""
    return words.rstrip(".")
