"""The board paper: a few pages for a board that will not read every answer. And what may be chosen of a dossier."""

from datetime import UTC, date, datetime

import pytest

from mcplan.dossier import write_dossier
from mcplan.dossier.blocks import Frame, Heading
from mcplan.dossier.given import Shape
from mcplan.dossier.records import ActionRow, ChangeRow, DecisionRow, FrozenVersion
from questionnaire.model import Stage
from tests.builders import a_plan, a_question, a_questionnaire, settled
from tests.mcplan.dossiers import a_dossier, a_file, chapter, cover, part, said

CASE = a_question("case", weight=3, gate="G1")
PRICE = a_question("price", gate="G1")
UPKEEP = a_question("upkeep", gate="G3")


def chapters(blocks):
    """The titles of the chapters."""
    return [each.text for each in blocks if isinstance(each, Heading) and each.level == 1]


def test_a_board_paper_leaves_out_the_phases_their_questions_and_the_evidence():
    answers = [settled(each, Stage.EVIDENCED) for each in (CASE, PRICE)]
    whole, brief = (a_dossier(a_questionnaire(CASE, PRICE), a_plan(*answers), brief=each) for each in (False, True))

    assert chapters(write_dossier(brief)) == [
        "Decision and summary", "Dashboard", "Conditions and risks", "Options and finance", "Decision and sign-off",
    ]  # fmt: skip
    assert "First phase" in chapters(write_dossier(whole))
    assert not any(isinstance(each, Heading) and each.level == 3 for each in write_dossier(brief))
    assert "Enough said." in said(whole)
    assert "Enough said." not in said(brief)
    assert "Survey" not in said(brief)


@pytest.mark.parametrize("title", ["Decision and summary", "Phase by phase"])
def test_what_a_board_paper_holds_it_holds_word_for_word(title):
    plan = a_plan(settled(PRICE, Stage.DRAFTED), summary="Earners can size a pump.")
    whole, brief = (a_dossier(a_questionnaire(CASE, PRICE, UPKEEP), plan, brief=each) for each in (False, True))

    assert chapter(brief, title) == chapter(whole, title)


def test_a_board_paper_says_where_the_answers_stand():
    brief = a_dossier(a_questionnaire(CASE), a_plan(revision=7), brief=True)
    where = "Every answer, with the evidence it rests on, stands in the full dossier of plan revision 7."

    assert "Board paper" in cover(brief)
    assert where in chapter(brief, "How to read this paper")
    assert where not in said(a_dossier(a_questionnaire(CASE), a_plan()))


def test_a_chapter_may_be_left_out_and_those_a_decision_rests_on_may_not():
    given = a_dossier(
        a_questionnaire(CASE), a_plan(), shape=Shape(left_out=frozenset({"sources", "words", "cover", ""}))
    )

    assert "Where the questions come from" not in chapters(write_dossier(given))
    assert "How to read this dossier" not in chapters(write_dossier(given))
    assert chapters(write_dossier(given))[:3] == ["Decision and summary", "Readiness", "Stops and risks"]


def test_the_plan_as_it_is_today_is_a_draft_on_every_page_and_a_version_is_not():
    questionnaire, plan = a_questionnaire(CASE), a_plan(revision=7)
    version = FrozenVersion("1.2 for the board", "ab" * 32, datetime(2027, 3, 1, tzinfo=UTC), "Dana Okafor")
    today, frozen = a_dossier(questionnaire, plan), a_dossier(questionnaire, plan, version=version)
    (draft,), (done,) = ([each for each in write_dossier(one) if isinstance(each, Frame)] for one in (today, frozen))

    assert draft.mark == "DRAFT"
    assert draft.foot.startswith(f"DRAFT · Plan revision 7 · {today.hash[:8]} · ")
    assert "Board paper · DRAFT" in cover(a_dossier(questionnaire, plan, brief=True))
    assert "DRAFT" not in cover(frozen) + done.mark + done.foot
    assert done.foot.startswith("Version 1.2 for the board · abababab · ")
    assert "Version 1.2 for the board, frozen on 1\u00a0March\u00a02027 by Dana Okafor" in cover(frozen)


def test_the_mark_of_a_draft_is_text_at_the_head_of_upright_and_lying_pages():
    file = a_file(a_questionnaire(CASE), a_plan())

    assert all(">DRAFT" in part(file, f"word/header{number}.xml") for number in (1, 2))
    assert part(file).count('w:orient="landscape"') == 1


def test_a_page_is_as_large_as_chosen_and_its_tables_fill_it():
    a4, letter = (part(a_file(a_questionnaire(CASE), a_plan(), shape=Shape(paper=paper))) for paper in ("A4", "Letter"))

    assert '<w:pgSz w:w="11906" w:h="16838"/>' in a4
    assert '<w:tblW w:w="9411" w:type="dxa"/>' in a4
    assert '<w:pgSz w:w="12240" w:h="15840"/>' in letter
    assert '<w:tblW w:w="9745" w:type="dxa"/>' in letter
    assert '<w:pgSz w:w="15840" w:h="12240" w:orient="landscape"/>' in letter


def test_days_and_numbers_follow_the_habit_that_is_chosen():
    fee = a_question("fee", kind="quantity", unit="places", gate="G1")
    plan = a_plan(settled(fee, Stage.AGREED, value=1250.5), start=date(2027, 5, 3))
    french = a_dossier(a_questionnaire(fee), plan, shape=Shape(habit="fr-CA"))

    assert "First learners 3\u00a0mai\u00a02027" in cover(french)
    assert "1\u00a0250,5\u00a0places" in said(french).replace("\u202f", "\u00a0").replace(" places", "\u00a0places")


def test_decisions_actions_and_changes_stand_in_chapters_of_their_own_and_empty_ones_say_so():
    empty = a_dossier(a_questionnaire(CASE), a_plan())
    full = a_dossier(
        a_questionnaire(CASE), a_plan(), since="version 1.1",
        decisions=(DecisionRow(date(2027, 2, 1), "Return with questions", "Dana Okafor", "1.1", "Who pays?"),),
        actions=(ActionRow("A1", "Ask the registry.", "Sam Ito", date(2027, 2, 9), "Open", CASE.id, is_late=True),),
        changes=(ChangeRow("The price was put in.", CASE.id, "Sam Ito"),),
    )  # fmt: skip

    assert "Nothing has been decided on this plan yet." in chapter(empty, "Decision log")
    assert "No action has been agreed yet." in chapter(empty, "Actions")
    assert "There is no earlier version" in chapter(empty, "Changes since")
    assert "Return with questions | Dana Okafor | 1.1 | Who pays?" in chapter(full, "Decision log")
    action = f"A1 | Ask the registry. | Sam Ito | 9\u00a0February\u00a02027\n▲\u00a0late | Open | {CASE.code}"
    assert action in chapter(full, "Actions")
    assert f"{CASE.code} | The price was put in. | Sam Ito" in chapter(full, "Changes since")


def test_a_risk_is_named_where_it_is_told_of_and_leads_to_the_register():
    given = a_dossier(a_questionnaire(CASE, UPKEEP), a_plan())
    file = a_file(a_questionnaire(CASE, UPKEEP), a_plan())

    assert chapter(given, "Risk register").count("R1 |") == 1
    assert "R1 |" in chapter(given, "Stops and risks")
    assert "R2 |" in chapter(given, "Risk register")
    assert "m_risk" in part(file)
