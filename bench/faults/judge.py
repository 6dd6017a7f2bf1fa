"""Whether a database still holds what it has acknowledged: nothing lost, torn, doubled or unsound."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from bench.faults.adapter import Store
from bench.faults.writers import Kept


class Verdict(NamedTuple):
    """How many saves were acknowledged, and what is wrong with the database."""

    acknowledged: int
    lost: int
    """Acknowledged saves that do not stand in the history where they were said to."""
    torn: int
    """Answers that are not the last of their history, or whose history has a gap."""
    doubled: int
    """Saves that stand in the history more than once."""
    unsound: str
    """What SQLite says of the file; empty if it is sound."""

    @property
    def is_good(self) -> bool:
        """True if nothing is wrong."""
        return not (self.lost or self.torn or self.doubled or self.unsound)

    def __str__(self) -> str:
        return (
            f"{self.acknowledged} acknowledged, {self.lost} lost, {self.torn} torn, {self.doubled} doubled, "
            f"{self.unsound or 'sound'}"
        )


def judge(url: str, kept: Iterable[Kept]) -> Verdict:
    """Look the first plan of a database through for these saves."""
    kept, file = list(kept), Path(url.removeprefix("sqlite:///"))
    unsound = _look_through(file) if url.startswith("sqlite") else ""
    if unsound:
        return Verdict(len(kept), len(kept), 0, 0, unsound)
    store = Store(url)
    answers = {question: (revision, words) for question, words, revision in store.read_plan(1)}
    histories = {question: store.read_history(1, question) for question in answers}
    store.close()
    lost = [each for each in kept if (each.revision, each.words) not in histories.get(each.question, ())]
    torn = [question for question, last in answers.items() if not _is_whole(histories[question], last)]
    times = Counter(words for history in histories.values() for _, words in history if words.count("."))
    return Verdict(len(kept), len(lost), len(torn), sum(count - 1 for count in times.values()), "")


def _is_whole(history: list[tuple[int, str]], last: tuple[int, str]) -> bool:
    return [revision for revision, _ in history] == list(range(1, last[0] + 1)) and history[-1] == last


def _look_through(file: Path) -> str:
    try:
        with sqlite3.connect(file) as connection:
            says = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return str(error)
    finally:
        connection.close()
    return "" if says == "ok" else says.splitlines()[0]
