from dataclasses import replace
from datetime import date

import pytest

from mcplan.dossier import write_dossier
from mcplan.dossier.blocks import Callout, Contents, Figure, Heading, Table, Typed
from mcplan.dossier.controls import NO_ANSWER
from mcplan.dossier.given import DossierInput
from mcplan.dossier.standing import alternative
from mcplan.plan import Evidence, Member
from questionnaire.model import ROLES, Column, Condition, Phase, Questionnaire, Section, Stage
from tests.builders import DANA, a_plan, a_question, a_questionnaire, an_answer, settled
from tests.mcplan.dossiers import a_dossier, chapter, cover, said, said_in, words_in

CASE = a_question("case", weight=3, gate="G1")
PRICE = a_question("price", gate="G1", sources=("P1.6",))
UPKEEP = a_question("upkeep", gate="G3")
FULL_TEAM = tuple(Member(role, f"Person {place}", role) for place, role in enumerate(ROLES))


def decision(given: DossierInput) -> Callout:
    """The box on the cover."""
    return next(each for each in write_dossier(given) if isinstance(each, Callout))


def test_a_plan_with_a_stop_does_not_ask_for_a_decision():
    given = a_dossier(a_questionnaire(CASE), a_plan(board="Academic council"))

    assert decision(given).head == "Not ready for decision"
    assert "Today 1 stop is open (chapter 3), and 0 % of what the gate asks for is there." in said_in([decision(given)])


def test_a_plan_that_is_short_of_much_does_not_ask_for_a_decision_without_any_stop():
    agreed, *drafted = (a_question(slug, gate="G1") for slug in ("one", "two", "three"))
    answers = settled(agreed, Stage.AGREED), *(settled(each, Stage.DRAFTED) for each in drafted)
    given = a_dossier(a_questionnaire(agreed, *drafted), a_plan(*answers))

    assert decision(given).head == "Not ready for decision"
    assert "No stop is open, but only 69 % of what the gate asks for is there." in said_in([decision(given)])


def test_a_gate_at_which_nothing_is_asked_is_not_ready_for_decision():
    given = a_dossier(a_questionnaire(UPKEEP), a_plan())

    assert "Nothing is asked at this gate yet, so nothing can be judged." in said_in([decision(given)])
    assert "●" not in chapter(given, "Phase by phase")


def test_a_green_plan_asks_the_board_to_approve():
    given = a_dossier(
        a_questionnaire(CASE), a_plan(settled(CASE, Stage.AGREED), board="Academic council", team=FULL_TEAM)
    )
    given = a_dossier(
        given.questionnaire, replace(given.plan, answers={CASE.id: settled(CASE, Stage.AGREED, owner=FULL_TEAM[0].id)})
    )

    assert decision(given).head == "Decision requested"
    assert said_in([decision(given)]).endswith("Approve Cold chain basics for the gate Concept, by Academic council.")


def test_a_plan_with_small_gaps_names_them_in_the_decision_asked():
    others = [a_question(f"other-{number}", gate="G1") for number in range(20)]
    answers = [settled(each, Stage.AGREED) for each in others[1:]]
    given = a_dossier(a_questionnaire(*others), a_plan(settled(others[0], Stage.DRAFTED), *answers))

    assert "1 answer is below the stage this gate asks for (section 2.2)" in said_in([decision(given)])


def test_the_cover_names_who_decides_who_asks_and_the_state_of_the_plan():
    team = (DANA, Member("helen", "Helen Ward", "leadership-champion"))
    plan = a_plan(institution="Larkfield", unit="School", start=date(2027, 5, 3), team=team, revision=7)
    printed = cover(a_dossier(a_questionnaire(CASE), plan)).replace("\u00a0", " ")

    assert "School · first learners 3 May 2027" in printed
    assert "Prepared for No board named yet" in printed
    assert "Sponsor Helen Ward, leadership champion" in printed
    assert "Prepared by Dana Okafor, initiative lead" in printed
    assert "Plan Revision 7" in printed
    assert "As of 2 March 2027, 14:05 UTC" in printed
    assert "DRAFT" in printed


def test_every_answer_is_printed_with_its_note_and_stands_under_its_question():
    question = a_question("driver", kind="choice", options={"volume": "Volume", "other": "Other"}, note="Why this one?")
    answer = an_answer(question.id, {"picks": ["other"], "other": "fame"}, note="Because *we* can.")

    printed = chapter(a_dossier(a_questionnaire(question), a_plan(answer)), question.ask)

    assert "Other: fame\nWhy this one?\nBecause *we* can." in printed


