"""The versions of a plan as screens show them: the list, the plan as of one, and what differs between two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo

from mcplan.comparing import Comparison, QuestionChange, RowChange, names_of, word_by_word
from mcplan.decisions import MOVES, Move, State, Submission
from mcplan.differences import Piece
from mcplan.numbers import count, span
from mcplan.plan import Answer, asked_questions
from mcplan.version import State as Frozen
from mcplan.version import Version
from mcplan.views.board import BEFORE, SIGNS, moment
from mcplan.views.table import Table
from mcplan.views.verdict import NOT_ASKED, Sign, sign_of
from questionnaire.cells import say_cell
from questionnaire.kinds import kind_of
from questionnaire.model import GATES, Gate, Phase, Question
from questionnaire.tables import filled_rows

SHORT = 12
"""Digits of a SHA-256 by which people tell versions apart."""
NO_BOARD = Sign("Not submitted", ":material/draft:", "gray")


@dataclass(frozen=True)
class VersionCard:
    """A version in the list."""

    id: str
    title: str
    facts: str
    short: str
    """The first digits of its SHA-256."""
    sha256: str
    sign: Sign


@dataclass(frozen=True)
class AnswerThen:
    """A question as it was asked and answered then, or that it was not."""

    question: str
    sign_off: str
    """Stage and owner."""
    words: str
    """The answer in words; empty while it was open."""
    rows: tuple[str, ...]
    """Of a table, each row that says something."""
    is_open: bool


@dataclass(frozen=True)
class ChangeView:
    """What differs at one question."""

    question: str
    phase_id: str
    question_id: str
    is_material: bool
    says: str
    """That it is asked anew or no longer; empty if it is asked in both."""
    wording: tuple[Piece, ...]
    """The question itself, if its words differ."""
    pieces: tuple[Piece, ...]
    """The answer."""
    rows: tuple[tuple[str, tuple[tuple[str, tuple[Piece, ...]], ...]], ...]
    """Of a table, each row that differs: what happened to it, and its cells."""
    also: tuple[str, ...]


@dataclass(frozen=True)
class ComparisonView:
    """What differs between two states, with the questions of one phase word by word."""

    message: str
    readiness: Table
    facts: Table | None
    team: tuple[str, ...]
    questions: tuple[ChangeView, ...]
    """Those of the phase that is looked at."""


def view_versions(
    versions: Iterable[Version], moves: Iterable[Move], submissions: Mapping[str, Submission], zone: tzinfo
) -> tuple[VersionCard, ...]:
    """The list of versions, the last first, each with what became of it."""
    became: dict[str, State] = {}
    for move in moves:
        after = MOVES[move.kind].after
        if after and move.submission_id in submissions:
            became[submissions[move.submission_id].version_id] = after
    return tuple(
        VersionCard(
            id=each.id,
            title=f"{each.number} · {each.name}",
            facts=f"Frozen {moment(each.at, zone)} by {each.by}, at revision {each.revision} of the plan"
            + (BEFORE if each.is_elsewhere else ""),
            short=each.sha256[:SHORT],
            sha256=each.sha256,
            sign=_sign(each, became.get(each.id)),
        )
        for each in versions
    )


def _sign(version: Version, became: State | None) -> Sign:
    if became is None:
        return replace(NO_BOARD, words="From elsewhere") if version.is_elsewhere else NO_BOARD
    sign = SIGNS[became]
    return replace(sign, words=f"{sign.words}, elsewhere", colour="gray") if version.is_elsewhere else sign


def view_answers(state: Frozen, phase: Phase) -> tuple[AnswerThen, ...]:
    """The questions of a phase that applied then, in walking order, with what was said to them."""
    asked = {each.id for each in asked_questions(state.questionnaire, state.plan)}
    return tuple(_then(state, question) for question in phase.questions if question.id in asked)


def phases_in(found: Comparison) -> dict[str, str]:
    """The phases in which something differs, by title, each with how many questions."""
    return {title: f"{title} ({number})" for title, number in Counter(each.phase for each in found.questions).items()}


def view_comparison(
    found: Comparison, before: Frozen, after: Frozen, names: tuple[str, str], phase: str
) -> ComparisonView:
    """What differs between two states of a plan, with one phase word by word.

    Args:
        found: what `mcplan.comparing.compare` gives for them.
        before: the earlier one.
        after: the later one.
        names: what both are called, such as Version 1 and Today.
        phase: the title of the phase to look at.
    """
    return ComparisonView(
        message=_message(found, len(phases_in(found))),
        readiness=_readiness(before, after, names),
        facts=Table("Facts that differ", ("Fact", *names), found.facts) if found.facts else None,
        team=tuple(f"{change.capitalize()}: {words}" for change, words in found.team),
        questions=tuple(_change(after, each) for each in found.questions if each.phase == phase),
    )


def _message(found: Comparison, phases: int) -> str:
    if found.is_empty:
        return "Nothing differs."
    where = f" in {count(phases, 'phase')}" if phases else ""
    material = len(found.material)
    says = (
        f"{count(len(found.questions), 'question').capitalize()} {'differs' if len(found.questions) == 1 else 'differ'}"
    )
    board = f"{count(material, 'change')} of what a board decides on"
    return f"{says}{where}; {board}."


def _readiness(before: Frozen, after: Frozen, names: tuple[str, str]) -> Table:
    rows = tuple(
        (f"{gate} {words}", *(_figures(state, gate) for state in (before, after))) for gate, words in GATES.items()
    )
    return Table("Readiness in both", ("Gate", *names), rows)


def _figures(state: Frozen, gate: Gate) -> str:
    whole = state.readiness[gate].whole
    return f"{span(whole.floor, whole.ceiling)} · {sign_of(whole).words}" if whole.asked else NOT_ASKED.words


def _then(state: Frozen, question: Question) -> AnswerThen:
    answer, owner = state.plan.answer(question), state.plan.owner(question)
    stage = "Does not apply" if answer.not_applicable.strip() else state.plan.stage(question).word
    return AnswerThen(
        question=f"{question.code} {question.ask}",
        sign_off=f"{stage}, owner: {owner.name}" if owner else f"{stage}, nobody owns it",
        words=_said(question, answer),
        rows=tuple(_rows(state, question, answer)),
        is_open=answer.value is None and not answer.not_applicable.strip(),
    )


def _said(question: Question, answer: Answer) -> str:
    said = "" if answer.value is None or question.columns else kind_of(question).say(question, answer.value)
    return "\n".join(part for part in (said, answer.note.strip(), answer.not_applicable.strip()) if part)


def _rows(state: Frozen, question: Question, answer: Answer) -> Iterator[str]:
    names = names_of(state, question)
    for row in filled_rows(question, answer.value) if question.columns else ():
        said = ((column.label, say_cell(column, row.get(column.id), names)) for column in question.columns)
        yield "; ".join(f"{label}: {words}" for label, words in said if words)


def _change(after: Frozen, each: QuestionChange) -> ChangeView:
    question, asked = each.question, after.questionnaire
    is_there = asked.has(question.id)
    return ChangeView(
        question=f"{question.code} {question.ask}",
        phase_id=asked.phase_of(question).id if is_there else "",
        question_id=question.id if is_there else "",
        is_material=each.is_material,
        says={"anew": "Asked since then", "no longer": "Not asked any more"}.get(each.asked, ""),
        wording=word_by_word(*each.wording) if any(each.wording) else (),
        pieces=word_by_word(each.before, each.after) if each.before != each.after else (),
        rows=tuple(_row(row) for row in each.rows),
        also=tuple(f"{name}: {was} → {now}" for name, was, now in each.also),
    )


def _row(row: RowChange) -> tuple[str, tuple[tuple[str, tuple[Piece, ...]], ...]]:
    cells = tuple((cell.column, word_by_word(cell.before, cell.after)) for cell in row.cells)
    return f"{row.change.capitalize()}: {row.name}", cells
