"""Small tables and figures: the numbers of a chart, for those who read rather than look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from mcplan.views.portfolio import PortfolioLine
from mcplan.views.readiness import ReadinessView
from mcplan.views.risks import RisksView
from mcplan.views.table import Cell, Table
from pages.kit import memory
from pages.kit.answer_box import table_of
from pages.kit.words import clip, plain


def phases(view: ReadinessView) -> None:
    """Readiness by phase: how many of the questions asked are blank, floor to ceiling, verdict."""
    # One column for two numbers: four columns fit on a phone.
    rows = tuple(
        (row.phase, f"{row.blank} of {row.asked}" if row.asked else "–", row.readiness, row.sign) for row in view.phases
    )
    table(Table("Readiness by phase", ("Phase", "Blank", "Readiness", "Verdict"), rows))


def risk_counts(view: RisksView) -> None:
    """How many risks stand in each band, as one line."""
    st.markdown(" · ".join(f"{band} **{number}**" for band, number in view.counts))


def table(view: Table) -> None:
    """A table of words and signs."""
    _draw(view.caption, view.columns, [[_given(cell) for cell in row] for row in view.rows])


def plans(lines: Iterable[PortfolioLine]) -> None:
    """Plans, a row each; the title leads to the plan."""
    columns = ("Plan", "Gate", "Verdict", "Readiness", "Stops", "Next meeting", "Changed")
    rows = []
    for line in lines:
        cells: tuple[Cell, ...] = (line.gate, line.sign, line.readiness, line.stops, line.meeting, line.changed)
        link = {"words": clip(line.title, 80), "address": f"overview?plan={line.id}"}
        rows.append([link, *map(_given, cells)])
    _draw("Plans of the portfolio", columns, rows)


def on_paper(view: Table) -> None:
    """The same for a screen that is printed: drawn by Streamlit, so that the sheet's own style reaches its cells."""
    import pandas as pd  # heavy, and no other table needs it

    rows = [[_cell(cell) for cell in row] for row in view.rows]
    columns = [plain(column) for column in view.columns]
    st.table(pd.DataFrame(rows, columns=columns), hide_index=True, border="horizontal", alt=view.caption)


def of_rows(rows: Sequence[Any], names: Mapping[str, str], what: str) -> None:
    """Rows of a view as a table; `names` gives the heading of each field that is shown."""
    cells = tuple(tuple(str(getattr(row, field)) for field in names) for row in rows)
    table(Table(what, tuple(names.values()), cells))


def figures(view: tuple[tuple[str, str, str], ...], across: int) -> None:
    """Numbers side by side, so many across, each with what it says."""
    columns = st.columns(across)
    for place, (name, number, says) in enumerate(view):
        columns[place % across].metric(name, number, help=says)


def _draw(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str | dict[str, str]]]) -> None:
    table_of({"caption": caption, "columns": columns, "rows": rows}, key=f"table-{memory.next_place()}")


def _given(cell: Cell) -> str | dict[str, str]:
    if isinstance(cell, str):
        return cell
    return {"icon": cell.icon.removeprefix(":material/").removesuffix(":"), "words": cell.words}


def _cell(cell: Cell) -> str:
    return plain(cell) if isinstance(cell, str) else f"{cell.icon} {plain(cell.words)}"
