"""Comments: what is taken, whose they are, what is new, and how the list of threads reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcplan.comments import (
    MOST_EDITS,
    MOST_TEXT,
    Comment,
    CommentRefused,
    Thread,
    in_order,
    read_assignee,
    read_comment,
    refuse_edit,
)
from mcplan.people import Person, somebody_here
from mcplan.text import clean_text
from mcplan.views.comments import talk_of, view_talk, view_threads
from tests.builders import DANA, NOON, a_plan, a_question, a_questionnaire

DANA_HERE, SAM_HERE = somebody_here("Dana Okafor"), somebody_here("Sam Ito")
ASKED = a_questionnaire(a_question("case"))
LATER = NOON + timedelta(hours=3)


def a_comment(id="c1", text="Is 64 right?", by=DANA_HERE, **fields):
    """Dana's comment at noon."""
    return Comment(**{"id": id, "text": text, "by": by.name, "person_id": by.id, "at": NOON} | fields)


def a_thread(*comments, **fields):
    """A thread at the case."""
    comments = comments or (a_comment(),)
    return Thread(**{"id": comments[0].id, "question_id": "first.case", "comments": comments} | fields)


def listed(*threads, show="open", person=DANA_HERE, since=None, plan=None, most=20):
    return view_talk(
        ASKED, plan or a_plan(), threads, show, person=person, since=since, now=LATER, most=most
    )  # fmt: skip


@given(st.text(max_size=300))
def test_what_is_taken_can_be_stored_and_is_taken_again_as_it_is(text):
    if not clean_text(text).strip():
        with pytest.raises(CommentRefused):
            read_comment(text)
        return
    taken = read_comment(text)
    assert 0 < len(taken) <= MOST_TEXT
    assert read_comment(taken) == clean_text(taken) == taken


def test_a_comment_keeps_its_lines_and_loses_only_the_blanks_around_it():
    assert read_comment("\n  First\r\nSecond \n\n") == "First\nSecond"


@pytest.mark.parametrize("raw", ["", " \n\t", "\u202e", None, 5, ["x"]])
def test_an_empty_comment_is_refused_in_words(raw):
    with pytest.raises(CommentRefused, match="Write something first"):
        read_comment(raw)


def test_a_long_comment_says_by_how_much_it_is_too_long():
    assert len(read_comment("x" * MOST_TEXT)) == 5000
    with pytest.raises(CommentRefused, match=r"takes 5,000 characters, and this one has 5,001\."):
        read_comment("x" * 5001)


def test_only_its_author_changes_a_comment():
    refuse_edit(a_comment(), DANA_HERE)
    with pytest.raises(CommentRefused, match="Only Dana Okafor can change"):
        refuse_edit(a_comment(), SAM_HERE)


def test_an_author_who_signs_in_is_known_by_who_they_are_and_not_by_their_name():
    comment = a_comment(by=Person("p1", "Dana Okafor"))
    refuse_edit(comment, Person("p1", "Dana Okafor-Lee"))
    for stranger in (Person("p2", "Dana Okafor"), somebody_here("Dana Okafor")):
        with pytest.raises(CommentRefused):
            refuse_edit(comment, stranger)


def test_a_comment_cannot_be_changed_for_ever():
    with pytest.raises(CommentRefused, match="1,000 times"):
        refuse_edit(a_comment(revision=MOST_EDITS + 1), DANA_HERE)


def test_only_somebody_on_the_team_can_be_asked_to_look():
    assert read_assignee("dana", a_plan()) == "dana"
    assert read_assignee("", a_plan()) == ""
    for raw in ("kim", None, ["dana"]):
        with pytest.raises(CommentRefused, match="not on the team any more"):
            read_assignee(raw, a_plan())


def test_what_others_said_or_changed_since_the_last_visit_is_new_and_nothing_else_is():
    since = NOON - timedelta(minutes=1)
    assert a_comment().is_new(SAM_HERE, since)
    assert not a_comment().is_new(DANA_HERE, since)
    assert not a_comment().is_new(SAM_HERE, None)
    assert not a_comment().is_new(SAM_HERE, NOON)
    assert a_comment(edited_at=LATER).is_new(SAM_HERE, NOON)


