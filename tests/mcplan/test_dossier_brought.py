"""An edited dossier that is brought back: what Word does to a file, and what people do."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcplan.answers import amend
from mcplan.dossier.brought import Brought, Change, find_changes, read_dossier
from mcplan.dossier.controls import of_cell, of_note, of_value, tag
from mcplan.example import load_example
from mcplan.markdown import read_markdown
from mcplan.markdown_writing import rewrite_markdown, write_markdown
from mcplan.parcel import ParcelRefused
from questionnaire.load import load_questionnaire
from questionnaire.model import Column
from tests.builders import a_plan, a_question, a_questionnaire, an_answer
from tests.mcplan.dossiers import MADE_AT, a_file, part

CASE = a_question("case", gate="G1")
NAME = a_question("name", kind="short text")
FEE = a_question("fee", kind="money", note="Why so much?")
PICK = a_question("pick", kind="choice", options={"a": "Badge", "b": "Paper"})
COSTS = a_question(
    "costs",
    kind="table",
    columns=(
        Column("what", "What"),
        Column("cost", "Cost", "number", unit="CAD"),
        Column("due", "Due", "date"),
        Column("kind", "Kind", "choice", options={"one": "Once", "each": "Each year"}),
    ),
)
RIG = {"id": "r1", "what": "Rig", "cost": 1250.5, "due": "2027-05-03", "kind": "one"}
ASKED = a_questionnaire(CASE, NAME, FEE, PICK, COSTS)
PLAN = a_plan(
    an_answer(CASE.id, "A *short* case.\n\n- one\n- two", revision=3),
    an_answer(NAME.id, "Pump fitter", revision=1),
    an_answer(FEE.id, {"amount": 1450.0, "currency": "CAD"}, note="Rooms cost.", revision=2),
    an_answer(PICK.id, {"picks": ["a"], "other": ""}, revision=1),
    an_answer(COSTS.id, {"rows": [RIG]}, revision=4),
    id="plan-1",
)  # fmt: skip
CELL = of_cell(COSTS, "r1", COSTS.columns[0]).tag


LOADED = '<R><S Id="a" Type="x/image" Target="http://e.org/a" TargetMode="External"/></R>'


MARKDOWN = (
    "Plain.\nTwo lines.",
    "A **bold** and *slanted* and ***both*** word.",
    "Some `code` and `` co`de ``.",
    "[a site](https://example.org/a) and [round](https://example.org/a_(b)).",
    "- one\n- two\n  - deeper\n    - deepest\n- three",
    "1. one\n2. two\n   1. deeper\n3. three",
    "5. five\n6. six",
    "- one\n\n  more of one\n- two\n\nAfter.",
    "> quoted\n> twice\n\nAfter.\n\n> again",
    "- a\n- b\n\n* c\n* d",
    "1. a\n2. b\n\n1) c\n2) d",
    "- **all bold**\n- *all slanted*",
)


def with_xml(file: bytes, change, name="word/document.xml") -> bytes:
    """The file with one part changed."""
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(file)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            content = old.read(each)
            new.writestr(each, change(content.decode()) if each == name else content)
    return changed.getvalue()


def edited(where: str, old: str, new: str, file: bytes | None = None) -> bytes:
    """The dossier in which, within the control of this tag, a piece of XML was put in the place of another."""

    def change(body: str) -> str:
        start = body.index(f'<w:tag w:val="{where}"/>')
        end = body.index("</w:sdt>", start)
        assert old in body[start:end]
        return body[:start] + body[start:end].replace(old, new, 1) + body[end:]

    return with_xml(a_file(ASKED, PLAN) if file is None else file, change)


def changes(file: bytes, plan=PLAN) -> tuple[Change, ...]:
    brought = read_dossier(file, "plan-1")
    return find_changes(ASKED, plan, brought, dict(PLAN.answers))


def only(file: bytes, plan=PLAN) -> Change:
    (change,) = changes(file, plan)
    return change


def test_a_file_that_nobody_edited_changes_nothing():
    brought = read_dossier(a_file(ASKED, PLAN), "plan-1")

    assert (dict(brought.edited), brought.doubled, brought.lost) == ({}, frozenset(), frozenset())
    assert brought.origin.revision == PLAN.revision
    assert brought.revision_of(COSTS.id) == 4


def test_nothing_is_different_in_the_worked_example_and_every_answer_in_words_can_be_edited():
    questionnaire, plan = load_questionnaire(), replace(load_example(), id="plan-1")
    file = a_file(questionnaire, plan)
    brought = read_dossier(file, "plan-1")
    texts = [each for each in questionnaire.questions() if isinstance(plan.answer(each).value, str)]
    notes = [each for each in questionnaire.questions() if plan.answer(each).note.strip()]
    tags = set(re.findall(r'<w:tag w:val="([^"]+)"', part(file)))

    assert not brought.edited
    assert {of_value(each).tag for each in texts if each.kind in ("long text", "short text")} <= tags
    assert {of_note(each).tag for each in notes} <= tags
    assert len(texts) > 20


def test_words_that_were_changed_become_the_answer():
    change = only(edited(of_value(CASE).tag, "> case.<", "> long case.<"))

    assert (change.question, change.part, change.where) == (CASE, "value", "")
    assert change.before == "A *short* case.\n\n- one\n- two"
    assert change.after == "A *short* long case.\n\n- one\n- two"
    assert change.changes == {"value": change.after}
    assert (change.seen, change.is_conflict, change.problem) == (3, False, "")


def test_runs_that_word_has_split_are_one_text():
    split = '> ca</w:t></w:r><w:proofErr w:type="spellStart"/><w:r w:rsidR="00AB"><w:t>se.<'

    assert not changes(edited(of_value(CASE).tag, "> case.<", split))


def test_curly_quotes_dashes_and_fixed_blanks_alone_are_no_change():
    plan = replace(PLAN, answers={CASE.id: an_answer(CASE.id, 'It\'s a "case" - now...', revision=1)})
    file = a_file(ASKED, plan)
    curly = edited(of_value(CASE).tag, 'It\'s a "case" - now...', "It’s a “case”\u00a0– now…", file)

    assert not read_dossier(curly, "plan-1").edited


def test_tracked_changes_count_as_accepted():
    tracked = (
        '>A </w:t></w:r><w:ins w:id="9" w:author="Sam"><w:r><w:t>very </w:t></w:r></w:ins>'
        '<w:del w:id="8" w:author="Sam"><w:r><w:delText>rather </w:delText></w:r></w:del>'
        '<w:moveFrom w:id="7"><w:r><w:t>moved </w:t></w:r></w:moveFrom><w:r><w:t xml:space="preserve"><'
    ).removesuffix("<")

    assert only(edited(of_value(CASE).tag, ">A <", tracked + "<")).after.startswith("A very *short* case.")


def test_a_paragraph_mark_that_was_deleted_joins_two_paragraphs():
    plan = replace(PLAN, answers={CASE.id: an_answer(CASE.id, "One\n\ntwo", revision=1)})
    joined = edited(
        of_value(CASE).tag, "</w:pPr>", '<w:rPr><w:del w:id="1" w:author="Sam"/></w:rPr></w:pPr>', a_file(ASKED, plan)
    )
    (change,) = find_changes(ASKED, plan, read_dossier(joined, "plan-1"), dict(plan.answers))

    assert change.after == "Onetwo"


def test_a_list_that_grew_stays_a_list():
    item = (
        '<w:p><w:pPr><w:pStyle w:val="ListBullet"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr></w:pPr>'
    )
    file = edited(of_value(CASE).tag, "</w:sdtContent>", f"{item}<w:r><w:t>deeper</w:t></w:r></w:p></w:sdtContent>")

    assert only(file).after == "A *short* case.\n\n- one\n- two\n  - deeper"


def test_a_cell_that_was_changed_is_a_change_of_that_cell_alone():
    change = only(edited(CELL, ">Rig<", ">Test rig<"))

    assert (change.part, change.where, change.before, change.after) == ("cell", "Rig · What", "Rig", "Test rig")
    assert change.changes == {"rows": {"r1": {"what": "Test rig"}}}
    assert amend(COSTS, PLAN, change.changes, by="Sam", at=MADE_AT).value["rows"][0]["cost"] == 1250.5


@pytest.mark.parametrize(
    ("column", "old", "new", "cell"),
    [
        (1, "1,250.5 CAD", "1,400 CAD", 1400.0),
        (1, "1,250.5 CAD", "1 400,25", 1400.25),
        (1, "1,250.5 CAD", "1.400,25", 1400.25),
        (2, "3\u00a0May 2027", "4 May 2027", "2027-05-04"),
        (2, "3\u00a0May 2027", "2027-06-01", "2027-06-01"),
        (3, "Once", "each YEAR", "each"),
        (3, "Once", "–", None),
        (3, "Once", "", None),
    ],
)
def test_cells_are_read_as_people_write_them(column, old, new, cell):
    of = COSTS.columns[column]
    change = only(edited(of_cell(COSTS, "r1", of).tag, f">{old}<", f">{new}<"))

    assert change.changes == {"rows": {"r1": {of.id: cell}}}


@pytest.mark.parametrize(
    ("question", "old", "new", "value"),
    [
        (NAME, "Pump fitter", "Heat pump fitter", "Heat pump fitter"),
        (FEE, "CAD 1,450", "USD 1,500", {"amount": 1500.0, "currency": "USD"}),
        (PICK, ">Badge<", ">paper<", {"picks": ["b"]}),
    ],
)
def test_answers_of_one_line_are_read_as_people_write_them(question, old, new, value):
    change = only(edited(of_value(question).tag, old, new))

    stored = amend(question, PLAN, change.changes, by="Sam", at=MADE_AT).value
    assert stored == value if isinstance(value, str) else value.items() <= stored.items()


def test_what_cannot_be_read_as_an_answer_is_shown_with_the_reason():
    change = only(edited(of_cell(COSTS, "r1", COSTS.columns[3]).tag, ">Once<", ">Sometimes<"))

    assert change.changes == {}
    assert "“Sometimes” is none of the options: Once, Each year." in change.problem


def test_a_note_is_brought_back_beside_the_answer_it_explains():
    change = only(edited(of_note(FEE).tag, "Rooms cost.", "Rooms and rigs cost."))

    assert (change.part, change.changes) == ("note", {"note": "Rooms and rigs cost."})


def test_what_a_colleague_changed_meanwhile_at_the_same_place_is_a_conflict():
    file = edited(of_value(NAME).tag, "Pump fitter", "Heat pump fitter")
    elsewhere = replace(PLAN, answers={**PLAN.answers, NAME.id: replace(PLAN.answers[NAME.id], note="x", revision=5)})
    here = replace(PLAN, answers={**PLAN.answers, NAME.id: replace(PLAN.answers[NAME.id], value="Fitter", revision=5)})

    assert (only(file, elsewhere).is_conflict, only(file, elsewhere).seen) == (False, 5)
    assert (only(file, here).is_conflict, only(file, here).now) == (True, "Fitter")


def test_what_the_plan_says_already_is_no_change():
    same = replace(PLAN, answers={**PLAN.answers, NAME.id: an_answer(NAME.id, "Heat pump fitter", revision=2)})

    assert not changes(edited(of_value(NAME).tag, "Pump fitter", "Heat pump fitter"), same)


def test_a_row_that_is_gone_cannot_be_written_to():
    gone = replace(PLAN, answers={**PLAN.answers, COSTS.id: an_answer(COSTS.id, None, revision=5)})

    assert "taken out of the table" in only(edited(CELL, ">Rig<", ">Test rig<"), gone).problem


def test_a_control_that_was_deleted_leaves_the_answer_alone_and_is_told():
    def without(body: str) -> str:
        return re.sub(r"<w:sdt><w:sdtPr><w:alias[^>]*><w:tag w:val=\"first\.name\|value\".*?</w:sdt>", "", body)

    brought = read_dossier(with_xml(a_file(ASKED, PLAN), without), "plan-1")

    assert (set(brought.lost), dict(brought.edited)) == ({of_value(NAME).tag}, {})


def copied(body: str, new: str) -> str:
    """A body in which the control of a name stands twice, the second time with other words."""
    found = re.search(r"<w:sdt><w:sdtPr><w:alias[^>]*><w:tag w:val=\"first\.name\|value\".*?</w:sdt>", body)
    assert found
    return body.replace(found[0], found[0] + found[0].replace("Pump fitter", new), 1)


def test_of_a_control_that_was_copied_the_edited_one_counts():
    file = with_xml(a_file(ASKED, PLAN), lambda body: copied(body, "Heat pump fitter"))

    assert only(file).after == "Heat pump fitter"


def test_a_control_that_was_copied_and_edited_twice_is_left_to_a_person():
    once = edited(of_value(NAME).tag, "Pump fitter", "Pump fitters")
    file = with_xml(once, lambda body: copied(body, "").replace("Pump fitters", "Fitters", 1))

    assert "more than once" in only(file).problem


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"PK\x03\x04 no", "damaged"),
        (with_xml(a_file(ASKED, PLAN), lambda _: "<w:document>"), "not well formed"),
        (with_xml(a_file(ASKED, PLAN), lambda _: "<nothing/>", "customXml/item1.xml"), "does not say which plan"),
        (a_file(ASKED, replace(PLAN, id="plan-2")), "from another plan"),
        (with_xml(a_file(ASKED, PLAN), lambda _: LOADED, "word/_rels/document.xml.rels"), "loads a picture"),
    ],
    ids=["damaged", "broken", "foreign", "another plan", "outside"],
)  # fmt: skip
def test_a_file_that_cannot_be_brought_back_is_refused_with_the_reason(file, said):
    with pytest.raises(ParcelRefused, match=said):
        read_dossier(file, "plan-1")


def test_a_tag_is_never_longer_than_word_takes_and_never_ambiguous():
    long = [tag("operational.systems-adjustments", "r" * 32, f"column-{number}") for number in range(3)]

    assert all(len(each) <= 64 for each in long)
    assert len(set(long)) == 3
    assert all(each.partition("|")[0] == "operational.systems-adjustments" for each in long)


def test_what_nobody_edited_stays_as_it_was_typed():
    text = "* one\n* two\n\nIn the __middle__.\n\nSee [https://e.org/a](https://e.org/a) and [here](https://e.org/b)."
    plan = a_plan(an_answer(CASE.id, text, revision=1), id="plan-1")
    file = edited(of_value(CASE).tag, "In the ", "Right in the ", a_file(ASKED, plan))
    (change,) = find_changes(ASKED, plan, read_dossier(file, "plan-1"), dict(plan.answers))

    assert change.after == text.replace("In the __middle__", "Right in the **middle**")


@given(st.lists(st.sampled_from(MARKDOWN), max_size=4), st.lists(st.sampled_from(MARKDOWN), max_size=4))
def test_a_text_that_was_rewritten_reads_as_what_it_was_changed_to(before, after):
    passages = read_markdown("\n\n".join(after))

    found = read_markdown(rewrite_markdown("\n\n".join(before), passages))

    assert [(each.form, each.depth, each.spans) for each in found] == [
        (each.form, each.depth, each.spans) for each in passages
    ]


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=200) | st.text("ab *_`[]()>-1.\n\t•“\u05d0水\u00a0", max_size=80))
def test_whatever_was_typed_comes_back_unchanged(text):
    case, name = an_answer(CASE.id, text or None, note=text), an_answer(NAME.id, " ".join(text.split()) or None)
    plan = a_plan(case, name, id="plan-1")

    assert not read_dossier(a_file(ASKED, plan), "plan-1").edited


@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown_written_again_reads_the_same(text):
    assert read_markdown(write_markdown(read_markdown(text))) == read_markdown(text)


@pytest.mark.parametrize("text", [each for each in MARKDOWN if "* c" not in each])  # Word knows one list of bullets
def test_markdown_read_from_the_file_is_what_was_typed(text):
    plan = a_plan(an_answer(CASE.id, f"{text}\n\nThe end.", revision=1), id="plan-1")
    file = edited(of_value(CASE).tag, "The end.", "The very end.", a_file(ASKED, plan))
    (change,) = find_changes(ASKED, plan, read_dossier(file, "plan-1"), dict(plan.answers))

    assert read_markdown(change.after) == read_markdown(f"{text}\n\nThe very end.")


def test_a_file_saved_by_libreoffice_comes_back(tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed here")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "dossier.docx").write_bytes(edited(of_value(CASE).tag, "> case.<", "> long case.<"))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/own", "--headless", "--convert-to", "docx"]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "in" / "dossier.docx"], check=True, timeout=60)

    brought = read_dossier((tmp_path / "dossier.docx").read_bytes(), "plan-1")

    assert isinstance(brought, Brought)
    assert set(brought.edited) <= {of_value(CASE).tag}
