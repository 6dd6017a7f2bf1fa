"""Two people at one answer: nothing is lost, nobody is interrupted, and each learns of the other."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Arrive, Visit
from tests.browser.served import Served


def conflict(visit: Visit):
    return visit.page.get_by_role("group", name="Two versions of the answer")


def history(visit: Visit):
    """The fold with the history of the first answer, opened."""
    fold = visit.box().locator("details.history")
    fold.locator("summary").click()
    return fold


def both(served: Served, arrive: Arrive) -> tuple[Visit, Visit]:
    """Dana and Sam at the same plan; Sam's screen learns nothing of Dana's changes but by saving."""
    dana = arrive(served)
    return dana, arrive(served, "Sam", dana.plan)


def test_whoever_saves_second_sees_both_texts_and_decides(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.field().press_sequentially("Dana thinks")
    served.store(dana.plan, "first.case", value="Sam thinks")

    expect(dana.status()).to_contain_text("Not saved: Sam changed this too")
    expect(conflict(dana)).to_contain_text("Dana thinks")
    expect(conflict(dana)).to_contain_text("Sam thinks")
    conflict(dana).get_by_role("button", name="Keep mine").click()

    assert dana.is_stored("first.case", "Dana thinks")
    assert served.history(dana.plan, "first.case") == ["Sam thinks", "Dana thinks"]
    expect(conflict(dana)).to_have_count(0)


def test_a_conflict_can_be_ended_with_the_colleagues_text(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.field().press_sequentially("Dana thinks")
    served.store(dana.plan, "first.case", value="Sam thinks")

    conflict(dana).get_by_role("button", name="Use theirs").click()

    expect(dana.field()).to_have_value("Sam thinks")
    expect(dana.status()).to_contain_text("by Sam")
    assert served.history(dana.plan, "first.case") == ["Sam thinks"]
    # What Dana gave up is not lost: it stands in the history too.
    fold = history(dana)
    expect(fold).to_contain_text("set aside for a colleague's answer")
    expect(fold.get_by_role("region", name="Set aside by Dana")).to_have_text("Dana thinks")


def test_a_conflict_can_be_ended_with_a_merge_of_both(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.field().press_sequentially("Dana thinks")
    served.store(dana.plan, "first.case", value="Sam thinks")

    conflict(dana).get_by_role("button", name="Edit a merge").click()
    merge = conflict(dana).get_by_role("textbox", name="Merge of both versions")
    expect(merge).to_have_value("Dana thinks\n\nSam thinks")
    merge.fill("We both think")
    served.store(dana.plan, "first.case", value="Sam thinks again")
    expect(conflict(dana)).to_contain_text("Sam thinks again", timeout=5000)
    expect(merge).to_have_value("We both think")
    conflict(dana).get_by_role("button", name="Save the merge").click()

    assert dana.is_stored("first.case", "We both think")
    assert served.history(dana.plan, "first.case") == ["Sam thinks", "Sam thinks again", "We both think"]
    expect(history(dana).get_by_role("region", name="Set aside by Dana")).to_have_text("Dana thinks")


def test_a_merge_takes_in_what_only_one_of_them_changed(served: Served, arrive: Arrive):
    dana = arrive(served)
    served.store(dana.plan, "first.case", by="Dana", value="Employers ask for it. We start in May.")
    expect(dana.field()).to_have_value("Employers ask for it. We start in May.")
    dana.page.route("**/api/answers", lambda route: route.abort())
    dana.field().fill("Employers really ask for it. We start in May.")
    served.store(dana.plan, "first.case", value="Employers ask for it. We start in June.")
    dana.page.unroute("**/api/answers")

    expect(conflict(dana).locator("ins").first).to_have_text("really ")
    conflict(dana).get_by_role("button", name="Edit a merge").click()
    merge = conflict(dana).get_by_role("textbox", name="Merge of both versions")
    expect(merge).to_have_value("Employers really ask for it. We start in June.")

    merge.press_sequentially("")
    dana.page.reload()
    expect(conflict(dana).get_by_role("textbox", name="Merge of both versions")).to_have_value(
        "Employers really ask for it. We start in June."
    )
    conflict(dana).get_by_role("button", name="Close without saving").click()
    expect(conflict(dana)).to_contain_text("really")


def test_a_conflict_survives_a_reload(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.field().press_sequentially("Dana thinks")
    served.store(dana.plan, "first.case", value="Sam thinks")
    expect(conflict(dana)).to_be_visible()

    dana.page.reload()

    expect(conflict(dana)).to_contain_text("Dana thinks")
    expect(conflict(dana)).to_contain_text("Sam thinks")
    assert served.history(dana.plan, "first.case") == ["Sam thinks"]


def test_changes_of_different_parts_of_an_answer_merge_without_a_word(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.field().press_sequentially("Dana thinks")
    served.store(dana.plan, "first.case", owner="sam", confidence=4)

    assert dana.is_stored("first.case", "Dana thinks")
    answer = served.answer(dana.plan, "first.case")
    assert (answer.owner, answer.confidence) == ("sam", {"Sam": 4})
    expect(conflict(dana)).to_have_count(0)


def test_a_colleagues_change_appears_within_three_seconds(served: Served, arrive: Arrive):
    dana, sam = both(served, arrive)

    sam.field().press_sequentially("Sam thinks")
    assert sam.is_stored("first.case", "Sam thinks")

    expect(dana.field()).to_have_value("Sam thinks", timeout=3000)
    expect(dana.status()).to_contain_text("Sam changed this")


def test_a_colleagues_change_does_not_move_the_words_under_somebody_who_types(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.field().press_sequentially("Dana thinks")
    assert dana.is_stored("first.case", "Dana thinks")

    served.store(dana.plan, "first.case", value="Sam thinks")

    expect(dana.status()).to_contain_text("Sam changed this")
    expect(dana.field()).to_have_value("Dana thinks")
    dana.field().blur()
    expect(dana.field()).to_have_value("Sam thinks")


def test_whoever_types_on_over_a_colleagues_change_is_asked(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.field().press_sequentially("Dana thinks")
    assert dana.is_stored("first.case", "Dana thinks")
    served.store(dana.plan, "first.case", value="Sam thinks")
    expect(dana.status()).to_contain_text("Sam changed this")

    dana.field().press_sequentially(" again")

    expect(conflict(dana)).to_contain_text("Dana thinks again")
    assert served.answer(dana.plan, "first.case").value == "Sam thinks"


def test_focus_and_caret_stay_while_a_colleague_changes_other_answers(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.field().fill("Because nurses")
    dana.field().press("Home")
    dana.page.keyboard.type("Just ")
    for number in range(3):
        served.store(dana.plan, "first.people", value=f"Nurses {number}")
        dana.page.wait_for_timeout(1200)

    dana.page.keyboard.type("so: ")

    expect(dana.field()).to_have_value("Just so: Because nurses")
    expect(dana.field("Who is it for?")).to_have_value("Nurses 2")


def test_the_same_person_in_two_tabs_loses_nothing(served: Served, arrive: Arrive):
    dana = arrive(served)
    tab = Visit(served, dana.context, dana.plan)
    tab.page.route("**/api/answers", lambda route: route.abort())
    tab.field().press_sequentially("in the other")
    dana.field().press_sequentially("in one tab")
    assert dana.is_stored("first.case", "in one tab")

    tab.page.unroute("**/api/answers")
    conflict(tab).get_by_role("button", name="Edit a merge").click()
    conflict(tab).get_by_role("button", name="Save the merge").click()

    assert dana.is_stored("first.case", "in the other\n\nin one tab")


def test_an_older_version_can_be_read_and_brought_back(served: Served, arrive: Arrive):
    dana = arrive(served)
    served.store(dana.plan, "first.case", value="Employers ask for it.")
    served.store(dana.plan, "first.case", by="Kit", value="Employers beg for it.", owner="sam")
    fold = history(dana)
    expect(fold.locator("summary")).to_have_text("History (2 versions)")
    expect(fold.locator("del")).to_have_text("ask")
    expect(fold.locator("ins").first).to_have_text("beg")
    expect(fold).to_contain_text("Owner: nobody → Sam")

    fold.get_by_role("button", name="Restore this").click()

    assert dana.is_stored("first.case", "Employers ask for it.")
    expect(dana.field()).to_have_value("Employers ask for it.")
    expect(fold.locator("summary")).to_have_text("History (3 versions)")
    expect(fold).to_contain_text("Dana, ")
    assert len(served.history(dana.plan, "first.case")) == 3
