"""The screens of maps, through app.py: what stands there for the worked example, and before anybody has begun."""

from pathlib import Path

import pytest

from mcplan.plan import Plan
from tests.pages.conftest import SCREENS, cards, keep, tables, ways, words

OWN = Path(__file__).parents[1] / "browser" / "content"


def test_the_ecosystem_shows_eight_parts_and_ten_points_with_the_way_to_what_is_open(visit, larkfield):
    page = visit(plan=larkfield).switch_page(SCREENS["ecosystem"]).run()
    assert len(tables(page)[0]) == 1 + 8
    assert sum(card["is_folded"] for card in cards(page)) == 8
    assert "of 10 done" in words(page)
    assert "E7.2 Who inside hears what, and when" in ways(page)


@pytest.mark.parametrize(
    ("screen", "says", "leads_to"),
    [
        ("ecosystem", "Nothing is planned yet", "E2.1 What micro-credentials are to do for you"),
        ("journey", "Nobody has followed a learner yet", "E4.1 The learner's way in eight stages"),
        ("journey", "No system is named yet", "E5.2 The systems it needs"),
        ("calendar", "There is no day on the line yet", "L0.1 When each stage is due"),
    ],
)
def test_an_empty_map_says_what_to_fill_in_and_leads_there(visit, screen, says, leads_to):
    page = visit(plan=keep(Plan(id="", title="Nothing yet"))).switch_page(SCREENS[screen]).run()
    assert says in words(page)
    assert leads_to in ways(page)
    assert not page.main.get("vega_lite_chart") + page.main.get("arrow_vega_lite_chart")


def test_a_day_is_enough_for_a_line(visit, larkfield):
    page = visit(plan=larkfield).switch_page(SCREENS["calendar"]).run()
    charts = page.main.get("vega_lite_chart") + page.main.get("arrow_vega_lite_chart")
    assert len(charts) == 1
    assert "First learners begin" in charts[0].proto.alt
    assert "3 May 2027" in charts[0].proto.alt


@pytest.mark.parametrize("screen", ["ecosystem", "journey", "calendar"])
def test_questions_of_ones_own_that_ask_for_none_of_it_break_no_map(visit, monkeypatch, screen):
    monkeypatch.setenv("MCPLAN_QUESTIONNAIRE", str(OWN))
    page = visit(plan=keep(Plan(id="", title="Ours"))).switch_page(SCREENS[screen]).run()
    assert not page.exception
    assert "not ask" in words(page)
    assert not tables(page)
