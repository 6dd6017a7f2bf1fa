"""The plan on one page: what it is, what is asked, how far it is, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator

from mcplan.dossier.blocks import (
    Block,
    Bullets,
    Callout,
    Heading,
    KeyFigure,
    KeyFigures,
    Para,
    Run,
    Typed,
    Words,
    words,
)
from mcplan.dossier.cover import decision_asked, is_ready
from mcplan.dossier.given import DossierInput
from mcplan.dossier.phrases import DOT, meaning, share, verdict_mark
from mcplan.known import Known
from mcplan.numbers import count
from mcplan.text import shorten
from mcplan.views.finance import money_of
from mcplan.views.readiness import conditions_to_green
from mcplan.views.summary import view_summary
from questionnaire.model import ROLES

HEADS = ("For whom", "Why it is needed", "What it takes", "What it comes to in money")
"""Of what the summary screen composes, what a board asks first."""
MOST = 230
"""Characters of each, so that the summary stays one page."""
FEW = 3
"""So many risks stand on the summary; all of them stand in chapter 3 and the register."""


def summary(given: DossierInput) -> Iterator[Block]:
    """One page for whoever reads only one."""
    yield Heading("Decision and summary")
    if given.plan.summary.strip():
        yield Typed(given.plan.summary, "lead")
    else:
        yield Para(words(Run("Nobody has written yet what an earner will be able to do.", tone="warn")), "lead")
    yield Callout(*decision_asked(given), tone="calm" if is_ready(given) else "warn")
    yield _figures(given)
    yield Para(words(verdict_mark(given.whole), f"{DOT}{meaning(given.whole)}"))
    yield Para(_open(given))
    yield from _what_it_is(given)
    yield from _dangers(given)
    yield Heading("Next steps", 2)
    yield Bullets(tuple(_next_steps(given)), numbered=True)


def _what_it_is(given: DossierInput) -> Iterator[Block]:
    known = Known(given.questionnaire, given.plan)
    view = view_summary(known, None, money_of(known))
    told = [each for each in view.paragraphs if each.head in HEADS]
    if view.own:
        yield Heading("What it is", 2)
        yield Typed(shorten(view.own, 3 * MOST))
    elif told:
        yield Heading("What it is", 2)
        yield Bullets(
            tuple(
                words(Run(f"{each.head}: ", bold=True), given.saying.numbers(shorten(each.text, MOST))) for each in told
            )
        )


def _figures(given: DossierInput) -> KeyFigures:
    whole = given.whole
    covered = f"{whole.asked - whole.blank} of {whole.asked} questions"
    figures = (
        KeyFigure("Readiness", share(whole, whole.floor), "is there today"),
        KeyFigure("At best", share(whole, whole.ceiling), "if every blank were settled"),
        KeyFigure("Covered", share(whole, whole.coverage), covered),
        KeyFigure("Stops", str(len(whole.stops)), "forbid the gate" if whole.stops else "nothing forbids the gate"),
    )
    return KeyFigures(figures, f"Readiness for the gate {given.gate} in four numbers")


def _open(given: DossierInput) -> Words:
    whole = given.whole
    said = (
        (whole.blank, "question", "still blank"),
        (len(whole.shortfalls) - whole.blank, "answer", "below the stage this gate asks for"),
        (len(whole.split), "answer", "on which the team is split"),
        (len(given.plan.open_roles()), "seat", "on the design team not filled"),
    )
    found = [(Run(count(number, what), bold=True), Run(f" {how}")) for number, what, how in said if number]
    if not found:
        return words("Nothing is open: every question this gate asks is settled, and every seat is filled.")
    return words("Open: ", *(run for place, pair in enumerate(found) for run in (Run(DOT if place else ""), *pair)))


def _dangers(given: DossierInput) -> Iterator[Block]:
    due = [risk for risk in given.risks if given.is_due(risk.gate) and risk.status != "closed"]
    if not due:
        return
    yield Heading("What could go wrong", 2)
    yield Bullets(tuple(words(Run(f"{risk.band}: ", bold=True), shorten(risk.sentence, MOST)) for risk in due[:FEW]))


def _next_steps(given: DossierInput) -> Iterator[Words]:
    for role in given.plan.open_roles():
        if role in ("initiative-lead", "leadership-champion"):
            yield words(f"Fill the seat of {ROLES[role].lower()}.")
    for condition in conditions_to_green(given.whole):
        yield words(condition)
    board = given.plan.board.strip() or "a board, once one is named"
    yield words(f"Put the plan before {board}.")
