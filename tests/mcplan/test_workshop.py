"""The rules of a workshop: what it is about, how it goes on, who comes in, and which proposals are alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcplan.readiness import assess_readiness
from mcplan.workshop.agenda import can_be_settled, fitting, offers_of, read_minutes, suggest
from mcplan.workshop.course import BY_ID, ORDER, STEPS, committed, move
from mcplan.workshop.energy import check_now, say_check, say_checks
from mcplan.workshop.joining import (
    ALPHABET,
    CODE_LENGTH,
    CODE_LIFE,
    TOO_MANY,
    WINDOW,
    WRONG_FROM_ALL,
    WRONG_FROM_ONE,
    Guesses,
    read_code,
    read_name,
    say_code,
)
from mcplan.workshop.lines import line_columns, named_rows, read_lines, rows_of_lines
from mcplan.workshop.saying import ALIKE, alike, group, read_due, read_proposal, read_rating, votes_each
from mcplan.workshop.sitting import Item, Participant, Proposal, Sitting, Workshop, WorkshopRefused
from questionnaire.model import Column, Stage
from questionnaire.tables import patch_rows
from tests.builders import NOON, a_plan, a_question, a_questionnaire, settled

ACTS = st.sampled_from(["next", "back", "skip", "extend", "go"])


def a_sitting(questions: int = 2, **fields) -> Sitting:
    workshop = Workshop("w", "Pricing day", "open", 60, 5, 10, False, "Dana", NOON)
    items = tuple(Item(f"i{number}", f"first.{number}", 10) for number in range(1, questions + 1))
    return Sitting(replace(workshop, **fields), items)


def walk(sitting: Sitting, *acts: str) -> Sitting:
    for act in acts:
        sitting = committed(sitting, 1, "s", "said", NOON) if act == "commit" else move(sitting, act, NOON, number=2)
    return sitting


def where(sitting: Sitting) -> tuple[int, str]:
    return sitting.workshop.place, sitting.workshop.step


def test_a_question_goes_through_its_steps_and_its_answer_is_stored_before_anybody_is_asked_how_sure_they_are():
    at_merge = walk(a_sitting(), *["next"] * 5)
    assert where(at_merge) == (1, "merge")
    with pytest.raises(WorkshopRefused, match="Store the team's answer first"):
        walk(at_merge, "next")
    assert where(walk(at_merge, "commit")) == (1, "confidence")
    assert where(walk(at_merge, "commit", "next")) == (2, "read")
    assert where(walk(at_merge, "commit", "next", "skip")) == (3, "")


def test_one_can_go_back_at_any_time_and_a_stored_answer_stays_stored():
    at_second = walk(a_sitting(), *["next"] * 5, "commit", "next")
    assert where(walk(at_second, "back")) == (1, "confidence")
    back = walk(at_second, "back", "back")
    assert (where(back), back.items[0].outcome) == ((1, "merge"), "committed")
    assert where(walk(back, "next")) == (1, "confidence"), "it need not be stored again"
    skipped = walk(a_sitting(), "next", "skip", "back")
    assert (where(skipped), skipped.items[0].outcome) == ((1, "merge"), "skipped")
    assert walk(skipped, "commit").items[0].outcome == "committed"
    assert where(walk(a_sitting(), "next", "back")) == (0, "")


def test_a_time_box_follows_the_agenda_and_can_be_made_longer():
    at_propose = walk(a_sitting(), "next", "next")
    assert at_propose.workshop.step_ends_at == NOON + timedelta(minutes=3, seconds=30)
    assert walk(at_propose, "extend").workshop.step_ends_at == NOON + timedelta(minutes=5, seconds=30)
    late = NOON + timedelta(hours=1)
    assert move(at_propose, "extend", late, number=2).workshop.step_ends_at == late + timedelta(minutes=2)
    with pytest.raises(WorkshopRefused, match="1 to 30 minutes"):
        move(at_propose, "extend", NOON, number=31)
    assert sum(step.share for step in STEPS) == pytest.approx(1)


@given(st.lists(ACTS, max_size=30), st.integers(1, 5), st.integers(-1, 8))
def test_whatever_is_pressed_the_workshop_stands_somewhere_and_each_move_counts_once(acts, questions, number):
    sitting = a_sitting(questions)
    for act in acts:
        try:
            after = move(sitting, act, NOON, number=number)
        except WorkshopRefused:
            continue
        assert after.workshop.revision == sitting.workshop.revision + 1
        sitting = after
        place, step = where(sitting)
        assert 0 <= place <= questions + 1
        assert (step in ORDER) == (1 <= place <= questions)
        assert sitting.workshop.step_ends_at >= NOON + timedelta(seconds=30)
        assert all(item.outcome != "committed" for item in sitting.items)


@pytest.mark.parametrize("state", ["draft", "closed", "template"])
def test_only_an_open_workshop_moves(state):
    with pytest.raises(WorkshopRefused, match="not open"):
        move(a_sitting(state=state), "next", NOON)


def test_what_stops_the_gate_comes_first_and_all_that_is_suggested_fits():
    light, heavy = a_question("light", weight=1, gate="G1", minutes=2), a_question("heavy", weight=3, gate="G1")
    done = a_question("done", gate="G1")
    asked = a_questionnaire(light, heavy, done)
    plan = a_plan(settled(done, Stage.AGREED))
    offers = suggest(assess_readiness(asked, plan, "G1"), 35)
    assert [(each.question.id, each.minutes, each.fits) for each in offers] == [
        ("first.heavy", 6, True), ("first.light", 6, True),
    ]  # fmt: skip
    assert offers[0].why.startswith("Critical and blank: it stops the gate (+")
    assert [each.fits for each in suggest(assess_readiness(asked, plan, "G1"), 26)] == [True, False]


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 30)), min_size=1, max_size=12), st.integers(20, 480))
def test_a_suggested_agenda_never_takes_longer_than_there_is(questions, minutes):
    asked = a_questionnaire(
        *(a_question(f"q{at}", weight=weight, minutes=long, gate="G1") for at, (weight, long) in enumerate(questions))
    )
    offers = suggest(assess_readiness(asked, a_plan(), "G1"), minutes)
    taken = [each.minutes for each in offers if each.fits]
    assert len(offers) == len(questions)
    assert sum(taken) + 15 <= max(minutes, 15)
    left = minutes - 15 - sum(taken)
    assert all(each.minutes > left for each in offers if not each.fits), "nothing that still fits is left out"


def test_an_agenda_says_whether_it_fits():
    assert fitting([10, 20], 45, 5, 10) == "45 minutes of 45 are planned."
    assert fitting([10], 45, 5, 10) == "25 minutes of 45 are planned; 20 are left."
    assert fitting([40], 45, 5, 10) == "55 minutes are planned and 45 are there: 10 too many."


def test_an_agenda_that_cannot_be_held_is_refused():
    ready = a_question("table", kind="table", columns=(Column("stage", "Stage", fixed=True), Column("who", "Who")))
    asked = a_questionnaire(a_question("case"), ready)
    for ids, says in ([], "at least one"), (["first.table"], "cannot be settled"), (["gone"], "cannot be settled"):
        with pytest.raises(WorkshopRefused, match=says):
            offers_of(asked, ids)
    assert offers_of(asked, ["first.case", "first.case"]) == (("first.case", 6),)
    for minutes, opening, closing in (10, 5, 5), (481, 5, 10), (30, 20, 10), (30, -1, 5):
        with pytest.raises(WorkshopRefused, match="20 to 480"):
            read_minutes(minutes, opening, closing)


def test_a_code_is_read_however_it_is_typed_and_hard_to_guess():
    assert read_code(" k7m-4pq ") == "K7M4PQ"
    assert say_code("K7M4PQ") == "K7M 4PQ"
    for wrong in ("", "K7M4P", "K7M4PO", "K7M4PQ2", 7, None, "ÄÖÜÄÖÜ"):
        assert read_code(wrong) == ""
    guesses = WRONG_FROM_ALL * CODE_LIFE / WINDOW
    assert guesses / len(ALPHABET) ** CODE_LENGTH < 1 / 8_000


def test_whoever_guesses_has_to_wait_and_so_has_everybody_if_many_do():
    guesses = Guesses()
    for _ in range(WRONG_FROM_ONE):
        guesses.refuse("a", NOON)
        guesses.wrong("a", NOON)
    with pytest.raises(WorkshopRefused, match=TOO_MANY):
        guesses.refuse("a", NOON + WINDOW / 2)
    guesses.refuse("b", NOON)
    guesses.refuse("a", NOON + WINDOW)
    for number in range(WRONG_FROM_ALL):
        guesses.wrong(f"c{number}", NOON + WINDOW)
    with pytest.raises(WorkshopRefused, match="Wait a minute"):
        guesses.refuse("d", NOON + WINDOW)


@pytest.mark.parametrize(
    ("read", "raw", "says"),
    [
        (read_name, "  ", "Write a name"),
        (read_name, None, "Write a name"),
        (read_name, "x" * 41, "41 characters"),
        (read_proposal, "x" * 10_000, "10,000 characters; there is room for 4,000"),
        (read_proposal, 7, "as text"),
        (read_rating, 6, "1 to 5"),
        (read_rating, True, "1 to 5"),
        (read_due, "soon", "year-month-day"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(read, raw, says):
    with pytest.raises(WorkshopRefused, match=says):
        read(raw)


def test_a_name_is_kept_as_it_is_read():
    assert read_name(" Sam\u202e \n Ito ") == "Sam Ito"


def a_proposal(who: str, text: str) -> Proposal:
    return Proposal(f"p-{who}", "i1", who, text, 1, NOON)


def test_similar_proposals_stand_together_with_the_words_they_share():
    pay, learners, employers = (
        a_proposal("a", "Employers pay the whole fee"),
        a_proposal("b", "Learners find their own way"),
        a_proposal("c", "The employer pays a fee per learner"),
    )
    groups = group([pay, learners, employers])
    assert [[each.participant_id for each in one.proposals] for one in groups] == [["a", "c"], ["b"]]
    assert [one.shared for one in groups] == [("employer", "fee", "pay"), ()]


TEXTS = st.lists(st.sampled_from("employer fee pay learner board price hour week the and".split()), max_size=6)


@given(st.lists(TEXTS.map(" ".join), max_size=8))
def test_every_proposal_is_in_one_group_and_none_that_is_alike_is_apart(texts):
    proposals = [a_proposal(str(number), text) for number, text in enumerate(texts)]
    groups = group(proposals)
    placed = [each.participant_id for one in groups for each in one.proposals]
    assert sorted(placed) == sorted(each.participant_id for each in proposals)
    for one in groups:
        for other in groups:
            near = any(alike(a.text, b.text) >= ALIKE for a in one.proposals for b in other.proposals)
            assert one is other or not near


@given(TEXTS.map(" ".join), TEXTS.map(" ".join))
def test_likeness_is_a_share_and_the_same_both_ways(one, other):
    assert 0 <= alike(one, other) <= 1
    assert alike(one, other) == alike(other, one)
    assert alike(one, one) == (1 if any(word not in ("the", "and") for word in one.split()) else 0)


def test_choosing_means_leaving_something():
    assert [votes_each(number) for number in range(6)] == [0, 1, 1, 2, 3, 3]


def test_the_people_and_their_support_are_counted_by_question():
    sitting = replace(a_sitting(), votes=frozenset({("i1", "a", "b"), ("i1", "c", "b"), ("i2", "a", "a")}))
    assert sitting.support(sitting.items[0]) == {"b": 2}
    assert BY_ID["merge"].title


PARTNERS = a_question(
    "partners",
    kind="table",
    columns=(Column("name", "Partner"), Column("since", "Since", "date"), Column("gives", "Gives", "words")),
)


def test_of_a_table_the_room_names_rows_in_a_column_that_takes_words():
    assert can_be_settled(PARTNERS)
    assert [column.id for column in line_columns(PARTNERS)] == ["name", "gives"]
    picks = a_question("picks", kind="table", columns=(Column("kind", "Kind", "choice", options={"a": "A"}),))
    assert not can_be_settled(picks)
    assert line_columns(a_question("case")) == ()


def test_a_line_becomes_a_row_unless_it_stands_in_the_table_already():
    lines = read_lines(" - Port of Larkfield\n\n• Cold  Store\ncold store\n \nClinic")
    assert lines == ("Port of Larkfield", "Cold Store", "Clinic")
    value = {"rows": [{"id": "r1", "name": "CLINIC", "gives": "Nurses"}]}
    patch = rows_of_lines(PARTNERS, value, lines, "name", "s")
    assert patch == {"s-1": {"name": "Port of Larkfield"}, "s-2": {"name": "Cold Store"}}
    after = patch_rows(PARTNERS, value, patch)
    assert named_rows(PARTNERS, after, "name") == ("CLINIC", "Port of Larkfield", "Cold Store")
    assert rows_of_lines(PARTNERS, after, lines, "name", "t") == {}, "stored once more it adds nothing"


def test_an_energy_check_can_be_asked_at_any_moment_and_ends_when_the_workshop_goes_on():
    at_read = walk(a_sitting(), "next")
    asked = move(at_read, "energy", NOON, number=1)
    assert (where(asked), asked.workshop.asks, check_now(asked)) == ((1, "read"), "energy-2-1", "energy-2-1")
    assert asked.workshop.step_ends_at == at_read.workshop.step_ends_at, "the time box goes on"
    with pytest.raises(WorkshopRefused, match="asked already"):
        move(asked, "energy", NOON, number=1)
    for ended in (move(asked, "energy", NOON), walk(asked, "next")):
        assert (ended.workshop.asks, check_now(ended)) == ("", None)
    closing = move(at_read, "go", NOON, number=3)
    assert check_now(closing) == ""
    with pytest.raises(WorkshopRefused, match="closing asks"):
        move(closing, "energy", NOON, number=1)


def test_the_mean_of_an_energy_check_is_said_only_once_three_have_answered():
    people = tuple(Participant(id, id, NOON) for id in "abcd")
    numbers = {("energy-2-1", "a"): 5, ("energy-2-1", "b"): 2}
    two = replace(a_sitting(), participants=people, ratings=numbers)
    assert say_check(two, "energy-2-1") == "2 of 4 answered. The mean is shown from 3 answers on."
    assert say_checks(two) == ("At question 1: 2 answers, too few for a mean",)
    more = {("energy-2-1", "c"): 4, ("energy-10-0", "a"): 1, **{("", each): 3 for each in "abc"}, ("i1", "a"): 1}
    three = replace(two, ratings=numbers | more)
    assert say_check(three, "energy-2-1") == "3.7 of 5 on average, from 3 of 4."
    assert say_checks(three) == (
        "At question 1: 3.7 of 5, from 3", "At the beginning: 1 answer, too few for a mean",
        "At the closing: 3.0 of 5, from 3",
    )  # fmt: skip
