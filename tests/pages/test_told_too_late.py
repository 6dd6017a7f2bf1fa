"""What a component of ours tells may arrive after its screen was left: that breaks no screen and changes nothing."""

from __future__ import annotations

from mcplan.plan import Plan
from mcplan.register import RISKS
from pages.kit import desk
from storage.database import reading
from storage.plans import fetch_plan
from tests.builders import door
from tests.pages.conftest import SCREENS, keep, tell, words


def component(page, name):
    """The id of the component of this name on the screen."""
    return next(each.proto.id for each in page.get("bidi_component") if each.proto.component_name == name)


def test_the_tab_says_its_plan_when_another_is_open_already(visit):
    mine, other = keep(Plan(id="", title="Ours")), keep(Plan(id="", title="Another"))
    page = visit()
    tab = component(page, "mcplan_tab")
    page.query_params["plan"] = mine
    page.run()

    tell(page, tab, "plan", other)

    assert not page.exception
    assert page.query_params["plan"] in (mine, [mine])


def test_a_button_of_a_screen_that_was_left_does_nothing(visit):
    plan = keep(Plan(id="", title="Ours"))
    page = visit(plan=plan).switch_page(SCREENS["risks"]).run()
    risks = component(page, "mcplan_lists")
    page.switch_page(SCREENS["findings"]).run()

    tell(page, risks, "deed", "GAP:first")

    assert not page.exception
    assert "Findings" in words(page)
    with reading(desk.engine()) as session:
        assert RISKS not in fetch_plan(door(session, plan)).answers
