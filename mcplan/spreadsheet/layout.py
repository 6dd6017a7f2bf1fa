"""A plan as sheets: what stands in which cell, whatever kind of file it becomes.

To add a sheet to read, write a function and name it in `TO_READ` at the foot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from mcplan.finding import Finding
from mcplan.known import Known
from mcplan.plan import Answer, Plan
from mcplan.readiness import Readiness
from mcplan.risk import Risk
from mcplan.spreadsheet.words import Cell, fitting, say_table_cell, say_value
from mcplan.views.design import view_design
from mcplan.views.finance import view_finance
from mcplan.views.readiness import view_readiness
from mcplan.views.table import Table
from questionnaire.model import CATEGORIES, GATES, Question, Questionnaire
from questionnaire.tables import all_rows, row_names, stored_rows

FORMAT = 1
ABOUT, ANSWERS = "About", "Answers"
COLUMNS: dict[str, float] = {
    "Question id": 26, "Revision": 9, "Phase": 22, "Code": 10, "Question": 50, "Answer": 60, "Words beside it": 40,
    "Stage": 12, "Owner": 22, "Evidence": 40, "Does not apply because": 30,
}  # fmt: skip
"""The columns of the answers with their widths in characters."""
ROW = "Row"
"""The first column of a table: the id by which a row is known."""
NOT_ON_SHEET = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Grid:
    """One sheet."""

    name: str
    """At most 31 characters, unique in the file."""
    columns: Mapping[str, float]
    """Heading to width in characters."""
    rows: tuple[tuple[Cell, ...], ...]


class Judged(NamedTuple):
    """A plan and what there is to say about it."""

    questionnaire: Questionnaire
    plan: Plan
    readiness: Readiness
    risks: tuple[Risk, ...]
    findings: tuple[Finding, ...]


def lay_out(judged: Judged) -> tuple[Grid, ...]:
    """All sheets, in the order people open them."""
    asked, plan = judged.questionnaire, judged.plan
    tables = _names(asked, plan)
    to_fill = tuple(_table(asked, plan, asked.question(id), name) for id, name in tables.items())
    to_read = tuple(grid for make in TO_READ if (grid := make(judged)).rows)
    about = Grid(ABOUT, {"What": 16, "Says": 50, "Question id": 30}, tuple(_about(plan, tables)))
    return (about, answers_grid(asked, plan, tables), *to_read, *to_fill)


def answers_grid(asked: Questionnaire, plan: Plan, tables: Mapping[str, str]) -> Grid:
    """Every question with its answer."""
    rows = []
    for question in asked.questions():
        answer = plan.answer(question)
        place = (asked.phase_of(question).title, question.code, question.ask)
        said = {**say_answer(question, answer, plan)}
        if question.id in tables:
            said["Answer"] = f"On the sheet “{tables[question.id]}”"
        rows.append((question.id, answer.revision, *place, *said.values()))
    return Grid(ANSWERS, COLUMNS, tuple(rows))


def say_answer(question: Question, answer: Answer, plan: Plan) -> dict[str, Cell]:
    """An answer by the headings under which people change it."""
    owner = next((each.name for each in plan.team if answer.owner and each.id == answer.owner), None)
    items = ((each.title, each.link, each.note, each.on) for each in answer.evidence)
    evidence = "\n".join(" | ".join(" ".join(part.split()) for part in item).rstrip(" |") for item in items)
    return {
        "Answer": say_value(question, answer.value),
        "Words beside it": fitting(answer.note) or None,
        "Stage": answer.stage.word if answer.stage else None,
        "Owner": owner,
        "Evidence": fitting(evidence) or None,
        "Does not apply because": answer.not_applicable or None,
    }


def names_of(asked: Questionnaire, plan: Plan) -> dict[str, dict[str, str]]:
    """What the rows of all tables are called, by table and row id."""
    return {each.id: row_names(each, plan.answer(each).value) for each in asked.questions() if each.columns}


def _names(asked: Questionnaire, plan: Plan) -> dict[str, str]:
    """The tables in which somebody has put something, each with the name of its sheet."""
    taken = {ABOUT.casefold(), ANSWERS.casefold(), "flagged risks", "next steps", "finance", "matrix", "history"}
    found: dict[str, str] = {}
    for question in asked.questions():
        if not question.columns or not stored_rows(question, plan.answer(question).value):
            continue
        short = question.id.rpartition(".")[2].replace("-", " ")
        name = base = NOT_ON_SHEET.sub(" ", f"{question.code} {short}" if question.sources else short)[:28].strip()
        number = 2
        while name.casefold() in taken:
            name, number = f"{base} {number}", number + 1
        taken.add(name.casefold())
        found[question.id] = name
    return found


def _about(plan: Plan, tables: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    yield "Format", FORMAT, None
    yield "Plan", plan.title, None
    yield "Plan id", plan.id, None
    yield "Revision", plan.revision, None
    yield "How to use it", "Change answers and rows, save, and bring the file in again. Leave ids as they are.", None
    for id, name in tables.items():
        yield "Sheet", name, id


def _table(asked: Questionnaire, plan: Plan, question: Question, name: str) -> Grid:
    names = names_of(asked, plan)
    widths = {"words": 50.0, "text": 30.0, "rows": 30.0, "choices": 30.0}
    columns = {ROW: 12.0} | {each.label: widths.get(each.kind, 18.0) for each in question.columns}
    rows = tuple(
        (str(row["id"]), *(say_table_cell(each, row.get(each.id), names) for each in question.columns))
        for row in all_rows(question, plan.answer(question).value)
    )
    return Grid(name, columns, rows)


def _risks(judged: Judged) -> Grid:
    columns = {"Band": 12.0, "Risk": 80.0, "Category": 20.0, "Likelihood": 11.0, "Impact": 9.0, "From gate": 18.0,
               "Owner": 22.0, "Question id": 26.0}  # fmt: skip
    rows = tuple(
        (each.band, each.sentence, CATEGORIES[each.category], each.likelihood, each.impact, GATES[each.gate],
         each.owner or None, each.question_id)
        for each in judged.risks
    )  # fmt: skip
    return Grid("Flagged risks", columns, rows)


def _next_steps(judged: Judged) -> Grid:
    """What stops the gate, and then what would raise readiness most."""
    view = view_readiness(judged.questionnaire, judged.plan, judged.readiness)
    rows = [("Stops the gate", each.says, each.question_id) for each in view.stops]
    rows += [("Raises readiness", each.says, each.question_id) for each in view.gains]
    return Grid("Next steps", {"Why": 20, "What to do": 90, "Question id": 26}, tuple(rows))


def _finance(judged: Judged) -> Grid:
    paper = view_finance(judged.questionnaire, judged.plan).paper
    if paper is None:
        return Grid("Finance", {}, ())
    rows: list[tuple[Cell, ...]] = [*paper.figures]
    for table in (paper.by_year, paper.scenarios, paper.by_driver):
        rows += [(), (table.caption,), table.columns, *_cells(table)]
    columns: dict[str, float] = {"Figure": 34, "Value": 22, "What it says": 40, " ": 18, "  ": 18, "   ": 18}
    return Grid("Finance", columns, tuple(rows))


def _matrix(judged: Judged) -> Grid:
    view = view_design(Known(judged.questionnaire, judged.plan), judged.findings)
    columns = {"Outcome": 10.0, "What an earner can do": 60.0, "Level": 14.0, "Shown by": 30.0, "Led to by": 30.0,
               "Of the result": 12.0, "Hours": 10.0, "Framework": 24.0}  # fmt: skip
    rows = tuple(
        (each.outcome, each.text, each.level, each.assessed, each.taught, each.weight, each.hours, each.skill)
        for each in view.rows
    )
    return Grid("Matrix", columns, rows)


def _cells(table: Table) -> list[tuple[Cell, ...]]:
    return [tuple(cell if isinstance(cell, str) else cell.words for cell in row) for row in table.rows]


TO_READ: tuple[Callable[[Judged], Grid], ...] = (_risks, _next_steps, _finance, _matrix)
"""Sheets that only say what follows from the answers; on the way back nobody looks at them."""
