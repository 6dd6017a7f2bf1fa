"""The kinds of question that are picked: options, and yes or no."""

from __future__ import annotations

from typing import Any, ClassVar

from questionnaire.controls import Control, Pick
from questionnaire.errors import AnswerRejected
from questionnaire.model import Question, Value


class Choice:
    """One of the question's options."""

    name = "choice"
    has_note = True
    many = False

    def control(self, question: Question) -> Control:
        return Pick(question.options, self.many)

    def read(self, question: Question, raw: Any) -> Value:
        picks, other = _picks(raw)
        unknown = [pick for pick in picks if pick not in question.options]
        if unknown:
            raise AnswerRejected(f"“{unknown[0]}” is not one of the options. Pick from the list, please.")
        if len(picks) > 1 and not self.many:
            raise AnswerRejected("Pick one option, please.")
        if not picks:
            return None
        in_order: list[Any] = [option for option in question.options if option in picks]
        return {"picks": in_order, "other": other if "other" in picks else ""}

    def say(self, question: Question, value: Value) -> str:
        picks, other = _picks(value)
        return "; ".join(self._label(question, pick, other) for pick in picks)

    def _label(self, question: Question, pick: str, other: str) -> str:
        label = question.options.get(pick, pick)
        return f"{label}: {other}" if pick == "other" and other else label


class Choices(Choice):
    """Any number of the question's options."""

    name = "choices"
    many = True


class YesNo:
    """Yes, no, or not known yet; saying that it is not known is an answer, and an honest one."""

    name = "yes or no"
    has_note = True
    options: ClassVar[dict[str, str]] = {"yes": "Yes", "no": "No", "unknown": "Not known yet"}

    def control(self, question: Question) -> Control:
        return Pick(self.options)

    def read(self, question: Question, raw: Any) -> Value:
        pick = next(iter(_picks(raw)[0]), None) if isinstance(raw, dict) else raw
        if pick in (None, ""):
            return None
        if pick not in self.options:
            raise AnswerRejected("Answer yes, no, or not known yet, please.")
        return str(pick)

    def say(self, question: Question, value: Value) -> str:
        return self.options.get(str(value), str(value))


def _picks(raw: Any) -> tuple[list[str], str]:
    if isinstance(raw, dict):
        picks = raw.get("picks") or []
        return [str(pick) for pick in picks] if isinstance(picks, list) else [], str(raw.get("other") or "").strip()
    if isinstance(raw, list | tuple):
        return [str(pick) for pick in raw], ""
    return ([] if raw in (None, "") else [str(raw)]), ""
