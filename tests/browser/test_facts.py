"""The facts of a plan are typed into boxes of their own, and are as safe there as answers."""

from __future__ import annotations

from datetime import UTC, datetime

from playwright.sync_api import expect

from storage.database import reading, writing
from storage.plans import fetch_plan, store_facts
from tests.browser.conftest import Arrive
from tests.browser.served import Served
from tests.builders import door

SUMMARY = "What an earner can do"


def stored(served: Served, plan_id: str):
    with reading(served.engine) as session:
        return fetch_plan(door(session, plan_id))


def test_a_fact_is_saved_while_it_is_typed_and_survives_a_reload(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.open("overview")
    dana.field(SUMMARY).press_sequentially("Keep vaccines cold.")

    dana.page.reload()

    expect(dana.field(SUMMARY)).to_have_value("Keep vaccines cold.")
    expect(dana.status(SUMMARY)).not_to_contain_text("Saving")
    assert stored(served, dana.plan).summary == "Keep vaccines cold."


def test_a_colleague_who_changes_another_fact_is_no_conflict(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.open("overview")
    dana.field(SUMMARY).press_sequentially("Keep vaccines")
    change(served, dana.plan, board="Senate committee")
    dana.field(SUMMARY).press_sequentially(" cold.")

    expect(dana.status(SUMMARY)).to_contain_text("Saved")
    expect(dana.field("Who decides")).to_have_value("Senate committee")
    assert stored(served, dana.plan).summary == "Keep vaccines cold."


def test_two_versions_of_one_fact_stand_side_by_side(mortal: Served, arrive: Arrive):
    dana = arrive(mortal)
    dana.open("overview")
    expect(dana.field(SUMMARY)).to_be_visible()
    mortal.freeze()
    dana.field(SUMMARY).press_sequentially("Mine.")
    change(mortal, dana.plan, summary="Theirs.")
    mortal.thaw()

    expect(dana.status(SUMMARY)).to_contain_text("Not saved", timeout=20_000)
    dana.page.get_by_role("button", name="Keep mine").click()
    expect(dana.status(SUMMARY)).to_contain_text("Saved")
    assert stored(mortal, dana.plan).summary == "Mine."


def test_a_blank_title_is_refused_in_a_sentence_and_the_old_one_stays(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.open("overview")
    dana.field("Title").fill("")

    expect(dana.status("Title")).to_contain_text("Give the plan a title")
    assert stored(served, dana.plan).title == "Cold chain basics"


def change(served: Served, plan_id: str, **changes: str) -> None:
    with writing(served.engine) as session:
        store_facts(door(session, plan_id, "Sam"), changes, at=datetime.now(UTC))
