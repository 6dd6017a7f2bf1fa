"""What people change in an answer, and what is refused."""

import pytest

from mcplan.answers import amend, needed_for
from mcplan.plan import Evidence
from questionnaire.errors import AnswerRejected
from questionnaire.model import Stage
from tests.builders import NOON, a_plan, a_question, an_answer

QUESTION = a_question()


def changed(plan=None, by="Sam Ito", **changes):
    return amend(QUESTION, plan or a_plan(), changes, by=by, at=NOON)


def test_the_first_words_make_a_draft_of_revision_one():
    answer = changed(value="Nurses lack it.")
    assert (answer.value, answer.stage, answer.revision, answer.by, answer.at) == (
        "Nurses lack it.",
        Stage.DRAFTED,
        1,
        "Sam Ito",
        NOON,
    )


def test_only_what_was_changed_changes():
    plan = a_plan(an_answer(value="Old", stage=Stage.AGREED, confidence={"Dana Okafor": 4}, revision=7))
    answer = changed(plan, confidence=2)
    assert (answer.value, answer.stage, answer.owner, answer.revision) == ("Old", Stage.AGREED, "dana", 8)
    assert answer.confidence == {"Dana Okafor": 4, "Sam Ito": 2}


def test_a_person_takes_back_their_own_confidence_only():
    plan = a_plan(an_answer(confidence={"Dana Okafor": 4, "Sam Ito": 1}))
    assert changed(plan, confidence=None).confidence == {"Dana Okafor": 4}


def test_evidence_is_kept_with_its_link_and_day():
    item = {"title": " Survey ", "link": "https://example.org/s", "note": "62 replies", "on": "2026-09-22"}
    assert changed(evidence=[item]).evidence == (
        Evidence("Survey", "https://example.org/s", "62 replies", "2026-09-22"),
    )


def test_text_is_cleaned_at_the_door():
    answer = changed(value="Nurses\x00 lack\r\nit\ud83d\ude00 \ud83d", not_applicable="\u202ereason")
    assert answer.value == "Nurses lack\nit\U0001f600 \ufffd"
    assert answer.not_applicable == "reason"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"stage": 4}, "drafted, agreed or evidenced"),
        ({"stage": True}, "drafted, agreed or evidenced"),
        ({"owner": "kim"}, "not on the plan's team"),
        ({"confidence": 6}, "from 1 (a guess) to 5 (sure)"),
        ({"confidence": 2.5}, "from 1 (a guess) to 5 (sure)"),
        ({"evidence": "a paper"}, "a list of items"),
        ({"evidence": [{"title": ""}]}, "Give the evidence a title"),
        ({"evidence": [{"title": "x", "link": "javascript:alert(1)"}]}, "https://"),
        ({"evidence": [{"title": "x", "on": "May"}]}, "year-month-day"),
        ({"evidence": [{"title": "x"}] * 51}, "room for 50"),
        ({"note": 5}, "as text"),
        ({"note": "x" * 20_001}, "20,001 characters"),
        ({"approved": True}, "older than the server"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_plain_sentence(changes, sentence):
    with pytest.raises(AnswerRejected) as refused:
        changed(**changes)
    assert sentence in str(refused.value)


def test_whoever_only_says_how_sure_they_are_does_not_become_the_author():
    plan = a_plan(an_answer(value="Old", by="Dana Okafor", at=NOON, revision=7))

    rated = changed(plan, confidence=2)
    assert (rated.by, rated.at, rated.revision) == ("Dana Okafor", NOON, 8)
    both = changed(plan, confidence=2, note="And this.")
    assert both.by == "Sam Ito"
    assert [needed_for(each) for each in ({"confidence": 2}, {"confidence": 2, "note": ""}, {})] == [
        "comment",
        "answer",
        "answer",
    ]
