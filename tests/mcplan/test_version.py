"""Versions: what was frozen comes back as it was, whatever questions and rules have become since."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date

import pytest

from mcplan import version
from mcplan.dossier import DossierInput, make_dossier
from mcplan.example import load_example
from mcplan.finding import Finding
from mcplan.frozen_json import read, write
from mcplan.plan import Answer, Evidence, Member, Plan
from mcplan.risk import Risk
from mcplan.version import VersionRefused, digest, freeze, read_name, state_of, thaw, wording_of
from questionnaire.load import load_questionnaire
from questionnaire.model import Column, Question, Stage
from tests.builders import NOON, a_plan, a_question, a_questionnaire, an_answer


def frozen(state):
    return freeze(state, number=1, name="For the Senate", by="Dana Okafor", at=NOON)


@pytest.fixture(scope="module")
def example():
    return state_of(load_questionnaire(), load_example())


def test_a_version_thaws_to_what_was_frozen(example):
    kept = frozen(example)

    back = thaw(kept.content, kept.wording, kept.sha256)

    assert back == example
    assert [list(each.options) for each in back.questionnaire.questions()] == [
        list(each.options) for each in example.questionnaire.questions()
    ]
    assert frozen(back) == kept


def test_the_same_plan_gives_the_same_text_however_it_came_about(example):
    shuffled = replace(example.plan, answers=dict(reversed(example.plan.answers.items())))

    assert frozen(replace(example, plan=shuffled)).content == frozen(example).content
    assert digest(frozen(example).content) == frozen(example).sha256


def test_numbers_come_back_as_the_kind_of_number_they_were():
    asked = a_questionnaire(a_question("hours", kind="quantity", unit="hours"))
    kept = frozen(state_of(asked, a_plan(an_answer("first.hours", 48.0))))

    assert '"value":48.0' in kept.content


def test_readiness_is_that_of_then_and_not_worked_out_anew(monkeypatch):
    question = a_question(weight=3, gate="G1")
    kept = frozen(state_of(a_questionnaire(question), a_plan(an_answer())))
    before = thaw(kept.content, kept.wording, kept.sha256)

    monkeypatch.setattr("mcplan.readiness.CREDIT", (0.0, 0.1, 0.2, 1.0))

    assert thaw(kept.content, kept.wording, kept.sha256).readiness == before.readiness
    assert state_of(a_questionnaire(question), a_plan(an_answer())).readiness != before.readiness


def test_the_wording_is_that_of_then():
    asked, now = a_questionnaire(a_question()), a_questionnaire(a_question(ask="What about the case, really?"))
    kept = frozen(state_of(asked, a_plan(an_answer())))

    assert thaw(kept.content, kept.wording, kept.sha256).questionnaire == asked
    assert wording_of(now)[1] != kept.wording_sha256


@pytest.mark.parametrize("part", ["content", "wording"])
def test_what_was_tampered_with_is_refused(part):
    kept = frozen(state_of(a_questionnaire(), a_plan(an_answer())))
    changed = kept._replace(**{part: getattr(kept, part).replace("case", "cage")})

    with pytest.raises(VersionRefused, match="not what was frozen"):
        thaw(changed.content, changed.wording, kept.sha256)


def test_a_version_of_a_newer_mcplan_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(version, "FORMAT", 2)
    kept = frozen(state_of(a_questionnaire(), a_plan()))
    monkeypatch.setattr(version, "FORMAT", 1)

    with pytest.raises(VersionRefused, match="newer mcplan"):
        thaw(kept.content, kept.wording, kept.sha256)


def test_what_a_later_mcplan_adds_is_left_out_and_what_an_earlier_one_did_not_know_gets_its_default():
    raw = write(Member, Member("dana", "Dana Okafor", "initiative-lead"))

    assert read(Member, raw | {"phone": "1"}) == Member("dana", "Dana Okafor", "initiative-lead")
    assert read(Member, {"id": "dana", "name": "Dana Okafor"}) == Member("dana", "Dana Okafor")
    with pytest.raises(ValueError, match="Member without name"):
        read(Member, {"id": "dana"})


FIRST_FORM: dict[type, set[str]] = {
    Plan: {"id", "title"},
    Answer: {"question_id"},
    Evidence: {"title"},
    Member: {"id", "name"},
    Question: {"id", "ask", "kind"},
    Column: {"id", "label"},
    Finding: {"rule", "severity", "says"},
    Risk: {"id", "rule", "cause", "event", "consequence", "likelihood", "impact", "category", "gate"},
}


@pytest.mark.parametrize("kind", FIRST_FORM, ids=lambda kind: kind.__name__)
def test_a_field_that_is_added_has_a_default_or_older_versions_could_not_be_read(kind):
    plain = Question("q", "Ask?", "short text") if kind is Question else None
    needed = {
        each.name
        for each in fields(plain or kind)
        if each.default.__class__.__name__ == "_MISSING_TYPE"
        and each.default_factory.__class__.__name__ == "_MISSING_TYPE"
    }

    assert needed == FIRST_FORM[kind]


def test_every_kind_of_value_survives():
    answer = an_answer(
        "first.case",
        {"rows": [{"id": "a", "name": "Ünïcode 漢", "n": 1.5, "none": None, "picks": ["x", "y"]}]},
        stage=Stage.EVIDENCED,
        evidence=(Evidence("Survey", "https://a.example", "n=40", "2027-01-02"),),
        confidence={"Dana Okafor": 4},
    )
    plan = a_plan(answer, start=date(2027, 9, 1), changed_at=NOON, archived_at=None)

    assert read(Plan, json.loads(json.dumps(write(Plan, plan)))) == plan


def test_the_dossier_of_a_version_is_the_one_that_was_made_then(example):
    kept = frozen(example)
    back = thaw(kept.content, kept.wording, kept.sha256)

    def paper(state):
        figures = state.readiness["G1"]
        return make_dossier(
            DossierInput(state.questionnaire, state.plan, figures, state.risks, state.findings, NOON, brief=True)
        )

    assert paper(back) == paper(example)


@pytest.mark.parametrize(
    ("typed", "says"), [("", "Give the version a name"), (None, "Give"), ("x" * 121, "takes 120 characters")]
)
def test_a_version_needs_a_name(typed, says):
    with pytest.raises(VersionRefused, match=says):
        read_name(typed)


def test_a_name_is_one_line():
    assert read_name("  For the\nSenate ") == "For the Senate"
