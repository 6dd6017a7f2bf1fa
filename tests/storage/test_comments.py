"""Comments, on both databases: nothing is lost, stored twice, or changed by somebody else."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from mcplan.comments import MOST_COMMENTS, CommentRefused, Talk
from mcplan.people import NotAllowed, Person
from questionnaire.errors import AnswerRejected
from storage.access import authorize
from storage.comments import (
    EditedMeanwhile,
    assign_thread,
    edit_comment,
    fetch_counts,
    fetch_talk,
    fetch_threads,
    reopen_thread,
    settle_thread,
    store_comment,
)
from storage.database import reading, storing, writing
from storage.plans import NoSuchPlan, archive_plan, fetch_plan, fetch_summaries, start_plan
from storage.presence import fetch_pulse
from storage.tables import COMMENTS, MEMBERSHIPS
from storage.timeline import fetch_timeline
from tests.builders import HERE, NOON, a_plan, an_answer, door
from tests.enrolled import DANA, KIM, SAM, enrol

CASE = "first.case"
LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def do(database, plan_id):
    """Do something with the comments of the plan, as Dana or somebody else at this computer."""

    def do(work, *parts, by="Dana Okafor", **named):
        with writing(database) as session:
            return work(door(session, plan_id, by), *parts, **named)

    return do


@pytest.fixture
def say(do, asked):
    """Comment at noon, at the case if nothing else is said."""

    def say(id="c1", text="Is 64 right?", *, by="Dana Okafor", question=CASE, thread="", at=NOON):
        do(store_comment, asked, id, text, question_id=question, thread_id=thread, at=at, by=by)

    return say


@pytest.fixture
def look(database, plan_id):
    """What is stored, read by somebody who changes nothing."""

    def look(work=fetch_threads, *parts):
        with reading(database) as session:
            return work(door(session, plan_id), *parts)

    return look


def told(look):
    """What the history says was done, latest first."""
    return [f"{entry.by} {entry.event.words}" for entry in look(fetch_timeline) if entry.event][:-1]


def test_a_thread_is_a_comment_and_its_replies_in_the_order_they_came(say, look):
    say("c1", "Is 64 right?\nI doubt it.")
    say("c2", "No, 60.", by="Sam Ito", thread="c1", at=LATER)
    say("c3", "Who decides?", question="", at=LATER)

    first, second = look()
    assert [(each.text, each.by, each.at) for each in first.comments] == [
        ("Is 64 right?\nI doubt it.", "Dana Okafor", NOON),
        ("No, 60.", "Sam Ito", LATER),
    ]
    assert (first.question_id, first.is_open, second.question_id) == (CASE, True, "")
    assert [each.id for each in look(fetch_threads, CASE)] == ["c1"]
    assert [each.id for each in look(fetch_threads, "")] == ["c3"]


def test_the_same_comment_sent_twice_is_stored_once(say, look):
    say("c1", "Is 64 right?")
    before = look(fetch_pulse, NOON).talk
    say("c1", "Is 64 right?")

    assert [len(thread.comments) for thread in look()] == [1]
    assert look(fetch_pulse, NOON).talk == before
    assert told(look) == ["Dana Okafor commented: Is 64 right?"]


def test_a_comment_under_the_id_of_somebody_elses_is_refused_and_not_swallowed(say, look):
    say("c1")
    with pytest.raises(CommentRefused, match="Copy the text"):
        say("c1", "Mine", by="Sam Ito")
    assert look()[0].began.text == "Is 64 right?"


def test_an_id_of_another_plan_shows_nothing_of_it(say, database, asked, plan_id):
    say("c1")
    with writing(database) as session:
        other = start_plan(session, asked, a_plan(id=""), person=HERE, at=NOON)
    with pytest.raises(CommentRefused), writing(database) as session:
        store_comment(door(session, other), asked, "c1", "Mine", question_id=CASE, at=NOON)
    for work in (settle_thread, reopen_thread):
        with pytest.raises(CommentRefused, match="not there"), writing(database) as session:
            work(door(session, other), "c1", at=NOON)
    with reading(database) as session:
        assert fetch_threads(door(session, other)) == []
        assert fetch_counts(door(session, other)) == {}


def test_a_comment_does_not_change_the_plan_or_how_it_stands(database, asked, say, look, plan_id):
    def standing():
        return fetch_summaries(database, asked, HERE, at=NOON)

    before, stands = look(fetch_plan), standing()
    say()
    assert look(fetch_plan) == before
    assert standing() == stands


def test_every_change_of_a_comment_moves_the_pulse_and_stands_in_the_history(say, do, look):
    steps = [
        lambda: say("c1", "Is 64 right?"),
        lambda: say("c2", "No.", by="Sam Ito", thread="c1", at=NOON + timedelta(minutes=1)),
        lambda: do(edit_comment, "c1", "Is 60 right?", seen=1, at=NOON + timedelta(minutes=2)),
        lambda: do(assign_thread, "c1", "sam", at=NOON + timedelta(minutes=3)),
        lambda: do(assign_thread, "c1", "", at=NOON + timedelta(minutes=4)),
        lambda: do(settle_thread, "c1", at=NOON + timedelta(minutes=5), by="Sam Ito"),
        lambda: do(reopen_thread, "c1", at=NOON + timedelta(minutes=6)),
    ]
    for number, step in enumerate(steps):
        assert look(fetch_pulse, NOON).talk == look(fetch_talk) == number
        step()
    assert told(look) == [
        "Dana Okafor opened the thread “Is 60 right?” again",
        "Sam Ito settled the thread “Is 60 right?”",
        "Dana Okafor asked nobody in particular any more to look at “Is 60 right?”",
        "Dana Okafor asked Sam Ito to look at “Is 60 right?”",
        "Dana Okafor changed a comment from “Is 64 right?” to “Is 60 right?”",
        "Sam Ito commented: No.",
        "Dana Okafor commented: Is 64 right?",
    ]


def test_the_text_before_an_edit_is_kept_in_full(say, do, look):
    long = "word " * 900
    say("c1", long)
    do(edit_comment, "c1", "Short", seen=1, at=LATER)
    events = [entry.event for entry in look(fetch_timeline) if entry.event]
    assert events[0].details["before"] == long.strip()
    comment = look()[0].began
    assert (comment.text, comment.edited_at, comment.revision) == ("Short", LATER, 2)


def test_of_two_edits_of_one_comment_the_second_is_not_put_in_place_unseen(say, do, look):
    say()
    do(edit_comment, "c1", "Here", seen=1, at=LATER)
    with pytest.raises(EditedMeanwhile, match="another window"):
        do(edit_comment, "c1", "There", seen=1, at=LATER)
    do(edit_comment, "c1", "Here", seen=1, at=LATER)  # The same edit again, because its reply was lost.
    assert (look()[0].began.text, look()[0].began.revision) == ("Here", 2)
    do(edit_comment, "c1", "There", seen=2, at=LATER)
    assert look()[0].began.text == "There"


def test_two_edits_at_the_same_moment_leave_one_of_them_and_tell_the_other(say, database, plan_id, look):
    say()
    outcomes, together = [], Barrier(2)

    def edit(text):
        together.wait()

        def work(session):
            edit_comment(door(session, plan_id), "c1", text, seen=1, at=LATER)

        try:
            storing(database, work)
            outcomes.append(text)
        except EditedMeanwhile:
            outcomes.append("told")

    threads = [Thread(target=edit, args=(text,)) for text in ("Here", "There")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) in (["Here", "told"], ["There", "told"])
    assert look()[0].began.text in outcomes
    assert look()[0].began.revision == 2


def test_nobody_changes_the_words_of_somebody_else(say, do, look):
    say()
    with pytest.raises(CommentRefused, match="Only Dana Okafor"):
        do(edit_comment, "c1", "Sam was here", seen=1, at=LATER, by="Sam Ito")
    with pytest.raises(CommentRefused, match="not there"):
        do(edit_comment, "c9", "Sam was here", seen=1, at=LATER)
    assert look()[0].began.text == "Is 64 right?"


def test_settling_twice_is_settling_once(say, do, look):
    say()
    do(settle_thread, "c1", at=LATER, by="Sam Ito")
    do(settle_thread, "c1", at=LATER)
    thread = look()[0]
    assert (thread.resolved_by, thread.resolved_at) == ("Sam Ito", LATER)
    do(reopen_thread, "c1", at=LATER)
    do(reopen_thread, "c1", at=LATER)
    assert look()[0].is_open
    assert len(told(look)) == 3


def test_a_reply_to_a_thread_that_was_settled_meanwhile_opens_it_again(say, do, look):
    say()
    do(settle_thread, "c1", at=LATER, by="Sam Ito")
    say("c2", "But why?", thread="c1", at=LATER)
    assert look()[0].is_open
    assert [each.text for each in look()[0].comments] == ["Is 64 right?", "But why?"]


def test_only_somebody_on_the_team_can_be_asked(say, do, look):
    say()
    do(assign_thread, "c1", "sam", at=LATER)
    with pytest.raises(CommentRefused, match="not on the team"):
        do(assign_thread, "c1", "kim", at=LATER)
    assert look()[0].assignee == "sam"


def test_counts_are_of_threads_by_question(say, do, look):
    assert look(fetch_counts) == {}
    say("c1")
    say("c2", "And?", thread="c1")
    say("c3", "More?")
    say("c4", "All of it", question="")
    do(settle_thread, "c3", at=LATER)
    assert look(fetch_counts) == {CASE: Talk(1, 2), "": Talk(1, 1)}


def test_a_plan_takes_500_comments_and_says_so(database, say, look, plan_id):
    row = {
        "plan_id": plan_id, "question_id": CASE, "text": "x", "by": "Sam Ito", "person_id": "local", "at": NOON,
        "edited_at": None, "resolved_at": None, "resolved_by": "", "assignee": "", "revision": 1,
    }  # fmt: skip
    with writing(database) as session:
        connection = door(session, plan_id).session.connection()
        for number in range(MOST_COMMENTS - 1):
            connection.execute(COMMENTS.insert(), row | {"id": f"n{number}", "thread_id": f"n{number}"})
    say("last", "The last one")
    with pytest.raises(CommentRefused, match="This plan has 500 comments"):
        say("more", "One too many")
    say("last", "The last one")  # It was stored, only its reply was lost.
    assert look(fetch_counts) == {CASE: Talk(500, 500)}


def test_a_question_or_thread_that_is_not_there_takes_no_comment(say, look):
    with pytest.raises(CommentRefused, match="not in the questionnaire"):
        say(question="first.gone")
    with pytest.raises(CommentRefused, match="thread is not there"):
        say(thread="c9")
    assert look() == []


def test_an_archived_plan_can_be_read_and_not_commented_on(say, do, look):
    say()
    do(archive_plan, at=LATER)
    for change in (
        lambda: say("c2"),
        lambda: do(edit_comment, "c1", "New", seen=1, at=LATER),
        lambda: do(settle_thread, "c1", at=LATER),
        lambda: do(assign_thread, "c1", "sam", at=LATER),
    ):
        with pytest.raises(AnswerRejected, match="archived"):
            change()
    assert [thread.began.text for thread in look()] == ["Is 64 right?"]


def test_strangers_meet_nothing_and_viewers_only_read(database, asked):
    enrol(database, DANA, SAM, KIM)
    with writing(database) as session:
        plan = start_plan(session, asked, a_plan(an_answer(), id=""), person=DANA, at=NOON)
        store_comment(authorize(session, DANA, plan, "comment", NOON), asked, "c1", "Hm", question_id=CASE, at=NOON)
    with pytest.raises(NoSuchPlan), reading(database) as session:
        fetch_threads(authorize(session, KIM, plan, "view", NOON))
    let_in(database, plan, KIM, "viewer")
    with pytest.raises(NotAllowed, match="not comment"), writing(database) as session:
        store_comment(authorize(session, KIM, plan, "view", NOON), asked, "c2", "Hm", question_id=CASE, at=NOON)
    with reading(database) as session:
        assert [each.began.by for each in fetch_threads(authorize(session, KIM, plan, "view", NOON))] == ["Dana Okafor"]


def test_a_reviewer_comments_and_is_known_by_who_they_are_not_by_their_name(database, asked):
    enrol(database, DANA, SAM)
    with writing(database) as session:
        plan = start_plan(session, asked, a_plan(id=""), person=DANA, at=NOON)
    let_in(database, plan, SAM, "reviewer")
    with writing(database) as session:
        store_comment(authorize(session, SAM, plan, "view", NOON), asked, "c1", "Hm", question_id=CASE, at=NOON)
    renamed = Person(SAM.id, "Sam Ito-Lee")
    with writing(database) as session:
        edit_comment(authorize(session, renamed, plan, "view", NOON), "c1", "Well", seen=1, at=LATER)
    with pytest.raises(CommentRefused), writing(database) as session:
        edit_comment(authorize(session, DANA, plan, "view", NOON), "c1", "No", seen=2, at=LATER)


def let_in(database, plan, person, role):
    """As an invitation of Dana's does."""
    with writing(database) as session:
        access = authorize(session, DANA, plan, "manage_members", NOON)
        row = {"plan_id": plan, "person_id": person.id, "role": role, "by": DANA.name, "at": NOON, "ends_at": None}
        access.session.connection().execute(MEMBERSHIPS.insert(), row)
