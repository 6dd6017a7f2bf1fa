"""Who is told what, in which words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcplan.membership import Membership
from mcplan.notices import LONGEST_SUBJECT, NEWS, Scene, digest, notices_of
from mcplan.people import Person
from mcplan.timeline import KINDS, Event
from tests.builders import NOON

DANA, SAM = (
    Membership(name.lower(), name, role, "Dana", NOON, email=f"{name.lower()}@north.example")
    for name, role in (("Dana", "owner"), ("Sam", "reviewer"))
)
SCENE = Scene("p1", "Cold chain", (DANA, SAM), "", "https://plans.example.org")


def test_every_kind_that_is_news_is_a_kind_of_event():
    assert set(NEWS) <= set(KINDS)


def test_nobody_is_told_of_what_they_did_themselves():
    for by in ("Dana", "Sam"):
        told = notices_of(Event("deferred", by, NOON, details={"name": "2", "before": "Kim"}), 7, SCENE)
        assert by.lower() not in {each.person_id for each in told}
        assert told


def test_reviewers_are_asked_to_review_what_was_submitted():
    (notice,) = notices_of(
        Event("submitted", "Dana", NOON, details={"name": "2", "after": "design approval"}), 7, SCENE
    )

    assert (notice.email, notice.key) == (SAM.email, "event-7-sam@north.example")
    assert "https://plans.example.org/review?plan=p1" in notice.text


def test_whoever_is_asked_to_decide_in_place_of_another_is_told():
    details = {"name": "2 “For May”", "before": "Sam"}
    (notice,) = notices_of(Event("decision handed over", "Dana", NOON, details=details), 7, SCENE)

    assert (notice.email, notice.subject) == (SAM.email, "“Cold chain” waits for your decision")
    assert "https://plans.example.org/decision?plan=p1" in notice.text


@given(st.text(max_size=400))
def test_no_title_breaks_the_head_of_a_letter(title):
    (notice,) = notices_of(Event("submitted", "Dana", NOON), 7, Scene("p1", title, (SAM,), "", ""))

    assert len(notice.subject) <= LONGEST_SUBJECT
    assert len(notice.subject.splitlines()) <= 1


@pytest.mark.parametrize(("due", "news", "subject"), [
    (["Settle the price"], [], "Your micro-credential plans: one thing waits for you"),
    (["A", "B"], [("Cold chain", 3)], "Your micro-credential plans: 2 things wait for you"),
    ([], [("Cold chain", 1)], "News in your micro-credential plans"),
])  # fmt: skip
def test_a_digest_says_what_waits_and_what_is_new(due, news, subject):
    notice = digest(Person("sam", "Sam", "sam@north.example"), date(2027, 3, 1), due, news, "")

    assert notice is not None
    assert notice.subject == subject
    assert all(line in notice.text for line in due)
    assert all(title in notice.text for title, _ in news)


def test_a_day_without_anything_is_no_message():
    assert digest(Person("sam", "Sam", "sam@north.example"), date(2027, 3, 1), [], [], "") is None
