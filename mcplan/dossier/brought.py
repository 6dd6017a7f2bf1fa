"""An edited dossier that is brought back: what is different in it, and what a colleague changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from mcplan.dossier import fingerprint
from mcplan.dossier.answer_tables import EMPTY
from mcplan.dossier.blocks import Origin
from mcplan.dossier.controls import is_placeholder, of_cell, of_note, of_value
from mcplan.dossier.word.origin import read_origin
from mcplan.dossier.word.reading import read_places
from mcplan.dossier.words_back import cell_from, value_from
from mcplan.markdown import Passage, Span
from mcplan.markdown_writing import rewrite_markdown
from mcplan.parcel import ParcelRefused, open_parcel, refuse_outside
from mcplan.plan import Answer, Plan
from questionnaire.cells import say_cell
from questionnaire.errors import AnswerRejected
from questionnaire.kinds import kind_of
from questionnaire.model import Column, Question, Questionnaire, Value
from questionnaire.tables import filled_rows, row_name, row_names


@dataclass(frozen=True)
class Brought:
    """A file that was read: where it comes from, and the places that no longer say what they said."""

    origin: Origin
    edited: Mapping[str, tuple[Passage, ...]]
    """What stands there now, by tag."""
    doubled: frozenset[str]
    """Tags that stand in the file more than once and say different things."""
    lost: frozenset[str]
    """Tags that were in the file and are not any more."""

    @property
    def question_ids(self) -> tuple[str, ...]:
        """The questions that something was edited at, in the order of the file."""
        return tuple(dict.fromkeys(_question_id(tag) for tag in (*self.edited, *sorted(self.doubled))))

    def revision_of(self, question_id: str) -> int:
        """The revision of an answer when the file was made; 0 if there was none."""
        return dict(self.origin.answers).get(question_id, 0)


@dataclass(frozen=True)
class Change:
    """One place that was edited, and what it would do to the plan."""

    tag: str
    question: Question
    part: Literal["value", "note", "cell"]
    where: str
    """The row and the column, or that it is the note; empty for the answer itself."""
    before: str
    """What the place said when the file was made."""
    after: str
    """What it says in the file."""
    now: str
    """What the plan says there today."""
    changes: Mapping[str, Any]
    """What to store, as `mcplan.answers.amend` takes it; empty if that cannot be."""
    seen: int
    """The revision of the answer that `now` comes from."""
    problem: str = ""
    """Why it cannot be taken over, in a sentence."""

    @property
    def is_conflict(self) -> bool:
        """True if the plan has moved on at this very place since the file was made."""
        return fingerprint.folded(self.now) != fingerprint.folded(self.before)


def read_dossier(packed: bytes, plan_id: str) -> Brought:
    """Read a dossier that somebody edited in Word.

    Args:
        packed: the file.
        plan_id: the plan it is brought to.

    Raises:
        ParcelRefused: it is damaged, no dossier of mcplan, or one of another plan; the message says which.
    """
    parcel = open_parcel(packed)
    if "word/document.xml" not in parcel:
        raise ParcelRefused("This is not a Word file. Bring the dossier as .docx.")
    refuse_outside(parcel, ALLOWED)
    origin, said = read_origin(parcel)
    if origin.plan_id != plan_id:
        raise ParcelRefused("This dossier was made from another plan. Open that plan, and bring it back there.")
    found = read_places(parcel)
    edited, doubled = dict[str, tuple[Passage, ...]](), set[str]()
    for tag, copies in found.items():
        if tag not in said:
            continue
        others = [each for each in copies if not _says(each, said[tag])]
        if len({fingerprint.of_passages(each) for each in others}) > 1:
            doubled.add(tag)
        elif others:
            edited[tag] = others[0]
    return Brought(origin, edited, frozenset(doubled), frozenset(said) - frozenset(found))


def find_changes(
    questionnaire: Questionnaire, plan: Plan, brought: Brought, bases: Mapping[str, Answer]
) -> tuple[Change, ...]:
    """What was edited, place by place in the order of the file; what the plan says already is left out.

    Args:
        questionnaire: what is asked.
        plan: as it is stored now.
        brought: the file.
        bases: the answers the file was made from, by question id; the one of now where there is none.
    """
    found: list[Change] = []
    for id in brought.question_ids:
        if questionnaire.has(id):
            question = questionnaire.question(id)
            base = bases.get(id, plan.answer(question))
            found += _Places(questionnaire, plan, brought, question, base).changes()
    return tuple(found)


@dataclass(frozen=True)
class Taken:
    """What is stored at one question, in one go."""

    question: Question
    changes: Mapping[str, Any]
    seen: int


def together(changes: Sequence[Change]) -> tuple[Taken, ...]:
    """Changes by question: two that are stored one after the other would stand in each other's way."""
    found: dict[str, Taken] = {}
    for each in changes:
        before = found.get(each.question.id, Taken(each.question, {}, each.seen))
        both = {**before.changes, **each.changes}
        if "rows" in before.changes and "rows" in each.changes:
            rows = {id: dict(cells) for id, cells in before.changes["rows"].items()}
            for id, cells in each.changes["rows"].items():
                rows[id] = rows.get(id, {}) | cells
            both["rows"] = rows
        found[each.question.id] = Taken(each.question, both, min(before.seen, each.seen))
    return tuple(found.values())


