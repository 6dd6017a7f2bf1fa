"""An institution's template: what is kept of it, what is refused, and that a dossier made with it can be read."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.shared import RGBColor
from openxml_audit import OpenXmlValidator

from mcplan.dossier import make_dossier
from mcplan.dossier.word.contrast import contrast
from mcplan.dossier.word.template import prepare_template
from mcplan.parcel import ParcelRefused
from tests.builders import a_plan, a_question, a_questionnaire, an_answer
from tests.docx_a11y import check
from tests.mcplan.dossiers import PNG, a_dossier, part
from tests.mcplan.test_dossier_brought import with_xml
from tests.mcplan.test_dossier_file import members

LIBREOFFICE = (Path(__file__).parents[1] / "templates" / "libreoffice.docx").read_bytes()
CASE = a_question("case", gate="G1")
OUTSIDE = '<Relationship Id="rIdX" Type="http://x/{kind}" Target="{target}" TargetMode="External"/></Relationships>'


def a_template(colour="7A1F4D", **heads: str) -> bytes:
    """A Word file with a letterhead of its own, as python-docx makes one."""
    document, file = docx.Document(), BytesIO()
    for name in ("Heading 1", "Heading 2", "Heading 3", "Title", "Subtitle", "Caption"):
        document.styles[name].font.color.rgb = RGBColor.from_string(colour)
    document.sections[0].header.paragraphs[0].text = heads.get("head", "House of letters")
    document.sections[0].header.paragraphs[0].add_run().add_picture(BytesIO(PNG))
    document.sections[0].footer.paragraphs[0].text = heads.get("foot", "Registered somewhere")
    document.add_paragraph("Words that must not get into a dossier")
    document.save(file)
    return file.getvalue()


def with_types(old: str, new: str) -> bytes:
    """The template with other kinds of parts."""
    return with_xml(a_template(), lambda types: types.replace(old, new), "[Content_Types].xml")


def a_paper(packed: bytes, **fields) -> bytes:
    """A dossier made with a template."""
    given = a_dossier(a_questionnaire(CASE), a_plan(an_answer(CASE.id, "1. Enough\n2. said.")), **fields)
    return make_dossier(given, base=prepare_template(packed).file)


def test_its_words_go_and_its_look_head_foot_and_pictures_stay():
    file = a_paper(a_template())
    everything = "".join(content.decode(errors="replace") for content in members(file).values())

    assert "must not get into" not in everything
    assert "House of letters" in part(file, "word/header1.xml")
    assert "Registered somewhere" in part(file, "word/footer2.xml")
    assert "DRAFT · Plan revision 1" in part(file, "word/footer2.xml")
    assert " PAGE " in part(file, "word/footer2.xml")
    assert PNG in members(file).values()
    assert "7A1F4D" in part(file, "word/styles.xml")


def test_a_template_of_word_is_taken_as_dotx_too():
    changed = with_xml(
        a_template(), lambda types: types.replace("document.main+xml", "template.main+xml"), "[Content_Types].xml"
    )

    assert "template.main" not in part(prepare_template(changed).file, "[Content_Types].xml")


@pytest.mark.parametrize("packed", [a_template(), LIBREOFFICE], ids=["word", "libreoffice"])
def test_a_dossier_made_with_it_has_no_fault(packed, tmp_path):
    plan = a_plan(an_answer(CASE.id, "A *case*.\n\n1. one\n2. two\n\n> said", note="- noted"), summary="Earners can.")
    given = a_dossier(a_questionnaire(CASE), plan, chart=PNG)
    path = tmp_path / "dossier.docx"
    path.write_bytes(make_dossier(given, base=prepare_template(packed).file))

    assert [error.description for error in OpenXmlValidator(max_errors=10).validate(str(path)).errors] == []
    assert [each for each in check(path) if each[0] in "EW"] == []


def test_the_same_template_gives_the_same_file():
    assert prepare_template(a_template()) == prepare_template(a_template())


def test_styles_are_found_by_name_and_lists_of_its_own_keep_apart():
    file = prepare_template(LIBREOFFICE).file
    numbers = docx.Document(BytesIO(file)).part.numbering_part.element.xml

    assert 'w:styleId="Heading1"' in part(file, "word/styles.xml")
    assert part(file, "word/styles.xml").lower().count('<w:name w:val="heading 1"/>') == 1
    assert 'w:numId="1"' in numbers
    assert numbers.count('w:numId="2"') == 1


def test_a_pale_brand_colour_is_reported_and_a_dark_one_is_not():
    pale, dark = (prepare_template(a_template(colour)).notes for colour in ("F4A261", "7A1F4D"))

    assert any(
        note.startswith("“heading 2” is written in #F4A261, which stands out 2.1 to 1 on white") for note in pale
    )
    assert not any("stands out" in note for note in dark)
    assert contrast("000000") == pytest.approx(21)


def test_what_was_added_and_left_out_is_told():
    outside = OUTSIDE.format(kind="attachedTemplate", target="https://e.org/a.dotm")
    notes = prepare_template(
        with_xml(a_template(), lambda rels: rels.replace("</Relationships>", outside), "word/_rels/document.xml.rels")
    ).notes

    assert any("toc 1" in note for note in notes)
    assert "Left out: the reference to the template that this file was made from." in notes


def with_part(name: str, content: bytes = b"x") -> bytes:
    file = BytesIO(a_template())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def with_reference(kind: str, target: str) -> bytes:
    outside = OUTSIDE.format(kind=kind, target=target)
    return with_xml(
        a_template(), lambda rels: rels.replace("</Relationships>", outside), "word/_rels/document.xml.rels"
    )


def with_body(old: str, new: str) -> bytes:
    return with_xml(a_template(), lambda body: body.replace(old, new, 1))


FIELD = '<w:p><w:fldSimple w:instr=" INCLUDEPICTURE &quot;http://e.org&quot; "/>'


def with_entities() -> bytes:
    declared = "<!DOCTYPE a [<!ENTITY b 'c'>]>"
    return with_xml(a_template(), lambda body: declared + body.partition("?>")[2], "word/styles.xml")


REFUSED = {
    "macros": (with_part("word/vbaProject.bin"), "runs or is embedded"),
    "macros by kind": (with_types("document.main", "document.macroEnabled.main"), "macros"),
    "embedded": (with_part("word/embeddings/a.xlsx"), "runs or is embedded"),
    "active": (with_part("word/activeX/a.xml", b"<a/>"), "runs or is embedded"),
    "web page": (with_part("word/afchunk.htm"), "runs or is embedded"),
    "picture from outside": (with_reference("image", "https://e.org/a.png"), "from outside"),
    "script in a link": (with_reference("hyperlink", "javascript:alert(1)"), "from outside"),
    "field": (with_body("<w:p>", FIELD), "INCLUDEPICTURE"),
    "entities": (with_entities(), "defines entities"),
    "bomb": (with_part("word/bomb.xml", bytes(30 << 20)), "unpacks to more"),
    "no Word file": (a_template()[:100], "damaged"),
    "spreadsheet": (with_types("wordprocessingml", "spreadsheetml"), "not a Word file"),
    "password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password or is of an old kind"),
    "too large": (bytes(6 << 20), "larger than 5 MB"),
}


@pytest.mark.parametrize(("packed", "said"), REFUSED.values(), ids=REFUSED)
def test_what_would_do_harm_is_refused_in_plain_words(packed, said):
    with pytest.raises(ParcelRefused, match=said):
        prepare_template(packed)


def test_a_date_of_now_gets_into_no_template():
    with zipfile.ZipFile(BytesIO(prepare_template(a_template()).file)) as archive:
        dates = {each.date_time[0] for each in archive.infolist()}

    assert datetime.now(UTC).year not in dates
