"""Files of ours that come back in: which kind one is, and why one is not accepted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from mcplan.parcel import Limits, Parcel, ParcelRefused, open_parcel

Kind = Literal["bundle", "workbook", "csv"]
MANIFEST = "bundle.json"
LIMITS = Limits(ratio=1_100)
"""Tables that were changed often repeat themselves, and so pack better than anything else; the sizes still hold."""


class FileRefused(ParcelRefused):
    """A bundle or spreadsheet that is not accepted; the message is one sentence with the place."""


def open_file(packed: bytes) -> tuple[Kind, Parcel]:
    """A file that somebody hands in, opened within limits, and what it is by what it holds; its name says nothing.

    Raises:
        ParcelRefused: it is none of the three kinds, or not accepted.
    """
    parcel = open_parcel(packed, LIMITS)
    if MANIFEST in parcel:
        return "bundle", parcel
    if "xl/workbook.xml" in parcel:
        return "workbook", parcel
    if "word/document.xml" in parcel:
        raise FileRefused("This is a Word file. Bring in a plan bundle (.mcplan) or a spreadsheet (.xlsx) here.")
    if parcel.names and all(name.endswith(".csv") for name in parcel.names):
        return "csv", parcel
    raise FileRefused(
        "This is neither a plan bundle (.mcplan) nor a spreadsheet of mcplan (.xlsx, or CSV files in a zip)."
    )


def place(part: str, path: Iterable[str | int]) -> str:
    """Where in a file something stands, as people read it: "answers.json, entry 3, value"."""
    words = [f"entry {step + 1}" if isinstance(step, int) else f"“{step[:60]}”" for step in path]
    return ", ".join((part, *words))
