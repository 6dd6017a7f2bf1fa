"""How long the worked example takes, as a person waits for it: `python -m bench.dossier.worked [full|board]`.

Prints the seconds one waits from nothing at all (a fresh process, libraries and pictures included) and again with
the pictures drawn, and the size of the file.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from time import perf_counter

STARTED = perf_counter()


def main(size: str) -> None:
    """Make the file twice and print what it took."""
    from datetime import UTC, datetime

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
    cold, again = perf_counter() - STARTED, perf_counter()
    file = make()
    print(f"{cold:.3f} {perf_counter() - again:.3f} {len(file) / 1024:.1f}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "full")
