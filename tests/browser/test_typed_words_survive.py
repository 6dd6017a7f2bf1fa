"""Whatever people do right after typing, and whatever the server does, their words arrive."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import WHY, Arrive
from tests.browser.served import Served

WORDS = "Because 64 homes are short of nurses"


@pytest.mark.parametrize("press", [0, 90], ids=["at once", "with a realistic press"])
def test_a_click_on_another_screen_right_after_typing_loses_nothing(served: Served, arrive: Arrive, press: int):
    dana = arrive(served)
    dana.field().press_sequentially(WORDS)

    dana.page.get_by_role("link", name="Second phase", exact=True).click(delay=press)

    expect(dana.page.get_by_role("heading", name="Second phase")).to_be_visible()
    assert dana.is_stored("first.case", WORDS)


def test_a_tap_on_another_screen_right_after_typing_loses_nothing(served: Served, arrive: Arrive):
    dana = arrive(served, has_touch=True)
    dana.field().press_sequentially(WORDS)

    dana.page.get_by_role("link", name="Second phase", exact=True).tap()

    expect(dana.page.get_by_role("heading", name="Second phase")).to_be_visible()
    assert dana.is_stored("first.case", WORDS)


def test_going_back_right_after_typing_loses_nothing(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.open("second")
    dana.field("How will they hear").press_sequentially(WORDS)

    dana.page.go_back()

    assert dana.is_stored("second.reach", WORDS)


def test_a_reload_right_after_typing_loses_nothing(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.field().press_sequentially(WORDS)

    dana.page.reload()

    expect(dana.field()).to_have_value(WORDS)
    assert dana.is_stored("first.case", WORDS)
    expect(dana.status()).to_contain_text("Saved")


def test_closing_the_tab_right_after_typing_loses_nothing(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.field().press_sequentially(WORDS)

    dana.page.close()

    assert dana.is_stored("first.case", WORDS)


def test_words_typed_while_the_server_is_dead_arrive_when_it_is_back(mortal: Served, arrive: Arrive):
    dana = arrive(mortal)
    dana.field().click()
    words = " ".join(f"word{number}" for number in range(20))
    dana.page.keyboard.type("Because ")
    mortal.kill()
    # Streamlit's "Connection error" comes up in the middle of this, and would take every letter from then on.
    dana.page.keyboard.type(words, delay=50)
    expect(dana.field()).to_have_value(f"Because {words}")
    expect(dana.status()).to_contain_text("Not saved")
    expect(dana.status()).to_contain_text("kept on this device")

    mortal.start()

    assert dana.is_stored("first.case", f"Because {words}")
    expect(dana.status()).to_contain_text("Saved")


def test_words_that_could_not_be_sent_arrive_although_the_person_has_gone_to_another_screen(
    served: Served, arrive: Arrive
):
    dana = arrive(served)
    dana.page.route("**/api/answers", lambda route: route.abort())
    dana.field().press_sequentially(WORDS)
    dana.page.get_by_role("link", name="Second phase", exact=True).click()
    expect(dana.page.get_by_role("heading", name="Second phase")).to_be_visible()
    assert served.answer(dana.plan, "first.case").value is None

    dana.page.unroute("**/api/answers")

    assert dana.is_stored("first.case", WORDS)


def test_a_page_that_was_closed_while_the_server_was_dead_hands_its_words_to_the_next_one(
    mortal: Served, arrive: Arrive
):
    dana = arrive(mortal)
    dana.field().click()
    mortal.kill()
    dana.page.keyboard.type(WORDS)
    expect(dana.status()).to_contain_text("Not saved")
    dana.page.close()
    mortal.start()

    dana.page = dana.context.new_page()
    dana.open()

    expect(dana.field()).to_have_value(WORDS)
    assert dana.is_stored("first.case", WORDS)


def test_a_minute_without_connection_loses_nothing(served: Served, arrive: Arrive):
    dana = arrive(served)
    expect(dana.field()).to_be_visible()
    dana.context.set_offline(True)
    dana.field().press_sequentially("Because")
    time.sleep(60)
    dana.field().press_sequentially(" of nurses")

    dana.context.set_offline(False)

    assert dana.is_stored("first.case", "Because of nurses")


def test_a_box_whose_script_got_lost_on_a_bad_network_still_comes(served: Served, arrive: Arrive):
    dana = arrive(served)
    lost: set[str] = set()

    def lose_each_file_once(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name in lost:
            route.continue_()
        else:
            lost.add(name)
            route.abort()

    dana.context.route(re.compile(r"/answer-box/"), lose_each_file_once)
    dana.open()

    dana.field().press_sequentially(WORDS)

    assert dana.is_stored("first.case", WORDS)
    assert {"answer_box.js", "saver.js", "answer_box.css"} <= lost


def test_a_server_that_hangs_and_comes_back_has_the_words_once(mortal: Served, arrive: Arrive):
    dana = arrive(mortal)
    dana.field().click()
    mortal.freeze()
    dana.page.keyboard.type(WORDS)
    time.sleep(4)

    mortal.thaw()

    assert dana.is_stored("first.case", WORDS)
    assert mortal.history(dana.plan, "first.case").count(WORDS) == 1


def test_leaving_the_page_sends_what_was_typed(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.field().press_sequentially(WORDS)

    dana.page.evaluate("window.dispatchEvent(new Event('pagehide'))")

    assert dana.is_stored("first.case", WORDS, seconds=0.5)


def test_words_are_stored_soon_while_the_person_is_still_in_the_field(served: Served, arrive: Arrive):
    dana = arrive(served)

    dana.field().press_sequentially(WORDS)

    assert dana.is_stored("first.case", WORDS, seconds=3)


def test_a_save_whose_reply_got_lost_is_known_again_and_stored_once(served: Served, arrive: Arrive):
    dana = arrive(served)
    lost: list[int] = []

    def lose_the_first_reply(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    dana.page.route("**/api/answers", lose_the_first_reply)
    hours = dana.field("How long does it take?")
    hours.press_sequentially("1,450")

    expect(dana.status("How long does it take?")).to_contain_text("Saved")
    assert lost == [200]
    assert served.history(dana.plan, "first.hours") == [1450.0]
    expect(dana.page.get_by_role("group", name="Two versions of the answer")).to_have_count(0)


def test_control_and_enter_save_at_once(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.field().press_sequentially(WORDS)

    dana.field().press("Control+Enter")

    assert dana.is_stored("first.case", WORDS, seconds=0.5)


def test_whoever_types_on_and_on_is_saved_on_the_way(served: Served, arrive: Arrive):
    dana = arrive(served)
    ends = time.monotonic() + 12
    value = None
    while value is None and time.monotonic() < ends:
        dana.field().press_sequentially("abcdefgh ", delay=30)
        value = served.answer(dana.plan, "first.case").value

    assert str(value).startswith("abcdefgh")


def test_it_works_the_same_under_streamlit_run(tmp_path, arrive: Arrive):
    served = Served(tmp_path, by="streamlit run")
    served.start()
    try:
        dana = arrive(served)
        dana.field(WHY).press_sequentially(WORDS)

        dana.page.get_by_role("link", name="Second phase", exact=True).click()

        assert dana.is_stored("first.case", WORDS)
    finally:
        served.kill()


@pytest.mark.parametrize("is_dying", [True, False], ids=["pressed as it died", "pressed while it was away"])
def test_a_link_pressed_while_the_server_is_away_leads_there_when_it_is_back(
    mortal: Served, arrive: Arrive, is_dying: bool
):
    dana = arrive(mortal)
    dana.open("overview")
    page = dana.page
    link = page.get_by_test_id("stMain").get_by_role("link", name="Second phase", exact=True)
    link.wait_for()
    page.wait_for_timeout(3_000)
    if is_dying:
        mortal.freeze()
        link.click()
    mortal.kill()
    if not is_dying:
        page.locator('[data-testid="stApp"]:not([data-test-connection-state="CONNECTED"])').wait_for()
        link.click()
    mortal.start()

    expect(page.get_by_role("heading", name="Second phase", exact=True, level=1)).to_be_visible(timeout=20_000)
    assert "/second?" in page.url
    page.go_back()
    expect(page.get_by_role("heading", name="Cold chain basics", exact=True, level=1)).to_be_visible()
