"""The planning dossier: what the board reads, first as plain blocks, then as a Word file."""

from __future__ import annotations

from collections.abc import Callable

from mcplan.dossier.given import DossierInput
from mcplan.dossier.sections import write_dossier
from mcplan.dossier.word import to_word

__all__ = ["DossierInput", "make_dossier", "to_word", "write_dossier"]


def make_dossier(
    given: DossierInput, on_progress: Callable[[float], None] | None = None, *, base: bytes | None = None
) -> bytes:
    """The dossier as the bytes of a .docx file; the same input gives the same bytes.

    Args:
        given: the plan and what follows from it.
        base: the institution's template, as `mcplan.dossier.word.template` makes it; None for the look of mcplan.
        on_progress: called now and then with the share done, from 0 to 1.
    """
    plan = given.plan
    return to_word(
        write_dossier(given),
        title=f"{given.kind}: {plan.title.strip() or 'untitled plan'}",
        author=plan.institution.strip() or plan.unit.strip() or "Micro-credential design team",
        subject=f"Gate {given.readiness.gate} {given.gate}, plan revision {plan.revision}",
        made_at=given.made_at,
        paper=given.shape.paper,
        base=base,
        on_progress=on_progress,
    )
