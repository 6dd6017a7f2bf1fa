"""Learning outcomes: which wordings are advised against, and why."""

import pytest

from mcplan.checks.objectives import check_objectives, problems_of
from tests.mcplan.designs import found, known, known_by_id

# Wordings with the rules they offend, and no others of LO1 to LO6 and LO9.
WORDINGS = [
    (
        "Calculate the design heating load and balance point of a cold-climate dwelling from given survey data, to "
        "within 10 percent of the reference solution",
        [],
    ),
    (
        "Commission an air-source heat pump in accordance with the manufacturer's start-up procedure, recording "
        "superheat, subcooling and airflow within the stated tolerances",
        [],
    ),
    (
        "Diagnose three seeded refrigerant, airflow or control faults on a training unit within 90 minutes, using "
        "manufacturer diagnostic data",
        [],
    ),
    (
        "Justify a repair-or-replace recommendation to a homeowner in a one-page report that addresses cost, comfort "
        "and refrigerant regulations",
        [],
    ),
    ("Understand heat pumps", ["LO2", "LO4", "LO5"]),
    ("Learners will be familiar with the main refrigerant regulations that apply in Ontario", ["LO2", "LO4"]),
    ("Identify and repair refrigerant leaks using electronic detection within the limits of the code", ["LO3"]),
    ("This course will cover the theory of refrigeration cycles and of modern controls", ["LO1", "LO4", "LO9"]),
    ("Heat pump safety and compliance in residential installations", ["LO1", "LO4"]),
    ("Explain how inverter compressors modulate capacity", ["LO4", "LO5"]),
    ("By the end of the day, participants can install a meter using the maker's own sheet, without a leak", []),
    ("", ["LO1", "LO4", "LO5"]),
]


@pytest.mark.parametrize(("text", "rules"), WORDINGS)
def test_a_wording_offends_these_rules_and_no_others(text, rules):
    assert [rule for rule, _ in problems_of(text)] == rules


def outcome(id, text=WORDINGS[0][0], level="apply", **cells):
    return {"id": id, "name": id.upper(), "text": text, "level": level, **cells}


def advice(**answers):
    return found(check_objectives(known(**answers)))


def test_good_outcomes_are_left_in_peace():
    rows = [outcome(f"lo{place}", text) for place, (text, _) in enumerate(WORDINGS[:4])]
    assert advice(design_outcomes=rows) == []


def test_advice_names_the_outcome_and_never_stops_a_gate():
    finding = next(check_objectives(known(design_outcomes=[outcome("lo1", "Understand heat pumps")])))
    assert (finding.rule, finding.row_id, finding.is_blocker) == ("LO2", "lo1", False)
    assert finding.says.startswith("LO1: Nobody can watch “understand”")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Compare two meters on one page", "understand or analyze"),
        ("Calibrate a meter", "apply"),
        ("Meters", "its level."),
    ],
)
def test_a_missing_level_is_asked_for_with_what_the_verb_points_to(text, says):
    findings = {each.rule: each.says for each in check_objectives(known(design_outcomes=[outcome("lo1", text, "")]))}
    assert says in findings["LO6"]


@pytest.mark.parametrize(
    ("level", "highest", "fires"), [("6", "apply", True), ("6", "analyze", False), ("5", "apply", False)]
)
def test_a_high_level_asks_for_more_than_applying(level, highest, fires):
    told = known_by_id(
        {
            "design.outcomes": [outcome("lo1"), outcome("lo2", WORDINGS[1][0], highest)],
            "credential.level": {"picks": [level], "other": ""},
            "credential.level-framework": {"picks": ["eqf"], "other": ""},
        }
    )
    assert (("LO7", "") in found(check_objectives(told))) is fires


def test_two_outcomes_that_say_the_same_are_told_apart_once():
    rows = [outcome("lo1"), outcome("lo2", WORDINGS[0][0].replace("10", "12")), outcome("lo3", WORDINGS[1][0])]
    assert [each for each in advice(design_outcomes=rows) if each[0] == "LO8"] == [("LO8", "lo2")]


@pytest.mark.parametrize(("count", "fires"), [(1, True), (2, False), (7, False), (8, True)])
def test_there_are_two_to_seven_outcomes(count, fires):
    rows = [
        outcome(f"lo{place}", f"Calibrate meter type {place * 'x'} in a house within {place} minutes")
        for place in range(count)
    ]
    assert (("LO10", "") in advice(design_outcomes=rows)) is fires


def test_an_outcome_of_an_hour_is_hardly_one():
    activities = [
        {"id": "t1", "name": "T1", "outcomes": ["lo1", "lo2"], "hours": 3.0},
        {"id": "t2", "outcomes": ["lo2"], "hours": 1.0},
    ]
    rows = [outcome("lo1"), outcome("lo2", WORDINGS[1][0])]
    assert advice(design_outcomes=rows, design_activities=activities) == [("LO11", "lo1")]


def test_words_are_not_judged_in_a_language_that_the_rules_do_not_speak():
    told = {"design.outcomes": [outcome("lo1", "Comprendre les pompes"), outcome("lo2", "Connaître les règles")]}
    french = told | {"credential.languages": {"picks": ["fr"], "other": ""}}
    assert {rule for rule, _ in found(check_objectives(known_by_id(told)))} == {"LO1", "LO4", "LO5"}
    assert found(check_objectives(known_by_id(french))) == []
