"""How long a dossier takes, warm and in one process as a running server pays it: `python -m bench.dossier.measure`.

Judged is the time the processor works for it, which a busy machine does not change much; on a quiet one it is the time
a person waits. Exit status 1 if one of the budgets at the foot of this file is broken.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from statistics import median
from time import perf_counter, process_time
from xml.etree import ElementTree as ET

from bench.dossier.content import a_given
from bench.dossier.floor import Floor
from bench.dossier.taken import take_apart
from mcplan.dossier import DossierInput, make_dossier
from mcplan.markdown import forget
from pages.kit.pictures import with_pictures

RUNS = 9


def main() -> int:
    """Measure, print, and judge."""
    plain, big = a_given(), a_given(questions=400)
    drawn = a_given(chart=with_pictures(plain).chart)
    file = make_dossier(drawn)
    bare = make_dossier(plain)
    floor = Floor(take_apart(bare))
    seconds = _in_rotation(
        {
            "floor": floor.write,
            "without chart": lambda: make_dossier(plain),
            "without chart, first time": lambda: _afresh(plain),
            "with cached chart": lambda: make_dossier(drawn),
            "400 questions, first time": lambda: _afresh(big),
        }
    )
    figures = {f"{name}, s": value for name, value in seconds.items() if name in BUDGETS_IN_SECONDS}
    figures["times the floor"] = seconds["without chart"] / seconds["floor"]
    figures["400 against 100 questions"] = seconds["400 questions, first time"] / seconds["without chart, first time"]
    figures["file with chart, KB"] = len(file) / 1024
    figures["parts the floor leaves out"] = _differing(bare, floor.write())
    return _judge(figures)


def _afresh(given: DossierInput) -> bytes:
    forget()
    return make_dossier(given)


def _in_rotation(builders: dict[str, Callable[[], bytes]]) -> dict[str, float]:
    """Median seconds of each; every round runs all, so that a busy minute slows all of them."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in builders}
    for round_number in range(RUNS + 1):
        for name, build in builders.items():
            build()  # not timed: it brings back what another builder made the machine forget
            waited, worked = perf_counter(), process_time()
            build()
            if round_number:
                taken[name].append((process_time() - worked, perf_counter() - waited))
    medians = {}
    for name, times in taken.items():
        worked, waited = zip(*times, strict=True)
        medians[name] = median(worked)
        print(
            f"{name:26} min {min(worked):.3f}  median {medians[name]:.3f}  max {max(worked):.3f} s"
            f"   waited, median {median(waited):.3f} s"
        )
    return medians


def _differing(one: bytes, other: bytes) -> int:
    """How many parts of two files are not the same XML."""
    with zipfile.ZipFile(BytesIO(one)) as first, zipfile.ZipFile(BytesIO(other)) as second:
        if first.namelist() != second.namelist():
            return len(first.namelist())
        same = (ET.canonicalize(first.read(name)) == ET.canonicalize(second.read(name)) for name in first.namelist())
        return sum(not each for each in same)


def _judge(figures: dict[str, float]) -> int:
    broken = 0
    for name, figure in figures.items():
        most = BUDGETS[name]
        broken += figure > most
        print(f"{'BROKEN' if figure > most else 'held':6} {name:28} {figure:8.3f}  at most {most:g}")
    return 1 if broken else 0


BUDGETS_IN_SECONDS = {"without chart": 0.25, "without chart, first time": 0.25, "with cached chart": 0.5}
BUDGETS = {f"{name}, s": most for name, most in BUDGETS_IN_SECONDS.items()} | {
    "times the floor": 4,
    "400 against 100 questions": 5,
    "file with chart, KB": 400,
    "parts the floor leaves out": 0,
}

if __name__ == "__main__":
    sys.exit(main())
