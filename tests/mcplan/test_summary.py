"""A plan in sentences: they read as if somebody had written them, whatever is known and whatever is not."""

import re
from dataclasses import astuple, dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcplan.onepage import tell, write_pitch
from mcplan.onepage.grammar import several, within
from mcplan.onepage.pitch import words
from mcplan.readiness import assess_readiness
from mcplan.views.summary import PITCH, SUMMARY, view_summary
from questionnaire.load import load_questionnaire
from tests.builders import a_plan, a_questionnaire
from tests.mcplan.badges import FACTS, FULL, picked
from tests.mcplan.designs import known_by_id

SEGMENTS = [
    {"id": "s1", "name": "Licensed technicians", "size": 1150.0},
    {"id": "s2", "name": "Ontario apprentices"},
]
EVIDENCE = [
    {"id": "e1", "source": "our own staff", "kind": "interviews", "external": "no", "finding": "Everybody likes it"},
    {
        "id": "e2", "source": "survey of technicians", "kind": "survey", "external": "yes", "on": "2026-09-22",
        "size": 62.0, "finding": "44 of 62 had commissioned a unit without any training.",
    },
    {"id": "e3", "source": "a letter", "kind": "employer-letter", "external": "yes", "finding": "We would hire them"},
]  # fmt: skip
CREDENTIALS = [
    {"id": "mc2", "name": "MC2", "title": "Heat pumps", "this": "yes"},
    {"id": "cert", "name": "CERT", "title": "Certificate in Electrification", "terminal": "yes"},
    {"id": "mc3", "name": "MC3", "title": "Controls"},
]
PATHWAY = [
    {"id": "p1", "name": "1", "from": "mc2", "to": "cert", "kind": "counts-toward"},
    {"id": "p2", "name": "2", "from": "mc2", "to": "mc3", "kind": "recommended"},
    {"id": "p3", "name": "3", "from": "mc3", "to": "cert", "kind": "counts-toward"},
]
ALL = FULL | {
    "marketing.segments": SEGMENTS,
    "strategic.demand-evidence": EVIDENCE,
    "operational.currency": picked("cad"),
    "operational.prices": [{"id": "o1", "segment": "Members", "price": 900.0}, {"id": "o2", "price": 1250.0}],
    "design.credentials": CREDENTIALS,
    "design.pathway": PATHWAY,
}


def told(changes=None, **plan):
    return tell(known_by_id(ALL | (changes or {}), **FACTS | plan))


def test_the_full_plan_is_told_in_whole_sentences():
    told_ = told()

    assert told_.can == FACTS["summary"]
    assert told_.audience == "It is meant for licensed technicians (1,150 people) and Ontario apprentices."
    assert told_.need == (
        "44 of 62 had commissioned a unit without any training (Survey of technicians, September 2026)."
    )
    assert told_.takes == "It takes 48 hours over 8 weeks, partly online and partly in person."
    assert told_.stands == "It stands at EQF level 5 and carries 2 ECTS credits."
    assert told_.price == "A place costs from CAD 900 to CAD 1,250, depending on who takes it."
    assert told_.start == "The first learners begin on 3 May 2027."
    assert told_.proof == "Earners prove it in a marked assignment and a practical assessment."
    assert told_.passing == "Passing takes 75 % overall, and at least 60 % in Commissioning practical."
    assert told_.leads == "It counts towards “Certificate in Electrification” and prepares for “Controls”."


