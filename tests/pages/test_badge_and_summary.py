"""The badge and the summary, as people see them on the screen."""

import json

from streamlit.testing.v1 import AppTest

from mcplan.plan import Answer, Plan
from mcplan.views.summary import PITCH, SUMMARY
from pages.kit import desk
from storage.answers import store_changes
from storage.database import reading, writing
from storage.plans import fetch_plan
from tests.builders import NOON, door
from tests.pages.conftest import keep, words

HOSTILE = "<img src=x onerror=alert(1)> [go](https://evil.example) **bold** :red[x]"


def kept(plan: str) -> dict[str, Answer]:
    with reading(desk.engine()) as session:
        return dict(fetch_plan(door(session, plan)).answers)


def press(page: AppTest, label: str) -> None:
    next(each for each in page.button if each.label == label).click().run()


def test_the_badge_shows_its_card_and_what_is_missing_and_gives_a_file(visit, larkfield):
    page = visit(plan=larkfield).switch_page("pages/review/badge.py").run()

    assert not page.exception
    said = words(page)
    assert "Cold\\-Climate Heat Pump Commissioning" in said
    assert "Awarded by Larkfield College" in said
    assert "There is no image of the badge yet" in said
    assert "All that the standard requires is there" in said.replace("\\", "")
    assert "Justify a repair\\-or\\-replace recommendation" in said
    (download,) = page.get("download_button")
    assert download.proto.label == "Download the draft as JSON"


def test_a_badge_of_which_nothing_is_known_says_where_to_begin(visit, installation):
    page = visit(plan=keep(Plan("", "Rigging"))).switch_page("pages/review/badge.py").run()

    assert not page.exception
    assert "Fill in the learning outcomes" in words(page)
    assert [*page.get("page_link")] != []


def test_the_summary_is_composed_and_says_what_would_make_it_say_more(visit, larkfield):
    page = visit(plan=larkfield).switch_page("pages/review/summary.py").run()

    assert not page.exception
    said = words(page).replace("\\", "")
    assert "**What an earner can do**" in said
    assert "The first learners begin on 3 May 2027." in said
    assert "Readiness for design approval is" in said
    assert "It counts towards “Certificate in Building Electrification" in said
    assert "Composed from your answers" in said
    assert "What would make it say more" in said


def test_the_composed_summary_becomes_the_beginning_of_ones_own_and_never_covers_a_colleagues(visit, larkfield):
    page = visit(plan=larkfield).switch_page("pages/review/summary.py").run()
    assert SUMMARY not in kept(larkfield)
    press(page, "Write on from this summary")

    assert str(kept(larkfield)[SUMMARY].value).startswith("**What an earner can do:** ")
    assert "The text is in the box below" in words(page)
    assert "In your own words\\." in words(page)
    assert "Write on from this summary" not in [each.label for each in page.button]

    with writing(desk.engine()) as session:
        access = door(session, larkfield, permission="answer")
        said = {"value": "A colleague's pitch."}
        store_changes(access, desk.questionnaire(), PITCH, said, seen=0, save_id="s", at=NOON)
    press(page, "Write on from this pitch")

    assert kept(larkfield)[PITCH].value == "A colleague's pitch."
    assert "their text is in the box below" in words(page)


def test_what_people_typed_stays_text_on_both_screens(visit, installation):
    plan = Plan("", HOSTILE, institution=HOSTILE, summary=HOSTILE)
    id = keep(plan)

    for screen in ("badge", "summary"):
        page = visit(plan=id).switch_page(f"pages/review/{screen}.py").run()
        assert not page.exception
        said = words(page)
        assert "<img" not in said.replace("\\<img", "")
        assert "[go](" not in said.replace("\\[go", "")
        assert ":red[" not in said.replace("\\:red", "")


def test_the_draft_in_the_file_is_that_of_the_command(mcplan, example, tmp_path):
    mcplan("badge", example, "-o", tmp_path / "a.json")
    mcplan("badge", example, "-o", tmp_path / "b.json")

    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["type"] == ["Achievement"]


def test_the_criteria_stay_text_too():
    page = AppTest.from_function(draw_hostile_criteria).run()

    assert not page.exception
    said = words(page)
    assert said.count("\\<img") == 3
    assert "<img" not in said.replace("\\<img", "")


def draw_hostile_criteria():
    from mcplan.badge.criteria import Part
    from pages.kit.badge import criteria
    from tests.pages.test_badge_and_summary import HOSTILE

    criteria((Part(HOSTILE, "Entry"), Part("", items=(HOSTILE,)), Part("", items=(HOSTILE,), numbered=True)))
