"""The pictures of a dossier, drawn as on the screens, for paper."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64decode
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from mcplan.dossier import DossierInput
from mcplan.known import Known
from mcplan.views.design import view_design
from mcplan.views.finance import view_finance
from mcplan.views.pathway import view_pathway
from mcplan.views.readiness import view_readiness
from pages.kit import charts, money_charts
from pages.kit.design_chart import design_chart
from pages.kit.pathway_chart import pathway_chart

if TYPE_CHECKING:
    import altair as alt

    Chart = alt.Chart | alt.LayerChart

PROGRAM = Path(__file__).with_name("draw_png.py")
LONGEST = 120
"""Seconds that drawing may take."""
MOST = 64
"""Pictures that are kept: those of some ten plans."""


class NoPictures(Exception):
    """Pictures could not be drawn; the sentence says what can be done."""

    def __init__(self) -> None:
        super().__init__(
            "The pictures could not be drawn, so no Word file was made. Nothing of the plan is lost. Try again in a "
            "minute; if it happens again, the computer that runs mcplan may be short of memory."
        )


_kept: OrderedDict[str, bytes] = OrderedDict()
_lock = Lock()


def with_pictures(given: DossierInput) -> DossierInput:
    """What a dossier is made from, with its pictures under the names by which `mcplan.dossier` sets them.

    Raises:
        NoPictures: they could not be drawn.
    """
    # The program takes as long to get ready as Altair does, which is loaded with the first chart.
    with ExitStack() as ending:
        early = None if _kept else ending.enter_context(_program())
        # Altair has looked at each part as it was made; to look at the whole again takes as long as to write it.
        wanted = {name: json.dumps(chart.to_dict(validate=False)) for name, chart in _charts(given).items()}
        pictures = _draw(wanted, early)
    return replace(given, chart=pictures.pop("readiness"), pictures=pictures)


def _charts(given: DossierInput) -> dict[str, Chart]:
    readiness = view_readiness(given.questionnaire, given.plan, given.readiness)
    found: dict[str, Chart] = {
        "readiness": _for_paper(charts.readiness_by_phase(readiness, paper="short" if given.brief else "full"))
    }
    paper = view_finance(given.questionnaire, given.plan).paper
    if paper:
        found["years"] = _for_paper(money_charts.years(paper.years))
    if given.brief:
        return found
    known = Known(given.questionnaire, given.plan)
    design, pathway = view_design(known, ()), view_pathway(known, ())
    if design.shares:
        found["design"] = _for_paper(design_chart(design, on_dark=False))
    if not pathway.is_empty:
        found["pathway"] = _for_paper(pathway_chart(pathway))
    if paper:
        found["drivers"] = _for_paper(money_charts.drivers(paper.drivers, on_paper=True))
    return found


def _for_paper(chart: Chart) -> Chart:
    import altair as alt

    # The caption says the title.
    drawn = chart.properties(width=560, background="white", title=alt.TitleParams([]))
    done: Chart = drawn.configure(font=charts.PAPER_FONT).configure_axis(
        labelFontSize=12, titleFontSize=12, labelColor="#222B36", titleColor="#4F5B69"
    )
    return done


def _draw(wanted: Mapping[str, str], program: subprocess.Popen[bytes] | None = None) -> dict[str, bytes]:
    """PNG files by name of specifications by name; each is drawn once, as long as it is kept."""
    with _lock:
        found = {chart: _kept[chart] for chart in wanted.values() if chart in _kept}
    missing = list(dict.fromkeys(chart for chart in wanted.values() if chart not in found))
    if missing:
        found |= zip(missing, _drawn(missing, program), strict=True)
    with _lock:
        for chart in wanted.values():
            _kept[chart] = found[chart]
            _kept.move_to_end(chart)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return {name: found[chart] for name, chart in wanted.items()}


def _drawn(missing: list[str], early: subprocess.Popen[bytes] | None = None) -> list[bytes]:
    with ExitStack() as ending:
        program = early or ending.enter_context(_program())
        try:
            said, _ = program.communicate(json.dumps(missing).encode(), timeout=LONGEST)
        except (subprocess.TimeoutExpired, OSError) as problem:
            raise NoPictures from problem
    if program.returncode:
        raise NoPictures
    return [b64decode(each) for each in json.loads(said)]


@contextmanager
def _program() -> Iterator[subprocess.Popen[bytes]]:
    # Safe path: beside the program lie modules of ours with names that Python has, too.
    command = [sys.executable, "-P", str(PROGRAM)]
    try:
        program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
    except OSError as problem:
        raise NoPictures from problem
    with suppress(BrokenPipeError), program:
        try:
            yield program
        finally:
            program.kill()