VARIANTS = [
    ({"credential.duration": None}, {}, "takes", "It takes 48 hours, partly online and partly in person."),
    ({"credential.workload": None, "credential.duration": 1.0}, {}, "takes",
     "It takes 1 week, partly online and partly in person."),
    ({"credential.workload": None, "credential.duration": None, "credential.mode": picked("online")}, {}, "takes",
     "It takes place online."),
    ({"credential.level": None, "credential.credit": 1.0}, {}, "stands", "It carries 1 ECTS credit."),
    ({"credential.credit-system": picked("none")}, {}, "stands", "It stands at EQF level 5."),
    ({"operational.prices": [{"id": "o", "price": 0.0}]}, {}, "price", "It costs learners nothing."),
    ({"operational.currency": None, "operational.prices": [{"id": "o", "price": 80.0}]}, {}, "price",
     "A place costs 80."),
    ({"strategic.demand-evidence": [{"id": "e", "source": "the census", "kind": "labour-market"}]}, {}, "need",
     "That it is needed rests on labour market figures, “The census”."),
    ({"design.assessments": None, "credential.assessment-types": picked("oral-examination", "quiz")}, {}, "proof",
     "Earners prove it in an oral examination and a quiz."),
    ({"design.pathway": []}, {}, "leads", ""),
    ({"design.pathway": [], "design.credentials": [CREDENTIALS[0] | {"terminal": "yes"}]}, {}, "leads",
     "It is complete in itself."),
    ({}, {"summary": ""}, "can",
     "Earners can calculate the heating load of a dwelling to within 10 % and commission an air-source heat pump "
     "by the maker's procedure."),
    ({}, {"start": None}, "start", ""),
    ({"marketing.segments": [{"id": "words", "name": "First come the 1,900 technicians near us. Later we want "
                              "apprentices in their last year as well"}]}, {}, "audience",
     "First come the 1,900 technicians near us. Later we want apprentices in their last year as well."),
    ({"strategic.demand-evidence": [
        {"id": "e1", "source": "ours", "kind": "labour-market", "external": "no", "finding": "Inside", "size": 900.0},
        {"id": "e2", "source": "theirs", "kind": "interviews", "external": "yes", "finding": "Outside", "size": 3.0},
     ]}, {}, "need", "Outside (Theirs)."),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "facts", "name", "says"), VARIANTS, ids=lambda each: str(each)[:50])
def test_what_is_not_known_leaves_no_hole(changes, facts, name, says):
    assert getattr(told(changes, **facts), name) == says


HOLES = re.compile(r"  | [.,;)]|\(\)|[.,;][.,;]|\bNone\b|\b(?:at|over|from|in|for|and|to|of)[.,;]|“”")


@settings(max_examples=80, deadline=None)
@given(st.sets(st.sampled_from([*ALL])), st.sets(st.sampled_from(["institution", "summary", "start"])))
def test_whatever_is_left_out_every_sentence_stays_whole(answers, facts):
    plan = {name: value for name, value in FACTS.items() if name not in facts}
    known = known_by_id({name: value for name, value in ALL.items() if name not in answers}, **plan)
    sentences = [*(each for each in astuple(tell(known)) if each), write_pitch(known, tell(known))]

    for each in sentences:
        assert not HOLES.search(each), each
        assert re.fullmatch(r"[A-Z0-9“].*\.", each), each


@dataclass(frozen=True)
class Threshold:
    safe: int | None


@dataclass(frozen=True)
class Money:
    surplus: Decimal
    payback: Decimal | None
    whole: Threshold
    years: tuple[int, ...] = (1, 2, 3)


@pytest.mark.parametrize(
    ("finance", "says"),
    [
        (
            Money(Decimal("5983.4"), Decimal("2.87"), Threshold(41)),
            "Over three years it leaves a surplus of CAD 5,983; what was spent has come back after 2.9 years and "
            "from 41 learners a year on it always pays.",
        ),
        (
            Money(Decimal("-4017"), None, Threshold(None), (1,)),
            "In its first year it costs CAD 4,017 more than it brings in.",
        ),
        (None, ""),
    ],
)
def test_money_is_a_sentence_if_it_has_been_worked_out(finance, says):
    assert tell(known_by_id(ALL, **FACTS), finance=finance).money == says


def test_readiness_is_a_sentence_for_its_gate():
    questionnaire, plan = a_questionnaire(), a_plan()

    says = tell(known_by_id({}), assess_readiness(questionnaire, plan, "G3")).readiness
    assert says == "Readiness for launch is 0 % (Red: not ready), with no stops."


