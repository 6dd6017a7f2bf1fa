import re
import zipfile
from datetime import datetime
from io import BytesIO
from itertools import count, pairwise
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator

from mcplan.dossier import DossierInput, make_dossier, to_word
from mcplan.dossier.blocks import Bullets, Contents, Figure, Heading, Para, Run, Typed, words
from mcplan.example import load_example
from mcplan.plan import Evidence, Plan
from questionnaire.load import load_questionnaire
from questionnaire.model import Questionnaire, Stage
from tests.builders import a_plan, a_question, a_questionnaire, an_answer
from tests.docx_a11y import check
from tests.mcplan.dossiers import PNG, a_dossier, a_file, paragraphs, part, set_words, text_of, words_in

SHIPPED = load_questionnaire()
SIX = tuple(a_question(slug) for slug in ("one", "two", "three", "four", "five", "six"))
HOSTILE = (
    "Words \x00with\x01 con\x0btrol\x0c \x1fcharacters \ufffe\uffff\ud83d and \u202eoverrides\u202c.",
    "![logo](https://example.org/x.png) <b>bold</b> <script>alert('x')</script> ]]> &amp; \"quoted\" <!-- -->",
    "مرحبا بالعالم (v2) كتابة. 北京是中国的首都。 東京へようこそ。 서울에서 👩‍🚀🚀 family 👨‍👩‍👧",
    "שלום, this line starts in Hebrew: 3.5% of 12 learners.\n\tSecond line\twith tabs\n1) one\n2) two",
    "[site](https://example.org/ä?q=a b) [here](https://example.org/€) [x](javascript:alert(1)) https://example.org",
    "• pasted\n• bullets\n\n(1) first\n(2) second\n\n    indented    text\n\n```\ncode\n```\n\n| a | b |\n|---|---|",
)
"""Answers that break careless writers."""


def a_hostile_plan() -> Plan:
    """A plan with nothing but trouble in it."""
    evidence = (Evidence("Study <1> & co", "https://example.org/ü?a=1&b=2", "سلام\x07", "soon"),)
    answers = [
        an_answer(each.id, text, note=text, evidence=evidence, not_applicable="" if number % 2 else text)
        for number, (each, text) in enumerate(zip(SIX, HOSTILE, strict=True))
    ]
    title = "A title & more <than> 255 characters " * 9
    return a_plan(
        *answers, title=title, institution="Öffentliche & <Hochschule>", board="Board\x02", summary=HOSTILE[2]
    )


def a_long_plan() -> Plan:
    """A plan with one answer of 100,000 characters."""
    numbers = count()
    text = "\n\n".join(f"Paragraph {next(numbers)} says **what** it has to say at some length." for _ in range(1_700))
    return a_plan(an_answer("first.one", text[:100_000]))


PLANS: dict[str, tuple[Questionnaire, Plan]] = {
    "empty": (SHIPPED, Plan("empty", "")),
    "worked example": (SHIPPED, load_example()),
    "hostile": (a_questionnaire(*SIX), a_hostile_plan()),
    "100,000 characters": (a_questionnaire(*SIX), a_long_plan()),
    "300 risks": (a_questionnaire(*(a_question(f"open-{number}", gate="G1") for number in range(300))), a_plan()),
}


@pytest.fixture(params=[*PLANS, "worked example, in brief", "hostile, in brief"])
def given(request: pytest.FixtureRequest) -> DossierInput:
    name, _, brief = request.param.partition(", in ")
    return a_dossier(*PLANS[name], chart=PNG, brief=bool(brief))


@pytest.fixture
def file(given: DossierInput) -> bytes:
    return make_dossier(given)


def test_word_can_open_it_and_everybody_can_read_it(file: bytes, tmp_path: Path):
    path = tmp_path / "dossier.docx"
    path.write_bytes(file)

    assert [error.description for error in OpenXmlValidator(max_errors=10).validate(str(path)).errors] == []
    assert [each for each in check(path) if each[0] in "EW"] == []
    assert len(docx.Document(str(path)).paragraphs) > 20


def test_the_same_plan_gives_the_same_bytes(file: bytes, given: DossierInput):
    assert make_dossier(given) == file


