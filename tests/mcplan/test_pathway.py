"""The stack: orphans, dead ends, circles and the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcplan.checks.pathway import check_pathway, read_pathway
from tests.mcplan.designs import found, known

AWARD = {"id": "z", "name": "Z", "terminal": "yes", "level": 5.0}


def credential(id, **cells):
    return {"id": id, "name": id.upper(), "hours": 10.0, "credits": 1.0, "level": 5.0, "status": "active"} | cells


def link(start, end, kind="counts-toward", **cells):
    return {"id": f"{start}-{end}", "name": f"{start} → {end}", "from": start, "to": end, "kind": kind} | cells


def findings(credentials, *links):
    return found(check_pathway(known(design_credentials=list(credentials), design_pathway=list(links))))


CASES = [
    ([credential("a"), AWARD], [link("a", "z")], []),
    ([credential("a")], [], [("ST1", "a")]),
    ([credential("a", reason="A licence renewal")], [], []),
    ([credential("a"), credential("b"), AWARD], [link("a", "z"), link("a", "b", "recommended")], [("ST2", "b")]),
    (
        [credential("a"), credential("b")],
        [link("a", "b", "prerequisite"), link("b", "a", "prerequisite")],
        [("ST2", "a"), ("ST2", "b"), ("ST3", "a"), ("ST3", "b")],
    ),
    (
        [credential("a"), credential("b"), AWARD],
        [link("a", "b", "recommended"), link("b", "a", "recommended"), link("a", "z"), link("b", "z")],
        [],
    ),
    ([credential("a", hours=120.0), AWARD], [link("a", "z")], [("ST4", "a")]),
    ([credential("a", hours=0.5), AWARD], [link("a", "z")], [("ST4", "a")]),
    ([credential("a"), AWARD | {"required": 5.0}], [link("a", "z"), link("a", "z")], [("ST5", "z")]),
    (
        [credential("a", level=6.0), credential("b"), AWARD],
        [link("a", "b", "prerequisite"), link("b", "z")],
        [("ST6", "a")],
    ),
    ([credential("a", status="retired"), AWARD], [link("a", "z")], [("ST7", "a")]),
    ([credential("a"), AWARD, AWARD | {"id": "y", "name": "Y"}], [link("a", "z"), link("a", "y")], [("ST8", "a")]),
    (
        [credential("a", validity=6.0, months=3.0), credential("b", months=8.0), AWARD],
        [link("a", "z"), link("b", "z")],
        [("ST9", "a")],
    ),
    ([credential("a", every=36.0), AWARD], [link("a", "z", required="yes")], [("ST10", "a")]),
    ([credential("a"), AWARD], [link("a", "z"), link("a", "gone")], []),
]


@pytest.mark.parametrize(("credentials", "links", "rules"), CASES)
def test_a_stack_says_what_is_wrong_with_it(credentials, links, rules):
    assert findings(credentials, *links) == rules


def test_all_faults_of_one_stack_are_found_together():
    stack = [
        credential("a", hours=120.0),
        credential("b", level=4.0, status="retired"),
        credential("c"),
        AWARD | {"required": 5.0},
    ]
    links = [link("a", "b", "prerequisite"), link("b", "z"), link("a", "c", "prerequisite")]
    assert findings(stack, *links) == [("ST2", "c"), ("ST4", "a"), ("ST5", "z"), ("ST6", "a"), ("ST7", "b")]


NODES = [f"n{place}" for place in range(6)]


@given(st.sets(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=14))
def test_circles_are_found_as_walking_finds_them(steps):
    pathway = read_pathway(
        known(design_credentials=[credential(id) for id in NODES], design_pathway=[link(*step) for step in steps])
    )

    def returns(start):
        reached = {end for begin, end in steps if begin == start}
        for _ in NODES:
            reached |= {end for begin, end in steps if begin in reached}
        return start in reached

    assert pathway.in_a_circle == [id for id in NODES if returns(id)]


def test_a_pathway_deeper_than_the_stack_of_python_is_no_trouble():
    many = [credential(f"c{place}") for place in range(3_000)]
    chain = [link(f"c{place}", f"c{place + 1}", "prerequisite") for place in range(2_999)]
    assert not read_pathway(known(design_credentials=many, design_pathway=chain)).in_a_circle
