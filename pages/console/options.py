"""What several commands may be told, and how they print for other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from pages.console.place import Refused

Database = Annotated[
    str, typer.Option(help="A file, or postgresql://user@host/name. Else MCPLAN_DATABASE, else your own file.")
]
Create = Annotated[bool, typer.Option("--create", help="Make the database if it is not there yet.")]
PlanId = Annotated[str, typer.Argument(metavar="PLAN", help="The id of a plan, as `mcplan plans` shows it.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the file if it is there.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]


def print_json(thing: Any) -> None:
    """Print `thing` as JSON."""
    print(json.dumps(thing, ensure_ascii=False, indent=2))


def is_free(output: Path, *, overwrite: bool) -> None:
    """Go on only if a file may be written there."""
    if output.exists() and not overwrite:
        raise Refused(f"{output} is there already. Name another file, or replace it with --overwrite.")


def write(output: Path, document: bytes) -> None:
    """Write a file, and print where."""
    try:
        output.write_bytes(document)
    except OSError as error:
        raise Refused(f"{output} cannot be written: {error.strerror}.") from error
    print(output)
