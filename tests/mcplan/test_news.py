"""What is new for somebody since their last visit."""

from __future__ import annotations

from datetime import timedelta

from mcplan.views.answer import view_box
from mcplan.views.news import MOST, view_news
from tests.builders import NOON, a_plan, a_question, a_questionnaire, an_answer

ASKED = a_questionnaire(*(a_question(f"q{number}", gate="G1") for number in range(8)))
LAST = NOON - timedelta(days=2)


def answers(number, by="Sam Ito", at=NOON):
    return [an_answer(f"first.q{each}", by=by, at=at + timedelta(minutes=each)) for each in range(number)]


def test_what_others_changed_is_new_the_latest_first():
    plan = a_plan(*answers(2), an_answer("first.q5", by="Dana"), an_answer("first.q6", by="Sam Ito", at=LAST))
    news = view_news(ASKED, plan, LAST, "Dana", NOON + timedelta(hours=1))
    assert news.title == "Since your last visit, 2 days ago: 2 answers changed"
    assert [line.question_id for line in news.lines] == ["first.q1", "first.q0"]
    assert "Sam Ito, 59 minutes ago" in news.lines[0].words
    assert news.more == ""


def test_a_long_list_leads_to_the_history():
    news = view_news(ASKED, a_plan(*answers(8)), LAST, "Dana", NOON)
    assert (len(news.lines), news.more) == (MOST, "3 more in the history")


def test_on_a_first_visit_and_of_ones_own_changes_nothing_is_new():
    assert view_news(ASKED, a_plan(*answers(3)), None, "Dana", NOON) is None
    assert view_news(ASKED, a_plan(*answers(3)), LAST, "Sam Ito", NOON) is None


def test_an_answer_that_is_new_says_from_whom():
    question = next(ASKED.questions())
    plan = a_plan(*answers(1))
    assert view_box(ASKED, plan, question, "Dana", since=LAST)["news"] == "New from Sam Ito"
    assert view_box(ASKED, plan, question, "Dana", since=NOON)["news"] == ""
    assert view_box(ASKED, plan, question, "Dana")["news"] == ""
