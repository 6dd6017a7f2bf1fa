"""The pitch as a file of its own: one page, whole, and the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from mcplan.dossier.pitch import make_pitch
from mcplan.example import load_example
from mcplan.known import Known
from mcplan.onepage import tell, write_pitch
from mcplan.plan import Plan
from mcplan.readiness import assess_readiness
from questionnaire.load import load_questionnaire
from tests.docx_a11y import check
from tests.mcplan.dossiers import MADE_AT, part, text_of

SHIPPED = load_questionnaire()
PLANS = {"example": load_example(), "empty": Plan("empty", "")}


def a_pitch(plan: Plan) -> bytes:
    return make_pitch(Known(SHIPPED, plan), assess_readiness(SHIPPED, plan, plan.gate), MADE_AT)


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_everybody_can_read_it_and_word_can_open_it(plan, tmp_path: Path):
    path = tmp_path / "pitch.docx"
    path.write_bytes(a_pitch(plan))

    assert [error.description for error in OpenXmlValidator(max_errors=10).validate(str(path)).errors] == []
    assert [each for each in check(path) if each[0] in "EW"] == []
    assert a_pitch(plan) == path.read_bytes()


def test_the_pitch_of_the_summary_screen_stands_in_it_as_a_draft():
    plan = load_example()
    known = Known(SHIPPED, plan)
    said = text_of(a_pitch(plan))

    assert (known.text("lifecycle.pitch") or write_pitch(known, tell(known))) in said
    assert "Pitch · DRAFT" in said
    assert ">DRAFT" in part(a_pitch(plan), "word/header1.xml")
