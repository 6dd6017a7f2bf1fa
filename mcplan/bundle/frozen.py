"""Frozen versions in a bundle: each is a part of its own, byte for byte the text whose SHA-256 it is known by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from mcplan.bundle import plain
from mcplan.bundle.contents import FrozenText
from mcplan.bundle.schema import is_shaped
from mcplan.bundle.strict import read_json
from mcplan.finding import Finding
from mcplan.frozen_json import canonical, read
from mcplan.frozen_types import find_misfit
from mcplan.handed_in import FileRefused, place
from mcplan.parcel import Parcel
from mcplan.plan import Answer, Plan
from mcplan.risk import Risk
from mcplan.version import FIGURES, FORMAT, MOST_NAME, Version, digest, thaw
from questionnaire.cells import CELLS
from questionnaire.kinds import KINDS
from questionnaire.model import CATEGORIES, GATES, Questionnaire

LIST = "versions.json"
SPOILT = (
    "its content does not fit its SHA-256, so it is not what was frozen. Nothing of this bundle is brought in; take a"
    " new copy of it from where it was made"
)
PARTS: Mapping[str, Any] = {
    "at": datetime, "plan": Plan, "readiness": FIGURES, "risks": tuple[Risk, ...], "findings": tuple[Finding, ...],
}  # fmt: skip
"""What a version holds beside its name, by the name in its text."""


def part_of(number: int) -> str:
    """The name of the part that holds the text of a version."""
    return f"version-{number:04}.json"


def versions_out(versions: Iterable[FrozenText]) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    """The entries of the list of versions, and the parts with their texts; each wording once."""
    entries: list[dict[str, Any]] = []
    parts: dict[str, bytes] = {}
    wordings: dict[str, str] = {}
    for version, content, wording in versions:
        wordings.setdefault(wording, digest(wording))
        about = {"number": version.number, "name": version.name, "by": version.by, "at": plain.moment(version.at)}
        hashes = {"sha256": version.sha256, "wording": wordings[wording]}
        entries.append(about | {"revision": max(1, version.revision)} | hashes)
        parts[part_of(version.number)] = content.encode()
    parts |= {f"wording-{place:04}.json": text.encode() for place, text in enumerate(wordings, 1)}
    return entries, parts


def entry_in(raw: dict[str, Any]) -> dict[str, Any]:
    """An entry of the list of versions. ValueError if its moment is none."""
    return raw | {"at": datetime.fromisoformat(raw["at"])}


def versions_in(parcel: Parcel, entries: Iterable[dict[str, Any]], history: Iterable[Answer]) -> tuple[FrozenText, ...]:
    """The versions, each believed only if its text fits its SHA-256 and can be looked at.

    Args:
        parcel: the bundle.
        entries: of its list of versions, each of the right shape.
        history: the answers that have been checked already.

    Raises:
        FileRefused: a version is not what was frozen, is missing, or says what cannot be.
    """
    wordings = {digest(text): (name, text) for name, text in _wordings(parcel)}
    known = {(each.question_id, each.revision): each for each in history}
    asked: dict[str, Questionnaire] = {}
    found: dict[int, FrozenText] = {}
    for at, entry in enumerate(entries):
        where, number = place(LIST, [at]), entry["number"]
        if number in found:
            raise FileRefused(f"{where}: version {number} stands in it twice.")
        if entry["wording"] not in wordings:
            raise FileRefused(f"{where}: the wording of the questions in version {number} is missing from the bundle.")
        name, wording = wordings[entry["wording"]]
        if entry["wording"] not in asked:
            asked[entry["wording"]] = _questionnaire(name, wording)
        found[number] = _version(parcel, entry, where, wording, asked[entry["wording"]], known)
    _refuse_strays(parcel, found, len(wordings), asked)
    return tuple(found[number] for number in sorted(found))


def _version(
    parcel: Parcel,
    entry: Mapping[str, Any],
    where: str,
    wording: str,
    asked: Questionnaire,
    known: Mapping[Any, Answer],
) -> FrozenText:
    part = part_of(entry["number"])
    if part not in parcel:
        raise FileRefused(f"{where}: {part}, which holds this version, is missing from the bundle.")
    content = _text(parcel, part)
    if digest(content) != entry["sha256"]:
        raise FileRefused(f"{part}: version {entry['number']} cannot be believed: {SPOILT}.")
    raw = read_json(content.encode(), part)
    if not isinstance(raw, dict) or canonical(raw) != content:
        raise FileRefused(f"{part} is not written in the way mcplan freezes a version.")
    _refuse_misfits(part, raw)
    _refuse_other_name(part, raw, entry)
    _refuse_strange(part, raw, asked)
    version = Version(
        id="",
        number=entry["number"],
        name=entry["name"],
        by=entry["by"],
        at=entry["at"],
        revision=entry["revision"],
        sha256=entry["sha256"],
    )
    _refuse_answers(part, thaw(content, wording, version.sha256).plan, known)
    return FrozenText(version, content, wording)


def _refuse_misfits(part: str, raw: Mapping[str, Any]) -> None:
    """Refuse a text of a later mcplan, or with something in it that is not of its type."""
    form = raw.get("format")
    if type(form) is int and form > FORMAT:
        raise FileRefused(f"{part} was frozen by a newer mcplan. Bring this one up to date to bring it in.")
    if type(form) is not int or form != FORMAT:
        raise FileRefused(f"{place(part, ['format'])}: {FORMAT} belongs here.")
    for name, kind in PARTS.items():
        if name not in raw:
            raise FileRefused(f"{part}: “{name}” is missing.")
        if wrong := find_misfit(kind, raw[name]):
            raise FileRefused(f"{place(part, [name, *wrong.path])}: {wrong.says}.")


def _refuse_other_name(part: str, raw: Mapping[str, Any], entry: Mapping[str, Any]) -> None:
    """Refuse a text that speaks of another version than the list does."""
    same = {name: raw.get(name) == entry[name] for name in ("number", "name", "by", "wording")}
    same["at"] = datetime.fromisoformat(raw["at"]) == entry["at"]
    same["revision"] = max(1, raw["plan"].get("revision", 0)) == entry["revision"]
    for name, is_right in same.items():
        if not is_right:
            raise FileRefused(f"{place(part, [name])}: this is not what {LIST} says of version {entry['number']}.")
    if len(entry["name"]) > MOST_NAME:
        raise FileRefused(f"{place(part, ['name'])}: a version's name has at most {MOST_NAME} characters.")


def _refuse_strange(part: str, raw: Mapping[str, Any], asked: Questionnaire) -> None:
    """Refuse what is of the right type and yet cannot be shown."""
    for at, each in enumerate(raw["risks"]):
        _refuse_risk(place(part, ["risks", at]), each)
    for gate in GATES:
        if gate not in raw["readiness"]:
            raise FileRefused(f"{place(part, ['readiness'])}: “{gate}” is missing.")
    questions, phases = {each.id for each in asked.questions()}, {each.id for each in asked.phases}
    for gate, figures in raw["readiness"].items():
        where = place(part, ["readiness", gate])
        scores = [figures["whole"], *(each["score"] for each in figures["phases"])]
        named = {
            id for score in scores for id in (*score["split"], *(each["question"] for each in score["shortfalls"]))
        }
        for what, strange in (
            ("question", named - questions),
            ("phase", {each["phase"] for each in figures["phases"]} - phases),
        ):
            if strange:
                raise FileRefused(f"{where}: no {what} is called “{min(strange)[:60]}”.")


def _refuse_risk(where: str, raw: Mapping[str, Any]) -> None:
    if raw["category"] not in CATEGORIES:
        raise FileRefused(f"{where}, “category”: one of {', '.join(CATEGORIES)} belongs here.")
    for name, least in (("likelihood", 1), ("impact", 1), ("likelihood_after", 0), ("impact_after", 0)):
        if not least <= raw.get(name, 1) <= 5:
            raise FileRefused(f"{where}, “{name}”: a number from {least} to 5 belongs here.")


def _refuse_answers(part: str, plan: Plan, known: Mapping[Any, Answer]) -> None:
    if len({member.id for member in plan.team}) < len(plan.team):
        raise FileRefused(f"{place(part, ['plan', 'team'])}: two people have the same id.")
    for id, answer in plan.answers.items():
        where = place(part, ["plan", "answers", id])
        if answer.question_id != id:
            raise FileRefused(f"{where}: this is the answer to another question.")
        # Nearly every answer of a version stands in the history as well, where it was looked at.
        if known.get((id, answer.revision)) != answer and not is_shaped(plain.answer_out(answer), "answer"):
            raise FileRefused(f"{where}: this is no answer as mcplan keeps it.")


def _wordings(parcel: Parcel) -> Iterator[tuple[str, str]]:
    for name in sorted(parcel.names):
        if name.startswith("wording-"):
            yield name, _text(parcel, name)


def _questionnaire(part: str, wording: str) -> Questionnaire:
    raw = read_json(wording.encode(), part)
    if canonical(raw) != wording:
        raise FileRefused(f"{part} is not written in the way mcplan freezes a version.")
    if wrong := find_misfit(Questionnaire, raw):
        raise FileRefused(f"{place(part, wrong.path)}: {wrong.says}.")
    found: Questionnaire = read(Questionnaire, raw)
    _refuse_unknown(part, found)
    return found


def _refuse_unknown(part: str, asked: Questionnaire) -> None:
    """Refuse a wording that this mcplan cannot show: it has kinds of which this one knows nothing."""
    questions = list(asked.questions())
    ids = {each.id for each in questions}
    if len(ids) < len(questions) or len({each.id for each in asked.phases}) < len(asked.phases):
        raise FileRefused(f"{part}: two questions or two phases have the same id.")
    for question in questions:
        kinds = {question.kind: KINDS} | {column.kind: CELLS for column in question.columns}
        strange = next((kind for kind, known in kinds.items() if kind not in known), None)
        is_table = question.kind == "table"
        if strange is not None:
            raise FileRefused(f"{part}, question “{question.id[:60]}”: mcplan knows no kind “{strange[:40]}”.")
        if is_table != bool(question.columns) or any("id" not in row for row in question.ready):
            raise FileRefused(f"{part}, question “{question.id[:60]}”: the columns or rows of its table are missing.")
        if question.asked_when and question.asked_when.question_id not in ids:
            raise FileRefused(f"{part}, question “{question.id[:60]}”: it hangs on a question that is not there.")
        if (question.risk and question.risk.category not in CATEGORIES) or not 1 <= question.weight <= 3:
            raise FileRefused(f"{part}, question “{question.id[:60]}”: its weight or its risk is not one of mcplan's.")


def _refuse_strays(parcel: Parcel, found: Mapping[int, FrozenText], wordings: int, asked: Mapping[str, Any]) -> None:
    expected = {part_of(number) for number in found}
    for name in parcel.names:
        if name.startswith("version-") and name not in expected:
            raise FileRefused(f"{name} holds a version of which {LIST} says nothing.")
    if wordings > len(asked):
        raise FileRefused("The bundle holds a wording of the questions that belongs to no version.")


def _text(parcel: Parcel, name: str) -> str:
    try:
        return parcel.read(name).decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileRefused(f"{name} is not written in UTF-8 (byte {error.start + 1}).") from error
