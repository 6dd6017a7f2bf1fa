"""Where does the credential lead? Credentials and the links between them, checked as a graph (sources: E3.1, L6.2).

Recommended links help people to choose and carry nobody anywhere, so only the others count for reach,
cycles and credits. To add a check, write a function and name it in `CHECKS` at the foot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from mcplan.finding import Finding, Severity
from mcplan.known import Known, Row
from questionnaire.numbers import write_number

CREDENTIALS, LINKS = "design.credentials", "design.pathway"
LEAST_HOURS, MOST_HOURS = 1, 100
"""Hours of a micro-credential (source: E0.1)."""
SELDOM = 24
"""Months between two offers from which a required part holds people up."""


@dataclass(frozen=True)
class Credential:
    """One credential of the stack."""

    id: str
    name: str
    title: str
    hours: Decimal | None
    credits: Decimal
    required: Decimal
    """Credits that an award asks for; 0 if it asks for none."""
    level: Decimal | None
    status: str
    validity: Decimal | None
    """Months; None if it does not expire."""
    is_terminal: bool
    """True for an award that needs to lead nowhere further."""
    is_this: bool
    """True for the credential that the plan is about."""
    reason: str
    """Why it stands alone; empty if nobody says so."""
    months: Decimal
    """Months it takes to finish it."""
    every: Decimal | None
    """Months between two offers."""


@dataclass(frozen=True)
class Link:
    """A step from one credential to another."""

    id: str
    start: str
    end: str
    kind: str
    is_required: bool

    @property
    def carries(self) -> bool:
        """True if it brings people on, and does not only recommend."""
        return self.kind != "recommended"


@dataclass(frozen=True)
class Pathway:
    """The credentials of a stack and how they lead to one another."""

    credentials: tuple[Credential, ...]
    links: tuple[Link, ...]

    @cached_property
    def by_id(self) -> dict[str, Credential]:
        """The credentials by id."""
        return {each.id: each for each in self.credentials}

    @cached_property
    def onward(self) -> dict[str, list[str]]:
        """Where the links that carry lead from each credential."""
        found: dict[str, list[str]] = {each.id: [] for each in self.credentials}
        for link in self.links:
            if link.carries:
                found[link.start].append(link.end)
        return found

    @cached_property
    def linked(self) -> set[str]:
        """The ids of all credentials that a link of any kind touches."""
        return {id for each in self.links for id in (each.start, each.end)}

    def parts_of(self, award: Credential) -> list[Credential]:
        """The credentials that count toward an award, each once."""
        counted = (link.start for link in self.links if link.end == award.id and link.kind == "counts-toward")
        return [self.by_id[id] for id in dict.fromkeys(counted)]

    @cached_property
    def arriving(self) -> set[str]:
        """The ids of all credentials from which an award can be reached; awards themselves included."""
        backward: dict[str, list[str]] = {}
        for start, ends in self.onward.items():
            for end in ends:
                backward.setdefault(end, []).append(start)
        waiting = [each.id for each in self.credentials if each.is_terminal]
        found = set(waiting)
        while waiting:
            for start in backward.get(waiting.pop(), ()):
                if start not in found:
                    found.add(start)
                    waiting.append(start)
        return found

    @cached_property
    def in_a_circle(self) -> list[str]:
        """The ids of credentials that lead back to themselves, in the order of the table."""
        try:
            TopologicalSorter(self.onward).prepare()
        except CycleError:
            return [each.id for each in self.credentials if each.id in self._beyond(each.id)]
        return []

    def _beyond(self, id: str) -> set[str]:
        """Everything that can be reached from a credential by one link or more."""
        found: set[str] = set()
        waiting = [id]
        while waiting:
            new = set(self.onward[waiting.pop()]) - found
            found |= new
            waiting.extend(new)
        return found


def read_pathway(known: Known) -> Pathway:
    """The stack that a plan holds; links to rows that are gone are left out."""
    credentials = tuple(map(_credential, known.rows(CREDENTIALS)))
    ids = {each.id for each in credentials}
    links = (
        Link(row.id, row.pick("from"), row.pick("to"), row.pick("kind"), row.is_yes("required") is True)
        for row in known.rows(LINKS)
    )
    return Pathway(credentials, tuple(each for each in links if each.start in ids and each.end in ids))


def check_pathway(known: Known) -> Iterator[Finding]:
    """What is wrong with the stack, check by check; nothing while there is none."""
    pathway = read_pathway(known)
    for check in CHECKS:
        yield from check(pathway)


def _orphans(pathway: Pathway) -> Iterator[Finding]:
    for each in pathway.credentials:
        if each.id not in pathway.linked and not each.is_terminal and not each.reason:
            yield _at(each, "ST1", "warning", "nothing leads to it or on from it. Link it, or say why it stands alone.")


def _dead_ends(pathway: Pathway) -> Iterator[Finding]:
    for each in pathway.credentials:
        if each.id in pathway.linked and each.id not in pathway.arriving:
            yield _at(each, "ST2", "warning", "no award can be reached from it. Say what it counts toward.")


def _circles(pathway: Pathway) -> Iterator[Finding]:
    names = ", ".join(pathway.by_id[id].name for id in pathway.in_a_circle)
    for id in pathway.in_a_circle:
        yield _at(pathway.by_id[id], "ST3", "error", f"it leads back to itself ({names}), so nobody could ever begin.")


def _volume(pathway: Pathway) -> Iterator[Finding]:
    for each in pathway.credentials:
        if not each.is_terminal and each.hours is not None and not LEAST_HOURS <= each.hours <= MOST_HOURS:
            says = f"{write_number(each.hours)} hours; a micro-credential takes {LEAST_HOURS} to {MOST_HOURS}."
            yield _at(each, "ST4", "warning", says)


def _credits(pathway: Pathway) -> Iterator[Finding]:
    for each in pathway.credentials:
        there = sum((part.credits for part in pathway.parts_of(each)), Decimal())
        if there < each.required:
            says = f"its parts bring {write_number(there)} of the {write_number(each.required)} credits it asks for."
            yield _at(each, "ST5", "warning", says)


def _order(pathway: Pathway) -> Iterator[Finding]:
    for link in pathway.links:
        first, then = pathway.by_id[link.start], pathway.by_id[link.end]
        if link.kind != "prerequisite" or first.level is None or then.level is None:
            continue
        if first.level > then.level:
            yield _at(first, "ST6", "warning", f"it has to be earned before {then.name}, which is at a lower level.")


def _retired(pathway: Pathway) -> Iterator[Finding]:
    for link in pathway.links:
        first = pathway.by_id[link.start]
        if link.carries and first.status == "retired":
            yield _at(first, "ST7", "warning", f"it is retired, and {pathway.by_id[link.end].name} still builds on it.")


def _twice(pathway: Pathway) -> Iterator[Finding]:
    for each in pathway.credentials:
        awards = [pathway.by_id[end].name for end in pathway.onward[each.id] if pathway.by_id[end].is_terminal]
        if len(set(awards)) > 1:
            yield _at(each, "ST8", "note", f"it counts toward {' and '.join(awards)}. Does your policy allow that?")


def _outlived(pathway: Pathway) -> Iterator[Finding]:
    for award in (each for each in pathway.credentials if each.is_terminal):
        parts = pathway.parts_of(award)
        needed = sum((each.months for each in parts), Decimal())
        for each in parts:
            if each.validity and each.validity < needed - each.months:
                months = f"{write_number(each.validity)} months"
                says = f"it expires after {months}, before the rest of {award.name} can be finished."
                yield _at(each, "ST9", "warning", says)


def _seldom(pathway: Pathway) -> Iterator[Finding]:
    for each in pathway.credentials:
        is_needed = any(link.start == each.id and link.is_required for link in pathway.links)
        if is_needed and each.every is not None and each.every > SELDOM:
            says = f"it is required and offered only every {write_number(each.every)} months."
            yield _at(each, "ST10", "warning", says)


def _at(one: Credential, rule: str, severity: Severity, says: str) -> Finding:
    return Finding(rule, severity, f"{one.name}: {says}", "G2", CREDENTIALS, one.id)


def _credential(row: Row) -> Credential:
    return Credential(
        id=row.id,
        name=row.name,
        title=row.text("title"),
        hours=row.number("hours"),
        credits=row.number("credits") or Decimal(),
        required=row.number("required") or Decimal(),
        level=row.number("level"),
        status=row.pick("status"),
        validity=row.number("validity"),
        is_terminal=row.is_yes("terminal") is True,
        is_this=row.is_yes("this") is True,
        reason=row.text("reason"),
        months=row.number("months") or Decimal(),
        every=row.number("every"),
    )


CHECKS: tuple[Callable[[Pathway], Iterator[Finding]], ...] = (
    _orphans,
    _dead_ends,
    _circles,
    _volume,
    _credits,
    _order,
    _retired,
    _twice,
    _outlived,
    _seldom,
)
