"""The rules on demand, credential, assessment, duties and boards: what makes each speak, and what quiets it."""

from datetime import UTC, date, datetime

import pytest

from mcplan.catalogue import load_fields
from mcplan.checks.assessing import check_assessing
from mcplan.checks.boards import check_boards, missing_fields
from mcplan.checks.credential import check_credential, clashing_words
from mcplan.checks.demand import check_demand
from mcplan.checks.duties import check_duties
from mcplan.checks.maps import check_maps
from mcplan.checks.money import check_money
from mcplan.checks.tables import check_tables
from mcplan.known import Known
from mcplan.packs import load_packs
from questionnaire.model import Column, Question, Stage
from tests.builders import a_plan, a_question, a_questionnaire, an_answer
from tests.mcplan.costings import a_known, worked_tables
from tests.mcplan.designs import found, known_by_id


def pick(*options):
    return {"picks": list(options), "other": ""}


def row(id, **cells):
    return {"id": id, "name": id.capitalize(), **cells}


SURVEY = row("survey", on="2026-09-22", external="yes")
COUNT = row("count", on="2026-08-31", external="no")
WHOLE = {"price": 400.0, "hours": 16.0}
WRITTEN = row("unit", supervision="unsupervised-id", summative="yes", weight=60.0, ai="none")
WATCHED = row("lab", supervision="supervised-onsite-id", summative="yes", weight=40.0, ai="none")
TASK = row("write", stage="build")

