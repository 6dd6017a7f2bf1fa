"""The finance screen, through app.py: what stands there before and after there is enough to reckon with."""

import json

import pytest

from tests.builders import a_plan
from tests.mcplan.costings import ASKED, a_known, worked_tables
from tests.pages.conftest import SCREENS, keep, tables, ways, words

HEAD = """id = "operational"
title = "Operational planning"
purpose = "To reckon."
bring = ["A calculator"]
in_the_room = ["initiative-lead"]

[[section]]
id = "operational.money"
title = "Money"
"""


def written(question):
    """A question as a content file has it."""
    options = ", ".join(f"{id} = {json.dumps(label)}" for id, label in question.options.items())
    columns = [f'{{ id = "{each.id}", label = "{each.label}", {kind(each)} }}' for each in question.columns]
    ready = [f'{{ id = "{row["id"]}", assumption = "{row["assumption"]}" }}' for row in question.ready]
    return "\n".join(
        [
            "[[section.question]]",
            f'id = "{question.id}"\nask = "{question.ask}"\nkind = "{question.kind}"\nwhy = "w"\ngood = ["a", "b"]',
            'weak = "w"\nstrong = "s"\nsent_back = "s"\nweight = 1\ngate = "G2"\nasked_stage = "drafted"\nminutes = 1',
            'risk = { cause = "c", event = "e", consequence = "d", likelihood = 1, impact = 1, category = "market" }',
            f"options = {{ {options} }}" if options else "",
            f"columns = [{', '.join(columns)}]" if columns else "",
            f"ready = [{', '.join(ready)}]" if ready else "",
        ]
    )


def kind(column):
    """The kind of a column; what is picked is kept as text here."""
    return (
        'kind = "text", fixed = true'
        if column.id == "assumption"
        else f'kind = "{column.kind.split("choice")[0] or "text"}"'
    )


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """A questionnaire that asks for the money."""
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "30-operational.toml").write_text(HEAD + "\n".join(map(written, ASKED.questions())), encoding="utf-8")
    monkeypatch.setenv("MCPLAN_QUESTIONNAIRE", str(folder))


def finance(visit, tables):
    """The screen of a plan that says this."""
    plan = a_plan(*a_known(tables).plan.answers.values())
    page = visit(plan=keep(plan, id=""))
    return page.switch_page(SCREENS["finance"]).run()


def test_before_there_is_enough_the_screen_says_what_to_fill_in(asked, visit):
    page = finance(visit, {})
    assert not page.exception
    assert "Nothing can be reckoned yet" in words(page)
    assert "There is no price yet" in words(page)
    assert not page.metric
    assert sum("about prices" in label for label in ways(page)) == 2, "beside the gap, and among the inputs"


def test_with_enough_the_screen_shows_whether_it_pays_and_what_that_hangs_on(asked, visit):
    page = finance(visit, worked_tables())
    assert not page.exception
    assert "Breaks even at 55 learners a year; forecast 57\\.3 on average" in words(page)
    shown = {metric.label: metric.value for metric in page.metric}
    assert shown["Surplus"] == "CAD 5,983"
    assert shown["Learners certified"] == "146 learners"
    assert len(page.get("vega_lite_chart") or page.get("arrow_vega_lite_chart")) == 2
    assert len(tables(page)) == 6
    assert any("about assumptions" in label for label in ways(page))
