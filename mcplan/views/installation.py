"""The installation as a whole, for its administrators: nothing in it comes from a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from mcplan.numbers import count
from mcplan.views.plans import on_day
from questionnaire.model import Questionnaire


@dataclass(frozen=True)
class InstallationView:
    """Which questions are asked, and where plans are kept."""

    questions: str
    phases: tuple[str, ...]
    database: str


def say_size(questionnaire: Questionnaire) -> str:
    """How much is asked: 6 phases and 2 blocks beside them with 180 questions."""
    numbered, questions = len(questionnaire.numbered), sum(len(phase.questions) for phase in questionnaire.walked)
    blocks = len(questionnaire.walked) - numbered
    beside = f" and {count(blocks, 'block')} beside them" if blocks else ""
    return f"{count(numbered, 'phase')}{beside} with {count(questions, 'question')}"


def view_installation(questionnaire: Questionnaire, folder: str, database: str, revision: str) -> InstallationView:
    """The installation.

    Args:
        questionnaire: what plans are asked.
        folder: where the questions were read from; only its name is shown.
        database: the name of a file, or empty for a server.
        revision: which tables it has.
    """
    where = f"the file {PurePath(database).name}" if database else "a PostgreSQL server"
    return InstallationView(
        questions=f"{say_size(questionnaire)}, from the folder {PurePath(folder).name}.",
        phases=tuple(f"{phase.title}: {count(len(phase.questions), 'question')}" for phase in questionnaire.walked),
        database=f"Plans are kept in {where}, with the tables of revision {revision}.",
    )


@dataclass(frozen=True)
class BackupsView:
    """The back-ups of an installation."""

    summary: str
    lines: tuple[str, ...]
    restore: str
    """The command that brings the newest one back; empty if there is none."""


def view_backups(found: Sequence[tuple[str, datetime, int]], most: int) -> BackupsView:
    """The back-ups of an installation, the newest `most` of them in words.

    Args:
        found: name, time and bytes of each, the newest first.
        most: how many to show.
    """
    older = len(found) - most
    return BackupsView(
        summary="" if found else "There is no back-up yet.",
        lines=(
            *(f"{on_day(at)}, {at:%H:%M} UTC · {size / 1e6:.1f} MB · {name}" for name, at, size in found[:most]),
            *([f"and {count(older, 'older one')}"] if older > 0 else []),
        ),
        restore=f"mcplan restore {found[0][0]} --into DATABASE" if found else "",
    )
