"""Where the questions come from: which documents stand behind them, and which fields of boards they answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from mcplan.catalogue import DOCUMENTS, load_fields
from mcplan.dossier.blocks import Block, Column, Heading, KeyValues, Para, Run, Table, Words, words
from mcplan.dossier.given import DossierInput
from mcplan.dossier.phrases import to_question
from questionnaire.kinds import kind_of
from questionnaire.model import Question

MOST = 300
"""Characters of an answer on the page of critical information; the link leads to the whole."""


def critical_information(given: DossierInput) -> Iterator[Block]:
    """What a board, a learner and an employer look for first: the fields of boards, each with what the plan says."""
    yield Heading("Critical information", anchor="critical-information")
    yield Para(words("What boards ask of every micro-credential, as the plan says it today."), "lead")
    rows = tuple(
        _fact(given, question) for question in given.questionnaire.questions() if _is_critical(given, question)
    )
    if not rows:
        yield Para(words("This questionnaire names no field of an approval board."))
        return
    columns = (Column("What is asked", 88), Column("What the plan says", 62), Column("Question", 17))
    yield Table("Fields of approval boards", columns, (*_plan_facts(given), *rows), f"{len(rows)} fields.")


def where_from(given: DossierInput) -> Iterator[Block]:
    """The documents behind the questions, and for each question its codes and the fields it answers."""
    yield Heading("Where the questions come from", anchor="sources")
    asked = [question for question in given.questionnaire.questions() if question.id in given.asked]
    used = {source[0] for question in asked for source in question.sources}
    documents = tuple((f"{letter} …", words(title)) for letter, title in DOCUMENTS.items() if letter in used)
    yield Para(words("The letter a code begins with says which document it stands in."), with_next=True)
    if documents:
        yield KeyValues(documents)
    columns = (Column("Question", 20), Column("What it asks", 82), Column("Codes", 34), Column("Fields of boards", 30))
    rows = tuple(
        (
            words(to_question(question)),
            words(question.ask),
            words(", ".join(question.sources) or "–"),
            words(", ".join(question.fields) or "–"),
        )
        for question in asked
    )
    yield Table("Each question with its sources", columns, rows)


def _is_critical(given: DossierInput, question: Question) -> bool:
    return (
        bool(question.fields) and question.id in given.asked and not question.columns and question.kind != "long text"
    )


def _plan_facts(given: DossierInput) -> Iterator[tuple[Words, ...]]:
    plan = given.plan
    facts = (
        ("Title", plan.title),
        ("What an earner can do", plan.summary),
        ("Awarding body", plan.institution),
        ("Unit that owns it", plan.unit),
        ("First learners", given.saying.day(plan.start) if plan.start else ""),
    )
    for label, said in facts:
        text = " ".join(said.split())
        cut = text if len(text) <= MOST else text[: MOST - 1] + "…"
        yield words(label), words(cut or Run("▲\u00a0Not said yet", tone="warn")), words("Plan")


def _fact(given: DossierInput, question: Question) -> tuple[Words, ...]:
    value = given.plan.answer(question).value
    said = " ".join(kind_of(question).say(question, value).split()) if value is not None else ""
    cut = said if len(said) <= MOST else said[: MOST - 1] + "…"
    labels = {id: field.label for id, field in load_fields().items()}
    label = "; ".join(dict.fromkeys(chain(labels[id] for id in question.fields if id in labels))) or question.ask
    # Several questions may answer one field of a board: each says which part of it.
    asked = words(label) if label == question.ask else words(f"{label}. ", Run(question.ask, tone="quiet"))
    return asked, words(cut or Run("▲\u00a0Not said yet", tone="warn")), words(to_question(question))
