"""What each kind of question takes, refuses and says."""

import pytest

from questionnaire.errors import AnswerRejected
from questionnaire.kinds import KINDS, kind_of
from tests.builders import a_question

OPTIONS = {"revenue": "Revenue", "reach": "Reach", "other": "Something else"}


def of(kind, **fields):
    return a_question("x", kind=kind, options=OPTIONS, unit=fields.pop("unit", "hours"), **fields)


def read(kind, raw, **fields):
    return kind_of(of(kind, **fields)).read(of(kind, **fields), raw)


def say(kind, value, **fields):
    return kind_of(of(kind, **fields)).say(of(kind, **fields), value)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_put_in_is_no_answer(kind):
    assert read(kind, None) is None
    assert read(kind, "") is None


@pytest.mark.parametrize(
    ("kind", "raw", "value", "words"),
    [
        ("short text", "  A name ", "A name", "A name"),
        ("long text", "Two\nlines", "Two\nlines", "Two\nlines"),
        ("choice", "reach", {"picks": ["reach"], "other": ""}, "Reach"),
        (
            "choice",
            {"picks": ["other"], "other": "Prestige"},
            {"picks": ["other"], "other": "Prestige"},
            "Something else: Prestige",
        ),
        ("choices", {"picks": ["reach", "revenue"]}, {"picks": ["revenue", "reach"], "other": ""}, "Revenue; Reach"),
        ("yes or no", "unknown", "unknown", "Not known yet"),
        ("yes or no", {"picks": ["yes"]}, "yes", "Yes"),
        ("quantity", "48", 48.0, "48 hours"),
        ("quantity", "1,450.5", 1450.5, "1,450.5 hours"),
        ("quantity", "2,5", 2.5, "2.5 hours"),
        ("percent", "12.5 %", 12.5, "12.5 %"),
        ("money", {"amount": "1 450", "currency": "EUR"}, {"amount": 1450.0, "currency": "EUR"}, "EUR 1,450"),
        ("date", "2027-05-03", "2027-05-03", "3 May 2027"),
        ("link", " https://example.org/a ", "https://example.org/a", "https://example.org/a"),
    ],
)
def test_what_fits_is_stored_and_said(kind, raw, value, words):
    assert read(kind, raw) == value
    assert say(kind, value) == words


@pytest.mark.parametrize(
    ("kind", "raw", "sentence"),
    [
        ("short text", "two\nlines", "one line"),
        ("short text", "x" * 301, "301 characters"),
        ("long text", "x" * 100_001, "100,001 characters"),
        ("long text", 7, "as text"),
        ("choice", "rebate", "not one of the options"),
        ("choice", ["revenue", "reach"], "Pick one"),
        ("choices", {"picks": ["reach", "rebate"]}, "“rebate” is not one of the options"),
        ("yes or no", "perhaps", "yes, no, or not known yet"),
        ("quantity", "-1", "zero or more"),
        ("quantity", "NaN", "number of hours"),
        ("quantity", float("nan"), "number of hours"),
        ("quantity", "1e999", "number of hours"),
        ("quantity", True, "number of hours"),
        ("percent", "101", "from 0 to 100"),
        ("money", {"amount": "-5", "currency": "CAD"}, "zero or more"),
        ("money", {"amount": "5", "currency": "XXX"}, "not a currency"),
        ("date", "3 May", "year-month-day"),
        ("link", "javascript:alert(1)", "https://"),
        ("link", "ftp://example.org", "https://"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_plain_sentence(kind, raw, sentence):
    with pytest.raises(AnswerRejected) as refused:
        read(kind, raw)
    assert sentence in str(refused.value)


def test_a_long_answer_of_a_hundred_thousand_characters_fits():
    assert read("long text", "x" * 100_000) == "x" * 100_000


def test_a_space_just_typed_stays():
    assert read("long text", "So far ") == "So far "
    assert read("long text", " \n ") is None


def test_an_option_that_is_gone_is_said_as_it_stands():
    assert say("choice", {"picks": ["retired"], "other": ""}) == "retired"


def test_words_for_other_do_not_linger_once_it_is_not_picked():
    assert read("choice", {"picks": ["reach"], "other": "Prestige"}) == {"picks": ["reach"], "other": ""}
