"""The kinds of question: how each is put in, checked, and said in words.

To add a kind, write one class here (or in a file of its own, such as `questionnaire.picking`) and
name it in `KINDS` at the foot of this file.
A stored value is plain JSON:

=====================  ==========================================================
short and long text    "words" (long text holds light Markdown)
choice, choices        {"picks": ["volume"], "other": "words for the option other"}
yes or no              "yes" | "no" | "unknown"
quantity, percent      48.0
money                  {"amount": 1450.0, "currency": "CAD"}
date                   "2027-05-03"
link                   "https://example.org/report"
table                  {"rows": [{"id": "r1", "text": "…"}]} (`questionnaire.tables`)
=====================  ==========================================================
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Protocol

from questionnaire.cells import say_cell
from questionnaire.controls import Control, Day, Grid, Money, Number, OneLine, Paragraphs
from questionnaire.errors import AnswerRejected, QuestionnaireError
from questionnaire.model import Question, Value
from questionnaire.numbers import read_number, write_number
from questionnaire.picking import Choice, Choices, YesNo
from questionnaire.tables import filled_rows, read_rows

LINK = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+|https?://localhost\S*", re.IGNORECASE)
CURRENCIES = (
    "CAD", "USD", "EUR", "GBP", "AUD", "NZD", "CHF", "SEK", "NOK",
    "DKK", "PLN", "CZK", "HUF", "ZAR", "INR", "SGD", "JPY",
)  # fmt: skip
"""ISO 4217 codes offered; the order is that of the list people choose from."""


class Kind(Protocol):
    """What a kind of question must be able to do."""

    name: str
    has_note: bool
    """True if words stand beside the value to explain it."""

    def control(self, question: Question) -> Control:
        """How the answer is put in."""

    def read(self, question: Question, raw: Any) -> Value:
        """The value to store for what was put in; None if it is empty.

        Raises:
            AnswerRejected: what was put in does not fit the question.
        """

    def say(self, question: Question, value: Value) -> str:
        """The stored value in words, for tables and the dossier; a value that no longer fits is said as it stands."""


class ShortText:
    """A name, a date in words, a sentence."""

    name = "short text"
    has_note = False

    def control(self, question: Question) -> Control:
        return OneLine()

    def read(self, question: Question, raw: Any) -> Value:
        text = _text(raw).strip()
        _fits(text, OneLine().max_chars)
        if "\n" in text:
            raise AnswerRejected("This answer is one line. Take the line breaks out, please.")
        return text or None

    def say(self, question: Question, value: Value) -> str:
        return str(value)


class LongText:
    """An argument of a few paragraphs, in light Markdown."""

    name = "long text"
    has_note = False

    def control(self, question: Question) -> Control:
        return Paragraphs()

    def read(self, question: Question, raw: Any) -> Value:
        text = _text(raw)
        _fits(text, Paragraphs().max_chars)
        # Leading and trailing blanks stay: whoever is still typing would lose the space just typed.
        return text if text.strip() else None

    def say(self, question: Question, value: Value) -> str:
        return str(value).strip()


class Quantity:
    """A number of the question's unit: hours, weeks, learners."""

    name = "quantity"
    has_note = True
    high: float | None = None

    def control(self, question: Question) -> Control:
        return Number(unit=self._unit(question), high=self.high)

    def read(self, question: Question, raw: Any) -> Value:
        return read_number(raw, self._unit(question), self.high)

    def say(self, question: Question, value: Value) -> str:
        return f"{write_number(value)} {self._unit(question)}".strip()

    def _unit(self, question: Question) -> str:
        return question.unit


class Percent(Quantity):
    """A share from 0 to 100."""

    name = "percent"
    high = 100

    def _unit(self, question: Question) -> str:
        return "%"


class Amount:
    """Money: an amount and its currency."""

    name = "money"
    has_note = True

    def control(self, question: Question) -> Control:
        return Money(CURRENCIES)

    def read(self, question: Question, raw: Any) -> Value:
        parts = raw if isinstance(raw, dict) else {"amount": raw}
        amount = read_number(parts.get("amount"), "", None)
        currency = str(parts.get("currency") or CURRENCIES[0])
        if currency not in CURRENCIES:
            raise AnswerRejected(f"“{currency}” is not a currency in the list. Pick one from it, please.")
        return None if amount is None else {"amount": amount, "currency": currency}

    def say(self, question: Question, value: Value) -> str:
        parts = value if isinstance(value, dict) else {"amount": value}
        return f"{parts.get('currency', '')} {write_number(parts.get('amount'))}".strip()


class CalendarDay:
    """A day, stored as ISO 8601."""

    name = "date"
    has_note = True

    def control(self, question: Question) -> Control:
        return Day()

    def read(self, question: Question, raw: Any) -> Value:
        text = _text(raw).strip()
        if not text:
            return None
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise AnswerRejected(
                f"“{text[:40]}” is not a day. Write it as year-month-day, such as 2027-05-03."
            ) from None

    def say(self, question: Question, value: Value) -> str:
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            return str(value)
        return f"{day.day} {day:%B %Y}"


class Link:
    """The address of a page or document."""

    name = "link"
    has_note = True

    def control(self, question: Question) -> Control:
        return OneLine(max_chars=2_000, purpose="url")

    def read(self, question: Question, raw: Any) -> Value:
        text = _text(raw).strip()
        _fits(text, 2_000)
        if text and not LINK.fullmatch(text):
            raise AnswerRejected("A link starts with https:// or http://, such as https://example.org/report.")
        return text or None

    def say(self, question: Question, value: Value) -> str:
        return str(value)


class Table:
    """Rows of typed cells, as many as there are things to say it of."""

    name = "table"
    has_note = True

    def control(self, question: Question) -> Control:
        return Grid(question.columns, question.ready, question.most)

    def read(self, question: Question, raw: Any) -> Value:
        return read_rows(question, raw)

    def say(self, question: Question, value: Value) -> str:
        # What other tables call their rows is not known here, so references are left out.
        columns = [column for column in question.columns if column.kind not in ("row", "rows")]
        lines = (
            "; ".join(f"{column.label}: {say_cell(column, row[column.id])}" for column in columns if row.get(column.id))
            for row in filled_rows(question, value)
        )
        return "\n".join(lines)


def _text(raw: Any) -> str:
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise AnswerRejected("Write the answer as text, please.")
    return raw


def _fits(text: str, most: int) -> None:
    if len(text) > most:
        raise AnswerRejected(
            f"This answer has {len(text):,} characters; there is room for {most:,}. Shorten it, please."
        )


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        ShortText(), LongText(), Choice(), Choices(), YesNo(), Quantity(), Amount(), Percent(), CalendarDay(),
        Link(), Table(),
    )
}  # fmt: skip


def kind_of(question: Question) -> Kind:
    """The kind a question is of.

    Raises:
        QuestionnaireError: its kind has no class here.
    """
    try:
        return KINDS[question.kind]
    except KeyError:
        known = ", ".join(KINDS)
        raise QuestionnaireError(f"{question.id}: no kind “{question.kind}”; there are: {known}") from None
