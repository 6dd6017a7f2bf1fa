"""Keeping answers: two at once, twice the same, and everything that can be typed."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, text

from mcplan.plan import Evidence, Member
from questionnaire.errors import AnswerRejected
from questionnaire.model import Stage
from storage.answers import AnsweredMeanwhile, NoSuchPlan, fetch_history, store_changes
from storage.database import open_database, reading, writing
from storage.kept import KEPT
from storage.plans import archive_plan, fetch_plan, fetch_summaries
from storage.rows import fetch_open
from storage.team import store_member
from tests.builders import HERE, NOON, a_question, a_questionnaire, an_answer, door

CASE = "first.case"


@pytest.fixture
def save(database, asked, plan_id):
    """Keep changes of the case, as Dana unless somebody else is said."""

    def save(changes, *, seen, save_id="", by="Dana Okafor", at=NOON, question_id=CASE, engine=database, plan=plan_id):
        with writing(engine) as session:
            return store_changes(
                door(session, plan, by), asked, question_id, changes, seen=seen, save_id=save_id, at=at
            )

    return save


@pytest.fixture
def stored(database, plan_id):
    """The plan as it is stored now."""

    def stored():
        with reading(database) as session:
            return fetch_plan(door(session, plan_id))

    return stored


def test_an_answer_comes_back_as_it_was_kept(save, stored):
    saved = save({"value": "Employers ask for it.", "note": "Since May."}, seen=0)
    assert stored().answers[CASE] == saved
    assert (saved.revision, saved.stage, saved.by, saved.at) == (
        1, Stage.DRAFTED, "Dana Okafor", NOON,
    )  # fmt: skip


def test_a_change_of_one_field_keeps_the_others(save, stored):
    save({"value": "Employers ask for it."}, seen=0)
    save({"owner": "sam"}, seen=1, by="Sam Ito")
    answer = stored().answers[CASE]
    assert (answer.value, answer.owner, answer.revision, answer.by) == ("Employers ask for it.", "sam", 2, "Sam Ito")


@pytest.mark.parametrize("seen", [0, 1])
def test_the_second_of_two_learns_what_the_first_has_said(save, stored, seen):
    for revision in range(seen):
        save({"value": "Before."}, seen=revision)
    first = save({"value": "Dana's."}, seen=seen)
    with pytest.raises(AnsweredMeanwhile) as late:
        save({"value": "Sam's."}, seen=seen, by="Sam Ito")
    assert late.value.answer == first == stored().answers[CASE]
    assert "Your text is kept on your screen" in str(late.value)


def test_an_answer_that_no_person_changes_so_often_is_full(save):
    with pytest.raises(AnswerRejected, match="changed 20,000 times"):
        save({"value": "Once more."}, seen=20_000)


def test_a_screen_from_the_future_loses_too(save, stored):
    with pytest.raises(AnsweredMeanwhile) as late:
        save({"value": "Sam's."}, seen=7)
    assert (late.value.answer.revision, stored().answers) == (0, {})


@pytest.mark.parametrize("seen", [0, 1])
def test_of_many_at_once_exactly_one_wins(url, save, stored, seen):
    for revision in range(seen):
        save({"value": "Before."}, seen=revision)
    engines = [open_database(url) for _ in range(4)]
    ready, outcomes = threading.Barrier(4), {}

    def answer(name, engine):
        ready.wait()
        try:
            outcomes[name] = save({"value": name}, seen=seen, by=name, engine=engine)
        except AnsweredMeanwhile as late:
            outcomes[name] = late.answer

    people = [threading.Thread(target=answer, args=(f"p{place}", engine)) for place, engine in enumerate(engines)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    kept = stored().answers[CASE]
    assert kept.revision == seen + 1
    assert list(outcomes.values()) == [kept] * 4
    for engine in engines:
        engine.dispose()


def test_the_database_compares_revisions_not_this_process(save, database, plan_id, monkeypatch):
    """Even a save that was read too early, past the lock, cannot overwrite what came in between."""
    save({"value": "Before."}, seen=0)
    from storage import answers

    def too_early(session, plan_id, question_id):
        found = fetch_open(session, plan_id, question_id)
        statement = text("UPDATE mc_answer SET revision = 2, note = 'In between.' WHERE plan_id = :id")
        session.connection().execute(statement, {"id": plan_id})
        return found

    monkeypatch.setattr(answers, "fetch_open", too_early)
    with pytest.raises(AnsweredMeanwhile):
        save({"value": "Too late."}, seen=1)


def test_saves_of_different_questions_at_once_follow_one_another(url, database, asked, save, stored):
    engines = [open_database(url) for _ in range(2)]
    questions = {"first.case": engines[0], "first.price": engines[1]}

    def answer(question_id, engine):
        for revision in range(15):
            save({"value": f"{revision}"}, seen=revision, question_id=question_id, engine=engine)

    people = [threading.Thread(target=answer, args=each) for each in questions.items()]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert stored().revision == 1 + 2 * 15
    assert fetch_summaries(database, asked, HERE, at=NOON)[0].blank == 1
    for engine in engines:
        engine.dispose()


def test_a_save_sent_twice_is_stored_once(save, stored, database, plan_id):
    first = save({"value": "Once."}, seen=0, save_id="abc")
    again = save({"value": "Once."}, seen=0, save_id="abc", at=NOON + timedelta(seconds=2))
    assert again == first
    assert stored().revision == 2
    with reading(database) as session:
        assert len(fetch_history(door(session, plan_id), CASE)) == 1


def test_a_save_sent_twice_is_known_even_after_a_colleagues(save, stored):
    first = save({"value": "Dana's."}, seen=0, save_id="abc")
    second = save({"value": "Sam's."}, seen=1, save_id="def", by="Sam Ito")
    assert save({"value": "Dana's."}, seen=0, save_id="abc") == first
    assert stored().answers[CASE] == second


@pytest.fixture
def statements(database):
    """What the database is asked from here on, as it is asked."""
    asked_for = []
    event.listen(database, "before_cursor_execute", lambda *given: asked_for.append(given[2]))
    return asked_for


@pytest.mark.parametrize("known", [True, False])
def test_a_save_reads_one_answer_at_most_and_scores_nothing(save, start, database, statements, known):
    others = [an_answer(f"first.other-{number}") for number in range(30)]
    other_id = start(an_answer(), *others)
    if not known:
        KEPT.keep(other_id, "forgotten", ((), {}))
    statements.clear()
    save({"value": "Once more."}, seen=1, plan=other_id)
    reads = [each for each in statements if each.startswith("SELECT") and "FROM mc_answer" in each]
    assert all("question_id = " in each for each in reads)
    assert len(statements) <= 9
    assert not any("mc_plan_summary" in each for each in statements)


def test_a_save_sent_twice_is_found_without_reading_the_history_of_its_answer(save, statements):
    for revision in range(12):
        save({"value": f"{revision}"}, seen=revision, save_id=f"save-{revision}")
    statements.clear()
    assert save({"value": "3"}, seen=3, save_id="save-3").value == "3"
    (read,) = [each for each in statements if "FROM mc_answer_revision" in each]
    assert "revision = " in read


def test_a_repeated_save_is_not_another_one_of_the_same_answer(save):
    save({"value": "One."}, seen=0, save_id="abc")
    save({"value": "Two."}, seen=1, save_id="def")
    for other, seen in (("ghi", 0), ("abc", 3)):
        with pytest.raises(AnsweredMeanwhile):
            save({"value": "Two."}, seen=seen, save_id=other)


def test_a_first_save_of_a_plan_nobody_has_read_knows_its_team_and_what_was_said(save, stored, start):
    plan_id = start(an_answer(note="As agreed.", confidence={"Sam Ito": 2}))
    KEPT.keep(plan_id, "forgotten", ((), {}))
    with pytest.raises(AnswerRejected, match="not on the plan's team"):
        save({"owner": "kim"}, seen=1, plan=plan_id)
    saved = save({"owner": "sam", "confidence": 4}, seen=1, plan=plan_id)
    assert (saved.value, saved.note, saved.owner) == ("Enough said.", "As agreed.", "sam")
    assert saved.confidence == {"Sam Ito": 2, "Dana Okafor": 4}


def test_whoever_only_says_how_sure_they_are_stands_in_the_history_and_the_author_at_the_answer(save, stored, database):
    later = NOON + timedelta(hours=1)
    save({"value": "Employers ask for it."}, seen=0, save_id="abc")
    rated = save({"confidence": 2}, seen=1, save_id="def", by="Sam Ito", at=later)

    assert (rated.by, rated.at, rated.revision) == ("Dana Okafor", NOON, 2)
    assert stored().answers[CASE] == rated
    assert save({"confidence": 2}, seen=1, save_id="def", by="Sam Ito", at=later) == rated
    assert (stored().changed_by, stored().changed_at) == ("Sam Ito", later)
    with reading(database) as session:
        history = fetch_history(door(session, stored().id), CASE)
    assert [(each.by, each.at) for each in history] == [("Dana Okafor", NOON), ("Sam Ito", later)]


def test_what_nobody_has_written_yet_has_no_author_however_sure_somebody_is(save, stored):
    rated = save({"confidence": 2}, seen=0)
    assert (rated.by, rated.at) == ("", NOON)
    assert stored().answers[CASE] == rated


def test_a_first_save_of_a_plan_nobody_has_read_is_refused_in_an_archived_one(save, database, start):
    plan_id = start(an_answer())
    with writing(database) as session:
        archive_plan(door(session, plan_id), at=NOON)
    KEPT.keep(plan_id, "forgotten", ((), {}))
    with pytest.raises(AnswerRejected, match="archived"):
        save({"value": "Late."}, seen=1, plan=plan_id)


def test_what_is_remembered_of_a_plan_goes_on_through_saves_and_a_change_of_team(save, stored, database, plan_id):
    for revision in range(3):
        save({"value": f"{revision}"}, seen=revision)
        assert stored().answers[CASE].value == f"{revision}"
    with writing(database) as session:
        store_member(door(session, plan_id), Member("kim", "Kim"), at=NOON)
    assert save({"owner": "kim"}, seen=3).owner == "kim"
    assert stored().team[-1] == Member("kim", "Kim")


def test_a_save_without_an_id_is_never_taken_for_another(save):
    save({"value": "One."}, seen=0, save_id="")
    with pytest.raises(AnsweredMeanwhile):
        save({"value": "One."}, seen=0, save_id="")


def test_the_history_tells_who_said_what_and_when(save, database, plan_id):
    save({"value": "First."}, seen=0)
    save({"value": "Second."}, seen=1, by="Sam Ito", at=NOON + timedelta(minutes=5))
    with reading(database) as session:
        history = fetch_history(door(session, plan_id), CASE)
        assert fetch_history(door(session, plan_id), "first.price") == []
    assert [(each.revision, each.answer.value, each.by, each.at) for each in history] == [
        (1, "First.", "Dana Okafor", NOON),
        (2, "Second.", "Sam Ito", NOON + timedelta(minutes=5)),
    ]


def test_a_refused_answer_leaves_nothing_behind(save, stored):
    with pytest.raises(AnswerRejected, match="not on the plan's team"):
        save({"value": "Half.", "owner": "kim"}, seen=0)
    assert (stored().answers, stored().revision) == ({}, 1)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), "1e999"])
def test_what_is_no_number_is_refused(save, number):
    with pytest.raises(AnswerRejected, match="Give a number of hours"):
        save({"value": number}, seen=0, question_id="first.hours")


def test_a_question_that_is_gone_is_said(save):
    with pytest.raises(AnswerRejected) as refused:
        save({"value": "x"}, seen=0, question_id="first.gone")
    assert str(refused.value) == (
        "This question is not in the questionnaire any more. Reload the page; your text is kept."
    )


def test_a_plan_that_never_was_takes_no_answer(database, asked):
    with pytest.raises(NoSuchPlan), writing(database) as session:
        store_changes(door(session, "none", "Dana"), asked, CASE, {"value": "x"}, seen=0, save_id="a", at=NOON)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x07c", "abc"),
        ("half \ud83d smile", "half � smile"),
        ("split \ud83d\ude00", "split 😀"),
        ("👩🏽‍🔬 and 🇨🇦", "👩🏽‍🔬 and 🇨🇦"),
        ("שלום, مرحبا", "שלום, مرحبا"),
        ("line\r\nline\u2028line", "line\nline\nline"),
        ("'; DROP TABLE mc_plan; -- %s %(x)s :x ?", "'; DROP TABLE mc_plan; -- %s %(x)s :x ?"),
        ("é" * 100_000, "é" * 100_000),
    ],
    ids=["controls", "surrogate", "pair", "emoji", "right to left", "breaks", "code", "long"],
)
def test_whatever_is_typed_comes_back(save, stored, typed, kept):
    save({"value": typed}, seen=0)
    assert stored().answers[CASE].value == kept


def test_an_undone_save_is_not_remembered(save, stored, database, asked, plan_id):
    save({"value": "Kept."}, seen=0)

    def undone():
        with writing(database) as session:
            store_changes(
                door(session, plan_id, "Sam"), asked, CASE, {"value": "Undone."}, seen=1, save_id="a", at=NOON
            )
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undone()
    assert stored().answers[CASE].value == "Kept."
    saved = save({"note": "A note."}, seen=1)
    assert (saved.value, saved.note) == ("Kept.", "A note.")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("quantity", "48"),
        ("money", {"amount": "1,450", "currency": "EUR"}),
        ("choices", ["b", "a"]),
        ("yes or no", "unknown"),
        ("date", "2027-05-03"),
        ("long text", "Words.\r\nMore."),
    ],
)
def test_what_is_remembered_of_a_save_is_what_is_stored(database, plan_id, stored, kind, value):
    question = a_question(kind=kind, options={"a": "A", "b": "B"}, unit="hours")
    changes = {"value": value, "evidence": [{"title": "Survey"}], "confidence": 3, "owner": "sam", "stage": 2}
    toronto = NOON.astimezone(ZoneInfo("America/Toronto"))
    stored()
    with writing(database) as session:
        store_changes(
            door(session, plan_id, "Sam"), a_questionnaire(question), CASE, changes, seen=0, save_id="a", at=toronto
        )
    remembered = stored()
    KEPT.keep(plan_id, "forgotten", ((), {}))
    assert repr(stored()) == repr(remembered)


def test_a_save_by_another_process_is_seen_at_once(save, stored, url):
    save({"value": "Mine."}, seen=0)
    subprocess.run([sys.executable, "-c", ELSEWHERE, url, stored().id], check=True)
    assert stored().answers[CASE].value == "Theirs."
    saved = save({"note": "A note."}, seen=2)
    assert (saved.value, saved.note) == ("Theirs.", "A note.")


ELSEWHERE = """
import sys
from storage.answers import store_changes
from storage.database import open_database, writing
from tests.builders import NOON, a_question, a_questionnaire, door
with writing(open_database(sys.argv[1])) as session:
    store_changes(door(session, sys.argv[2], "Sam"), a_questionnaire(a_question()), "first.case", {"value": "Theirs."},
                  seen=1, save_id="b", at=NOON)
