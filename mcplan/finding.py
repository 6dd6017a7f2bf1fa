"""Something a rule says about a plan; the rules themselves stand in `mcplan.findings`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from questionnaire.model import Gate

Severity = Literal["error", "warning", "note"]
SEVERITIES: dict[Severity, str] = {"error": "Stops the gate", "warning": "Worth mending", "note": "Advice"}
"""Worst first, with the words that stand beside the sign."""


@dataclass(frozen=True)
class Finding:
    """Something a rule says about the plan."""

    rule: str
    severity: Severity
    says: str
    """What is wrong and what to do, in plain sentences."""
    gate: Gate = "G1"
    """The first gate at which it matters."""
    question_id: str = ""
    """Where to mend it; empty if that is not at a question."""
    row_id: str = ""
    """The row of the table that causes it; empty if no single row does."""

    @property
    def is_blocker(self) -> bool:
        """True if it forbids its gate whatever the score."""
        return self.severity == "error"
