"""The product's storage, as fault scripts speak to it: every call of `mcplan` and `storage` they make stands here.

Plans are numbered from 1, answers are words, and any question may be asked. A save goes the way
of the answer box: through `storing`, with a save id of its own.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from mcplan.people import somebody_here
from mcplan.plan import Answer, Plan
from questionnaire.model import Phase, Question, Questionnaire, Section, Stage
from storage import file
from storage.access import authorize
from storage.answers import AnsweredMeanwhile, fetch_history, store_changes
from storage.backups import back_up
from storage.database import DatabaseProblem, open_database, reading, storing, writing
from storage.plans import fetch_plan, start_plan
from storage.restoring import restore

__all__ = ["AnsweredMeanwhile", "DatabaseProblem", "Store", "bring_back", "sync_less", "take_backup"]

Work = Callable[[], None]
ASKED = tuple(Question(f"fault.q{place:03}", "What about it?", "long text") for place in range(100))


class AnyQuestion(Questionnaire):
    """A hundred questions that are asked, and any other id is a question too."""

    def has(self, question_id: str) -> bool:
        return True

    def question(self, question_id: str) -> Question:
        return Question(question_id, "What about it?", "long text")


class Store:
    """One database, named by its address; opened when it is first needed, so that opening can fail like any call."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.questionnaire = AnyQuestion((Phase("fault", "Faults", "To fail.", (Section("all", "All", ASKED),)),))

    @cached_property
    def engine(self) -> Engine:
        return open_database(self.url)

    def create_schema(self) -> None:
        """Make the tables of an empty database."""
        self.engine = open_database(self.url, create=True)

    def seed(self, plans: int, questions: int) -> list[int]:
        """Start plans with this many answers each, at most 100, each at its first revision."""
        answers = {each.id: Answer(each.id, "words " * 30, stage=Stage.DRAFTED) for each in ASKED[:questions]}
        for number in range(1, plans + 1):
            plan = Plan(_id(number), f"Plan {number}", answers=answers)
            with writing(self.engine) as session:
                start_plan(session, self.questionnaire, plan, person=somebody_here("Seed"), at=datetime.now(UTC))
        return list(range(1, plans + 1))

    def save_answer(
        self, plan: int, question_id: str, value: Any, seen: int | None, by: str, meanwhile: Work | None = None
    ) -> int:
        """Keep an answer and give its new revision; AnsweredMeanwhile if `seen` is not what is stored.

        `meanwhile` is done in the middle of it, when the plan is held already.
        """
        words = value if isinstance(value, str) else json.dumps(value)
        save_id, now = uuid.uuid4().hex, datetime.now(UTC)

        def work(session: Any) -> int:
            access = authorize(session, somebody_here(by), _id(plan), "answer", now)
            if meanwhile:
                meanwhile()
            changes, asked = {"value": words}, self.questionnaire
            return store_changes(access, asked, question_id, changes, seen=seen or 0, save_id=save_id, at=now).revision

        return storing(self.engine, work)

    def read_plan(self, plan: int) -> list[tuple[str, Any, int]]:
        """Question, value and revision of each answer."""
        with reading(self.engine) as session:
            access = authorize(session, somebody_here("Reader"), _id(plan), "view", datetime.now(UTC))
            return [(each.question_id, each.value, each.revision) for each in fetch_plan(access).answers.values()]

    def read_history(self, plan: int, question_id: str) -> list[tuple[int, Any]]:
        """Revision and value of everything that was ever said to a question, oldest first."""
        with reading(self.engine) as session:
            access = authorize(session, somebody_here("Reader"), _id(plan), "view", datetime.now(UTC))
            return [(each.revision, each.answer.value) for each in fetch_history(access, question_id)]

    def close(self) -> None:
        """Let go of the database, if it was opened."""
        if "engine" in vars(self):
            self.engine.dispose()


def take_backup(url: str, folder: Path) -> Path:
    """A backup of the database, in a folder, as `mcplan backup` writes it."""
    engine = open_database(url)
    try:
        return back_up(engine, folder, datetime.now(UTC)).file
    finally:
        engine.dispose()


def bring_back(backup: Path, url: str) -> str:
    """The same address, now of a database that holds what the backup holds."""
    restore(backup, url, datetime.now(UTC))
    return url


def sync_less() -> None:
    """For contrast: let this process sync a file now and then only, as SQLite is often set up."""
    file.PRAGMAS = tuple(each.replace(file.LASTS, file.MAY_GO) for each in file.PRAGMAS)
    file.LASTS = file.MAY_GO


def _id(number: int) -> str:
    return f"plan-{number}"