def test_every_word_of_every_answer_of_the_worked_example_is_in_the_file():
    plan = load_example()
    printed = words_in(text_of(a_file(SHIPPED, plan)))
    for answer in plan.answers.values():
        typed = answer.value if isinstance(answer.value, str) else ""
        evidence = " ".join(f"{each.title} {each.note}" for each in answer.evidence)
        assert words_in(f"{typed if ' ' in typed else ''} {answer.note} {evidence}") <= printed


def test_every_word_of_the_longest_answer_is_in_the_file():
    plan = a_long_plan()

    assert words_in(str(plan.answers["first.one"].value)) <= words_in(text_of(a_file(a_questionnaire(*SIX), plan)))


def test_what_can_be_read_of_a_hostile_answer_is_in_the_file():
    printed = text_of(a_file(a_questionnaire(*SIX), a_hostile_plan()))

    assert "Words with con\ntrol\n characters � and overrides." in printed
    assert "![logo](https://example.org/x.png) <b>bold</b> <script>alert('x')</script> ]]> &amp;" in printed
    assert "👩‍🚀🚀 family 👨‍👩‍👧" in printed
    assert "Second line\twith tabs" in printed
    assert "[x](javascript:alert(1))" in printed


def test_nothing_is_loaded_from_outside_and_only_web_and_mail_links_lead_there(file: bytes):
    outside = re.findall(r'<Relationship [^>]*TargetMode="External"[^>]*>', part(file, "word/_rels/document.xml.rels"))

    assert all("/hyperlink" in each and re.search(r'Target="(https?://|mailto:)', each) for each in outside)
    assert len(outside) == len(re.findall("TargetMode", part(file, "word/_rels/document.xml.rels")))


def test_the_contents_are_filled_without_asking_and_each_entry_leads_somewhere():
    file = set_words(Contents("Contents"), Heading("One"), Heading("Part", 2), Heading("Question?", 3), Heading("Two"))
    entries = re.findall(r'<w:pStyle w:val="TOC\d"/>.*?w:anchor="(\w+)".*?</w:p>', part(file))

    assert paragraphs(file)[1:4] == ["1\tOne", "1.1\tPart", "2\tTwo"]
    assert all(f'w:name="{anchor}"' in part(file) for anchor in entries)
    assert "updateFields" not in part(file, "word/settings.xml")
    assert "dirty" not in part(file)


def test_every_numbered_list_starts_anew():
    file = set_words(Typed("1. a\n2. b"), Typed("4. d\n5. e"), Bullets((words("x"), words("y")), numbered=True))
    lists = re.findall(r'<w:numId w:val="(\d+)"/></w:numPr>', part(file))
    starts = re.findall(r'w:numId="(\d+)"><w:abstractNumId w:val="3"/>.*?<w:startOverride w:val="(\d+)"/>',
                        part(file, "word/numbering.xml"))  # fmt: skip

    assert lists == ["3", "3", "4", "4", "5", "5"]
    assert starts == [("3", "1"), ("4", "4"), ("5", "1")]


def test_arabic_runs_from_right_to_left_and_keeps_its_full_stop():
    xml = part(set_words(Typed("مرحبا (v2) بكم.")))

    assert "<w:bidi/>" in xml
    assert re.findall(r"<w:r>(.*?)</w:r>", xml) == [
        '<w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">مرحبا (</w:t>',
        '<w:t xml:space="preserve">v2</w:t>',
        '<w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">) بكم.</w:t>',
    ]


def test_a_hebrew_name_in_an_english_sentence_leaves_the_sentence_as_it_is():
    xml = part(set_words(Typed("Ask שלום כהן, please.")))

    assert "<w:bidi/>" not in xml
    assert '<w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">שלום כהן</w:t>' in xml


@pytest.mark.parametrize(
    ("text", "font"), [("北京", "Microsoft YaHei"), ("東京へ", "Yu Gothic"), ("서울", "Malgun Gothic")]
)
def test_east_asian_text_is_set_in_a_font_that_has_its_letters(text: str, font: str):
    assert f'w:eastAsia="{font}"' in part(set_words(Typed(text)))


