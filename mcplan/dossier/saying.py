"""How days and numbers are written in a dossier, by the habits of a language and country.

The words of the dossier are English whatever is chosen; what people typed stays as they typed it. To offer another
habit, add a line to `HABITS`: its tag is one that Babel knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

USUAL = "en-GB"
HABITS: dict[str, str] = {
    "en-GB": "3 May 2027 · 1,250.5",
    "en-US": "May 3, 2027 · 1,250.5",
    "fr-CA": "3 mai 2027 · 1 250,5",
    "de-DE": "3. Mai 2027 · 1.250,5",
    "es-ES": "3 de mayo de 2027 · 1250,5",
    "nl-NL": "3 mei 2027 · 1.250,5",
    "sv-SE": "3 maj 2027 · 1 250,5",
}
"""The habits offered, each with an example."""
SPACE = "\u00a0"
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?![\w]|[.,]\d)")


@dataclass(frozen=True)
class Saying:
    """Days and numbers in words, by one of the habits."""

    tag: str = USUAL

    def day(self, on: date) -> str:
        """A day as people write it, unbroken: 3 May 2027."""
        return format_date(on, "long", _locale(self.tag)).replace(" ", SPACE)

    def day_typed(self, on: str) -> str:
        """A day stored as ISO 8601, as people write it; whatever else stands there as it stands."""
        try:
            return self.day(date.fromisoformat(on))
        except ValueError:
            return on

    def moment(self, at: datetime) -> str:
        """A day and the time of it: 3 May 2027, 14:05, with the name of a time zone other than none."""
        zone = f" {at.tzname()}" if at.tzinfo else ""
        return f"{self.day(at)}, {at:%H:%M}{zone}"

    def numbers(self, text: str) -> str:
        """`text`, which mcplan wrote, with its numbers by these habits: 1,250.5 as 1.250,5."""
        if self.tag in ("en-GB", "en-US"):
            return text
        return _NUMBER.sub(self._number, text)

    def _number(self, found: re.Match[str]) -> str:
        plain = found[0].replace(",", "")
        # A year, or a number that was written without marks for thousands, keeps its digits together.
        if "," not in found[0] and "." not in found[0]:
            return found[0]
        decimals = len(plain.partition(".")[2])
        pattern = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
        return str(format_decimal(Decimal(plain), pattern, _locale(self.tag)))


@lru_cache(maxsize=len(HABITS))
def _locale(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")
