"""What can happen to a SQLite file: program killed, power gone, disk full or read-only, file damaged."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.faults.adapter import DatabaseProblem, Store
from bench.faults.judge import judge
from bench.faults.places import Finding, filled, folder
from bench.faults.writers import Kept, Writers
from tests.storage.conftest import nobody

SECTOR = 512
"""Bytes that a disk writes whole or not at all."""


def kill(rounds: int = 20) -> Iterator[Finding]:
    """The program is killed (SIGKILL) while four people save."""
    rng, kept = random.Random(1), []
    with folder() as place:
        url = filled(f"sqlite:///{place}/plans.db")
        for number in range(rounds):
            writers = Writers(url, f"kill{number}", "--threads", "4")
            time.sleep(rng.uniform(0.1, 0.8))
            kept += writers.kill().kept
        verdict = judge(url, kept)
    yield Finding(f"SQLite, {rounds} kills", str(verdict), verdict.is_good)


def power(cuts: int = 10) -> Iterator[Finding]:
    """The power goes: what was not synced is gone, or is there in part, in any order."""
    if not shutil.which("cc"):
        yield Finding("power cut", "skipped: there is no C compiler (cc) here")
        return
    for options, may_lose in (((), False), (("--less-sync",), True)):
        kept, lost, good = 0, 0, True
        for cut in range(cuts):
            for verdict in _cut(random.Random(cut), *options):
                kept, lost = kept + verdict.acknowledged, lost + verdict.lost
                good = good and (verdict.is_good or (may_lose and not verdict.unsound and not verdict.torn))
        # Without a loss where one must come, the fault was none.
        good = good and (lost > 0 if may_lose else True)
        says = f"{kept} acknowledged on {4 * cuts} disks, {lost} lost, {'sound' if good else 'NOT as it should be'}"
        yield Finding(f"{cuts} power cuts" + (", for contrast without a sync a save" if may_lose else ""), says, good)


def _cut(rng: random.Random, *options: str) -> Iterator:
    with folder() as place:
        written, synced = place / "written", place / "synced"
        written.mkdir()
        url = filled(f"sqlite:///{written}/plans.db")
        shutil.copytree(written, synced)
        library = place / "survives.so"
        source = Path(__file__).with_name("survives.c")
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
        watched = {"LD_PRELOAD": str(library), "POWER_FOLDER": str(written), "POWER_COPIES": str(synced)}
        writers = Writers(url, "power", "--threads", "2", "--pace", "0.002", *options, **watched)
        time.sleep(rng.uniform(0.3, 0.9))
        kept = writers.kill().kept
        for number in range(4):
            disk = place / f"disk{number}"
            disk.mkdir()
            for name in ("plans.db", "plans.db-wal"):
                (disk / name).write_bytes(_left(rng, synced / name, written / name, mixed=number > 0))
            yield judge(f"sqlite:///{disk}/plans.db", kept)


def _left(rng: random.Random, synced: Path, written: Path, *, mixed: bool) -> bytes:
    """What a disk holds of a file: what was synced, and if `mixed` some sectors of what was written since."""
    old = synced.read_bytes() if synced.exists() else b""
    if not (mixed and written.exists()):
        return old
    new = written.read_bytes()
    length = rng.choice((len(old), len(new)))
    sectors = (rng.choice((old, new))[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, length, SECTOR))
    return b"".join(sectors)[:length]


def disk() -> Iterator[Finding]:
    """The disk is full and gets room again; a file or its folder may only be read."""
    if os.geteuid() != 0:
        yield Finding("full disk", "skipped: only root can mount a small disk")
    else:
        with folder() as place:
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], check=True)
            try:
                yield _fill(place)
            finally:
                subprocess.run(["umount", "-l", place], check=True)
    for what, of_file, of_folder in (("read-only file", 0o444, 0o777), ("read-only folder", 0o666, 0o555)):
        with folder() as place:
            yield _lock_away(what, place, of_file, of_folder)


def _fill(place: Path) -> Finding:
    url = filled(f"sqlite:///{place}/plans.db")
    writers = Writers(url, "disk", "--threads", "2", "--seconds", "8")
    deadline = time.monotonic() + 6
    while not writers.said.problems and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    subprocess.run(["mount", "-o", "remount,size=64m", place], check=True)
    said = writers.end()
    verdict = judge(url, said.kept)
    says = f"{verdict}; {said.kept_since} saves after there was room again, no restart; people read: {_words(said)}"
    only_full = all("The disk is full" in words for words in said.problems) and bool(said.problems)
    return Finding("full disk", says, verdict.is_good and only_full and said.kept_since > 0)


def _words(said) -> str:
    return "; ".join(f"{words.removeprefix('problem ')} ({times} times)" for words, times in said.problems.items())


def _lock_away(what: str, place: Path, of_file: int, of_folder: int) -> Finding:
    url, path = filled(f"sqlite:///{place}/plans.db"), place / "plans.db"
    path.chmod(of_file)
    place.chmod(of_folder)
    store = Store(url)
    with nobody():
        says = _attempt(lambda: str(store.save_answer(1, "fault.new", "words.1", None, "Dana")))
    place.chmod(0o777)
    path.chmod(0o666)
    verdict = judge(url, [Kept("fault.q000", 1, "words " * 30, 0)])
    return Finding(what, f"{says}; {verdict}", verdict.is_good and says.startswith("refused"))


def corrupt() -> Iterator[Finding]:
    """The file is damaged while nobody uses it: it is refused, or all that was in it is there."""
    with folder() as place:
        url = filled(f"sqlite:///{place}/plans.db", plans=20, answers=100)
        with sqlite3.connect(place / "plans.db") as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        for what, harm in HARMS.items():
            (place / "harmed").mkdir()
            file = Path(shutil.copy(place / "plans.db", place / "harmed"))
            harm(file)
            says = _attempt(lambda file=file: _read_all(f"sqlite:///{file}"))
            yield Finding(what, says, says.startswith("refused") or says == _read_all(url))
            shutil.rmtree(place / "harmed")


def _read_all(url: str) -> str:
    store = Store(url)
    try:
        found = [len(store.read_plan(number)) for number in range(1, 21)]
        store.save_answer(20, "fault.q001", "Goes on.", 1, "Dana") if "harmed" in url else None
    finally:
        store.close()
    return f"opened: all {sum(found)} answers of {len(found)} plans are there"


def _attempt(work: Callable[[], str]) -> str:
    try:
        return work()
    except DatabaseProblem as problem:
        return f"refused: {problem}"


def _scribble(at: int, length: int) -> Callable[[Path], None]:
    def scribble(file: Path) -> None:
        with file.open("r+b") as opened:
            opened.seek(at)
            opened.write(random.Random(at).randbytes(length))

    return scribble


def _scribble_on_index(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        page_size = connection.execute("PRAGMA page_size").fetchone()[0]
        root = connection.execute("SELECT max(rootpage) FROM sqlite_master WHERE type = 'index'").fetchone()[0]
    connection.close()
    _scribble((root - 1) * page_size, page_size)(file)


HARMS: dict[str, Callable[[Path], None]] = {
    "header overwritten": _scribble(0, 100),
    "index page overwritten": _scribble_on_index,
    "page of answers overwritten": _scribble(4096 * 40, 4096),
    "half of the file": lambda file: os.truncate(file, file.stat().st_size // 2),
    "last page missing": lambda file: os.truncate(file, file.stat().st_size - 4096),
    "empty file": lambda file: os.truncate(file, 0),
    "no file": Path.unlink,
    "another kind of file": lambda file: file.write_bytes(b"PK\3\4" + bytes(range(256)) * 20) and None,
    "garbage in the log beside it": lambda file: (
        file.with_name("plans.db-wal").write_bytes(random.Random(3).randbytes(100_000)) and None
    ),
}