def test_line_breaks_and_tabs_are_kept():
    assert paragraphs(set_words(Typed("one\ntwo\tthree")))[0] == "one\ntwo\tthree"
    assert "<w:br/>" in part(set_words(Typed("one\ntwo")))


def test_an_address_with_letters_beyond_ascii_is_quoted():
    links = part(set_words(Typed("[us](https://example.org/ü?q=%20)")), "word/_rels/document.xml.rels")

    assert 'Target="https://example.org/%C3%BC?q=%20"' in links


def test_a_link_that_says_nothing_also_names_its_address():
    file = set_words(Typed("[here](https://example.org/a) [https://example.org](https://example.org)"))

    assert paragraphs(file)[0] == "here (example.org/a) example.org"


def test_a_reference_to_what_the_dossier_does_not_hold_is_plain_text():
    file = set_words(Heading("One", anchor="there"), Para((Run("yes", anchor="there"), Run("no", anchor="gone"))))

    assert len(re.findall("<w:hyperlink", part(file))) == 1
    assert paragraphs(file)[1] == "yesno"


def test_ids_that_differ_only_in_their_marks_get_bookmarks_of_their_own():
    long = "strategic.a-question-with-a-very-long-name-that-goes-on-and-on"
    file = set_words(*(Heading("H", anchor=each) for each in ("a.b-c", "a.b_c", long, f"{long}-2")))
    names = re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(m_\w+)"', part(file))

    assert len(set(names)) == 4
    assert all(len(name) <= 40 for name in names)


def test_the_file_says_what_it_is_and_when_it_was_made():
    core = part(a_file(*PLANS["hostile"]), "docProps/core.xml")
    title = re.search("<dc:title>(.*?)</dc:title>", core)

    assert title is not None
    assert title.group(1).startswith("Planning dossier: A title &amp; more &lt;than&gt;")
    assert title.group(1).endswith("…")
    assert "2027-03-02T14:05:00Z" in core
    assert "<dc:language>en-GB</dc:language>" in core


def test_text_is_marked_with_the_language_it_is_said_to_be_in():
    assert 'w:lang w:val="fr-CA"' in part(set_words(Typed("Bonjour"), language="fr-CA"), "word/styles.xml")


def test_no_date_of_the_clock_gets_into_the_file():
    with zipfile.ZipFile(BytesIO(a_file(*PLANS["hostile"]))) as archive:
        assert {each.date_time for each in archive.infolist()} == {(2027, 3, 2, 14, 5, 0)}


def test_a_dossier_of_a_day_before_zip_files_can_be_made():
    assert to_word([], title="T", author="A", subject="S", made_at=datetime(1970, 1, 1))  # noqa: DTZ001


def test_progress_goes_up_to_the_whole():
    told: list[float] = []
    make_dossier(a_dossier(SHIPPED, load_example()), told.append)

    assert told[0] == 0
    assert told[-1] == 1
    assert all(earlier <= later for earlier, later in pairwise(told))
    assert len(told) > 5


def test_a_picture_is_in_line_with_its_words_for_those_who_do_not_see_it():
    xml = part(set_words(Figure(PNG, "Readiness", 'Bars of "more"')))

    assert 'descr="Bars of &quot;more&quot;"' in xml
    assert "<wp:anchor" not in xml


def test_a_picture_that_is_no_png_is_refused():
    with pytest.raises(ValueError, match="is a PNG picture"):
        set_words(Figure(b"GIF89a", "Readiness", "Bars"))


def test_a_long_title_is_set_smaller_so_that_the_cover_stays_one_page():
    assert '"Title"' in part(set_words(Para(words("Heat pumps"), "title")))
    assert '"LongTitle"' in part(set_words(Para(words("Heat pumps " * 20), "title")))


def test_stages_in_the_file_are_a_symbol_and_a_word():
    question = a_question("case", gate="G1")
    file = a_file(a_questionnaire(question), a_plan(an_answer(question.id, stage=Stage.AGREED)))

    assert "●\u00a0Agreed · asked: agreed · Owner Dana Okafor" in text_of(file)
