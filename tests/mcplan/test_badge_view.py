"""What the badge screen says of a plan."""

import json

from mcplan.views.badge import view_badge
from tests.mcplan.badges import FULL, changed, full
from tests.mcplan.designs import known_by_id


def test_a_full_plan_fills_the_card_and_misses_nothing():
    view = view_badge(full())

    assert (view.name, view.issuer) == ("Heat pump commissioning", "Larkfield College")
    assert view.facts == (
        "BSE-HP-02 · version 0.3.0-draft · language en · Electricity and energy (ISCED-F 0713) · 2 credits"
    )
    assert view.tags == "heat pump, Commissioning, 48 hours"
    assert view.results == (
        "Overall result: 75 % required",
        "Commissioning practical: a rubric with 3 levels, “Meets the standard” or better required",
    )
    assert [(each.framework, each.url) for each in view.alignments][-1] == ("NOC 72402", "https://noc.esdc.gc.ca/")
    assert (view.missing, view.start) == ((), None)
    assert view.message.startswith("The metadata is complete")
    assert json.loads(view.document)["name"] == view.name


def test_what_is_missing_stands_by_weight_with_the_way_to_its_question():
    view = view_badge(changed({"design.badge-alt": None, "credential.code": None}, summary=""))

    assert [sign.words for sign, _ in view.missing] == ["Not valid without it", "Worth mending", "Advice"]
    assert [[pointer.question_id for pointer in pointers] for _, pointers in view.missing] == [
        [""],
        ["design.badge-alt"],
        ["credential.code"],
    ]
    assert view.message == "The standard requires 1 thing that the plan does not say yet."


def test_a_point_that_can_wait_does_not_make_the_draft_invalid():
    view = view_badge(changed({"credential.code": None}))

    assert view.message == "All that the standard requires is there; 1 point would make the badge say more."


def test_a_plan_of_which_nothing_is_known_is_shown_where_to_begin():
    empty = known_by_id(dict.fromkeys(FULL), title="Rigging")
    view = view_badge(empty)

    assert view.start is not None
    assert view.start.question_id == "design.outcomes"
    assert (view.criteria, view.alignments, view.results) == ((), (), ())
