"""What follows from the answers: the design, the pathway and the money, as the screens show them.

To add a part, write a function and name it in `PARTS` at the foot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from mcplan.dossier.blocks import Block, Bullets, Column, Figure, Heading, Para, Table, Words, words
from mcplan.dossier.given import DossierInput
from mcplan.known import Known
from mcplan.views.design import view_design
from mcplan.views.finance import Paper, view_finance
from mcplan.views.pathway import describe_pathway, view_pathway
from mcplan.views.table import Cell
from mcplan.views.table import Table as Shown

MOST_ALTERNATIVE = 300
"""Characters of the text that stands for a picture."""


def workings(given: DossierInput) -> Iterator[Block]:
    """Every part for which there is enough to work with; nothing if there is none."""
    parts = [block for part in PARTS for block in part(given)]
    if parts:
        yield Heading("What follows from the answers", anchor="workings")
        yield Para(
            words("Worked out by mcplan from the tables in the phases below; nothing here was typed in."), "lead"
        )
        yield from parts


def design(given: DossierInput) -> Iterator[Block]:
    """Outcomes with what shows them and what leads to them."""
    view = view_design(Known(given.questionnaire, given.plan), given.findings)
    if view.is_empty:
        return
    yield Heading("Outcomes, assessments and activities", 2)
    yield from _picture(given, "design", view.message, "; ".join(f"{row.outcome} {row.weight}" for row in view.rows))
    columns = (
        Column("Outcome", 58), Column("Level", 24), Column("Shown by", 28), Column("Led to by", 28),
        Column("Hours", 20, True), Column("Result", 20, True), Column("Framework", 34),
    )  # fmt: skip
    rows = tuple(
        tuple(
            words(cell)
            for cell in (
                f"{row.outcome}: {row.text}",
                row.level,
                row.assessed,
                row.taught,
                row.hours,
                row.weight,
                row.skill,
            )
        )
        for row in view.rows
    )
    yield Table(view.message, columns, rows)
    yield Para(words(view.hours))


def pathway(given: DossierInput) -> Iterator[Block]:
    """The credentials around this one, and where they lead."""
    view = view_pathway(Known(given.questionnaire, given.plan), given.findings)
    if view.is_empty:
        return
    yield Heading("Pathway", 2)
    yield from _picture(given, "pathway", view.message, describe_pathway(view))
    columns = (Column("Credential", 60), Column("Status", 24), Column("Size", 30), Column("Leads", 60))
    rows = tuple(tuple(words(cell) for cell in (row.credential, row.status, row.size, row.leads)) for row in view.rows)
    yield Table(view.message, columns, rows)


def money(given: DossierInput) -> Iterator[Block]:
    """What it costs and brings, year by year, and how else it may turn out."""
    paper = view_finance(given.questionnaire, given.plan).paper
    if paper is None:
        return
    yield Heading("Money", 2)
    yield Para(words(f"{paper.headline}. {paper.why}"), "lead")
    yield _figures(paper)
    yield from _picture(given, "years", paper.years.title, paper.years.says)
    yield _grid(paper.by_year)
    yield _grid(paper.scenarios)
    yield from _picture(given, "drivers", paper.drivers.title, paper.drivers.says)
    yield _grid(paper.by_driver)
    if paper.remarks:
        yield Para(words("What to think about:"), "label", with_next=True)
        yield Bullets(tuple(words(remark.says) for remark in paper.remarks))


def _figures(paper: Paper) -> Table:
    rows = tuple(tuple(words(cell) for cell in figure) for figure in paper.figures)
    return Table("The figures", (Column("Figure", 34), Column("Value", 30, True), Column("What it says", 100)), rows)


def _grid(grid: Shown) -> Table:
    first, *others = grid.columns
    columns = (Column(first, 40), *(Column(title, 26, True) for title in others))
    return Table(grid.caption, columns, tuple(tuple(map(_cell, row)) for row in grid.rows))


def _cell(cell: Cell) -> Words:
    return words(cell if isinstance(cell, str) else cell.words)


def _picture(given: DossierInput, name: str, caption: str, says: str) -> Iterator[Figure]:
    if name in given.pictures:
        said = says if len(says) <= MOST_ALTERNATIVE else says[: MOST_ALTERNATIVE - 20] + "… More in the table."
        yield Figure(given.pictures[name], caption, said)


PARTS: Sequence[Callable[[DossierInput], Iterator[Block]]] = (design, pathway, money)
