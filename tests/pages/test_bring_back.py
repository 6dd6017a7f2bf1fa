"""An edited dossier is brought back on the dossier screen, change by change."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mcplan.dossier.controls import of_cell, of_value
from mcplan.people import somebody_here
from pages.kit import desk
from storage.access import authorize
from storage.answers import store_changes
from storage.database import reading, writing
from storage.plans import fetch_plan
from tests.mcplan.dossiers import a_file
from tests.mcplan.test_dossier_brought import edited
from tests.pages.conftest import words
from tests.pages.test_screens import SCREENS

CASE, COSTS = "strategic.business-case", "operational.costs"
NOW = datetime(2027, 3, 3, tzinfo=UTC)


def plan_of(id):
    with reading(desk.engine()) as session:
        return fetch_plan(authorize(session, somebody_here("Dana"), id, "view", NOW))


def an_edited_dossier(id):
    """The dossier of the worked example, with an answer and a cell changed."""
    plan, asked = plan_of(id), desk.questionnaire()
    costs = asked.question(COSTS)
    row = plan.answer(costs).value["rows"][0]
    cell = of_cell(costs, row["id"], costs.columns[0]).tag
    file = edited(of_value(asked.question(CASE)).tag, "Provincial", "Provincial and federal", a_file(asked, plan))
    return edited(cell, f">{row[costs.columns[0].id]}<", ">Quite another line<", file)


def bring(page, file):
    page.switch_page(SCREENS["dossier"]).run()
    page.file_uploader[0].set_value(("dossier.docx", file, "application/octet-stream")).run()
    assert not page.exception
    return page


def test_each_change_is_shown_and_taken_over_as_the_person_at_the_screen(visit, larkfield):
    page = bring(visit(plan=larkfield), an_edited_dossier(larkfield))
    assert "2 changes" in words(page)
    assert "**and federal" in words(page)

    next(each for each in page.button if each.label == "Take it over").click().run()
    assert not page.exception

    assert "Provincial and federal" in plan_of(larkfield).answers[CASE].value
    assert "1 change" in words(page)


def test_all_that_nothing_stands_against_is_taken_over_at_once(visit, larkfield):
    page = bring(visit(plan=larkfield), an_edited_dossier(larkfield))
    page.button(key="take-all").click().run()

    assert "Quite another line" in str(plan_of(larkfield).answers[COSTS].value)
    assert "Nothing in the file is different from the plan" in words(page)


def test_a_colleague_who_was_there_too_is_shown_before_anything_is_stored(visit, larkfield):
    file = an_edited_dossier(larkfield)
    with writing(desk.engine()) as session:
        access = authorize(session, somebody_here("Sam"), larkfield, "answer", NOW)
        changes = {"value": "Quite another case."}
        store_changes(access, desk.questionnaire(), CASE, changes, seen=1, save_id="x", at=NOW)
    page = bring(visit(plan=larkfield), file)

    assert "A colleague has changed this since the file was made" in words(page)
    assert [each.label for each in page.button if "same" in each.label] == ["Take it over all the same"]
    assert not [each for each in page.button if each.key == "take-all"]
    next(each for each in page.button if "same" in each.label).click().run()
    assert "Provincial and federal" in plan_of(larkfield).answers[CASE].value


@pytest.mark.parametrize(("file", "said"), [(b"nonsense", "not a file that mcplan can open"), (b"", "not a file")])
def test_a_file_that_is_no_dossier_is_refused_in_a_sentence(visit, larkfield, file, said):
    assert said in words(bring(visit(plan=larkfield), file))
