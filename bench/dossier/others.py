"""How long others wait while a dossier is made: `python -m bench.dossier.others`.

A thread of the same process wants to work every 5 ms, as the sessions of other people do. Printed is the longest time
it had to wait while the worked example was made into a full dossier, the first time and again, beside the same pictures
drawn in the process itself. Goal: 200 ms. Exit status 1 if it is broken.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from statistics import median
from threading import Event, Thread
from time import perf_counter

import altair  # noqa: F401  a server has it since its first chart
import vl_convert

from mcplan.dossier import DossierInput, make_dossier
from mcplan.example import load_example
from mcplan.findings import find_findings
from mcplan.readiness import assess_readiness
from mcplan.risks import find_risks
from pages.kit import draw_png, pictures
from questionnaire.load import load_questionnaire

GOAL = 0.2
BEAT = 0.005
ROUNDS = 5


def main() -> int:
    """Measure, print, and judge."""
    asked, plan = load_questionnaire(), replace(load_example(), id="example", revision=1)

    def make() -> None:
        risks, findings = find_risks(asked, plan), find_findings(asked, plan)
        readiness = assess_readiness(asked, plan, plan.gate, findings=findings, risks=risks)
        given = DossierInput(asked, plan, readiness, risks, findings, datetime(2027, 3, 2, tzinfo=UTC))
        make_dossier(pictures.with_pictures(given))

    def afresh() -> None:
        pictures._kept.clear()
        make()

    def in_the_process() -> None:
        for chart in list(pictures._kept):
            vl_convert.vegalite_to_png(chart, ppi=draw_png.INCH, allowed_base_urls=[])

    waits = {"first": [_longest_wait(make)]}
    for name, work in {"pictures anew": afresh, "pictures kept": make, "in the process": in_the_process}.items():
        waits[name] = [_longest_wait(work) for _ in range(ROUNDS)]
    for name, found in waits.items():
        print(f"{name:15} median {median(found) * 1000:4.0f} ms, longest {max(found) * 1000:4.0f} ms")
    return int(max(median(waits[name]) for name in ("first", "pictures anew", "pictures kept")) > GOAL)


def _longest_wait(work: Callable[[], None]) -> float:
    done, longest = Event(), [0.0]

    def beat() -> None:
        last = perf_counter()
        while not done.wait(BEAT):
            now = perf_counter()
            longest[0] = max(longest[0], now - last - BEAT)
            last = now

    other = Thread(target=beat)
    other.start()
    work()
    done.set()
    other.join()
    return longest[0]


if __name__ == "__main__":
    sys.exit(main())
