"""The screens of risks and actions, through app.py: what is put into the register, by whom, and what becomes of it."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

from mcplan.actions import ACTIONS
from mcplan.known import Known
from mcplan.plan import Answer, Member, Plan
from mcplan.register import RISKS
from pages.kit import desk, files, pulse_route
from storage.answers import append_row, store_changes
from storage.database import reading, writing
from storage.plans import fetch_plan
from tests.builders import NOON, door
from tests.pages.conftest import SCREENS, cards, keep, press_card, words


def rows(plan, question_id):
    with reading(desk.engine()) as session:
        return Known(desk.questionnaire(), fetch_plan(door(session, plan))).rows(question_id)


def press(page, label):
    return next(each for each in page.main.get("button") if each.label == label).click().run()


def take_out(plan, question_id, row_id):
    with writing(desk.engine()) as session:
        access = door(session, plan, permission="answer")
        seen = fetch_plan(access).answers[question_id].revision
        changes = {"rows": {row_id: None}}
        store_changes(access, desk.questionnaire(), question_id, changes, seen=seen, save_id="out", at=NOON)


def choose(page, label, place=0):
    field = next(each for each in page.main.get("selectbox") if each.label == label)
    return field.select_index(place).run()


def test_a_risk_that_a_rule_raises_is_treated_with_one_click_and_again_after_it_was_taken_out(visit):
    plan = keep(Plan(id="", title="Ours"))
    page = press_card(visit(plan=plan).switch_page(SCREENS["risks"]).run(), "Treat this")
    (row,) = rows(plan, RISKS)
    assert row.text("raised").startswith("GAP:")
    assert "say what is done about it" in words(page)

    take_out(plan, RISKS, row.id)
    press_card(page.run(), "Treat this")
    assert [each.text("raised") for each in rows(plan, RISKS)] == [row.text("raised")]


def test_two_people_who_treat_one_risk_make_one_row(visit):
    plan = keep(Plan(id="", title="Ours"))
    dana = visit(plan=plan).switch_page(SCREENS["risks"]).run()
    sam = visit(plan=plan).switch_page(SCREENS["risks"]).run()

    press_card(dana, "Treat this")
    press_card(sam, "Treat this")

    assert len(rows(plan, RISKS)) == 1
    assert "A colleague has just put it into the register" in words(sam)


def test_a_finding_becomes_a_risk_and_is_not_offered_again(visit, larkfield):
    page = visit(plan=larkfield).switch_page(SCREENS["risks"]).run()
    field = next(each for each in page.main.get("selectbox") if each.label == "Put a finding into the register")
    offered = len(field.options)

    page = press(choose(page, "Put a finding into the register"), "Put it in")

    *_, row = rows(larkfield, RISKS)
    assert (row.text("event"), row.text("raised")) != ("", "")
    field = next(each for each in page.main.get("selectbox") if each.label == "Put a finding into the register")
    assert len(field.options) == offered - 1


def test_an_action_is_made_of_a_risk_with_what_is_done_by_whom_and_by_when(visit, larkfield):
    page = visit(plan=larkfield).switch_page(SCREENS["actions"]).run()
    field = next(each for each in page.main.get("selectbox") if each.label == "Make an action of")
    place = next(place for place, option in enumerate(field.options) if option.startswith("Risk: The grant"))

    wanted = field.options[place]
    page = press(choose(page, "Make an action of", place), "Make it")
    field = next(each for each in page.main.get("selectbox") if each.label == "Make an action of")
    assert wanted not in field.options, "it is under way"

    *_, row = rows(larkfield, ACTIONS)
    (card,) = [each for each in cards(page) if each["title"] == row.text("what")]
    assert card["sign"]["words"] == "Open"
    assert card["address"].endswith(f"&row={row.id}")
    assert row.text("what") == "Dean to pre-approve a fallback or a 2 percent price rise"
    assert (row.text("owner"), row.text("due"), row.pick("from")) == ("Dr. Helen Ward", "2027-01-20", "risk")


def test_what_is_late_says_so_where_everything_waits(visit, installation):
    late = {"rows": [{"id": "a1", "what": "Ask the bursar", "owner": "Dana", "due": "2026-01-31", "status": "open"}]}
    plan = keep(Plan(id="", title="Ours", team=(Member("d", "Dana"),), answers={ACTIONS: Answer(ACTIONS, late)}))

    page = visit(me="Dana").switch_page("pages/plans/work.py").run()

    (card,) = cards(page)
    assert (card["title"], card["sign"]["words"]) == ("Ask the bursar", "Action")
    assert card["late"]["words"].endswith(" late")
    assert card["address"] == f"actions?plan={plan}&question={ACTIONS}&row=a1"


def test_the_past_of_a_risk_is_told_when_somebody_asks(visit, larkfield):
    page = visit(plan=larkfield).switch_page(SCREENS["risks"]).run()
    assert "Put into the table" not in words(page)

    assert "Put into the table" in words(choose(page, "History of a risk"))


def test_no_cell_of_the_register_is_a_formula_in_a_spreadsheet(installation):
    marks = ["=1+1", "+1", "-1", "@sum", "Because"]
    table = {"rows": [{"id": f"r{place}", "event": mark} for place, mark in enumerate(marks)]}
    plan = keep(Plan(id="", title="Ours", answers={RISKS: Answer(RISKS, table)}))

    with reading(desk.engine()) as session:
        file = files.register(door(session, plan), desk.questionnaire())

    head, *lines = csv.reader(io.StringIO(file.decode("utf-8-sig")))
    assert [line[0] for line in lines] == ["'=1+1", "'+1", "'-1", "'@sum", "Because"]
    assert head[0] == "What may happen"


def accepted_until(plan, day):
    row = {"id": "rain", "event": "Rain", "likelihood": "5", "impact": "5", "status": "accepted", "accepted-by": "Dana"}
    held = row | {"accepted-why": "It is dry", "accepted-until": day.isoformat()}
    with writing(desk.engine()) as session:
        append_row(door(session, plan, permission="answer"), desk.questionnaire(), RISKS, held, at=NOON)


def test_an_acceptance_that_ends_overnight_counts_no_longer_on_a_screen_left_open(visit, monkeypatch):
    plan, today = keep(Plan(id="", title="Ours")), desk.now()
    monkeypatch.setattr(desk, "now", lambda: today)
    accepted_until(plan, today.date())
    page = visit(plan=plan).switch_page(SCREENS["findings"]).run()
    assert "was accepted until" not in words(page)

    monkeypatch.setattr(desk, "now", lambda: today + timedelta(days=1))
    assert "was accepted until" in words(page.run())


def test_nor_in_what_an_open_screen_is_told_of_it(visit, monkeypatch):
    plan, today = keep(Plan(id="", title="Ours")), desk.now()
    monkeypatch.setattr(desk, "now", lambda: today)
    accepted_until(plan, today.date())
    with reading(desk.engine()) as session:
        stored = fetch_plan(door(session, plan))

    def stops():
        return {stop.rule for stop in pulse_route._judged(stored)[0].whole.stops}

    assert "extreme risk" not in stops()
    monkeypatch.setattr(desk, "now", lambda: today + timedelta(days=1))
    assert "extreme risk" in stops()
