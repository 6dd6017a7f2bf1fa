"""A chapter for each phase: every question with its answer, and what is open about it."""

from __future__ import annotations

from collections.abc import Iterator

from mcplan.dossier.answer_tables import answer_table
from mcplan.dossier.blocks import Blank, Block, Bullets, Callout, Heading, Para, Run, Typed, Words, words
from mcplan.dossier.controls import NO_ANSWER, of_note, of_value
from mcplan.dossier.given import DossierInput
from mcplan.dossier.phrases import DOT, site, stage_mark, verdict_mark
from mcplan.numbers import count, percent
from mcplan.plan import Answer, Evidence
from mcplan.readiness import SPLIT, PhaseReadiness
from questionnaire.kinds import kind_of
from questionnaire.model import GATES, Phase, Question, Stage

NUMBERS = ("quantity", "percent", "money")
"""Kinds of question whose answers mcplan writes."""
READABLE = ("short text", *NUMBERS, "date", "yes or no", "choice")
"""Kinds whose answer is one line that can be read back (`mcplan.dossier.brought`)."""
WRITABLE = ("long text", "choices", "link", *READABLE)
"""Kinds that can be answered in the file while nobody has: all but tables, whose rows need ids."""


def phases(given: DossierInput) -> Iterator[Block]:
    """All phases in walking order."""
    for each in given.readiness.phases:
        yield from _phase(given, each)


def _phase(given: DossierInput, each: PhaseReadiness) -> Iterator[Block]:
    phase = each.phase
    yield Heading(phase.title, anchor=phase.id)
    yield Typed(phase.purpose, "lead")
    yield Para(_rating(each))
    for section in phase.sections:
        asked = [question for question in section.questions if question.id in given.asked]
        if asked:
            yield Heading(section.title, 2, anchor=section.id)
        for question in asked:
            if not _is_for_later(given, question):
                yield from _question(given, question)
        yield from _later(given, [question for question in asked if _is_for_later(given, question)])
    yield from _hidden(given, phase)


def _is_for_later(given: DossierInput, question: Question) -> bool:
    """True if nobody has answered it and no gate so far asks for it: a board need not leaf through it."""
    answer = given.plan.answer(question)
    return not given.is_due(question.gate) and not _holds(answer) and not answer.not_applicable.strip()


def _later(given: DossierInput, questions: list[Question]) -> Iterator[Block]:
    if questions:
        yield Para(words("Open, and asked by a later gate:"), "label", with_next=True)
        yield Bullets(
            tuple(
                words(Run(each.code, bold=True), f"\u00a0 {each.ask} ", Run(f"({GATES[each.gate]})", tone="quiet"))
                for each in questions
            )
        )


def _rating(each: PhaseReadiness) -> Words:
    score = each.score
    if not score.asked:
        return words(verdict_mark(score), " at this gate.")
    return words(
        verdict_mark(score),
        f"{DOT}readiness {percent(score.floor)}, at best {percent(score.ceiling)}{DOT}"
        f"{score.asked - score.blank} of {score.asked} questions hold an answer{DOT}{count(len(score.stops), 'stop')}",
    )


def _question(given: DossierInput, question: Question) -> Iterator[Block]:
    answer = given.plan.answer(question)
    yield Heading(question.ask, 3, anchor=question.id, code=question.code)
    yield Para(_meta(given, question), "meta")
    if answer.not_applicable.strip():
        yield Callout("Not applicable", (words(answer.not_applicable.strip()),))
        if _holds(answer):
            yield Para(words("Kept from before, and not counted:"), "label")
    elif answer.value is None and question.kind in WRITABLE:
        is_line = question.kind not in ("long text", "choices")
        yield Blank(of_value(question, is_blank=True), NO_ANSWER, is_line)
    yield from _answer(given, question, answer)
    if question.id in given.open_ids:
        yield _open_point(given, question)


def _meta(given: DossierInput, question: Question) -> Words:
    answer, owner = given.plan.answer(question), given.plan.owner(question)
    parts: list[Run] = [stage_mark(question, given.plan)]
    if not answer.not_applicable.strip():
        by = "" if given.is_due(question.gate) else f" by the gate {GATES[question.gate]}"
        parts.append(Run(f"{DOT}asked: {question.asked_stage.word.lower()}{by}"))
    parts.append(Run(f"{DOT}Owner {owner.name}" if owner else f"{DOT}No owner"))
    if said := confidence(answer):
        parts.append(Run(f"{DOT}{said}"))
    parts.append(Run(f"{DOT}{count(len(answer.evidence), 'evidence item')}"))
    return tuple(parts)


