"""The portfolio and the meetings as screens: filter, save a view, compare, and what stands before a board."""

from __future__ import annotations

from datetime import UTC, datetime

from mcplan.decisions import Submission
from mcplan.example import load_example
from pages.kit import desk
from storage.database import writing
from storage.decisions import store_submission
from storage.versions import store_version
from tests.builders import NOON, door
from tests.enrolled import KIM, enrol
from tests.pages.conftest import keep, tables, words


def shown(page) -> str:
    return " ".join(str(table) for table in [*(each.value for each in page.table), *tables(page)])


def portfolio(visit):
    return visit().switch_page("pages/plans/portfolio.py").run()


def test_a_filter_is_saved_chosen_again_and_deleted(visit, larkfield):
    keep(load_example(), title="Welding", institution="South")
    page = portfolio(visit)
    assert "2 plans" in words(page)
    page.text_input(key="portfolio-text").set_value("weld").run()
    assert "1 plan" in words(page)
    assert "Welding" in shown(page)
    page.text_input[-1].set_value("Only welding")
    next(each for each in page.button if each.label == "Save").click().run()
    assert "“Only welding” is saved" in words(page).replace("\\", "")
    page.text_input(key="portfolio-text").set_value("zzz").run()
    assert "No plan is like that" in words(page)
    next(each for each in page.button if each.label == "Only welding").click().run()
    assert "1 plan" in words(page)
    next(each for each in page.button if each.label.startswith("Delete")).click().run()
    assert not any(each.label == "Only welding" for each in page.button)
    assert not page.exception


def test_a_stranger_finds_no_plan_and_no_meeting(as_person, larkfield):
    enrol(desk.engine(), KIM)
    for screen in ("portfolio", "meeting"):
        page = as_person(KIM, f"pages/plans/{screen}.py")
        assert "Larkfield" not in words(page) + shown(page)
        assert any(start in words(page) for start in ("There is no plan yet", "No plan is with a board"))


def test_two_plans_stand_side_by_side(visit, larkfield):
    other = keep(load_example(), title="Welding")
    page = portfolio(visit)
    page.multiselect(key="compare").set_value([larkfield, other]).run()
    assert "Readiness, floor–ceiling" in shown(page)
    assert not page.exception


def test_a_submitted_plan_stands_on_the_day_of_its_meeting(visit, larkfield):
    page = visit().switch_page("pages/plans/meeting.py").run()
    assert "No plan is with a board" in words(page)
    with writing(desk.engine()) as session:
        opened = door(session, larkfield)
        store_version(opened, desk.questionnaire(), "v", "For May", at=NOON)
        day = datetime.now(UTC).date()
        given = Submission("s", "v", "G2", "Dana Okafor", "Senate", day, "", NOON)
        store_submission(opened, given, seen=0, move_id="m", at=NOON)
    page = page.run()
    said = words(page).replace("\\", "")
    assert "Asks for G2" in said
    assert "Top risks" in said
    assert "No material changes since it was frozen" in said
    assert not page.exception
