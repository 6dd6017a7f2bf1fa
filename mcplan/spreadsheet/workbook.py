"""Sheets as an Excel file, by openpyxl in its writing-only way; texts are texts, whatever they begin with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from mcplan.spreadsheet.layout import Grid
from mcplan.spreadsheet.words import Cell

HEAD = PatternFill("solid", fgColor="FFDCEBEA")
BOLD = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program may take for the beginning of a formula."""
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Excel reads _x0041_ as a letter; its own way of saying that it is none is to escape the first sign."""
BEFORE_ZIP = (1980, 1, 1, 0, 0, 0)
NO_TIME = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def write_workbook(grids: Iterable[Grid], title: str) -> bytes:
    """The file. The same sheets give the same bytes."""
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.title = "mcplan", title
    book.properties.created = book.properties.modified = NO_TIME
    for grid in grids:
        sheet: Any = book.create_sheet(grid.name)
        for number, width in enumerate(grid.columns.values(), 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.freeze_panes = "A2"
        if grid.rows:
            sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(grid.columns)))}{len(grid.rows) + 1}"
        sheet.append([_head(sheet, name) for name in grid.columns])
        for row in grid.rows:
            sheet.append([_cell(sheet, each) for each in row])
    file = BytesIO()
    book.save(file)
    return _without_times(file)


def _head(sheet: Any, name: str) -> Any:
    cell: Any = _cell(sheet, name)
    cell.font, cell.fill = BOLD, HEAD
    return cell


def _cell(sheet: Any, value: Cell) -> Any:
    if not isinstance(value, str):
        cell: Any = WriteOnlyCell(sheet, cast("Any", value))
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        cell.alignment = WRAPPED
        return cell
    cell = WriteOnlyCell(sheet, ESCAPED.sub("_x005F_", value))
    # Else a text that begins like a formula would become one; the prefix keeps it text while it is edited.
    cell.data_type = "s"
    cell.alignment = WRAPPED
    if value.startswith(RISKY):
        cell.quotePrefix = True
    return cell


def _without_times(file: BytesIO) -> bytes:
    """The same file with one time on every part, and none of saving in its properties."""
    made = BytesIO()
    with ZipFile(file) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", content)
            plain = ZipInfo(entry.filename, BEFORE_ZIP)
            plain.create_system, plain.compress_type = 3, ZIP_DEFLATED
            after.writestr(plain, content)
    return made.getvalue()
