"""JSON in a column of text, written and read by ourselves."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator


class Json(TypeDecorator[Any]):
    """Plain JSON, kept as text: it comes back as it went in, keys in their order and 48.0 as 48.0.

    A column of type JSON has numeric affinity in SQLite and would make 48.0 an integer. NaN and
    infinity are refused here, since one of them breaks every JSON query on the table.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else _dumps(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return read_json(value)


def read_json(text: str | None) -> Any:
    """What a column of type `Json` holds, for a statement that reads its text."""
    if text is None:
        return None
    # Most answers are words, and most words need no decoder: they stand between the quotes as they are.
    if text[0] == '"' and "\\" not in text:
        return text[1:-1]
    return _loads(text)[0]


_dumps = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
# We have written it ourselves, so nobody has to look for blanks around it: that halves the price of a read.
_loads = json.JSONDecoder().raw_decode
