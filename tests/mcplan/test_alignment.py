"""Outcomes, assessments and activities: where they do not agree."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcplan.checks.alignment import can_be_passed_without, check_alignment
from mcplan.checks.course import Assessment, Course, Outcome, read_course
from tests.mcplan.designs import found, known, known_by_id

FRAMEWORK = {"framework": "Profile", "code": "HP-1"}


def outcome(id, level="apply", **cells):
    return {"id": id, "name": id.upper(), "text": "Do it", "level": level} | FRAMEWORK | cells


def assessment(id, *outcomes, **cells):
    given = {
        "weight": 50.0,
        "summative": "yes",
        "supervision": "supervised-onsite-id",
        "level": "apply",
        "attempts": 2.0,
    }
    return {"id": id, "name": id.upper(), "outcomes": list(outcomes), "minimum": 50.0} | given | cells


def activity(id, *outcomes, hours=10.0):
    return {"id": id, "name": id.upper(), "outcomes": list(outcomes), "hours": hours}


def sound(**changes):
    """A design that agrees in all parts, but for what a test changes."""
    whole = {
        "design.outcomes": [outcome("lo1"), outcome("lo2")],
        "design.assessments": [assessment("a1", "lo1"), assessment("a2", "lo2")],
        "design.activities": [activity("t1", "lo1"), activity("t2", "lo2")],
        "design.pass-mark": 60.0,
        "credential.workload": 20.0,
        "design.prior-learning": {"picks": ["same-assessment"], "other": ""},
        "delivery.pilot-criteria": [{"id": "p1", "criterion": "Ten of twelve pass"}],
    }
    return whole | {id.replace("__", "-").replace("_", ".", 1): value for id, value in changes.items()}


def test_a_sound_design_has_no_findings():
    assert found(check_alignment(known_by_id(sound()))) == []


def test_nothing_is_said_of_a_design_that_nobody_has_begun():
    assert found(check_alignment(known_by_id({"design.pass-mark": 60.0, "design.outcomes": []}))) == []


CASES = [
    ({"design_outcomes": [outcome("lo1"), outcome("lo2"), outcome("lo3")]}, [("CA1", "lo3"), ("CA3", "lo3")]),
    (
        {"design_assessments": [assessment("a1", "lo1"), assessment("a2", "lo2", summative="no")]},
        [("CA1", "lo2"), ("CA7", "")],
    ),
    ({"design_assessments": [assessment("a1", "lo1", "lo2"), assessment("a2")]}, [("CA2", "a2")]),
    ({"design_assessments": [assessment("a1", "lo1", "lo2", "gone", weight=100.0)]}, []),
    ({"design_activities": [activity("t1", "lo1"), activity("t2")]}, [("CA3", "lo2"), ("CA4", "t2")]),
    ({"design_outcomes": [outcome("lo1", "evaluate"), outcome("lo2")]}, [("CA5", "lo1")]),
    (
        {
            "design_assessments": [
                assessment("a1", "lo1", weight=80.0),
                assessment("a2", "lo2", weight=20.0, minimum=None),
            ]
        },
        [("CA6", "lo2"), ("CA14", "lo2")],
    ),
    ({"design_assessments": [assessment("a1", "lo1", weight=45.0), assessment("a2", "lo2")]}, [("CA7", "")]),
    (
        {"design_assessments": [assessment("a1", "lo1", supervision="unsupervised-id"), assessment("a2", "lo2")]},
        [("CA8", "lo1")],
    ),
    ({"design_assessments": [assessment("a1", "lo1", attempts=1.0), assessment("a2", "lo2")]}, [("CA9", "a1")]),
    ({"credential_workload": 22.0}, []),
    ({"credential_workload": 23.0}, [("CA10", "")]),
    ({"design_outcomes": [outcome("lo1", code="", url=""), outcome("lo2")]}, [("CA11", "lo1")]),
    ({"design_prior__learning": {"picks": ["portfolio"], "other": ""}}, [("CA12", "")]),
    ({"delivery_pilot__criteria": []}, [("CA13", "")]),
    ({"design_activities": [activity("t1", "lo1", hours=16.0), activity("t2", "lo2", hours=4.0)]}, [("CA14", "lo2")]),
]


@pytest.mark.parametrize(("changes", "rules"), CASES)
def test_a_design_that_does_not_agree_says_where(changes, rules):
    assert found(check_alignment(known_by_id(sound(**changes)))) == rules


def test_what_makes_the_badge_worthless_stops_the_gate():
    told = known_by_id(sound(design_assessments=[assessment("a1", "lo1", weight=40.0), assessment("a2", weight=40.0)]))
    assert {each.rule for each in check_alignment(told) if each.is_blocker} == {"CA1", "CA7"}


@given(
    weights=st.lists(st.integers(1, 100), min_size=1, max_size=5),
    minima=st.lists(st.sampled_from([None, 1, 50]), min_size=5, max_size=5),
    pass_mark=st.integers(1, 100),
)
def test_compensation_is_found_exactly_when_zero_on_an_outcome_still_passes(weights, minima, pass_mark):
    """Beside a candidate who has nothing for one outcome and full marks for all others."""
    shares = [Decimal(100 * weight) / sum(weights) for weight in weights]
    outcomes = tuple(Outcome(f"lo{place}", "", "", "", "", "", "") for place in range(len(weights)))
    assessments = tuple(
        Assessment(
            f"a{place}",
            "",
            "",
            (f"lo{place}",),
            "",
            True,
            share,
            Decimal(least) if least else None,
            "",
            Decimal(),
            "",
            "",
            None,
        )
        for place, (share, least) in enumerate(zip(shares, minima, strict=False))
    )
    course = Course(outcomes, assessments, (), Decimal(pass_mark))
    for place, one in enumerate(outcomes):
        result = sum(share for other, share in enumerate(shares) if other != place)
        passes = 100 - shares[place] >= pass_mark and not minima[place]
        assert can_be_passed_without(course, one) is passes
        assert not passes or result >= pass_mark - Decimal("1e-9")


def test_an_assessment_of_several_outcomes_counts_in_equal_parts():
    course = read_course(
        known(design_outcomes=[outcome("lo1"), outcome("lo2")], design_assessments=[assessment("a1", "lo1", "lo2")])
    )
    assert [course.weight_of(each) for each in course.outcomes] == [25, 25]
