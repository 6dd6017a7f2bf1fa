"""Systems and what passes between them: which stand alone, and which links are late, lost or on nobody's word."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcplan.maps.platforms import map_platforms
from mcplan.views.delivery_map import view_delivery_map
from tests.mcplan.designs import known_by_id

TODAY = date(2027, 3, 2)
SYSTEMS = [
    {"id": "lms", "system": "Campus", "kind": "lms", "state": "in-use"},
    {"id": "sis", "system": "Records", "kind": "student-records", "state": "in-use"},
    {"id": "badge", "system": "Badges", "kind": "issuance", "state": "to-procure"},
]
LINK = {"id": "results", "name": "Results", "from": "lms", "to": "sis", "state": "working", "confirmed": "Kim"}


def told(*links, systems=SYSTEMS):
    """A plan with these systems and links."""
    return known_by_id({"operational.systems": list(systems), "operational.interfaces": list(links)})


def view(known):
    return view_delivery_map(known.questionnaire, known.plan, TODAY).platforms


@pytest.mark.parametrize(
    ("link", "names"),
    [
        (LINK, ["Badges"]),
        (LINK | {"from": "badge"}, ["Campus"]),
        (LINK | {"to": "gone"}, ["Records", "Badges"]),
    ],
)
def test_a_system_without_a_link_stands_alone(link, names):
    assert [each.name for each in map_platforms(told(link), TODAY).alone] == names


def test_no_system_is_called_alone_before_somebody_puts_in_a_link():
    assert map_platforms(told(), TODAY).alone == ()
    assert view(told()).concerns == ("No link is put in yet: what passes between the systems?",)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"to": "gone"}, "Results leads to or from a system that is gone."),
        ({"to": None}, "Results leads to or from a system nobody has named."),
        ({"confirmed": " "}, "Nobody is named who tried Results."),
        (
            {"state": "planned", "by": "2027-02-20"},
            "Results was due on 20 February 2027: 10 days late, and planned.",
        ),
        ({"state": "manual", "by": "2027-01-01"}, "Results was due on 1 January 2027: 8 weeks late, and by hand."),
        ({"state": "", "by": "2027-03-01"}, "Results was due on 1 March 2027: 1 day late, and not said."),
    ],
)
def test_what_is_wrong_with_a_link_is_a_sentence(cells, words):
    assert words in view(told(LINK | cells)).concerns
    assert words not in view(told(LINK)).concerns


@pytest.mark.parametrize(
    "cells", [{"by": "2027-02-20"}, {"state": "planned", "by": "2027-03-02"}, {"state": "planned"}]
)
def test_what_works_or_is_due_today_or_later_is_not_late(cells):
    assert map_platforms(told(LINK | cells), TODAY).late == ()


def test_the_longest_late_comes_first():
    links = (LINK | {"id": id, "name": id, "state": "planned", "by": f"2027-02-{id}"} for id in ("20", "10", "15"))
    assert [each.name for each in map_platforms(told(*links), TODAY).late] == ["10", "15", "20"]


def test_the_matrix_holds_senders_and_receivers_and_the_link_that_is_furthest_from_working():
    links = (LINK, LINK | {"id": "names", "name": "Names", "state": "unknown"}, LINK | {"id": "x", "to": "gone"})
    table = view(told(*links, LINK | {"id": "list", "name": "List", "from": "sis", "to": "badge"})).matrix
    assert table.columns == ("From ↓ to →", "Records", "Badges")
    assert [tuple(getattr(cell, "words", cell) for cell in row) for row in table.rows] == [
        ("Campus", "Not known", "–"),
        ("Records", "–", "Working"),
    ]


def test_the_links_name_who_confirms_and_say_how_late_they_are():
    row = view(told(LINK | {"state": "planned", "by": "2027-02-20", "confirmed": None, "from": "gone"})).links.rows[0]
    assert (row[0], row[1], row[2].words, row[3], row[4]) == (
        "Results",
        "? → Records",
        "Planned",
        "Nobody yet",
        "20 February 2027, 10 days late",
    )


def test_a_blank_plan_has_no_platforms():
    empty = view(known_by_id({"operational.systems": None, "operational.interfaces": None}))
    assert (empty.message, empty.concerns, empty.matrix, empty.links) == ("", (), None, None)


ENDS = st.sampled_from(["lms", "sis", "badge", "gone", None])
LINKS = st.lists(st.fixed_dictionaries({"from": ENDS, "to": ENDS, "days": st.integers(-40, 40)}), max_size=6)


@given(LINKS)
def test_a_system_is_joined_or_alone_and_a_link_joins_or_is_lost(links):
    rows = [
        LINK | each | {"id": f"r{place}", "state": "planned", "by": (TODAY + timedelta(each["days"])).isoformat()}
        for place, each in enumerate(links)
    ]
    found = map_platforms(told(*rows), TODAY)
    joined = {end for each in found.interfaces for end in (each.source, each.target)}
    alone = {each.id for each in found.alone}
    assert not joined & alone
    assert not links or joined | alone >= {"lms", "sis", "badge"}
    drawn = [each for a in found.systems for b in found.systems for each in found.between(a.id, b.id)]
    assert len(drawn) + len(found.lost) == len(links)
    assert len(found.late) == sum(each["days"] < 0 for each in links)
