"""The plan on one page, and its pitch: composed from the answers, or as the team has written them."""

from __future__ import annotations

from dataclasses import dataclass

from mcplan.checks.demand import EVIDENCE
from mcplan.known import Known
from mcplan.onepage import Told, tell, write_pitch
from mcplan.onepage.pitch import LEAST, MOST, words
from mcplan.onepage.sentences import CREDENTIALS, PATHWAY, PRICES, SEGMENTS, Finance
from mcplan.readiness import Readiness
from mcplan.views.pointers import Pointer, point_to

SUMMARY, PITCH = "words.summary", "words.pitch"
ON_OVERVIEW = "on the overview"


@dataclass(frozen=True)
class Paragraph:
    """One thing a reader asks, answered."""

    head: str
    text: str


@dataclass(frozen=True)
class SummaryView:
    """One page about a plan."""

    title: str
    byline: str
    """Who awards and who owns it; empty if neither is known."""
    paragraphs: tuple[Paragraph, ...]
    """Composed; empty if the team has written its own, or while nothing is known."""
    own: str
    """As the team has written it; empty if it has not."""
    origin: str
    """Where the text comes from, and that it can be changed."""
    composed: str
    """What is composed, as one text to write on from; empty while nothing is known."""
    own_pitch: bool
    """True if the team has written the pitch."""
    pitch: str
    pitch_origin: str
    missing: tuple[Pointer, ...]
    """What would make the composed text say more, in reading order."""


def view_summary(known: Known, readiness: Readiness | None = None, finance: Finance | None = None) -> SummaryView:
    """What the summary screen shows.

    Args:
        known: the plan.
        readiness: for the gate to be named; None leaves it out.
        finance: what the money comes to; None leaves it out.
    """
    told = tell(known, readiness, finance)
    own, own_pitch = known.text(SUMMARY), known.text(PITCH)
    pitch = own_pitch or write_pitch(known, told)
    return SummaryView(
        title=known.plan.title,
        byline=" · ".join(part for part in (known.plan.institution.strip(), known.plan.unit.strip()) if part),
        paragraphs=() if own else _paragraphs(told),
        composed="\n\n".join(f"**{each.head}:** {each.text}" for each in _paragraphs(told)),
        own_pitch=bool(own_pitch),
        own=own,
        origin="In your own words." if own else "Composed from your answers; it changes with them.",
        pitch=pitch,
        pitch_origin=_pitch_origin(pitch, is_own=bool(own_pitch)),
        missing=() if own and own_pitch else _missing(known, told),
    )


def _paragraphs(told: Told) -> tuple[Paragraph, ...]:
    parts = (
        ("What an earner can do", (told.can,)),
        ("For whom", (told.audience,)),
        ("Why it is needed", (told.need,)),
        ("What it takes", (told.takes, told.stands, told.price, told.start)),
        ("How it is assessed", (told.proof, told.passing)),
        ("Where it leads", (told.leads,)),
        ("What it comes to in money", (told.money,)),
        ("How ready it is", (told.readiness,)),
    )
    return tuple(Paragraph(head, " ".join(said)) for head, texts in parts if (said := [text for text in texts if text]))


def _pitch_origin(pitch: str, *, is_own: bool) -> str:
    number = words(pitch)
    length = f"{number} word{'' if number == 1 else 's'}"
    if number < LEAST:
        length = f"{length} so far; {LEAST} to {MOST} make half a minute"
    elif number > MOST:
        length = f"{length}; {LEAST} to {MOST} make half a minute"
    return f"In your own words, {length}." if is_own else f"Composed from your answers, {length}."


def _missing(known: Known, told: Told) -> tuple[Pointer, ...]:
    wanted = (
        (told.can, "", f"What an earner can do, {ON_OVERVIEW}."),
        (told.audience, SEGMENTS, "For whom it is."),
        (told.need, EVIDENCE, "What shows that it is needed."),
        (told.takes, "credential.workload", "How many hours it takes."),
        (told.price, PRICES, "What a place costs."),
        (told.start, "", f"When the first learners begin, {ON_OVERVIEW}."),
        (told.proof, "design.assessments", "How it is assessed."),
        (told.leads, PATHWAY if known.rows(CREDENTIALS) else CREDENTIALS, "Where it leads."),
    )
    return tuple(point_to(known.questionnaire, question, says) for said, question, says in wanted if not said)
