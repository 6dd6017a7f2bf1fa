"""The product as people meet it: a server of its own process on a database file, and the plans in it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mcplan.people import somebody_here
from mcplan.plan import Answer, Member, Plan
from questionnaire.load import load_questionnaire
from questionnaire.model import Questionnaire
from storage.answers import fetch_history, store_changes
from storage.database import open_database, reading, writing
from storage.plans import fetch_plan, start_plan
from storage.team import store_member
from tests.builders import door

ROOT = Path(__file__).parents[2]
CONTENT = Path(__file__).parent / "content"
TABLES = Path(__file__).parents[1] / "tables"
"""Questions that are tables."""
DANA, SAM = Member("dana", "Dana", "initiative-lead"), Member("sam", "Sam", "subject-expert")
PATIENCE = 40  # seconds


class Served:
    """A running mcplan. It can be killed and started again; what it stored is read beside it.

    Args:
        folder: where its log goes, and its database file unless `database` is the address of another one.
        by: how it is started, one of `COMMANDS`.
        content: the questions.
        around: more of its environment.
    """

    def __init__(
        self,
        folder: Path,
        *,
        by: str = "mcplan run",
        content: Path = CONTENT,
        around: dict[str, str] | None = None,
        database: str = "",
    ) -> None:
        self.database = database or f"sqlite:///{folder}/plans.db"
        self.port = free_port()
        self.own_url = f"http://127.0.0.1:{self.port}"
        self.url = self.own_url
        """Where people reach it."""
        self.log = folder / "server.log"
        self.command = COMMANDS[by](self.port)
        self.content = content
        self.around = around or {}
        self.questionnaire: Questionnaire = load_questionnaire(content)
        self.engine = open_database(self.database, create=True)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *, wait: bool = True) -> None:
        surroundings = os.environ | {"MCPLAN_DATABASE": self.database, "MCPLAN_QUESTIONNAIRE": str(self.content)}
        surroundings |= self.around
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=surroundings, stdout=log, stderr=log, start_new_session=True
            )
        if wait:
            self.wait()

    def wait(self) -> None:
        """Go on once it answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.own_url}/_stcore/health", timeout=1) as reply:
                    if reply.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(f"the server did not answer: {self.log.read_text()[-2000:]}")

    def kill(self) -> None:
        """End it as a power cut would."""
        self._signal(signal.SIGKILL)
        if self.process:
            self.process.wait()

    def freeze(self) -> None:
        """Let it hang: it takes connections and answers nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, number)

    def start_plan(self) -> str:
        """A new plan of Dana's, with Sam on the team; its id."""
        plan = Plan("", "Cold chain basics", team=(DANA, SAM))
        with writing(self.engine) as session:
            return start_plan(session, self.questionnaire, plan, person=somebody_here("Dana"), at=datetime.now(UTC))

    def answer(self, plan_id: str, question_id: str) -> Answer:
        with reading(self.engine) as session:
            plan = fetch_plan(door(session, plan_id))
        return plan.answer(self.questionnaire.question(question_id))

    def history(self, plan_id: str, question_id: str) -> list[Any]:
        """Every value that was ever stored, oldest first."""
        with reading(self.engine) as session:
            return [each.answer.value for each in fetch_history(door(session, plan_id), question_id)]

    def store(self, plan_id: str, question_id: str, by: str = "Sam", **changes: Any) -> None:
        """Somebody else changes an answer meanwhile, on another screen."""
        with writing(self.engine) as session:
            plan = fetch_plan(door(session, plan_id))
            seen = plan.answer(self.questionnaire.question(question_id)).revision
            store_changes(
                door(session, plan_id, by),
                self.questionnaire,
                question_id,
                changes,
                seen=seen,
                save_id=os.urandom(8).hex(),
                at=datetime.now(UTC),
            )

    def add_member(self, plan_id: str, name: str) -> None:
        """Somebody puts a person on the team meanwhile."""
        with writing(self.engine) as session:
            store_member(door(session, plan_id), Member("", name), at=datetime.now(UTC))

    def waits_for(self, plan_id: str, question_id: str, value: Any, seconds: float = 8) -> bool:
        """True as soon as this value is stored, False if it is not after a while."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.answer(plan_id, question_id).value == value:
                return True
            time.sleep(0.05)
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def lit(words: str) -> re.Pattern[str]:
    """These very words, for a locator."""
    return re.compile(re.escape(words))


MCPLAN = "from pages.console.command import main; main()"
COMMANDS = {
    "mcplan run": lambda port: [sys.executable, "-c", MCPLAN, "run", "--port", str(port), "--no-browser"],
    "streamlit run": lambda port: [
        *(sys.executable, "-m", "streamlit", "run", "app.py"),
        *("--server.port", str(port), "--server.headless", "true"),
    ],
}