def confidence(answer: Answer) -> str:
    """What the team feels about an answer: the mean, or how far apart they are; empty if nobody said."""
    given = list(answer.confidence.values())
    if not given:
        return ""
    if max(given) - min(given) >= SPLIT:
        return f"the team is split, confidence {min(given)} to {max(given)} of 5"
    return f"Confidence {sum(given) / len(given):.1f} of 5"


def _answer(given: DossierInput, question: Question, answer: Answer) -> Iterator[Block]:
    explained = answer.value is not None and bool(answer.note.strip())
    if answer.value is not None:
        yield from _value(given, question, answer, explained)
    if answer.note.strip():
        if explained and question.note:
            yield Para(words(Run(question.note, italic=True)), "label")
        yield Typed(answer.note, control=of_note(question))
    if answer.evidence:
        yield Para(words("Evidence"), "label")
        yield from (Para(_evidence(given, item), "evidence") for item in answer.evidence)


def _value(given: DossierInput, question: Question, answer: Answer, explained: bool) -> Iterator[Block]:
    kind, value = kind_of(question), answer.value
    said = kind.say(question, value)
    picks = value.get("picks") if isinstance(value, dict) else None
    if question.columns:
        yield from answer_table(given, question, answer)
    elif question.kind == "long text":
        yield Typed(str(value), control=of_value(question))
    elif question.kind == "choices" and isinstance(picks, list) and isinstance(value, dict):
        said_each = tuple(words(kind.say(question, value | {"picks": [pick]})) for pick in picks)
        yield Bullets(said_each, control=of_value(question))
    elif question.kind == "link":
        yield Para(words(Run(f"Open {site(said)}", link=said), ": ", Run(said, control=of_value(question))))
    else:
        said = given.saying.numbers(said) if question.kind in NUMBERS else said
        control = of_value(question) if question.kind in READABLE else None
        with_next = explained or question.id in given.open_ids
        yield Para(words(Run(said, bold=explained, control=control)), with_next=with_next)


def _evidence(given: DossierInput, item: Evidence) -> Words:
    number = given.evidence_numbers[item]
    return words(
        Run(f"E{number}", anchor=f"evidence-{number}"),
        "\t",
        Run(item.title, link=item.link),
        f", {given.saying.day_typed(item.on)}" if item.on else "",
        f". {item.note}" if item.note else "",
    )


def _open_point(given: DossierInput, question: Question) -> Callout:
    stage, asked = given.plan.stage(question), question.asked_stage.word.lower()
    # Where an answer may be written, that nobody has yet stands in its place.
    state = f"The gate asks for {asked}. " if question.kind in WRITABLE else "Nobody has answered this yet. "
    if stage is not Stage.BLANK:
        state = f"This is {stage.word.lower()}; the gate asks for {asked}. "
    risk = given.gaps.get(question.id)
    said = words(state, risk.sentence if risk else "")
    if given.is_due(question.gate):
        return Callout("Open point", (said,), "warn")
    return Callout(f"Open until the gate {GATES[question.gate]}", (said,))


def _hidden(given: DossierInput, phase: Phase) -> Iterator[Block]:
    hidden = [
        question
        for question in phase.questions
        if question.id not in given.asked and _holds(given.plan.answer(question))
    ]
    if not hidden:
        return
    yield Heading("Not asked for this plan", 2)
    yield Para(
        words("Other answers have made these questions pointless. What was written is kept, and not counted."),
        with_next=True,
    )
    for question in hidden:
        yield Heading(question.ask, 3, anchor=question.id, code=question.code)
        yield Para(words(Run("○\u00a0Not asked", tone="quiet")), "meta")
        answer = given.plan.answer(question)
        if answer.not_applicable.strip():
            yield Para(words(f"Not applicable: {answer.not_applicable.strip()}"))
        yield from _answer(given, question, answer)


def _holds(answer: Answer) -> bool:
    """True if there is anything of an answer to print."""
    return answer.value is not None or bool(answer.note.strip() or answer.evidence)
