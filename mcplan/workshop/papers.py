"""The papers of a workshop as blocks of the dossier: the handout to prepare with, and the report."""

from __future__ import annotations

from collections.abc import Iterator

from mcplan.dossier.blocks import (
    Block,
    Bullets,
    Column,
    Frame,
    Heading,
    KeyValues,
    Para,
    Run,
    Table,
    Typed,
    Words,
    words,
)
from mcplan.plan import Plan
from mcplan.views import table as views
from mcplan.views.workshops import Report
from mcplan.workshop.sitting import Sitting
from questionnaire.kinds import kind_of
from questionnaire.model import Question, Questionnaire

LINES = 4
"""Empty rows to write into below each question."""


def write_handout(
    questionnaire: Questionnaire, plan: Plan, sitting: Sitting, *, with_answers: bool = False
) -> list[Block]:
    """What everybody reads before a workshop: each question with its guidance, and room to write.

    `with_answers` adds what the plan says so far, for whoever may take that away.
    """
    workshop = sitting.workshop
    found: list[Block] = [
        Frame(plan.title, workshop.title, "Handout"),
        Para(words(workshop.title), "title"),
        Para(words(plan.title), "subtitle"),
        KeyValues(
            (
                ("Time", words(f"{workshop.minutes} minutes")),
                ("Begin", words(f"{workshop.opening} minutes to arrive")),
                ("Questions", words(str(len(sitting.items)))),
                ("End", words(f"{workshop.closing} minutes for actions and a look back")),
            )
        ),
        Para(words("Read the questions before you come, and write a first thought of your own below each."), "lead"),
    ]
    for number, item in enumerate(sitting.items, 1):
        if questionnaire.has(item.question_id):
            found += _question(number, questionnaire.question(item.question_id), item.minutes)
            answer = plan.answers.get(item.question_id)
            if with_answers and answer and answer.value is not None:
                said = kind_of(questionnaire.question(item.question_id)).say(
                    questionnaire.question(item.question_id), answer.value
                )
                found += [Para(words("What the plan says so far"), "label", with_next=True), Typed(said)]
            found.append(_room_to_write())
    return found


def write_report(plan: Plan, report: Report) -> list[Block]:
    """The report as a paper."""
    found: list[Block] = [
        Frame(plan.title, report.title, "Workshop report"),
        Para(words(report.title), "title"),
        Para(words(report.summary), "subtitle"),
        KeyValues(tuple((name, words(number)) for name, number, _ in report.figures)),
        Heading("Who took part", new_page=False),
        Para(words(report.attendance)),
        Heading("The agenda as it was run", new_page=False),
        _table(report.agenda, (1, 8, 2, 2)),
        Heading("Where the team disagrees", new_page=False),
        *_points(report.disagreement, "Nowhere that anybody said so."),
        Heading("Energy in the room", new_page=False),
        *_points(report.energy, "Nobody was asked."),
        Heading("What was proposed and stored", new_page=False),
    ]
    for each in report.items:
        found += [Heading(each.ask, 2), Para(words(each.facts), "meta")]
        found += [Para(words("Stored answer"), "label"), Typed(each.said)] if each.said else []
        found += [_table(each.proposals, (9, 2, 2))] if each.proposals.rows else []
    for heading, notes in report.notes:
        found += [Heading(heading, new_page=False), _table(notes, (8, 3, 3))]
    return found


def _question(number: int, question: Question, minutes: int) -> Iterator[Block]:
    yield Heading(f"{number}. {question.ask}", 3)
    yield Para(words(f"{minutes} minutes"), "meta")
    if question.why:
        yield Typed(question.why)
    if question.options:
        yield Para(words("The options"), "label", with_next=True)
        yield Bullets(tuple(words(option) for option in question.options.values()))
    if question.good:
        yield Para(words("A good answer holds"), "label", with_next=True)
        yield Bullets(tuple(words(point) for point in question.good))
    if question.strong:
        yield Para(words(Run("For example: ", bold=True), question.strong), "note")


def _room_to_write() -> Table:
    return Table("Your own thought", (Column("Your own thought", 1),), (((),),) * LINES, writable=True)


def _points(points: tuple[str, ...], none: str) -> Iterator[Block]:
    yield Bullets(tuple(words(point) for point in points)) if points else Para(words(none))


def _table(table: views.Table, widths: tuple[int, ...]) -> Table:
    columns = tuple(Column(title, width) for title, width in zip(table.columns, widths, strict=True))
    return Table(table.caption, columns, tuple(tuple(_cell(cell) for cell in row) for row in table.rows))


def _cell(cell: views.Cell) -> Words:
    return words(cell if isinstance(cell, str) else cell.words)
