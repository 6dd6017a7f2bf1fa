"""The spreadsheet: safe to open, the same after a round trip, and refused where it could do harm."""

from __future__ import annotations

import csv
import re
import tracemalloc
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from mcplan.example import load_example
from mcplan.findings import find_findings
from mcplan.handed_in import open_file
from mcplan.incoming import find_difference
from mcplan.parcel import ParcelRefused
from mcplan.readiness import assess_readiness
from mcplan.risks import find_risks
from mcplan.spreadsheet import lay_out, read_file, read_grids, write_csvs, write_workbook
from mcplan.spreadsheet.layout import Judged
from mcplan.spreadsheet.words import read_value, say_value
from mcplan.text import clean_text
from questionnaire.load import load_questionnaire
from tests.builders import NOON, a_plan, an_answer
from tests.mcplan.bundles import ASKED, a_bundle, parts_of, zipped

WRITERS = {"xlsx": lambda grids: write_workbook(grids, "Cold chain"), "csv": write_csvs}
MEBIBYTE = 1 << 20


def judged(plan, asked=ASKED) -> Judged:
    risks, findings = find_risks(asked, plan), find_findings(asked, plan)
    return Judged(
        asked, plan, assess_readiness(asked, plan, plan.gate, findings=findings, risks=risks), risks, findings
    )


def grids_of(packed: bytes) -> dict[str, list[list[Any]]]:
    kind, parcel = open_file(packed)
    return read_file(kind, parcel, packed)


def difference(packed, plan, history, asked=ASKED):
    reading = read_grids(grids_of(packed), asked, plan, history)
    found = find_difference(asked, plan, reading.incoming, by="Dana Okafor", at=NOON)
    return found, reading.notes


@pytest.fixture(params=WRITERS)
def write(request):
    return WRITERS[request.param]


def test_a_spreadsheet_that_nobody_touched_changes_nothing(write):
    bundle = a_bundle()
    packed = write(lay_out(judged(bundle.plan)))

    found, notes = difference(packed, bundle.plan, bundle.history)
    assert (found.proposals, found.unknown, found.notes, notes) == ((), (), (), ())
    assert write(lay_out(judged(bundle.plan))) == packed


def test_in_an_empty_plan_it_makes_every_answer_anew(write):
    bundle = a_bundle()
    packed = write(lay_out(judged(bundle.plan)))

    found, _ = difference(packed, a_plan(id="another"), ())
    said = {each.question_id: each.changes for each in found.proposals}
    for id, answer in bundle.plan.answers.items():
        if id == "first.steps":
            rows = [{"id": row, **cells} for row, cells in said[id]["rows"].items()]
            assert {"rows": rows} == answer.value
        else:
            assert said[id]["value"] == answer.value
    assert said["first.case"]["evidence"][0]["on"] == "2027-01-05"
    assert said["first.form"]["note"] == "See the map"


def changed(packed: bytes, change) -> bytes:
    """The workbook after somebody has worked in it with a program."""
    book = load_workbook(BytesIO(packed))
    change(book)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def test_what_somebody_changed_is_offered_and_what_a_colleague_changed_since_is_kept():
    bundle = a_bundle()
    packed = write_workbook(lay_out(judged(bundle.plan)), "x")

    def work(book):
        answers = {row[0].value: row for row in book["Answers"].iter_rows(min_row=2)}
        answers["first.hours"][5].value = 60
        answers["first.price"][5].value = "2,000 EUR"
        answers["first.form"][5].value = "in person"
        steps = book["steps"]
        steps["B2"].value = "Plan it well"
        steps.append([None, "Another step", 2, "Plan"])

    here = replace(
        bundle.plan, answers={**bundle.plan.answers, "first.case": an_answer(value="Newer here", revision=3)}
    )
    found, notes = difference(changed(packed, work), here, bundle.history)

    said = {each.question_id: each for each in found.proposals}
    assert {id: each.standing for id, each in said.items()} == dict.fromkeys(
        ("first.hours", "first.price", "first.form", "first.steps"), "change"
    )
    assert said["first.price"].changes == {"value": {"amount": 2000.0, "currency": "EUR"}}
    assert said["first.form"].changes["value"] == {"picks": ["b"], "other": ""}
    new = next(id for id in said["first.steps"].changes["rows"] if id.startswith("s"))
    assert said["first.steps"].changes["rows"] == {
        "r1": {"step": "Plan it well"}, new: {"step": "Another step", "days": 2.0, "after": "r1"},
    }  # fmt: skip
    assert notes == ()


