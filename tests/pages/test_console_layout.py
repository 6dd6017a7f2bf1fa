"""The dossier and the sheets by command: which state, which layout, and a sentence for what nobody knows."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mcplan.dossier.word.template import prepare_template
from mcplan.people import somebody_here
from pages.console.place import operator
from questionnaire.load import load_questionnaire
from storage.access import authorize
from storage.database import open_database, writing
from storage.plans import store_facts
from storage.templates import store_template
from storage.versions import store_version

NOW = datetime.now(UTC)
TEMPLATE = Path(__file__).parents[1] / "templates" / "libreoffice.docx"


@pytest.fixture
def frozen(example, file) -> str:
    """The worked example, frozen once, and called something else since; and a template of the institution."""
    engine = open_database(f"sqlite:///{file}")
    with writing(engine) as session:
        access = authorize(session, operator(), example, "view", NOW)
        store_version(access, load_questionnaire(), "v1", "For the Senate", at=NOW)
        store_facts(access, {"title": "Renamed since"}, at=NOW)
    with writing(engine) as session:
        template = prepare_template(TEMPLATE.read_bytes())
        store_template(session, somebody_here("Dana"), "t1", "South house style", template, NOW)
    engine.dispose()
    return example


def body(file: Path) -> str:
    with zipfile.ZipFile(file) as archive:
        return archive.read("word/document.xml").decode()


def test_a_dossier_is_made_as_it_is_asked_for(mcplan, frozen, tmp_path):
    asked = ["--brief", "--paper", "letter", "--language", "fr-ca", "--chapters", "sign-off", "--gate", "G3",
             "--version", "1"]  # fmt: skip
    assert mcplan("dossier", frozen, "-o", tmp_path / "a.docx", *asked)[0] == 0
    assert mcplan("dossier", frozen, "-o", tmp_path / "b.docx", "--brief", "--chapters", "none")[0] == 0

    of_version, of_today = body(tmp_path / "a.docx"), body(tmp_path / "b.docx")
    assert "For the Senate" in of_version
    assert "Renamed since" not in of_version
    assert "Renamed since" in of_today
    assert 'w:w="12240"' in of_version
    assert "Options and finance" not in of_version + of_today
    assert "3\u00a0mai\u00a02027" in of_version
    assert "Decision and sign-off" in of_version
    assert "Decision and sign-off" not in of_today


def test_the_institutions_template_is_found_by_its_name(mcplan, frozen, tmp_path):
    asked = ["--brief", "--template", "south HOUSE style"]
    assert mcplan("dossier", frozen, "-o", tmp_path / "a.docx", *asked)[0] == 0
    assert mcplan("dossier", frozen, "-o", tmp_path / "b.docx", "--brief")[0] == 0

    with zipfile.ZipFile(tmp_path / "a.docx") as ours, zipfile.ZipFile(tmp_path / "b.docx") as plain:
        assert ours.read("word/styles.xml") != plain.read("word/styles.xml")


REFUSED = {
    "a paper": (["--paper", "A5"], "mcplan knows no paper “A5”. Take A4 or Letter."),
    "a language": (["--language", "tlh"], "mcplan writes no days and numbers for “tlh”. It knows en-GB, en-US,"),
    "a chapter": (["--chapters", "risks,poems"], "The full dossier has no chapter “poems” to choose. It has critical,"),
    "a chapter of the other": (["--brief", "--chapters", "risks"], "The board paper has no chapter “risks” to choose."),
    "no chapter": (["--chapters", ","], "The full dossier has chapters to choose by name."),
    "a gate": (["--gate", "G9"], "There is no gate G9; the gates are G1, G2, G3."),
    "a version": (["--version", "7"], "The plan has no version 7. It has 1."),
    "a template": (["--template", "North"], "There is no template “North”. There are: South house style."),
}


@pytest.mark.parametrize("wrong", REFUSED)
def test_what_nobody_knows_is_refused_in_a_sentence_and_nothing_is_written(mcplan, frozen, tmp_path, wrong):
    words, says = REFUSED[wrong]
    code, _, err = mcplan("dossier", frozen, "-o", tmp_path / "never.docx", *words)

    assert code == 2
    assert says in err
    assert not (tmp_path / "never.docx").exists()


def test_sheets_are_made_of_a_version_and_a_bundle_holds_them_all(mcplan, frozen, tmp_path):
    assert mcplan("export", frozen, "--as", "csv", "--version", "1", "-o", tmp_path / "then.zip")[0] == 0
    assert mcplan("export", frozen, "--as", "csv", "-o", tmp_path / "now.zip")[0] == 0
    assert (tmp_path / "then.zip").read_bytes() != (tmp_path / "now.zip").read_bytes()
    code, _, err = mcplan("export", frozen, "--as", "bundle", "--version", "1", "-o", tmp_path / "a.mcplan")
    assert (code, "A bundle holds every version of the plan." in err) == (2, True)

    assert mcplan("export", frozen, "--as", "bundle", "-o", tmp_path / "a.mcplan")[0] == 0
    new = json.loads(mcplan("import", tmp_path / "a.mcplan", "--json")[1])
    assert "1 frozen version, each as it was frozen" in " ".join(new["notes"])
    assert mcplan("dossier", new["plan"], "-o", tmp_path / "c.docx", "--brief", "--version", "1")[0] == 0
    assert "elsewhere" in body(tmp_path / "c.docx")
    out = mcplan("import", tmp_path / "a.mcplan", "--into", new["plan"], "--dry-run")[1]
    assert "The file also holds 1 frozen version. That stays in the file" in out
