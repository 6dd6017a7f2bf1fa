"""What differs between two states of a plan: between two versions, or between a version and now.

Question by question in walking order, tables row by row, with the facts, the team and the readiness. Which words
differ is worked out for what is looked at only (`word_by_word`): most screens show one phase at a time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from mcplan.differences import Piece, differences
from mcplan.facts import changed_facts
from mcplan.plan import Answer, Member, Plan
from mcplan.version import State
from questionnaire.cells import say_cell
from questionnaire.kinds import kind_of
from questionnaire.model import ROLES, Question, Questionnaire, Stage, Value
from questionnaire.tables import filled_rows, row_name, row_names

Change = Literal["added", "changed", "removed"]
NOT_MATERIAL = frozenset({"register.actions"})
"""Questions whose answers are work on a decision and no part of what was decided on."""
ALIKE = 0.25
"""Share of their words that two texts have in common at least, for marking single words to help a reader."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class CellChange:
    """A cell of a table, in words as it was and as it is; either may be empty."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """A row of a table that was added, changed or taken away."""

    change: Change
    name: str
    cells: tuple[CellChange, ...]
    """Those that differ."""


@dataclass(frozen=True)
class QuestionChange:
    """A question whose answer or wording differs."""

    question: Question
    """As it is asked in the later state; as it was if it is not asked any more."""
    phase: str
    """The title of its phase."""
    before: str
    """The answer in words with its note; empty for a table, whose rows stand apart."""
    after: str
    rows: tuple[RowChange, ...]
    also: tuple[tuple[str, str, str], ...]
    """What else differs: its name, how it was, how it is."""
    wording: tuple[str, str]
    """The question as it was asked and as it is; both empty if the same."""
    asked: Literal["in both", "anew", "no longer"]
    is_material: bool
    """True if value, note or whether it applies differ: what a board has read is not what stands there."""


@dataclass(frozen=True)
class Comparison:
    """All that differs between two states of a plan."""

    facts: tuple[tuple[str, str, str], ...]
    """Name, before, after."""
    team: tuple[tuple[Change, str], ...]
    questions: tuple[QuestionChange, ...]
    """In walking order."""

    @property
    def material(self) -> tuple[str, ...]:
        """What changed of that which a board decides on: facts by name, and questions by code and words."""
        changed = (f"{each.question.code} {each.question.ask}" for each in self.questions if each.is_material)
        return (*(name for name, _, _ in self.facts), *changed)

    @property
    def is_empty(self) -> bool:
        """True if nothing differs."""
        return not (self.facts or self.team or self.questions)


def compare(before: State, after: State) -> Comparison:
    """What differs from one state of a plan to another."""
    return Comparison(
        changed_facts(before.plan, after.plan),
        tuple(_team(before.plan, after.plan)),
        tuple(_questions(before, after)),
    )


def material_changes(before: State, questionnaire: Questionnaire, plan: Plan) -> tuple[str, ...]:
    """What changed in a plan since a version, of that which a board decides on.

    Values, notes, whether a question applies, and the facts count; confidence, stages, owners,
    evidence, comments and actions do not.

    Args:
        before: the version.
        questionnaire: what the plan is asked now.
        plan: as it is now.
    """
    return compare(before, State(questionnaire, plan, {}, (), ())).material


def word_by_word(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in reading order; texts that have little in common stand one after the other."""
    if before and after and _alike(before, after) < ALIKE:
        return (Piece("removed", before), Piece("added", after))
    return differences(before, after)


def _alike(before: str, after: str) -> float:
    old, new = Counter(_WORD.findall(before)), Counter(_WORD.findall(after))
    most = max(old.total(), new.total())
    return (old & new).total() / most if most else 1.0


def _questions(before: State, after: State) -> Iterator[QuestionChange]:
    for question in _both(before.questionnaire, after.questionnaire):
        old, new = before.plan.answer(question), after.plan.answer(question)
        was = before.questionnaire.question(question.id) if before.questionnaire.has(question.id) else None
        now = after.questionnaire.question(question.id) if after.questionnaire.has(question.id) else None
        wording = (was.ask, now.ask) if was and now and was.ask != now.ask else ("", "")
        # Nearly all answers are the same, and most of them one and the same object.
        if old is new and not any(wording) and was and now:
            continue
        change = _question(before, after, was, now, wording)
        if change.before != change.after or change.rows or change.also or any(wording) or not (was and now):
            yield change


def _both(before: Questionnaire, after: Questionnaire) -> Iterator[Question]:
    yield from after.questions()
    yield from (question for question in before.questions() if not after.has(question.id))


