"""Versions and decisions of a plan on their way to another installation: kept to read, and no decision there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mcplan.bundle import read_bundle, write_bundle
from mcplan.decisions import DecisionRefused, standing_elsewhere
from mcplan.dossier.kept import decision_rows, frozen_version
from mcplan.people import somebody_here
from mcplan.portfolio import Wanted
from mcplan.reviews import Scorer
from mcplan.timeline import ELSEWHERE
from mcplan.views.board import view_board
from mcplan.views.versions import view_versions
from questionnaire.errors import AnswerRejected
from storage.bundles import fetch_bundle, start_from_bundle
from storage.database import reading, writing
from storage.decisions import fetch_board, reopen
from storage.meetings import fetch_cases
from storage.plans import fetch_plan
from storage.portfolio_list import fetch_portfolio_page
from storage.reviews import fetch_reviews, hand_in_review, store_review
from storage.versions import fetch_state, fetch_versions, store_version
from tests.builders import NOON, an_answer, door
from tests.storage.test_decisions import approve, submit
from tests.storage.test_reviews import ALL

LATER = NOON + timedelta(days=3)
CHAIR = Scorer("board kim reyes", "Kim Reyes", "board")


def taken(database, asked, plan_id):
    with reading(database) as session:
        return read_bundle(write_bundle(fetch_bundle(door(session, plan_id), asked)))


def brought_in(database, asked, bundle, id="new"):
    with writing(database) as session:
        return start_from_bundle(session, asked, bundle, id=id, person=somebody_here("Kim Vale"), at=LATER)


def frozen(database, asked, plan_id, id="v1"):
    with writing(database) as session:
        return store_version(door(session, plan_id), asked, id, f"Version {id}", at=NOON)


def board(database, plan_id):
    with reading(database) as session:
        return fetch_board(door(session, plan_id))


@pytest.fixture
def decided(database, asked, start) -> str:
    """A plan that was scored and approved."""
    plan_id = start(an_answer(), board="Senate")
    frozen(database, asked, plan_id)
    submit(database, plan_id)
    with writing(database) as session:
        store_review(door(session, plan_id), "s1", CHAIR, ALL | {"words": "Well made."}, move_id="m1", at=NOON)
        hand_in_review(door(session, plan_id), "s1", CHAIR, at=NOON)
    approve(database, plan_id, seen=2, decided_by="Kim Reyes")
    return plan_id


def test_what_goes_out_comes_in_and_goes_out_the_same(database, asked, decided):
    frozen(database, asked, decided, "v2")
    bundle = taken(database, asked, decided)
    assert ([each.version.number for each in bundle.versions], len(bundle.rounds)) == ([1, 2], 1)
    assert [each.scorer.name for each in bundle.rounds[0].reviews] == ["Kim Reyes"]

    for id in ("new", "another"):
        for _ in range(2):
            brought_in(database, asked, bundle, id)
        again = taken(database, asked, id)
        assert [each._replace(version=each.version._replace(id="")) for each in again.versions] == list(bundle.versions)
        assert again.rounds == bundle.rounds


def test_an_approval_from_elsewhere_approves_nothing_here_and_says_where_it_comes_from(database, asked, decided):
    copy = brought_in(database, asked, taken(database, asked, decided))
    here = board(database, copy)

    assert (here.standing.state, here.standing.approval, here.standing.number) == ("draft", None, 3)
    assert standing_elsewhere(here.moves, here.submissions).state == "approved"
    assert {move.person_id for move in here.moves} == {ELSEWHERE}
    with reading(database) as session:
        versions = fetch_versions(door(session, copy))
    view = view_board(here.standing, here.moves, here.submissions, versions, (), NOON.tzinfo)
    assert view.sign.words == "Not submitted here"
    assert "Kim Reyes (recorded by Dana Okafor) approved version 1 “Version v1” for concept" in view.elsewhere
    assert "it is no approval here" in view.elsewhere
    assert "Approved elsewhere" in view.in_short
    assert all("before the plan came here" in each.says for each in view.log)
    (card,) = view_versions(versions, here.moves, here.submissions, NOON.tzinfo)
    assert (card.sign.words, card.sign.colour) == ("Approved, elsewhere", "gray")
    assert card.facts.endswith("before the plan came here")
    (row,) = decision_rows(here.moves, here.submissions, {each.id: each for each in versions})
    assert (row.by, frozen_version(versions[0]).by) == ("Kim Reyes (elsewhere)", "Dana Okafor, elsewhere")


def test_nobody_submits_or_reopens_what_came_with_a_file_and_a_board_here_decides_anew(database, asked, decided):
    copy = brought_in(database, asked, taken(database, asked, decided))
    with reading(database) as session:
        (version,) = fetch_versions(door(session, copy))
        assert (version.is_elsewhere, version.number) == (True, 1)
        assert fetch_state(door(session, copy), version.id).plan.answers == fetch_plan(door(session, copy)).answers
    with pytest.raises(DecisionRefused, match="frozen elsewhere"):
        submit(database, copy, version_id=version.id, id="s2", seen=3)
    with pytest.raises(DecisionRefused), writing(database) as session:
        reopen(door(session, copy), "It was elsewhere.", seen=3, move_id="r", at=NOON)

    assert frozen(database, asked, copy, "here").number == 2
    submit(database, copy, version_id="here", id="s2", seen=3)
    assert board(database, copy).standing.state == "submitted"
    approve(database, copy, seen=4, id="m5")
    now = board(database, copy).standing
    assert (now.state, now.approved.version_id, now.number) == ("approved", "here", 5)
    third = taken(database, asked, copy)
    brought_in(database, asked, third, "third")
    assert taken(database, asked, "third").rounds == third.rounds
    assert len(third.rounds) == 2


def test_a_round_that_is_open_elsewhere_waits_for_nobody_here_and_keeps_its_reviews_to_itself(database, asked, start):
    plan_id = start(an_answer())
    frozen(database, asked, plan_id)
    submit(database, plan_id)
    with writing(database) as session:
        store_review(door(session, plan_id), "s1", CHAIR, ALL, move_id="m1", at=NOON)
        hand_in_review(door(session, plan_id), "s1", CHAIR, at=NOON)
    bundle = taken(database, asked, plan_id)
    assert bundle.rounds[0].reviews == ()

    copy = brought_in(database, asked, bundle)
    with reading(database) as session:
        cases = fetch_cases(session, asked, somebody_here("Dana Okafor"), LATER).cases
    assert [each.plan_id for each in cases] == [plan_id]
    page = fetch_portfolio_page(database, asked, somebody_here("Dana Okafor"), Wanted(order="meeting"), at=LATER)
    assert {each.summary.id: bool(each.meets_on) for each in page.plans} == {plan_id: True, copy: False}


def test_scores_from_elsewhere_are_read_and_belong_to_nobody_here(database, asked, decided):
    copy = brought_in(database, asked, taken(database, asked, decided))
    (id,) = board(database, copy).submissions

    with reading(database) as session:
        (review,) = fetch_reviews(door(session, copy), id, None)
    assert (review.scorer.key, review.scorer.name, review.words) == ("elsewhere 1", "Kim Reyes", "Well made.")


def test_a_decision_of_the_future_is_refused_and_nothing_is_left_of_it(database, asked, decided):
    bundle = taken(database, asked, decided)
    (one,) = bundle.rounds
    late = replace(one, moves=(*one.moves[:-1], replace(one.moves[-1], at=LATER + timedelta(days=2))))
    with pytest.raises(AnswerRejected, match="future"):
        brought_in(database, asked, replace(bundle, rounds=(late,)))
    with pytest.raises(LookupError):
        taken(database, asked, "new")
