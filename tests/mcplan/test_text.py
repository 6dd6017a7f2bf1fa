"""What passes the door for text: all that shows, nothing that cannot be stored or printed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mcplan.text import clean_json, clean_text, shorten

ANY_TEXT = st.text(alphabet=st.characters(categories=None, exclude_categories=()))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("plain", "plain"),
        ("a\r\nb\rc\x0bd\x0ce\u2028f\x85g", "a\nb\nc\nd\ne\nf\ng"),
        ("a\u2029b", "a\n\nb"),
        ("tab\tand newline\n", "tab\tand newline\n"),
        ("NUL\x00 BEL\x07 ESC\x1b", "NUL BEL ESC"),
        ("\ud83d\ude00", "\U0001f600"),
        ("\ud83d alone", "\ufffd alone"),
        ("e\u0301", "é"),
        ("\u202eevil", "evil"),
        ("שלום עולם", "שלום עולם"),
        ("日本語 👩‍🔬", "日本語 👩‍🔬"),
        ("\ufeffmark \uffff \U0001ffff", "mark  "),
    ],
)
def test_what_shows_stays(typed, kept):
    assert clean_text(typed) == kept


@given(ANY_TEXT)
def test_whatever_is_typed_can_be_stored_and_printed(typed):
    cleaned = clean_text(typed)
    cleaned.encode("utf-8")
    etree.Element("t").text = cleaned
    assert "\x00" not in cleaned
    assert clean_text(cleaned) == cleaned


@given(ANY_TEXT)
def test_no_letter_or_digit_is_lost(typed):
    def telling(text):
        return [each for each in unicodedata.normalize("NFC", text) if each.isalnum()]

    assert telling(clean_text(typed)) == telling(typed)


def test_json_is_cleaned_inside():
    assert clean_json({"a\x00": ["b\x00", {"c": 1.5}]}) == {"a": ["b", {"c": 1.5}]}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("short", "short"),
        ("one\n two", "one two"),
        ("cut behind a word", "cut behind…"),
        ("unbrokenwords", "unbrokenwo…"),
        ("a unbrokenwords", "a unbroken…"),
    ],
)
def test_a_text_too_long_is_cut_at_a_word_if_that_costs_little(text: str, shown: str):
    assert shorten(text, 11) == shown
