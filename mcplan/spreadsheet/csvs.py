"""Sheets as CSV files in a zip, for programs that know no better; texts that look like formulas are marked as text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mcplan.handed_in import FileRefused
from mcplan.parcel import Parcel
from mcplan.spreadsheet.layout import Grid
from mcplan.spreadsheet.words import Cell

BEFORE_ZIP = (1980, 1, 1, 0, 0, 0)
RISKY = re.compile(r"'?[=+\-@\t\r]")
"""Texts that get an apostrophe before them, as OWASP asks; also those that have one, so that it can be undone."""
MOST_LINES = 50_000
MOST_ROWS = 20_000
MOST_COLUMNS = 120


def write_csvs(grids: Iterable[Grid]) -> bytes:
    """The zip: a file for each sheet, in UTF-8 with the mark by which Excel knows it."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for number, grid in enumerate(grids, 1):
            text = StringIO(newline="")
            lines = csv.writer(text, lineterminator="\r\n")
            lines.writerow([_out(name) for name in grid.columns])
            lines.writerows([_out(cell) for cell in row] for row in grid.rows)
            entry = ZipInfo(f"{number:02} {grid.name}.csv", BEFORE_ZIP)
            entry.create_system, entry.compress_type, entry.external_attr = 3, ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, text.getvalue().encode("utf-8-sig"))
    return made.getvalue()


def read_csvs(parcel: Parcel) -> dict[str, list[list[Cell]]]:
    """The rows of each file, by the name of its sheet.

    Raises:
        ParcelRefused: one is not in UTF-8, or holds more than fits.
    """
    return {_sheet(name): _rows(name, parcel.read(name)) for name in parcel.names}


def say_csv(text: str) -> str:
    """A text as it stands in CSV, so that no spreadsheet program runs it."""
    return f"'{text}" if RISKY.match(text) else text


def _rows(name: str, content: bytes) -> list[list[Cell]]:
    if content.count(b"\n") + content.count(b"\r") > 2 * MOST_LINES:
        raise FileRefused(f"{name} has more than {MOST_LINES:,} lines, which is the most mcplan takes.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused(f"{name} is not in UTF-8. Save it as “CSV UTF-8”.") from error
    if "\0" in text:
        raise FileRefused(f"{name} is not in UTF-8. Save it as “CSV UTF-8”.")
    found: list[list[Cell]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True):
            if len(found) >= MOST_ROWS or len(row) > MOST_COLUMNS:
                raise FileRefused(
                    f"{name} has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns; mcplan takes no more."
                )
            found.append([_in(cell) for cell in row])
    except csv.Error as error:
        raise FileRefused(f"{name} is no CSV that mcplan can read: it goes wrong at row {len(found) + 1}.") from error
    return found


def _delimiter(text: str) -> str:
    # Where the comma stands in numbers, Excel saves with semicolons.
    first = text.split("\n", 1)[0]
    return ";" if first.count(";") > first.count(",") else ","


def _sheet(name: str) -> str:
    return re.sub(r"^\d\d ", "", name.rpartition("/")[2].removesuffix(".csv"))


def _out(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float):
        return f"{cell:.15g}"
    return say_csv(cell)


def _in(cell: str) -> Cell:
    return cell[1:] if cell.startswith("'") and RISKY.match(cell[1:]) else cell
