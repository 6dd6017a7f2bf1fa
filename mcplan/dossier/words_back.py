"""What somebody wrote in an editable place of a dossier, as it would be put in on a screen.

A place says an answer in words: a label, a day, an amount with its currency. Here the words become what
`questionnaire` reads again. To add a kind, write a function and name it in `KINDS` or `CELLS` at the foot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from mcplan.dossier.fingerprint import folded
from questionnaire.cells import ANSWERS, read_cell
from questionnaire.errors import AnswerRejected
from questionnaire.kinds import CURRENCIES, kind_of
from questionnaire.model import Column, Question, Value

Names = Mapping[str, Mapping[str, str]]
"""What rows are called, by table question and row id."""
EMPTY = ("", "-")


def value_from(question: Question, text: str) -> Value:
    """The value that `text` stands for; None if it is empty.

    Raises:
        AnswerRejected: it cannot be read as an answer to this question.
    """
    plain = folded(text)
    if plain in EMPTY:
        return None
    raw = KINDS[question.kind](question, plain) if question.kind in KINDS else text
    return kind_of(question).read(question, raw)


def cell_from(column: Column, text: str, names: Names) -> Value:
    """The cell that `text` stands for; None if it is empty.

    Raises:
        AnswerRejected: it cannot be read as such a cell.
    """
    plain = folded(text)
    if plain in EMPTY:
        return None
    raw = CELLS[column.kind](column, plain, names) if column.kind in CELLS else text
    return read_cell(column, raw)


def _amount(text: str, unit: str) -> str:
    """The digits of a number that stands with its unit."""
    text = text.removesuffix(unit).removesuffix("%").strip() if unit else text.removesuffix("%").strip()
    # 1.250,5 and 1 250,5 are the same number as 1,250.5 by other habits.
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", text) and ("," in text or text.count(".") > 1):
        return text.replace(".", "").replace(",", ".")
    return text


def _money(question: Question, text: str) -> dict[str, str]:
    currency = next((code for code in CURRENCIES if re.search(rf"\b{code}\b", text, re.IGNORECASE)), "")
    if not currency:
        raise AnswerRejected("Name the currency beside the amount, such as CAD 1,450.")
    return {"amount": _amount(re.sub(currency, "", text, flags=re.IGNORECASE).strip(), ""), "currency": currency}


def _day(text: str) -> str:
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).date().isoformat()
        except ValueError:
            continue
    raise AnswerRejected(f"“{text}” is not a day mcplan can read. Write it as year-month-day, such as 2026-09-22.")


def _option(options: Mapping[str, str], text: str) -> str:
    for id, label in options.items():
        if folded(label).casefold() == text.casefold():
            return id
    raise AnswerRejected(f"“{text}” is none of the options: {', '.join(options.values())}.")


def _choice(question: Question, text: str) -> dict[str, Any]:
    other = question.options.get("other", "")
    if other and text.casefold().startswith(f"{folded(other).casefold()}:"):
        return {"picks": ["other"], "other": text.partition(":")[2].strip()}
    return {"picks": [_option(question.options, text)], "other": ""}


def _several(options: Mapping[str, str], text: str) -> list[str]:
    # A label may hold commas of its own, so the longest one that fits is taken first.
    found, left = list[str](), text
    labels = sorted(options.items(), key=lambda option: -len(option[1]))
    while left:
        for id, label in labels:
            name = folded(label)
            if left.casefold().startswith(name.casefold()) and left[len(name) :].lstrip()[:1] in ("", ",", ";"):
                found.append(id)
                left = left[len(name) :].lstrip(" ,;")
                break
        else:
            raise AnswerRejected(f"“{left}” is none of the names that can stand here.")
    return found


def _choices(question: Question, text: str) -> dict[str, Any]:
    # A line for each pick, as the file has them; whoever writes them into one line is understood as well.
    label = folded(question.options.get("other", "")).casefold()
    picks, other = list[str](), ""
    for line in (each.strip().removeprefix("- ").strip() for each in text.split("\n")):
        if label and line.casefold().startswith(f"{label}:"):
            picks, other = [*picks, "other"], line[len(label) + 1 :].strip()
        elif line:
            picks += _several(question.options, line)
    return {"picks": picks, "other": other}


def _one_row(column: Column, text: str, names: Names) -> str:
    return _option(names.get(column.of, {}), text)


KINDS: dict[str, Callable[[Question, str], Any]] = {
    "quantity": lambda question, text: _amount(text, question.unit),
    "percent": lambda _, text: _amount(text, ""),
    "money": _money,
    "date": lambda _, text: _day(text),
    "yes or no": lambda _, text: _option(ANSWERS, text),
    "choice": _choice,
    "choices": _choices,
}
"""Kinds of question that are said in other words than they are put in."""
CELLS: dict[str, Callable[[Column, str, Names], Any]] = {
    "number": lambda column, text, _: _amount(text, column.unit),
    "money": lambda column, text, _: _amount(text, column.unit),
    "percent": lambda _, text, __: _amount(text, ""),
    "date": lambda _, text, __: _day(text),
    "yes or no": lambda _, text, __: _option(ANSWERS, text),
    "choice": lambda column, text, _: _option(column.options, text),
    "choices": lambda column, text, _: _several(column.options, text),
    "row": _one_row,
    "rows": lambda column, text, names: _several(names.get(column.of, {}), text),
}
"""Kinds of column of which the same is true."""
