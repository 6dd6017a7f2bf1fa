"""The Word file around the text: its base, its other parts, and how it is packed."""

import re
import zipfile
from io import BytesIO
from pathlib import Path
from time import process_time
from xml.etree import ElementTree as ET

import docx
import pytest

import mcplan
from mcplan.dossier.blocks import Figure, Frame, Typed
from mcplan.dossier.word.base import make_base
from mcplan.dossier.word.package import BASE, Properties, WordFile
from tests.mcplan.dossiers import MADE_AT, PNG, part, set_words

FILLED = {"[Content_Types].xml", "word/document.xml", "word/numbering.xml", "docProps/core.xml"}
"""The parts that depend on the text."""


def members(file: bytes) -> dict[str, bytes]:
    """Name and content of each part in a Word file."""
    with zipfile.ZipFile(BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_base_that_is_shipped_is_made_of_the_looks_as_they_are_now():
    assert members(BASE.read_bytes()) == members(make_base())


def test_the_file_is_the_base_with_words_and_pictures_in_it():
    file, base = members(set_words(Typed("1. a"), Figure(PNG, "C", "S"))), members(BASE.read_bytes())
    kept = [name for name in base if name.endswith(".xml") and name not in FILLED]

    assert set(file) == {*base, "word/media/image1.png"}
    assert {name: ET.canonicalize(file[name]) for name in kept} == {name: ET.canonicalize(base[name]) for name in kept}


def test_no_trace_of_the_library_or_of_another_word_processor_is_in_the_file():
    file = members(set_words(Typed("Words"), Figure(PNG, "C", "S")))
    text = "\n".join([*file, *(part.decode(errors="replace") for part in file.values())]).lower()

    traces = ("python-docx", "microsoft word", "macintosh", "thumbnail", "witheffects", "dc:description")
    assert [each for each in traces if each in text] == []


def test_pictures_are_stored_as_they_are_and_the_same_one_once():
    with zipfile.ZipFile(BytesIO(set_words(Figure(PNG, "One", "A"), Figure(PNG, "Two", "B")))) as archive:
        pictures = [each for each in archive.infolist() if each.filename.endswith(".png")]

    assert [(each.compress_type, each.file_size) for each in pictures] == [(zipfile.ZIP_STORED, len(PNG))]


def test_head_and_foot_of_the_page_hold_the_words_of_the_frame():
    page = docx.Document(BytesIO(set_words(Frame("Larkfield <U>", "Pumps & pipes", "DRAFT\x00 1")))).sections[0]

    assert page.header.paragraphs[0].text == "Larkfield <U>\tPumps & pipes"
    assert page.footer.paragraphs[0].text.startswith("DRAFT 1\tPage ")
    assert page.different_first_page_header_footer


def test_an_address_has_one_relationship_however_often_it_is_linked():
    file = set_words(Typed("[one](https://example.org/a) [two](https://example.org/a) [three](https://example.org/b)"))
    used = re.findall(r'<w:hyperlink r:id="(\w+)"', part(file))

    assert used[0] == used[1] != used[2]
    assert part(file, "word/_rels/document.xml.rels").count("https://example.org/a") == 1


def _seconds_to_set(links: int) -> float:
    text = "\n\n".join(f"[site](https://example.org/{number})\n\n1. one" for number in range(links))
    started = process_time()
    set_words(Typed(text))
    return process_time() - started


def test_an_answer_full_of_links_and_lists_is_set_in_a_moment():
    # The best of three: other programs on the machine must not decide.
    many, few = (min(_seconds_to_set(links) for _ in range(3)) for links in (3_000, 300))
    assert many < 30 * few


def test_a_body_that_is_no_xml_is_never_handed_out():
    with pytest.raises(SyntaxError, match="tag mismatch"):
        WordFile().pack("<w:p>", Properties("T", "A", "S", "en-GB", MADE_AT))


def test_python_docx_and_lxml_stay_behind_one_door():
    modules = [*Path(mcplan.__path__[0]).rglob("*.py")]
    knowing = [
        each.name for each in modules if re.search(r"(?m)^ *(from|import) (docx|lxml)\b", each.read_text("utf-8"))
    ]

    assert len(modules) > 20
    assert sorted(knowing) == [
        "base.py",
        "package.py",
        "packing.py",
        "parcel.py",
        "restyle.py",
        "taking.py",
        "template.py",
    ]
