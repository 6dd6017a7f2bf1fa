"""How the badge is earned, composed from what the plan says, or in the plan's own words if there are any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mcplan.badge.escape import escape
from mcplan.badge.wording import (
    MODES,
    PRIOR_LEARNING,
    RENEWALS,
    SUPERVISION,
    TYPES,
    joined,
    level,
    quantity,
    sentence,
)
from mcplan.checks.course import Assessment, Course
from mcplan.known import Known
from mcplan.markdown import Passage, read_markdown
from questionnaire.numbers import write_number

OWN_WORDS = "design.badge-criteria"


@dataclass(frozen=True)
class Part:
    """A part of the criteria: a paragraph, or a list."""

    text: str
    label: str = ""
    """What the paragraph is about; stands before it in bold."""
    items: tuple[str, ...] = ()
    """What stands below the paragraph as a list."""
    numbered: bool = False


def compose_criteria(known: Known, course: Course) -> tuple[Part, ...]:
    """How the badge is earned, in reading order; nothing while nothing of it is known."""
    own = known.text(OWN_WORDS)
    return tuple(_own(own)) if own else tuple(_composed(known, course))


def write_narrative(criteria: tuple[Part, ...]) -> str:
    """The criteria as Markdown; what people typed is escaped."""
    return "\n\n".join(block for part in criteria for block in _blocks(part))


def _blocks(part: Part) -> Iterator[str]:
    head = f"**{part.label}:** {escape(part.text)}" if part.label else escape(part.text)
    if part.text:
        yield head
    if part.items:
        marks = (f"{place}." if part.numbered else "-" for place in range(1, len(part.items) + 1))
        yield "\n".join(f"{mark} {escape(item)}" for mark, item in zip(marks, part.items, strict=True))


def _own(text: str) -> Iterator[Part]:
    # Lists stay lists; bold and italic are let go, and a link stands as its address.
    items: list[Passage] = []
    for passage in read_markdown(text):
        if items and passage.list_id != items[0].list_id:
            yield _list(items)
            items = []
        if passage.list_id:
            items.append(passage)
        else:
            yield Part(_words(passage))
    if items:
        yield _list(items)


def _list(items: list[Passage]) -> Part:
    return Part("", items=tuple(map(_words, items)), numbered=items[0].form == "number")


def _words(passage: Passage) -> str:
    spans = (f"{span.text} ({span.link})" if span.link not in ("", span.text) else span.text for span in passage.spans)
    return " ".join("".join(spans).split())


def _composed(known: Known, course: Course) -> Iterator[Part]:
    if course.outcomes:
        yield Part("Earners show all of the following:", items=tuple(_outcomes(course)))
    labelled = (
        ("How it is assessed", "; ".join(map(_assessment, _counting(course)))),
        ("Pass rule", pass_rule(course)),
        ("Attempts", _attempts(course)),
        ("Workload", _workload(known)),
        ("Level", level(known)),
        ("Entry", known.text("credential.entry")),
        ("Validity", _validity(known)),
        ("Prior learning", PRIOR_LEARNING.get(known.pick("design.prior-learning"), "")),
    )
    yield from (Part(sentence(text), label) for label, text in labelled if text.strip())


def _outcomes(course: Course) -> Iterator[str]:
    for outcome in course.outcomes:
        weight = course.weight_of(outcome)
        words = " ".join((outcome.text or outcome.name).split()).rstrip(".")
        yield f"{words} ({write_number(weight)} %)" if weight else words


def _counting(course: Course) -> tuple[Assessment, ...]:
    return course.summative or course.assessments


def title(assessment: Assessment) -> str:
    """What an assessment is called in a sentence."""
    return " ".join((assessment.title or assessment.name).split())


def _assessment(assessment: Assessment) -> str:
    says = [
        TYPES.get(assessment.type, ""),
        f"{write_number(assessment.weight)} %" if assessment.weight else "",
        SUPERVISION.get(assessment.supervision, ""),
    ]
    said = ", ".join(each for each in says if each)
    return f"{title(assessment)} ({said})" if said else title(assessment)


def pass_rule(course: Course) -> str:
    """What it takes to pass, such as 75 % overall, and at least 60 % in the practical; empty if it is not known."""
    overall = f"{write_number(course.pass_mark)} % overall" if course.pass_mark is not None else ""
    minimums: dict[Decimal, list[str]] = {}
    for each in course.summative:
        if each.minimum:
            minimums.setdefault(each.minimum, []).append(title(each))
    return ", and ".join(part for part in (overall, _minimums(minimums, len(course.summative))) if part)


def _minimums(minimums: dict[Decimal, list[str]], of: int) -> str:
    if of > 1 and len(minimums) == 1 and len(next(iter(minimums.values()))) == of:
        return f"at least {write_number(next(iter(minimums)))} % in each assessment"
    return joined([f"at least {write_number(share)} % in {joined(names)}" for share, names in minimums.items()])


def _attempts(course: Course) -> str:
    allowed: dict[Decimal, list[str]] = {}
    for each in _counting(course):
        if each.attempts:
            allowed.setdefault(each.attempts, []).append(title(each))
    if len(allowed) == 1 and sum(map(len, allowed.values())) == len(_counting(course)):
        return f"{write_number(next(iter(allowed)))} for each assessment"
    return "; ".join(f"{write_number(number)} for {joined(names)}" for number, names in allowed.items())


def _workload(known: Known) -> str:
    weeks = quantity(known.number("credential.duration"), "week")
    parts = (
        quantity(known.number("credential.workload"), "hour"),
        MODES.get(known.pick("credential.mode"), ""),
        f"within {weeks}" if weeks else "",
    )
    return ", ".join(part for part in parts if part)


def _validity(known: Known) -> str:
    if known.pick("credential.expires") == "no":
        return "no end date"
    months = quantity(known.number("credential.validity"), "month")
    how = RENEWALS.get(known.pick("credential.renewal"), known.other("credential.renewal"))
    return f"{months}; {how}" if months and how else months
