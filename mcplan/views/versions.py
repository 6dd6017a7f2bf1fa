"""The versions of a plan as screens show them: the list, the plan as of one, and what differs between two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo

from mcplan.comparing import Comparison, QuestionChange, RowChange, word_by_word
from mcplan.decisions import MOVES, Move, State, Submission
from mcplan.differences import Piece
from mcplan.numbers import count, span
from mcplan.plan import Answer, asked_questions
from mcplan.version import State as Frozen
from mcplan.version import Version
from mcplan.views.board import SIGNS, moment
from mcplan.views.table import Table
from mcplan.views.verdict import Sign, sign_of
from questionnaire.kinds import kind_of
from questionnaire.model import GATES, Gate, Phase, Question

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
    """The answer in words; empty for a table and while it was open."""
    table: Table | None
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
        if move.submission_id in submissions:
            became[submissions[move.submission_id].version_id] = MOVES[move.kind].after
    return tuple(
        VersionCard(
            id=each.id,
            title=f"{each.number} · {each.name}",
            facts=f"Frozen {moment(each.at, zone)} by {each.by}, at revision {each.revision} of the plan",
            short=each.sha256[:SHORT],
            sha256=each.sha256,
            sign=SIGNS[became[each.id]] if each.id in became else NO_BOARD,
        )
        for each in versions
    )


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
        (f"{gate} {words}", *(cell for state in (before, after) for cell in _figures(state, gate)))
        for gate, words in GATES.items()
    )
    columns = ("Gate", names[0], f"Verdict, {names[0].lower()}", names[1], f"Verdict, {names[1].lower()}")
    return Table("Readiness in both", columns, rows)


def _figures(state: Frozen, gate: Gate) -> tuple[str | Sign, ...]:
    whole = state.readiness[gate].whole
    return (span(whole.floor, whole.ceiling) if whole.asked else "–", sign_of(whole))


def _then(state: Frozen, question: Question) -> AnswerThen:
    answer, owner = state.plan.answer(question), state.plan.owner(question)
    stage = "Does not apply" if answer.not_applicable.strip() else state.plan.stage(question).word
    return AnswerThen(
        question=f"{question.code} {question.ask}",
        sign_off=f"{stage}, owner: {owner.name}" if owner else f"{stage}, nobody owns it",
        words=_said(question, answer),
        table=_table(question, answer),
        is_open=answer.value is None and not answer.not_applicable.strip(),
    )


def _said(question: Question, answer: Answer) -> str:
    said = "" if answer.value is None or question.columns else kind_of(question).say(question, answer.value)
    return "\n".join(part for part in (said, answer.note.strip(), answer.not_applicable.strip()) if part)


def _table(question: Question, answer: Answer) -> Table | None:
    if not question.columns or answer.value is None:
        return None
    words = kind_of(question).say(question, answer.value).splitlines()
    return Table(question.ask, ("Row",), tuple((line,) for line in words)) if words else None


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
