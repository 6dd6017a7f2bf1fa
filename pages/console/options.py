"""What several commands may be told, and how they print for other programs."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

Database = Annotated[
    str, typer.Option(help="A file, or postgresql://user@host/name. Else MCPLAN_DATABASE, else your own file.")
]
Create = Annotated[bool, typer.Option("--create", help="Make the database if it is not there yet.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]


def print_json(thing: Any) -> None:
    """Print `thing` as JSON."""
    print(json.dumps(thing, ensure_ascii=False, indent=2))
