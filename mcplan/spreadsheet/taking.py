"""An Excel file from outside as rows of plain cells: looked at before anything is unpacked into memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from lxml.etree import LxmlError
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from mcplan.handed_in import FileRefused, Kind
from mcplan.parcel import DAMAGED, MEBIBYTE, Parcel, refuse_outside
from mcplan.spreadsheet.csvs import MOST_COLUMNS, MOST_ROWS, read_csvs
from mcplan.spreadsheet.words import Cell

MOST_SHEETS = 150
MOST_CELLS = 250_000
MOST_MARKS = 100_000
"""Elements in a part that is neither a sheet nor its texts: styles, names, properties."""
MOST_OTHER = 2 * MEBIBYTE
UNESCAPED = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)")
Grids = dict[str, list[list[Cell]]]


def read_file(kind: Kind, parcel: Parcel, packed: bytes) -> Grids:
    """The cells of a spreadsheet by sheet, whichever of the two kinds of file it is.

    Raises:
        ParcelRefused: it has macros, formulas, more than fits, or is damaged.
    """
    return read_csvs(parcel) if kind == "csv" else read_workbook(parcel, packed)


def read_workbook(parcel: Parcel, packed: bytes) -> Grids:
    """The cells of an Excel file, by sheet."""
    _refuse_macros(parcel)
    for name in parcel.names:
        if name.endswith((".xml", ".rels")):
            _refuse_costly(name, parcel.read(name))
    refuse_outside(parcel)
    try:
        book = load_workbook(BytesIO(packed), read_only=True, keep_links=False)
        try:
            return {sheet.title: list(_rows(sheet)) for sheet in book.worksheets}
        finally:
            book.close()
    except MALFORMED as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused(DAMAGED) from error


def _refuse_macros(parcel: Parcel) -> None:
    macros = [name for name in parcel.names if "vba" in name.lower() or "macrosheets/" in name.lower()]
    if macros or b"macroEnabled" in parcel.read("[Content_Types].xml"):
        raise FileRefused("The file holds macros. Save it as .xlsx, without them.")
    if sum(name.startswith("xl/worksheets/") for name in parcel.names) > 2 * MOST_SHEETS:
        raise FileRefused(f"The file has more than {MOST_SHEETS} sheets, which is the most mcplan takes.")


def _refuse_costly(name: str, content: bytes) -> None:
    encoding = _ENCODING.match(content[:200].removeprefix(b"\xef\xbb\xbf"))
    if b"\0" in content or (encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")):
        raise FileRefused(f"“{name}” in the file is not written in UTF-8. Save it again with Excel or LibreOffice.")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise FileRefused(f"“{name}” in the file defines entities, which no spreadsheet does.")
    if name.startswith("xl/worksheets/"):
        if _tags(content, b"row") > MOST_ROWS:
            raise FileRefused(f"The file has a sheet of more than {MOST_ROWS:,} rows, which is the most mcplan takes.")
        if _tags(content, b"c") > MOST_CELLS:
            raise FileRefused(
                f"The file has a sheet of more than {MOST_CELLS:,} cells, which is the most mcplan takes."
            )
    most = 6 * MOST_CELLS if name.startswith("xl/worksheets/") else MOST_MARKS
    if name == "xl/sharedStrings.xml":
        most = 4 * MOST_MARKS
    if content.count(b"<") > most or (most == MOST_MARKS and len(content) > MOST_OTHER):
        raise FileRefused(f"“{name}” in the file holds more than mcplan can look through.")


def _tags(content: bytes, tag: bytes) -> int:
    # With a prefix of its own for the namespace, too.
    return sum(1 for _ in re.finditer(rb"<(?:\w+:)?" + tag + rb"[\s/>]", content))


def _rows(sheet: Any) -> Iterator[list[Cell]]:
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS), 1):
        if number > MOST_ROWS:
            raise FileRefused(f"The sheet “{sheet.title[:60]}” goes on below row {MOST_ROWS:,}; mcplan takes no more.")
        yield [_cell(sheet.title, cell) for cell in row]


def _cell(sheet: str, cell: Any) -> Cell:
    if cell.value is None:
        return None
    if cell.data_type in ("f", "e"):
        what = "a formula" if cell.data_type == "f" else "an error"
        at = f"{get_column_letter(cell.column)}{cell.row}"
        raise FileRefused(
            f"The sheet “{sheet[:60]}” holds {what} in cell {at}. Put the value itself there (copy, paste as values)."
        )
    value = cell.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, int | float | date) else UNESCAPED.sub("_", str(value))


MALFORMED = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, OSError, EOFError, RecursionError,
    InvalidFileException, BadZipFile, LxmlError, SyntaxError,
)  # fmt: skip
"""What openpyxl complains with when a file is not as Excel writes it."""