def _question(
    before: State, after: State, was: Question | None, now: Question | None, wording: tuple[str, str]
) -> QuestionChange:
    question = now or was
    if question is None:
        raise ValueError("a question that neither state asks")
    old, new = before.plan.answer(question), after.plan.answer(question)
    old_value, new_value = old.value if was else None, new.value if now else None
    is_table = bool(question.columns)
    rows = tuple(_rows(before, after, question, was or question, old_value, new_value)) if is_table else ()
    home = after.questionnaire if now else before.questionnaire
    applies = old.not_applicable.strip() != new.not_applicable.strip()
    said = _words(was or question, old, old_value), _words(question, new, new_value)
    return QuestionChange(
        question=question,
        phase=home.phase_of(question).title,
        before=said[0],
        after=said[1],
        rows=rows,
        also=tuple(_also(before.plan, after.plan, old, new)),
        wording=wording,
        asked="anew" if was is None else "no longer" if now is None else "in both",
        is_material=question.id not in NOT_MATERIAL
        and (old.value != new.value or old.note.strip() != new.note.strip() or applies),
    )


def _words(question: Question, answer: Answer, value: Value) -> str:
    said = "" if value is None or question.columns else kind_of(question).say(question, value)
    return "\n".join(part for part in (said, answer.note.strip()) if part)


def _rows(
    before: State, after: State, question: Question, was: Question, old: Value, new: Value
) -> Iterator[RowChange]:
    if old == new and question is was:
        return
    then = {str(row["id"]): row for row in filled_rows(was, old)}
    now = {str(row["id"]): row for row in filled_rows(question, new)}
    names = names_of(before, was), names_of(after, question)
    for id in (*now, *(id for id in then if id not in now)):
        cells = tuple(_cells(question, was, then.get(id, {}), now.get(id, {}), names))
        if cells:
            kind: Change = "added" if id not in then else "removed" if id not in now else "changed"
            yield RowChange(kind, row_name(question, now.get(id) or then[id]), cells)


def _cells(
    question: Question,
    was: Question,
    old: Mapping[str, Value],
    new: Mapping[str, Value],
    names: tuple[Mapping[str, Mapping[str, str]], Mapping[str, Mapping[str, str]]],
) -> Iterator[CellChange]:
    columns = {column.id: column for column in (*was.columns, *question.columns)}
    for id, column in columns.items():
        # A row that is only called otherwise elsewhere has not changed here.
        if old.get(id) != new.get(id):
            yield CellChange(
                column.label, say_cell(column, old.get(id), names[0]), say_cell(column, new.get(id), names[1])
            )


def names_of(state: State, question: Question) -> dict[str, dict[str, str]]:
    """What the rows that a table refers to are called, by table question and row id."""
    tables = {column.of for column in question.columns if column.of and state.questionnaire.has(column.of)}
    asked = (state.questionnaire.question(id) for id in sorted(tables))
    return {table.id: row_names(table, state.plan.answer(table).value) for table in asked}


def _also(before: Plan, after: Plan, old: Answer, new: Answer) -> Iterator[tuple[str, str, str]]:
    pairs = (
        ("Stage", _stage(old.stage), _stage(new.stage)),
        ("Owner", _owner(before, old), _owner(after, new)),
        ("Evidence", _evidence(old), _evidence(new)),
        ("Confidence", _confidence(old), _confidence(new)),
        ("Does not apply", old.not_applicable.strip() or "no", new.not_applicable.strip() or "no"),
    )
    return ((name, was, now) for name, was, now in pairs if was != now)


def _stage(stage: Stage) -> str:
    return stage.word


def _owner(plan: Plan, answer: Answer) -> str:
    return next((member.name for member in plan.team if answer.owner and member.id == answer.owner), "nobody")


def _evidence(answer: Answer) -> str:
    return ", ".join(item.title for item in answer.evidence) or "none"


def _confidence(answer: Answer) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(answer.confidence.items())) or "none"


def _team(before: Plan, after: Plan) -> Iterator[tuple[Change, str]]:
    old, new = ({member.id: _member(member) for member in plan.team} for plan in (before, after))
    for id, words in new.items():
        if id not in old:
            yield "added", words
        elif old[id] != words:
            yield "changed", f"{old[id]} → {words}"
    yield from (("removed", words) for id, words in old.items() if id not in new)


def _member(member: Member) -> str:
    return f"{member.name} ({ROLES[member.role].lower()})" if member.role in ROLES else member.name
