"""A plan into a bundle: the same plan gives the same bytes."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from typing import Any

from mcplan.bundle import board, frozen, plain
from mcplan.bundle.contents import Bundle, FrozenText, Round
from mcplan.bundle.schema import FORMATS
from mcplan.bundle.wording import wording_out
from mcplan.handed_in import MANIFEST
from mcplan.parcel import MEBIBYTE
from mcplan.plan import Answer

FORMAT = FORMATS[-1]
"""The format that is written."""
ROOM = 20 * MEBIBYTE
"""Bytes of JSON for the history: what is written has to be small enough to be read again."""
ROOM_OF_VERSIONS = 14 * MEBIBYTE
"""Bytes for the texts of versions."""
MOST_REVISIONS = 40_000
"""Revisions for which there is room at all."""
A_PART = 4 * MEBIBYTE
BEFORE_ZIP = (1980, 1, 1, 0, 0, 0)
"""The time of every part. What changed when stands in the parts themselves."""


def write_bundle(bundle: Bundle) -> bytes:
    """The file. What has no room in it, the oldest revisions and versions, is left out, and the file says how many."""
    lines, left_out = _with_room([(each, _line(plain.answer_out(each))) for each in bundle.history])
    plan = bundle.plan
    answers = [plain.answer_out(plan.answers[id]) for id in sorted(plan.answers)]
    parts = {
        "plan.json": _line(plain.plan_out(plan)) + "\n",
        "answers.json": _list(map(_line, answers)),
        "comments.json": _list(_line(plain.thread_out(each)) for each in bundle.threads),
        "events.json": _list(_line(plain.event_out(each)) for each in bundle.events),
        "questionnaire.json": _line(wording_out(bundle.questionnaire)) + "\n",
    }
    parts |= {f"history-{number:04}.json": _list(part) for number, part in enumerate(_in_parts(lines), 1)}
    versions, rounds = _versions_with_room(bundle.versions, bundle.rounds)
    entries, texts = frozen.versions_out(versions)
    for name, records in ((frozen.LIST, entries), (board.LIST, [board.round_out(each) for each in rounds])):
        if records:
            parts[name] = _list(map(_line, records))
    versions_left_out = len(bundle.versions) - len(versions) + bundle.versions_left_out
    missing = {"left_out": bundle.left_out + left_out, "versions_left_out": versions_left_out}
    return _packed(plan.title, {name: text.encode() for name, text in parts.items()} | texts, missing)


def _packed(title: str, parts: Mapping[str, bytes], missing: Mapping[str, int]) -> bytes:
    named = [{"name": name, "sha256": sha256(parts[name]).hexdigest()} for name in sorted(parts)]
    manifest = {"product": "mcplan", "format": FORMAT, "title": title, "parts": named}
    manifest |= {name: number for name, number in missing.items() if number}
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in ((MANIFEST, _line(manifest).encode() + b"\n"), *sorted(parts.items())):
            entry = zipfile.ZipInfo(name, BEFORE_ZIP)
            # The same bytes on every system.
            entry.create_system, entry.external_attr, entry.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=6)
    return file.getvalue()


def _with_room(lines: Sequence[tuple[Answer, str]]) -> tuple[list[str], int]:
    """The lines for which there is room, without the oldest of the longest histories; and how many are left out."""
    sizes = sum(len(line.encode()) for _, line in lines)
    if sizes <= ROOM and len(lines) <= MOST_REVISIONS:
        return [line for _, line in lines], 0
    last = {answer.question_id: answer.revision for answer, _ in lines}
    # Those furthest from the answer of now go first; the last one of each always stays.
    order = sorted(range(len(lines)), key=lambda at: lines[at][0].revision - last[lines[at][0].question_id])
    gone: set[int] = set()
    for at in order:
        answer, line = lines[at]
        fits = sizes <= ROOM and len(lines) - len(gone) <= MOST_REVISIONS
        if fits or answer.revision == last[answer.question_id]:
            break
        gone.add(at)
        sizes -= len(line.encode())
    return [line for at, (_, line) in enumerate(lines) if at not in gone], len(gone)


def _versions_with_room(
    versions: Sequence[FrozenText], rounds: Sequence[Round]
) -> tuple[list[FrozenText], list[Round]]:
    """The versions for which there is room, with the rounds on them: those that no board saw go first, oldest first."""
    seen = {each.version for each in rounds}
    kept = sorted(versions, key=lambda each: each.version.number)
    order = sorted(kept, key=lambda each: (each.version.number in seen, each.version.number))
    sizes = {each.version.number: len(each.content.encode()) for each in kept}
    room = ROOM_OF_VERSIONS - sum(len(text.encode()) for text in {each.wording for each in kept})
    gone: set[int] = set()
    for each in order:
        if sum(size for number, size in sizes.items() if number not in gone) <= room:
            break
        gone.add(each.version.number)
    # Moves are numbered without gaps, so a round goes with all that came before it.
    last = max((at for at, each in enumerate(rounds) if each.version in gone), default=-1)
    return [each for each in kept if each.version.number not in gone], list(rounds[last + 1 :])


def _in_parts(lines: Iterable[str]) -> Iterator[list[str]]:
    part: list[str] = []
    size = 0
    for line in lines:
        if part and size + len(line) > A_PART:
            yield part
            part, size = [], 0
        part.append(line)
        size += len(line)
    if part:
        yield part


def _line(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":"))


def _list(lines: Iterable[str]) -> str:
    # An entry a line: people look into such files, and compare two of them.
    return "[\n" + ",\n".join(lines) + "\n]\n"
