"""The screens, through app.py: what a newcomer meets, step by step."""

import sqlite3
from collections import OrderedDict
from datetime import date

import pytest

from mcplan.example import load_example
from mcplan.numbers import percent, span
from mcplan.plan import Plan, asked_questions
from mcplan.readiness import assess_readiness
from pages.kit import desk, pictures, timeline
from pages.kit.settings import computer_user
from questionnaire.load import load_questionnaire
from questionnaire.model import Stage
from storage.database import writing
from storage.plans import store_facts
from tests.builders import a_plan, door
from tests.pages.conftest import SCREENS, boxes, cards, keep, strip, words

SHIPPED, LARKFIELD = load_questionnaire(), load_example()
FIRST = SHIPPED.phases[0]
"""The phase whose screen is drawn for the path of all phases."""


def span_at(gate):
    whole = assess_readiness(SHIPPED, LARKFIELD, gate).whole
    return span(whole.floor, whole.ceiling)


def test_the_first_visit_explains_in_three_lines(visit):
    page = visit()
    assert not page.exception
    assert "**Walk**" in words(page)
    assert "**See**" in words(page)
    assert "**Hand over**" in words(page)


def test_one_click_opens_the_worked_example(visit):
    page = visit()
    page.button(key="example").click().run()
    assert not page.exception
    assert "Heat Pump Commissioning" in page.title[0].value
    assert "to clear first" in words(page)


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_shows_the_worked_example(visit, larkfield, screen):
    page = visit(plan=larkfield)
    page.switch_page(SCREENS[screen]).run()
    assert not page.exception
    assert not page.error
    assert strip(page)["of"] == "of 100 for design approval"


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_shows_an_empty_plan(visit, screen):
    page = visit(plan=keep(Plan(id="", title="Nothing yet")))
    page.switch_page(SCREENS[screen]).run()
    assert not page.exception
    assert not page.error


@pytest.mark.parametrize("screen", SCREENS)
def test_an_unknown_plan_is_a_plain_sentence_on_every_screen(visit, screen):
    page = visit(plan="no-such-plan")
    page.switch_page(SCREENS[screen]).run()
    assert not page.exception
    assert "no longer there" in words(page)


def test_an_unknown_question_in_the_address_is_a_plain_sentence(visit, larkfield):
    page = visit(plan=larkfield, question="strategic.never-asked")
    page.switch_page(SCREENS["strategic"]).run()
    assert not page.exception
    assert "not in the questionnaire" in words(page)
    assert boxes(page)


def test_a_phase_gives_each_question_a_box_with_guidance_beside_it(visit, larkfield):
    page = visit(plan=larkfield)
    page.switch_page(SCREENS["strategic"]).run()
    asked = asked_questions(SHIPPED, LARKFIELD)
    assert [box["question"] for box in boxes(page)] == [each.id for each in FIRST.questions if each in asked]
    for box in boxes(page):
        headings = [heading for heading, _ in box["guidance"]]
        assert headings == ["Why we ask", "A good answer holds", "Weak", "Strong", "Sent back when"]


def test_the_filter_leaves_what_is_open(visit, larkfield):
    page = visit(plan=larkfield)
    page.switch_page(SCREENS["strategic"]).run()
    page.segmented_control(key=f"show-{FIRST.id}").set_value("open").run()
    blank = [each.id for each in asked_questions(SHIPPED, LARKFIELD) if LARKFIELD.stage(each) is Stage.BLANK]
    assert [box["question"] for box in boxes(page)] == [id for id in blank if id.startswith(f"{FIRST.id}.")]


def test_a_title_with_markdown_is_shown_as_it_was_typed(visit):
    title = "# *Big* ![x](http://example.org/x.png) $a$ <b>"
    page = visit(plan=keep(a_plan(), id="", title=title, answers={}))
    page.switch_page(SCREENS["overview"]).run()
    shown = page.title[0].value
    assert "![" not in shown.replace("\\!", "").replace("\\[", "")
    assert "\\$a\\$" in shown


def test_a_plan_can_be_deleted_and_brought_back(visit, larkfield):
    page = visit()
    page.button(key=f"delete-{larkfield}").click().run()
    assert "You can bring it back" in words(page).replace("\\", "")
    page.segmented_control(key="shelf").set_value("deleted").run()
    page.button(key=f"back-{larkfield}").click().run()
    assert page.button(key=f"delete-{larkfield}")


def test_a_copy_stands_beside_its_original(visit, larkfield):
    page = visit()
    page.button(key=f"copy-{larkfield}").click().run()
    assert "(copy)" in words(page).replace("\\", "")