# The check, what makes it speak, the rule with its row, and what quiets it.
CASES = [
    (
        check_demand,
        {"strategic.demand-evidence": [SURVEY]},
        "NO-DEMAND-EVIDENCE",
        "",
        {"strategic.demand-evidence": [SURVEY, COUNT]},
    ),
    (
        check_demand,
        {"strategic.demand-evidence": [COUNT, COUNT | {"id": "b"}]},
        "NO-DEMAND-EVIDENCE",
        "",
        {"strategic.demand-evidence": []},
    ),
    (
        check_demand,
        {"strategic.demand-evidence": [SURVEY | {"on": "2025-03-01"}, COUNT]},
        "STALE-EVIDENCE",
        "survey",
        {"strategic.demand-evidence": [SURVEY | {"on": "2025-03-02"}, COUNT]},
    ),
    (
        check_demand,
        {"strategic.competitors": [row("a", **WHOLE), row("b", **WHOLE), row("c", price=1.0)]},
        "COMPARATORS-FEW",
        "",
        {"strategic.competitors": [row("a", **WHOLE), row("b", **WHOLE), row("c", **WHOLE)]},
    ),
    (
        check_demand,
        {"strategic.endorsements": [row("union", need="yes", realism="unknown")]},
        "ENDORSEMENT-HALF",
        "union",
        {"strategic.endorsements": [row("union", need="yes", realism="yes")]},
    ),
    (
        check_credential,
        {"credential.expires": "yes", "credential.renewal": pick("none")},
        "EXPIRY-WITHOUT-RENEWAL",
        "",
        {"credential.expires": "yes", "credential.renewal": pick("reassessment")},
    ),
    (
        check_credential,
        {"credential.approvals": [row("council", due="2027-05-04", status="planned")]},
        "TIMELINE",
        "council",
        {"credential.approvals": [row("council", due="2027-05-03", status="planned")]},
    ),
    (
        check_credential,
        {"lifecycle.stages": [row("design", **{"from": "2027-03-02", "due": "2027-03-01"})]},
        "TIMELINE",
        "design",
        {"lifecycle.stages": [row("design", **{"from": "2027-03-01", "due": "2027-03-01"})]},
    ),
    (
        check_credential,
        {"lifecycle.stages": [row("design", due="2027-03-02"), row("build", due="2027-03-01")]},
        "TIMELINE",
        "build",
        {"lifecycle.stages": [row("design", due="2027-03-02"), row("build"), row("launch", due="2027-03-02")]},
    ),
    (
        check_assessing,
        {"design.assessments": [WRITTEN, WATCHED]},
        "UNSUPERVISED-HIGH-STAKES",
        "",
        {"design.assessments": [WRITTEN | {"weight": 50.0}, WATCHED | {"weight": 50.0}]},
    ),
    (
        check_assessing,
        {"design.assessments": [WATCHED | {"ai": None}]},
        "AI-POLICY-MISSING",
        "lab",
        {"design.assessments": [WATCHED]},
    ),
    (
        check_assessing,
        {"design.pass-mark": 75.0, "design.standard-method": pick("none")},
        "NO-CUT-SCORE-METHOD",
        "",
        {"design.pass-mark": 75.0, "design.standard-method": pick("angoff")},
    ),
    (
        check_assessing,
        {
            "maintenance.psychometrics": [row("alpha", **{"from": 100.0})],
            "operational.enrolment": [row("one", base=99.0)],
        },
        "N-TOO-SMALL",
        "alpha",
        {
            "maintenance.psychometrics": [row("alpha", **{"from": 100.0})],
            "operational.enrolment": [row("one", base=100.0)],
        },
    ),
    (
        check_assessing,
        {"maintenance.psychometrics": [row("p")], "operational.enrolment": [row("one", base=29.0)]},
        "N-TOO-SMALL",
        "p",
        {"maintenance.psychometrics": [row("p")], "operational.enrolment": []},
    ),
    (
        check_assessing,
        {"delivery.trainers": [row("luc", role="both"), row("ann", role="trainer")]},
        "KEY-PERSON",
        "luc",
        {"delivery.trainers": [row("luc", role="both"), row("ann", role="assessor")]},
    ),
    (
        check_duties,
        {"operational.accessibility": [row("lms", tested="The library")]},
        "NO-ACCESSIBILITY-EVIDENCE",
        "lms",
        {"operational.accessibility": [row("lms", tested="The library", on="2026-10-01")]},
    ),
    (
        check_duties,
        {"operational.accommodations": [row("time", assured="More time")]},
        "NO-ACCOMMODATION-PROCESS",
        "time",
        {"operational.accommodations": [row("time", requested="By a form")]},
    ),
    (
        check_duties,
        {"operational.agreements": [row("guild", signed="no", ip="Ours")]},
        "PARTNER-NO-AGREEMENT",
        "guild",
        {"operational.agreements": [row("guild", signed="yes", ip="Ours")]},
    ),
    (
        check_duties,
        {"design.activities": [row("unit", source="curate")]},
        "IP-UNCLEAR",
        "unit",
        {"design.activities": [row("unit", source="build")]},
    ),
    (
        check_duties,
        {"operational.agreements": [row("guild", signed="yes")]},
        "IP-UNCLEAR",
        "guild",
        {"operational.agreements": [row("guild", signed="yes", ip="Shared")]},
    ),
    (
        check_duties,
        {"operational.privacy": [row("film", public="yes")]},
        "PRIVACY-EVIDENCE",
        "film",
        {"operational.privacy": [row("film", public="yes", consent="yes")]},
    ),
    (
        check_duties,
        {"operational.assumptions": [row("shift", value=10.0)], "operational.sign-offs": [row("it", outcome="agreed")]},
        "CANNIBALISATION",
        "affected-programmes",
        {
            "operational.assumptions": [row("shift", value=10.0)],
            "operational.sign-offs": [row("affected-programmes", outcome="conditions")],
        },
    ),
    (
        check_duties,
        {"operational.sign-offs": [row("finance", outcome="refused")]},
        "SIGN-OFF-REFUSED",
        "finance",
        {"operational.sign-offs": [row("finance", outcome="open")]},
    ),
    (
        check_duties,
        {"maintenance.review": [row("content")], "maintenance.sunset": []},
        "NO-SUNSET",
        "",
        {"maintenance.review": [row("content")], "maintenance.sunset": [row("degree")]},
    ),
    (
        check_duties,
        {"operational.systems": [row("badges", kind="issuance", state="to-procure")]},
        "BADGE-PLATFORM-MISSING",
        "badges",
        {"operational.systems": [row("badges", kind="issuance", state="in-use")]},
    ),
    (
        check_duties,
        {"design.badge-standard": pick("open-badges-3"), "design.verification": pick("unknown")},
        "NO-REVOCATION",
        "",
        {"design.badge-standard": pick("open-badges-3"), "design.verification": pick("status-list")},
    ),
    (
        check_duties,
        {"operational.interfaces": [row("grades", state="planned")]},
        "INTERFACE-UNCONFIRMED",
        "grades",
        {"operational.interfaces": [row("grades", state="planned", confirmed="IT")]},
    ),
    (
        check_duties,
        {"delivery.launch-check": [row("reviewed", done="no")]},
        "LAUNCH-UNCHECKED",
        "reviewed",
        {"delivery.launch-check": [row("reviewed", done="yes")]},
    ),
    (
        check_maps,
        {
            "operational.systems": [row("lms"), row("sis"), row("badge")],
            "operational.interfaces": [row("a", **{"from": "lms", "to": "sis"})],
        },
        "SYSTEM-ALONE",
        "badge",
        {"operational.systems": [row("lms"), row("sis"), row("badge")], "operational.interfaces": []},
    ),
    (
        check_maps,
        {"lifecycle.institution": [row("issuance", resources="weak")], "delivery.issuance": None},
        "INSTITUTION-WEAK",
        "issuance",
        {"lifecycle.institution": [row("issuance", resources="weak", action="Ask")], "delivery.issuance": None},
    ),
    (
        check_maps,
        {"lifecycle.stages": [row("build", due="2027-01-31")], "lifecycle.tasks": [TASK | {"due": "2027-02-01"}]},
        "TIMELINE",
        "write",
        {"lifecycle.stages": [row("build", due="2027-01-31")], "lifecycle.tasks": [TASK | {"due": "2027-01-31"}]},
    ),
    (check_maps, {"delivery.pilot-from": "2027-06-01"}, "TIMELINE", "", {"delivery.pilot-from": "2027-05-03"}),
    (check_maps, {"credential.last-intake": "2027-04-01"}, "TIMELINE", "", {"credential.last-intake": "2027-05-03"}),
]
PLAN = {"start": date(2027, 5, 3), "changed_at": datetime(2027, 4, 1, tzinfo=UTC)}


