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


def say_size(questionnaire: Questionnaire) -> str:
    """How much is asked: 6 phases and 2 blocks beside them with 180 questions."""
    numbered, questions = len(questionnaire.numbered), len(tuple(questionnaire.questions()))
    blocks = len(questionnaire.phases) - numbered
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
        phases=tuple(f"{phase.title}: {count(len(phase.questions), 'question')}" for phase in questionnaire.phases),
        database=f"Plans are kept in {where}, with the tables of revision {revision}.",
    )
