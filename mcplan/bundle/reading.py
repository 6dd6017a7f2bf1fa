"""A bundle back into a plan, believed only as far as it can be checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any, TypeVar

from mcplan.bundle import board, frozen, plain
from mcplan.bundle.contents import Bundle, FrozenText, Round
from mcplan.bundle.schema import FORMATS, refuse_misshapen
from mcplan.bundle.strict import read_json
from mcplan.bundle.wording import wording_in
from mcplan.handed_in import MANIFEST, FileRefused, open_file, place
from mcplan.parcel import Parcel
from mcplan.plan import Answer
from mcplan.timeline import OF_PEOPLE

T = TypeVar("T")
OF_THE_BOARD = re.compile(r"versions\.json|decisions\.json|version-|wording-")
PARTS = re.compile(
    r"(plan|answers|comments|events|questionnaire|versions|decisions)\.json|(history|version|wording)-[0-9]{4}\.json"
)
MOST_REVISIONS = 45_000
"""A few more than are written."""
NEEDED = ("plan.json", "answers.json", "questionnaire.json")


def read_bundle(packed: bytes) -> Bundle:
    """What a file holds.

    Raises:
        ParcelRefused: it is damaged, was changed by hand, is of a later mcplan, or says what cannot be.
    """
    kind, parcel = open_file(packed)
    if kind != "bundle":
        raise FileRefused("This is a spreadsheet, not a plan bundle. Bring it into a plan that is there already.")
    return bundle_in(parcel)


def bundle_in(parcel: Parcel) -> Bundle:
    """The same for a file that has been opened."""
    manifest = _manifest(parcel)
    read = _Reader(parcel, manifest["format"])
    answers = read.many("answers.json", plain.answer_in)
    history = _history(read)
    _refuse_gaps(answers, history)
    events = read.many("events.json", plain.event_in)
    _refuse_people(events)
    plan = read.one("plan.json", lambda raw: plain.plan_in(raw, {each.question_id: each for each in answers}))
    if len({member.id for member in plan.team}) < len(plan.team):
        raise FileRefused("plan.json, “team”: two people have the same id.")
    versions, rounds = _board(read, parcel, manifest, history)
    return Bundle(
        plan=plan,
        questionnaire=read.one("questionnaire.json", wording_in),
        history=history,
        threads=read.many("comments.json", plain.thread_in),
        events=events,
        versions=versions,
        rounds=rounds,
        left_out=manifest.get("left_out", 0),
        versions_left_out=manifest.get("versions_left_out", 0),
    )


def _board(
    read: _Reader, parcel: Parcel, manifest: dict[str, Any], history: tuple[Answer, ...]
) -> tuple[tuple[FrozenText, ...], tuple[Round, ...]]:
    of_the_board = sorted(name for name in parcel.names if OF_THE_BOARD.match(name))
    if manifest["format"] == 1:
        if of_the_board:
            raise FileRefused(
                f"A bundle of format 1 holds no versions or decisions, and yet there is {of_the_board[0]}."
            )
        return (), ()
    versions = frozen.versions_in(parcel, read.many(frozen.LIST, frozen.entry_in), history)
    rounds = read.many(board.LIST, board.round_in)
    board.refuse_impossible(
        rounds, {each.version.number for each in versions}, is_whole=not manifest.get("versions_left_out")
    )
    return versions, rounds


class _Reader:
    """The parts of one bundle, by the schema of its format."""

    def __init__(self, parcel: Parcel, version: int) -> None:
        self._parcel, self._version = parcel, version

    def histories(self) -> Iterator[str]:
        """The parts of the history, in order."""
        return (name for name in sorted(self._parcel.names) if name.startswith("history-"))

    def one(self, name: str, make: Callable[[Any], T]) -> T:
        """What a part says as a whole."""
        content = self._content(name)
        try:
            return make(content)
        except ValueError as error:
            raise FileRefused(f"{name}: a day or a time in it is not on the calendar.") from error

    def many(self, name: str, make: Callable[[Any], T]) -> tuple[T, ...]:
        """What each entry of a part says; nothing if there is no such part."""
        if name not in self._parcel:
            return ()
        found = []
        for number, raw in enumerate(self._content(name)):
            try:
                found.append(make(raw))
            except ValueError as error:
                raise FileRefused(f"{place(name, [number])}: a day or a time is not on the calendar.") from error
        return tuple(found)

    def _content(self, name: str) -> Any:
        content = read_json(self._parcel.read(name), name)
        shape = PARTS.fullmatch(name)
        refuse_misshapen(name, content, (shape[1] or shape[2]) if shape else "", self._version)
        return content


def _manifest(parcel: Parcel) -> dict[str, Any]:
    manifest = read_json(parcel.read(MANIFEST), MANIFEST)
    given = manifest.get("format") if isinstance(manifest, dict) else None
    form = given if type(given) is int else 0
    if form > FORMATS[-1]:
        raise FileRefused(f"This bundle is of format {form}, and this mcplan reads up to {FORMATS[-1]}. Update mcplan.")
    refuse_misshapen(MANIFEST, manifest, "bundle", form if form in FORMATS else FORMATS[-1])
    named = {part["name"]: part["sha256"] for part in manifest["parts"]}
    for name in (*NEEDED, *named):
        if name not in parcel or name not in named:
            raise FileRefused(f"The bundle is not complete: {name[:60]} is missing from it.")
    for name in parcel.names:
        if name != MANIFEST and (name not in named or not PARTS.fullmatch(name)):
            raise FileRefused(f"The bundle holds “{name[:60]}”, which mcplan does not know.")
        if name != MANIFEST and sha256(parcel.read(name)).hexdigest() != named[name]:
            raise FileRefused(f"{name} is not as it was when the bundle was made. Take a new copy of the bundle.")
    return dict(manifest)


def _history(read: _Reader) -> tuple[Answer, ...]:
    found: list[Answer] = []
    for name in read.histories():
        found += read.many(name, plain.answer_in)
        if len(found) > MOST_REVISIONS:
            raise FileRefused(
                f"The history has more than {MOST_REVISIONS:,} revisions, which is the most mcplan takes."
            )
    return tuple(found)


def _refuse_gaps(answers: tuple[Answer, ...], history: tuple[Answer, ...]) -> None:
    last: dict[str, Answer] = {}
    for each in history:
        before = last.get(each.question_id)
        if before and each.revision != before.revision + 1:
            raise FileRefused(
                f"The history of “{each.question_id}” goes from revision {before.revision} to {each.revision}."
            )
        last[each.question_id] = each
    now = {each.question_id: each for each in answers}
    if len(now) < len(answers):
        raise FileRefused("answers.json holds two answers to one question.")
    for id in {**now, **last}:
        if _unsigned(now.get(id)) != _unsigned(last.get(id)):
            raise FileRefused(f"The answer to “{id}” is not the last one of its history.")


def _unsigned(answer: Answer | None) -> Answer | None:
    # Whoever only says how sure they are saves the answer, and stands in its history, but did not write it.
    return replace(answer, by="", at=None) if answer else None


def _refuse_people(events: Any) -> None:
    for number, event in enumerate(events):
        if event.kind in OF_PEOPLE:
            raise FileRefused(
                f"{place('events.json', [number])}: “{event.kind}” is about the people of an installation,"
                " of whom no bundle speaks."
            )