@pytest.mark.parametrize(("check", "loud", "rule", "row_id", "quiet"), CASES)
def test_a_rule_speaks_of_the_row_that_causes_it_and_is_quiet_once_it_is_mended(check, loud, rule, row_id, quiet):
    assert found(check(known_by_id(loud, **PLAN))) == [(rule, row_id)]
    assert found(check(known_by_id(quiet, **PLAN))) == []


@pytest.mark.parametrize(("check", "answers"), [(case[0], case[1]) for case in CASES])
def test_nothing_is_said_of_what_nobody_has_begun(check, answers):
    assert found(check(known_by_id(dict.fromkeys(answers), **PLAN))) == []


@pytest.mark.parametrize(("shift", "severity"), [(20.0, "note"), (21.0, "warning")])
def test_many_learners_of_a_sister_credential_weigh_more_than_few(shift, severity):
    told = known_by_id({"operational.assumptions": [row("shift", value=shift)]})
    assert [each.severity for each in check_duties(told)] == [severity]


def test_one_person_with_most_of_the_critical_answers_is_named():
    questions = [a_question(slug, weight=3) for slug in ("a", "b", "c", "d", "e")]
    answers = [an_answer(question.id) for question in questions[:3]]
    plan = a_plan(*answers, *(an_answer(question.id, owner="sam") for question in questions[3:]))
    told = [each.says for each in check_assessing(Known(a_questionnaire(*questions), plan))]
    assert told == ["Dana Okafor owns 3 of 5 critical questions. Who steps in if they are away?"]
    assert not list(check_assessing(Known(a_questionnaire(*questions), a_plan(*answers[:2]))))


@pytest.mark.parametrize(
    ("title", "packs", "words"),
    [
        ("Master class in heat pumps", [], ["master"]),
        ("Mastery of heat pumps", [], []),
        ("National Diploma in Care", ["nz"], ["national", "diploma"]),
        ("National Diploma in Care", [], ["diploma"]),
    ],
)
def test_a_title_keeps_off_the_words_of_whole_qualifications(title, packs, words):
    told = known_by_id({"credential.frameworks": pick(*packs)}, title=title)
    assert clashing_words(told) == words
    assert [each.rule for each in check_credential(told)] == ["TITLE-CLASH"] * bool(words)


def test_a_reason_makes_a_clashing_title_a_note():
    told = known_by_id({"credential.title-reason": "A master craftsman teaches it."}, title="Master class")
    assert [each.severity for each in check_credential(told)] == ["note"]


def test_the_description_has_a_hundred_words():
    assert found(check_credential(known_by_id({"a.b": "x"}, summary="word " * 101))) == [("DESCRIPTION-LONG", "")]
    assert found(check_credential(known_by_id({"a.b": "x"}, summary="word " * 100))) == []


FILLED = Question("credential.workload", "Hours?", "quantity", unit="hours", fields=("F17",))


@pytest.mark.parametrize(
    ("pack", "answers", "rules"),
    [
        ("ca-on", {"credential.workload": 4.0}, [("VOLUME", "")]),
        ("ca-on", {"credential.workload": 300.0, "credential.duration": 12.0}, [("BOUND", "")]),
        ("ca-on", {"credential.workload": 300.0, "credential.duration": 11.0}, []),
        ("generic", {"credential.workload": 100.5}, [("VOLUME", "")]),
        ("au", {"credential.workload": 0.5}, [("VOLUME", "")]),
        (
            "nz",
            {"credential.workload": 410.0, "credential.credit": 41.0, "credential.credit-system": pick("nz")},
            [("VOLUME", ""), ("BOUND", "")],
        ),
        (
            "nz",
            {"credential.workload": 50.0, "credential.credit": 7.0, "credential.credit-system": pick("nz")},
            [("BOUND", "")],
        ),
        ("nz", {"credential.workload": 50.0, "credential.credit": 7.0, "credential.credit-system": pick("ects")}, []),
        ("nz", {"maintenance.review": [row("all", every=48.0)]}, [("BOUND", "all")]),
    ],
)
def test_a_framework_holds_a_plan_to_its_bounds(pack, answers, rules):
    told = known_by_id({"credential.frameworks": pick(pack)} | answers)
    assert [each for each in found(check_boards(told)) if each[0] in ("BOUND", "VOLUME")] == rules


