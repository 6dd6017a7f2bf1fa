"""The questionnaire in a bundle: what was asked, so that another installation can show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.model import Column, Phase, Question, Questionnaire, Section, Stage

PLAIN = ("id", "ask", "kind", "unit", "why", "weak", "strong", "sent_back", "weight", "gate", "note")
LISTS = ("sources", "fields", "good")
OF_COLUMN = ("id", "label", "kind", "of", "unit", "fixed", "required")


def wording_out(questionnaire: Questionnaire) -> dict[str, Any]:
    """All phases with their questions. What only leads a team through them, such as times, is left out."""
    return {"phases": [_phase_out(phase) for phase in questionnaire.phases]}


def wording_in(raw: dict[str, Any]) -> Questionnaire:
    """A questionnaire to show wording from; no plan is asked it."""
    return Questionnaire(tuple(_phase_in(phase) for phase in raw["phases"]))


def _phase_out(phase: Phase) -> dict[str, Any]:
    sections = [
        {"id": each.id, "title": each.title, "questions": [_question_out(question) for question in each.questions]}
        for each in phase.sections
    ]
    about = {"id": phase.id, "title": phase.title, "purpose": phase.purpose, "numbered": phase.numbered}
    return about | {"sections": sections}


def _phase_in(raw: dict[str, Any]) -> Phase:
    sections = tuple(
        Section(each["id"], each["title"], tuple(_question_in(question) for question in each["questions"]))
        for each in raw["sections"]
    )
    return Phase(raw["id"], raw["title"], raw.get("purpose", ""), sections, numbered=raw.get("numbered", True))


def _question_out(question: Question) -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(question, name) for name in PLAIN}
    said |= {name: list(getattr(question, name)) for name in LISTS}
    said |= {"options": _options_out(question.options), "asked_stage": question.asked_stage.name.lower()}
    columns = [
        {name: getattr(each, name) for name in OF_COLUMN} | {"options": _options_out(each.options)}
        for each in question.columns
    ]
    said |= {"columns": [_filled(column) for column in columns]}
    said |= {"ready": [_filled(row) for row in question.ready]}
    return _filled(said)


def _question_in(raw: dict[str, Any]) -> Question:
    fields = {name: raw[name] for name in PLAIN if name in raw}
    fields |= {name: tuple(raw[name]) for name in LISTS if name in raw}
    fields["options"] = _options_in(raw)
    fields["asked_stage"] = Stage[raw.get("asked_stage", "agreed").upper()]
    fields["ready"] = tuple(raw.get("ready", ()))
    fields["columns"] = tuple(
        Column(**{name: each[name] for name in OF_COLUMN if name in each}, options=_options_in(each))
        for each in raw.get("columns", ())
    )
    return Question(**fields)


def _options_out(options: Mapping[str, str]) -> list[dict[str, str]]:
    # A list, since their order is that in which people see them.
    return [{"id": id, "label": label} for id, label in options.items()]


def _options_in(raw: dict[str, Any]) -> dict[str, str]:
    return {each["id"]: each["label"] for each in raw.get("options", ())}


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in fields.items() if each not in ("", [], None, False)}