@dataclass(frozen=True)
class _Places:
    """The places of one question."""

    questionnaire: Questionnaire
    plan: Plan
    brought: Brought
    question: Question
    base: Answer

    def changes(self) -> Iterator[Change]:
        now = self.plan.answer(self.question)
        if self.question.columns:
            yield from self._cells(now)
        else:
            yield from self._value(now)
        note = of_note(self.question).tag
        if self._has(note):
            after = rewrite_markdown(self.base.note, _as_typed(self.brought.edited.get(note, ())))
            yield from self._told(note, "note", "Note", (self.base.note, after, now.note), {"note": after})

    def _value(self, now: Answer) -> Iterator[Change]:
        tag = of_value(self.question).tag
        if not self._has(tag):
            return
        passages = self.brought.edited.get(tag, ())
        is_long = self.question.kind == "long text"
        before = self._say(self.base)
        after = rewrite_markdown(before, _as_typed(passages)) if is_long else _plain(passages)
        texts = before, after, self._say(now)
        try:
            raw = after if is_long else value_from(self.question, after)
            if self.question.kind == "choices":
                # In the file each pick stands in a line of its own.
                texts = before, self._say(replace(self.base, value=raw)), texts[2]
            yield from self._told(tag, "value", "", texts, {"value": raw})
        except AnswerRejected as problem:
            yield from self._told(tag, "value", "", texts, {}, str(problem))

    def _cells(self, now: Answer) -> Iterator[Change]:
        base, today = (
            {str(row["id"]): row for row in filled_rows(self.question, each.value)} for each in (self.base, now)
        )
        for id, row in base.items():
            for column in self.question.columns:
                tag = of_cell(self.question, id, column).tag
                if self._has(tag):
                    where = f"{row_name(self.question, row)} · {column.label}"
                    yield from self._cell(tag, column, where, row.get(column.id), today.get(id), id)

    def _cell(
        self, tag: str, column: Column, where: str, base: Value, today: Mapping[str, Value] | None, row_id: str
    ) -> Iterator[Change]:
        names = {column.of: row_names(table, self.plan.answer(table).value)} if (table := self._table(column)) else {}
        after = _plain(self.brought.edited.get(tag, ()))
        after = "" if fingerprint.folded(after) in (EMPTY, "-") else after
        texts = say_cell(column, base, names), after, say_cell(column, (today or {}).get(column.id), names)
        if today is None:
            yield from self._told(
                tag, "cell", where, (texts[0], after, ""), {}, "This row has been taken out of the table."
            )
            return
        try:
            changes = {"rows": {row_id: {column.id: cell_from(column, after, names)}}}
            yield from self._told(tag, "cell", where, texts, changes)
        except AnswerRejected as problem:
            yield from self._told(tag, "cell", where, texts, {}, str(problem))

    def _told(
        self, tag: str, part: Literal["value", "note", "cell"], where: str, texts: tuple[str, str, str],
        changes: Mapping[str, Any], problem: str = "",
    ) -> Iterator[Change]:  # fmt: skip
        before, after, now = texts
        if tag in self.brought.doubled:
            changes, problem = {}, "This place stands in the file more than once, and says different things there."
        if problem or fingerprint.folded(after) != fingerprint.folded(now):
            seen = self.plan.answer(self.question).revision
            yield Change(tag, self.question, part, where, before, after, now, changes, seen, problem)

    def _has(self, tag: str) -> bool:
        return tag in self.brought.edited or tag in self.brought.doubled

    def _say(self, answer: Answer) -> str:
        return "" if answer.value is None else kind_of(self.question).say(self.question, answer.value)

    def _table(self, column: Column) -> Question | None:
        return self.questionnaire.question(column.of) if column.of and self.questionnaire.has(column.of) else None


def _says(passages: tuple[Passage, ...], letters: str) -> bool:
    if letters == NOTHING and is_placeholder(_plain(passages)):
        return True
    return letters in (fingerprint.of_passages(passages), fingerprint.of_text(_plain(passages)))


def _plain(passages: tuple[Passage, ...]) -> str:
    return "\n".join("".join(span.text for span in passage.spans) for passage in passages)


def _as_typed(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Without what the dossier adds to the words of a link so that they say where it leads."""
    return tuple(replace(passage, spans=tuple(map(_as_linked, passage.spans))) for passage in passages)


def _as_linked(span: Span) -> Span:
    bare = span.link.partition("://")[2]
    if not bare:
        return span
    return replace(span, text=span.link if span.text == bare else span.text.removesuffix(f" ({bare})"))


def _question_id(tag: str) -> str:
    return tag.partition("|")[0]


NOTHING = fingerprint.of_text("")
ALLOWED = frozenset({"hyperlink", "attachedTemplate"})
"""What an edited dossier may refer to outside itself; Word notes the template of whoever edited it."""
