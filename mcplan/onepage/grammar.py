"""How single words of a plan fit into an English sentence: articles, plurals, capitals, days, money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mcplan.known import Known
from questionnaire.numbers import write_number

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
PLURALS = {
    "quiz": "quizzes",
    "assessment of a finished piece of work": "assessments of finished pieces of work",
    "record of attendance": "records of attendance",
}


def article(words: str) -> str:
    """`words` with a or an before them: a quiz, an oral examination."""
    return f"{'an' if words[:1].lower() in ('a', 'e', 'i', 'o') else 'a'} {words}"


def several(number: int, one: str) -> str:
    """How many there are of something: a quiz, three quizzes."""
    if number == 1:
        return article(one)
    said = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{said} {PLURALS.get(one, one + 's')}"


def within(text: str, known: Known) -> str:
    """`text` as it stands in the middle of a sentence, on one line and without a full stop.

    The first letter becomes small, unless the word looks like a name: it has further capitals or figures, the next
    word has a capital too, or it stands in the name or the place of the awarding body.
    """
    line = " ".join(text.split()).rstrip(" .;,")
    first, _, rest = line.partition(" ")
    plan = known.plan
    names = f"{plan.institution} {plan.unit} {known.text('credential.region')}".split()
    is_name = not first.isalpha() or first[1:] != first[1:].lower() or rest[:1].isupper() or first in names
    return line if is_name else f"{line[:1].lower()}{line[1:]}"


def opening(text: str) -> str:
    """`text` as the beginning of a sentence, on one line and without a full stop."""
    line = " ".join(text.split()).rstrip(" .;,")
    return f"{line[:1].upper()}{line[1:]}"


def day(on: date) -> str:
    """A day: 3 May 2027."""
    return f"{on.day} {on:%B %Y}"


def money(amount: Decimal, known: Known) -> str:
    """An amount in the plan's currency, if it has one: CAD 1,250."""
    return f"{known.pick('operational.currency').upper()} {write_number(amount)}".strip()
