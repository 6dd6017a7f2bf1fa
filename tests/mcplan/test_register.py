"""The register of risks: what joins a rule's risk, what stands for itself, and how long an acceptance holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcplan.checks.register import check_register
from mcplan.example import load_example
from mcplan.findings import find_findings
from mcplan.known import Known
from mcplan.plan import Answer
from mcplan.readiness import assess_readiness
from mcplan.register import RISKS, acceptance_ends
from mcplan.risks import find_risks
from mcplan.views.risks import Filters, row_for, view_risks
from questionnaire.cells import say_cell
from questionnaire.kinds import kind_of
from questionnaire.load import load_questionnaire
from tests.builders import a_plan, only_the_69

SHIPPED = load_questionnaire()
TODAY = date(2027, 3, 1)
ACCEPTED = {
    "event": "Too few learners", "likelihood": "4", "impact": "4", "status": "accepted",
    "accepted-by": "Dana", "accepted-why": "The dean carries it", "accepted-until": "2027-03-01",
}  # fmt: skip


def planned(*rows, plan=None):
    value = {"rows": [{"id": f"r{place}"} | row for place, row in enumerate(rows)]}
    plan = plan or a_plan()
    return replace(plan, answers={**plan.answers, RISKS: Answer(RISKS, value)})


def own(plan, today=TODAY):
    return [risk for risk in find_risks(SHIPPED, plan, today) if risk.row_id]


def rules(plan, today=TODAY):
    return {(each.rule, each.severity) for each in check_register(Known(SHIPPED, plan, today))}


def stops(plan, today=TODAY):
    risks, findings = find_risks(SHIPPED, plan, today), find_findings(SHIPPED, plan, today)
    return [stop.rule for stop in assess_readiness(SHIPPED, plan, "G3", risks=risks, findings=findings).whole.stops]


def test_an_own_risk_is_a_risk_like_any_other():
    (risk,) = own(
        planned({"event": "Rain", "cause": "it is spring.", "consequence": "the rig gets wet.", "impact": "5"})
    )

    assert risk.sentence == "Because it is spring, rain, and the rig gets wet."
    assert (risk.likelihood, risk.impact, risk.band) == (3, 5, "Extreme")


def test_a_row_that_names_a_rules_risk_treats_it_and_makes_no_second_one():
    before = find_risks(SHIPPED, a_plan())
    row = row_for(before[0], "r0")

    after = find_risks(SHIPPED, planned(row | {"action": "Ask the dean", "owner": "Sam"}))

    assert len(after) == len(before)
    (treated,) = [risk for risk in after if risk.row_id]
    assert (treated.id, treated.action, treated.owner, treated.is_gap) == (before[0].id, "Ask the dean", "Sam", True)


def test_every_row_made_of_a_rules_risk_is_one_that_the_table_takes():
    question = SHIPPED.question(RISKS)
    for place, risk in enumerate(find_risks(SHIPPED, a_plan())):
        value = {"rows": [row_for(risk, f"r{place}")]}
        assert kind_of(question).read(question, value)["rows"][0]["raised"] == risk.id


def test_a_gap_that_closed_itself_stays_in_the_register_as_closed():
    (risk,) = own(planned({"event": "Was open", "raised": "GAP:strategic.gone", "action": "Asked"}))

    assert risk.status == "closed"


def a_gap():
    """A risk that a rule raises for a blank plan, as a row that treats it."""
    return row_for(find_risks(SHIPPED, a_plan())[0], "r0")


def test_of_two_rows_about_one_risk_the_first_counts_and_the_other_stays_in_sight():
    treated, begun = a_gap() | {"action": "Ask the dean", "owner": "Sam"}, a_gap() | {"id": "r1"}

    first, second = sorted(own(planned(treated, begun)), key=lambda risk: risk.row_id)

    assert (first.id, first.action, first.status) == (treated["raised"], "Ask the dean", "treating")
    assert (second.status, second.is_gap) == ("open", True)
    assert ("RISK-TWICE", "warning") in rules(planned(treated, begun))
    assert rules(planned(treated)) == set()


def test_a_word_does_not_close_what_a_rule_still_raises():
    (bare,) = own(planned(a_gap() | {"status": "closed"}))
    (treated,) = own(planned(a_gap() | {"status": "closed", "action": "Ask the dean"}))

    assert (bare.status, treated.status) == ("open", "treating")


def test_an_acceptance_that_has_ended_says_nothing_once_its_cause_is_gone():
    ended = ACCEPTED | {"accepted-until": "2027-02-01"}

    assert rules(planned(ended | {"raised": a_gap()["raised"]})) == {("ACCEPTANCE-OVER", "error")}
    assert rules(planned(ended | {"raised": "GAP:strategic.gone"})) == set()


@pytest.mark.parametrize("missing", ["accepted-by", "accepted-why", "accepted-until"])
def test_an_acceptance_counts_only_with_person_reason_and_last_day(missing):
    plan = planned({name: cell for name, cell in ACCEPTED.items() if name != missing})

    assert own(plan)[0].status == "open"
    assert ("ACCEPTANCE-INCOMPLETE", "warning") in rules(plan)


def test_an_acceptance_holds_through_its_last_day_and_its_end_is_an_error():
    plan, after = planned(ACCEPTED), TODAY + timedelta(days=1)

    assert own(plan)[0].status == "accepted"
    assert rules(plan) == set()
    assert acceptance_ends(Known(SHIPPED, plan, TODAY)) == TODAY
    assert own(plan, after)[0].status == "open"
    assert ("ACCEPTANCE-OVER", "error") in rules(plan, after)
    assert acceptance_ends(Known(SHIPPED, plan, after)) is None


def test_an_extreme_risk_stops_every_gate_until_it_is_treated_or_accepted():
    bare = {"event": "Too few learners", "likelihood": "4", "impact": "4"}

    assert "extreme risk" in stops(planned(bare))
    assert "extreme risk" not in stops(planned(bare | {"action": "Recruit early"}))
    assert "extreme risk" not in stops(planned(ACCEPTED))
    assert "extreme risk" in stops(planned(ACCEPTED), TODAY + timedelta(days=1))


def test_a_high_risk_without_anybody_or_anything_is_named():
    bare = {"event": "Too few learners", "likelihood": "3", "impact": "4", "gate": "G2"}

    assert rules(planned(bare)) == {("RISK-UNTREATED", "warning")}
    assert rules(planned(bare | {"action": "Recruit early", "owner": "Sam"})) == set()
    late = bare | {"action": "Recruit early", "owner": "Sam", "due": "2027-02-01"}
    assert rules(planned(late)) == {("RISK-OVERDUE", "warning")}


def test_the_worked_example_stops_at_the_five_facts_of_the_reference():
    asked, plan = only_the_69(SHIPPED), load_example()
    whole = load_questionnaire()
    risks = [risk for risk in find_risks(whole, plan, date(2026, 11, 26)) if risk.row_id]
    findings = [each for each in find_findings(whole, plan, date(2026, 11, 26)) if each.rule == "CA6"]

    readiness = assess_readiness(asked, plan, "G2", risks=risks, findings=findings)

    found = sorted(stop.rule for stop in readiness.whole.stops)
    assert found == ["extreme risk", "finding", "finding", "unowned", "unowned risk"]
    assert round(readiness.whole.floor, 1) == 82.9


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5), st.integers(1, 5))
def test_the_picture_holds_every_risk_once_and_in_its_place(likelihood, impact, likely_then, bad_then):
    row = {
        "event": "x", "likelihood": str(likelihood), "impact": str(impact),
        "likelihood-after": str(likely_then), "impact-after": str(bad_then),
    }  # fmt: skip
    risks = own(planned(row))

    for after, place in ((False, (likelihood, impact)), (True, (likely_then, bad_then))):
        heat = view_risks(SHIPPED, risks, Filters("G3", after=after)).heat
        assert [cell[:2] for cell in heat.cells if cell[2]] == [place]
        assert len(heat.cells) == 25


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters("G3"), 2),
        (Filters("G3", "accepted"), 1),
        (Filters("G3", "all"), 3),
        (Filters("G3", category="people"), 1),
        (Filters("G3", owner="Sam"), 1),
        (Filters("G3", owner="-"), 1),
        (Filters("G3", "all", band="Extreme"), 1),
        (Filters("G3", band="Moderate"), 2),
        (Filters("G3", band="Low"), 0),
        (Filters("G1"), 1),
    ],
)
def test_filters_leave_out_what_they_say(filters, found):
    rows = (
        {"event": "a", "category": "people", "owner": "Sam", "gate": "G2"},
        {"event": "b", "category": "market", "gate": "G1"},
        ACCEPTED | {"owner": "Sam", "gate": "G1"},
    )
    view = view_risks(SHIPPED, own(planned(*rows)), filters)

    assert sum(len(band.risks) for band in view.bands) == found


CLOSED = {"event": "Too few learners", "likelihood": "4", "impact": "4", "status": "closed"}


def test_an_extreme_risk_of_the_teams_own_stays_open_until_somebody_says_why_it_is_closed():
    (risk,) = own(planned(CLOSED))
    assert risk.status == "open"
    assert ("CLOSURE-INCOMPLETE", "warning") in rules(planned(CLOSED))
    assert "extreme risk" in stops(planned(CLOSED))

    said = planned(CLOSED | {"closed-why": "62 have signed up."})
    assert [each.status for each in own(said)] == ["closed"]
    assert rules(said) == set()
    assert [each.status for each in own(planned(CLOSED | {"likelihood": "3"}))] == ["closed"]


def test_what_may_end_the_initiative_stops_the_gate_without_an_owner_however_unlikely():
    row = {"event": "The law changes", "likelihood": "1", "impact": "5"}
    assert "unowned risk" in stops(planned(row))
    assert "unowned risk" not in stops(planned(row | {"owner": "Dana"}))
    assert "unowned risk" not in stops(planned(row | {"impact": "4", "likelihood": "2"}))


@pytest.mark.parametrize(
    ("action", "says"), [("Ask", "the action was due on 28 February 2027"), ("", "something was due on 28 February")]
)
def test_a_day_that_has_passed_is_found_with_and_without_an_action(action, says):
    row = {"event": "x", "likelihood": "1", "impact": "2", "due": "2027-02-28", "action": action}
    (found,) = check_register(Known(SHIPPED, planned(row), TODAY))
    assert (found.rule, says in found.says) == ("RISK-OVERDUE", True)


def test_where_a_risk_comes_from_is_said_in_words():
    (column,) = [each for each in SHIPPED.question(RISKS).columns if each.id == "raised"]
    said = {
        raw: say_cell(column, raw) for raw in ("GAP:strategic.case", "UNOWNED:x", "CA6", "LATE-START", "Dana asked")
    }
    assert list(said.values()) == [
        "An open question",
        "A question without an owner",
        "A finding of the checks",
        "A finding of the checks",
        "Dana asked",
    ]
