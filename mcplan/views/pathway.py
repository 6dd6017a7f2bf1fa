"""The stack as a picture and as a table: which credential leads where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mcplan.checks.pathway import CREDENTIALS, Credential, Pathway, read_pathway
from mcplan.finding import Finding
from mcplan.known import Known
from mcplan.numbers import count
from mcplan.views.findings import FindingsView, view_findings
from mcplan.views.pointers import Pointer, point_to
from questionnaire.numbers import write_number

RULES = re.compile(r"ST\d+")
KINDS = {"counts-toward": "Counts toward", "prerequisite": "Comes before", "recommended": "Recommended before"}
STATUS = {"active": "Offered now", "planned": "Planned", "retired": "Retired"}


@dataclass(frozen=True)
class Node:
    """A credential in the picture: `across` is how many steps lead to it, `down` its place among those."""

    id: str
    name: str
    title: str
    across: int
    down: int
    kind: str
    """This one, award, or other."""


@dataclass(frozen=True)
class Arrow:
    """A step between two nodes of the picture."""

    start: Node
    end: Node
    kind: str


@dataclass(frozen=True)
class CredentialRow:
    """A credential in the table beside the picture, in finished words."""

    credential: str
    status: str
    size: str
    leads: str


@dataclass(frozen=True)
class PathwayView:
    """The stack of a plan."""

    is_empty: bool
    message: str
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    rows: tuple[CredentialRow, ...]
    findings: FindingsView
    begin: tuple[Pointer, ...]
    """Where to begin while it is empty."""


def view_pathway(known: Known, findings: Iterable[Finding]) -> PathwayView:
    """What the pathway screen shows; `findings` are those of the whole plan."""
    pathway = read_pathway(known)
    nodes = _place(pathway)
    return PathwayView(
        is_empty=not pathway.credentials,
        message=_message(pathway),
        nodes=tuple(nodes.values()),
        arrows=tuple(
            Arrow(nodes[each.start], nodes[each.end], KINDS.get(each.kind, "Leads to")) for each in pathway.links
        ),
        rows=tuple(_row(pathway, each) for each in pathway.credentials),
        findings=view_findings(known.questionnaire, [each for each in findings if RULES.fullmatch(each.rule)]),
        begin=(point_to(known.questionnaire, CREDENTIALS, words="Name the credentials"),),
    )


def describe_pathway(view: PathwayView) -> str:
    """The picture in words."""
    steps = "; ".join(f"{each.start.name}: {each.kind.lower()} {each.end.name}" for each in view.arrows)
    return f"{view.message}. {steps}." if steps else f"{view.message}."


def _message(pathway: Pathway) -> str:
    lost = [each.name for each in pathway.credentials if each.id not in pathway.arriving]
    awards = [each.name for each in pathway.credentials if each.is_terminal]
    if not pathway.credentials:
        return "No pathway is drawn yet"
    if not awards:
        return "No award stands at the end of this pathway yet"
    arriving = len(pathway.credentials) - len(lost) - len(awards)
    leads = f"{count(arriving, 'credential').capitalize()} lead{'s' * (arriving == 1)} to {' and '.join(awards)}"
    return f"{leads}; {', '.join(lost)} lead{'s' * (len(lost) == 1)} nowhere" if lost else leads


def _place(pathway: Pathway) -> dict[str, Node]:
    """Each credential one step right of the last that leads to it; in a circle, where the walk came first."""
    across = dict.fromkeys(pathway.by_id, 0)
    for _ in pathway.credentials:
        further = [each for each in pathway.links if across[each.end] <= across[each.start] < len(across)]
        if not further:
            break
        for link in further:
            across[link.end] = across[link.start] + 1
    taken: dict[int, int] = {}
    nodes = {}
    for each in pathway.credentials:
        column = min(across[each.id], len(across) - 1)
        taken[column] = taken.get(column, -1) + 1
        nodes[each.id] = Node(each.id, each.name, each.title, column, taken[column], _kind(each))
    return nodes


def _kind(each: Credential) -> str:
    return "This one" if each.is_this else "Award" if each.is_terminal else "Other"


def _row(pathway: Pathway, each: Credential) -> CredentialRow:
    size = [
        f"{write_number(each.hours)} h" if each.hours else "",
        f"{write_number(each.credits)} credits" if each.credits else "",
    ]
    leads = [
        f"{KINDS.get(link.kind, 'leads to').lower()} {pathway.by_id[link.end].name}"
        for link in pathway.links
        if link.start == each.id
    ]
    return CredentialRow(
        credential=f"{each.name} {each.title}".strip(),
        status=STATUS.get(each.status, "Not said"),
        size=", ".join(part for part in size if part) or "Not said",
        leads="; ".join(leads) or ("The award" if each.is_terminal else each.reason or "Nowhere yet"),
    )
