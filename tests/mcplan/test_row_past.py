"""What became of one row of a table: who changed what, and when."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from mcplan.register import RISKS
from mcplan.views.row_past import view_row_past
from questionnaire.load import load_questionnaire
from tests.builders import NOON, an_answer

TABLE = load_questionnaire().question(RISKS)
RAIN = {"id": "r1", "event": "Rain", "impact": "2"}
FROST = {"id": "r2", "event": "Frost"}
TREATED = RAIN | {"owner": "Sam Ito", "impact": "4", "due": "2027-03-09"}


def past(*saves, row="r1"):
    """The past of a row after saves, each a day after the other, or as many minutes as it says."""
    revisions, at = [], NOON
    for number, (by, after, *rows) in enumerate(saves, 1):
        at += after
        revisions.append(an_answer(RISKS, {"rows": rows} if rows else None, by=by, at=at, revision=number))
    return view_row_past(TABLE, revisions, row, ZoneInfo("Europe/Berlin"))


DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def test_each_change_says_who_when_what_and_what_stood_there_before():
    changed, begun = past(("Dana Okafor", DAY, RAIN), ("Sam Ito", DAY, TREATED))

    assert begun.what == ("Put into the table", "What may happen: Rain", "How bad: 2 – weeks, or 10 %")
    assert (begun.when, begun.who) == ("3 March 2027, 13:00", "Dana Okafor")
    assert (changed.when, changed.who) == ("4 March 2027, 13:00", "Sam Ito")
    assert changed.what == (
        "How bad: 4 – two intakes late, half the cost, or learners harmed (before: 2 – weeks, or 10 %)",
        "Owner: Sam Ito (before: nothing)",
        "Due: 9 March 2027 (before: nothing)",
    )


def test_what_happens_to_another_row_is_not_told():
    assert len(past(("Dana Okafor", DAY, RAIN), ("Sam Ito", DAY, RAIN, FROST))) == 1
    assert len(past(("Dana Okafor", DAY, RAIN), ("Sam Ito", DAY, RAIN, FROST), row="r2")) == 1


def test_the_saves_of_one_sitting_are_one_change():
    (told,) = past(("Dana Okafor", DAY, RAIN), ("Dana Okafor", MINUTE, TREATED))

    assert "Owner: Sam Ito" in told.what


def test_a_row_that_was_taken_out_keeps_its_past():
    gone, _ = past(("Dana Okafor", DAY, RAIN), ("Sam Ito", DAY))

    assert (gone.who, gone.what) == ("Sam Ito", ("Taken out of the table",))
