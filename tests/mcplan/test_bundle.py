"""The plan bundle: the same out and in, read for ever, and not fooled."""

from __future__ import annotations

import json
import tracemalloc
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mcplan.bundle import FORMAT, read_bundle, write_bundle
from mcplan.bundle import writing as bundle_writing
from mcplan.bundle.schema import FORMATS, schema_text
from mcplan.handed_in import FileRefused
from mcplan.parcel import ParcelRefused
from mcplan.timeline import ELSEWHERE
from tests.builders import an_answer
from tests.mcplan.bundles import a_bundle, edited, forged, parts_of, with_answer, zipped

KEPT = Path(__file__).parents[1] / "bundles"
MEBIBYTE = 1 << 20


def test_a_bundle_that_is_read_is_the_bundle_that_was_written():
    bundle = a_bundle()
    again = read_bundle(write_bundle(bundle))

    assert again.plan == bundle.plan
    assert (again.history, again.events) == (bundle.history, bundle.events)
    assert [each.question_id for each in again.threads] == ["first.case", ""]
    assert again.threads[0].comments[1].text == "Yes."
    assert {one.person_id for each in again.threads for one in each.comments} == {ELSEWHERE}
    assert [each.ask for each in again.questionnaire.questions()] == [
        each.ask for each in bundle.questionnaire.questions()
    ]
    assert again.questionnaire.question("first.form").options == bundle.questionnaire.question("first.form").options


def test_an_answer_whose_author_somebody_else_only_rated_comes_back_with_its_author():
    bundle = a_bundle()
    answer = bundle.plan.answers["first.case"]
    rated = replace(answer, confidence={"Kit": 2}, revision=answer.revision + 1)
    history = (*bundle.history, replace(rated, by="Kit"))
    history = tuple(sorted(history, key=lambda each: (each.question_id, each.revision)))
    plan = replace(bundle.plan, answers={**bundle.plan.answers, "first.case": rated})

    again = read_bundle(write_bundle(replace(bundle, plan=plan, history=history)))

    assert again.plan.answers["first.case"] == rated
    assert again.history == history


def test_the_same_plan_gives_the_same_bytes():
    assert write_bundle(a_bundle()) == write_bundle(a_bundle())
    assert write_bundle(read_bundle(write_bundle(a_bundle()))) == write_bundle(a_bundle())


def test_the_published_schema_is_one_and_every_part_follows_it():
    for version in FORMATS:
        schema = json.loads(schema_text(version))
        Draft202012Validator.check_schema(schema)
        for name, content in parts_of((KEPT / f"format-{version}.mcplan").read_bytes()).items():
            shape = name.removesuffix(".json").partition("-")[0]
            Draft202012Validator({"$defs": schema["$defs"], "$ref": f"#/$defs/{shape}"}).validate(json.loads(content))


@pytest.mark.parametrize("version", FORMATS)
def test_every_format_that_was_ever_written_is_read(version):
    bundle = read_bundle((KEPT / f"format-{version}.mcplan").read_bytes())

    assert len(bundle.versions) == (2 if version > 1 else 0)
    assert [move.kind for each in bundle.rounds for move in each.moves][2:] == (
        ["approve with conditions"] if version > 1 else []
    )
    assert bundle.plan.title == "Cold chain basics"
    assert bundle.plan.answers["first.case"].value == "More\n\nwords: É, 漢, 🙂"
    assert [each.by for each in bundle.history if each.question_id == "first.case"] == ["Dana Okafor", "Sam Ito"]
    assert bundle.threads[0].comments[0].text == "Really?"
    assert bundle.questionnaire.question("first.steps").columns[1].label == "Days"


def test_a_bundle_of_each_format_is_kept():
    assert {path.name for path in KEPT.iterdir()} == {f"format-{version}.mcplan" for version in FORMATS}
    assert max(FORMATS) == FORMAT


def test_a_history_for_which_there_is_no_room_loses_its_oldest_revisions_and_says_so(monkeypatch):
    monkeypatch.setattr(bundle_writing, "ROOM", 1_800)
    bundle = a_bundle()
    many = tuple(an_answer(value=f"Words {at}", revision=at) for at in range(1, 31))
    others = tuple(each for each in bundle.history if each.question_id != "first.case")
    plan = replace(bundle.plan, answers={**bundle.plan.answers, "first.case": many[-1]})

    read = read_bundle(write_bundle(replace(bundle, plan=plan, history=(*many, *others))))

    kept = [each.revision for each in read.history if each.question_id == "first.case"]
    assert read.left_out == 30 - len(kept) > 0
    assert kept[-1] == 30
    assert len(read.history) == len(kept) + len(others)


