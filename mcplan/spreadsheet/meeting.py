"""A spreadsheet that comes back: which cells were changed in it, told against the answers it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from mcplan.answers import MOST_EVIDENCE
from mcplan.handed_in import FileRefused
from mcplan.incoming import Incoming
from mcplan.plan import Answer, Plan
from mcplan.spreadsheet.layout import ABOUT, ANSWERS, COLUMNS, FORMAT, ROW, names_of, say_answer
from mcplan.spreadsheet.words import Cell, read_table_cell, read_value, same, say_table_cell
from questionnaire.errors import AnswerRejected
from questionnaire.model import Question, Questionnaire, Stage
from questionnaire.tables import ROW_ID, all_rows, free_columns, stored_rows

Rows = list[list[Cell]]
FIELDS = {
    "Answer": "value", "Words beside it": "note", "Stage": "stage", "Owner": "owner", "Evidence": "evidence",
    "Does not apply because": "not_applicable",
}  # fmt: skip


@dataclass(frozen=True)
class SheetReading:
    """What a spreadsheet says."""

    title: str
    """Of the plan it was made from."""
    incoming: tuple[Incoming, ...]
    notes: tuple[str, ...]
    """What was passed over, a sentence each."""


def read_grids(
    grids: Mapping[str, Rows], questionnaire: Questionnaire, plan: Plan, history: Iterable[Answer]
) -> SheetReading:
    """What was changed in a spreadsheet of mcplan.

    Args:
        grids: its rows by sheet, headings first.
        questionnaire: what is asked here.
        plan: the plan it is brought into, as it is stored now.
        history: every revision of that plan.

    Raises:
        ParcelRefused: it is no spreadsheet of mcplan, or of a later one.
    """
    about, sheets = _about(grids)
    answers = grids.get(ANSWERS)
    if answers is None:
        raise FileRefused(f"The sheet “{ANSWERS}” is missing. Start from a spreadsheet that mcplan has made.")
    known = {(each.question_id, each.revision): each for each in history} if about.get("Plan id") == plan.id else None
    reader = _Reader(questionnaire, plan, known, grids, sheets)
    found = tuple(reader.answers(answers))
    return SheetReading(str(about.get("Plan") or ""), found, tuple(reader.notes))


class _Reader:
    """The sheets of one file, beside the plan they are brought into."""

    def __init__(
        self,
        asked: Questionnaire,
        plan: Plan,
        known: Mapping[tuple[str, int], Answer] | None,
        grids: Mapping[str, Rows],
        sheets: Mapping[str, str],
    ) -> None:
        self._asked, self._plan, self._known, self._grids, self._sheets = asked, plan, known, grids, sheets
        self._names = names_of(asked, plan)
        self.notes: dict[str, None] = {}

    def answers(self, rows: Rows) -> Iterator[Incoming]:
        """What each row of the answers says, once a question."""
        seen: set[str] = set()
        head = self._head(ANSWERS, rows, COLUMNS)
        if "Question id" not in head:
            raise FileRefused(f"The sheet “{ANSWERS}” has no column “Question id” in its first row.")
        for number, row in enumerate(rows[1:], 2):
            cells = _by_heading(head, row)
            id = str(cells.get("Question id") or "").strip()
            if id in seen and id:
                raise FileRefused(f"The sheet “{ANSWERS}” has “{id[:60]}” twice, the second time in row {number}.")
            seen.add(id)
            if self._asked.has(id):
                yield self._answer(self._asked.question(id), cells, number)
            elif id and any(cells.get(name) for name in FIELDS):
                yield Incoming(id, ask=str(cells.get("Question") or id))
        for name, id in self._sheets.items():
            if id not in seen:
                self.notes[f"The sheet “{name}” belongs to “{id}”, which is not among the answers; it is left out."] = (
                    None
                )

    def _answer(self, question: Question, cells: Mapping[str, Cell], number: int) -> Incoming:
        base = self._base(question, cells.get("Revision"))
        before = say_answer(question, base, self._plan) if base else dict.fromkeys(FIELDS)
        given: dict[str, Any] = {}
        try:
            for name, field in FIELDS.items():
                is_table = field == "value" and bool(question.columns)
                if name in cells and not is_table and not same(cells[name], before[name]):
                    given[field] = READERS[field](question, cells[name])
        except AnswerRejected as problem:
            return Incoming(question.id, {}, base, question.ask, f"Row {number}: {problem}")
        sheet = next((name for name, id in self._sheets.items() if id == question.id), "")
        if not question.columns or sheet not in self._grids:
            return Incoming(question.id, given, base, question.ask)
        try:
            rows = self._table(question, sheet, base)
        except AnswerRejected as problem:
            return Incoming(question.id, {}, base, question.ask, str(problem))
        return Incoming(question.id, given | {"value": {"rows": rows}}, base, question.ask)

    def _base(self, question: Question, revision: Cell) -> Answer | None:
        if self._known is None or not isinstance(revision, int | float | str):
            return None
        text = f"{revision:g}" if isinstance(revision, int | float) else revision.strip()
        if text == "0":
            return Answer(question.id)
        return self._known.get((question.id, int(text))) if text.isdecimal() and len(text) < 10 else None

    def _table(self, question: Question, sheet: str, base: Answer | None) -> list[dict[str, Any]]:
        grid = self._grids[sheet]
        head = self._head(sheet, grid, {ROW: 0.0} | {column.label: 0.0 for column in question.columns})
        before = {str(row["id"]): row for row in all_rows(question, base.value)} if base else {}
        stored = {str(row["id"]) for row in stored_rows(question, base.value)} if base else set()
        found: dict[str, dict[str, Any]] = {}
        for number, row in enumerate(grid[1:], 2):
            cells = _by_heading(head, row)
            if all(cell in (None, "") for cell in cells.values()):
                continue
            id = self._row_id(sheet, cells.get(ROW), number, row)
            if id in found:
                raise AnswerRejected(f"The sheet “{sheet}” has the row {id} twice, the second time in row {number}.")
            try:
                filled = self._row(question, id, cells, before.get(id))
            except AnswerRejected as problem:
                raise AnswerRejected(f"The sheet “{sheet}”, row {number}: {problem}") from None
            if len(filled) > 1 or id in stored:
                found[id] = filled
        return list(found.values())

    def _row(
        self, question: Question, id: str, cells: Mapping[str, Cell], was: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        """A row as it would be stored: the cells that were not changed as they were."""
        found: dict[str, Any] = {"id": id}
        for column in free_columns(question):
            before = was.get(column.id) if was else None
            is_kept = column.label not in cells or (
                was is not None and same(cells[column.label], say_table_cell(column, before, self._names))
            )
            found[column.id] = before if is_kept else read_table_cell(column, cells[column.label], self._names)
        return {name: cell for name, cell in found.items() if cell is not None}

    def _row_id(self, sheet: str, cell: Cell, number: int, row: list[Cell]) -> str:
        text = f"{cell:g}" if isinstance(cell, int | float) else str(cell or "").strip()
        if not text:
            # The same row brought in twice is the same row.
            return "s" + sha256(repr((sheet, number, row)).encode()).hexdigest()[:16]
        if not ROW_ID.fullmatch(text):
            raise AnswerRejected(f"The sheet “{sheet}”, row {number}: leave the id of a new row empty.")
        return text

    def _head(self, sheet: str, rows: Rows, known: Mapping[str, float]) -> dict[str, int]:
        found: dict[str, int] = {}
        for at, cell in enumerate(rows[0] if rows else []):
            name = str(cell or "").strip()
            if name in known and name not in found:
                found[name] = at
            elif name:
                self.notes[f"The column “{name[:60]}” of the sheet “{sheet}” is not known and is left out."] = None
        return found


def _by_heading(head: Mapping[str, int], row: list[Cell]) -> dict[str, Cell]:
    return {name: row[at] if at < len(row) else None for name, at in head.items()}


def _about(grids: Mapping[str, Rows]) -> tuple[dict[str, Cell], dict[str, str]]:
    rows = [[*row, None, None, None][:3] for row in grids.get(ABOUT, [])]
    about = {str(row[0]): row[1] for row in rows if row[0] and row[0] != "Sheet"}
    if str(about.get("Format") or "").split(".")[0] != str(FORMAT):
        raise FileRefused(
            f"This is no spreadsheet of mcplan: its sheet “{ABOUT}” does not say so. Start from one that mcplan made."
        )
    return about, {str(row[1]): str(row[2]) for row in rows if row[0] == "Sheet" and row[1] and row[2]}


def _stage(question: Question, cell: Cell) -> int:
    word = str(cell or "").strip().casefold()
    found = next((stage for stage in Stage if stage.name.casefold() == word or str(int(stage)) == word), None)
    if word and found is None:
        raise AnswerRejected("A stage is Drafted, Agreed or Evidenced.")
    return int(found or 0)


def _evidence(question: Question, cell: Cell) -> list[dict[str, str]]:
    lines = [line.split(" | ") for line in str(cell or "").splitlines() if line.strip()]
    if len(lines) > MOST_EVIDENCE or any(len(line) > 4 for line in lines):
        raise AnswerRejected("Evidence is written as title | link | note | day, an item a line.")
    names = ("title", "link", "note", "on")
    return [dict(zip(names, [*map(str.strip, line), "", "", ""], strict=False)) for line in lines]


READERS: Mapping[str, Any] = {
    "value": read_value,
    "note": lambda _, cell: str(cell or ""),
    "stage": _stage,
    "owner": lambda _, cell: str(cell or "").strip(),
    "evidence": _evidence,
    "not_applicable": lambda _, cell: str(cell or "").strip(),
}
"""How the cell of each field is read."""
