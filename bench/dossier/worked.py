"""How long the worked example takes, as a person waits for it: `python -m bench.dossier.worked [full|board]`.

Cold counts in two ways, each in processes of their own, with no picture drawn before and nothing started that draws:

- `app`: mcplan runs, and somebody makes the first file since it was started. Its modules are loaded, Altair is not.
- `start`: from nothing at all, as the command has it. The start of Python and all that has to be loaded counts too.

Again is the same file once more in the same process, its pictures kept. Printed are seconds, as median and longest, the
time of processors when cold (the program that draws counted in), and the size of the file. Where others use the
machine one waits a multiple of it; the time of processors says more there. Goals: a full dossier 2.5 s cold and 1 s
again, a board paper 0.5 s again, and 400 KB. Exit status 1 if a median is above.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from statistics import median
from time import time

ROUNDS = 7
COLD, LARGEST = 2.5, 400
AGAIN = {"full": 1.0, "board": 0.5}


def main(size: str) -> int:
    """Make the file in fresh processes, print what it took, and judge."""
    kept = True
    for way in ("app", "start"):
        found = [_fresh(size, way) for _ in range(ROUNDS)]
        cold, again, processors, large = (sorted(each) for each in zip(*found, strict=True))
        print(
            f"{size} {way:5}  cold {median(cold):.2f} s (longest {cold[-1]:.2f}), again {median(again):.2f} s, "
            f"processors {median(processors):.2f} s, {large[-1]:.0f} KB"
        )
        kept &= median(cold) <= COLD and median(again) <= AGAIN[size] and large[-1] <= LARGEST
    return 0 if kept else 1


def _fresh(size: str, way: str) -> tuple[float, float, float, float]:
    command = [sys.executable, "-m", "bench.dossier.worked", size, way, str(time())]
    cold, again, processors, large = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return cold, again, processors, large


def make_twice(size: str, way: str, begun: float) -> None:
    """Cold and again in this process, for the one that asks."""
    if way == "app":
        import pages.kit.handover  # noqa: F401  the screen that makes it, and with it all that a running app has

        begun = time()
    used = 0.0 if way == "start" else _processors()

    from mcplan.dossier import DossierInput, make_dossier
    from mcplan.example import load_example
    from mcplan.findings import find_findings
    from mcplan.readiness import assess_readiness
    from mcplan.risks import find_risks
    from pages.kit.pictures import with_pictures
    from questionnaire.load import load_questionnaire

    asked, plan = load_questionnaire(), replace(load_example(), id="example", revision=1)

    def make() -> bytes:
        risks, findings = find_risks(asked, plan), find_findings(asked, plan)
        readiness = assess_readiness(asked, plan, plan.gate, findings=findings, risks=risks)
        at, brief = datetime(2027, 3, 2, tzinfo=UTC), size == "board"
        given = DossierInput(asked, plan, readiness, risks, findings, at, brief=brief)
        return make_dossier(with_pictures(given))

    make()
    cold, used, again = time() - begun, _processors() - used, time()
    file = make()
    json.dump((cold, time() - again, used, len(file) / 1024), sys.stdout)


def _processors() -> float:
    return sum(os.times()[:4])


if __name__ == "__main__":
    size = sys.argv[1] if len(sys.argv) > 1 else "full"
    if len(sys.argv) > 2:
        make_twice(size, sys.argv[2], float(sys.argv[3]))
    else:
        sys.exit(main(size))