def test_several_picks_are_printed_one_below_the_other():
    question = a_question("forms", kind="choices", options={"a": "Badge", "b": "Paper; sealed"})
    given = a_dossier(a_questionnaire(question), a_plan(an_answer(question.id, {"picks": ["a", "b"], "other": ""})))

    assert "Badge\nPaper; sealed" in chapter(given, question.ask)


def test_an_open_question_is_printed_with_what_it_puts_at_risk():
    given = a_dossier(a_questionnaire(CASE), a_plan())

    printed = chapter(given, CASE.ask)

    assert (
        f"{NO_ANSWER}\nOpen point\nThe gate asks for agreed. Because nobody knows, the board may send it back"
        in printed
    )
    assert printed.count("Nobody has answered this yet.") == 1


def test_an_open_question_that_risks_nothing_still_says_what_the_gate_asks_for():
    given = replace(a_dossier(a_questionnaire(CASE), a_plan()), risks=())

    callout = next(each for each in write_dossier(given) if isinstance(each, Callout) and each.head == "Open point")

    assert ["".join(run.text for run in each) for each in callout.paragraphs] == ["The gate asks for agreed. "]


def test_an_open_table_says_that_nobody_has_filled_it_in():
    table = a_question("steps", kind="table", columns=(Column("name", "Step"),), gate="G1")
    given = a_dossier(a_questionnaire(table), a_plan())

    assert "Open point\nNobody has answered this yet. Because nobody knows" in chapter(given, table.ask)


def test_a_drafted_answer_is_printed_together_with_its_open_point():
    given = a_dossier(a_questionnaire(CASE), a_plan(an_answer(CASE.id, "A first thought.")))

    printed = chapter(given, CASE.ask)

    assert "A first thought." in printed
    assert "This is drafted; the gate asks for agreed." in printed


def test_a_question_of_a_later_gate_is_open_until_then_and_no_open_point_of_this_one():
    given = a_dossier(a_questionnaire(CASE, UPKEEP), a_plan())
    drafted = a_dossier(a_questionnaire(CASE, UPKEEP), a_plan(an_answer(UPKEEP.id)))

    assert "Open until the gate Launch" in chapter(drafted, UPKEEP.ask)
    assert f"{UPKEEP.code}\u00a0 {UPKEEP.ask} (Launch)" in said(given)
    assert UPKEEP.ask not in [block.text for block in write_dossier(given) if isinstance(block, Heading)]
    assert UPKEEP.ask in chapter(given, "Open points")
    assert "only at a later gate" in chapter(given, "Risk register")


def test_a_question_that_does_not_apply_gives_the_reason_and_keeps_what_was_written():
    answer = an_answer(PRICE.id, "Once 900.", not_applicable="It is free.")
    printed = chapter(a_dossier(a_questionnaire(PRICE), a_plan(answer)), PRICE.ask)

    assert "Not applicable\nIt is free." in printed
    assert "Kept from before, and not counted:\nOnce 900." in printed
    assert "Open point" not in printed


def test_an_answer_to_a_question_no_longer_asked_for_is_kept_at_the_end_of_its_phase():
    fee = a_question("fee", kind="yes or no")
    amount = a_question("amount", asked_when=Condition(fee.id, frozenset({"yes"})))
    answers = an_answer(fee.id, "no"), an_answer(amount.id, "Ninety euros.")

    printed = chapter(a_dossier(a_questionnaire(fee, amount), a_plan(*answers)), "Not asked for this plan")

    assert "Ninety euros." in printed


def test_a_question_not_asked_for_and_never_answered_is_left_out():
    fee = a_question("fee", kind="yes or no")
    amount = a_question("amount", asked_when=Condition(fee.id, frozenset({"yes"})))

    assert amount.ask not in said(a_dossier(a_questionnaire(fee, amount), a_plan(an_answer(fee.id, "no"))))


def test_an_answer_whose_question_has_left_the_questionnaire_is_printed():
    plan = a_plan(an_answer("first.gone", {"picks": ["old-pick"]}, note="Old words."))

    printed = chapter(a_dossier(a_questionnaire(CASE), plan), "Kept answers")

    assert {"first", "gone", "old", "pick", "Old", "words"} <= words_in(printed)


