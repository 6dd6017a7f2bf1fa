"""What one looks up: team, evidence, open points and findings, and what `mcplan.dossier.logs` tells."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from mcplan.dossier.blocks import Block, Column, Heading, Para, Run, Table, Typed, Words, words
from mcplan.dossier.given import DossierInput
from mcplan.dossier.logs import actions, changes, decision_log
from mcplan.dossier.phrases import severity_mark, stage_mark, to_question
from mcplan.plan import Evidence, Member
from questionnaire.model import GATES, ROLES, Question

MOST_ADDRESS = 120
"""Characters of an address that are printed; the link leads to the whole of it."""


def registers(given: DossierInput) -> Iterator[Block]:
    """Everything in lists, each entry with a link to where it comes from."""
    yield Heading("Team and registers", anchor="registers")
    for part in REGISTERS:
        yield from part(given)


def team(given: DossierInput) -> Iterator[Block]:
    """The six seats, filled or not, and whoever else is on the team."""
    yield Heading("The design team", 2)
    rows = [(words(title), _names(given.in_role(role))) for role, title in ROLES.items()]
    further = [member for member in given.plan.team if member.role not in ROLES and member.name.strip()]
    rows += [(words("Further member"), words(member.name)) for member in further]
    yield Table("Who is on the team", (Column("Seat", 80), Column("Who", 86)), tuple(rows))


def evidence(given: DossierInput) -> Iterator[Block]:
    """What the answers rest on, numbered."""
    yield Heading("Evidence", 2)
    if not given.evidence:
        yield Para(words("No evidence has been named yet."))
        return
    columns = (Column("No", 12), Column("Evidence", 86), Column("Date", 30), Column("Used at", 38))
    rows = tuple(_evidence_row(item, number, given) for item, number in given.evidence_numbers.items())
    anchors = tuple(f"evidence-{number}" for number in given.evidence_numbers.values())
    yield Table("Evidence register", columns, rows, anchors=anchors)


def open_points(given: DossierInput) -> Iterator[Block]:
    """Every question below the stage its gate asks for, those of this gate first."""
    yield Heading("Open points", 2)
    due = [question for question in given.open if given.is_due(question.gate)]
    later = [question for question in given.open if not given.is_due(question.gate)]
    if not due:
        yield Para(words("Every question this gate asks is settled."))
    else:
        yield _open_table(given, due, f"Open at the gate {given.gate}")
    if later:
        yield _open_table(given, later, "Open, and asked by a later gate")


def findings(given: DossierInput) -> Iterator[Block]:
    """What rules say about the plan as a whole."""
    yield Heading("Findings", 2)
    if not given.findings:
        yield Para(words("No rule has anything to say about the plan."))
        return
    columns = (Column("Kind", 26), Column("Finding", 120), Column("Question", 20))
    rows = tuple(
        (words(severity_mark(each.severity)), words(each.says), _where(given, each.question_id))
        for each in given.findings
    )
    yield Table("Findings of the rules", columns, rows)


def kept_answers(given: DossierInput) -> Iterator[Block]:
    """Answers to questions that the questionnaire has dropped: they were typed, so they are printed."""
    dropped = [each for id, each in given.plan.answers.items() if not given.questionnaire.has(id)]
    dropped = [each for each in dropped if each.value is not None or each.note.strip()]
    if not dropped:
        return
    yield Heading("Kept answers", 2)
    yield Para(words("The questionnaire no longer asks these questions. What was written is kept, and not counted."))
    for answer in sorted(dropped, key=lambda each: each.question_id):
        yield Heading(answer.question_id, 3)
        if answer.value is not None:
            value = answer.value
            yield Typed(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        if answer.note.strip():
            yield Typed(answer.note)


def _names(members: Sequence[Member]) -> Words:
    if members:
        return words(", ".join(member.name for member in members))
    return words(Run("■\u00a0Nobody yet", tone="bad"))


def _evidence_row(item: Evidence, number: int, given: DossierInput) -> tuple[Words, ...]:
    used: list[Run] = []
    for question in given.evidence[item]:
        used += [Run(", ")] * bool(used) + [to_question(question)]
    note = f"\n{item.note}" if item.note else ""
    shown = item.link if len(item.link) <= MOST_ADDRESS else item.link[: MOST_ADDRESS - 1] + "…"
    return (
        words(f"E{number}"),
        words(Run(item.title, link=item.link), note, Run(f"\n{shown}" if shown else "", tone="quiet")),
        words(given.saying.day_typed(item.on) if item.on else "–"),
        tuple(used),
    )  # fmt: skip


def _open_table(given: DossierInput, questions: Sequence[Question], caption: str) -> Table:
    columns = (
        Column("Question", 18),
        Column("What it asks", 74),
        Column("Now", 24),
        Column("Asked", 26),
        Column("Owner", 28),
    )
    return Table(caption, columns, tuple(_open_row(given, question) for question in questions))


def _open_row(given: DossierInput, question: Question) -> tuple[Words, ...]:
    owner = given.plan.owner(question)
    by = "" if given.is_due(question.gate) else f", {GATES[question.gate].lower()}"
    return (
        words(to_question(question)),
        words(question.ask),
        words(stage_mark(question, given.plan)),
        words(f"{question.asked_stage.word}{by}"),
        words(owner.name) if owner else words(Run("No owner", tone="warn")),
    )


def _where(given: DossierInput, question_id: str) -> Words:
    known = given.questionnaire.has(question_id)
    return words(to_question(given.questionnaire.question(question_id))) if known else words("–")


REGISTERS = (team, actions, evidence, decision_log, changes, open_points, findings, kept_answers)
"""Each register, in the order it is printed."""
