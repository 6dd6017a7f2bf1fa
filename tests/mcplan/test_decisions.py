"""The way of a plan through its board: no sequence of moves leads to an approval that should not be."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcplan.deciding import CHECKS, Actor, Draft, asked_of_another, make_move, refusal
from mcplan.decisions import (
    DECISIONS,
    FREE,
    MOVES,
    OPEN,
    STATE_WORDS,
    DecisionRefused,
    Point,
    Standing,
    Submission,
    actions_of,
    standing,
)
from mcplan.people import NotAllowed, Person, somebody_here
from mcplan.roles import ROLE_ORDER, may
from tests.builders import NOON

TODAY = NOON.date()
AUTHORS = ("Dana Okafor",)
DANA, SAM = Person("dana", "Dana Okafor"), Person("sam", "Sam Ito")
OWNER, REVIEWER = Actor(DANA, "owner", AUTHORS), Actor(SAM, "reviewer", AUTHORS)
CONDITION = Point("Agree on the price", "Dana Okafor", TODAY + timedelta(days=30))


def a_submission(id="s1", gate="G1", **fields):
    given = {"version_id": "v1", "presenter": "Dana Okafor", "decider": "Sam Ito", "meets_on": TODAY}
    return Submission(id=id, gate=gate, by="Dana Okafor", at=NOON, **given | fields)


def a_draft(kind, **fields):
    given = {"decided_on": TODAY, "reason": "Well done.", "points": (CONDITION,), "until": TODAY, "decided_by": ""}
    return Draft(kind, **{"submission": a_submission() if kind == "submit" else None} | given | fields)


class Line:
    """The moves of a plan, one after the other."""

    def __init__(self):
        self.moves, self.submissions = [], {}

    @property
    def now(self) -> Standing:
        return standing(self.moves, self.submissions)

    def move(self, draft, actor, at=NOON):
        move = make_move(self.now, draft, actor, id=f"m{len(self.moves)}", at=at)
        if draft.submission:
            self.submissions[draft.submission.id] = draft.submission
        self.moves.append(move)
        return move


def a_line(*moves):
    line = Line()
    for kind in moves:
        line.move(a_draft(kind), REVIEWER if kind in (*DECISIONS, "begin review") else OWNER)
    return line


people = st.builds(
    Actor,
    st.sampled_from([DANA, SAM, somebody_here("Dana Okafor"), somebody_here("Sam Ito")]),
    st.sampled_from(ROLE_ORDER),
    st.sampled_from([(), AUTHORS, ("Sam Ito",), ("dana  OKAFOR", "Sam Ito")]),
)
drafts = st.builds(
    a_draft,
    st.sampled_from(list(MOVES)),
    submission=st.sampled_from([
        None, a_submission(), a_submission("s2", "G2"), a_submission("s3", version_id=""), a_submission("s4", "G3"),
    ]),
    decided_by=st.sampled_from(["", "  ", "Sam Ito", "Dana Okafor", " dana okafor "]),
    points=st.sampled_from([(), (CONDITION,), (replace(CONDITION, owner=""),)]),
    reason=st.sampled_from(["", "Well done."]),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(drafts, people), max_size=12))
def test_no_sequence_of_moves_is_an_approval_without_a_version_and_a_person_who_may(moves):
    line, allowed = Line(), {}
    for draft, actor in moves:
        try:
            allowed[line.move(draft, actor).id] = actor
        except (DecisionRefused, NotAllowed):
            continue
        now = line.now
        assert [move.number for move in line.moves] == list(range(1, now.number + 1))
        if now.approval is None:
            continue
        assert now.approved.version_id
        actor = allowed[now.approval.id]
        names = {" ".join(name.split()).casefold() for name in actor.authors}
        assert " ".join(now.approval.decided_by.split()).casefold() not in names
        assert now.approval.decided_by.strip()
        if not actor.person.is_local:
            assert may(actor.role, "approve")
            assert actor.role != "owner"
            assert now.approval.decided_by == actor.person.name
    if line.now.state.startswith("approved"):
        assert line.now.approval == line.moves[-1]


def test_the_table_is_whole():
    assert set(CHECKS) == set(MOVES)
    assert frozenset(STATE_WORDS) == OPEN | FREE
    assert not OPEN & FREE
    assert {rule.after for rule in MOVES.values() if rule.after} | {"draft"} == set(STATE_WORDS)
    assert {kind for kind, rule in MOVES.items() if rule.is_decision} == set(DECISIONS)
    assert all(rule.needs == "approve" and rule.before <= OPEN for rule in MOVES.values() if rule.is_decision)


def test_a_version_goes_from_the_team_to_the_board_and_comes_back_approved_with_conditions():
    line = a_line("submit", "begin review", "approve with conditions")

    now = line.now
    assert (now.state, now.approved, now.approval.decided_by) == ("approved with conditions", a_submission(), "Sam Ito")
    assert now.approval.points == (CONDITION,)
    assert not now.approval.is_recorded


@pytest.mark.parametrize("kind", DECISIONS)
def test_nothing_is_decided_while_nothing_is_before_the_board(kind):
    for line in (a_line(), a_line("submit", "withdraw"), a_line("submit", "return"), a_line("submit", "approve")):
        with pytest.raises(DecisionRefused, match="cannot be done now"):
            line.move(a_draft(kind), REVIEWER)


def test_one_version_is_before_the_board_at_a_time():
    with pytest.raises(DecisionRefused, match="a version is with the board"):
        a_line("submit").move(a_draft("submit", submission=a_submission("s2", "G2")), OWNER)


def test_what_was_put_off_is_still_with_the_board():
    line = a_line("submit", "defer")
    assert line.now.is_open
    line.move(a_draft("approve"), REVIEWER)
    assert line.now.state == "approved"


@pytest.mark.parametrize("kind", DECISIONS)
def test_an_owner_decides_on_no_plan_of_their_own(kind):
    with pytest.raises(DecisionRefused, match="You own this plan"):
        a_line("submit").move(a_draft(kind), replace(OWNER, authors=()))


@pytest.mark.parametrize("kind", DECISIONS)
def test_whoever_wrote_in_the_plan_does_not_decide_on_it_whatever_they_are_now(kind):
    with pytest.raises(DecisionRefused, match="You wrote in this plan"):
        a_line("submit").move(a_draft(kind), replace(REVIEWER, authors=("sam  ito",)))


@pytest.mark.parametrize("role", [role for role in ROLE_ORDER if role not in ("owner", "reviewer")])
def test_only_reviewers_decide(role):
    with pytest.raises(NotAllowed, match="Only a reviewer"):
        a_line("submit").move(a_draft("approve"), Actor(SAM, role, ()))


@pytest.mark.parametrize("kind", ["submit", "withdraw", "reopen"])
def test_only_owners_submit_withdraw_and_reopen(kind):
    line = {"submit": a_line(), "withdraw": a_line("submit"), "reopen": a_line("submit", "approve")}[kind]
    for role in ROLE_ORDER[1:]:
        with pytest.raises(NotAllowed, match="Only an owner"):
            line.move(a_draft(kind), Actor(SAM, role, ()))
    line.move(a_draft(kind), OWNER)


def test_where_nobody_signs_in_a_decision_is_written_down_as_that_of_somebody_who_wrote_nothing():
    here = Actor(somebody_here("Dana Okafor"), "owner", AUTHORS)
    line = a_line("submit")

    with pytest.raises(DecisionRefused, match="Name the person"):
        line.move(a_draft("approve"), here)
    for name in ("Dana Okafor", " dana  okafor"):
        with pytest.raises(DecisionRefused, match="nobody decides on their own work"):
            line.move(a_draft("approve", decided_by=name), here)
    move = line.move(a_draft("approve", decided_by="Sam Ito"), here)

    assert (move.decided_by, move.by, move.is_recorded) == ("Sam Ito", "Dana Okafor", True)


def test_where_people_sign_in_a_decision_is_nobody_elses():
    move = a_line("submit").move(a_draft("approve", decided_by="Kim Reyes"), REVIEWER)

    assert (move.decided_by, move.is_recorded) == ("Sam Ito", False)


@pytest.mark.parametrize(
    ("kind", "lacking", "says"),
    [
        ("approve", {"reason": " "}, "Give a reason"),
        ("approve", {"decided_on": None}, "on which day it was decided"),
        ("approve", {"decided_on": TODAY + timedelta(days=2)}, "cannot be a day to come"),
        ("approve with conditions", {"points": ()}, "at least one condition"),
        ("approve with conditions", {"points": (replace(CONDITION, owner=""),)}, "somebody who looks after it"),
        ("return", {"points": (replace(CONDITION, due=None),)}, "a day by when"),
        ("return", {"points": (replace(CONDITION, text=" "),)}, "at least one question"),
        ("defer", {"until": None}, "on which day to come"),
        ("defer", {"until": TODAY - timedelta(days=1)}, "on which day to come"),
        ("approve", {"reason": "x" * 5_001}, "room for 5,000"),
    ],
)
def test_a_decision_that_lacks_something_is_refused_with_what_it_lacks(kind, lacking, says):
    with pytest.raises(DecisionRefused, match=says):
        a_line("submit").move(a_draft(kind, **lacking), REVIEWER)


@pytest.mark.parametrize(
    ("lacking", "says"),
    [
        ({"version_id": ""}, "Choose the version"),
        ({"presenter": " "}, "who presents"),
        ({"decider": ""}, "who decides"),
        ({"meets_on": None}, "by when"),
    ],
)
def test_a_submission_that_lacks_something_is_refused_with_what_it_lacks(lacking, says):
    with pytest.raises(DecisionRefused, match=says):
        a_line().move(a_draft("submit", submission=a_submission(**lacking)), OWNER)


def test_a_gate_that_is_passed_is_submitted_to_again_only_after_it_was_reopened():
    line = a_line("submit", "approve")
    with pytest.raises(DecisionRefused, match="Concept is approved already"):
        line.move(a_draft("submit"), OWNER)

    line.move(a_draft("submit", submission=a_submission("s2", "G2")), OWNER)
    line.move(a_draft("return"), REVIEWER)
    assert line.now.approved.gate == "G1", "what the board approved before still holds"

    reopened = line.move(a_draft("reopen"), OWNER)
    assert (line.now.state, line.now.approval, reopened.submission_id) == ("reopened", None, "s1")
    line.move(a_draft("submit", submission=a_submission("s3")), OWNER)


def test_there_is_nothing_to_reopen_without_an_approval():
    with pytest.raises(DecisionRefused, match="no approval to reopen"):
        a_line("submit", "return").move(a_draft("reopen"), OWNER)


def test_a_clock_that_jumps_back_changes_no_order():
    line = a_line("submit")
    line.move(a_draft("return", decided_on=TODAY - timedelta(days=400)), REVIEWER, at=NOON - timedelta(days=400))
    line.move(a_draft("submit", submission=a_submission("s2")), OWNER, at=NOON - timedelta(days=800))

    assert standing(reversed(line.moves), line.submissions).state == "submitted"
    assert line.now.submission.id == "s2"


def test_conditions_and_questions_become_work_to_do():
    approved = a_line("submit", "approve with conditions").now.approval
    returned = a_line("submit", "return").now.decision

    assert actions_of(approved) == (
        {
            "id": "m1-1",
            "what": "Agree on the price",
            "owner": "Dana Okafor",
            "due": str(CONDITION.due),
            "from": "condition",
            "source": "Decided by Sam Ito",
            "status": "open",
        },
    )
    assert actions_of(returned)[0]["from"] == "question"
    assert actions_of(a_line("submit", "defer").now.decision) == ()


def test_a_screen_says_beforehand_why_somebody_cannot_decide():
    assert refusal(REVIEWER) == ""
    assert "You own" in refusal(OWNER)
    assert "You wrote" in refusal(replace(REVIEWER, authors=("Sam Ito",)))
    assert "Only a reviewer" in refusal(Actor(SAM, "viewer", ()))
    assert refusal(Actor(somebody_here("Dana Okafor"), "owner", AUTHORS)) == ""


KIT = Person("kit", "Kit Moss")
BOTH = ("Sam Ito", "Kit Moss")


def test_whoever_is_asked_by_name_decides_until_an_owner_hands_the_decision_over():
    line = a_line("submit")
    sam, kit = Actor(SAM, "reviewer", AUTHORS, BOTH), Actor(KIT, "reviewer", AUTHORS, BOTH)
    with pytest.raises(DecisionRefused, match="Sam Ito is asked to decide"):
        line.move(a_draft("approve"), kit)
    assert asked_of_another(line.now, sam) == ""

    with pytest.raises(NotAllowed):
        line.move(a_draft("hand over", decided_by="Kit Moss"), kit)
    line.move(a_draft("defer", until=TODAY + timedelta(days=9)), sam)
    handed = line.move(a_draft("hand over", decided_by=" Kit  Moss"), OWNER)

    assert (handed.decided_by, handed.by, handed.until) == ("Kit Moss", "Dana Okafor", TODAY + timedelta(days=9))
    assert (line.now.state, line.now.submission.decider, handed.is_recorded) == ("deferred", "Kit Moss", False)
    with pytest.raises(DecisionRefused, match="Kit Moss is asked to decide"):
        line.move(a_draft("approve"), sam)
    line.move(a_draft("approve"), kit)
    assert line.now.approval.decided_by == "Kit Moss"


@pytest.mark.parametrize("asked", ["Academic Senate", "Somebody who left"])
def test_a_board_is_no_person_so_whoever_may_decides_for_it(asked):
    line = Line()
    line.move(a_draft("submit", submission=a_submission(decider=asked)), OWNER)
    line.move(a_draft("approve"), Actor(KIT, "reviewer", AUTHORS, BOTH))
    assert line.now.state == "approved"


@pytest.mark.parametrize(("name", "says"), [(" ", "who decides from now on"), ("sam ito", "asked to decide already")])
def test_a_decision_is_handed_over_to_somebody_else(name, says):
    with pytest.raises(DecisionRefused, match=says):
        a_line("submit").move(a_draft("hand over", decided_by=name), OWNER)
