"""What a plan says of itself in whole sentences, one for each thing a reader asks; empty where it is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sized
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from mcplan.badge.criteria import pass_rule
from mcplan.badge.wording import MODES, TYPES, joined, level, quantity, sentence
from mcplan.checks.course import Course, read_course
from mcplan.checks.demand import EVIDENCE
from mcplan.known import Known, Row
from mcplan.numbers import count, percent
from mcplan.onepage.grammar import day, money, opening, several, within
from mcplan.readiness import Readiness
from mcplan.views.verdict import sign_of
from questionnaire.model import GATES
from questionnaire.numbers import write_number

SEGMENTS, PRICES, CREDENTIALS, PATHWAY = (
    "marketing.segments",
    "operational.prices",
    "design.credentials",
    "design.pathway",
)
MOST_NAME = 12
"""Words of what is still the name of a group."""
KINDS = {
    "labour-market": "labour market figures",
    "enrolments": "enrolment figures",
    "survey": "a survey",
    "employer-letter": "a letter from an employer",
    "interviews": "interviews",
}
"""Kinds of evidence, the ones a board trusts most first."""
STEPS = {"counts-toward": "counts towards", "prerequisite": "opens the way to", "recommended": "prepares for"}


class Threshold(Protocol):
    """The enrolment from which it pays."""

    @property
    def safe(self) -> int | None:
        """The smallest from which on it always does; None if there is none."""


class Finance(Protocol):
    """What there has to be known of the money, to say it in a sentence."""

    @property
    def years(self) -> Sized:
        """The years it is worked out for."""

    @property
    def surplus(self) -> Decimal:
        """Over all of them, in the plan's currency; below 0 for a loss."""

    @property
    def payback(self) -> Decimal | None:
        """Years until what was spent has come in; None if it has not by then."""

    @property
    def whole(self) -> Threshold:
        """The enrolment a year that covers everything."""


@dataclass(frozen=True)
class Told:
    """A plan in sentences; each is empty if it is not known."""

    can: str
    """What an earner can do."""
    audience: str
    need: str
    need_in_short: str
    takes: str
    """Hours, weeks and form."""
    stands: str
    """Level and credits."""
    price: str
    start: str
    proof: str
    """How it is shown."""
    passing: str
    leads: str
    money: str
    readiness: str


def tell(known: Known, readiness: Readiness | None = None, finance: Finance | None = None) -> Told:
    """The plan in sentences.

    Args:
        known: the plan.
        readiness: for the gate to be named; None leaves it out.
        finance: what the money comes to; None leaves it out.
    """
    course = read_course(known)
    evidence = _best_evidence(known)
    return Told(
        can=sentence(known.plan.summary) or _outcomes(known, course),
        audience=_audience(known),
        need=_need(evidence) if evidence else "",
        need_in_short=_need_in_short(evidence) if evidence else "",
        takes=_takes(known),
        stands=_stands(known),
        price=_price(known),
        start=f"The first learners begin on {day(known.plan.start)}." if known.plan.start else "",
        proof=_proof(known, course),
        passing=f"Passing takes {rule}." if (rule := pass_rule(course)) else "",
        leads=_leads(known),
        money=_money(known, finance) if finance and len(finance.years) else "",
        readiness=_readiness(readiness) if readiness else "",
    )


def _outcomes(known: Known, course: Course) -> str:
    found = [within(each.text, known) for each in course.outcomes if each.text]
    # Outcomes hold commas of their own; semicolons keep them apart.
    said = "; ".join(found) if any("," in each for each in found) else joined(found)
    return f"Earners can {said}." if said else ""


def _audience(known: Known) -> str:
    rows = known.rows(SEGMENTS)
    if any(len(row.name.split()) > MOST_NAME for row in rows):
        # Somebody wrote sentences where a name belongs, perhaps before it was a table: they stand as they are.
        return " ".join(sentence(opening(row.name)) for row in rows)
    return f"It is meant for {joined([_group(row, known) for row in rows])}." if rows else ""


def _group(row: Row, known: Known) -> str:
    size = row.number("size")
    return f"{within(row.name, known)} ({write_number(size)} people)" if size else within(row.name, known)


