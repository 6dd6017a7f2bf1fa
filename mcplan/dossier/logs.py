"""What happened to the plan, and what is to be done: actions, decisions, and changes since the version before."""

from __future__ import annotations

from collections.abc import Iterator

from mcplan.dossier.blocks import Block, Column, Heading, Para, Run, Table, Words, words
from mcplan.dossier.given import DossierInput
from mcplan.dossier.phrases import DOT, to_question

Register = Iterator[Block]


def actions(given: DossierInput) -> Register:
    """What somebody has to do, and by when."""
    yield Heading("Actions", 2)
    if not given.actions:
        yield Para(words("No action has been agreed yet."))
        return
    columns = (
        Column("No", 14), Column("What is to be done", 74), Column("Owner", 30), Column("Due", 30),
        Column("State", 22), Column("Question", 18),
    )  # fmt: skip
    rows = tuple(
        (
            words(Run(each.name, bold=True)),
            words(each.says),
            words(each.owner) if each.owner.strip() else words(Run("No owner", tone="warn")),
            words(
                given.saying.day(each.due) if each.due else "–",
                Run("\n▲\u00a0late", tone="warn") if each.is_late else "",
            ),
            words(each.state or "–"),
            _question(given, each.question_id),
        )
        for each in given.actions
    )
    yield Table("Actions, in the order to do them", columns, rows)


def decision_log(given: DossierInput) -> Register:
    """What has been decided, by whom, on which version."""
    yield Heading("Decision log", 2)
    if not given.decisions:
        yield Para(words("Nothing has been decided on this plan yet."))
        return
    columns = (Column("Day", 30), Column("Decision", 34), Column("By", 30), Column("Version", 26), Column("Says", 64))
    rows = tuple(
        (
            words(given.saying.day(each.on)),
            words(Run(each.decision, bold=True)),
            words(each.by),
            words(each.version or "–"),
            words(each.says or "–"),
        )
        for each in given.decisions
    )
    yield Table("Decisions, the last one first", columns, rows)


def changes(given: DossierInput) -> Register:
    """What is different from the version before."""
    yield Heading("Changes since the last version", 2)
    if not given.since:
        yield Para(words("There is no earlier version to compare with."))
        return
    if not given.changes:
        yield Para(words(f"Nothing has changed since {given.since}."))
        return
    columns = (Column("Question", 20), Column("What changed", 100), Column("Who and when", 46))
    rows = tuple(
        (
            _question(given, each.question_id),
            words(each.says),
            words(DOT.join(part for part in (each.by, given.saying.day(each.at) if each.at else "") if part) or "–"),
        )
        for each in given.changes
    )
    yield Table(f"Changes since {given.since}", columns, rows)


def _question(given: DossierInput, id: str) -> Words:
    return words(to_question(given.questionnaire.question(id)) if given.questionnaire.has(id) else "–")