def test_an_evidence_item_named_at_two_questions_has_one_number():
    survey = Evidence("Survey", "https://example.org/s", "62 replies", "2026-09-22")
    answers = [an_answer(each.id, evidence=(survey,)) for each in (CASE, PRICE)]

    given = a_dossier(a_questionnaire(CASE, PRICE), a_plan(*answers))

    register = chapter(given, "Evidence").replace("\u00a0", " ")
    assert f"E1 | Survey\n62 replies\nhttps://example.org/s | 22 September 2026 | {CASE.code}, P1.6" in register
    assert "E1\tSurvey, 22 September 2026. 62 replies" in chapter(given, PRICE.ask).replace("\u00a0", " ")


def test_a_split_team_is_named_instead_of_a_mean():
    answer = an_answer(CASE.id, confidence={"Dana Okafor": 5, "Sam Ito": 2})

    printed = chapter(a_dossier(a_questionnaire(CASE), a_plan(answer)), CASE.ask)

    assert "the team is split, confidence 2 to 5 of 5" in printed


def test_all_six_seats_are_listed_and_an_empty_one_says_so():
    printed = chapter(a_dossier(a_questionnaire(CASE), a_plan()), "The design team")

    assert "Initiative lead | Dana Okafor" in printed
    assert "Visual design support | ■\u00a0Nobody yet" in printed


def test_the_table_gives_the_numbers_that_readiness_gives():
    others = [a_question(f"other-{number}", gate="G1", weight=1) for number in range(200)]
    answers = [settled(each, Stage.AGREED) for each in others[1:]]
    given = a_dossier(a_questionnaire(*others), a_plan(*answers))

    printed = chapter(given, "Phase by phase")

    assert given.whole.floor == pytest.approx(99.5)
    assert "First phase | 200 | 1 | 99 % | 100 %" in printed


def test_a_phase_in_which_this_gate_asks_nothing_is_not_green():
    later = Phase(
        "later", "Later phase", "To end.", (Section("later.all", "All", (replace(UPKEEP, id="later.upkeep"),)),)
    )
    questionnaire = Questionnaire((*a_questionnaire(CASE).phases, later))

    printed = chapter(a_dossier(questionnaire, a_plan(settled(CASE, Stage.AGREED))), "Phase by phase")

    assert "Later phase | 0 | 0 | – | – | ○\u00a0Nothing asked yet" in printed


def test_without_a_picture_the_table_alone_tells_readiness():
    blocks = write_dossier(a_dossier(a_questionnaire(CASE), a_plan(), chart=None))

    assert not any(isinstance(each, Figure) for each in blocks)
    assert any(isinstance(each, Table) and "Readiness by phase" in each.caption for each in blocks)


def test_the_picture_has_words_for_those_who_do_not_see_it_and_no_more_than_300_characters():
    phases = tuple(
        Phase(f"p{number}", f"A phase with a rather long title {number}", ".", (
            Section(f"p{number}.all", "All", (a_question("x", id=f"p{number}.x", gate="G1"),)),
        ))
        for number in range(12)
    )  # fmt: skip
    given = a_dossier(Questionnaire(phases), a_plan())

    assert len(alternative(given)) <= 300
    assert "Readiness for Concept is 0 %, at best 100 %." in alternative(given)
    assert "A phase with a rather long title 0: 0–100." in alternative(given)


def test_the_board_finds_all_four_decisions_and_room_for_two_signatures():
    printed = chapter(a_dossier(a_questionnaire(CASE), a_plan(board="Academic council")), "Decision and sign-off")

    assert all(each in printed for each in ("Approve", "Approve with conditions", "Return with questions", "Defer"))
    assert "Leadership champion" in printed
    assert "Board | Academic council" in printed


def test_contents_come_before_the_first_chapter():
    blocks = write_dossier(a_dossier(a_questionnaire(CASE), a_plan()))
    kinds = [type(each) for each in blocks]

    assert kinds.index(Contents) < kinds.index(Heading)


def test_a_summary_that_nobody_has_written_is_missed_and_not_passed_over():
    assert "Nobody has written yet what an earner will be able to do." in said(
        a_dossier(a_questionnaire(CASE), a_plan())
    )


def test_the_summary_of_the_plan_opens_the_dossier():
    blocks = write_dossier(a_dossier(a_questionnaire(CASE), a_plan(summary="Earners can **size** a pump.")))

    assert Typed("Earners can **size** a pump.", "lead") in blocks
