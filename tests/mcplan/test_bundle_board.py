"""Versions and rounds of a board in a bundle: as they were frozen and decided, or not at all."""

from __future__ import annotations

import json
import tracemalloc
from dataclasses import fields, replace
from hashlib import sha256
from typing import Any

import pytest

from mcplan.bundle import read_bundle, write_bundle
from mcplan.bundle import writing as bundle_writing
from mcplan.bundle.schema import FORMATS, schema_text
from mcplan.decisions import standing, standing_elsewhere
from mcplan.finding import Finding
from mcplan.frozen_json import canonical
from mcplan.handed_in import FileRefused
from mcplan.parcel import ParcelRefused
from mcplan.plan import Answer, Plan
from mcplan.readiness import Score
from mcplan.risk import Risk
from mcplan.version import thaw
from questionnaire.model import Column, Question
from tests.mcplan.bundles import A_ROUND, a_bundle, a_frozen_text, a_move, edited, forged, parts_of, zipped

MEBIBYTE = 1 << 20


def refrozen(change, part="version-0001.json", *, is_hash_right=True) -> bytes:
    """The bundle with something else in version 1, by somebody who sets every SHA-256 right."""
    parts = parts_of(write_bundle(a_bundle()))
    before = sha256(parts[part]).hexdigest()
    parts[part] = change(parts[part])
    after = sha256(parts[part]).hexdigest()
    if is_hash_right:
        for name in ("versions.json", "version-0001.json", "version-0002.json"):
            parts[name] = parts[name].replace(before.encode(), after.encode())
        if part.startswith("wording"):
            versions = json.loads(parts["versions.json"])
            for each in versions:
                each["sha256"] = sha256(parts[f"version-{each['number']:04}.json"]).hexdigest()
            parts["versions.json"] = json.dumps(versions).encode()
    manifest = json.loads(parts["bundle.json"])
    manifest["parts"] = [
        {"name": each["name"], "sha256": sha256(parts[each["name"]]).hexdigest()} for each in manifest["parts"]
    ]
    return zipped(parts | {"bundle.json": json.dumps(manifest).encode()})


def said(*path: Any, value: Any, part="version-0001.json") -> bytes:
    """The bundle in which version 1 says something else at one place."""

    def change(content: bytes) -> bytes:
        whole = json.loads(content)
        inner = whole
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = value
        return canonical(whole).encode()

    return refrozen(change, part)


def moved(change) -> bytes:
    """The bundle with something else in the round of its board."""
    return edited("decisions.json", lambda rounds: [rounds[0] | change(rounds[0])])


def with_move(place: int, **given: Any) -> bytes:
    """The bundle in which one move of its round says something else."""

    def change(one: dict[str, Any]) -> dict[str, Any]:
        return {"moves": [each | given if at == place else each for at, each in enumerate(one["moves"])]}

    return moved(change)


def test_versions_and_rounds_go_out_and_come_in_the_same():
    bundle = a_bundle()
    again = read_bundle(write_bundle(bundle))

    assert (again.versions, again.rounds) == (bundle.versions, bundle.rounds)
    assert thaw(again.versions[0].content, again.versions[0].wording, again.versions[0].version.sha256).plan.title


def test_each_version_is_a_part_with_the_sha256_it_is_known_by_and_a_wording_stands_once():
    parts = parts_of(write_bundle(a_bundle()))

    assert sha256(parts["version-0001.json"]).hexdigest() == a_bundle().versions[0].version.sha256
    assert [name for name in parts if name.startswith("wording")] == ["wording-0001.json"]


def test_the_schema_speaks_of_every_field_that_is_frozen():
    definitions = json.loads(schema_text(FORMATS[-1]))["$defs"]
    described = {
        Plan: definitions["version"]["properties"]["plan"],
        Finding: definitions["version"]["properties"]["findings"]["items"],
        Answer: definitions["frozen-answer"],
        Score: definitions["frozen-score"],
        Risk: definitions["frozen-risk"],
        Question: definitions["frozen-question"],
        Column: definitions["frozen-question"]["properties"]["columns"]["items"],
    }
    for kind, schema in described.items():
        assert {each.name for each in fields(kind)} == set(schema["properties"]), kind.__name__