HOSTILE = {
    "a key twice": (
        forged("plan.json", lambda content: content.replace(b'"id":', b'"title":"X","id":')),
        "plan.json says “title” twice in one place.",
    ),
    "an unknown key": (with_answer(rank=1), "answers.json, entry 1: mcplan knows no “rank” here."),
    "a missing key": (
        edited("plan.json", lambda plan: {name: each for name, each in plan.items() if name != "gate"}),
        "plan.json: “gate” is missing.",
    ),
    "NaN": (forged("answers.json", lambda content: content.replace(b"48.0", b"NaN")), "answers.json holds NaN"),
    "infinity": (forged("answers.json", lambda content: content.replace(b"48.0", b"1e999")), "which is no number"),
    "a long number": (forged("answers.json", lambda content: content.replace(b"48.0", b"9" * 5000)), "no number"),
    "deep JSON": (
        forged("answers.json", lambda _: b"[" * 100_000 + b"]" * 100_000),
        "answers.json is nested deeper than anything mcplan writes.",
    ),
    "too many entries": (forged("answers.json", lambda _: b"[" + b"{}," * 400_000 + b"{}]"), "more entries than"),
    "a wrong type": (with_answer(note=7), "answers.json, entry 1, “note”: text belongs here."),
    "a wrong stage": (with_answer(stage="done"), "one of blank, drafted, agreed, evidenced belongs here"),
    "a wrong shape of a value": (with_answer(value={"rows": [{"id": 5}]}), "answers.json, entry 1, “value”"),
    "a script for a link": (with_answer(evidence=[{"title": "x", "link": "javascript:alert(1)"}]), "“link”"),
    "a day that never was": (
        edited("plan.json", lambda plan: plan | {"start": "2027-02-31"}),
        "plan.json: a day or a time in it is not",
    ),
    "a time that never was": (with_answer(at="2027-02-31T00:00:00+00:00"), "answers.json, entry 1: a day or a time"),
    "UTF-16": (
        forged("plan.json", lambda content: content.decode().encode("utf-16")),
        "plan.json is not written in UTF-8",
    ),
    "a byte order mark": (forged("plan.json", lambda content: b"\xef\xbb\xbf" + content), "not written in plain UTF-8"),
    "no JSON": (forged("plan.json", lambda content: content[:-10]), "plan.json is not JSON: it breaks off"),
    "another hash": (
        forged("plan.json", lambda content: content.replace(b"Senate", b"Deanery"), listed=False),
        "plan.json is not as it was when the bundle was made.",
    ),
    "a part nobody knows": (forged("run.sh", lambda _: b"rm"), "The bundle holds “run.sh”, which mcplan does not"),
    "a part that is not listed": (forged("events-0001.json", lambda _: b"[]", listed=False), "which mcplan does not"),
    "a part that is gone": (
        zipped({k: v for k, v in parts_of(write_bundle(a_bundle())).items() if k != "answers.json"}),
        "The bundle is not complete: answers.json is missing",
    ),
    "a later format": (
        edited("bundle.json", lambda manifest: manifest | {"format": 99}),
        "This bundle is of format 99",
    ),
    "a gap in the history": (
        edited("history-0001.json", lambda all: [each for each in all if each["revision"] != 2]),
        "The answer to “first.case” is not the last one of its history.",
    ),
    "two answers to one question": (edited("answers.json", lambda all: [all[0], *all]), "two answers to one question"),
    "somebody let in": (
        edited("events.json", lambda all: [*all, all[0] | {"kind": "role given"}]),
        "“role given” is about the people of an installation",
    ),
    "traversal": (zipped({"../../etc/cron.d/x": b"", "bundle.json": b"{}"}), "a name that is not allowed"),
    "a Word file": (zipped({"word/document.xml": b""}), "This is a Word file."),
    "some zip": (zipped({"a.exe": b"MZ"}), "neither a plan bundle"),
    "a bomb": (forged("plan.json", lambda _: b'{"a":"' + b" " * (30 * MEBIBYTE) + b'"}'), "unpacks to more than"),
}
"""By what is wrong: a bundle, and what people read. Those who forge them know to set the hashes right."""


@pytest.mark.parametrize("wrong", HOSTILE)
def test_what_is_wrong_is_refused_in_one_sentence_with_its_place(wrong):
    packed, says = HOSTILE[wrong]
    with pytest.raises(ParcelRefused) as refused:
        read_bundle(packed)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_hostile_bundle_costs_little_memory():
    for name in ("a bomb", "too many entries", "deep JSON", "a long number"):
        tracemalloc.start()
        with pytest.raises(ParcelRefused):
            read_bundle(HOSTILE[name][0])
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 8 * MEBIBYTE, name


def test_a_spreadsheet_is_no_bundle():
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(FileRefused, match="This is a spreadsheet"):
        read_bundle(made.getvalue())
