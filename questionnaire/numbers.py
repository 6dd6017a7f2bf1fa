"""Numbers as people write them into a field and read them on a page."""

from __future__ import annotations

import math
import re
from typing import Any

from questionnaire.errors import AnswerRejected


def read_number(raw: Any, unit: str, high: float | None) -> float | None:
    """A number as people write it: 1450, 1,450.50, 1 450; None if empty.

    Raises:
        AnswerRejected: it is no number from 0 to `high`; `unit` tells people what is wanted.
    """
    if raw is None or raw == "":
        return None
    refuse = AnswerRejected(_number_wanted(unit, high))
    if isinstance(raw, str):
        raw = _plain_digits(raw)
    try:
        number = float(raw)
    except (TypeError, ValueError):
        raise refuse from None
    if isinstance(raw, bool) or not math.isfinite(number) or number < 0 or (high is not None and number > high):
        raise refuse
    return number


def write_number(value: Any) -> str:
    """A number as people read it, with at most two decimals; what is no number stands as it is."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return str(value)
    return f"{number:,.0f}" if number.is_integer() else f"{number:,.2f}".rstrip("0").rstrip(".")


def _plain_digits(text: str) -> str:
    text = re.sub(r"[\s\u00a0\u202f']", "", text).removesuffix("%")
    if not re.fullmatch(r"[+-]?[0-9.,]+", text):
        return "not a number"
    thousands = re.fullmatch(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", text)
    return text.replace(",", "") if thousands else text.replace(",", ".")


def _number_wanted(unit: str, high: float | None) -> str:
    what = f"a number of {unit}" if unit and unit != "%" else "a number"
    return (
        f"Give {what} from 0 to {high:g}, in digits." if high is not None else f"Give {what}, zero or more, in digits."
    )