def test_what_was_decided_elsewhere_decides_nothing_here():
    given = replace(A_ROUND.submission, id="s1", version_id="v1")
    moves = [replace(each, submission_id="s1") for each in A_ROUND.moves]

    now = standing(moves, {"s1": given})
    assert (now.state, now.number, now.approval, now.submission) == ("draft", 3, None, None)
    assert standing_elsewhere(moves, {"s1": given}).state == "approved with conditions"


SPOILT = {
    "a word of a version": (
        refrozen(lambda content: content.replace(b"Senate", b"Deanery"), is_hash_right=False),
        "version-0001.json: version 1 cannot be believed: its content does not fit its SHA-256",
    ),
    "a version that is gone": (
        zipped({k: v for k, v in parts_of(write_bundle(a_bundle())).items() if k != "version-0002.json"}),
        "The bundle is not complete: version-0002.json is missing",
    ),
    "a version nobody lists": (edited("versions.json", lambda all: all[1:]), "version-0001.json holds a version of"),
    "a version twice": (edited("versions.json", lambda all: [*all, all[0]]), "entry 3: version 1 stands in it twice."),
    "another name": (
        edited("versions.json", lambda all: [all[0] | {"name": "For the court"}, all[1]]),
        "version-0001.json, “name”: this is not what versions.json says of version 1.",
    ),
    "another day": (
        edited("versions.json", lambda all: [all[0] | {"at": "2026-01-01T00:00:00+00:00"}, all[1]]),
        "version-0001.json, “at”: this is not what versions.json says",
    ),
    "a day that never was": (
        edited("versions.json", lambda all: [all[0] | {"at": "2027-02-31T00:00:00+00:00"}, all[1]]),
        "versions.json, entry 1: a day or a time is not on the calendar.",
    ),
    "another wording": (
        edited("versions.json", lambda all: [all[0] | {"wording": "0" * 64}, all[1]]),
        "the wording of the questions in version 1 is missing",
    ),
    "a later format": (said("format", value=2), "version-0001.json was frozen by a newer mcplan."),
    "blanks": (refrozen(lambda content: content + b"\n"), "version-0001.json is not written in the way mcplan freezes"),
    "a control character": (
        refrozen(lambda content: content.replace(b"Cold chain", b"Cold\\u0007chain")),
        "version-0001.json is not written in the way mcplan freezes",
    ),
    "a title of a wrong type": (
        said("plan", "title", value=7),
        "version-0001.json, “plan”, “title”: text belongs here.",
    ),
    "a revision of a wrong type": (said("plan", "revision", value="2"), "“revision”: a whole number belongs here."),
    "a time without zone": (
        said("plan", "changed_at", value="2027-03-02T12:00:00"),
        "“changed_at”: a time with its zone belongs here.",
    ),
    "no plan": (refrozen(lambda content: b"[]"), "version-0001.json is not written in the way mcplan freezes"),
    "no figures": (said("readiness", value={}), "version-0001.json, “readiness”: “G1” is missing."),
    "a verdict nobody knows": (said("readiness", "G1", "whole", "verdict", value="FINE"), "a verdict belongs here."),
    "a question nobody asked": (
        said("readiness", "G1", "whole", "split", value=["first.soul"]),
        "“G1”: no question is called “first.soul”.",
    ),
    "a risk beyond the scale": (said("risks", 0, "impact", value=6), "“impact”: a number from 1 to 5 belongs here."),
    "an answer that is none": (
        said("plan", "answers", "first.case", "value", value={"rows": 5}),
        "“answers”, “first.case”: this is no answer as mcplan keeps it.",
    ),
    "a script for a link": (
        said("plan", "answers", "first.case", "evidence", value=[{"title": "x", "link": "javascript:alert(1)"}]),
        "“first.case”: this is no answer as mcplan keeps it.",
    ),
    "a kind nobody knows": (
        said("phases", 0, "sections", 0, "questions", 0, "kind", value="mood", part="wording-0001.json"),
        "wording-0001.json, question “first.case”: mcplan knows no kind “mood”.",
    ),
    "an option that is none": (
        said("phases", 0, "sections", 0, "questions", 3, "options", value=["a"], part="wording-0001.json"),
        "“options”: a list of pairs of texts belongs here.",
    ),
    "a round on nothing": (moved(lambda _: {"version": 9}), "decisions.json, entry 1: version 9, which it is about,"),
    "an approval from nowhere": (
        moved(lambda one: {"moves": [one["moves"][2] | {"number": 1}]}),
        "“moves”, entry 1: “approve with conditions” cannot come here.",
    ),
    "an approval of nobody": (with_move(2, decided_by=" "), "a decision needs the name of whoever took it"),
    "an approval without its condition": (with_move(2, points=[]), "a condition belongs here at the least."),
    "a move nobody knows": (with_move(1, kind="bless"), "“moves”, entry 2, “kind”: one of submit, begin review"),
    "a gap in the moves": (with_move(2, number=7), "the moves of the board go from number 2 to 7."),
    "a move twice": (with_move(2, number=2), "“approve with conditions” cannot come here."),
    "an account": (moved(lambda one: {"person_id": "dana"}), "mcplan knows no “person_id” here."),
    "a score beyond the scale": (
        moved(lambda one: {"reviews": [one["reviews"][0] | {"scores": {"need": {"score": 4, "reason": ""}}}]}),
        "“score”: this is more than 3.",
    ),
    "a format that is no number": (
        edited("bundle.json", lambda manifest: manifest | {"format": True}),
        "bundle.json, “format”: 2 belongs here.",
    ),
    "a version of another format": (
        edited("bundle.json", lambda manifest: manifest | {"format": 1}),
        "A bundle of format 1 holds no versions or decisions, and yet there is decisions.json.",
    ),
}  # fmt: skip
"""By what is wrong: a bundle, and what people read."""


