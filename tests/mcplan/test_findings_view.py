"""Findings as a screen lists them: worst first, each with the way to the row that causes it."""

from mcplan.finding import Finding
from mcplan.views.findings import view_beside_stops, view_findings
from tests.builders import a_question, a_questionnaire

ASKED = a_questionnaire(a_question("steps", sources=("P4.2",)))
STOP = Finding("CA6", "error", "Zero passes.", "G2", "first.steps", "lo1")
NOTE = Finding("LO4", "note", "No condition.", "G1", "first.steps", "lo2")


def test_findings_are_grouped_worst_first_with_the_way_to_their_row():
    view = view_findings(ASKED, [NOTE, STOP])
    assert [group.title for group in view.groups] == ["Stops the gate (1)", "Advice (1)"]
    line = view.groups[0].lines[0]
    assert (line.question_id, line.row_id, line.question) == ("first.steps", "lo1", "P4.2")
    assert line.says == "Zero passes. From design approval on."
    assert view.message == "1 thing to mend before the gate, 1 more thing worth a look"


def test_a_finding_that_is_mended_elsewhere_has_no_way():
    (group,) = view_findings(ASKED, [Finding("ROLE-OPEN", "warning", "Nobody designs.")]).groups
    assert (group.lines[0].says, group.lines[0].question_id) == ("Nobody designs.", "")


def test_without_findings_there_is_nothing_to_list():
    view = view_findings(ASKED, [])
    assert (view.groups, view.message) == ((), "The rules find nothing to mend")


def test_beside_the_stops_of_a_gate_stand_the_findings_that_matter_up_to_it_and_stop_nothing():
    later = Finding("ROLE-OPEN", "warning", "Nobody designs.", "G3")
    view = view_beside_stops(ASKED, [STOP, NOTE, later], "G2")
    assert [group.title for group in view.groups] == ["Advice (1)"]
    assert view.message == "1 note beside"
    assert view_beside_stops(ASKED, [NOTE, later], "G3").message == "1 thing to look at and 1 note beside"
    assert view_beside_stops(ASKED, [later, later], "G3").message == "2 things to look at beside"
    assert view_beside_stops(ASKED, [STOP], "G3").message == "The rules find nothing else to mend"
