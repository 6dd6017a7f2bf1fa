"""Tables: people in different cells never meet, and a save that is sent again is stored once."""

import threading

import pytest

from questionnaire.model import Column
from storage.answers import AnsweredMeanwhile, append_row, fetch_history, store_changes
from storage.database import reading, storing, writing
from storage.plans import fetch_plan, start_plan
from tests.builders import HERE, NOON, a_plan, a_question, a_questionnaire, door

STEPS = a_question(
    "steps", kind="table", columns=(Column("name", "Step"), Column("hours", "Hours", "number"), Column("who", "Who"))
)
ASKED = a_questionnaire(STEPS)


@pytest.fixture
def plan_id(database):
    with writing(database) as session:
        plan_id = start_plan(session, ASKED, a_plan(id=""), person=HERE, at=NOON)
    save(database, plan_id, "first", 0, a={"name": "Cut", "hours": 2}, b={"name": "Sew"})
    return plan_id


def save(database, plan_id, save_id, seen, by="Dana Okafor", also=(), **rows):
    changes = {"rows": rows, **dict(also)}
    with writing(database) as session:
        access = door(session, plan_id, by, "answer")
        return store_changes(access, ASKED, STEPS.id, changes, seen=seen, save_id=save_id, at=NOON)


def rows(database, plan_id):
    with reading(database) as session:
        answer = fetch_plan(door(session, plan_id)).answer(STEPS)
    return {row.pop("id"): row for row in answer.value["rows"]}


def revisions(database, plan_id):
    with reading(database) as session:
        return [each.revision for each in fetch_history(door(session, plan_id), STEPS.id)]


def test_two_people_in_different_cells_both_find_theirs_stored(database, plan_id):
    save(database, plan_id, "mine", 1, a={"hours": 3}, c={"name": "Iron"})
    theirs = save(database, plan_id, "theirs", 1, "Sam Ito", a={"name": "Cut out"}, b={"who": "Sam"})
    assert theirs.revision == 3
    assert rows(database, plan_id) == {
        "a": {"name": "Cut out", "hours": 3.0},
        "b": {"name": "Sew", "who": "Sam"},
        "c": {"name": "Iron"},
    }
    assert revisions(database, plan_id) == [1, 2, 3]


@pytest.mark.parametrize("theirs", [{"a": {"hours": 4}}, {"a": None}])
def test_the_second_in_the_same_cell_learns_of_the_first(database, plan_id, theirs):
    save(database, plan_id, "mine", 1, a={"hours": 3})
    with pytest.raises(AnsweredMeanwhile) as meanwhile:
        save(database, plan_id, "theirs", 1, "Sam Ito", **theirs)
    assert meanwhile.value.answer.revision == 2
    assert rows(database, plan_id)["a"]["hours"] == 3.0


def test_what_is_no_cell_is_compared_as_a_whole(database, plan_id):
    save(database, plan_id, "mine", 1, a={"hours": 3}, also={"note": "Mine"}.items())
    with pytest.raises(AnsweredMeanwhile):
        save(database, plan_id, "theirs", 1, "Sam Ito", b={"who": "Sam"}, also={"note": "Theirs"}.items())


def test_a_save_sent_again_is_stored_once_wherever_it_went(database, plan_id):
    save(database, plan_id, "mine", 1, a={"hours": 3})
    first = save(database, plan_id, "theirs", 1, "Sam Ito", b={"who": "Sam"})
    assert save(database, plan_id, "theirs", 1, "Sam Ito", b={"who": "Sam"}) == first
    # Somebody takes it back before the lost reply is noticed: the repeat must not put it there again.
    save(database, plan_id, "back", 3, b={"who": None})
    assert save(database, plan_id, "theirs", 1, "Sam Ito", b={"who": "Sam"}) == first
    assert rows(database, plan_id)["b"] == {"name": "Sew"}
    assert revisions(database, plan_id) == [1, 2, 3, 4]


def test_twenty_people_in_twenty_rows_at_once_lose_nothing(database, plan_id):
    def add(place):
        def work(session):
            access, changes = (
                door(session, plan_id, f"P{place}", "answer"),
                {"rows": {f"n{place}": {"name": str(place)}}},
            )
            store_changes(access, ASKED, STEPS.id, changes, seen=1, save_id=f"s{place}", at=NOON)

        storing(database, work)

    people = [threading.Thread(target=add, args=(place,)) for place in range(20)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert set(rows(database, plan_id)) == {"a", "b", *(f"n{place}" for place in range(20))}


def test_a_row_is_put_below_what_colleagues_stored_and_only_once(database, plan_id):
    save(database, plan_id, "theirs", 1, "Sam Ito", c={"name": "Iron"})

    def put(session):
        return append_row(
            door(session, plan_id, "Dana Okafor", "answer"), ASKED, STEPS.id, {"id": "d", "name": "Fold"}, at=NOON
        )

    assert [storing(database, put).revision for _ in range(2)] == [3, 3]
    assert list(rows(database, plan_id)) == ["a", "b", "c", "d"]
