"""People's words on a screen: as typed, and nothing is fetched."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pages.kit.words import bullets, clip, lines, plain

APART = re.compile(r":color\[(\\.)\]")


def rendered(markdown):
    """The text a reader sees, and the tags that Markdown made of it."""
    tokens = MarkdownIt("commonmark", {"html": True}).parse(APART.sub(r"\1", markdown))
    inline = [child for token in tokens for child in token.children or []]
    return "".join(child.content for child in inline), {child.type for child in inline} - {"text", "text_special"}


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Zs"))))
def test_a_line_is_shown_exactly_as_it_was_typed(typed):
    text, tags = rendered(plain(typed))
    assert text == " ".join(typed.split())
    assert tags == set()


@pytest.mark.parametrize(
    "typed",
    [
        "![x](http://example.org/x.png)",
        "<img src=http://example.org>",
        "[a](javascript:alert(1))",
        "**b**",
        ":material/home:",
        "$a$",
        "# big",
        "1. one",
        "- x",
    ],
)
def test_markdown_stays_text(typed):
    text, tags = rendered(plain(typed))
    assert (text, tags) == (typed, set())
    assert ":material/" not in plain(typed).replace("\\:", "")
    assert "$a$" not in plain(typed)


def test_lines_stay_lines():
    assert lines("one\n\n*two*") == "one  \n\u200b  \n\\*two\\*"
    assert bullets(("a", "b*")) == "- a\n- b\\*"


def test_a_long_text_is_cut_at_a_word():
    assert clip("one two three", 9) == "one two…"
    assert clip("one two", 9) == "one two"


LINKS = (
    r"(https?:\/\/|www(?=\.))([-.\w]+)([^ \t\r\n]*)|([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)"
    r"|:[\w+-]+:|<->|->|<-|--|>=|<=|~="
)
"""What the screen makes links, emoji and arrows of, in any stretch of text that nothing stands in the way of."""


@pytest.mark.parametrize(
    "typed",
    [
        "Ana a@b.org",
        "a.b+c@north-west.example.org, d@e.org",
        "www.example.org and WWW.Example.org",
        "see http://x.org/a?b=c or HttpS://x.org",
        ":streamlit: :smile: :+1:",
        "a -> b <- c <-> d -- e >= f <= g ~= h",
        "-->",
    ],
)
def test_no_address_becomes_a_link_and_nothing_is_swapped(typed):
    assert rendered(plain(typed)) == (typed, set())
    stretches = [part.replace("\\", "") for part in re.split(r":color\[|\]", plain(typed))]
    assert not [part for part in stretches if re.search(LINKS, part, re.IGNORECASE)]
