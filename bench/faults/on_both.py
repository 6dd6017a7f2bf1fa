"""What happens on either engine when many work at once: backups, two processes, one counter."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

from bench.faults.adapter import AnsweredMeanwhile, Store, bring_back, take_backup
from bench.faults.judge import judge
from bench.faults.places import Finding, both, filled, folder
from bench.faults.writers import Writers

COUNTER = "fault.counter"


def backup(rounds: int = 3, plans: int = 300) -> Iterator[Finding]:
    """A backup is made while two people save: it is whole, and holds all that was acknowledged before it began."""
    with both() as engines, folder() as place:
        for engine, new in engines.items():
            url = filled(new(), plans, 100)
            for number in range(rounds):
                writers = Writers(url, f"backup{number}", "--pace", "0.005", "--seconds", "60")
                time.sleep(0.7)
                before, started = list(writers.said.kept), time.monotonic()
                file = take_backup(url, place)
                took = time.monotonic() - started
                said = writers.kill()
                verdict = judge(bring_back(file, new()), before)
                says = (
                    f"{took:.2f} s, {file.stat().st_size / 1e6:.1f} MB; in the copy of those before: {verdict}; "
                    f"slowest save {said.worst:.0f} ms, {said.problems.total()} errors"
                )
                yield Finding(f"backup under load, {engine}", says, verdict.is_good and not said.problems)
                file.unlink()


def replicas(seconds: float = 4) -> Iterator[Finding]:
    """Two processes save the same ten answers: each save is one revision, and who was late learns of it."""
    with both() as engines:
        for engine, new in engines.items():
            says, good = write_together(filled(new()), seconds)
            yield Finding(f"two processes, {engine}", says, good)


def write_together(url: str, seconds: float) -> tuple[str, bool]:
    """Let two processes save the same ten answers: what came of it, and whether it is as it should be."""
    options = ("--threads", "1", "--together", "--pace", "0.003", "--seconds", str(seconds))
    two = [Writers(url, name, *options) for name in ("dana", "sam")]
    said = [each.end() for each in two]
    kept = [save for each in said for save in each.kept]
    verdict, store = judge(url, kept), Store(url)
    revisions = sum(revision for question, _, revision in store.read_plan(1) if question.startswith("fault.all."))
    store.close()
    refused, problems = sum(each.refused for each in said), sum(each.problems.total() for each in said)
    says = f"{verdict}; {revisions} revisions; {refused} late ones told so; {problems} errors"
    return says, verdict.is_good and revisions == len(kept) and refused > 0 and problems == 0


def counters() -> Iterator[Finding]:
    """Eight people add one to the same answer, a hundred times each."""
    with both() as engines:
        for engine, new in engines.items():
            started = time.monotonic()
            value, history, late = count_together(filled(new()))
            took = time.monotonic() - started
            says = f"the answer says {value} after {len(history)} revisions; {late} late ones tried again; {took:.1f} s"
            yield Finding(f"800 times plus one, {engine}", says, value == "800" and history == list(range(1, 801)))


def count_together(url: str, people: int = 8, times: int = 100) -> tuple[str, list[int], int]:
    """Let people add one to one answer at once: what it says then, its revisions, and how often one was late."""
    store, late = Store(url), []

    def count(name: str) -> None:
        for _ in range(times):
            while True:
                said, seen = next(((words, at) for id, words, at in store.read_plan(1) if id == COUNTER), ("0", 0))
                try:
                    store.save_answer(1, COUNTER, str(int(said) + 1), seen, name)
                    break
                except AnsweredMeanwhile:
                    late.append(name)

    threads = [threading.Thread(target=count, args=(f"p{place}",)) for place in range(people)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    history = store.read_history(1, COUNTER)
    store.close()
    return history[-1][1], [revision for revision, _ in history], len(late)
