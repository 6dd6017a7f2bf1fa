"""The dossier of a plan as a file, without a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from mcplan.dossier import DossierInput, make_dossier
from mcplan.views.readiness import view_readiness
from pages.console.place import Judged
from pages.kit.charts import readiness_png
from pages.kit.pictures import draw_pictures


def dossier_of(found: Judged, on_progress: Callable[[float], None], *, brief: bool = False) -> bytes:
    """The Word file; `on_progress` hears the share that is done, 0 to 1. The same plan gives the same bytes."""
    chart = readiness_png(view_readiness(found.questionnaire, found.plan, found.readiness))
    given = DossierInput(*found, made_at=found.plan.changed_at or datetime.now(UTC), chart=chart, brief=brief)
    return make_dossier(replace(given, pictures=draw_pictures(given)), on_progress)
