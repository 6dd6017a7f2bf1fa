"""A table as screens and the dossier show it."""

from __future__ import annotations

from dataclasses import dataclass

from mcplan.views.verdict import Sign

Cell = str | Sign


@dataclass(frozen=True)
class Table:
    """A table in finished words; a sign is shown as icon and word."""

    caption: str
    """What the table holds, for those who do not see it."""
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
