"""A wrong content file is refused whole, with file and entry named."""

import pytest

from questionnaire.errors import QuestionnaireError
from questionnaire.load import load_questionnaire

PHASE = """
id = "first"
title = "First"
purpose = "To begin."
[[section]]
id = "first.all"
title = "All"
"""
QUESTION = """
[[section.question]]
id = "first.{slug}"
ask = "What?"
kind = "long text"
"""


def write(folder, text, name="10-first.toml"):
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def question(slug="case", **fields):
    lines = [f"{name} = {value}" for name, value in fields.items()]
    return QUESTION.format(slug=slug) + "\n".join(lines) + "\n"


def test_a_small_questionnaire_is_read_in_file_name_order(tmp_path):
    write(tmp_path, PHASE.replace("first", "second") + question().replace("first", "second"), "20-second.toml")
    write(tmp_path, PHASE + question())
    assert [each.id for each in load_questionnaire(tmp_path).questions()] == ["first.case", "second.case"]


def test_a_block_beside_the_phases_is_not_numbered(tmp_path):
    write(tmp_path, PHASE.replace('"To begin."', '"To begin."\nnumbered = false') + question(), "05-first.toml")
    write(tmp_path, PHASE.replace("first", "second") + question().replace("first", "second"), "10-second.toml")
    found = load_questionnaire(tmp_path)
    assert [found.number_of(phase) for phase in found.phases] == [0, 1]
    assert [phase.id for phase in found.numbered] == ["second"]


@pytest.mark.parametrize(
    ("text", "named", "says"),
    [
        ("id = ", "10-first.toml", "Invalid value"),
        (PHASE, "first.all", "at least one [[question]]"),
        (PHASE + question(colour='"red"'), "first.case", "there is no field “colour”"),
        (PHASE + question(weight=4), "first.case", "weight: “4” is none of: 1, 2, 3"),
        (PHASE + question(gate='"G9"'), "first.case", "gate: “G9” is none of"),
        (PHASE + question(asked_stage='"done"'), "first.case", "asked_stage: “done” is none of"),
        (PHASE + question(minutes=0), "first.case", "minutes"),
        (PHASE + question().replace("long text", "essay"), "first.case", "no kind “essay”"),
        (PHASE + question().replace("long text", "choice"), "first.case", "at least two options"),
        (PHASE + question().replace("long text", "quantity"), "first.case", "needs a unit"),
        (PHASE + question() + question(), "first.case", "stands twice"),
        (PHASE + question().replace("first.case", "case"), "case", "starts with its phase"),
        (PHASE + question().replace('ask = "What?"', ""), "first.case", "“ask” is missing"),
        (PHASE + question(ask="7").replace('ask = "What?"\n', ""), "first.case", "“ask” is text"),
        (PHASE + question(risk='{ cause = "x" }'), "first.case: risk", "is missing"),
        (PHASE + question(asked_when='{ question = "first.none", is = ["a"] }'), "first.case", "first.none"),
        (PHASE + question(asked_when='{ question = "first.none" }'), "first.case", "either is or is_not"),
        (PHASE.replace('"To begin."', '"To begin."\nin_the_room = ["chief"]') + question(), "first", "chief"),
        (PHASE.replace('"To begin."', '"To begin."\nnumbered = "no"') + question(), "first", "is true or false"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path, text, named, says):
    with pytest.raises(QuestionnaireError) as refused:
        load_questionnaire(write(tmp_path, text))
    assert "10-first.toml" in str(refused.value)
    assert named in str(refused.value)
    assert says in str(refused.value)


def test_an_unknown_option_in_a_condition_is_named(tmp_path):
    controlling = question("model").replace("long text", "choice") + 'options = { a = "A", b = "B" }\n'
    hanging = question("stack", asked_when='{ question = "first.model", is = ["c"] }')
    with pytest.raises(QuestionnaireError, match=r"first\.stack.*“c” is none of: a, b|first\.stack"):
        load_questionnaire(write(tmp_path, PHASE + controlling + hanging))


def test_a_folder_without_content_is_refused(tmp_path):
    with pytest.raises(QuestionnaireError, match=r"no \.toml files"):
        load_questionnaire(tmp_path)


def test_a_file_that_is_not_text_is_refused(tmp_path):
    (tmp_path / "10-first.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QuestionnaireError, match=r"10-first\.toml"):
        load_questionnaire(tmp_path)