@given(st.permutations(range(6)))
def test_open_threads_come_first_as_they_began_and_settled_ones_last(order):
    def at(place):
        comment = a_comment(f"c{place}", at=NOON + timedelta(minutes=place))
        return a_thread(comment, resolved_at=LATER + timedelta(minutes=place) if place % 2 else None)

    assert [each.id for each in in_order(at(place) for place in order)] == ["c0", "c2", "c4", "c5", "c3", "c1"]


def test_a_box_gets_its_threads_in_finished_words():
    reply = a_comment("c2", "No, 60.\nI asked.", by=SAM_HERE, edited_at=LATER, revision=2)
    thread = a_thread(a_comment(), reply, resolved_at=LATER, resolved_by="Sam Ito", assignee="sam")
    view = view_threads(a_plan(), [thread, a_thread(a_comment("c3"))], person=SAM_HERE, since=NOON, may_comment=True)

    assert (view["open"], view["total"], view["closed"]) == (1, 2, "")
    assert view["team"] == [["dana", "Dana Okafor"], ["sam", "Sam Ito"]]
    settled = view["threads"][1]
    assert (settled["resolved_by"], settled["assignee"], settled["name"]) == ("Sam Ito", "sam", "Is 64 right?")
    assert [each["may_edit"] for each in settled["comments"]] == [False, True]
    assert settled["comments"][1]["text"] == "No, 60.\nI asked."


def test_whoever_may_not_comment_or_meets_an_archived_plan_is_told_why():
    given = {"person": DANA_HERE, "since": None}
    viewer = view_threads(a_plan(), [a_thread()], may_comment=False, **given)
    archived = view_threads(a_plan(archived_at=NOON), [a_thread()], may_comment=True, **given)

    assert viewer["closed"] == "You can read this plan, but not comment on it."
    assert archived["closed"].startswith("This plan is archived")
    assert not viewer["threads"][0]["comments"][0]["may_edit"]
    assert not archived["threads"][0]["comments"][0]["may_edit"]


def test_nobody_is_asked_any_more_once_they_have_left_the_team():
    alone = a_plan(team=(DANA,))
    view = view_threads(alone, [a_thread(assignee="sam")], person=DANA_HERE, since=None, may_comment=True)

    assert view["threads"][0]["assignee"] == ""
    assert "assigned" not in listed(a_thread(assignee="sam"), plan=alone).cards[0].facts


def test_the_list_names_question_last_words_and_who_is_asked():
    reply = a_comment("c2", "No, 60.\nI asked.", by=SAM_HERE, at=NOON + timedelta(hours=1))
    view = listed(a_thread(a_comment(), reply, assignee="dana"), since=NOON)

    assert view.summary == "1 thread is open; 1 of them for you to look at."
    card = view.cards[0]
    assert (card.phase_id, card.question_id) == ("first", "first.case")
    assert card.question.endswith("What about case?")
    assert card.says == "Sam Ito, 2 hours ago: No, 60. I asked."
    assert card.facts == "begun by Dana Okafor · 2 comments · assigned to Dana Okafor"
    assert card.is_new


def test_mine_is_what_i_began_or_am_asked_to_look_at_and_is_still_open():
    began = a_thread(a_comment("c1"))
    asked = a_thread(a_comment("c2", by=SAM_HERE), assignee="dana")
    other = a_thread(a_comment("c3", by=SAM_HERE))
    done = replace(a_thread(a_comment("c4")), resolved_at=NOON, resolved_by="Sam Ito")

    assert {card.id for card in listed(began, asked, other, done, show="mine").cards} == {"c1", "c2"}
    settled = listed(began, asked, other, done, show="settled").cards
    assert [card.facts for card in settled] == ["settled by Sam Ito 3 hours ago · 1 comment"]


def test_an_empty_list_says_so_and_a_long_one_how_many_there_are_more():
    assert listed(show="settled").nothing == "No thread is settled yet."
    assert listed().summary == "No thread at a question is open."
    long = listed(*(a_thread(a_comment(f"c{number}")) for number in range(5)), most=2)
    assert (len(long.cards), long.more) == (2, "Show more (3 left)")


def test_threads_about_the_plan_as_a_whole_are_not_among_those_at_questions():
    assert listed(a_thread(question_id="")).cards == ()


def test_a_thread_at_a_question_that_is_gone_is_still_listed():
    card = listed(a_thread(question_id="first.gone")).cards[0]
    assert (card.phase_id, card.question) == ("", "A question that is not asked any more")


def test_counts_tell_open_threads_from_all():
    assert talk_of([a_thread(), a_thread(resolved_at=NOON)]).open == 1
