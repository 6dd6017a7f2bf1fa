"""Tables, with a head that repeats on every page, whole rows, and widths that every word processor follows."""

from __future__ import annotations

from collections.abc import Sequence

from mcplan.dossier.blocks import KeyFigures, Run, Table, Words
from mcplan.dossier.word.look import TINT
from mcplan.dossier.word.pictures import set_caption
from mcplan.dossier.word.setting import Setting
from mcplan.dossier.word.text import escaped

SHORT = 8
"""A table of so many rows at most stays on one page."""
ROOM = 850
"""Height of a row to write in, in twentieths of a point: 15 mm."""
_AFTER = '<w:p><w:pPr><w:pStyle w:val="AfterTable"/></w:pPr></w:p>'


def set_table(table: Table, setting: Setting) -> str:
    """A caption and the table below it."""
    widths = _widths([column.width for column in table.columns], setting.width)
    styles = ["TableNumber" if column.is_number else "TableText" for column in table.columns]
    heads = ["TableHeadNumber" if column.is_number else "TableHead" for column in table.columns]
    titles = tuple((Run(column.title),) for column in table.columns)
    short = len(table.rows) <= SHORT
    rows = [_row(titles, heads, widths, setting, head=True)]
    for place, row in enumerate(table.rows):
        anchor = table.anchors[place] if place < len(table.anchors) else ""
        kept = short and place < len(table.rows) - 1
        rows.append(
            _row(row, styles, widths, setting, kept=kept, anchor=anchor, tinted=place % 2 == 1, room=table.writable)
        )
    return set_caption("Table", table.caption, setting) + _table(rows, widths, table.caption, table.says)


def set_key_figures(figures: KeyFigures, setting: Setting) -> str:
    """A table of three rows: what each number is, the number, and what it means."""
    items = figures.items
    widths = _widths([1] * len(items), setting.width)
    rows = [
        _row([(Run(item.label),) for item in items], ["TableHead"] * len(items), widths, setting, head=True),
        _row([(Run(item.value),) for item in items], ["KeyFigure"] * len(items), widths, setting, kept=True),
        _row([(Run(item.note, tone="quiet"),) for item in items], ["TableText"] * len(items), widths, setting),
    ]
    return _table(rows, widths, figures.says, figures.says)


def _widths(shares: Sequence[float], width: int) -> list[int]:
    whole = sum(shares)
    widths = [round(width * share / whole) for share in shares]
    # Rounding may leave a remainder of a few units; Word wants the columns to add up to the table.
    return [*widths[:-1], width - sum(widths[:-1])]


def _table(rows: Sequence[str], widths: Sequence[int], caption: str, says: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="DossierTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" '
        'w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escaped(caption)}"/><w:tblDescription w:val="{escaped(says or caption)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{_AFTER}"
    )


def _row(
    cells: Sequence[Words],
    styles: Sequence[str],
    widths: Sequence[int],
    setting: Setting,
    *,
    head: bool = False,
    kept: bool = False,
    anchor: str = "",
    tinted: bool = False,
    room: bool = False,
) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/>' if tinted else ""
    height = f'<w:trHeight w:val="{ROOM}" w:hRule="atLeast"/>' if room else ""
    extra = "<w:keepNext/>" if kept else ""
    start, end = setting.bookmark(setting.bookmarks[anchor]) if anchor else ("", "")
    set_cells = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f"{setting.paragraph(style, words, extra)}</w:tc>"
        for words, style, width in zip(cells, styles, widths, strict=True)
    ]
    if anchor:
        set_cells[0] = set_cells[0].replace("</w:pPr>", f"</w:pPr>{start}{end}", 1)
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(set_cells)}</w:tr>"
