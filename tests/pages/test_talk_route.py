"""The door comments come in by: each act replies with the threads as they are then, and refuses in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mcplan.people import LOCAL, somebody_here
from mcplan.plan import Member, Plan
from pages.kit import desk
from pages.kit.tokens import Caller, secret, write_token
from storage.database import writing
from storage.plans import archive_plan, start_plan
from tests.builders import door
from tests.pages.test_save_route import CONTENT, HOME, NOW, Reply, ask

TEAM = (Member("dana", "Dana"), Member("sam", "Sam"))


@pytest.fixture
def plan(installation: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new plan with Dana and Sam on the team; its id."""
    monkeypatch.setenv("MCPLAN_QUESTIONNAIRE", str(CONTENT))
    return new_plan()


def new_plan() -> str:
    empty = Plan("", "Cold chain basics", team=TEAM)
    with writing(desk.engine()) as session:
        return start_plan(session, desk.questionnaire(), empty, person=somebody_here("Dana"), at=desk.now())


def call(plan: str, act: Any, by: str = "Dana", headers: dict[str, str] | None = None, **parts: Any) -> Reply:
    """One call as the box of a question sends it; only what the test is about is said."""
    token = write_token(secret(), Caller(LOCAL, by), plan, desk.now())
    given = {"plan": plan, "question": "first.case", "token": token, "act": act}
    return ask("/api/comments", json.dumps(given | parts).encode(), headers)


def write(plan: str, id: str = "c1", text: str = "Is 64 right?", by: str = "Dana", **parts: Any) -> Reply:
    return call(plan, "write", by, id=id, text=text, **parts)


def test_a_comment_is_stored_and_the_reply_holds_the_threads_as_they_are_then(plan: str):
    reply = write(plan, text="Is 64 right?\n<b>I doubt it</b>")

    assert (reply.status, reply.headers["cache-control"]) == (200, "no-store")
    assert (reply.said["open"], reply.said["total"], reply.said["closed"]) == (1, 1, "")
    assert reply.said["team"] == [["dana", "Dana"], ["sam", "Sam"]]
    comment = reply.said["threads"][0]["comments"][0]
    assert (comment["by"], comment["text"], comment["may_edit"]) == ("Dana", "Is 64 right?\n<b>I doubt it</b>", True)


def test_a_thread_goes_its_way_from_a_question_to_settled_and_back(plan: str):
    write(plan)
    answered = write(plan, "c2", "No, 60.", "Sam", thread="c1").said["threads"][0]
    assert [each["may_edit"] for each in answered["comments"]] == [False, True]
    edited = call(plan, "edit", id="c1", text="Is 60 right?", seen=1).said["threads"][0]
    assert (edited["name"], edited["comments"][0]["revision"]) == ("Is 60 right?", 2)
    assert call(plan, "assign", thread="c1", member="sam").said["threads"][0]["assignee"] == "sam"
    settled = call(plan, "resolve", "Sam", thread="c1").said
    assert (settled["open"], settled["threads"][0]["resolved_by"]) == (0, "Sam")
    assert call(plan, "reopen", thread="c1").said["open"] == 1
    assert call(plan, "list").said["threads"] == call(plan, "reopen", thread="c1").said["threads"]


def test_the_same_comment_sent_twice_is_stored_once(plan: str):
    write(plan)
    assert [len(thread["comments"]) for thread in write(plan).said["threads"]] == [1]


def test_a_change_that_another_window_was_first_with_shows_what_is_stored(plan: str):
    write(plan)
    call(plan, "edit", id="c1", text="Here", seen=1)

    reply = call(plan, "edit", id="c1", text="There", seen=1)

    assert reply.status == 409
    assert "in another window" in reply.said["error"]
    assert reply.said["threads"][0]["comments"][0]["text"] == "Here"


@pytest.mark.parametrize(
    ("act", "parts", "sentence"),
    [
        ("write", {"id": "c2", "text": "  "}, "Write something first"),
        ("write", {"id": "c2", "text": "x" * 5001}, "takes 5,000 characters"),
        ("write", {"id": "c2", "text": "x", "question": "first.gone"}, "not in the questionnaire any more"),
        ("write", {"id": "c2", "text": "x", "thread": "c9"}, "This thread is not there"),
        ("edit", {"id": "c9", "text": "x", "seen": 1}, "This thread is not there"),
        ("assign", {"thread": "c1", "member": "kim"}, "not on the team any more"),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence_beside_the_threads(plan: str, act: str, parts: Any, sentence: str):
    write(plan)

    reply = call(plan, act, **parts)

    assert (reply.status, sentence in reply.said["error"]) == (422, True)
    assert "threads" in reply.said
    assert call(plan, "list").said["total"] == 1


def test_nobody_changes_the_words_of_somebody_else(plan: str):
    write(plan)
    reply = call(plan, "edit", "Sam", id="c1", text="Sam was here", seen=1)
    assert (reply.status, reply.said["error"]) == (422, "Only Dana can change this comment. Reply to it instead.")


@pytest.mark.parametrize(
    ("act", "parts"),
    [
        ("drop", {}),
        (["list"], {}),
        (None, {}),
        ("list", {"question": ["first.case"]}),
        ("list", {"question": "../etc"}),
        ("write", {"id": "", "text": "x"}),
        ("write", {"id": "c 1", "text": "x"}),
        ("write", {"id": "c1", "text": "x", "thread": 5}),
        ("edit", {"id": "c1", "text": "x", "seen": True}),
        ("edit", {"id": "c1", "text": "x", "seen": 0}),
        ("edit", {"id": "c1", "text": "x", "seen": "1"}),
        ("resolve", {}),
        ("assign", {"thread": "c1", "member": None}),
    ],
)
def test_what_no_screen_of_ours_sends_is_refused(plan: str, act: Any, parts: Any):
    write(plan)
    assert call(plan, act, **parts).status == 400
    assert call(plan, "list").said["threads"][0]["comments"][0]["text"] == "Is 64 right?"


def test_a_page_of_another_server_and_a_token_of_another_plan_get_nothing(plan: str):
    write(plan)
    foreign = HOME | {"origin": "https://elsewhere.example"}
    assert call(plan, "list", headers=foreign).status == 403
    other = write_token(secret(), Caller(LOCAL, "Dana"), new_plan(), desk.now())
    assert call(plan, "list", token=other).status == 401
    assert call(plan, "list", token=write_token(secret(), Caller(LOCAL, "Dana"), plan, NOW)).status == 200
    assert call("no-such-plan", "list").status == 404


def test_a_flood_of_words_is_refused_before_it_is_read(plan: str):
    assert write(plan, text="x" * 70_000).status == 413


def test_an_archived_plan_can_be_read_and_not_commented_on(plan: str):
    write(plan)
    with writing(desk.engine()) as session:
        archive_plan(door(session, plan), at=desk.now())

    reply = write(plan, "c2", "And?")

    assert (reply.status, "archived" in reply.said["error"]) == (422, True)
    assert reply.said["closed"].startswith("This plan is archived")
    assert not call(plan, "list").said["threads"][0]["comments"][0]["may_edit"]


def test_one_call_tells_how_many_threads_there_are_at_every_question(plan: str):
    write(plan)
    write(plan, "c2", "All of it", question="")
    write(plan, "c3", "More")
    call(plan, "resolve", thread="c3")

    assert call(plan, "counts").said == {"counts": {"first.case": [1, 2], "": [1, 1]}}
