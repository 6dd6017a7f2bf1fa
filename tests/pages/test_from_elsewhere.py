"""A plan that came with a file, on the screens of its board: what was decided elsewhere is read, and counts not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mcplan.bundle import read_bundle, write_bundle
from mcplan.deciding import Draft
from pages.kit import desk
from storage.access import authorize
from storage.bundles import fetch_bundle, start_from_bundle
from storage.database import reading, writing
from storage.decisions import store_decision
from storage.reviews import hand_in_review, store_review
from tests.builders import NOON
from tests.enrolled import DANA, KIM
from tests.pages.test_deciding import danas, do, field, said, submitted
from tests.storage.test_reviews import ALL, KIMS

__all__ = ["danas", "submitted"]
NOW = datetime.now(UTC)
LATER = max(NOW, NOON) + timedelta(days=1)


@pytest.fixture
def copied(submitted) -> str:
    """Dana's plan, scored and approved by Kim, and then brought in once more as another one of Dana's."""
    do(submitted, KIM, lambda access: store_review(access, "s1", KIMS, ALL, move_id="m2", at=NOW))
    do(submitted, KIM, lambda access: hand_in_review(access, "s1", KIMS, at=NOW))
    approval = Draft("approve", None, "", NOW.date(), "The need is plain.")
    asked = desk.questionnaire()
    do(submitted, KIM, lambda access: store_decision(access, asked, approval, seen=2, move_id="m3", at=NOW))
    with reading(desk.engine()) as session:
        packed = write_bundle(fetch_bundle(authorize(session, DANA, submitted, "export", NOW), asked))
    with writing(desk.engine()) as session:
        return start_from_bundle(session, asked, read_bundle(packed), id="copy", person=DANA, at=LATER)


def test_an_approval_from_elsewhere_says_so_and_nothing_of_it_can_be_submitted(as_person, copied):
    page = as_person(DANA, "decision", plan=copied)

    assert not page.exception
    assert "Not submitted here" in said(page)
    assert f"Elsewhere, before the plan came here, {KIM.name} approved version 1 “For the Senate” for concept" in said(
        page
    )
    assert "it is no approval here" in said(page)
    assert "approved version 1 “For the Senate” for Concept, before the plan came here." in said(page)
    assert "A board decides on a version that was frozen here. Freeze one first." in said(page)
    assert not [each for each in page.button if each.label in ("Submit", "Reopen", "Reopen the plan")]


def test_the_version_and_the_scores_from_elsewhere_can_be_read(as_person, copied):
    page = as_person(DANA, "versions", plan=copied)
    assert not page.exception
    assert "Approved, elsewhere" in said(page)
    assert "before the plan came here" in said(page)
    field(page.text_input, "Name").set_value("For our own Senate").run()
    field(page.button, "Freeze").click().run()
    assert "Version 2 “For our own Senate” is frozen." in said(page)

    page = as_person(DANA, "review", plan=copied)
    assert not page.exception
    assert "No version has been submitted to a board here." in said(page)
    assert KIM.name in [each.label for each in page.expander]

    page = as_person(DANA, "overview", plan=copied)
    assert "Approved elsewhere, before the plan came here." in said(page)
