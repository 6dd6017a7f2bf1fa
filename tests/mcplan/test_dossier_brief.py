"""The dossier in brief: the short paper for a board that will not read every answer."""

import pytest

from mcplan.dossier import write_dossier
from mcplan.dossier.blocks import Heading
from questionnaire.model import Stage
from tests.builders import a_plan, a_question, a_questionnaire, settled
from tests.mcplan.dossiers import a_dossier, chapter, cover, said, said_in

CASE = a_question("case", weight=3, gate="G1")
PRICE = a_question("price", gate="G1")
UPKEEP = a_question("upkeep", gate="G3")


def chapters(blocks):
    """The titles of the chapters."""
    return [each.text for each in blocks if isinstance(each, Heading) and each.level == 1]


def test_a_dossier_in_brief_leaves_out_the_phases_their_questions_and_the_evidence():
    answers = [settled(each, Stage.EVIDENCED) for each in (CASE, PRICE)]
    whole, brief = (a_dossier(a_questionnaire(CASE, PRICE), a_plan(*answers), brief=each) for each in (False, True))

    assert chapters(write_dossier(brief)) == [
        "Summary", "Readiness", "Stops and risks", "Team and open points", "Decision and sign-off",
        "How to read this dossier",
    ]  # fmt: skip
    assert "First phase" in chapters(write_dossier(whole))
    assert not any(isinstance(each, Heading) and each.level == 3 for each in write_dossier(brief))
    assert "Enough said." in said(whole)
    assert "Enough said." not in said(brief)
    assert "Survey" not in said(brief)


@pytest.mark.parametrize(
    "title", ["Summary", "Readiness", "Stops and risks", "The design team", "Open points", "Decision and sign-off"]
)
def test_what_a_dossier_in_brief_holds_it_holds_word_for_word(title):
    plan = a_plan(settled(PRICE, Stage.DRAFTED), summary="Earners can size a pump.")
    whole, brief = (a_dossier(a_questionnaire(CASE, PRICE, UPKEEP), plan, brief=each) for each in (False, True))

    assert chapter(brief, title) == chapter(whole, title)


def test_a_dossier_in_brief_says_first_and_last_where_the_answers_stand():
    brief = a_dossier(a_questionnaire(CASE), a_plan(revision=7), brief=True)
    where = "Every answer, with the evidence it rests on, stands in the full dossier of plan revision 7."

    assert "Planning dossier in brief" in cover(brief)
    assert where in cover(brief)
    assert where in said_in(write_dossier(brief)[-1:])
    assert "in brief" not in said(a_dossier(a_questionnaire(CASE), a_plan()))