@pytest.mark.parametrize("wrong", SPOILT)
def test_what_was_not_frozen_or_cannot_have_been_decided_is_refused_with_its_place(wrong):
    packed, says = SPOILT[wrong]
    with pytest.raises(ParcelRefused) as refused:
        read_bundle(packed)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert str(refused.value).endswith((".", "made."))


def test_where_there_is_no_room_the_versions_no_board_saw_go_first_and_the_file_says_so(monkeypatch):
    bundle = a_bundle()
    more = tuple(a_frozen_text(bundle.plan, number, f"Draft {number}") for number in (3, 4))
    bundle = replace(bundle, versions=(*bundle.versions, *more))
    texts = sum(len(each.content.encode()) for each in bundle.versions)
    wording = len(bundle.versions[0].wording.encode())

    monkeypatch.setattr(bundle_writing, "ROOM_OF_VERSIONS", wording + texts - 10)
    again = read_bundle(write_bundle(bundle))
    assert ([each.version.number for each in again.versions], again.versions_left_out) == ([1, 3, 4], 1)
    assert len(again.rounds) == 1

    monkeypatch.setattr(bundle_writing, "ROOM_OF_VERSIONS", wording)
    again = read_bundle(write_bundle(bundle))
    assert (again.versions, again.rounds, again.versions_left_out) == ((), (), 4)
    assert read_bundle(write_bundle(again)).versions_left_out == 4


def test_a_later_round_stays_when_the_one_before_has_no_room():
    bundle = a_bundle()
    second = replace(A_ROUND, version=2, moves=(a_move(4, "submit"), a_move(5, "withdraw")), reviews=())
    bundle = replace(bundle, rounds=(A_ROUND, second), versions=bundle.versions[1:], versions_left_out=1)
    packed = write_bundle(replace(bundle, rounds=(second,)))

    assert [each.moves[0].number for each in read_bundle(packed).rounds] == [4]
    with pytest.raises(FileRefused, match="version 1, which it is about"):
        read_bundle(write_bundle(bundle))


def test_a_version_that_is_huge_or_deep_costs_little_memory():
    for content in (b"[" * 200_000 + b"]" * 200_000, b'{"a":' * 100_000 + b"1" + b"}" * 100_000):
        packed = refrozen(lambda _, content=content: content)
        tracemalloc.start()
        with pytest.raises(ParcelRefused):
            read_bundle(packed)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 8 * MEBIBYTE


def test_a_wording_that_belongs_to_no_version_is_refused():
    with pytest.raises(FileRefused, match="belongs to no version"):
        read_bundle(forged("wording-0002.json", lambda _: b'{"phases":[]}'))
