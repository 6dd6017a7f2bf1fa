"""What the rules found, as a screen lists it: what stops a gate first, each with the way to where it is mended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mcplan.finding import SEVERITIES, Finding, Severity
from mcplan.numbers import count
from mcplan.views.pointers import Pointer, point_to
from mcplan.views.verdict import Sign
from questionnaire.model import GATES, Questionnaire

SIGNS: dict[Severity, Sign] = {
    "error": Sign(SEVERITIES["error"], ":material/block:", "red"),
    "warning": Sign(SEVERITIES["warning"], ":material/warning:", "orange"),
    "note": Sign(SEVERITIES["note"], ":material/lightbulb:", "blue"),
}


@dataclass(frozen=True)
class Found:
    """The findings of one severity."""

    sign: Sign
    title: str
    lines: tuple[Pointer, ...]


@dataclass(frozen=True)
class FindingsView:
    """All findings, worst first; severities without any are left out."""

    message: str
    groups: tuple[Found, ...]


def view_findings(questionnaire: Questionnaire, findings: Iterable[Finding]) -> FindingsView:
    """What a screen shows of findings, all of a plan or those of one subject."""
    there = list(findings)
    groups = tuple(
        Found(sign, f"{sign.words} ({len(mine)})", tuple(_line(questionnaire, each) for each in mine))
        for severity, sign in SIGNS.items()
        if (mine := [each for each in there if each.severity == severity])
    )
    stops = sum(each.is_blocker for each in there)
    rest = len(there) - stops
    message = (
        f"{count(stops, 'thing').capitalize()} to mend before the gate, {count(rest, 'more thing')} worth a look"
        if there
        else "The rules find nothing to mend"
    )
    return FindingsView(message, groups)


def _line(questionnaire: Questionnaire, finding: Finding) -> Pointer:
    says = f"{finding.says} From {GATES[finding.gate].lower()} on." if finding.gate != "G1" else finding.says
    code = questionnaire.question(finding.question_id).code if questionnaire.has(finding.question_id) else ""
    return replace(point_to(questionnaire, finding.question_id, says, words=code), row_id=finding.row_id)
