"""The installation as a whole, for its administrators: nothing in it comes from a plan."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from mcplan.numbers import count
from questionnaire.model import Questionnaire


@dataclass(frozen=True)
class InstallationView:
    """Which questions are asked, and where plans are kept."""

    questions: str
    phases: tuple[str, ...]
    database: str


def view_installation(questionnaire: Questionnaire, folder: str, database: str, revision: str) -> InstallationView:
    """The installation.

    Args:
        questionnaire: what plans are asked.
        folder: where the questions were read from; only its name is shown.
        database: the name of a file, or empty for a server.
        revision: which tables it has.
    """
    phases, questions = len(questionnaire.phases), len(tuple(questionnaire.questions()))
    where = f"the file {PurePath(database).name}" if database else "a PostgreSQL server"
    return InstallationView(
        questions=f"{count(phases, 'phase')} with {count(questions, 'question')}, "
        f"from the folder {PurePath(folder).name}.",
        phases=tuple(f"{phase.title}: {count(len(phase.questions), 'question')}" for phase in questionnaire.phases),
        database=f"Plans are kept in {where}, with the tables of revision {revision}.",
    )
