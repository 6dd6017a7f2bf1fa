"""A table as a sheet: what was changed on it since it was drawn, and what that makes of what is stored by now."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcplan.plan import Answer
from mcplan.views.sheet import (
    Pin,
    added_before,
    added_ids,
    changes_between,
    example_lines,
    in_labels,
    join_patches,
    labels_of,
    own_changes,
    pinned_rows,
    put_on,
    read_sheet,
    since_revision,
)
from mcplan.views.sheet_merge import merge_sheet, news_of
from questionnaire.model import Column
from questionnaire.tables import patch_rows, stored_rows
from tests.builders import a_question

NAMES = {"first.people": (("p1", "Sam"), ("p2", "Kit"), ("p3", "Sam"))}
TABLE = a_question(
    "steps",
    kind="table",
    columns=(
        Column("name", "Step", required=True),
        Column("level", "Level", "choice", options={"apply": "Apply", "create": "Create"}),
        Column("hours", "Hours", "number", unit="h"),
        Column("who", "Who", "row", of="first.people"),
        Column("all", "All", "rows", of="first.people"),
    ),
    example={"name": "Sizing", "hours": 3, "who": "the lead"},
    most=5,
)
VALUE = {"rows": [{"id": "r1", "name": "One", "hours": 1.0}, {"id": "r2", "name": "Two"}]}
PIN = Pin("x", VALUE, NAMES)


def delta(edited=None, added=(), deleted=()):
    return {"edited_rows": edited or {}, "added_rows": list(added), "deleted_rows": list(deleted)}


def changed(edited=None, added=(), deleted=(), pin=PIN):
    patch, troubles = read_sheet(TABLE, pin, delta(edited, added, deleted), added_ids(pin, (), added))
    assert troubles == []
    return patch


def test_what_was_changed_on_a_sheet_becomes_a_change_of_cells_by_row():
    edited = {0: {"hours": 2, "level": "Create"}, "1": {"who": "Sam (2)", "all": ["Kit", "Sam"]}}
    patch = changed(edited, [{"name": "Three"}, {}], [])
    assert patch == {
        "r1": {"hours": 2.0, "level": "create"},
        "r2": {"who": "p3", "all": ["p2", "p1"]},
        "s-x-1": {"name": "Three"},
    }
    assert changed({0: {"hours": 2}}, deleted=[0])["r1"] is None


def test_an_emptied_cell_is_emptied():
    assert changed({0: {"hours": None, "name": ""}}) == {"r1": {"name": None, "hours": None}}


def test_a_cell_that_does_not_fit_is_said_and_holds_nothing_up():
    edited = {0: {"name": "x" * 501, "hours": 2}, 1: {"who": "Nobody"}}
    patch, troubles = read_sheet(TABLE, PIN, delta(edited), [])
    assert patch == {"r1": {"hours": 2.0}}
    assert [(each.row, each.column) for each in troubles] == [("r1", "name"), ("r2", "who")]
    assert troubles[1].says == "Who: “Nobody” is not a row that can be chosen here."


def test_what_could_not_be_stored_stands_on_the_next_sheet_and_is_tried_again():
    pin = Pin("y", VALUE, NAMES, kept={"r1": {"hours": 9.0, "name": "x" * 501}, "s-x-1": {"name": "Three"}})
    assert [row.get("name") for row in pinned_rows(TABLE, pin)] == ["x" * 501, "Two", "Three"]
    patch, troubles = read_sheet(TABLE, pin, delta({2: {"hours": 3}}), [])
    assert patch == {"r1": {"hours": 9.0}, "s-x-1": {"name": "Three", "hours": 3.0}}
    assert [(each.row, each.column) for each in troubles] == [("r1", "name")]


def test_labels_are_distinct_and_a_row_that_is_gone_is_said():
    who = TABLE.columns[3]
    labels = labels_of(who, PIN)
    assert labels == {"p1": "Sam", "p2": "Kit", "p3": "Sam (2)"}
    assert in_labels(who, labels, "p3") == "Sam (2)"
    assert in_labels(who, labels, "p9") == "a row that is gone"
    assert in_labels(TABLE.columns[4], labels, ["p1", "p2"]) == ["Sam", "Kit"]


def test_added_rows_keep_their_ids_when_one_above_them_goes():
    rows = [{"name": "A"}, {"name": "B"}, {"name": "C"}]
    ids = added_ids(PIN, (), rows)
    assert ids == ["s-x-1", "s-x-2", "s-x-3"]
    before = list(zip(ids, rows, strict=True))
    assert added_ids(PIN, before, [rows[0], rows[2]]) == ["s-x-1", "s-x-3"]
    assert added_ids(PIN, before, []) == []
    assert added_ids(PIN, before, [*rows, {}])[-1] == "s-x-4"
    assert added_ids(PIN, before, [{"name": "changed"}]) == ["s-x-3"]


def test_what_touches_other_cells_than_a_colleague_did_is_ready():
    now = {"rows": [{"id": "r1", "name": "One by Sam", "hours": 1.0}, {"id": "r9", "name": "New"}]}
    merged = merge_sheet(TABLE, PIN, {}, {"r1": {"hours": 2.0}, "s-x-1": {"name": "Three"}}, now)
    assert merged.ready == {"r1": {"hours": 2.0}, "s-x-1": {"name": "Three"}}
    assert merged.clashes == ()


def test_the_same_cell_changed_by_two_is_a_clash_that_names_both():
    now = {"rows": [{"id": "r1", "name": "One", "hours": 7.0}, {"id": "r2", "name": "Two"}]}
    merged = merge_sheet(TABLE, PIN, {}, {"r1": {"hours": 2.0, "name": "First"}}, now)
    assert merged.ready == {"r1": {"name": "First"}}
    (clash,) = merged.clashes
    assert (clash.row, clash.column, clash.what) == ("r1", "hours", "Hours of “One”")
    assert (clash.mine, clash.theirs) == ("2 h", "7 h")


@pytest.mark.parametrize(
    ("now", "patch", "mine", "theirs"),
    [
        ([{"id": "r2", "name": "Two"}], {"r1": {"hours": 2.0}}, "Step: One; Hours: 2 h", "taken away"),
        ([{"id": "r1", "name": "Uno", "hours": 1.0}], {"r1": None}, "taken away", "Step: Uno; Hours: 1 h"),
    ],
)
def test_a_row_that_one_took_away_and_the_other_changed_is_a_clash(now, patch, mine, theirs):
    merged = merge_sheet(TABLE, PIN, {}, patch, {"rows": now})
    assert merged.ready == {}
    assert [(each.column, each.mine, each.theirs) for each in merged.clashes] == [("", mine, theirs)]


def test_the_same_changes_seen_again_store_nothing():
    patch = {"r1": {"hours": 2.0}, "r2": None, "s-x-1": {"name": "Three"}}
    first = merge_sheet(TABLE, PIN, {}, patch, VALUE)
    stored = patch_rows(TABLE, VALUE, first.ready)
    for known in ({}, first.agreed):
        again = merge_sheet(TABLE, PIN, known, patch, stored)
        assert (again.ready, again.clashes) == ({}, ())
    assert news_of(TABLE, PIN, first.agreed, stored) == 0


def test_what_is_taken_back_on_the_sheet_is_taken_back_in_the_table():
    first = {"r1": {"hours": 2.0}, "s-x-1": {"name": "Three"}}
    stored = patch_rows(TABLE, VALUE, first)
    merged = merge_sheet(TABLE, PIN, first, {}, stored)
    assert patch_rows(TABLE, stored, merged.ready) == VALUE


def test_what_a_colleague_did_is_counted_by_row():
    now = {"rows": [{"id": "r1", "name": "One", "hours": 5.0}, {"id": "r9", "name": "New"}]}
    assert news_of(TABLE, PIN, {}, VALUE) == 0
    assert news_of(TABLE, PIN, {}, now) == 3
    assert news_of(TABLE, PIN, {"r1": {"hours": 5.0}, "r2": None}, now) == 1


def test_the_example_is_said_cell_by_cell():
    assert example_lines(TABLE) == ("Step: Sizing", "Hours: 3 h", "Who: the lead")


CELLS = st.fixed_dictionaries(
    {}, optional={"name": st.sampled_from(["A", "B", None]), "hours": st.sampled_from([1.0, 2.0])}
)
CHANGES = st.dictionaries(st.sampled_from(["r1", "r2", "s-x-1"]), st.none() | CELLS, max_size=3)


@given(mine=CHANGES, theirs=CHANGES)
def test_a_sheet_never_changes_a_cell_that_a_colleague_changed(mine, theirs):
    theirs = {id: cells for id, cells in theirs.items() if not id.startswith("s-")}
    now = patch_rows(TABLE, VALUE, theirs)
    ready = merge_sheet(TABLE, PIN, {}, mine, now).ready
    after = {row["id"]: row for row in stored_rows(TABLE, patch_rows(TABLE, now, ready))}
    before = {row["id"]: row for row in stored_rows(TABLE, VALUE)}
    for row in stored_rows(TABLE, now):
        for name, cell in row.items():
            if cell != before.get(row["id"], {}).get(name):
                assert after.get(row["id"], {}).get(name) == cell


VALUES = st.lists(
    st.builds(
        lambda id, name, hours: {"id": id, **({"name": name} if name else {}), **({"hours": hours} if hours else {})},
        st.sampled_from(["r1", "r2", "r3"]), st.sampled_from(["", "a", "b"]), st.sampled_from([None, 1.0, 2.0]),
    ),
    max_size=3,
    unique_by=lambda row: row["id"],
).map(lambda rows: {"rows": [row for row in rows if len(row) > 1]})  # fmt: skip


def filled(rows):
    return {row["id"]: {name: cell for name, cell in row.items() if cell is not None} for row in rows}


def rows_of(value):
    return filled(stored_rows(TABLE, value))


@given(VALUES, VALUES, VALUES)
def test_changes_between_two_values_make_the_one_of_the_other(first, then, last):
    def made(patch):
        return filled(put_on(rows_of(first), patch).values())

    one, other = changes_between(TABLE, first, then), changes_between(TABLE, then, last)
    assert made(one) == rows_of(then)
    # A row that went and came back has lost its cells on the way, so only whole rows can be compared.
    if not any(cells is None for cells in one.values()):
        assert made(join_patches(one, other)) == rows_of(last)


def said(revision, by, *rows):
    return Answer("first.steps", {"rows": list(rows)}, revision=revision, by=by)


def test_of_the_history_only_the_own_changes_are_known():
    history = [
        said(4, "Dana", {"id": "r1", "name": "One", "hours": 2.0}, {"id": "r2", "name": "Two!"}),
        said(3, "Sam", {"id": "r1", "name": "One", "hours": 2.0}, {"id": "r2", "name": "Two"}),
        said(2, "Dana", {"id": "r1", "name": "One"}, {"id": "r2", "name": "Two"}),
        said(1, "Sam", {"id": "r1", "name": "One"}),
    ]
    assert own_changes(TABLE, since_revision(TABLE, history, 1), "Dana") == {"r2": {"name": "Two!"}}
    assert own_changes(TABLE, since_revision(TABLE, history, 3), "Dana") == {"r2": {"name": "Two!"}}
    assert own_changes(TABLE, since_revision(TABLE, history, 0), "Sam") == {"r1": {"name": "One", "hours": 2.0}}


def test_rows_added_to_a_sheet_are_known_by_its_name_and_look_as_they_do_there():
    value = {
        "rows": [*VALUE["rows"], {"id": "s-x-2", "name": "New", "level": "apply"}, {"id": "s-y-1", "name": "Other"}]
    }
    assert added_before(TABLE, PIN, value) == [("s-x-2", {"name": "New", "level": "Apply"})]
