"""The learner's way: what a stage needs, and where a learner would fall through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcplan.known import Known
from mcplan.maps.journey import map_journey
from mcplan.views.delivery_map import view_delivery_map
from questionnaire.model import Column
from tests.builders import NOON, a_plan, a_question, a_questionnaire, an_answer

STAGES = {"choose": "Choose: compares and decides", "commit": "Commit: enrols and pays", "celebrate": "Celebrate"}
CELLS = {"touchpoints": "A page", "support": "A call", "owner": "Registry", "walked": "yes"}
WAY = a_question(
    kind="table",
    id="delivery.journey",
    least=3,
    columns=(
        Column("stage", "Stage", fixed=True),
        Column("touchpoints", "Touchpoints", "words", required=True),
        Column("support", "Help"),
        Column("owner", "Owner", required=True),
        Column("walked", "Walked", "yes or no"),
    ),
    ready=tuple({"id": id, "stage": name} for id, name in STAGES.items()),
)
TODAY = NOON.date()


def said(**rows):
    """A plan that says this of its stages; the other stages are untouched."""
    stored = [{"id": id, **cells} for id, cells in rows.items() if cells]
    answer = [an_answer(WAY.id, {"rows": stored})] if stored else []
    return Known(a_questionnaire(WAY), a_plan(*answer))


def all_but(**changes):
    """Every stage covered, but for some cells."""
    return said(**{id: CELLS | changes.get(id, {}) for id in STAGES})


GAP = {"touchpoints": None, "owner": None, "support": None, "walked": None}


@pytest.mark.parametrize(
    ("cells", "coverage", "lacks"),
    [
        ({}, "missing", 4),
        ({"walked": "no"}, "thin", 4),
        ({"touchpoints": "A page"}, "thin", 3),
        ({"touchpoints": "A page", "owner": "Registry"}, "thin", 2),
        (CELLS | {"walked": "no"}, "thin", 1),
        (CELLS, "covered", 0),
    ],
)
def test_a_stage_is_covered_with_touchpoints_help_an_owner_and_a_walk(cells, coverage, lacks):
    stage = map_journey(said(commit=cells)).stages[1]
    assert (stage.coverage, len(stage.lacks)) == (coverage, lacks)


@pytest.mark.parametrize(
    ("known", "where", "why"),
    [
        (said(choose=CELLS), "“Commit” and “Celebrate”", "nobody has said what happens there"),
        (all_but(celebrate={"touchpoints": None}), "“Celebrate”", "nothing says what the learner meets"),
        (all_but(commit={"owner": " "}, choose={"support": None}), "“Commit”", "nobody looks after it"),
        (all_but(choose={"support": None}, commit={"walked": "no"}), "“Choose”", "nothing is there to help"),
        (all_but(commit={"walked": None}), "“Commit”", "nobody has walked through it with a learner"),
    ],
)
def test_a_learner_falls_through_where_the_gravest_gap_is(known, where, why):
    assert map_journey(known).says == f"A learner would fall through at {where}: {why}."


def test_a_way_without_gaps_says_so():
    assert map_journey(all_but()).says.startswith("Nowhere that can be seen")


def test_many_gaps_of_a_kind_are_counted():
    ready = (*WAY.ready, {"id": "x", "stage": "X"}, {"id": "y", "stage": "Y"})
    way = a_question(kind="table", id=WAY.id, columns=WAY.columns, ready=ready)
    known = Known(a_questionnaire(way), a_plan())
    assert "at “Choose”, “Commit”, “Celebrate” and 2 more: nobody" in map_journey(known).says


def test_a_plan_that_is_not_asked_has_no_way():
    aside = an_answer(WAY.id, None, not_applicable="Assessment only")
    for known in (Known(a_questionnaire(), a_plan()), Known(a_questionnaire(WAY), a_plan(aside))):
        journey = map_journey(known)
        assert (journey.stages, journey.says, journey.is_begun) == ((), "", False)


ORDER = ["missing", "thin", "covered"]
SOME = st.fixed_dictionaries(
    {},
    optional={
        "touchpoints": st.sampled_from(["A page", " "]),
        "support": st.just("A call"),
        "owner": st.just("Registry"),
        "walked": st.sampled_from(["yes", "no"]),
    },
)


@given(cells=SOME, more=SOME)
def test_filling_a_cell_never_makes_a_stage_worse(cells, more):
    before = map_journey(said(commit=cells)).stages[1]
    after = map_journey(said(commit=more | cells)).stages[1]
    assert ORDER.index(after.coverage) >= ORDER.index(before.coverage)
    assert set(after.lacks) <= set(before.lacks)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(STAGES, SOME)))
def test_every_stage_stands_in_exactly_one_of_three_and_in_its_order(rows):
    journey = map_journey(said(**rows))
    assert [stage.id for stage in journey.stages] == list(STAGES)
    for stage in journey.stages:
        assert [stage.coverage == each for each in ORDER].count(True) == 1
        assert (stage.coverage == "covered") == (not stage.lacks)


def test_the_screen_shows_what_is_there_or_missing_and_nothing_before_somebody_begins():
    blank = said()
    assert view_delivery_map(blank.questionnaire, blank.plan, TODAY).journey.table is None
    known = said(choose=CELLS, commit={"touchpoints": "A letter"})
    view = view_delivery_map(known.questionnaire, known.plan, TODAY).journey
    assert [(row[0], row[1].words, row[2], row[3]) for row in view.table.rows] == [
        ("Choose", "Covered", "Registry", "A page"),
        (
            "Commit",
            "Thin",
            "Nobody",
            "Nobody looks after it, nothing is there to help and nobody has walked through it with a learner.",
        ),
        ("Celebrate", "Missing", "Nobody", "Nobody has said anything."),
    ]
    assert view.question[0].question_id == WAY.id
