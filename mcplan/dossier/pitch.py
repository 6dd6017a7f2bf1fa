"""The plan on one page, as a file of its own: the pitch, and what stands behind each of its sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mcplan.dossier.blocks import Block, Callout, Frame, KeyValues, Para, Typed, words
from mcplan.dossier.phrases import DOT
from mcplan.dossier.saying import Saying
from mcplan.dossier.word import to_word
from mcplan.known import Known
from mcplan.readiness import Readiness
from mcplan.text import shorten
from mcplan.views.finance import money_of
from mcplan.views.summary import SummaryView, view_summary

MOST = 420
"""Characters of each paragraph and of what the team has written itself, so that it stays one page."""


def make_pitch(known: Known, readiness: Readiness, made_at: datetime, *, base: bytes | None = None) -> bytes:
    """The page as the bytes of a .docx file; the same plan gives the same bytes.

    Args:
        known: the plan.
        readiness: for the gate it works towards.
        made_at: when the plan was as it is here.
        base: the institution's template; None for the look of mcplan.
    """
    plan, view = known.plan, view_summary(known, readiness, money_of(known))
    return to_word(
        list(_blocks(view, plan.revision, made_at)),
        title=f"Pitch: {plan.title.strip() or 'untitled plan'}",
        author=plan.institution.strip() or plan.unit.strip() or "Micro-credential design team",
        subject=f"One page about plan revision {plan.revision}",
        made_at=made_at,
        base=base,
    )


def _blocks(view: SummaryView, revision: int, made_at: datetime) -> Iterator[Block]:
    status = f"DRAFT{DOT}Plan revision {revision}{DOT}{Saying().day(made_at)}"
    yield Frame("Pitch", view.title, status, "DRAFT")
    yield Para(words(f"Pitch{DOT}DRAFT"), "kind")
    yield Para(words(view.title.strip() or "Untitled plan"), "title")
    if view.byline:
        yield Para(words(view.byline), "subtitle")
    pitch = view.pitch.strip() or "The plan does not say enough yet for a pitch."
    yield Callout("In half a minute", (words(shorten(pitch, 2 * MOST)),))
    if view.own:
        yield Typed(shorten(view.own, 3 * MOST))
    if view.paragraphs:
        yield KeyValues(tuple((each.head, words(shorten(each.text, MOST))) for each in view.paragraphs))
    yield Para(words(f"{status}. It may have changed since."), "note")