def test_the_pitch_takes_half_a_minute_and_says_first_what_matters_most():
    known = known_by_id(ALL, **FACTS)
    pitch = write_pitch(known, tell(known))

    assert 60 <= words(pitch) <= 90
    assert pitch.startswith("Heat pump commissioning is a micro-credential from Larkfield College. Earners can")
    assert "44 of 62 had commissioned" in pitch


def test_a_long_text_is_cut_at_a_sentence_and_never_within():
    long = "Earners can size a heat pump. " + "They can also do a great many further things that take words. " * 12
    known = known_by_id(ALL, **FACTS | {"summary": long})
    pitch = write_pitch(known, tell(known))

    assert words(pitch) <= 90
    assert "Earners can size a heat pump. It is meant for" in pitch
    assert pitch.endswith(".")


@given(st.text(min_size=1, max_size=900), st.text(max_size=900))
def test_a_pitch_never_has_more_than_ninety_words(summary, finding):
    known = known_by_id(
        ALL | {"strategic.demand-evidence": [{"id": "e", "source": "x", "finding": finding}]},
        **FACTS | {"summary": summary},
    )
    assert words(write_pitch(known, tell(known))) <= 90


def test_ones_own_words_stand_instead_of_composed_ones():
    own = {"words.summary": "Our summary.", "words.pitch": "Our pitch."}
    view = view_summary(known_by_id(ALL | own, **FACTS))

    assert (view.own, view.paragraphs, view.pitch) == ("Our summary.", (), "Our pitch.")
    assert view.pitch_origin == "In your own words, 2 words so far; 60 to 90 make half a minute."
    assert view.missing == ()


def test_what_is_composed_can_be_written_on_from_whoever_has_written_what():
    composed, own = (view_summary(known_by_id(ALL | each, **FACTS)) for each in ({}, {"words.summary": "Ours."}))

    assert composed.composed == own.composed
    assert [line.split(":**")[0].strip("*") for line in composed.composed.split("\n\n")] == [
        each.head for each in composed.paragraphs
    ]
    assert (composed.own_pitch, own.own_pitch) == (False, False)


def test_the_shipped_questionnaire_keeps_the_teams_own_words_and_no_gate_asks_for_them():
    shipped = load_questionnaire()

    for id in (SUMMARY, PITCH):
        assert shipped.question(id).kind == "long text"
        assert not shipped.phase_of(shipped.question(id)).walked


def test_what_would_make_it_say_more_is_named_with_its_question():
    known = known_by_id(ALL | {"design.credentials": [], "operational.prices": []}, **FACTS | {"start": None})
    view = view_summary(known)

    assert [each.says for each in view.missing] == [
        "What a place costs.", "When the first learners begin, on the overview.", "Where it leads."
    ]  # fmt: skip
    assert [each.question_id for each in view.missing] == ["operational.prices", "", "design.credentials"]


def test_the_page_keeps_the_order_in_which_a_reader_asks():
    view = view_summary(known_by_id(ALL, **FACTS))

    assert [each.head for each in view.paragraphs] == [
        "What an earner can do", "For whom", "Why it is needed", "What it takes", "How it is assessed", "Where it leads"
    ]  # fmt: skip


def test_words_have_their_articles_and_plurals():
    assert several(1, "oral examination") == "an oral examination"
    assert several(2, "quiz") == "two quizzes"
    assert several(12, "portfolio") == "12 portfolios"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Licensed technicians", "licensed technicians"),
        ("HVAC crews.", "HVAC crews"),
        ("Red Seal holders", "Red Seal holders"),
        ("Ontario apprentices", "Ontario apprentices"),
        ("3rd-year students", "3rd-year students"),
    ],
)
def test_names_keep_their_capitals_inside_a_sentence(name, said):
    assert within(name, known_by_id({"credential.region": "Ontario"}, start=date(2027, 5, 3))) == said
