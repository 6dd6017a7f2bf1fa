"""Are the tables of a plan whole? Rows that lack something, and references to rows that are gone."""

from __future__ import annotations

from collections.abc import Iterator

from mcplan.finding import Finding
from mcplan.known import Known
from mcplan.plan import counted_questions
from questionnaire.model import Question
from questionnaire.tables import filled_rows, missing_cells, row_name

NAMED = 3
"""Rows that a finding names before it only counts them."""


def check_tables(known: Known) -> Iterator[Finding]:
    """What is missing in each table that somebody has begun, in walking order."""
    for question in counted_questions(known.questionnaire, known.plan):
        if question.columns and known.has(question.id):
            yield from _unfinished(known, question)
            yield from _too_few(known, question)
            yield from _lost(known, question)


def _unfinished(known: Known, question: Question) -> Iterator[Finding]:
    for row in filled_rows(question, known.plan.answer(question).value):
        missing = [column.label.lower() for column in missing_cells(question, row)]
        if missing:
            says = f"{question.code}, {row_name(question, row)}: {_list(missing)} still to fill in."
            yield Finding("ROW-UNFINISHED", "warning", says, question.gate, question.id, str(row["id"]))


def _too_few(known: Known, question: Question) -> Iterator[Finding]:
    rows = len(known.rows(question.id))
    if rows < question.least:
        says = f"{question.code} has {rows} of at least {question.least} rows: {question.ask}"
        yield Finding("ROWS-TOO-FEW", "warning", says, question.gate, question.id)


def _lost(known: Known, question: Question) -> Iterator[Finding]:
    for column in question.columns:
        there = known.names(column.of) if column.of else {}
        for row in known.rows(question.id) if column.of else ():
            if any(id not in there for id in row.picks(column.id)):
                says = f"{question.code}, {row.name}: “{column.label}” points to a row that is gone. Pick another."
                yield Finding("ROW-LOST", "warning", says, question.gate, question.id, row.id)


def _list(names: list[str]) -> str:
    shown = names[:NAMED]
    if len(names) > NAMED:
        return f"{', '.join(shown)} and {len(names) - NAMED} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0]
