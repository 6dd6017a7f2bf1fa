"""Read the questionnaire from its content files, and refuse it whole if one entry is wrong."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

from questionnaire.cells import CELLS, read_cell
from questionnaire.errors import AnswerRejected, QuestionnaireError
from questionnaire.kinds import Table, kind_of
from questionnaire.model import (
    CATEGORIES,
    GATES,
    ROLES,
    Column,
    Condition,
    OpenRisk,
    Phase,
    Question,
    Questionnaire,
    Section,
    Stage,
)
from questionnaire.picking import Choice, YesNo

CONTENT = Path(__file__).parent / "content"
TEXTS = (
    "id",
    "title",
    "purpose",
    "ask",
    "kind",
    "unit",
    "why",
    "weak",
    "strong",
    "sent_back",
    "note",
    "cause",
    "event",
    "consequence",
)
LISTS = ("bring", "in_the_room", "sources", "good", "fields", "columns", "ready")
WANTED: dict[str, type] = {
    **dict.fromkeys(TEXTS, str),
    **dict.fromkeys(LISTS, list),
    **dict.fromkeys(("numbered", "walked"), bool),
}
CALLED: dict[type, str] = {str: "text", list: "a list of texts", bool: "true or false"}
STAGES = {stage.name.lower(): stage for stage in Stage if stage}


def load_questionnaire(folder: Path = CONTENT) -> Questionnaire:
    """The questionnaire in `folder`: one TOML file a phase, walked in file-name order.

    Raises:
        QuestionnaireError: there is no content, a file does not parse, or an entry lacks,
            misnames or misuses a field. The message names file and entry.
    """
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise QuestionnaireError(f"{folder}: there are no .toml files here; a questionnaire has one for each phase")
    phases = tuple(_read_phase(path) for path in paths)
    _check_ids(phases, paths)
    _check_conditions(phases, paths)
    _check_references(phases, paths)
    return Questionnaire(phases)


def _read_phase(path: Path) -> Phase:
    try:
        entry = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise QuestionnaireError(f"{path.name}: {error}") from error
    sections = _take_list(path.name, entry, "section")
    where = f"{path.name}: {entry.get('id', 'phase without id')}"
    _known_fields(where, entry, Phase, {"sections"}, {"id", "title", "purpose"})
    _one_of(where, "in_the_room", entry.get("in_the_room", []), ROLES)
    return Phase(
        id=entry["id"],
        title=entry["title"],
        purpose=entry["purpose"],
        bring=tuple(entry.get("bring", ())),
        in_the_room=tuple(entry.get("in_the_room", ())),
        numbered=entry.get("numbered", True),
        walked=entry.get("walked", True),
        sections=tuple(_read_section(path.name, section) for section in sections),
    )


def _read_section(file: str, entry: dict[str, Any]) -> Section:
    questions = _take_list(file, entry, "question")
    where = f"{file}: {entry.get('id', 'a section without id')}"
    _known_fields(where, entry, Section, {"questions"}, {"id", "title"})
    return Section(entry["id"], entry["title"], tuple(_read_question(file, question) for question in questions))


def _read_question(file: str, entry: dict[str, Any]) -> Question:
    where = f"{file}: {entry.get('id') or entry.get('ask') or 'a question without id'}"
    _known_fields(where, entry, Question, set(), {"id", "ask", "kind"})
    _one_of(where, "gate", [entry.get("gate", "G2")], GATES)
    _one_of(where, "weight", [entry.get("weight", 2)], (1, 2, 3))
    _one_of(where, "asked_stage", [entry.get("asked_stage", "agreed")], STAGES)
    minutes = entry.get("minutes", 5)
    if not isinstance(minutes, int) or minutes < 1:
        raise QuestionnaireError(f"{where}: minutes is a whole number from 1 upwards")
    question = Question(
        **entry
        | {
            "sources": tuple(entry.get("sources", ())),
            "good": tuple(entry.get("good", ())),
            "fields": tuple(entry.get("fields", ())),
            "columns": tuple(_read_column(where, column) for column in entry.get("columns", ())),
            "ready": tuple(entry.get("ready", ())),
            "asked_stage": STAGES[entry.get("asked_stage", "agreed")],
            "risk": _read_risk(where, entry.get("risk")),
            "asked_when": _read_condition(where, entry.get("asked_when")),
        }
    )
    _check_kind(where, question)
    return question


def _read_column(where: str, entry: dict[str, Any]) -> Column:
    where = f"{where}: column {entry.get('id', 'without id')}"
    _known_fields(where, entry, Column, set(), {"id", "label"})
    _one_of(where, "kind", [entry.get("kind", "text")], CELLS)
    if entry["id"] == "id":
        raise QuestionnaireError(f"{where}: this name is taken by the row itself")
    if entry.get("kind") in ("choice", "choices") and len(entry.get("options", {})) < 2:
        raise QuestionnaireError(f"{where}: a {entry['kind']} needs at least two options")
    return Column(**entry)


def _check_table(where: str, question: Question) -> None:
    ids = [column.id for column in question.columns]
    if not ids or all(column.fixed for column in question.columns):
        raise QuestionnaireError(f"{where}: a table needs columns that people can put something in")
    if len(set(ids)) < len(ids):
        raise QuestionnaireError(f"{where}: two columns have the same id")
    for row in question.ready:
        _one_of(f"{where}: ready-made row", "cell", row, ["id", *ids])
        if not isinstance(row.get("id"), str) or [each.get("id") for each in question.ready].count(row["id"]) > 1:
            raise QuestionnaireError(f"{where}: a ready-made row needs an id of its own")
    _one_of(f"{where}: example", "cell", question.example, ids)
    for row in (*question.ready, question.example):
        for column in question.columns:
            # An example says in words what a reference would be.
            if column.kind not in ("row", "rows"):
                _fits(where, column, row.get(column.id))


def _fits(where: str, column: Column, raw: Any) -> None:
    try:
        read_cell(column, raw)
    except AnswerRejected as problem:
        raise QuestionnaireError(f"{where}: {problem}") from None


def _check_references(phases: tuple[Phase, ...], paths: list[Path]) -> None:
    tables = {question.id for phase in phases for question in phase.questions if question.columns}
    for phase, path in zip(phases, paths, strict=True):
        for question in phase.questions:
            for column in question.columns:
                where = f"{path.name}: {question.id}: column {column.id}"
                if column.kind in ("row", "rows"):
                    _one_of(where, "of", [column.of], sorted(tables))


def _read_risk(where: str, entry: dict[str, Any] | None) -> OpenRisk | None:
    if entry is None:
        return None
    where = f"{where}: risk"
    _known_fields(where, entry, OpenRisk, set(), {field.name for field in fields(OpenRisk)})
    _one_of(where, "likelihood", [entry["likelihood"]], range(1, 6))
    _one_of(where, "impact", [entry["impact"]], range(1, 6))
    _one_of(where, "category", [entry["category"]], CATEGORIES)
    return OpenRisk(**entry)


def _read_condition(where: str, entry: dict[str, Any] | None) -> Condition | None:
    if entry is None:
        return None
    if set(entry) not in ({"question", "is"}, {"question", "is_not"}):
        raise QuestionnaireError(f"{where}: asked_when holds a question and either is or is_not")
    values = entry.get("is", entry.get("is_not"))
    if not isinstance(values, list) or not values:
        raise QuestionnaireError(f"{where}: asked_when compares with a list of option ids")
    return Condition(entry["question"], frozenset(values), wanted="is" in entry)


def _check_kind(where: str, question: Question) -> None:
    try:
        kind = kind_of(question)
    except QuestionnaireError as error:
        raise QuestionnaireError(f"{where}: {str(error).partition(': ')[2]}") from None
    if isinstance(kind, Choice) and len(question.options) < 2:
        raise QuestionnaireError(f"{where}: a {question.kind} needs at least two options")
    if question.kind == Table.name:
        _check_table(where, question)
    elif question.columns or question.ready:
        raise QuestionnaireError(f"{where}: only a table has columns and ready-made rows")
    if question.kind == "quantity" and not question.unit:
        raise QuestionnaireError(f"{where}: a quantity needs a unit")


def _check_ids(phases: tuple[Phase, ...], paths: list[Path]) -> None:
    seen: set[str] = set()
    for phase, path in zip(phases, paths, strict=True):
        own = [phase.id, *(section.id for section in phase.sections), *(question.id for question in phase.questions)]
        for id in own:
            if id in seen:
                raise QuestionnaireError(f"{path.name}: {id}: this id stands twice")
            seen.add(id)
            if id != phase.id and not id.startswith(f"{phase.id}."):
                raise QuestionnaireError(f"{path.name}: {id}: an id starts with its phase, “{phase.id}.”")


def _check_conditions(phases: tuple[Phase, ...], paths: list[Path]) -> None:
    earlier: dict[str, set[str]] = {}
    for phase, path in zip(phases, paths, strict=True):
        for question in phase.questions:
            condition = question.asked_when
            if condition:
                where = f"{path.name}: {question.id}: asked_when"
                _one_of(where, "question", [condition.question_id], earlier)
                _one_of(where, "value", sorted(condition.values), earlier[condition.question_id])
            earlier[question.id] = set(YesNo.options if question.kind == YesNo.name else question.options)


def _known_fields(where: str, entry: dict[str, Any], model: type, apart: set[str], needed: set[str]) -> None:
    known = {field.name for field in fields(model)} - apart
    for name in entry:
        if name not in known:
            raise QuestionnaireError(f"{where}: there is no field “{name}”; the fields are: {', '.join(sorted(known))}")
    for name in sorted(needed):
        if entry.get(name) in (None, ""):
            raise QuestionnaireError(f"{where}: “{name}” is missing")
    for name, wanted in WANTED.items():
        if name in entry and not isinstance(entry[name], wanted):
            raise QuestionnaireError(f"{where}: “{name}” is {CALLED[wanted]}")


def _one_of(where: str, name: str, values: Any, allowed: Any) -> None:
    for value in values:
        if value not in allowed:
            raise QuestionnaireError(
                f"{where}: {name}: “{value}” is none of: {', '.join(map(str, allowed)) or 'nothing'}"
            )


def _take_list(file: str, entry: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = entry.pop(name, [])
    if not isinstance(found, list) or not found or not all(isinstance(each, dict) for each in found):
        raise QuestionnaireError(f"{file}: {entry.get('id', 'an entry')}: needs at least one [[{name}]]")
    return found
