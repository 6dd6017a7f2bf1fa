"""Whether words stand in some columns, whatever their case: said in SQL for each database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

HOLDS = "mcplan_holds"
"""What SQLite is taught to call it (`storage.file`): its own `lower` knows the letters of English only."""


class Holds(FunctionElement[bool]):
    """True if the first argument, taken as it is, stands in one of the others; É and é are one letter."""

    name = HOLDS
    type = Boolean()
    inherit_cache = True


def holds(part: str, *texts: str | None) -> bool:
    """The same in Python."""
    wanted = part.casefold()
    return any(wanted in text.casefold() for text in texts if text)


@compiles(Holds, "postgresql")
def _in_postgresql(element: Holds, compiler: Any, **how: Any) -> str:
    part, *texts = (compiler.process(each, **how) for each in element.clauses)
    return f"({' OR '.join(f'strpos(lower({text}), lower({part})) > 0' for text in texts)})"


@compiles(Holds)
def _in_sqlite(element: Holds, compiler: Any, **how: Any) -> str:
    return f"{HOLDS}({', '.join(compiler.process(each, **how) for each in element.clauses)})"