def _best_evidence(known: Known) -> Row | None:
    order = list(KINDS)

    def trust(row: Row) -> tuple[bool, bool, int, Decimal]:
        kind = row.pick("kind")
        place = order.index(kind) if kind in order else len(order)
        return row.is_yes("external") is True, bool(row.text("finding")), -place, row.number("size") or Decimal()

    return max(known.rows(EVIDENCE), key=trust, default=None)


def _need(row: Row) -> str:
    finding, on = row.text("finding"), row.day("on")
    source = ", ".join(part for part in (opening(row.name), f"{on:%B %Y}" if on else "") if part)
    return f"{opening(finding)} ({source})." if finding else _need_in_short(row)


def _need_in_short(row: Row) -> str:
    kind, on = KINDS.get(row.pick("kind"), ""), row.day("on")
    source = f"“{opening(row.name)}”{f' ({on:%B %Y})' if on else ''}"
    return f"That it is needed rests on {f'{kind}, ' if kind else ''}{source}."


def _takes(known: Known) -> str:
    hours = quantity(known.number("credential.workload"), "hour")
    weeks = quantity(known.number("credential.duration"), "week")
    form = MODES.get(known.pick("credential.mode"), "")
    form = "partly online and partly in person" if form == "blended" else form
    length = f"{hours} over {weeks}" if hours and weeks else hours or weeks
    if length:
        return f"It takes {length}{f', {form}' if form else ''}."
    return f"It takes place {form}." if form else ""


def _stands(known: Known) -> str:
    at, system = level(known), known.pick("credential.credit-system")
    number = known.number("credential.credit") if system != "none" else None
    credits = quantity(number, "ECTS credit" if system == "ects" else "credit")
    parts = (f"stands at {at}" if at else "", f"carries {credits}" if credits else "")
    said = joined(parts)
    return f"It {said}." if said else ""


def _price(known: Known) -> str:
    prices = [price for row in known.rows(PRICES) if (price := row.number("price")) is not None]
    if not prices:
        return ""
    low, high = min(prices), max(prices)
    if not high:
        return "It costs learners nothing."
    if low == high:
        return f"A place costs {money(high, known)}."
    least = money(low, known) if low else "nothing"
    return f"A place costs from {least} to {money(high, known)}, depending on who takes it."


def _proof(known: Known, course: Course) -> str:
    types = Counter(TYPES[each.type] for each in course.summative if each.type in TYPES)
    if not types:
        types = Counter(TYPES[pick] for pick in known.picks("credential.assessment-types") if pick in TYPES)
    ways = [several(number, one) for one, number in types.items()]
    return f"Earners prove it in {joined(ways)}." if ways else ""


def _leads(known: Known) -> str:
    rows = {row.id: row for row in known.rows(CREDENTIALS)}
    own = {id for id, row in rows.items() if row.is_yes("this")}
    ways: dict[str, list[str]] = {}
    for step in known.rows(PATHWAY):
        to = rows.get(step.pick("to"))
        if step.pick("from") in own and to and step.pick("kind") in STEPS:
            ways.setdefault(STEPS[step.pick("kind")], []).append(f"“{opening(to.text('title') or to.name)}”")
    if ways:
        return f"It {joined([f'{leads} {joined(names)}' for leads, names in ways.items()])}."
    return "It is complete in itself." if any(rows[id].is_yes("terminal") for id in own) else ""


def _money(known: Known, finance: Finance) -> str:
    span = "In its first year" if len(finance.years) == 1 else f"Over {several(len(finance.years), 'year')}"
    amount = money(abs(finance.surplus.quantize(Decimal(1))), known)
    what = f"leaves a surplus of {amount}" if finance.surplus >= 0 else f"costs {amount} more than it brings in"
    after = finance.payback
    back = f"what was spent has come back after {write_number(round(after, 1))} years" if after is not None else ""
    learners = finance.whole.safe
    safe = f"from {quantity(Decimal(learners), 'learner')} a year on it always pays" if learners else ""
    more = joined([back, safe])
    return f"{span} it {what}{f'; {more}' if more else ''}."


def _readiness(readiness: Readiness) -> str:
    whole = readiness.whole
    if not whole.asked:
        return ""
    gate, sign = GATES[readiness.gate].lower(), sign_of(whole)
    return f"Readiness for {gate} is {percent(whole.floor)} ({sign.words}), with {count(len(whole.stops), 'stop')}."
