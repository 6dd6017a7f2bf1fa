"""What follows from the answers: the design, the pathway and the money, as the screens show them.

To add a part, write a function and name it in `PARTS` at the foot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from mcplan.checks.course import Activity, Assessment, Course, Outcome, read_course
from mcplan.dossier.blocks import Block, Bullets, Column, Figure, Heading, Para, Run, Table, words
from mcplan.dossier.given import DossierInput
from mcplan.known import Known
from mcplan.views.delivery_map import view_delivery_map
from mcplan.views.design import view_design
from mcplan.views.finance import Paper, view_finance
from mcplan.views.pathway import describe_pathway, view_pathway
from mcplan.views.table import Cell
from mcplan.views.table import Table as Shown
from questionnaire.numbers import write_number

MOST_PARTS = 7
"""Columns of the matrix that can be read side by side."""
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
    yield from picture(given, "design", view.message, "; ".join(f"{row.outcome} {row.weight}" for row in view.rows))
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
    yield from _matrix(read_course(Known(given.questionnaire, given.plan)))


def _matrix(course: Course) -> Iterator[Block]:
    """Outcomes against what shows them and what leads to them, a few columns at a time."""
    parts: list[Assessment | Activity] = [*course.assessments, *course.activities]
    for start in range(0, len(parts), MOST_PARTS):
        some = parts[start : start + MOST_PARTS]
        columns = (Column("Outcome", 54), *(Column(each.name, 112 / MOST_PARTS) for each in some))
        rows = tuple(
            (words(Run(outcome.name, bold=True)), *(words(_mark(outcome, each)) for each in some))
            for outcome in course.outcomes
        )
        more = " (continued)" if start else ""
        says = "For each outcome: ● with the share of the result it is assessed by, ○ practice, or hours of activity."
        yield Table(f"Outcomes by assessments and activities{more}", columns, rows, says)


def _mark(outcome: Outcome, part: Assessment | Activity) -> str:
    if outcome.id not in part.outcomes:
        return "–"
    if isinstance(part, Activity):
        return f"●\u00a0{write_number(part.hours)}\u00a0h" if part.hours else "●"
    return f"●\u00a0{write_number(part.weight)}\u00a0%" if part.is_summative else "○\u00a0practice"


def journey(given: DossierInput) -> Iterator[Block]:
    """The learner's way, stage by stage."""
    view = view_delivery_map(given.questionnaire, given.plan, given.made_at.date()).journey
    if view.table is None:
        return
    yield Heading("The learner's way", 2)
    yield Para(words(view.message))
    yield _plain(given, view.table, (30, 26, 40, 70))


def platforms(given: DossierInput) -> Iterator[Block]:
    """The systems, what passes between them, and what to see to."""
    view = view_delivery_map(given.questionnaire, given.plan, given.made_at.date()).platforms
    if not view.message:
        return
    yield Heading("Platforms", 2)
    yield Para(words(view.message))
    if view.concerns:
        yield Bullets(tuple(words(each) for each in view.concerns))
    if view.matrix and len(view.matrix.columns) <= MOST_PARTS:
        yield _plain(given, view.matrix, (40, *(20 for _ in view.matrix.columns[1:])))
    if view.links:
        yield _plain(given, view.links, (44, 44, 24, 30, 40))


def _plain(given: DossierInput, shown: Shown, widths: Sequence[float]) -> Table:
    columns = tuple(Column(title, width) for title, width in zip(shown.columns, widths, strict=True))
    rows = tuple(tuple(words(_cell(cell)) for cell in row) for row in shown.rows)
    return Table(shown.caption, columns, rows)


def pathway(given: DossierInput) -> Iterator[Block]:
    """The credentials around this one, and where they lead."""
    view = view_pathway(Known(given.questionnaire, given.plan), given.findings)
    if view.is_empty:
        return
    yield Heading("Pathway", 2)
    yield from picture(given, "pathway", view.message, describe_pathway(view))
    columns = (Column("Credential", 60), Column("Status", 24), Column("Size", 30), Column("Leads", 60))
    rows = tuple(tuple(words(cell) for cell in (row.credential, row.status, row.size, row.leads)) for row in view.rows)
    yield Table(view.message, columns, rows)


def money(given: DossierInput) -> Iterator[Block]:
    """What it costs and brings, year by year, and how else it may turn out."""
    paper = view_finance(given.questionnaire, given.plan).paper
    if paper is None:
        return
    yield Heading("Money", 2)
    yield Para(words(given.saying.numbers(f"{paper.headline}. {paper.why}")), "lead")
    yield key_figures(given, paper)
    if paper.remarks:
        yield Para(words("What to think about:"), "label", with_next=True)
        yield Bullets(tuple(words(remark.says) for remark in paper.remarks))
    yield from picture(given, "years", paper.years.title, paper.years.says)
    yield grid(given, paper.by_year)
    yield grid(given, paper.scenarios)
    yield from picture(given, "drivers", paper.drivers.title, paper.drivers.says)
    yield grid(given, paper.by_driver)


def key_figures(given: DossierInput, paper: Paper) -> Table:
    """What the money comes to, a line for each figure."""
    rows = tuple(tuple(words(given.saying.numbers(cell)) for cell in figure) for figure in paper.figures)
    return Table("The figures", (Column("Figure", 34), Column("Value", 30, True), Column("What it says", 100)), rows)


def grid(given: DossierInput, shown: Shown) -> Table:
    """A table of a screen as a table of the dossier: names in the first column, numbers in the others."""
    longest = [
        max(map(len, (title, *(_cell(row[place]) for row in shown.rows)))) for place, title in enumerate(shown.columns)
    ]
    columns = tuple(
        Column(title, min(max(letters, 9) + 2, 40), is_number=place > 0)
        for place, (title, letters) in enumerate(zip(shown.columns, longest, strict=True))
    )
    return Table(
        shown.caption,
        columns,
        tuple(tuple(words(given.saying.numbers(_cell(cell))) for cell in row) for row in shown.rows),
    )


def _cell(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.words


def picture(given: DossierInput, name: str, caption: str, says: str, share: float = 1) -> Iterator[Figure]:
    """The picture of this name, if it was drawn, as wide as that share of the text."""
    if name in given.pictures:
        said = says if len(says) <= MOST_ALTERNATIVE else says[: MOST_ALTERNATIVE - 20] + "… More in the table."
        yield Figure(given.pictures[name], caption, said, share)


PARTS: Sequence[Callable[[DossierInput], Iterator[Block]]] = (design, pathway, journey, platforms, money)