def test_an_archived_plan_can_be_read_and_not_changed(visit, larkfield):
    page = visit()
    page.button(key=f"archive-{larkfield}").click().run()
    page = visit(plan=larkfield)
    page.switch_page(SCREENS["strategic"]).run()
    assert all(box["closed"] for box in boxes(page))


def test_the_gate_is_kept_and_readiness_follows(visit, larkfield):
    page = visit(plan=larkfield)
    page.switch_page(SCREENS["overview"]).run()
    page.segmented_control(key=f"gate-{larkfield}").set_value("G1").run()
    again = visit(plan=larkfield).switch_page(SCREENS["overview"]).run()
    for seen in (strip(page), strip(again)):
        assert (seen["span"], seen["of"]) == (span_at("G1"), "of 100 for concept")


def test_readiness_for_another_gate_is_a_look_and_changes_nothing(visit, larkfield):
    page = visit(plan=larkfield)
    page.switch_page(SCREENS["readiness"]).run()
    page.segmented_control(key="for-gate").set_value("G3").run()
    whole = assess_readiness(SHIPPED, LARKFIELD, "G3").whole
    shares = [percent(share) for share in (whole.floor, whole.ceiling, whole.coverage)]
    assert [metric.value for metric in page.metric] == [*shares, f"{whole.confidence:.1f} of 5"]
    assert (strip(page)["span"], strip(page)["of"]) == (span_at("G2"), "of 100 for design approval")


def test_a_broken_questionnaire_is_a_plain_sentence(visit, tmp_path, monkeypatch):
    broken = tmp_path / "content"
    broken.mkdir()
    (broken / "10-first.toml").write_text('id = "first"')
    monkeypatch.setenv("MCPLAN_QUESTIONNAIRE", str(broken))
    page = visit()
    assert not page.exception
    assert "10-first.toml" in words(page).replace("\\", "")


def test_a_missing_database_is_a_plain_sentence(visit, tmp_path, monkeypatch):
    monkeypatch.setenv("MCPLAN_DATABASE", f"sqlite:///{tmp_path}/gone.db")
    monkeypatch.setenv("MCPLAN_CREATE", "0")
    page = visit()
    assert not page.exception
    assert page.error


def test_a_member_joins_the_team_and_takes_a_seat(visit):
    page = visit(plan=keep(Plan(id="", title="Nothing yet")))
    page.switch_page(SCREENS["overview"]).run()
    next(each for each in page.text_input if each.label == "Name").set_value("Sam Ito")
    submit(page, "Add").run()
    assert "Sam Ito" in words(page)
    assert words(page).count("Nobody yet: a gap") == 5


def test_a_new_plan_needs_a_title(visit):
    page = visit()
    submit(page, "Start").run()
    assert page.error[0].value.startswith("Give the plan a title")


def test_a_new_plan_opens_at_its_hub(visit):
    page = visit()
    page.text_input[0].set_value("Wound care at home")
    submit(page, "Start").run()
    assert page.title[0].value == "Wound care at home"
    assert "17 stops to clear first" not in words(page)


def test_the_facts_of_a_plan_have_boxes_that_save_by_themselves(visit, larkfield):
    page = visit(plan=larkfield)
    page.switch_page(SCREENS["overview"]).run()
    shown = {box["question"]: box["value"] for box in boxes(page)}
    assert shown["plan.board"] == "Academic Council curriculum committee"
    assert shown["plan.start"] == "2027-05-03"
    assert len(shown) == 6


def test_the_dossier_is_made_and_can_be_taken_away(visit, larkfield):
    page = visit(plan=larkfield)
    page.switch_page(SCREENS["dossier"]).run()
    page.button(key="make").click().run()
    assert not page.exception
    assert page.get("download_button")
    assert "made from revision 1" in words(page)


def test_a_dossier_whose_pictures_cannot_be_drawn_says_so_and_can_be_tried_again(
    visit, larkfield, monkeypatch, tmp_path
):
    page = visit(plan=larkfield)
    page.switch_page(SCREENS["dossier"]).run()
    page.segmented_control(key="dossier-size").set_value("brief").run()
    with monkeypatch.context() as away:
        away.setattr(pictures, "PROGRAM", tmp_path / "gone.py")
        away.setattr(pictures, "_kept", OrderedDict())
        page.button(key="make").click().run()
        (error,) = page.error
        assert "Nothing of the plan is lost" in error.value
        assert not page.exception
        assert not page.get("download_button")
    page.button(key="make").click().run()
    assert page.get("download_button")


def test_the_board_paper_leaves_out_the_chapters_by_phase(visit, larkfield):
    page = visit(plan=larkfield)
    page.switch_page(SCREENS["dossier"]).run()
    page.segmented_control(key="dossier-size").set_value("brief").run()
    folds = [fold.label for fold in page.expander]
    assert "Dashboard" in folds
    assert "Strategic planning" not in folds


