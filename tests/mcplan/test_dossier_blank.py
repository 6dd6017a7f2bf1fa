"""Places of a dossier in which nobody has written yet, and those of several picks: filled in Word and brought back."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from mcplan.answers import amend
from mcplan.dossier.brought import find_changes, read_dossier
from mcplan.dossier.controls import NO_ANSWER, of_value
from mcplan.plan import Answer
from tests.builders import a_plan, a_question, a_questionnaire, an_answer
from tests.mcplan.dossiers import MADE_AT, a_file, part
from tests.mcplan.test_dossier_brought import edited, with_xml

CASE = a_question("case", gate="G1")
NAME = a_question("name", kind="short text", gate="G1")
FEE = a_question("fee", kind="money", gate="G1")
DAY = a_question("day", kind="date", gate="G1")
SITE = a_question("site", kind="link", gate="G1")
SURE = a_question("sure", kind="yes or no", gate="G1")
PICK = a_question("pick", kind="choice", options={"a": "Badge", "other": "Another"}, gate="G1")
FORMS = a_question(
    "forms", kind="choices", options={"on": "Online", "in": "In person, on site", "other": "Another form"}, gate="G1"
)
LATE = a_question("late", gate="G3")
ASKED = a_questionnaire(CASE, NAME, FEE, DAY, SITE, SURE, PICK, FORMS, LATE)
BLANK = a_plan(id="plan-1", answers={})
FILLED = replace(
    BLANK,
    answers={
        SITE.id: an_answer(SITE.id, "https://example.org/a"),
        FORMS.id: an_answer(FORMS.id, {"picks": ["on", "in", "other"], "other": "by post"}),
    },
)


def changes(file: bytes, plan=BLANK):
    brought = read_dossier(file, "plan-1")
    bases = {id: plan.answers.get(id, Answer(id)) for id in brought.question_ids}
    return find_changes(ASKED, plan, brought, bases)


def written(question, words: str, plan=BLANK) -> bytes:
    """The file after somebody wrote in a blank place, as Word does it: the mark goes, the words come."""
    file = edited(of_value(question).tag, "<w:showingPlcHdr/>", "", a_file(ASKED, plan))
    return edited(of_value(question).tag, NO_ANSWER, words, file)


def test_every_question_that_is_asked_now_has_a_place_and_an_untouched_one_is_no_answer():
    file = a_file(ASKED, BLANK)
    tags = set(re.findall(r'<w:tag w:val="([^"]+)"', part(file)))

    assert tags == {of_value(each).tag for each in ASKED.questions() if each is not LATE}
    assert part(file).count("<w:showingPlcHdr/>") == len(tags)
    assert not read_dossier(file, "plan-1").edited
    assert changes(file) == ()


def test_a_placeholder_that_lost_its_mark_in_another_program_is_still_no_answer():
    file = with_xml(a_file(ASKED, BLANK), lambda body: body.replace("<w:showingPlcHdr/>", ""))

    assert not read_dossier(file, "plan-1").edited


@pytest.mark.parametrize(
    ("question", "words", "value"),
    [
        (CASE, "Employers asked.", "Employers asked."),
        (NAME, "Pump fitter", "Pump fitter"),
        (FEE, "CAD 1,450", {"amount": 1450.0, "currency": "CAD"}),
        (DAY, "3 May 2027", "2027-05-03"),
        (SITE, "https://example.org/b", "https://example.org/b"),
        (SURE, "Not known yet", "unknown"),
        (PICK, "badge", {"picks": ["a"], "other": ""}),
        (PICK, "Another: a letter", {"picks": ["other"], "other": "a letter"}),
        (FORMS, "In person, on site, Online", {"picks": ["on", "in"], "other": ""}),
    ],
    ids=str,
)
def test_what_is_written_in_a_blank_place_becomes_the_answer(question, words, value):
    (change,) = changes(written(question, words))

    assert (change.question, change.before, change.problem, change.seen) == (question, "", "", 0)
    assert amend(question, BLANK, change.changes, by="Sam", at=MADE_AT).value == value


def test_what_a_colleague_answered_meanwhile_is_a_conflict():
    here = replace(BLANK, answers={NAME.id: an_answer(NAME.id, "Fitter", revision=2)})
    brought = read_dossier(written(NAME, "Pump fitter"), "plan-1")
    (change,) = find_changes(ASKED, here, brought, {NAME.id: Answer(NAME.id)})

    assert (change.is_conflict, change.now, change.seen) == (True, "Fitter", 2)


def test_what_is_picked_offers_a_list_that_takes_words_as_well():
    body = part(a_file(ASKED, BLANK))

    assert '<w:listItem w:displayText="Not known yet" w:value="Not known yet"/></w:comboBox>' in body


def test_several_picks_stand_in_lines_that_can_be_changed():
    file = a_file(ASKED, FILLED)
    assert not read_dossier(file, "plan-1").edited

    (change,) = changes(edited(of_value(FORMS).tag, "Another form: by post", "another form: by bus", file), FILLED)
    assert change.changes["value"] == {"picks": ["on", "in", "other"], "other": "by bus"}
    assert (change.before, change.after) == (
        "Online; In person, on site; Another form: by post",
        "Online; In person, on site; Another form: by bus",
    )
    (change,) = changes(edited(of_value(FORMS).tag, ">Online<", "><", file), FILLED)
    assert change.changes["value"]["picks"] == ["in", "other"]
    (change,) = changes(edited(of_value(FORMS).tag, ">Online<", ">On the moon<", file), FILLED)
    assert "“On the moon” is none of the names" in change.problem


def test_a_link_is_edited_as_the_address_that_stands_there():
    (change,) = changes(
        edited(of_value(SITE).tag, ">https://example.org/a<", ">https://example.org/c<", a_file(ASKED, FILLED)), FILLED
    )
    assert change.changes == {"value": "https://example.org/c"}
    (change,) = changes(
        edited(of_value(SITE).tag, ">https://example.org/a<", ">nowhere<", a_file(ASKED, FILLED)), FILLED
    )
    assert "A link starts with" in change.problem


def test_a_question_that_does_not_apply_has_no_place_to_answer_it():
    plan = replace(BLANK, answers={NAME.id: Answer(NAME.id, not_applicable="Nobody asks.", revision=1)})

    assert f'"{of_value(NAME).tag}"' not in part(a_file(ASKED, plan))


def test_a_place_that_libreoffice_drops_or_keeps_is_never_taken_for_an_answer(tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed here")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "dossier.docx").write_bytes(written(NAME, "Pump fitter", FILLED))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/own", "--headless", "--convert-to", "docx"]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "in" / "dossier.docx"], check=True, timeout=60)

    found = changes((tmp_path / "dossier.docx").read_bytes(), FILLED)

    assert {(each.question.id, each.after) for each in found} <= {(NAME.id, "Pump fitter")}
