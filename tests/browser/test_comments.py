"""Comments in a browser: threads at a question, that follow what colleagues say and lose nothing that is typed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from storage.comments import fetch_threads, settle_thread, store_comment
from storage.database import reading, writing
from storage.plans import archive_plan
from tests.browser.conftest import WHY, Arrive, Visit
from tests.browser.served import Served
from tests.browser.test_access import RULES
from tests.builders import door

WORDS = "Is 64 right?\nThe survey says 60."


def talk(visit: Visit, ask: str = WHY) -> Locator:
    """The comments in the box of a question."""
    return visit.box(ask).locator(".talk")


def fold(visit: Visit, ask: str = WHY) -> Locator:
    """What unfolds them; it says how many there are."""
    return talk(visit, ask).locator("summary")


def area(within: Locator, name: str = "Write a comment") -> Locator:
    return within.get_by_role("textbox", name=name)


def press(within: Locator, name: str) -> None:
    within.get_by_role("button", name=re.compile(name)).first.click()


def say(
    served: Served, plan: str, id: str, text: str, by: str = "Sam", question: str = "first.case", to: str = ""
) -> None:
    """Somebody comments meanwhile, on another screen; on the case if nothing else is said."""
    thread = f"{plan}-{to}" if to else ""
    with writing(served.engine) as session:
        access, at = door(session, plan, by), datetime.now(UTC)
        store_comment(access, served.questionnaire, f"{plan}-{id}", text, question_id=question, thread_id=thread, at=at)


def settle(served: Served, plan: str, id: str) -> None:
    """Sam settles a thread meanwhile."""
    with writing(served.engine) as session:
        settle_thread(door(session, plan, "Sam"), f"{plan}-{id}", at=datetime.now(UTC))


def stored(served: Served, plan: str) -> list[Any]:
    with reading(served.engine) as session:
        return fetch_threads(door(session, plan))


def texts(served: Served, plan: str) -> list[list[str]]:
    """What is stored, thread by thread."""
    return [[comment.text for comment in thread.comments] for thread in stored(served, plan)]


def test_a_thread_is_written_answered_changed_assigned_and_settled(served: Served, arrive: Arrive):
    dana = arrive(served)
    expect(fold(dana)).to_have_text("Comments")
    fold(dana).click()
    expect(talk(dana)).to_contain_text("Nobody has commented here yet.")
    area(talk(dana)).fill(WORDS)
    expect(talk(dana)).to_contain_text("Not sent yet. Kept on this device.")
    press(talk(dana), "Comment")

    expect(fold(dana)).to_have_text("Comments (1 open)")
    expect(talk(dana).locator(".said")).to_have_text(WORDS)
    expect(area(talk(dana))).to_have_value("")
    press(talk(dana), "Reply")
    area(talk(dana), "Your reply").fill("I ask Sam.")
    area(talk(dana), "Your reply").press("Control+Enter")
    expect(talk(dana).locator(".said").nth(1)).to_have_text("I ask Sam.")
    press(talk(dana), "Edit your comment")
    expect(area(talk(dana), "Your comment")).to_have_value(WORDS)
    area(talk(dana), "Your comment").fill("Is 60 right?")
    press(talk(dana), "Store the change")
    expect(talk(dana).locator(".said").first).to_have_text("Is 60 right?")
    expect(talk(dana)).to_contain_text("changed")
    talk(dana).get_by_role("combobox", name="Assigned to").select_option("Sam")
    press(talk(dana), "^Settle")
    expect(talk(dana)).to_contain_text("✓ Settled by Dana")
    expect(fold(dana)).to_have_text("Comments (1 settled)")
    expect(talk(dana).locator(".said").first).to_be_hidden()
    press(talk(dana), "Open again")
    expect(fold(dana)).to_have_text("Comments (1 open)")

    thread = stored(served, dana.plan)[0]
    assert [comment.text for comment in thread.comments] == ["Is 60 right?", "I ask Sam."]
    assert (thread.assignee, thread.is_open) == ("sam", True)
    assert served.answer(dana.plan, "first.case").revision == 0


def test_what_people_say_is_shown_as_text_and_nothing_else(served: Served, arrive: Arrive):
    plan = served.start_plan()
    text = "<img src=x onerror=alert(1)> **bold** https://example.org\n\u0647\u0630\u0627"
    say(served, plan, "c1", text)
    dana = arrive(served, plan_id=plan)
    fold(dana).click()

    expect(talk(dana).locator(".said")).to_have_text(text)
    expect(talk(dana).locator(".said")).to_have_attribute("dir", "auto")
    assert talk(dana).locator(".said *").count() == 0


def test_the_number_at_a_question_follows_colleagues_and_their_words_arrive_in_an_open_thread(
    served: Served, arrive: Arrive
):
    dana = arrive(served)
    dana.page.wait_for_timeout(1500)
    fold(dana).click()
    area(talk(dana)).press_sequentially("Half a")

    say(served, dana.plan, "c1", "Is 64 right?")
    say(served, dana.plan, "c2", "Nurses?", question="first.people")

    expect(fold(dana)).to_have_text("Comments (1 open)", timeout=5000)
    expect(fold(dana, "Who is it for?")).to_have_text("Comments (1 open)")
    expect(talk(dana).locator(".said")).to_have_text("Is 64 right?")
    expect(area(talk(dana))).to_be_focused()
    dana.page.keyboard.type(" thought")
    expect(area(talk(dana))).to_have_value("Half a thought")
    settle(served, dana.plan, "c1")
    expect(fold(dana)).to_have_text("Comments (1 settled)", timeout=5000)


def test_a_reply_that_is_being_typed_stays_although_the_thread_is_settled_meanwhile(served: Served, arrive: Arrive):
    plan = served.start_plan()
    say(served, plan, "c1", "Is 64 right?")
    dana = arrive(served, plan_id=plan)
    dana.page.wait_for_timeout(1500)
    fold(dana).click()
    press(talk(dana), "Reply")
    dana.page.keyboard.type("Half a")
    settle(served, plan, "c1")
    expect(talk(dana)).to_contain_text("✓ Settled by Sam", timeout=5000)

    dana.page.keyboard.type(" thought")
    press(talk(dana), "Send reply")

    expect(fold(dana)).to_have_text("Comments (1 open)")
    assert texts(served, plan) == [["Is 64 right?", "Half a thought"]]


def test_a_reload_keeps_a_half_typed_comment_reply_and_change(served: Served, arrive: Arrive):
    plan = served.start_plan()
    say(served, plan, "c1", "Is 64 right?", by="Dana")
    dana = arrive(served, plan_id=plan)
    fold(dana).click()
    area(talk(dana)).fill("A new one")
    press(talk(dana), "Reply")
    area(talk(dana), "Your reply").fill("A reply")
    press(talk(dana), "Edit your comment")
    area(talk(dana), "Your comment").fill("Is 60 right?")

    dana.page.reload()

    for name, words in (("Write a comment", "A new one"), ("Your reply", "A reply"), ("Your comment", "Is 60 right?")):
        expect(area(talk(dana), name)).to_have_value(words)
    expect(talk(dana).get_by_text("Restored what you had typed").first).to_be_visible()
    assert texts(served, plan) == [["Is 64 right?"]]
    press(talk(dana), "Store the change")
    press(talk(dana), "Send reply")
    press(talk(dana), "^Comment")
    expect(fold(dana)).to_have_text("Comments (2 open)")
    assert texts(served, plan) == [["Is 60 right?", "A reply"], ["A new one"]]
    dana.page.reload()
    expect(fold(dana)).to_have_text("Comments (2 open)")
    expect(area(talk(dana))).to_have_count(0)


def test_the_overview_names_the_question_where_a_comment_was_left_half_typed(served: Served, arrive: Arrive):
    dana = arrive(served)
    fold(dana).click()
    area(talk(dana)).fill("Half a thought")
    dana.open("overview")

    link = dana.page.get_by_role("link", name=f"Comment on “{WHY}”")
    link.click()

    expect(area(talk(dana))).to_have_value("Half a thought")
    press(talk(dana), "Cancel|^Comment")
    expect(fold(dana)).to_have_text("Comments (1 open)")
    dana.open("overview")
    expect(dana.page.locator(".strip")).to_contain_text("of 100")
    dana.page.wait_for_timeout(1500)
    expect(link).to_have_count(0)


def test_a_comment_sent_while_the_server_is_dead_arrives_once_when_it_is_back(mortal: Served, arrive: Arrive):
    dana = arrive(mortal)
    fold(dana).click()
    area(talk(dana)).press_sequentially("Is 64 ")
    mortal.kill()
    dana.page.keyboard.type("right, and who says so?", delay=50)
    expect(area(talk(dana))).to_have_value("Is 64 right, and who says so?")
    dana.page.keyboard.press("Control+Enter")
    expect(talk(dana)).to_contain_text("Not stored: No connection to the server. Trying again.")
    expect(talk(dana)).to_contain_text("Your text is kept on this device.")

    mortal.start()

    expect(fold(dana)).to_have_text("Comments (1 open)", timeout=20_000)
    assert texts(mortal, dana.plan) == [["Is 64 right, and who says so?"]]


def test_a_comment_whose_reply_got_lost_is_stored_once(served: Served, arrive: Arrive):
    dana = arrive(served)
    fold(dana).click()
    expect(area(talk(dana))).to_be_visible()
    lost: list[str] = []

    def lose(route: Any) -> None:
        if '"write"' in (route.request.post_data or "") and not lost:
            lost.append("lost")
            route.fetch()
            route.abort()
        else:
            route.continue_()

    dana.page.route("**/api/comments", lose)
    area(talk(dana)).fill("Once")
    press(talk(dana), "^Comment")

    expect(fold(dana)).to_have_text("Comments (1 open)")
    expect(area(talk(dana))).to_have_value("")
    assert lost
    assert texts(served, dana.plan) == [["Once"]]


def test_a_page_closed_while_the_server_was_dead_hands_its_comment_to_the_next_one(mortal: Served, arrive: Arrive):
    dana = arrive(mortal)
    fold(dana).click()
    area(talk(dana)).fill("Sent and not stored")
    mortal.kill()
    press(talk(dana), "^Comment")
    expect(talk(dana)).to_contain_text("Not stored")
    dana.page.close()
    mortal.start()

    dana.page = dana.context.new_page()
    dana.open()

    expect(fold(dana)).to_have_text("Comments (1 open)", timeout=15_000)
    assert texts(mortal, dana.plan) == [["Sent and not stored"]]


def test_whoever_changed_a_comment_in_another_window_sees_it_before_this_text_takes_its_place(
    served: Served, arrive: Arrive
):
    plan = served.start_plan()
    say(served, plan, "c1", "First", by="Dana")
    here, there = arrive(served, plan_id=plan), arrive(served, plan_id=plan)
    for visit, words in ((here, "Here"), (there, "There")):
        fold(visit).click()
        press(talk(visit), "Edit your comment")
        area(talk(visit), "Your comment").fill(words)
    press(talk(here), "Store the change")
    expect(talk(here).locator(".said")).to_have_text("Here")
    press(talk(there), "Store the change")

    expect(talk(there)).to_contain_text("You have changed this comment in another window.")
    expect(talk(there).locator(".said")).to_have_text("Here")
    press(talk(there), "Store the change")
    expect(talk(there).locator(".said")).to_have_text("There")
    assert texts(served, plan) == [["There"]]


def test_the_screen_of_comments_holds_the_thread_of_the_plan_and_follows_the_others(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.open("comments")
    expect(dana.page.get_by_text("No thread at a question is open.")).to_be_visible()
    about = dana.page.locator(".talk")
    area(about).fill("Let us finish before the holidays.")
    press(about, "^Comment")
    expect(about.locator(".said")).to_have_text("Let us finish before the holidays.")
    area(about).press_sequentially("And")
    say(served, dana.plan, "c1", "Is 64 right?")

    link = dana.page.get_by_role("link", name=WHY)
    expect(link).to_be_visible(timeout=6000)
    expect(area(about)).to_be_focused()
    expect(area(about)).to_have_value("And")
    link.click()
    expect(talk(dana).locator(".said")).to_have_text("Is 64 right?")


def test_in_an_archived_plan_threads_can_be_read(served: Served, arrive: Arrive):
    plan = served.start_plan()
    say(served, plan, "c1", "Is 64 right?")
    with writing(served.engine) as session:
        archive_plan(door(session, plan), at=datetime.now(UTC))
    dana = arrive(served, plan_id=plan)
    fold(dana).click()

    expect(talk(dana).locator(".said")).to_have_text("Is 64 right?")
    expect(talk(dana)).to_contain_text("This plan is archived: comments can be read, not written.")
    assert talk(dana).get_by_role("textbox").count() == 0
    assert talk(dana).get_by_role("button").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_in_the_comments_and_nothing_sticks_out(
    served: Served, arrive: Arrive, theme: str, width: int
):
    plan = served.start_plan()
    say(served, plan, "c1", "Is 64 right? " + "x" * 200)
    say(served, plan, "c2", "No.", by="Dana", to="c1")
    say(served, plan, "c3", "Settled")
    settle(served, plan, "c3")
    dana = arrive(served, plan_id=plan, color_scheme=theme)
    dana.page.set_viewport_size({"width": width, "height": 844})
    fold(dana).click()
    press(talk(dana), "Reply")
    press(talk(dana), "Edit your comment")
    area(talk(dana), "Your comment").fill("y" * 4990)
    press(talk(dana), "^Show")

    found = Axe().run(dana.page, context=".stBidiComponent", options=RULES).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"], each["nodes"][0]["failureSummary"]) for each in found] == []
    box = talk(dana).evaluate("""(box) => ({
        wide: box.scrollWidth - box.clientWidth,
        small: Array.from(box.querySelectorAll("button, select, textarea, summary"))
            .filter((node) => node.checkVisibility())
            .map((node) => node.getBoundingClientRect())
            .filter(({ width, height }) => width < 24 || height < 24).length,
    })""")
    assert box == {"wide": 0, "small": 0}
