"""The life of a credential on a line of days: what is done, late, under way and next."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcplan.maps.days import far_off, how_late, length
from mcplan.maps.lifecycle import map_lifecycle
from mcplan.views.calendar import view_calendar
from tests.mcplan.designs import known_by_id

TODAY = date(2027, 3, 2)
NAMES = ("ideation", "design", "build", "launch")


def day(offset):
    return (TODAY + timedelta(offset)).isoformat()


def told(stages=(), tasks=(), approvals=(), pilot=None, **plan):
    """A plan with these rows; a stage or task is (id, days from today or None, cells)."""
    return known_by_id(
        {
            "lifecycle.stages": [
                {"id": id, "stage": id.capitalize(), "due": due if due is None else day(due), **cells}
                for id, due, cells in stages
            ],
            "lifecycle.tasks": [
                {"id": id, "task": id.capitalize(), "due": due if due is None else day(due), **cells}
                for id, due, cells in tasks
            ],
            "credential.approvals": list(approvals),
            "delivery.pilot-from": pilot,
            "credential.last-intake": None,
        },
        **plan,
    )


def view(known):
    return view_calendar(known.questionnaire, known.plan, TODAY)


@pytest.mark.parametrize(
    ("due", "cells", "state"),
    [
        (-1, {"done": "yes"}, "done"),
        (-1, {"done": "no"}, "late"),
        (0, {}, "ahead"),
        (30, {"from": day(-3)}, "now"),
        (30, {"from": day(0)}, "now"),
        (30, {"from": day(3)}, "ahead"),
        (None, {}, "undated"),
        (None, {"from": day(-3)}, "now"),
    ],
)
def test_a_stage_has_a_state(due, cells, state):
    known = told([("ideation", -9, {}), ("design", due, cells)])
    assert map_lifecycle(known, TODAY).stages[1].state == state


def test_the_first_stage_that_is_not_done_is_where_the_plan_stands():
    life = map_lifecycle(told([("ideation", -9, {"done": "yes"}), ("design", 40, {}), ("build", 80, {})]), TODAY)
    assert (life.current.id, life.current.state, life.stages[2].state) == ("design", "now", "ahead")


def test_tasks_stand_under_their_stage_and_the_rest_by_themselves():
    tasks = [("meet", -2, {"stage": "design"}), ("write", 5, {"stage": "build"}), ("own", 1, {})]
    life = map_lifecycle(told([("design", 10, {}), ("build", 20, {})], tasks), TODAY)
    assert [[task.id for task in life.tasks_of(id)] for id in ("design", "build", "")] == [["meet"], ["write"], ["own"]]


def test_the_table_of_tasks_says_how_late_each_is():
    tasks = [
        ("own", 1, {}),
        ("meet", -2, {"stage": "design", "owner": "Luc"}),
        ("go", None, {}),
        ("do", 1, {"done": "yes"}),
    ]
    rows = view(told([("design", 10, {})], tasks)).tasks.rows
    assert [(*row[:3], row[3].words) for row in rows] == [
        ("Design", "Meet", "Luc", "28 February 2027, 2 days late"),
        ("–", "Own", "Nobody", "3 March 2027"),
        ("–", "Go", "Nobody", "No date"),
        ("–", "Do", "Nobody", "Done"),
    ]
    assert view(told([("design", 10, {})], [("own", None, {})])).tasks is None


def test_what_is_late_and_what_is_next_come_by_day():
    known = told(
        [("ideation", -9, {}), ("design", 40, {})],
        [("meet", -20, {"owner": "Priya"}), ("write", 5, {}), ("gone", 1, {"done": "yes"})],
        [{"id": "g2", "body": "Council", "gate": "G2", "due": day(12), "status": "submitted"}],
        start=TODAY + timedelta(2),
    )
    life = map_lifecycle(known, TODAY)
    assert [each.id for each in life.late] == ["meet", "ideation"]
    assert [each.id for each in life.next] == ["start", "write", "g2", "design"]
    shown = view(known)
    assert [(row[0].words, *row[1:]) for row in shown.late.rows] == [
        ("20 days late", "Meet", "Priya"),
        ("9 days late", "Ideation", "–"),
    ]
    assert shown.next.rows[0] == ("In 2 days, 4 March 2027", "First learners begin", "–")
    assert shown.next.rows[2] == ("In 12 days, 14 March 2027", "Design approval: Council", "–")
    assert shown.message == "It stands at ideation, 9 days late. 2 things are late."


@pytest.mark.parametrize(
    ("status", "due", "state"),
    [("approved", -5, "done"), ("submitted", -5, "late"), ("returned", 5, "ahead"), ("planned", None, "undated")],
)
def test_an_approval_is_late_unless_it_is_given(status, due, state):
    row = {"id": "a", "body": "Board", "status": status, "gate": "G1"} | ({} if due is None else {"due": day(due)})
    step = map_lifecycle(told(approvals=[row]), TODAY).milestones[0]
    assert (step.name, step.state) == ("Concept: Board", state)


def test_a_day_that_is_past_is_over_and_not_late():
    known = told(pilot=day(-3), start=TODAY - timedelta(1))
    life = map_lifecycle(known, TODAY)
    assert [each.id for each in life.milestones] == ["pilot", "start"]
    assert (life.late, life.next) == ((), ())
    assert [row[2].words for row in view(known).table.rows] == ["Past", "Past"]


def test_the_chart_says_all_of_it_in_words_and_leaves_out_what_has_no_day():
    stages = [("ideation", -9, {"done": "yes"}), ("design", -2, {"from": day(-30)}), ("build", None, {})]
    chart = view(told(stages)).chart
    assert chart.title == "Late: Design"
    assert [(bar.name, bar.says, bar.begin < bar.end) for bar in chart.bars] == [
        ("Ideation", "done", False),
        ("Design", "2 days late", True),
    ]
    assert "Design 31 January 2027 to 28 February 2027, 2 days late" in chart.says
    assert "Today is 2 March 2027" in chart.says


def test_a_stage_that_begins_after_it_ends_is_drawn_as_a_day():
    bar = view(told([("design", 5, {"from": day(9)})])).chart.bars[0]
    assert bar.begin == bar.end


def test_a_blank_plan_has_no_line_and_names_the_questions():
    shown = view(known_by_id({"lifecycle.stages": None, "lifecycle.tasks": None}))
    assert (shown.message, shown.chart, shown.table, shown.tasks) == ("", None, None, None)
    assert (shown.late, shown.next) == (None, None)
    assert [way.question_id for way in shown.questions] == ["lifecycle.stages", "lifecycle.tasks"]


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 day"), (20, "20 days"), (21, "3 weeks"), (181, "25 weeks"), (182, "6 months"), (400, "13 months")],
)
def test_a_time_is_said_in_days_weeks_or_months(days, words):
    assert length(days) == words
    assert how_late(TODAY - timedelta(days), TODAY) == f"{words} late"


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "tomorrow"), (2, "in 2 days"), (-2, "2 days ago")])
def test_how_far_off_a_day_is(days, words):
    assert far_off(TODAY + timedelta(days), TODAY) == words


CELLS = st.fixed_dictionaries(
    {}, optional={"done": st.sampled_from(["yes", "no"]), "from": st.integers(-60, 60).map(day)}
)
ROWS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.none() | st.integers(-60, 60), CELLS), unique_by=lambda row: row[0]
)


@given(ROWS)
def test_each_step_is_done_or_late_or_comes_or_has_no_day(rows):
    life = map_lifecycle(told(rows), TODAY)
    for step in life.stages:
        kinds = [not step.is_open, step in life.late, step in life.next, step.is_open and step.due is None]
        assert kinds.count(True) == 1


@given(ROWS, st.integers(0, 3))
def test_marking_something_done_never_makes_more_late(rows, place):
    before = map_lifecycle(told(rows), TODAY)
    done = [(id, due, cells | {"done": "yes"} if at == place else cells) for at, (id, due, cells) in enumerate(rows)]
    after = map_lifecycle(told(done), TODAY)
    assert {step.id for step in after.late} <= {step.id for step in before.late}
