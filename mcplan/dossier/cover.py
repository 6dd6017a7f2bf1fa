"""The first page, which can stand alone, and the list of contents."""

from __future__ import annotations

from collections.abc import Iterator

from mcplan.dossier.blocks import Block, Callout, Contents, Frame, KeyValues, Origin, Para, Run, Words, words
from mcplan.dossier.given import DossierInput
from mcplan.dossier.phrases import DOT, verdict_mark
from mcplan.numbers import count, percent
from mcplan.readiness import Verdict
from mcplan.text import shorten
from questionnaire.model import ROLES

SHORT_HASH = 8
"""Letters of a hash that stand at the foot of each page."""
MOST_TITLE = 120
"""Characters of a title within a sentence."""


def cover(given: DossierInput) -> Iterator[Block]:
    """What is asked of whom, by whom, and on which state of the plan."""
    plan = given.plan
    mark = "" if given.version else "DRAFT"
    foot = f"{given.status}{DOT}{given.hash[:SHORT_HASH]}{DOT}{given.saying.day(given.made_at)}"
    answers = tuple((id, answer.revision) for id, answer in sorted(plan.answers.items()))
    yield Origin(plan.id, plan.revision, given.hash, answers)
    yield Frame(plan.institution.strip() or plan.unit.strip() or given.kind, plan.title, foot, mark)
    yield Para(words(plan.institution.strip() or plan.unit.strip() or "Micro-credential"), "institution")
    yield Para(words(given.kind, f"{DOT}{mark}" if mark else ""), "kind")
    yield Para(words(plan.title.strip() or "Untitled plan"), "title")
    yield Para(words(_subtitle(given)), "subtitle")
    yield Callout(*decision_asked(given), tone="calm" if is_ready(given) else "warn")
    yield KeyValues(tuple(_control_lines(given)))


def contents(given: DossierInput) -> Iterator[Block]:
    """Chapters and sections, each a link."""
    yield Contents("In this paper", deep=False) if given.brief else Contents("Contents")


def is_ready(given: DossierInput) -> bool:
    """True if the plan may go to its gate: no stop, and enough is there to decide on."""
    # A gate at which nothing is asked has not been passed by being silent about it.
    return given.whole.asked > 0 and given.whole.verdict not in (Verdict.RED, Verdict.AMBER_RED)


def decision_asked(given: DossierInput) -> tuple[str, tuple[Words, ...]]:
    """The head and the sentences of what is asked: a decision, or none yet, and why."""
    whole, title = given.whole, Run(shorten(given.plan.title, MOST_TITLE) or "this plan", italic=True)
    if not is_ready(given):
        board = given.board[:1].upper() + given.board[1:]
        return "Not ready for decision", (
            words(f"{board} will be asked to approve ", title, f" for the gate {given.gate}. {_why_not(given)}"),
        )
    asked = words(Run("Approve ", bold=True), title, f" for the gate {given.gate}, by {given.board}.")
    if whole.verdict is Verdict.GREEN:
        return "Decision requested", (asked,)
    return "Decision requested", (asked, words(f"No stop is open. {_reservation(given)}"))


def _reservation(given: DossierInput) -> str:
    short = len(given.whole.shortfalls)
    if not short:
        return "Everything this gate asks for is there, but confidence is low or the team is split."
    are = "answer is" if short == 1 else "answers are"
    return f"{short} {are} below the stage this gate asks for (section 2.2); the board may make them conditions."


def _why_not(given: DossierInput) -> str:
    stops, there = len(given.whole.stops), f"{percent(given.whole.floor)} of what the gate asks for is there"
    until = "This dossier is for information until then."
    if not given.whole.asked:
        return f"Nothing is asked at this gate yet, so nothing can be judged. {until}"
    if not stops:
        return f"No stop is open, but only {there}. {until}"
    verb = "is" if stops == 1 else "are"
    return f"Today {count(stops, 'stop')} {verb} open (chapter 3), and {there}. {until}"


def _subtitle(given: DossierInput) -> str:
    parts = (
        given.plan.unit.strip(),
        f"first learners {given.saying.day(given.plan.start)}" if given.plan.start else "",
    )
    said = DOT.join(part for part in parts if part)
    return said[:1].upper() + said[1:] if said else "Micro-credential"


def _control_lines(given: DossierInput) -> Iterator[tuple[str, Words]]:
    plan, whole = given.plan, given.whole
    yield "Prepared for", words(plan.board.strip() or Run("No board named yet", tone="warn"))
    yield "Sponsor", _seat(given, "leadership-champion")
    yield "Prepared by", _seat(given, "initiative-lead")
    yield "Gate", words(f"{given.readiness.gate} {given.gate}")
    reach = f"{percent(whole.floor)}, at best {percent(whole.ceiling)}{DOT}" if whole.asked else ""
    yield "Readiness", words(reach, verdict_mark(whole))
    yield "Plan", words(f"Revision {plan.revision}{_last_change(given)}")
    yield "As of", words(given.saying.moment(given.made_at))
    yield "Status", _status(given)


def _status(given: DossierInput) -> Words:
    version = given.version
    if version is None:
        return words(Run("DRAFT", bold=True), ": the plan may have changed since; no decision rests on this copy")
    by = f" by {version.by}" if version.by else ""
    return words(Run(f"Version {version.name}", bold=True), f", frozen on {given.saying.day(version.frozen_at)}{by}")


def _seat(given: DossierInput, role: str) -> Words:
    names = ", ".join(member.name for member in given.in_role(role))
    if names:
        return words(f"{names}, {ROLES[role].lower()}")
    return words(Run(f"Nobody yet: the seat of {ROLES[role].lower()} is open", tone="warn"))


def _last_change(given: DossierInput) -> str:
    plan = given.plan
    if plan.changed_at is None:
        return ""
    return f", changed {given.saying.day(plan.changed_at)}" + (f" by {plan.changed_by}" if plan.changed_by else "")
