"""Readiness for whoever has five minutes: the screen answers, and one sheet of A4 holds all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from mcplan.example import load_example
from mcplan.people import somebody_here
from questionnaire.load import CONTENT
from storage.database import writing
from storage.plans import start_plan
from tests.browser.conftest import Arrive
from tests.browser.served import Served

A4 = (595, 842)  # points


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with the questions that ship: no plan has more phases, stops and gaps than one of these."""
    server = Served(tmp_path_factory.mktemp("shipped"), content=CONTENT)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def full_plan(shipped: Served) -> str:
    """A plan that fills the sheet: long names, a team split at every answer, and most of it blank."""
    plan = load_example()
    split = {f"Somebody with quite a long name {number}": number % 5 + 1 for number in range(8)}
    kept = list(plan.answers.values())[:12]
    start = datetime.now(UTC) - timedelta(days=40)
    answers = {each.question_id: replace(each, confidence=split, at=start) for each in kept}
    plan = replace(plan, id="", title="Heat pumps in very cold places " * 6, answers=answers)
    with writing(shipped.engine) as session:
        id = start_plan(session, shipped.questionnaire, plan, person=somebody_here("Dana"), at=start)
    shipped.store(id, kept[0].question_id, by="Dana", not_applicable="It is settled elsewhere.")
    return id


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_readiness_leads_to_a_sheet_that_prints_on_exactly_one_page_with_nothing_cut(
    shipped: Served, arrive: Arrive, full_plan: str, scheme: str
):
    dana = arrive(shipped, plan_id=full_plan, color_scheme=scheme)
    dana.open("readiness")
    expect(dana.page.get_by_text("May this go to", exact=False).first).to_be_visible()
    dana.page.get_by_role("link", name="All of it on one page, to print").click()
    expect(dana.page.locator(".st-key-sheet td").last).to_be_visible()
    dana.settle()

    pages = PdfReader(BytesIO(dana.page.pdf(prefer_css_page_size=True))).pages

    assert [tuple(round(float(side)) for side in page.mediabox[2:]) for page in pages] == [A4]
    text = " ".join(pages[0].extract_text().split())
    sheet = " ".join(dana.page.locator(".st-key-sheet").locator("li, td").all_inner_texts())
    for words in ("May this go to", "What stops it", "Where the team is split", "The last seven days", "Nobody yet"):
        assert words in text
    last = dana.page.locator(".st-key-sheet td").last.inner_text().split()[-1]
    assert text.endswith(last), "the last cell of the last table is there"
    assert "Ctrl" not in text
    missing = [word for word in sheet.split() if word.isalpha() and len(word) > 3 and word not in text]
    assert not missing


def test_the_readiness_screen_and_the_sheet_fit_a_phone(shipped: Served, arrive: Arrive, full_plan: str):
    dana = arrive(shipped, plan_id=full_plan, viewport={"width": 390, "height": 844})
    for screen in ("readiness", "one-page"):
        dana.open(screen)
        expect(dana.page.get_by_text("May this go to", exact=False).first).to_be_visible()
        assert dana.page.evaluate("document.documentElement.scrollWidth") <= 390
