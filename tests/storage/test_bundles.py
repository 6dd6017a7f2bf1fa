"""Plans on their way out of one database and into another, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from mcplan.bundle import Bundle, read_bundle, write_bundle
from mcplan.bundle.meeting import incoming_of
from mcplan.comments import Comment, Thread
from mcplan.incoming import find_difference
from mcplan.people import somebody_here
from mcplan.plan import Evidence
from mcplan.timeline import Event
from questionnaire.errors import AnswerRejected
from questionnaire.model import Stage
from storage.answers import store_changes
from storage.bundles import fetch_all_revisions, fetch_bundle, start_from_bundle, take_over
from storage.comments import fetch_threads, settle_thread, store_comment
from storage.database import reading, writing
from storage.events import record
from storage.guard import AllPlans, within
from storage.notices import gather, waiting
from storage.plans import fetch_plan
from storage.tables import COMMENTS, REVISIONS
from storage.timeline import fetch_timeline
from tests.builders import NOON, a_plan, an_answer, door
from tests.enrolled import DANA, enrol

LATER = NOON + timedelta(days=3)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co"]), max_size=60)


def say(database, asked, plan_id, words, *, seen, by="Sam Ito", question="first.case"):
    with writing(database) as session:
        access = door(session, plan_id, by)
        store_changes(access, asked, question, {"value": words}, seen=seen, save_id=f"s{seen}", at=LATER)


def taken(database, asked, plan_id) -> Bundle:
    with reading(database) as session:
        return fetch_bundle(door(session, plan_id), asked)


def brought_in(database, asked, bundle, id="new") -> str:
    with writing(database) as session:
        return start_from_bundle(session, asked, bundle, id=id, person=somebody_here("Kim Vale"), at=LATER)


def without_import(bundle: Bundle) -> Bundle:
    """A bundle but for what bringing it in adds: an id, an event, and who did it when."""
    plan = replace(bundle.plan, id="", changed_at=None, changed_by="")
    events = tuple(each for each in bundle.events if each.kind != "brought in")
    threads = tuple(
        replace(each, id="", comments=tuple(replace(one, id="", person_id="") for one in each.comments))
        for each in bundle.threads
    )
    return replace(bundle, plan=plan, events=events, threads=threads)


@pytest.fixture
def lived(database, asked, start) -> str:
    """A plan with answers that were changed, threads and events."""
    plan_id = start(an_answer(), an_answer("first.hours", 48.0, evidence=(Evidence("Survey"),)), board="Senate")
    say(database, asked, plan_id, "Said once more: É, 漢.", seen=1)
    with writing(database) as session:
        access = door(session, plan_id, "Sam Ito")
        store_comment(access, asked, "c1", "Really?", question_id="first.case", at=NOON)
        store_comment(access, asked, "c2", "Yes.", thread_id="c1", at=NOON)
        store_comment(access, asked, "a0", "About it all", at=NOON)
        settle_thread(access, "c1", at=LATER)
    return plan_id


def test_a_plan_that_goes_out_and_comes_in_is_the_same_plan(database, asked, lived):
    bundle = taken(database, asked, lived)
    assert len(bundle.history) == 3
    assert len(bundle.threads) == 2

    copy = brought_in(database, asked, read_bundle(write_bundle(bundle)))

    again = taken(database, asked, copy)
    assert without_import(again) == without_import(bundle)
    assert write_bundle(again) == write_bundle(taken(database, asked, copy))


def test_who_and_when_stay_as_they_were_and_are_nobody_of_here(database, asked, lived):
    copy = brought_in(database, asked, taken(database, asked, lived))

    with reading(database) as session:
        access = door(session, copy, "Sam Ito")
        history = [each for each in fetch_all_revisions(access) if each.question_id == "first.case"]
        threads = fetch_threads(access)
        assert [(each.by, each.at, each.revision) for each in history] == [
            ("Dana Okafor", NOON, 1), ("Sam Ito", LATER, 2),
        ]  # fmt: skip
        assert not any(one.is_by(access.person) for each in threads for one in each.comments)
        with within(session, AllPlans()):
            marks = session.connection().execute(select(REVISIONS.c.save_id).where(REVISIONS.c.plan_id == copy))
            whose = session.connection().execute(select(COMMENTS.c.person_id).where(COMMENTS.c.plan_id == copy))
            assert set(marks.scalars()) == set(whose.scalars()) == {"elsewhere"}


def test_a_plan_comes_in_once_however_often_it_is_tried(database, asked, lived):
    bundle = taken(database, asked, lived)
    for _ in range(2):
        brought_in(database, asked, bundle)
    assert [each.kind for each in taken(database, asked, "new").events].count("brought in") == 1
    brought_in(database, asked, bundle, id="another")
    assert taken(database, asked, "another").threads != ()


def test_answers_to_questions_that_are_not_asked_here_are_kept(database, asked, lived):
    bundle = taken(database, asked, lived)
    strange = an_answer("other.question", "Kept")
    plan = replace(bundle.plan, answers={**bundle.plan.answers, strange.question_id: strange})
    copy = brought_in(database, asked, replace(bundle, plan=plan, history=(*bundle.history, strange)))

    with reading(database) as session:
        assert fetch_plan(door(session, copy)).answers["other.question"].value == "Kept"


def test_people_of_an_installation_stay_there(database, asked, lived):
    with writing(database) as session:
        record(door(session, lived), "invited", NOON, name="kim@south.example", after="viewer")

    assert b"kim@south.example" not in b"".join(
        each.kind.encode() + repr(each.details).encode() for each in taken(database, asked, lived).events
    )


def test_what_happened_elsewhere_is_no_news_here_and_says_so(database, asked, lived):
    bundle = taken(database, asked, lived)
    assigned = Event("comment assigned", "Sam Ito", NOON, "first.case", {"name": "Really?", "after": DANA.name})
    enrol(database, DANA)
    with writing(database) as session:
        gather(session, "https://mcplan.example", LATER)
    bundle = replace(bundle, events=(*bundle.events, assigned))
    with writing(database) as session:
        copy = start_from_bundle(session, asked, bundle, id="new", person=DANA, at=LATER)

    with writing(database) as session:
        assert gather(session, "https://mcplan.example", LATER + timedelta(hours=1)) > 0
        assert waiting(session) == (0, 0)
        words = [each.event.words for each in fetch_timeline(door(session, copy)) if each.event]
    assert f"asked {DANA.name} to look at “Really?”, before the plan came here" in words
    assert assigned in taken(database, asked, copy).events


def test_the_future_is_refused_and_nothing_is_left_of_it(database, asked, lived):
    bundle = taken(database, asked, lived)
    event = Event("archived", "Dana Okafor", LATER + timedelta(days=2))
    with pytest.raises(AnswerRejected, match="future"):
        brought_in(database, asked, replace(bundle, events=(event,)))
    with pytest.raises(LookupError):
        taken(database, asked, "new")


def difference(database, asked, plan_id, bundle):
    with reading(database) as session:
        access = door(session, plan_id)
        incoming = incoming_of(bundle, fetch_all_revisions(access))
        return find_difference(asked, fetch_plan(access), incoming, by="Dana Okafor", at=LATER)


def accept(database, asked, plan_id, proposals, by="Dana Okafor", save_id="import"):
    with writing(database) as session:
        return take_over(door(session, plan_id, by), asked, proposals, name="a.mcplan", save_id=save_id, at=LATER)


def test_a_bundle_of_the_plan_itself_offers_nothing_even_if_the_plan_has_moved_on(database, asked, lived):
    bundle = taken(database, asked, lived)
    say(database, asked, lived, "Newer here", seen=2)

    assert difference(database, asked, lived, bundle).proposals == ()


def test_what_was_changed_elsewhere_is_taken_over_by_the_person_at_the_screen(database, asked, lived):
    copy = brought_in(database, asked, taken(database, asked, lived))
    say(database, asked, copy, "Better words", seen=2, by="Kim Vale")
    bundle = taken(database, asked, copy)

    (proposal,) = difference(database, asked, lived, bundle).proposals
    assert (proposal.standing, proposal.lines[0].after) == ("change", "Better words")
    for _ in range(2):
        accept(database, asked, lived, (proposal,))

    with reading(database) as session:
        access = door(session, lived)
        answer = fetch_plan(access).answers["first.case"]
        assert (answer.value, answer.by, answer.revision) == ("Better words", "Dana Okafor", 3)
    assert [each.kind for each in taken(database, asked, lived).events].count("took over") == 1


def test_where_both_were_changed_it_is_a_clash_and_a_late_change_stops_all_of_it(database, asked, lived):
    copy = brought_in(database, asked, taken(database, asked, lived))
    say(database, asked, copy, "Theirs", seen=2)
    say(database, asked, copy, "Cheap", seen=0, question="first.price")
    say(database, asked, lived, "Ours", seen=2)

    found = difference(database, asked, lived, taken(database, asked, copy))
    assert [(each.question_id, each.standing) for each in found.proposals] == [
        ("first.case", "clash"), ("first.price", "new"),
    ]  # fmt: skip
    say(database, asked, lived, "Ours again", seen=3)
    with pytest.raises(AnswerRejected, match="colleague has just changed"):
        accept(database, asked, lived, found.proposals[::-1])
    with reading(database) as session:
        assert "first.price" not in fetch_plan(door(session, lived)).answers


ANSWERS = st.builds(
    lambda value, note, stage, sure, other: {
        "value": value, "note": note, "stage": stage, "confidence": sure, "not_applicable": other,
    },
    TEXT.filter(str.strip), TEXT, st.sampled_from(Stage), st.dictionaries(TEXT, st.integers(1, 5), max_size=3), TEXT,
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ANSWERS, min_size=1, max_size=4), st.lists(TEXT.filter(str.strip), max_size=3))
def test_whatever_was_said_goes_out_and_in_and_out_the_same(database, asked, said, comments):
    number = len(taken_ids(database))
    history = tuple(an_answer("first.case", revision=at, **each) for at, each in enumerate(said, 1))
    threads = tuple(
        Thread("", "", (Comment("", text, "Sam Ito", "", NOON + timedelta(hours=at)),))
        for at, text in enumerate(comments)
    )
    bundle = Bundle(a_plan(history[-1]), asked, history, threads)
    bundle = read_bundle(write_bundle(bundle))

    brought_in(database, asked, bundle, id=f"p{number}")

    again = taken(database, asked, f"p{number}")
    assert without_import(again) == replace(without_import(bundle), questionnaire=asked)
    assert write_bundle(read_bundle(write_bundle(again))) == write_bundle(again)


def taken_ids(database):
    with reading(database) as session, within(session, AllPlans()):
        return session.connection().execute(select(REVISIONS.c.plan_id).distinct()).all()
