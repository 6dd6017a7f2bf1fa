"""What a file says beside what a plan says: question by question, what would change and what clashes.

A file that was taken from the plan itself knows from which answer each of its own comes: then only what was changed
in the file is offered, and it clashes only where the plan was changed as well. Of any other file nothing is known but
what it says: what stands in the plan already is a clash, and nothing is ever emptied by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from mcplan.answers import amend
from mcplan.plan import Answer, Plan
from questionnaire.cells import say_cell
from questionnaire.errors import AnswerRejected
from questionnaire.kinds import kind_of
from questionnaire.model import Question, Questionnaire, Stage, Value
from questionnaire.tables import clashes, free_columns, row_name, stored_rows

Standing = Literal["new", "change", "clash", "refused"]


@dataclass(frozen=True)
class Incoming:
    """What a file says to one question."""

    question_id: str
    given: Mapping[str, Any] = field(default_factory=dict)
    """By field, as far as the file speaks of it: `value`, `note`, `stage` (0 to 3), `owner` (a name), `evidence`
    (objects), `not_applicable`."""
    base: Answer | None = None
    """The answer of the plan that the file started from; None if that is not known."""
    ask: str = ""
    """What the file calls the question."""
    problem: str = ""
    """Why what the file says cannot be read; empty if it can."""


@dataclass(frozen=True)
class Line:
    """One thing that would change."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Proposal:
    """What taking over one answer would do."""

    question_id: str
    code: str
    ask: str
    phase: str
    standing: Standing
    lines: tuple[Line, ...]
    changes: Mapping[str, Any]
    """For `storage.answers.store_changes`; empty if it is refused."""
    seen: int
    """The revision of the plan's answer that was looked at."""
    problem: str = ""
    """Why it cannot be taken over."""


@dataclass(frozen=True)
class Difference:
    """All that a file would change in a plan."""

    proposals: tuple[Proposal, ...]
    """In walking order."""
    unknown: tuple[str, ...]
    """Questions of the file that are not asked here, in the file's words."""
    same: int
    """Answers in which the file and the plan say the same, or the plan alone was changed."""
    notes: tuple[str, ...]
    """What else there is to know, a sentence each."""


def find_difference(
    questionnaire: Questionnaire, plan: Plan, incoming: Iterable[Incoming], *, by: str, at: datetime
) -> Difference:
    """What taking over what a file says would change.

    Args:
        questionnaire: what the plan is asked.
        plan: as it is stored now.
        incoming: what the file says, at most once to each question.
        by: who would take it over.
        at: when, with a time zone.
    """
    proposals: list[Proposal] = []
    notes: dict[str, None] = {}
    said = {each.question_id: each for each in incoming}
    unknown = [each.ask or id for id, each in said.items() if not questionnaire.has(id)]
    known = [question for question in questionnaire.questions() if question.id in said]
    for question in known:
        found = _Meeting(questionnaire, question, plan, said[question.id]).proposal(by, at, notes)
        if found:
            proposals.append(found)
    return Difference(tuple(proposals), tuple(unknown), len(known) - len(proposals), tuple(notes))


