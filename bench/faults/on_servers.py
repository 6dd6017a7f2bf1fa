"""What can happen to a PostgreSQL and the line to it: a crash, a restart, a line that breaks at a commit."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from bench.faults.adapter import Store
from bench.faults.judge import Verdict, judge
from bench.faults.line import Line
from bench.faults.places import Finding, filled, server
from bench.faults.writers import Kept, Said, Writers


def crash(rounds: int = 5) -> Iterator[Finding]:
    """The server stops at once, without a word, while four people save."""
    with server() as running:
        url, kept = filled(running.new_database()), []
        for number in range(rounds):
            writers = Writers(url, f"crash{number}", "--threads", "4")
            time.sleep(0.6)
            running.stop("immediate")
            kept += writers.kill().kept
            running.start()
        verdict = judge(url, kept)
    yield Finding(f"PostgreSQL, {rounds} crashes", str(verdict), verdict.is_good)


def restart() -> Iterator[Finding]:
    """The server restarts while six people save: nobody notices more than a pause."""
    with server() as running:
        for mode in ("fast", "immediate"):
            said, verdict, away = restart_under_writers(running, mode)
            says = f"away for {away:.1f} s; {verdict}; {said.problems.total()} errors; slowest save {said.worst:.0f} ms"
            yield Finding(f"restart, {mode} stop", says, verdict.is_good and not said.problems)


def restart_under_writers(running: Any, mode: str, seconds: float = 6) -> tuple[Said, Verdict, float]:
    """What six writers have said over a restart, how the database stands then, and how many seconds it was away."""
    url = filled(running.new_database())
    writers = Writers(url, mode, "--threads", "6", "--pace", "0.02", "--seconds", str(seconds))
    time.sleep(seconds / 3)
    stopped = time.monotonic()
    running.stop(mode)
    running.start()
    away = time.monotonic() - stopped
    said = writers.end()
    return said, judge(url, said.kept), away


def line() -> Iterator[Finding]:
    """The line breaks when a save is committed, before or after the server has done it: it is stored once."""
    with server() as running:
        for when in ("before", "after"):
            kept, breaks = save_over_breaking_line(running, filled(running.new_database()), when)
            says = f"{breaks[1]} breaks in 20 saves; {breaks[0]}"
            yield Finding(f"line breaks {when} the commit", says, breaks[0].is_good and breaks[1] == len(kept) == 20)


def save_over_breaking_line(running: Any, url: str, when: Any, saves: int = 20) -> tuple[list[Kept], tuple]:
    """Save over a line that breaks at each commit: what was acknowledged, how the database stands, and the breaks."""
    line = Line(running.port)
    store = Store(url.replace(f":{running.port}/", f":{line.port}/"))
    store.read_plan(1)
    kept = []
    for seen in range(saves):
        line.break_at = when
        revision = store.save_answer(1, "fault.line", f"line.{seen}", seen, "Dana")
        kept.append(Kept("fault.line", revision, f"line.{seen}", 0))
    store.close()
    line.close()
    return kept, (judge(url, kept), line.breaks)
