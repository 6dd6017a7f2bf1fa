import re
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcplan.markdown import Passage, Span, is_safe_link, read_markdown


def said(text: str) -> str:
    """What a reader sees of a text, a line for each passage."""
    return "\n".join("".join(span.text for span in passage.spans) for passage in read_markdown(text))


def forms(text: str) -> list[tuple[str, int, str]]:
    """Form, number and words of each passage."""
    return [(each.form, each.number, "".join(span.text for span in each.spans)) for each in read_markdown(text)]


def test_blank_lines_part_paragraphs_and_single_ones_stay_line_breaks():
    assert read_markdown("One\ntwo\n\n\nThree") == (Passage((Span("One\ntwo"),)), Passage((Span("Three"),)))


def test_an_empty_text_has_no_passages():
    assert read_markdown(" \n\n ") == ()


def test_bold_italic_code_and_safe_links_are_read():
    (passage,) = read_markdown("**Now** *or* `never`, [says Kim](https://example.org/a?b=c)")

    assert passage.spans == (
        Span("Now", bold=True),
        Span(" "),
        Span("or", italic=True),
        Span(" "),
        Span("never", code=True),
        Span(", "),
        Span("says Kim", link="https://example.org/a?b=c"),
    )


@pytest.mark.parametrize(
    "typed",
    [
        "![logo](https://example.org/x.png)",
        "<b>raw</b> <script>alert(1)</script> *",
        "[click](javascript:alert(1))",
        "[file](file:///etc/passwd)",
        "[blank](https://example.org/a b)",
        "# no heading",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "[note]: https://example.org 'kept'",
        "A sum: 2*3*4 = 24 and 5*x",
        "snake_case_name and C:\\_temp\\_x",
        "1984. A year, not the item of a list",
        "12.",
        "A star* and two** more",
        ">" * 130 + " deep",
        "&amp; &#65; stay",
    ],
)
def test_what_is_no_light_markdown_stays_as_it_was_typed(typed: str):
    assert said(typed) == typed


def test_the_title_of_a_link_is_not_lost():
    assert said('[here](https://example.org "the whole study")') == "here (the whole study)"


def test_bullets_pasted_from_a_word_processor_become_a_list():
    assert forms("•\tone\n• two\n– three") == [("bullet", 0, "one"), ("bullet", 0, "two"), ("bullet", 0, "three")]


def test_a_numbered_list_keeps_the_numbers_that_were_typed():
    assert forms("3. c\n4. d\n9. i\n\nWords.\n\n(2) b") == [
        ("number", 3, "c"),
        ("number", 4, "d"),
        ("number", 9, "i"),
        ("paragraph", 0, "Words."),
        ("number", 2, "b"),
    ]


def test_a_list_typed_with_the_same_number_throughout_is_counted_on():
    assert forms("1. a\n1. b\n1. c") == [("number", 1, "a"), ("number", 2, "b"), ("number", 3, "c")]


def test_a_list_in_a_list_and_a_second_paragraph_of_an_item_are_indented():
    read = read_markdown("- a\n\n  more\n  - b\n- c")

    assert [(each.form, each.depth) for each in read] == [
        ("bullet", 0),
        ("continued", 0),
        ("bullet", 1),
        ("bullet", 0),
    ]


def test_a_quote_is_told_from_what_the_team_says():
    assert forms("> They said so.\n\nWe do not.") == [
        ("quote", 0, "They said so."),
        ("paragraph", 0, "We do not."),
    ]


@pytest.mark.parametrize(
    "address", ["https://example.org", "http://example.org:8080/a/b?c#d", "mailto:dana@example.org"]
)
def test_web_and_mail_addresses_are_safe_links(address: str):
    assert is_safe_link(address)


@pytest.mark.parametrize(
    "address", ["", "javascript:x", "file:///x", "//example.org", "https://", "https://[::1", "data:,x"]
)
def test_other_addresses_are_not_followed(address: str):
    assert not is_safe_link(address)


WORD = st.sampled_from(["alpha", "beta", "straße", "北京", "سلام", "x", "42", "1984.", "7."])
MARKS = (
    "*", "**", "_", "`", "```", "[", "](", ")", "](https://a.example/b)", "![", "> ", "- ", "1. ", "# ", "<b>", "&lt;",
    "\\", " ", "  ", "\n", "\n\n", "    ", "\t", "•", "• ", "(3) ", "|", "~~", "<https://a.example>", "---", "===",
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(WORD, st.sampled_from(MARKS)), max_size=40))
def test_no_word_of_any_text_is_lost_whatever_marks_stand_around_it(parts: list[str]):
    typed = "".join(parts)
    read = read_markdown(typed)
    shown = " ".join(f"{span.text} {span.link}" for each in read for span in each.spans)
    numbers = {str(each.number) for each in read}

    letters = re.findall(r"[^\W\d_]+", typed)
    assert sorted("".join(letters)) == sorted("".join(re.findall(r"[^\W\d_]+", shown)))
    assert all(number in shown or number in numbers for number in re.findall(r"\d{2,}", typed))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["One.", "two", "\n", "\n\n", " ", "  ", "\t", "é", "3", ","]), max_size=30))
def test_text_without_marks_is_read_the_same_with_and_without_the_parser(parts: list[str]):
    plain = "".join(parts)
    with_a_mark = said(plain + "\n\n**end**")

    assert f"{said(plain)}\nend".strip() == with_a_mark


@pytest.mark.parametrize("mark", ["*", "[", "`", "> ", "- ", "1. ", "**a ", "[a](", "![", "_ "])
def test_a_text_full_of_one_mark_does_not_hold_up_the_export(mark: str):
    started = process_time()
    read_markdown(mark * 10_000)

    assert process_time() - started < 3


def test_neighbouring_spans_differ_in_look():
    (passage,) = read_markdown("a * b _c_ **d** `e`")

    assert all(a.bold != b.bold or a.italic != b.italic or a.code != b.code for a, b in pairwise(passage.spans))
