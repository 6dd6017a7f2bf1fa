"""Several people in one plan: each sees who is there, who types where, and what the others wrote, and nothing jumps."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import WHY, Arrive, Visit
from tests.browser.served import Served


def also_here(visit: Visit) -> Locator:
    return visit.page.locator(".present")


def typing(visit: Visit, ask: str = WHY) -> Locator:
    return visit.box(ask).locator(".typing")


def test_each_sees_who_else_is_there_until_they_go(served: Served, arrive: Arrive):
    dana = arrive(served)
    expect(also_here(dana)).to_have_text("Only you are here.")
    sam = arrive(served, "Sam", dana.plan)
    expect(also_here(dana)).to_have_text("Also here: Sam (first phase)")
    expect(also_here(sam)).to_have_text("Also here: Dana (first phase)")

    sam.open("risks")
    expect(also_here(dana)).to_have_text("Also here: Sam (risks)", timeout=5000)

    sam.page.close()
    expect(also_here(dana)).to_have_text("Only you are here.", timeout=5000)


def test_who_types_is_named_at_the_question_while_they_do(served: Served, arrive: Arrive):
    dana = arrive(served)
    sam = arrive(served, "Sam", dana.plan)

    sam.field().press_sequentially("Because")

    expect(typing(dana)).to_have_text("Sam is typing here.", timeout=5000)
    expect(typing(dana, "Who is it for?")).to_be_hidden()
    expect(also_here(dana)).to_have_text("Also here: Sam (typing, first phase)")
    expect(typing(sam)).to_be_hidden()
    expect(typing(dana)).to_be_hidden(timeout=12_000)


def test_a_colleagues_answer_arrives_without_a_new_drawing_of_the_screen(served: Served, arrive: Arrive):
    frames: list[Any] = []
    dana = arrive(served)
    dana.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame)))
    dana.page.reload()
    dana.settle()
    expect(also_here(dana)).to_be_attached()
    dana.page.wait_for_timeout(1500)
    before = len(frames)

    for number in range(3):
        served.store(dana.plan, "first.people", value=f"Nurses {number}")
        expect(dana.field("Who is it for?")).to_have_value(f"Nurses {number}", timeout=3000)
        expect(dana.page.locator(".strip")).to_contain_text("1 of 10 questions answered")

    assert len(frames) == before


def test_what_only_a_new_drawing_can_show_gets_one(served: Served, arrive: Arrive):
    dana = arrive(served)
    served.add_member(dana.plan, "Kit")

    expect(dana.box().locator("option", has_text="Kit")).to_have_count(1, timeout=5000)


def test_the_next_open_question_is_reached_on_the_same_screen(served: Served, arrive: Arrive):
    dana = arrive(served)
    served.store(dana.plan, "first.case", value="Because")
    link = dana.page.get_by_role("link", name="Next open")
    expect(link).to_contain_text("Who is it for?")
    address = dana.page.url

    link.click()

    expect(dana.field("Who is it for?")).to_be_focused()
    assert dana.page.url == address


def test_a_screen_whose_server_is_away_asks_again_when_it_is_back(mortal: Served, arrive: Arrive):
    dana = arrive(mortal)
    mortal.kill()
    dana.page.wait_for_timeout(2500)
    mortal.store(dana.plan, "first.people", value="Nurses")
    mortal.start()

    expect(dana.field("Who is it for?")).to_have_value("Nurses", timeout=15_000)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_strip_does_not_move_when_somebody_comes(served: Served, arrive: Arrive, width: int):
    dana = arrive(served)
    dana.page.set_viewport_size({"width": width, "height": 844})
    expect(dana.page.locator(".strip")).to_contain_text("of 100")
    dana.page.wait_for_timeout(1500)
    place = dana.field().bounding_box()

    arrive(served, "Sam", dana.plan)

    expect(also_here(dana)).to_contain_text("Sam")
    assert dana.field().bounding_box() == place