def test_how_a_dossier_is_wanted_is_remembered_for_the_plan(visit, larkfield):
    page = visit(plan=larkfield)
    page.switch_page(SCREENS["dossier"]).run()
    page.segmented_control(key="dossier-size").set_value("brief").run()
    page.selectbox(key="dossier-habit").select_index(2).run()
    page.multiselect(key="dossier-chapters-brief").unselect("options").run()
    page.switch_page(SCREENS["summary"]).run()
    page.switch_page(SCREENS["dossier"]).run()
    assert page.segmented_control(key="dossier-size").value == "brief"
    assert page.selectbox(key="dossier-habit").value == "fr-CA"
    assert page.multiselect(key="dossier-chapters-brief").value == ["sign-off"]
    assert "Options and finance" not in [fold.label for fold in page.expander]


def test_the_dossier_can_be_looked_through(visit, larkfield):
    page = visit(plan=larkfield)
    page.switch_page(SCREENS["dossier"]).run()
    folds = [fold.label for fold in page.expander]
    assert folds[0] == "Cover"
    assert "Strategic planning" in folds
    assert "one installation in five is called back" in words(page)


def submit(page, label):
    return next(button for button in page.button if button.label == label).click()


def spoil_with_garbage(file):
    file.write_bytes(b"This is a shopping list, not a database. " * 100)


def spoil_by_a_newer_program(file):
    with sqlite3.connect(file) as database:
        database.execute("update alembic_version set version_num = 'from_the_future'")


@pytest.mark.parametrize("spoil", [spoil_with_garbage, spoil_by_a_newer_program])
def test_a_database_that_cannot_be_used_is_a_plain_sentence(visit, installation, spoil):
    keep(Plan(id="", title="Before"))
    desk.engine().dispose()
    desk.engine.cache_clear()
    for beside in installation.parent.glob("plans.db-*"):
        beside.unlink()
    spoil(installation)

    page = visit()

    assert not page.exception
    (problem,) = page.error
    assert problem.value.endswith(".")
    assert "Traceback" not in problem.value
    assert "sqlite" not in problem.value.lower()


def test_a_database_that_goes_while_people_work_is_a_plain_sentence(visit, installation, larkfield):
    page = visit(plan=larkfield)
    for each in installation.parent.glob("plans.db*"):
        each.rename(each.with_suffix(".away"))

    page.switch_page(SCREENS["readiness"]).run()

    assert not page.exception
    assert page.error


def test_the_history_tells_what_happened_and_can_be_limited(visit, larkfield, monkeypatch):
    monkeypatch.setattr(timeline, "AT_ONCE", 10)
    with writing(desk.engine()) as session:
        store_facts(door(session, larkfield, "Kit"), {"board": "Senate"}, at=desk.now())
    page = visit(plan=larkfield)
    page.switch_page(SCREENS["history"]).run()
    assert not page.exception
    for _ in range(12):
        if "started the plan" in words(page):
            break
        page.button(key="older").click().run()
    assert "started the plan" in words(page)

    page.selectbox(key="by").set_value("Dana Okafor").run()
    assert not page.exception
    assert {card["title"] for card in cards(page)} == {"Dana Okafor"}
    assert set(page.selectbox(key="by").options) > {"Everybody", "Dana Okafor"}

    page.selectbox(key="by").set_value("Everybody")
    page.date_input(key="on").set_value(date(2020, 1, 1)).run()
    assert "Nothing happened that fits" in words(page)


def test_a_new_device_asks_for_a_name_once_before_anything_else(visit, larkfield):
    page = visit(me="", plan=larkfield)
    assert not page.exception
    assert page.title[0].value == "What should colleagues see as your name?"
    assert "Heat Pump" not in words(page)
    assert page.text_input(key="name").value == computer_user()

    page.text_input(key="name").set_value(" \x00 ")
    submit(page, "Go on").run()
    assert page.error[0].value.startswith("Write a name")

    page.text_input(key="name").set_value("  Priya \x07 Menon ")
    submit(page, "Go on").run()
    assert not page.exception
    assert page.title[0].value == "Micro-credential plans"
    assert page.query_params["plan"] in (larkfield, [larkfield])
    page.switch_page(SCREENS["readiness"]).run()
    assert [fold.proto.popover.label for fold in page.sidebar.get("popover")] == ["You are Priya Menon"]


def test_a_name_on_this_device_is_not_asked_again(visit, larkfield):
    page = visit(me="Priya Menon")
    assert page.title[0].value == "Micro-credential plans"
    page = visit(me="Priya Menon", plan=larkfield).switch_page(SCREENS["readiness"]).run()
    assert [fold.proto.popover.label for fold in page.sidebar.get("popover")] == ["You are Priya Menon"]
