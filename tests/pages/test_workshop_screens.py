"""The screens of workshops: prepare one, change its agenda, open it, and read what it has brought."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document

from mcplan.dossier.word import to_word
from mcplan.views.workshops import view_report
from mcplan.workshop.papers import write_handout, write_report
from mcplan.workshop.sitting import Note, Participant, Proposal
from pages.kit import desk
from storage.database import reading, writing
from storage.plans import fetch_plan
from storage.workshops import close_workshop, fetch_sitting, fetch_workshops
from tests.builders import NOON, door
from tests.pages.conftest import words


def only(plan_id: str):
    """The one workshop of a plan, whole."""
    with reading(desk.engine()) as session:
        access = door(session, plan_id)
        (found,) = fetch_workshops(access)
        return fetch_sitting(access, found.id)


@pytest.fixture
def prepared(visit, larkfield):
    """The screen of a workshop that was just prepared for 60 minutes."""
    page = visit(plan=larkfield).switch_page("pages/workshop/workshops.py").run()
    assert "There was no workshop on this plan yet." in words(page)
    page.number_input(key="workshop-minutes").set_value(60).run()
    page.button[-1].click().run()
    assert not page.exception
    # A test does not follow the way to the next screen by itself.
    page = visit(plan=larkfield, workshop=only(larkfield).workshop.id).switch_page("pages/workshop/agenda.py").run()
    assert not page.exception
    return page


def test_a_workshop_is_prepared_from_what_holds_the_plan_up_and_fits_the_time(prepared, larkfield):
    found = only(larkfield)
    assert sum(item.minutes for item in found.items) + 15 <= 60
    assert len(found.items) > 3
    assert "of 60 are planned" in words(prepared)


def test_its_agenda_is_ordered_shortened_and_kept_as_a_template(prepared, larkfield):
    first, second, *rest = only(larkfield).items
    prepared.button(key=f"up-{second.id}").click().run()
    now = only(larkfield).items
    assert [item.question_id for item in now] == [each.question_id for each in (second, first, *rest)]
    prepared.number_input(key=f"minutes-{now[0].id}").set_value(11).run()
    assert only(larkfield).items[0].minutes == 11
    now = only(larkfield).items
    prepared.button(key=f"off-{now[1].id}").click().run()
    assert first.question_id not in [item.question_id for item in only(larkfield).items]
    prepared.button(key="template").click().run()
    assert "saved as a template" in words(prepared)
    page = prepared.switch_page("pages/workshop/workshops.py").run()
    assert any("Template:" in option for option in page.selectbox(key="workshop-template").options)


def test_it_is_opened_led_and_once_closed_its_report_can_be_taken_away(prepared, visit, larkfield):
    prepared.button(key="make-handout").click().run()
    assert prepared.get("download_button")
    prepared.button(key="open").click().run()
    assert not prepared.exception
    opened = only(larkfield)
    assert (opened.workshop.state, opened.workshop.before["readiness"][-1]) == ("open", "%")
    with writing(desk.engine()) as session:
        close_workshop(door(session, larkfield), opened.workshop.id, {"readiness": "70 %"}, at=NOON)
    page = visit(plan=larkfield, workshop=opened.workshop.id).switch_page("pages/workshop/report.py").run()
    assert "Nobody came in" in words(page)
    page.button(key="make-report").click().run()
    assert page.get("download_button")


def test_a_workshop_that_is_gone_leads_back_to_the_list(visit, larkfield):
    page = visit(plan=larkfield, workshop="gone").switch_page("pages/workshop/agenda.py").run()
    assert not page.exception


def test_the_papers_hold_what_was_asked_proposed_and_stored(prepared, larkfield):
    found, asked = only(larkfield), desk.questionnaire()
    item = replace(found.items[0], outcome="committed", said="We say so.", began_at=NOON, ended_at=NOON)
    people = (Participant("a", "Sam", NOON), Participant("b", "Kit", NOON))
    held = replace(
        found,
        items=(item, *found.items[1:]),
        participants=people,
        proposals=(Proposal("p1", item.id, "a", "Employers pay.", 1, NOON),),
        ratings={(item.id, "a"): 1, (item.id, "b"): 4},
        notes=(Note("n", "action", "Call them", "Dana", NOON, owner="Sam"),),
    )
    with reading(desk.engine()) as session:
        plan = fetch_plan(door(session, larkfield))
    report = view_report(asked, plan, held)
    how = {"title": "x", "author": "x", "subject": "x", "made_at": NOON}
    read = [
        "\n".join(
            [each.text for each in paper.paragraphs]
            + [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
        )
        for paper in (
            Document(BytesIO(to_word(blocks, **how)))
            for blocks in (write_handout(asked, plan, held), write_report(plan, report))
        )
    ]
    ask = asked.question(item.question_id).ask
    assert ask in read[0]
    for said in (ask, "We say so.", "Employers pay.", "Sam, Kit", "Call them", "Confidence runs from 1 to 4 of 5."):
        assert said in read[1]
    anonymous = view_report(asked, plan, replace(held, workshop=replace(held.workshop, is_anonymous=True)))
    assert anonymous.items[0].proposals.rows == (("Employers pay.", "–", "0"),)
