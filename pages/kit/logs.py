"""Logs that tell what went wrong and where, and nothing of what people wrote.

The words of an exception may hold an answer ("KeyError: 'Because nurses…'"), wherever it comes from. So whatever is
logged with one keeps its kind and the lines of code it passed, and loses its words.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

MOST = 10
"""Causes that are named of one exception."""


class Withheld(Exception):
    """Stands in a log for an exception: its kind, without its words."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"{kind} (its words are withheld: they may hold what people wrote)")


def keep_words_out() -> None:
    """From now on every log record of this program loses the words of its exceptions, and so does a last gasp."""
    made = logging.getLogRecordFactory()
    if isinstance(made, _Withholding):
        return
    logging.setLogRecordFactory(_Withholding(made))
    sys.excepthook = _say_only_the_kind


@dataclass(frozen=True)
class _Withholding:
    """Makes log records as `made` does, without the words of any exception."""

    made: Callable[..., logging.LogRecord]

    def __call__(self, *args: Any, **fields: Any) -> logging.LogRecord:
        record = self.made(*args, **fields)
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_info = _withheld(record.exc_info[1])
        if isinstance(record.args, tuple):
            record.args = tuple(_withheld(each)[1] if isinstance(each, BaseException) else each for each in record.args)
        return record


def _withheld(error: BaseException) -> tuple[type[BaseException], BaseException, TracebackType | None]:
    kinds: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(kinds) < MOST:
        kinds.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        cause = cause.__cause__
    stand_in = Withheld(" from ".join(kinds)).with_traceback(error.__traceback__)
    return Withheld, stand_in, error.__traceback__


def _say_only_the_kind(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    sys.__excepthook__(*_withheld(error)) if issubclass(kind, Exception) else sys.__excepthook__(kind, error, trace)
