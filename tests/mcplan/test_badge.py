"""The draft Achievement: what stands in it, and that other systems can read it."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft201909Validator
from markdown_it import MarkdownIt

from mcplan.badge import check_achievement, write_achievement
from mcplan.badge.checks import is_sound
from mcplan.badge.criteria import compose_criteria
from mcplan.badge.escape import escape, unescape
from mcplan.checks.course import read_course
from mcplan.text import clean_text
from tests.mcplan.badges import OUTCOMES, URN, changed, full, minimal, picked
from tests.mcplan.designs import known_by_id

STANDARDS = Path(__file__).parents[1] / "standards"
SCHEMA = json.loads((STANDARDS / "ob_v3p0_achievementcredential_schema.json").read_text(encoding="utf-8"))
TERMS = json.loads((STANDARDS / "ob-v3p0-context-3.0.3.json").read_text(encoding="utf-8"))["@context"]
ACHIEVEMENT = {"$schema": SCHEMA["$schema"], "$ref": "#/$defs/Achievement", "$defs": SCHEMA["$defs"]}
OFFICIAL = Draft201909Validator(ACHIEVEMENT)
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def narrative(known):
    return write_achievement(known)["criteria"]["narrative"]


def test_the_full_plan_becomes_a_draft_with_every_field_that_has_a_home():
    draft = write_achievement(full())

    assert [*draft] == [
        "@context", "id", "type", "achievementType", "name", "description", "humanCode", "version", "inLanguage",
        "fieldOfStudy", "criteria", "image", "creator", "creditsAvailable", "alignment", "resultDescription", "tag",
    ]  # fmt: skip
    assert draft["id"] == URN
    assert (draft["achievementType"], draft["version"], draft["inLanguage"]) == ("MicroCredential", "0.3.0-draft", "en")
    assert draft["fieldOfStudy"] == "Electricity and energy (ISCED-F 0713)"
    assert draft["tag"] == ["heat pump", "Commissioning", "48 hours"]
    assert draft["creditsAvailable"] == 2
    assert draft["image"]["caption"] == "A shield with a snowflake"
    assert draft["creator"] == {
        "id": "https://example.org/larkfield",
        "type": ["Profile"],
        "name": "Larkfield College",
        "url": "https://example.org/larkfield",
        "address": {"type": ["Address"], "addressCountry": "CA", "addressRegion": "Ontario"},
    }


def test_the_criteria_tell_outcomes_weights_pass_rule_and_all_that_has_no_field_of_its_own():
    assert narrative(full()) == "\n\n".join(
        (
            "Earners show all of the following:",
            "- Calculate the heating load of a dwelling to within 10 % (40 %)\n"
            "- Commission an air-source heat pump by the maker's procedure (60 %)",
            "**How it is assessed:** Load calculation (marked assignment, 40 %, unsupervised, identity not checked); "
            "Commissioning practical (practical assessment, 60 %, supervised on site, identity checked).",
            "**Pass rule:** 75 % overall, and at least 60 % in Commissioning practical.",
            "**Attempts:** 2 for each assessment.",
            "**Workload:** 48 hours, blended, within 8 weeks.",
            "**Level:** EQF level 5.",
            "**Entry:** A refrigeration licence.",
            "**Validity:** 36 months; renewed by taking the assessment again.",
            "**Prior learning:** the same assessment, without the course.",
        )
    )


def test_what_is_not_known_leaves_no_trace():
    draft = write_achievement(minimal())

    assert [*draft] == ["@context", "id", "type", "achievementType", "name", "description", "criteria"]
    assert draft["criteria"]["narrative"] == "Earners show all of the following:\n\n- Rig an uneven load"


def test_a_plan_may_say_in_its_own_words_how_the_badge_is_earned():
    known = changed({"design.badge-criteria": "Pass *both* tasks:\n\n1. LO1\n2. LO2, see [here](https://example.org)"})

    assert narrative(known) == "Pass both tasks:\n\n1. LO1\n2. LO2, see here (https://example.org)"
    assert "BADGE-OUTCOME" not in rules(known)


def test_an_outcome_that_ones_own_words_forget_is_named():
    known = changed(
        {"design.badge-criteria": "Pass LO10, and commission an air-source heat pump by the maker's procedure."}
    )

    assert [each.row_id for each in check(known) if each.rule == "BADGE-OUTCOME"] == ["lo1"]


def test_an_outcome_and_an_occupation_with_an_address_are_aligned():
    draft = write_achievement(changed({"design.outcomes": [OUTCOMES[0], OUTCOMES[1] | {"url": "see the handbook"}]}))

    assert draft["alignment"] == [
        {
            "type": ["Alignment"],
            "targetName": "Calculate the heating load of a dwelling to within 10 %.",
            "targetUrl": "https://example.org/hp/2.1",
            "targetFramework": "Northlake profile",
            "targetCode": "HP-2.1",
            "targetType": "CFItem",
        },
        {
            "type": ["Alignment"],
            "targetName": "Heating mechanics",
            "targetUrl": "https://noc.esdc.gc.ca/",
            "targetFramework": "NOC",
            "targetCode": "72402",
        },
    ]


@pytest.mark.parametrize(
    ("country", "where"), [("us", ["www.bls.gov"]), ("gb", ["www.ons.gov.uk"]), ("nl", []), (None, [])]
)
def test_which_of_two_schemes_of_the_same_name_is_meant_hangs_on_the_country(country, where):
    codes = [{"id": "c", "scheme": "soc", "code": "49-9021", "label": "Mechanics"}]
    known = known_by_id({"credential.codes": codes, "credential.country": country and picked(country)})

    aligned = write_achievement(known).get("alignment", [])
    assert [each["targetUrl"].split("/")[2] for each in aligned] == where
    assert ("BADGE-ALIGNMENT" in rules(known)) == (not where)


def test_a_rubric_stands_lowest_first_and_asks_for_the_lowest_level_that_passes():
    overall, rubric = write_achievement(full())["resultDescription"]

    assert (overall["resultType"], overall["requiredValue"]) == ("Percent", "75")
    assert [each["name"] for each in rubric["rubricCriterionLevel"]] == [
        "Not yet safe",
        "Meets the standard",
        "Exceeds",
    ]
    assert rubric["requiredLevel"] == rubric["rubricCriterionLevel"][1]["id"] == f"{URN}#a2-l3"
    assert rubric["rubricCriterionLevel"][1]["points"] == "2.5"
    assert [each["targetCode"] for each in rubric["alignment"]] == ["HP-3.4"]


@pytest.mark.parametrize("system", [picked("none"), None])
def test_credits_stand_only_in_what_carries_credit(system):
    assert "creditsAvailable" not in write_achievement(changed({"credential.credit-system": system}))


def test_a_version_is_called_a_draft_once():
    assert write_achievement(changed({"credential.version": "1.2-draft"}))["version"] == "1.2-draft"


def test_a_language_without_a_code_is_left_out():
    assert "inLanguage" not in write_achievement(changed({"credential.languages": picked("other")}))


@pytest.mark.parametrize(
    "plan", [full(), minimal(), full(id="plan-1"), full(institution=""), changed({"credential.issuer-url": None})]
)
def test_the_official_schema_takes_what_our_own_checks_take(plan):
    draft = write_achievement(plan)

    assert [error.message for error in OFFICIAL.iter_errors(draft)] == []
    assert is_sound(check_achievement(plan, draft))


def test_a_full_plan_lacks_nothing():
    assert check(full()) == ()


@pytest.mark.parametrize("plan", [full(), minimal()])
def test_every_term_is_one_of_the_vocabulary(plan):
    assert [*unknown_terms(write_achievement(plan), TERMS["Achievement"])] == []


def test_a_term_of_our_own_would_be_found_out():
    assert [*unknown_terms(write_achievement(full()) | {"workload": 48}, TERMS["Achievement"])] == ["workload"]


BASE = {"@context", "id", "type", "name", "description"}
"""What the base vocabulary of verifiable credentials defines, of what a draft uses."""


def unknown_terms(node, scope):
    """The terms of a node, and of those in it, that neither its class nor the vocabulary as a whole defines."""
    for term, value in node.items():
        if term not in scope.get("@context", ()) and term not in TERMS and term not in BASE:
            yield term
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                kinds = [each["type"]] if isinstance(each.get("type"), str) else each.get("type", ["Criteria"])
                yield from unknown_terms(each, TERMS[kinds[0]])


MEAN = (
    "<script>alert(1)</script>", "<!-- ", "[x](javascript:alert(1))", "![p](https://example.org/p.png)", "# head",
    "1. one", "- - a", "a\n\n- b", "***", "&lt;b&gt;", "\\", "\\\\*a*", "| a | b |", "~~~", "```", "<https://a.b>", "=",
    " ",
)  # fmt: skip
ODD = (st.text(max_size=60) | st.sampled_from(MEAN)).map(clean_text)
"""What the door for texts lets in, odd as it may be."""


@given(ODD)
def test_what_people_type_is_never_read_as_markdown_or_html(text):
    tokens = READER.parse(f"- {escape(text)}")
    inline = [child for token in tokens for child in token.children or ()]

    assert {child.type for child in inline} <= {"text", "text_special"}
    assert " ".join("".join(child.content for child in inline).split()) == " ".join(text.split())
    assert " ".join(unescape(escape(text)).split()) == " ".join(text.split())


@settings(max_examples=50, deadline=None)
@given(ODD, ODD, ODD)
def test_odd_texts_give_what_the_official_schema_takes_or_an_error_of_ours(title, words, address):
    known = changed(
        {
            "design.outcomes": [OUTCOMES[0] | {"text": words, "url": address}],
            "design.badge-criteria": words,
            "credential.entry": words,
            "credential.keywords": words,
            "credential.version": title,
            "credential.issuer-url": address,
            "design.badge-image": address,
        },
        title=title,
        institution=words,
        summary=words,
    )
    draft = write_achievement(known)
    errors = [error.message for error in OFFICIAL.iter_errors(draft)]

    assert not errors or not is_sound(check_achievement(known, draft))
    # What is missing is all that can be wrong with a draft of ours.
    assert {each.rule for each in check_achievement(known, draft) if each.is_blocker} <= {"BADGE-REQUIRED"}
    assert "" not in strings(draft)


def strings(value):
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return {each for part in inner for each in strings(part)}
    return {value.strip()} if isinstance(value, str) else set()


def check(known):
    return check_achievement(known, write_achievement(known))


def rules(known):
    return [finding.rule for finding in check(known)]


def bent(**fields):
    """The full draft with fields changed."""
    return write_achievement(full()) | fields


def result(**fields):
    overall, rubric = write_achievement(full())["resultDescription"]
    return bent(resultDescription=[overall, rubric | fields])


LAX = {
    "a blank name": bent(name=" "),
    "a blank description": bent(description=""),
    "an id that is no address": bent(id="my badge"),
    "criteria without words": bent(criteria={}),
    "blank criteria": bent(criteria={"narrative": ""}),
    "another class": bent(type="Thing"),
    "a field of one's own": bent(workload="48 hours"),
    "tags as one text": bent(tag="heat pump"),
    "no tags at all": bent(tag=[]),
    "an image at no address": bent(image={"id": "badge.png", "type": "Image", "caption": "A shield"}),
    "an alignment at no address": bent(
        alignment=[{"type": ["Alignment"], "targetName": "HP", "targetUrl": "the handbook"}]
    ),
    "a creator at no address": bent(creator={"id": "Larkfield", "type": ["Profile"], "name": "Larkfield"}),
    "a country in words": bent(
        creator={
            "id": "https://example.org", "type": ["Profile"], "name": "L", "url": "https://example.org",
            "address": {"type": ["Address"], "addressCountry": "Canada"},
        }
    ),
    "a level that is not there": result(requiredLevel=f"{URN}#a2-l9"),
    "two results of one name": result(id=f"{URN}#overall"),
    "no credits at all": bent(creditsAvailable=0),
    "a required value in words": bent(
        resultDescription=[
            {
                "id": f"{URN}#o", "type": ["ResultDescription"], "name": "O", "resultType": "Percent",
                "requiredValue": "most",
            }
        ]
    ),
}  # fmt: skip


@pytest.mark.parametrize("draft", LAX.values(), ids=LAX)
def test_what_the_official_schema_lets_pass_our_checks_find(draft):
    assert OFFICIAL.is_valid(draft)
    assert not is_sound(check_achievement(full(), draft))


STRICT = {
    "no criteria": {name: value for name, value in bent().items() if name != "criteria"},
    "a type of award that is not in the list": bent(achievementType="Microcredential"),
    "credits as text": bent(creditsAvailable="2"),
    "a language in words": bent(inLanguage="english"),
    "a language in capitals": bent(inLanguage="EN"),
    "an alignment that leads nowhere": bent(alignment=[{"type": ["Alignment"], "targetName": "HP"}]),
    "a kind of result that is not in the list": result(resultType="Rubric"),
    "more in an image than it may hold": bent(
        image={"id": "https://example.org/a.png", "type": "Image", "caption": "A", "width": 9}
    ),
}


@pytest.mark.parametrize("draft", STRICT.values(), ids=STRICT)
def test_what_the_official_schema_refuses_our_checks_refuse(draft):
    assert not OFFICIAL.is_valid(draft)
    assert not is_sound(check_achievement(full(), draft))


MISSING = [
    ({"design.badge-image": None}, {}, ("BADGE-MISSING", "design.badge-image", "")),
    ({"design.badge-alt": None}, {}, ("BADGE-MISSING", "design.badge-alt", "")),
    ({"credential.issuer-url": None}, {}, ("BADGE-MISSING", "credential.issuer-url", "")),
    ({"credential.country": None}, {}, ("BADGE-MISSING", "credential.country", "")),
    ({"credential.languages": None}, {}, ("BADGE-MISSING", "credential.languages", "")),
    ({"credential.code": None}, {}, ("BADGE-MISSING", "credential.code", "")),
    ({"credential.version": None}, {}, ("BADGE-MISSING", "credential.version", "")),
    ({"credential.credit": None}, {}, ("BADGE-MISSING", "credential.credit", "")),
    ({"credential.entry": None}, {}, ("BADGE-MISSING", "credential.entry", "")),
    ({"credential.languages": picked("fr")}, {}, ("BADGE-LANGUAGE", "design.badge-criteria", "")),
    ({"design.pass-mark": None}, {}, ("BADGE-RESULT", "design.pass-mark", "")),
    ({"design.outcomes": [OUTCOMES[0], OUTCOMES[1] | {"url": ""}]}, {}, ("BADGE-ALIGNMENT", "design.outcomes", "lo2")),
    (
        {"design.outcomes": [OUTCOMES[0] | {"framework": ""}, OUTCOMES[1]]},
        {},
        ("BADGE-ALIGNMENT", "design.outcomes", "lo1"),
    ),
    ({}, {"summary": "word " * 101}, ("BADGE-DESCRIPTION", "", "")),
    ({}, {"summary": ""}, ("BADGE-REQUIRED", "", "")),
    ({}, {"institution": ""}, ("BADGE-MISSING", "", "")),
]


@pytest.mark.parametrize(("answers", "facts", "expected"), MISSING, ids=lambda each: str(each)[:60])
def test_what_is_missing_is_said_once_with_the_question_to_mend_it(answers, facts, expected):
    (finding,) = check(changed(answers, **facts))

    assert (finding.rule, finding.question_id, finding.row_id) == expected
    assert finding.says.endswith(".")


@pytest.mark.parametrize(
    ("passes", "says"),
    [
        (("no", "no", "no"), "No level of A2 is good enough to pass"),
        (("yes", "no", "yes"), "In A2, Meets the standard is above Not yet safe and fails."),
    ],
)
def test_a_rubric_must_tell_from_which_level_on_it_passes(passes, says):
    names = ("Not yet safe", "Meets the standard", "Exceeds")
    levels = [
        {"id": f"l{rank}", "level": name, "assessment": "a2", "rank": float(rank), "passes": each}
        for rank, (name, each) in enumerate(zip(names, passes, strict=True))
    ]
    (finding,) = check(changed({"design.rubric": levels}))

    assert (finding.rule, finding.row_id) == ("BADGE-RUBRIC", "l0")
    assert finding.says.startswith(says)


def test_an_empty_plan_is_told_what_the_standard_requires():
    known = known_by_id({}, title="Rigging")

    assert [each.says.split(":")[0] for each in check(known) if each.is_blocker] == [
        "The badge has no description",
        "Nothing says how the badge is earned",
    ]
    assert compose_criteria(known, read_course(known)) == ()
