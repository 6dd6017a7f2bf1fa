"""The European sheet: what the annex asks for, out of the facts of a plan."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest

from mcplan.annex import AT_ISSUING, view_annex, write_annex_csv, write_annex_json
from mcplan.example import load_example
from mcplan.known import Known
from mcplan.plan import Plan
from mcplan.views.exchange import view_annex_table
from questionnaire.load import load_questionnaire


@pytest.fixture(scope="module")
def asked():
    from pages.kit.settings import questionnaire_folder

    return load_questionnaire(questionnaire_folder())


def test_the_worked_example_says_what_the_annex_asks_for(asked):
    said = {each.name: each.says for each in view_annex(Known(asked, load_example()))}

    assert said["Title of the micro-credential"] == load_example().title
    assert said["Awarding body"] == load_example().institution
    assert said["Country or region of the issuer"].startswith("Canada")
    assert said["Notional workload needed to achieve the learning outcomes"].startswith("48 hours")
    assert said["Learning outcomes"].count("\n") >= 2
    assert said["Date of issuing"] == said["Identification of the learner"] == AT_ISSUING


def test_eleven_elements_are_asked_of_every_plan_and_an_empty_one_lacks_most(asked):
    elements = view_annex(Known(asked, Plan("p", "Rigging")))

    assert sum(each.is_mandatory for each in elements) == 11
    message, table = view_annex_table(Known(asked, Plan("p", "Rigging")))
    assert message == "8 mandatory elements still to be said"
    assert table.rows[3] == ("Awarding body", "Mandatory", "Not said yet")


def test_every_question_that_fills_an_element_is_asked(asked):
    named = {id for each in view_annex(Known(asked, Plan("p", "x"))) for id in each.question_ids}
    assert {id for id in named if not asked.has(id)} == set()


def test_the_sheet_is_the_same_as_json_and_csv_and_holds_no_formula(asked):
    known = Known(asked, Plan("p", "=HYPERLINK(1)", institution="+Larkfield"))

    told = json.loads(write_annex_json(known))
    lines = list(csv.reader(StringIO(write_annex_csv(known).decode("utf-8-sig"))))

    assert [each["element"] for each in told["elements"]] == [line[0] for line in lines[1:]]
    assert told["elements"][1]["value"] == "=HYPERLINK(1)"
    assert told["elements"][4] == {
        "element": "Date of issuing", "mandatory": True, "value": AT_ISSUING, "at_issuing": True,
    }  # fmt: skip
    assert lines[2][2] == "'=HYPERLINK(1)"
    assert lines[4][2] == "'+Larkfield"
