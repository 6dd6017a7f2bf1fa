"""The chapters of the dossier, in the order the board reads them.

To add one, write a function that gives blocks, in the file it belongs to, and name it in `CONTENTS`
or `BOARD` at the foot of this file. The parts of the registers are named in `registers.py` in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mcplan.dossier.blocks import Block
from mcplan.dossier.board import conditions_and_risks, dashboard, options_and_finance
from mcplan.dossier.closing import how_to_read, sign_off
from mcplan.dossier.cover import contents, cover
from mcplan.dossier.given import DossierInput
from mcplan.dossier.origins import critical_information, where_from
from mcplan.dossier.phases import phases
from mcplan.dossier.register import risk_register
from mcplan.dossier.registers import registers
from mcplan.dossier.standing import readiness, stops_and_risks
from mcplan.dossier.summary import summary
from mcplan.dossier.workings import workings

Chapter = Callable[[DossierInput], Iterator[Block]]


def write_dossier(given: DossierInput) -> list[Block]:
    """The dossier, or the board paper, as blocks in reading order."""
    chapters = BOARD if given.brief else CONTENTS
    return [block for name, write in chapters if not name or name not in given.shape.left_out for block in write(given)]


CONTENTS: tuple[tuple[str, Chapter], ...] = (
    ("", cover),
    ("", contents),
    ("", summary),
    ("", readiness),
    ("", stops_and_risks),
    ("critical", critical_information),
    ("workings", workings),
    ("phases", phases),
    ("risks", risk_register),
    ("registers", registers),
    ("sources", where_from),
    ("sign-off", sign_off),
    ("words", how_to_read),
)
"""The chapters of the full dossier; one with a name may be left out."""
BOARD: tuple[tuple[str, Chapter], ...] = (
    ("", cover),
    ("", contents),
    ("", summary),
    ("", dashboard),
    ("", conditions_and_risks),
    ("options", options_and_finance),
    ("sign-off", sign_off),
)
"""Those of the board paper: six to eight pages."""
CHOICES: dict[str, str] = {
    "critical": "Critical information",
    "workings": "Design, pathway, journey, platforms and money",
    "phases": "All answers, phase by phase",
    "risks": "Risk register",
    "registers": "Team, actions, evidence, decisions and open points",
    "sources": "Where the questions come from",
    "options": "Options and finance",
    "sign-off": "Sign-off",
    "words": "How to read it",
}
"""The chapters that may be left out, with what people read."""
