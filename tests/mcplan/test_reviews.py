"""Reviews: independent, with a reason for each score, and the gap between the team and its board."""

from __future__ import annotations

from datetime import date

import pytest

from mcplan.people import Person, somebody_here
from mcplan.reviews import (
    Review,
    ReviewRefused,
    Scored,
    Scorer,
    amend_review,
    find_gaps,
    hand_in,
    scorer_of,
    to_be_seen,
)
from mcplan.rubric import SCORES, Criterion, Rubric, load_rubric
from questionnaire.errors import QuestionnaireError
from questionnaire.load import load_questionnaire
from tests.builders import NOON

LEVELS = ("none", "some", "most", "all")
RUBRIC = Rubric(
    "A rubric", date(2027, 1, 1), (Criterion("need", "Need", "?", LEVELS), Criterion("money", "Money", "?", LEVELS))
)
TEAM, SAM, KIT = Scorer("team", "Dana", "team"), Scorer("sam", "Sam", "board"), Scorer("kit", "Kit", "board")


def a_review(scorer, need=None, money=None, done=True):
    scores = {id: Scored(score, "because") for id, score in (("need", need), ("money", money)) if score is not None}
    return Review(scorer, scores, handed_in_at=NOON if done else None)


def test_a_draft_is_kept_field_by_field():
    review = amend_review(Review(SAM), RUBRIC, {"need": {"score": 2}})
    review = amend_review(review, RUBRIC, {"need": {"reason": "Two surveys."}, "words": "Good work."})

    assert review.scores == {"need": Scored(2, "Two surveys.")}
    assert (review.words, review.revision) == ("Good work.", 2)
    assert amend_review(review, RUBRIC, {"need": {"score": None}}).scores["need"] == Scored(None, "Two surveys.")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"need": {"score": 4}}, "A score is 0, 1, 2 or 3"),
        ({"need": {"score": True}}, "A score is"),
        ({"need": {"reason": "x" * 2_001}}, "room for 2,000"),
        ({"taste": {"score": 1}}, "older than the server"),
    ],
)
def test_what_does_not_fit_is_refused(changes, says):
    with pytest.raises(ReviewRefused, match=says):
        amend_review(Review(SAM), RUBRIC, changes)


def test_every_criterion_needs_a_score_and_a_reason_before_a_review_is_handed_in():
    review = Review(SAM, {"need": Scored(2, "Two surveys."), "money": Scored(1, " ")})

    with pytest.raises(ReviewRefused, match=r"Still open: Money\."):
        hand_in(review, RUBRIC, NOON)
    done = hand_in(a_review(SAM, 0, 3, done=False), RUBRIC, NOON)
    assert done.handed_in_at == NOON
    with pytest.raises(ReviewRefused, match="cannot be changed"):
        amend_review(done, RUBRIC, {"words": "And another thing"})


def test_nobody_sees_what_others_say_before_they_have_said_it_themselves():
    team, sam, kit = a_review(TEAM, 3, 3), a_review(SAM, 1, 1), a_review(KIT, 2, 2, done=False)
    all_three = (team, sam, kit)

    assert to_be_seen(all_three, KIT, is_decided=False) == ()
    assert to_be_seen(all_three, None, is_decided=False) == ()
    assert to_be_seen(all_three, SAM, is_decided=False) == (team, sam), "a draft is its writer's alone"
    assert to_be_seen(all_three, TEAM, is_decided=False) == (team, sam)
    assert to_be_seen(all_three, None, is_decided=True) == (team, sam)


def test_the_gap_is_the_teams_score_and_the_mean_of_the_boards():
    need, money = find_gaps(RUBRIC, [a_review(TEAM, 3, 1), a_review(SAM, 1, 1), a_review(KIT, 3, 1)])

    assert (need.team, need.board, need.scores, need.distance) == (3, 2.0, (1, 3), 1.0)
    assert need.is_wide
    assert need.is_split
    assert (money.distance, money.is_wide, money.is_split) == (0.0, False, False)


def test_drafts_and_missing_sides_leave_a_gap_open():
    need, _ = find_gaps(RUBRIC, [a_review(TEAM, 3, 3, done=False), a_review(SAM, 1, 1)])

    assert (need.team, need.board, need.distance, need.is_wide) == (None, 1.0, None, False)


def test_people_who_sign_in_score_for_their_own_side_only():
    person = Person("sam", "Sam Ito")

    assert scorer_of(person, "reviewer", "team") == Scorer("sam", "Sam Ito", "board")
    assert scorer_of(person, "editor", "board", "Kim") == Scorer("team", "Sam Ito", "team")
    assert scorer_of(person, "viewer") is None


def test_where_nobody_signs_in_the_board_is_named():
    here = somebody_here("Dana Okafor")

    assert scorer_of(here, "owner") == Scorer("team", "Dana Okafor", "team")
    assert scorer_of(here, "owner", "board", " Sam  Ito ") == Scorer("board sam ito", "Sam Ito", "board")
    with pytest.raises(ReviewRefused, match="Say who of the board"):
        scorer_of(here, "owner", "board", " ")


def test_the_shipped_rubric_is_whole_and_points_at_phases_that_are_there():
    rubric, phases = load_rubric(), {phase.id for phase in load_questionnaire().phases}

    assert 6 <= len(rubric.criteria) <= 10
    for each in rubric.criteria:
        assert len(set(each.levels)) == len(SCORES)
        assert set(each.look_at) <= phases


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("title = 1", "needs criteria"),
        ('title = "R"\ndated = 2027-01-01\n[[criterion]]\nid = "a"', "a: title is missing"),
        ("title = ", "rubric.toml"),
        (
            'title = "R"\ndated = 2027-01-01\n[[criterion]]\nid = "a"\ntitle = "A"\nasks = "?"\n'
            'look_at = []\nlevels = ["x"]',
            "four levels",
        ),
    ],
)
def test_a_wrong_rubric_is_refused_with_file_and_entry(tmp_path, content, says):
    file = tmp_path / "rubric.toml"
    file.write_text(content)

    with pytest.raises(QuestionnaireError, match=says):
        load_rubric(file)
