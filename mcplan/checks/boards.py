"""What the frameworks a plan has picked still miss in it, and which of their bounds it leaves.

What a framework requires stops design approval; what it recommends is a note. A field counts as
filled in once the fact of the plan and every question of weight that answers it say something.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mcplan.catalogue import load_fields
from mcplan.catalogue.homes import PLAN_FACTS, RULE_FIELDS
from mcplan.finding import Finding
from mcplan.known import Known
from mcplan.packs import Limits, Pack, load_packs
from questionnaire.model import Question
from questionnaire.numbers import write_number

FRAMEWORKS, WORKLOAD, DURATION = "credential.frameworks", "credential.workload", "credential.duration"
CREDIT, CREDIT_SYSTEM, REVIEW = "credential.credit", "credential.credit-system", "maintenance.review"


def picked_packs(known: Known) -> tuple[Pack, ...]:
    """The packs a plan has picked, in the order of the options."""
    packs = load_packs()
    return tuple(packs[id] for id in known.picks(FRAMEWORKS) if id in packs)


def check_boards(known: Known) -> Iterator[Finding]:
    """Missing fields and broken bounds, pack by pack."""
    for pack in picked_packs(known):
        yield from _missing(known, pack)
        yield from _bounds(known, pack)


def missing_fields(known: Known, pack: Pack) -> tuple[str, ...]:
    """The fields a pack requires and the plan does not hold yet, in the order of their numbers."""
    return tuple(id for id in pack.required if not is_filled(known, id))


def is_filled(known: Known, field_id: str) -> bool:
    """True if the plan holds a field of a board."""
    if field_id in RULE_FIELDS:
        return True
    fact = PLAN_FACTS.get(field_id)
    if fact and not getattr(known.plan, fact):
        return False
    questions = _questions(known, field_id)
    needed = [question for question in questions if question.weight > 1]
    # Where nothing weighs much, any word of the lighter ones will do.
    if fact or needed:
        return all(known.has(question.id) for question in needed)
    return any(known.has(question.id) for question in questions)


def _missing(known: Known, pack: Pack) -> Iterator[Finding]:
    fields = load_fields()
    for id in missing_fields(known, pack):
        where = next((each.id for each in _questions(known, id) if not known.has(each.id)), "")
        says = f"{pack.name} requires “{fields[id].label}” ({id}); the plan does not say it yet."
        yield Finding("FIELD-MISSING", "error", says, "G2", where)
    open_fields = [id for id in pack.recommended if not is_filled(known, id)]
    if open_fields:
        names = "; ".join(fields[id].label for id in open_fields[:3])
        more = f" and {len(open_fields) - 3} more" if len(open_fields) > 3 else ""
        says = f"{pack.name} recommends fields that are open: {names}{more}."
        yield Finding("FIELD-RECOMMENDED", "note", says, "G2", FRAMEWORKS)


def _questions(known: Known, field_id: str) -> list[Question]:
    return [each for each in known.questionnaire.questions() if field_id in each.fields and known.asks(each.id)]


def _bounds(known: Known, pack: Pack) -> Iterator[Finding]:
    limits = pack.limits
    yield from _hours(known, pack, limits)
    weeks = known.number(DURATION)
    if limits.most_weeks is not None and weeks is not None and weeks >= limits.most_weeks:
        yield _broken(pack, DURATION, f"under {limits.most_weeks} weeks, and the plan takes {write_number(weeks)}")
    if known.pick(CREDIT_SYSTEM) == limits.credit_system:
        yield from _credits(known, pack, limits)
    if limits.most_review_months is not None:
        for row in known.rows(REVIEW):
            every = row.number("every")
            if every is not None and every > limits.most_review_months:
                often = f"a review at least every {limits.most_review_months} months"
                says = f"{often}, and {row.name} has one every {write_number(every)}"
                yield _broken(pack, REVIEW, says, row.id)


def _hours(known: Known, pack: Pack, limits: Limits) -> Iterator[Finding]:
    hours, least, most = known.number(WORKLOAD), limits.least_hours, limits.most_hours
    if hours is None:
        return
    if (least is not None and hours < least) or (most is not None and hours > most):
        bound = (
            f"{least} to {most} hours"
            if least and most
            else f"at least {least} hours"
            if least
            else f"up to {most} hours"
        )
        yield _broken(pack, WORKLOAD, f"{bound}, and the plan announces {write_number(hours)}", rule="VOLUME")


def _credits(known: Known, pack: Pack, limits: Limits) -> Iterator[Finding]:
    credits, hours = known.number(CREDIT), known.number(WORKLOAD)
    if credits is None:
        return
    if limits.most_credits is not None and credits > limits.most_credits:
        yield _broken(pack, CREDIT, f"up to {limits.most_credits} credits, and the plan has {write_number(credits)}")
    if limits.hours_a_credit is not None and hours is not None:
        worth = credits * limits.hours_a_credit
        if abs(worth - hours) > Decimal("0.1") * hours:
            stand = f"{write_number(credits)} credits stand for {write_number(worth)} hours"
            says = f"{limits.hours_a_credit} hours a credit: {stand}, and the plan announces {write_number(hours)}"
            yield _broken(pack, CREDIT, says)


def _broken(pack: Pack, question_id: str, says: str, row_id: str = "", rule: str = "BOUND") -> Finding:
    return Finding(rule, "warning", f"{pack.name} asks for {says}.", "G2", question_id, row_id)
