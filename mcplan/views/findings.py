"""What the rules found, as a screen lists it: what stops a gate first, each with the way to where it is mended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mcplan.finding import SEVERITIES, Finding, Severity
from mcplan.numbers import count
from mcplan.views.pointers import Pointer, point_to
from mcplan.views.verdict import Sign
from questionnaire.model import GATES, Gate, Questionnaire

SIGNS: dict[Severity, Sign] = {
    "error": Sign(SEVERITIES["error"], ":material/block:", "red"),
    "warning": Sign(SEVERITIES["warning"], ":material/warning:", "orange"),
    "note": Sign(SEVERITIES["note"], ":material/lightbulb:", "blue"),
}

NAMES: dict[Severity, tuple[str, str]] = {
    "warning": ("thing to look at", "things to look at"),
    "note": ("note", "notes"),
}
"""What the findings are called that stop nothing."""


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


def view_beside_stops(questionnaire: Questionnaire, findings: Iterable[Finding], gate: Gate) -> FindingsView:
    """The findings that matter up to a gate and do not stop it."""
    due = [each for each in findings if each.gate <= gate and not each.is_blocker]
    counts = {severity: sum(each.severity == severity for each in due) for severity in SIGNS}
    named = [count(many, *NAMES[severity]) for severity, many in counts.items() if many and severity in NAMES]
    message = f"{' and '.join(named)} beside" if due else "The rules find nothing else to mend"
    return FindingsView(message.capitalize(), view_findings(questionnaire, due).groups)


def _line(questionnaire: Questionnaire, finding: Finding) -> Pointer:
    says = f"{finding.says} From {GATES[finding.gate].lower()} on." if finding.gate != "G1" else finding.says
    code = questionnaire.question(finding.question_id).code if questionnaire.has(finding.question_id) else ""
    return replace(point_to(questionnaire, finding.question_id, says, words=code), row_id=finding.row_id)
