"""Writers in a process of their own, which can be killed; what was acknowledged to them is counted outside it."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bench.faults.adapter import AnsweredMeanwhile, DatabaseProblem, Store, sync_less

ROOT = Path(__file__).parents[2]


class Kept(NamedTuple):
    """A save that was acknowledged."""

    question: str
    revision: int
    words: str
    """No two saves are of the same words."""
    ms: float


@dataclass
class Said:
    """What the writers of one process have said so far."""

    kept: list[Kept] = field(default_factory=list)
    refused: int = 0
    """Saves that met a colleague's answer, as they should."""
    problems: Counter[str] = field(default_factory=Counter)
    """What went wrong, as people would have read it, or a stack trace line by line."""
    kept_since: int = 0
    """Saves acknowledged after the last problem."""

    @property
    def worst(self) -> float:
        """Milliseconds the slowest acknowledged save took."""
        return max((each.ms for each in self.kept), default=0.0)


class Writers:
    """People who save one answer after another into the first plan of a database."""

    def __init__(self, url: str, name: str, *options: str, **environment: str) -> None:
        command = [sys.executable, "-m", "bench.faults.writers", url, name, *options]
        self.said = Said()
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        first = self.process.stdout.readline()
        assert first == "ready\n", first + self.process.stdout.read()
        # A writer whose output nobody reads would wait for us instead of writing.
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def kill(self) -> Said:
        """End them as a crash would; what they had said."""
        self.process.kill()
        return self.end()

    def end(self) -> Said:
        """Wait until they have done; what they said."""
        self.process.wait()
        self._listener.join()
        self.process.stdout.close()
        return self.said

    def _listen(self) -> None:
        for line in self.process.stdout:
            match line.rstrip("\n").split(" ", 4):
                case ["kept", question, revision, ms, words]:
                    self.said.kept.append(Kept(question, int(revision), words, float(ms)))
                    self.said.kept_since += 1
                case ["refused"]:
                    self.said.refused += 1
                case other:
                    self.said.problems[" ".join(other)] += 1
                    self.said.kept_since = 0


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("url")
    options.add_argument("name")
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--pace", type=float, default=0.0, help="seconds between two saves of a thread")
    options.add_argument("--together", action="store_true", help="all write the same ten answers")
    options.add_argument("--less-sync", action="store_true", help="for contrast: do not sync every save")
    given = options.parse_args()
    if given.less_sync:
        sync_less()
    store, end = Store(given.url), time.monotonic() + given.seconds
    store.read_plan(1)
    _say("ready")
    names = [f"{given.name}.{place}" for place in range(given.threads)]
    threads = [threading.Thread(target=_write, args=(store, name, given, end)) for name in names]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    store.close()


def _write(store: Store, name: str, given: argparse.Namespace, end: float) -> None:
    seen: dict[str, int] = {}
    place = 0
    while time.monotonic() < end:
        question = f"fault.{'all' if given.together else name}.{place % 10}"
        words, place, start = f"{name}.{place}", place + 1, time.perf_counter()
        try:
            seen[question] = store.save_answer(1, question, words, seen.get(question), name)
            _say(f"kept {question} {seen[question]} {(time.perf_counter() - start) * 1e3:.2f} {words}")
        except AnsweredMeanwhile as meanwhile:
            seen[question] = meanwhile.answer.revision
            _say("refused")
        except DatabaseProblem as problem:
            _say(f"problem {problem}")
            time.sleep(0.02)
        time.sleep(given.pace)


def _say(line: str) -> None:
    # In one piece, whenever the process is killed.
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main()