@dataclass(frozen=True)
class _Meeting:
    """An answer of the plan, and what a file says to the same question."""

    questionnaire: Questionnaire
    question: Question
    plan: Plan
    incoming: Incoming

    def proposal(self, by: str, at: datetime, notes: dict[str, None]) -> Proposal | None:
        here = self.plan.answer(self.question)
        changes, clash, lines = self._changes(notes)
        if not changes and not self.incoming.problem:
            return None
        is_new = here.value is None and not here.note and not here.not_applicable
        standing: Standing = "clash" if clash else "new" if is_new else "change"
        problem = self.incoming.problem
        try:
            amend(self.question, self.plan, changes, by=by, at=at)
        except AnswerRejected as error:
            problem = problem or str(error)
        return Proposal(
            self.question.id,
            self.question.code,
            self.question.ask,
            self.questionnaire.phase_of(self.question).title,
            "refused" if problem else standing,
            tuple(lines),
            {} if problem else changes,
            here.revision,
            problem,
        )

    def _changes(self, notes: dict[str, None]) -> tuple[dict[str, Any], bool, list[Line]]:
        """What to store, whether any of it clashes, and how it reads."""
        here, base = _fields(self.plan.answer(self.question), self.plan), self.incoming.base
        before = _fields(base, self.plan) if base else None
        changes: dict[str, Any] = {}
        lines: list[Line] = []
        clash = False
        for name, wanted in self.incoming.given.items():
            if name == "value" and self.question.columns:
                patch, clashed = self._rows(wanted, notes)
                if patch:
                    changes["rows"], clash = patch, clash or clashed
                    lines += _row_lines(self.question, self.plan.answer(self.question).value, patch)
                continue
            move = _move(here[name], wanted, before[name] if before else None, is_known=before is not None)
            if move == "none" or (name == "stage" and wanted == 0):
                continue
            if name == "owner":
                wanted = self._owner(wanted, notes)
                if wanted is None:
                    continue
            changes[name], clash = wanted, clash or move == "clash"
            lines.append(self._line(name, here[name], self.incoming.given[name]))
        return changes, clash, lines

    def _owner(self, name: str, notes: dict[str, None]) -> str | None:
        found = next((member.id for member in self.plan.team if member.name == name), None)
        if name and found is None:
            notes[f"{name} is not on the team here, so nothing gets them as its owner."] = None
        return "" if not name else found

    def _rows(self, wanted: Value, notes: dict[str, None]) -> tuple[dict[str, Any], bool]:
        """The cells that differ, and whether the plan was changed in the same ones."""
        here, base = self.plan.answer(self.question).value, self.incoming.base
        now = {str(row["id"]): row for row in stored_rows(self.question, here)}
        was = {str(row["id"]): row for row in stored_rows(self.question, base.value)} if base else None
        patch: dict[str, Any] = {}
        theirs = {str(row["id"]): row for row in stored_rows(self.question, wanted)}
        for id, row in theirs.items():
            origin = was.get(id, {}) if was is not None else now.get(id, {})
            cells = {name: row.get(name) for name in self._columns(row, notes) if row.get(name) != origin.get(name)}
            if was is None:
                # Nobody knows whether the file has emptied a cell or never had it.
                cells = {name: cell for name, cell in cells.items() if cell is not None}
            cells = {name: cell for name, cell in cells.items() if cell != now.get(id, {}).get(name)}
            if cells:
                patch[id] = cells
        patch |= {id: None for id in was or () if id not in theirs and id in now}
        if base:
            return patch, clashes(self.question, base.value, here, patch)
        return patch, any(now.get(id, {}).get(name) is not None for id, cells in patch.items() for name in cells)

    def _columns(self, row: Mapping[str, Any], notes: dict[str, None]) -> Iterator[str]:
        known = {column.id: column for column in self.question.columns}
        for name in row:
            if name != "id" and name not in known:
                notes[f"“{name}” is no column of {self.question.code} here and is left out."] = None
        return (column.id for column in free_columns(self.question))

    def _line(self, name: str, before: Any, after: Any) -> Line:
        return Line(NAMES[name], self._say(name, before), self._say(name, after))

    def _say(self, name: str, field: Any) -> str:
        if field in (None, "", []):
            return ""
        if name == "value":
            return kind_of(self.question).say(self.question, field)
        if name == "stage":
            return Stage(field).word
        if name == "evidence":
            return "; ".join(str(item["title"]) for item in field)
        return str(field)


def fields_of(answer: Answer, plan: Plan) -> dict[str, Any]:
    """What an answer of a plan says, by field, with its owner by name: for another plan to compare."""
    return _fields(answer, plan)


def _fields(answer: Answer, plan: Plan) -> dict[str, Any]:
    return {
        "value": answer.value,
        "note": answer.note,
        "stage": int(answer.stage),
        "owner": next((member.name for member in plan.team if answer.owner and member.id == answer.owner), ""),
        "evidence": [asdict(item) for item in answer.evidence],
        "not_applicable": answer.not_applicable,
    }


def _move(here: Any, wanted: Any, before: Any, *, is_known: bool) -> Literal["none", "change", "clash"]:
    if here == wanted or (is_known and wanted == before):
        return "none"
    if is_known:
        return "change" if here == before else "clash"
    if wanted in (None, "", [], 0):
        return "none"
    return "change" if here in (None, "", [], 0) else "clash"


def _row_lines(question: Question, value: Value, patch: Mapping[str, Any]) -> Iterator[Line]:
    rows = {str(row["id"]): row for row in stored_rows(question, value)}
    ready = {str(row["id"]): row for row in question.ready}
    columns = {column.id: column for column in question.columns}
    for id, cells in patch.items():
        before = ready.get(id, {}) | rows.get(id, {})
        name = row_name(question, before | (cells or {}))
        if cells is None:
            yield Line(f"{name}: the row", name, "")
            continue
        for column_id, cell in cells.items():
            column = columns[column_id]
            yield Line(f"{name}: {column.label}", say_cell(column, before.get(column_id)), say_cell(column, cell))


NAMES = {
    "value": "Answer",
    "note": "Words beside it",
    "stage": "Stage",
    "owner": "Owner",
    "evidence": "Evidence",
    "not_applicable": "Does not apply because",
}
"""The fields a file may speak of, as people read them."""