def test_what_a_framework_requires_stops_the_gate_until_it_is_said():
    frameworks = Question("credential.frameworks", "Boards?", "choices", options={"eu": "EU", "nz": "NZ"})
    questionnaire = a_questionnaire(frameworks, FILLED)
    plan = a_plan(an_answer("credential.frameworks", pick("eu")), institution="Larkfield College")
    pack = load_packs()["eu"]
    assert missing_fields(Known(questionnaire, plan), pack) == ("F15", "F17", "F21", "F28", "F39")
    answered = a_plan(*plan.answers.values(), an_answer(FILLED.id, 48.0), institution="Larkfield College")
    assert missing_fields(Known(questionnaire, answered), pack) == ("F15", "F21", "F28", "F39")
    findings = list(check_boards(Known(questionnaire, plan)))
    assert {(each.rule, each.question_id) for each in findings if each.is_blocker} >= {("FIELD-MISSING", FILLED.id)}
    assert not list(check_boards(Known(questionnaire, a_plan())))


def test_packs_are_dated_say_their_source_and_name_fields_that_exist():
    assert list(load_packs()) == ["au", "ca-on", "eu", "generic", "nz"]
    for pack in load_packs().values():
        assert pack.source
        assert pack.dated >= date(2026, 11, 22)
        assert set(pack.required) | set(pack.recommended) <= set(load_fields())
        assert not set(pack.required) & set(pack.recommended)
    assert len(load_packs()["nz"].required) == 15


STEPS = a_question(
    "steps",
    kind="table",
    least=2,
    columns=(
        Column("name", "Step", required=True),
        Column("who", "Who", required=True),
        Column("after", "After", "rows", of="first.steps"),
    ),
)


@pytest.mark.parametrize(
    ("rows", "rules"),
    [
        ([{"id": "a", "name": "Cut", "who": "Sam"}, {"id": "b", "name": "Sew"}], [("ROW-UNFINISHED", "b")]),
        ([{"id": "a", "name": "Cut", "who": "Sam"}], [("ROWS-TOO-FEW", "")]),
        (
            [
                {"id": "a", "name": "Cut", "who": "Sam", "after": ["b", "gone"]},
                {"id": "b", "name": "Sew", "who": "Kim"},
            ],
            [("ROW-LOST", "a")],
        ),
    ],
)
def test_a_table_that_is_not_whole_says_which_row(rows, rules):
    questionnaire, answer = a_questionnaire(STEPS), an_answer(STEPS.id, {"rows": rows}, stage=Stage.AGREED)
    assert found(check_tables(Known(questionnaire, a_plan(answer)))) == rules
    assert a_plan(answer).stage(STEPS) is (Stage.AGREED if rules[0][0] == "ROW-LOST" else Stage.DRAFTED)
    assert found(check_tables(Known(questionnaire, a_plan()))) == []


def test_money_speaks_of_what_a_board_should_hear():
    rules = [rule for rule, _ in found(check_money(a_known(worked_tables())))]
    assert rules == ["LOSS-AT-LOW", "GRANT-UNCONFIRMED"]
    dearer = worked_tables()
    dearer["prices"] = [row | {"price": 1_000} for row in dearer["prices"]]
    assert "PRICE-BELOW-COST" in [rule for rule, _ in found(check_money(a_known(dearer)))]
    tight = worked_tables()
    tight["assumptions"] = [*tight["assumptions"], {"id": "cohorts", "value": 4}, {"id": "minimum", "value": 50}]
    assert {"CAPACITY", "COHORT-TOO-SMALL"} <= {rule for rule, _ in found(check_money(a_known(tight)))}


def test_money_says_only_what_cannot_be_right_before_there_is_enough():
    prices = [{"id": "a", "segment": "All", "price": 900.0, "share": 60.0}]
    assert found(check_money(known_by_id({"operational.prices": prices, "operational.costs": []}))) == [
        ("MONEY-UNCLEAR", "")
    ]
    assert found(check_money(known_by_id({"operational.prices": [], "operational.costs": []}))) == []
