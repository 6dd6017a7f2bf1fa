"""Tables: what a cell takes, what a change of some cells makes of the rows, and when two people clash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.errors import AnswerRejected
from questionnaire.kinds import kind_of
from questionnaire.model import Column
from questionnaire.tables import (
    all_rows,
    clashes,
    filled_rows,
    is_finished,
    misfits,
    patch_rows,
    read_rows,
    row_names,
)
from tests.builders import a_question

COLUMNS = (
    Column("name", "Outcome", required=True),
    Column("level", "Level", "choice", options={"apply": "Apply", "create": "Create"}),
    Column("media", "Media", "choices", options={"video": "Video", "deck": "Slides"}),
    Column("hours", "Hours", "number", unit="h"),
    Column("share", "Share", "percent"),
    Column("due", "Due", "date"),
    Column("done", "Done", "yes or no"),
    Column("after", "After", "row", of="first.steps"),
    Column("uses", "Uses", "rows", of="first.steps"),
    Column("more", "More", "words"),
)
TABLE = a_question("steps", kind="table", columns=COLUMNS, most=5, least=2)
STAGES = a_question(
    "stages",
    kind="table",
    columns=(Column("stage", "Stage", fixed=True), Column("owner", "Owner", required=True)),
    ready=({"id": "aware", "stage": "Aware"}, {"id": "choose", "stage": "Choose"}),
)


def value(**rows):
    return {"rows": [{"id": id, **cells} for id, cells in rows.items()]}


@pytest.mark.parametrize(
    ("column", "raw", "cell"),
    [
        ("name", "  Size   a unit ", "Size a unit"),
        ("name", 3, "3"),
        ("level", "apply", "apply"),
        ("level", " create ", "create"),
        ("level", "Create", "create"),
        ("media", ["deck", "video"], ["video", "deck"]),
        ("hours", "1,450.5", 1450.5),
        ("share", "35 %", 35.0),
        ("due", "2027-05-03T00:00:00", "2027-05-03"),
        ("done", True, "yes"),
        ("done", "Not known yet", "unknown"),
        ("after", "r2", "r2"),
        ("uses", ["r2", "r2", "r1"], ["r2", "r1"]),
        ("more", "Two\nlines", "Two\nlines"),
        ("more", "  ", None),
    ],
)
def test_a_cell_is_stored_as_its_column_asks(column, raw, cell):
    stored = patch_rows(TABLE, None, {"r1": {"name": "One", column: raw}})
    assert stored["rows"][0].get(column, None if cell is None else "missing") == cell


@pytest.mark.parametrize(
    ("column", "raw", "sentence"),
    [
        ("level", "guess", "In row 1, Level: “guess” is none of: Apply, Create."),
        ("hours", "many", "In row 1, Hours: Give a number of h"),
        ("share", 101, "from 0 to 100"),
        ("due", "soon", "“soon” is not a day"),
        ("done", "perhaps", "none of: Yes, No, Not known yet"),
        ("name", "x" * 501, "room for 500 characters"),
        ("after", ["r1", "r2"], "Pick one row"),
        ("nowhere", 1, "Reload the page"),
    ],
)
def test_a_cell_that_does_not_fit_says_where_and_why(column, raw, sentence):
    with pytest.raises(AnswerRejected, match=sentence.replace("(", r"\(")):
        patch_rows(TABLE, None, {"r1": {column: raw}})


def test_a_change_touches_its_own_cells_alone():
    before = value(r1={"name": "One", "hours": 2.0}, r2={"name": "Two"})
    after = patch_rows(TABLE, before, {"r1": {"hours": 3}, "r3": {"name": "Three"}, "r2": {"level": "apply"}})
    assert after == value(r1={"name": "One", "hours": 3.0}, r2={"name": "Two", "level": "apply"}, r3={"name": "Three"})
    assert patch_rows(TABLE, after, {"r1": None, "r3": {"name": ""}}) == value(r2={"name": "Two", "level": "apply"})
    assert patch_rows(TABLE, value(r2={"name": "Two"}), {"r2": None}) is None


def test_there_is_room_for_so_many_rows():
    with pytest.raises(AnswerRejected, match="room for 5 rows, and these are 10,000"):
        patch_rows(TABLE, None, {f"r{place}": {"name": "x"} for place in range(10_000)})
    with pytest.raises(AnswerRejected, match="room for 5 rows, and these are 6"):
        read_rows(TABLE, value(**{f"r{place}": {"name": "x"} for place in range(6)}))


def test_ready_made_rows_stand_there_before_anybody_has_touched_them():
    assert [row["stage"] for row in all_rows(STAGES, None)] == ["Aware", "Choose"]
    assert filled_rows(STAGES, None) == []
    stored = patch_rows(STAGES, None, {"choose": {"owner": "Sam", "stage": "Something else"}, "own": {"owner": "Kim"}})
    assert stored == value(choose={"owner": "Sam"}, own={"owner": "Kim"})
    assert filled_rows(STAGES, stored)[0] == {"id": "choose", "stage": "Choose", "owner": "Sam"}
    assert row_names(STAGES, stored) == {"aware": "Aware", "choose": "Choose", "own": "a row without name"}


def test_a_table_is_finished_with_enough_rows_and_no_required_cell_missing():
    assert not is_finished(TABLE, value(r1={"name": "One"}))
    assert not is_finished(TABLE, value(r1={"name": "One"}, r2={"hours": 1.0}))
    assert is_finished(TABLE, value(r1={"name": "One"}, r2={"name": "Two"}))


def test_words_from_before_it_was_a_table_are_its_first_row():
    assert filled_rows(TABLE, "Said long ago") == [{"id": "words", "name": "Said long ago"}]
    assert patch_rows(TABLE, "Said long ago", {"r2": {"name": "Two"}}) == value(
        words={"name": "Said long ago"}, r2={"name": "Two"}
    )


@pytest.mark.parametrize(
    ("now", "patch", "clash"),
    [
        (value(r1={"name": "One", "hours": 5.0}), {"r1": {"name": "Uno"}}, False),
        (value(r1={"name": "One", "hours": 5.0}), {"r1": {"hours": 3}}, True),
        (value(r1={"name": "One"}, r2={"name": "Two"}), {"r3": {"name": "Three"}}, False),
        (value(r1={"name": "One"}, r2={"name": "Two"}), {"r1": None}, False),
        (value(r1={"name": "Won"}), {"r1": None}, True),
        (None, {"r1": {"hours": 3}}, True),
        (None, {"r1": None}, True),
    ],
)
def test_only_changes_of_the_same_cell_clash(now, patch, clash):
    assert clashes(TABLE, value(r1={"name": "One"}), now, patch) is clash


CELLS = st.dictionaries(st.sampled_from(["name", "more"]), st.sampled_from(["", "a", "b"]), max_size=2)
PATCHES = st.dictionaries(st.sampled_from(["r1", "r2", "r3"]), st.none() | CELLS, max_size=3)


@given(PATCHES, PATCHES, PATCHES)
def test_changes_that_do_not_clash_can_be_made_in_either_order(start, mine, theirs):
    before = patch_rows(TABLE, None, start)
    now = patch_rows(TABLE, before, theirs)
    if clashes(TABLE, before, now, mine) or clashes(TABLE, before, patch_rows(TABLE, before, mine), theirs):
        return
    one = patch_rows(TABLE, now, mine)
    other = patch_rows(TABLE, patch_rows(TABLE, before, mine), theirs)
    assert sorted((one or value())["rows"], key=str) == sorted((other or value())["rows"], key=str)


def test_a_table_is_said_row_by_row():
    stored = value(r1={"name": "One", "level": "apply", "hours": 2.0, "uses": ["r2"]}, r2={"name": "Two"})
    assert kind_of(TABLE).say(TABLE, stored) == "Outcome: One; Level: Apply; Hours: 2 h\nOutcome: Two"


def test_every_cell_that_does_not_fit_is_named_and_the_others_are_not():
    patch = {"r1": {"name": "One", "hours": "many"}, "r2": None, "r3": {"due": "soon", "level": "Create", "gone": 1}}

    found = misfits(TABLE, patch)

    assert set(found) == {("r1", "hours"), ("r3", "due")}
    assert found["r1", "hours"].startswith("Hours: ")
    assert misfits(TABLE, ["no", "rows"]) == {}
