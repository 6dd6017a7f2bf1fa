"""Where every question comes from: the catalogue with the home of each item, and the fields of boards."""

from __future__ import annotations

from dataclasses import dataclass

from mcplan.catalogue import DOCUMENTS, KINDS, Home, homes_of_codes, homes_of_fields, load_codes, load_fields
from mcplan.packs import load_packs
from questionnaire.model import Json, Questionnaire


@dataclass(frozen=True)
class SourceRow:
    """One item of the catalogue."""

    code: str
    says: str
    done: str
    """What the product does with it: asked, planned, worked out …"""
    homes: str


@dataclass(frozen=True)
class SourceGroup:
    """The items of one part of a document."""

    title: str
    rows: tuple[SourceRow, ...]


@dataclass(frozen=True)
class FieldRow:
    """One field that boards ask for."""

    field: str
    label: str
    required_by: str
    homes: str


@dataclass(frozen=True)
class SourcesView:
    """The whole catalogue."""

    message: str
    groups: tuple[SourceGroup, ...]
    fields: tuple[FieldRow, ...]


def view_sources(questionnaire: Questionnaire) -> SourcesView:
    """What the screen on sources shows."""
    homes, groups = homes_of_codes(questionnaire), dict[str, list[SourceRow]]()
    for code in load_codes():
        title = f"{DOCUMENTS[code.id[0]]}: {code.group}"
        groups.setdefault(title, []).append(SourceRow(code.id, code.says, KINDS[code.kind], _words(homes[code.id])))
    homeless = sum(not found for found in homes.values())
    message = f"{len(homes) - homeless} of {len(homes)} items of four documents have a home here"
    return SourcesView(
        message, tuple(SourceGroup(title, tuple(rows)) for title, rows in groups.items()), _fields(questionnaire)
    )


def sources_as_json(questionnaire: Questionnaire) -> dict[str, Json]:
    """The same for other programs: items and fields with the ids of the questions, and other homes in words."""
    codes, fields = homes_of_codes(questionnaire), homes_of_fields(questionnaire)
    return {
        "codes": [
            {"code": code.id, "kind": code.kind, "says": code.says, **_homes(codes[code.id])} for code in load_codes()
        ],
        "fields": [
            {"field": each.id, "label": each.label, "check": each.check, **_homes(fields[each.id])}
            for each in load_fields().values()
        ],
    }


def _fields(questionnaire: Questionnaire) -> tuple[FieldRow, ...]:
    homes = homes_of_fields(questionnaire)
    return tuple(
        FieldRow(
            each.id,
            each.label,
            ", ".join(pack.id.upper() for pack in load_packs().values() if each.id in pack.required) or "–",
            _words(homes[each.id]),
        )
        for each in load_fields().values()
    )


def _words(homes: tuple[Home, ...]) -> str:
    return " · ".join(home.words for home in homes) or "No home yet"


def _homes(homes: tuple[Home, ...]) -> dict[str, Json]:
    return {
        "questions": [home.question_id for home in homes if home.question_id],
        "elsewhere": [home.words for home in homes if not home.question_id],
    }
