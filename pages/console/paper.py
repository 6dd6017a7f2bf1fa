"""The dossier and the badge of a plan as files, without a screen."""

from __future__ import annotations

from collections.abc import Callable

from mcplan.badge import check_achievement, write_achievement, write_document
from mcplan.badge.checks import WEIGHTS
from mcplan.dossier import DossierInput, make_dossier
from mcplan.finding import Finding
from mcplan.known import Known
from pages.console.place import Judged, Refused
from pages.kit.pictures import NoPictures, with_pictures


def dossier_of(given: DossierInput, on_progress: Callable[[float], None], *, base: bytes | None = None) -> bytes:
    """The Word file, with its pictures. The same plan gives the same bytes.

    Args:
        given: what it is made from.
        on_progress: hears the share that is done, 0 to 1.
        base: the template to set it with; None for the look of mcplan.

    Raises:
        Refused: its pictures could not be drawn.
    """
    try:
        whole = with_pictures(given)
    except NoPictures as problem:
        raise Refused(str(problem)) from problem
    return make_dossier(whole, on_progress, base=base)


def badge_of(found: Judged) -> tuple[str, tuple[str, ...]]:
    """The draft badge as JSON, and what it still lacks, worst first, a line each."""
    known = Known(found.questionnaire, found.plan)
    achievement = write_achievement(known)
    return write_document(achievement), tuple(_line(found, each) for each in check_achievement(known, achievement))


def _line(found: Judged, finding: Finding) -> str:
    asked = found.questionnaire
    code = asked.question(finding.question_id).code if asked.has(finding.question_id) else ""
    return f"{WEIGHTS[finding.severity]}: {f'{code}: ' if code else ''}{finding.says}"
