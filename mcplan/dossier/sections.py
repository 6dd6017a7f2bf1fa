"""The chapters of the dossier, in the order the board reads them.

To add one, write a function that gives blocks, in the file it belongs to, and name it in `CONTENTS`
at the foot of this file. The parts of the registers are named in `registers.py` in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mcplan.dossier.blocks import Block
from mcplan.dossier.closing import how_to_read, sign_off
from mcplan.dossier.cover import contents, cover
from mcplan.dossier.given import DossierInput
from mcplan.dossier.phases import phases
from mcplan.dossier.registers import registers
from mcplan.dossier.standing import readiness, stops_and_risks
from mcplan.dossier.summary import summary
from mcplan.dossier.workings import workings


def write_dossier(given: DossierInput) -> list[Block]:
    """The dossier, whole or in brief, as blocks in reading order."""
    return [block for section, in_brief in CONTENTS if in_brief or not given.brief for block in section(given)]


CONTENTS: tuple[tuple[Callable[[DossierInput], Iterator[Block]], bool], ...] = (
    (cover, True),
    (contents, True),
    (summary, True),
    (readiness, True),
    (stops_and_risks, True),
    (workings, False),
    (phases, False),
    (registers, True),
    (sign_off, True),
    (how_to_read, True),
)
"""Each chapter, and whether a dossier in brief holds it too."""