def test_wrong_ids_and_unknown_columns_are_said():
    bundle = a_bundle()
    packed = write_workbook(lay_out(judged(bundle.plan)), "x")

    def work(book):
        book["Answers"].append(["first.nothing", 0, "", "", "A question of ours", "Words"])
        book["Answers"]["L1"].value = "Mine"
        book["steps"].append(["not an id!", "Another step"])
        book["Answers"]["F4"].value = "plenty"

    found, notes = difference(changed(packed, work), bundle.plan, bundle.history)
    assert found.unknown == ("A question of ours",)
    assert notes == ("The column “Mine” of the sheet “Answers” is not known and is left out.",)
    problems = {each.question_id: each.problem for each in found.proposals}
    assert "leave the id of a new row empty" in problems["first.steps"]
    assert [each.standing for each in found.proposals] == ["refused"] * len(found.proposals)


RISKY = ("=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "'=x", '=HYPERLINK("https://evil.example")')


def test_no_text_is_ever_a_formula():
    answers = [an_answer(value=text, note=text) for text in RISKY]
    for answer in answers:
        grids = lay_out(judged(a_plan(answer, title="=1+1")))
        for name, content in parts_of(write_workbook(grids, "x")).items():
            assert b"<f>" not in content, name
        sheet = load_workbook(BytesIO(write_workbook(grids, "x")))["Answers"]
        cell = next(row[5] for row in sheet.iter_rows(min_row=2) if row[0].value == "first.case")
        assert (cell.data_type, cell.value.strip()) == ("s", str(answer.value).strip())
        text = next(
            content for name, content in parts_of(write_csvs(grids)).items() if name.endswith("Answers.csv")
        ).decode("utf-8-sig")
        for row in csv.reader(StringIO(text)):
            assert not any(re.match(r"[=+\-@\t\r]", each) for each in row)
        found, _ = difference(write_csvs(grids), a_plan(answer), [answer])
        assert found.proposals == ()


def test_a_sheet_can_be_read_without_scrolling_sideways():
    book = load_workbook(BytesIO(write_workbook(lay_out(judged(a_bundle().plan)), "x")))

    assert book.sheetnames == ["About", "Answers", "Flagged risks", "steps"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet["A1"].font.bold
        assert sheet["A2"].alignment.wrap_text
        assert all(8 <= each.width <= 100 for each in sheet.column_dimensions.values())


def test_a_text_longer_than_a_cell_is_cut_there_and_whole_on_the_way_back():
    answer = an_answer(value="word " * 20_000)
    packed = write_workbook(lay_out(judged(a_plan(answer))), "x")
    found, _ = difference(packed, a_plan(answer), [answer])
    assert found.proposals == ()


def spoiled(change) -> bytes:
    """A workbook of ours with some of its parts changed by hand."""
    parts = parts_of(write_workbook(lay_out(judged(a_bundle().plan)), "x"))
    change(parts)
    return zipped(parts)


def in_sheet(inserted: bytes) -> bytes:
    def change(parts):
        sheet = parts["xl/worksheets/sheet2.xml"]
        parts["xl/worksheets/sheet2.xml"] = sheet.replace(b"</sheetData>", inserted + b"</sheetData>")

    return spoiled(change)


HOSTILE = {
    "a formula": (in_sheet(b'<row r="20"><c r="A20"><f>1+1</f><v>2</v></c></row>'), "holds a formula in cell A20."),
    "an error": (in_sheet(b'<row r="20"><c r="B20" t="e"><v>#REF!</v></c></row>'), "holds an error in cell B20."),
    "macros": (spoiled(lambda parts: parts.update({"xl/vbaProject.bin": b"x"})), "The file holds macros."),
    "macros by type": (
        spoiled(lambda parts: parts.update({
            "[Content_Types].xml": parts["[Content_Types].xml"].replace(
                b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
            )
        })),
        "The file holds macros.",
    ),
    "a million rows": (in_sheet(b"<row/>" * 1_000_000), "more than 20,000 rows"),
    "a row far below": (in_sheet(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "goes on below row 20,000"),
    "half a million cells": (in_sheet(b"<row>" + b"<c/>" * 500_000 + b"</row>"), "more than 250,000 cells"),
    "entities": (
        spoiled(lambda parts: parts.update({
            "xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts["xl/workbook.xml"]
        })),
        "defines entities",
    ),
    "UTF-16": (
        spoiled(lambda parts: parts.update({"xl/workbook.xml": parts["xl/workbook.xml"].decode().encode("utf-16")})),
        "not written in UTF-8",
    ),
    "many styles": (
        spoiled(lambda parts: parts.update({"xl/styles.xml": b"<styleSheet>" + b"<x/>" * 200_000})),
        "holds more than mcplan can look through",
    ),
    "broken XML": (spoiled(lambda parts: parts.update({"xl/workbook.xml": b"<workbook"})), "damaged"),
    "another workbook": (
        spoiled(lambda parts: parts.update({"xl/externalLinks/_rels/externalLink1.xml.rels":
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
            b' Type="http://x/externalLinkPath" Target="file:///c:/x.xlsx" TargetMode="External"/></Relationships>'})),
        "loads another spreadsheet from outside",
    ),
    "a long CSV": (zipped({"01 Answers.csv": b"a\r\n" * 1_000_000}), "more than 50,000 lines"),
    "a CSV in UTF-16": (zipped({"01 Answers.csv": "a;b".encode("utf-16")}), "not in UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", HOSTILE)
def test_what_could_do_harm_is_refused_in_one_sentence_and_costs_little(wrong):
    packed, says = HOSTILE[wrong]
    tracemalloc.start()
    with pytest.raises(ParcelRefused) as refused:
        grids_of(packed)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert says in str(refused.value)
    assert str(refused.value).endswith(".") or str(refused.value).endswith(").")
    assert peak < 30 * MEBIBYTE


def test_a_spreadsheet_of_somebody_else_is_refused():
    made = BytesIO()
    Workbook().save(made)
    with pytest.raises(ParcelRefused, match="no spreadsheet of mcplan"):
        difference(made.getvalue(), a_plan(), ())


NUMBERS = st.floats(0, 1e9).map(lambda number: round(number, 2))
VALUES = {
    "first.case": st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co"])).map(
        clean_text
    ),
    "first.hours": NUMBERS,
    "first.price": st.builds(lambda amount: {"amount": amount, "currency": "EUR"}, NUMBERS),
    "first.form": st.builds(
        lambda picks: {"picks": sorted(picks), "other": ""}, st.sets(st.sampled_from("ab"), min_size=1)
    ),
    "first.sure": st.sampled_from(["yes", "no", "unknown"]),
    "first.from": st.dates().map(lambda day: day.isoformat()),
}


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(VALUES)).flatmap(lambda id: st.tuples(st.just(id), VALUES[id])))
def test_every_answer_reads_back_from_its_cell(pair):
    question = ASKED.question(pair[0])
    cell = say_value(question, None if pair[1] == "" else pair[1])
    assert read_value(question, cell) == (pair[1] if str(pair[1]).strip() else None)


def test_the_worked_example_goes_round(shipped, write):
    plan = load_example()
    answers = {id: replace(each, revision=1, by="Dana", at=NOON) for id, each in plan.answers.items()}
    plan = replace(plan, id="x", answers=answers)
    packed = write(lay_out(judged(plan, shipped)))

    found, notes = difference(packed, plan, answers.values(), shipped)
    assert (found.proposals, found.notes, notes) == ((), (), ())
    found, _ = difference(packed, replace(plan, id="y"), (), shipped)
    assert [(each.code, each.lines) for each in found.proposals] == []


@pytest.fixture(scope="module")
def shipped():
    from pages.kit.settings import questionnaire_folder

    return load_questionnaire(questionnaire_folder())
