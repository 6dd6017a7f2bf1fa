"""Reviews as they are kept: as typed, each for themselves, and seen by others only when it is time."""

from __future__ import annotations

import pytest

from mcplan.people import NotAllowed, somebody_here
from mcplan.reviews import ReviewRefused, Scored, Scorer, scorer_of
from mcplan.rubric import load_rubric
from storage.database import reading, writing
from storage.reviews import count_reviews, fetch_review, fetch_reviews, hand_in_review, store_review
from storage.timeline import fetch_timeline
from tests.builders import NOON
from tests.enrolled import DANA, KIM, SAM
from tests.storage.test_decisions import approve, by, danas, join, people, standing, submit

__all__ = ["danas", "people"]
ALL = {each.id: {"score": 2, "reason": "It says so."} for each in load_rubric().criteria}
TEAM, SAMS, KIMS = Scorer("team", DANA.name, "team"), Scorer("sam", SAM.name, "board"), Scorer("kim", KIM.name, "board")


def score(database, plan_id, person, scorer, changes=ALL):
    with writing(database) as session:
        store_review(by(person)(session, plan_id), "s1", scorer, changes, move_id="begin", at=NOON)


def hand_in(database, plan_id, person, scorer):
    with writing(database) as session:
        hand_in_review(by(person)(session, plan_id), "s1", scorer, at=NOON)


def seen(database, plan_id, person, scorer):
    with reading(database) as session:
        return {each.scorer.name for each in fetch_reviews(by(person)(session, plan_id), "s1", scorer)}


def test_a_draft_is_kept_as_it_is_typed_and_begins_the_review(database, danas):
    score(database, danas, SAM, SAMS, {"need": {"score": 1}})
    score(database, danas, SAM, SAMS, {"need": {"reason": "One survey."}, "words": "More later."})

    with reading(database) as session:
        mine = fetch_review(by(SAM)(session, danas), "s1", SAMS)
    assert (mine.scores, mine.words, mine.revision) == ({"need": Scored(1, "One survey.")}, "More later.", 2)
    assert standing(database, danas, by(SAM)).state == "in review"
    assert standing(database, danas, by(SAM)).number == 2


def test_the_teams_own_scores_begin_no_review(database, danas):
    score(database, danas, DANA, TEAM)

    assert standing(database, danas, by(DANA)).state == "submitted"


def test_reviewers_see_each_other_once_they_have_handed_in(database, danas):
    join(database, danas, KIM, "reviewer")
    for person, scorer in ((DANA, TEAM), (SAM, SAMS), (KIM, KIMS)):
        score(database, danas, person, scorer)
    hand_in(database, danas, DANA, TEAM)
    hand_in(database, danas, SAM, SAMS)

    assert seen(database, danas, SAM, SAMS) == {DANA.name, SAM.name}
    assert seen(database, danas, KIM, KIMS) == set()
    hand_in(database, danas, KIM, KIMS)
    hand_in(database, danas, KIM, KIMS)
    assert seen(database, danas, SAM, SAMS) == {DANA.name, SAM.name, KIM.name}
    with reading(database) as session:
        assert count_reviews(by(DANA)(session, danas), "s1") == 3
        said = [each.event.words for each in fetch_timeline(by(DANA)(session, danas)) if each.event]
    assert said[0] == "handed in a review of version 1 “For the Senate” for Kim Reyes"
    assert len([each for each in said if each.startswith("handed in")]) == 3


def test_nobody_reads_or_writes_the_review_of_somebody_else(database, danas):
    join(database, danas, KIM, "reviewer")
    for work in (score, hand_in, seen):
        with pytest.raises(ReviewRefused, match="somebody else"):
            work(database, danas, KIM, SAMS)
    with pytest.raises(ReviewRefused, match="somebody else"):
        score(database, danas, DANA, SAMS)


def test_a_viewer_scores_nothing_and_reads_reviews_after_the_decision(database, danas):
    join(database, danas, KIM, "viewer")
    with pytest.raises(NotAllowed):
        score(database, danas, KIM, KIMS)
    score(database, danas, SAM, SAMS)
    hand_in(database, danas, SAM, SAMS)
    assert seen(database, danas, KIM, None) == set()
    approve(database, danas, by(SAM), seen=2)
    assert seen(database, danas, KIM, None) == {SAM.name}


def test_nothing_is_scored_that_is_not_with_the_board(database, danas):
    approve(database, danas, by(SAM))
    with pytest.raises(ReviewRefused, match="not with the board any more"):
        score(database, danas, SAM, SAMS)
    submit(database, danas, by(DANA), id="s2", gate="G2", seen=2)
    with pytest.raises(ReviewRefused, match="not with the board any more"):
        score(database, danas, SAM, SAMS)


def test_an_unfinished_review_is_not_handed_in_and_a_handed_in_one_not_changed(database, danas):
    score(database, danas, SAM, SAMS, {"need": {"score": 1}})
    with pytest.raises(ReviewRefused, match="needs a score and a reason"):
        hand_in(database, danas, SAM, SAMS)
    score(database, danas, SAM, SAMS)
    hand_in(database, danas, SAM, SAMS)
    with pytest.raises(ReviewRefused, match="handed in"):
        score(database, danas, SAM, SAMS, {"words": "But"})


def test_at_one_computer_the_board_is_scored_for_by_name(database, asked):
    here = somebody_here("Dana Okafor")

    assert scorer_of(here, "owner", "board", "Sam Ito") == Scorer("board sam ito", "Sam Ito", "board")