"""

WRITER = """
import sys
from storage.answers import store_changes
from storage.database import open_database, reading, writing
from storage.plans import fetch_plan
from tests.builders import NOON, a_question, a_questionnaire, door
engine, plan_id, asked = open_database(sys.argv[1]), sys.argv[2], a_questionnaire(a_question())
with reading(engine) as session:
    answer = fetch_plan(door(session, plan_id)).answers.get("first.case")
seen = answer.revision if answer else 0
while True:
    with writing(engine) as session:
        seen = store_changes(door(session, plan_id, "Dana"), asked, "first.case", {"value": f"{seen + 1}"},
                             seen=seen, save_id="", at=NOON).revision
    print(seen, flush=True)
"""


def test_killing_the_program_loses_no_save_it_has_acknowledged(database, url, plan_id, stored):
    for saves in (5, 60, 20):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, url, plan_id], stdout=subprocess.PIPE, text=True)
        said = [writer.stdout.readline() for _ in range(saves)]
        writer.kill()
        said += writer.communicate()[0].splitlines()
        acknowledged = int(said[-1])
        answer = stored().answers[CASE]
        assert answer.revision in (acknowledged, acknowledged + 1)
        assert answer.value == f"{answer.revision}"
    with reading(database) as session:
        history = fetch_history(door(session, plan_id), CASE)
    assert [each.revision for each in history] == list(range(1, answer.revision + 1))
    if url.startswith("sqlite"):
        with database.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_an_answer_to_a_question_that_is_no_longer_asked_is_kept(database, start):
    plan_id = start(an_answer("first.gone"))
    with reading(database) as session:
        assert fetch_plan(door(session, plan_id)).answers["first.gone"].value == "Enough said."


@pytest.mark.parametrize("words", ['Say "yes".', "A back\\slash.", "Two\nlines.", "漢字 🙂", '"', "\\", "\u2028", ""])
def test_words_read_from_the_database_are_those_that_were_typed(database, start, words):
    answer = an_answer(value=words or None, note=words, evidence=(Evidence(words or "Survey"),), confidence={words: 3})
    plan_id = start(answer)
    KEPT._contents.clear()
    with reading(database) as session:
        found = fetch_plan(door(session, plan_id)).answers[CASE]
        history = fetch_history(door(session, plan_id), CASE)
    assert (found.value, found.note, found.evidence, found.confidence) == (
        answer.value, answer.note, answer.evidence, answer.confidence,
    )  # fmt: skip
    assert [each.answer for each in history] == [found]
