"""What a plan says, in types to reckon with: numbers, days, picks, and the rows of its tables.

Whatever works something out of the answers reads them here. What was not asked of the plan, does not
apply to it, or has not been answered, is simply not there: an empty text, no rows, None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from mcplan.plan import Plan, counted_questions
from questionnaire.model import Question, Questionnaire, Value
from questionnaire.tables import all_rows, filled_rows, row_name, row_names


@dataclass(frozen=True)
class Row:
    """One row of a table answer."""

    id: str
    name: str
    """What people call it: its first cell."""
    cells: Mapping[str, Value]

    def text(self, column: str) -> str:
        """The words in a cell, stripped; empty if there are none."""
        cell = self.cells.get(column)
        return cell.strip() if isinstance(cell, str) else "" if cell is None else str(cell)

    def number(self, column: str) -> Decimal | None:
        """The number in a cell, exactly as typed; None if there is none."""
        return _number(self.cells.get(column))

    def pick(self, column: str) -> str:
        """The option id picked in a cell, or the id of the row it refers to; empty if there is none."""
        return self.text(column)

    def picks(self, column: str) -> tuple[str, ...]:
        """The option ids, or ids of rows, in a cell of several."""
        cell = self.cells.get(column)
        return tuple(map(str, cell)) if isinstance(cell, list) else (str(cell),) if cell is not None else ()

    def day(self, column: str) -> date | None:
        """The day in a cell; None if there is none."""
        return _day(self.cells.get(column))

    def is_yes(self, column: str) -> bool | None:
        """True for yes, False for no; None if it is not known."""
        return {"yes": True, "no": False}.get(self.text(column))


@dataclass(frozen=True)
class Known:
    """A plan and what it is asked, read by question id."""

    questionnaire: Questionnaire
    plan: Plan
    today: date | None = None
    """The day on which it is read, for what hangs on the calendar; None if that does not matter."""

    def rows(self, question_id: str) -> tuple[Row, ...]:
        """The rows of a table that say something, in order; ready-made ones only once somebody has touched them."""
        if question_id not in self._filled:
            question = self._question(question_id)
            rows = filled_rows(question, self._value(question_id)) if question else []
            self._filled[question_id] = self._rows(question, rows) if question else ()
        return self._filled[question_id]

    def all_rows(self, question_id: str) -> tuple[Row, ...]:
        """The rows of a table with the ready-made ones that nobody has touched."""
        question = self._question(question_id)
        return self._rows(question, all_rows(question, self._value(question_id))) if question else ()

    def names(self, question_id: str) -> Mapping[str, str]:
        """What the rows of a table are called, by id."""
        question = self._question(question_id)
        return row_names(question, self._value(question_id)) if question else {}

    def text(self, question_id: str) -> str:
        """The words of an answer, stripped; empty if there are none."""
        value = self._value(question_id)
        return value.strip() if isinstance(value, str) else ""

    def note(self, question_id: str) -> str:
        """The words beside a pick or number, stripped."""
        return self.plan.answers[question_id].note.strip() if self.has(question_id) else ""

    def number(self, question_id: str) -> Decimal | None:
        """A quantity, percent or amount, exactly as typed; None if there is none."""
        value = self._value(question_id)
        return _number(value.get("amount") if isinstance(value, dict) else value)

    def pick(self, question_id: str) -> str:
        """The option id picked, or yes, no or unknown; empty if there is none."""
        return next(iter(self.picks(question_id)), "")

    def picks(self, question_id: str) -> tuple[str, ...]:
        """The option ids picked, in the order of the options."""
        value = self._value(question_id)
        picks = value.get("picks") if isinstance(value, dict) else None
        if isinstance(picks, list):
            return tuple(map(str, picks))
        return (value,) if isinstance(value, str) else ()

    def other(self, question_id: str) -> str:
        """The words beside the pick “other”."""
        value = self._value(question_id)
        return str(value.get("other") or "").strip() if isinstance(value, dict) else ""

    def day(self, question_id: str) -> date | None:
        """The day of an answer; None if there is none."""
        return _day(self._value(question_id))

    def has(self, question_id: str) -> bool:
        """True if the question is asked of the plan and has an answer."""
        return self._value(question_id) is not None

    def asks(self, question_id: str) -> bool:
        """True if the question counts for this plan."""
        return question_id in self._asked

    def _value(self, question_id: str) -> Value:
        answer = self.plan.answers.get(question_id) if self._question(question_id) else None
        return answer.value if answer else None

    def _question(self, question_id: str) -> Question | None:
        return self._asked.get(question_id) or self._kept.get(question_id)

    def _rows(self, question: Question, rows: list[dict[str, Value]]) -> tuple[Row, ...]:
        return tuple(Row(str(row["id"]), row_name(question, row), row) for row in rows)

    @cached_property
    def _filled(self) -> dict[str, tuple[Row, ...]]:
        return {}

    @cached_property
    def _kept(self) -> dict[str, Question]:
        blocks = [phase for phase in self.questionnaire.phases if not phase.walked]
        return {question.id: question for block in blocks for question in block.questions}

    @cached_property
    def _asked(self) -> dict[str, Question]:
        return {question.id: question for question in counted_questions(self.questionnaire, self.plan)}


def _number(value: Value) -> Decimal | None:
    # By way of its text, so that 0.1 stays a tenth.
    return None if isinstance(value, bool) or not isinstance(value, int | float) else Decimal(str(value))


def _day(value: Value) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
