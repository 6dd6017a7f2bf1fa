"""Where the plan stands: readiness by phase, stops, and risks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mcplan.dossier.blocks import Block, Bullets, Column, Figure, Heading, Para, Run, Table, Words, words
from mcplan.dossier.given import DossierInput
from mcplan.dossier.phrases import DOT, band_mark, meaning, share, stage_mark, to_question, verdict_mark
from mcplan.numbers import count, percent, points, span
from mcplan.readiness import Score, Stop
from mcplan.risk import Risk
from mcplan.views.readiness import conditions_to_green, view_readiness
from questionnaire.model import Phase

MOST_GAINS = 10
MOST_RISKS = 12
MOST_ALTERNATIVE = 300
"""Characters of the text that stands for a picture."""


def readiness(given: DossierInput) -> Iterator[Block]:
    """The number, phase by phase, and the way to Green."""
    whole = given.whole
    yield Heading("Readiness")
    yield Para(words(verdict_mark(whole), f"{DOT}{meaning(whole)}"), "lead")
    yield Heading("Phase by phase", 2)
    if given.chart:
        message = view_readiness(given.questionnaire, given.plan, given.readiness).message
        yield Figure(given.chart, message, alternative(given))
    yield phase_table(given)
    yield from _gains(given)
    conditions = conditions_to_green(whole)
    if conditions:
        yield Heading("On the way to Green", 2)
        yield Bullets(tuple(words(each) for each in conditions), numbered=True)


def stops_and_risks(given: DossierInput) -> Iterator[Block]:
    """What forbids the gate, and what approval would accept."""
    yield Heading("Stops and risks")
    yield Heading("Stops", 2)
    if given.whole.stops:
        yield Para(words("Each of these forbids the gate, whatever the score."), with_next=True)
        yield stop_table(given, given.whole.stops)
    else:
        yield Para(words(Run("●\u00a0None. ", tone="good"), f"Nothing forbids the gate {given.gate}."))
    yield Heading("Risks", 2)
    due = [risk for risk in given.risks if given.is_due(risk.gate)]
    if not due:
        yield Para(words("No risk is flagged up to this gate."))
        return
    yield Para(words(_said_of_risks(due)), with_next=True)
    few = due[:MOST_RISKS]
    caption = f"Risks up to the gate {given.gate}, worst first"
    if len(due) > len(few):
        caption = f"The {len(few)} highest of {len(due)} risks up to the gate {given.gate}; all stand in the register"
    yield risk_table(given, few, caption)


def risk_table(given: DossierInput, risks: Sequence[Risk], caption: str) -> Table:
    """Risks in the order given, each with its band, owner and question."""
    columns = (
        Column("Risk", 13),
        Column("Band", 25),
        Column("L", 7, True),
        Column("I", 7, True),
        Column("What may happen, and why", 78),
        Column("Owner", 24),
        Column("Question", 19),
    )
    says = "For each risk: its name, band, likelihood L and impact I from 1 to 5, what may happen, owner and question."
    return Table(caption, columns, tuple(_risk(given, risk) for risk in risks), says)


def alternative(given: DossierInput) -> str:
    """The chart in words, for those who do not see it: the message, then the values."""
    now, best = percent(given.whole.floor), percent(given.whole.ceiling)
    said = f"Bar chart. Readiness for {given.gate} is {now}, at best {best}."
    for each in given.readiness.phases:
        reach = span(each.score.floor, each.score.ceiling) if each.score.asked else "nothing asked"
        part = f" {each.phase.title}: {reach}."
        if len(said) + len(part) > MOST_ALTERNATIVE - len(" More in the table."):
            return said + " More in the table."
        said += part
    return said


def phase_table(given: DossierInput) -> Table:
    """The numbers of the chart: each phase with its verdict."""
    columns = (
        Column("Phase", 58), Column("Asked", 16, True), Column("Blank", 16, True), Column("Readiness", 21, True),
        Column("At best", 18, True), Column("Verdict", 50),
    )  # fmt: skip
    rows = [_phase(each.phase, each.score) for each in given.readiness.phases]
    rows.append(_scores(words(Run("Whole plan", bold=True)), given.whole, bold=True))
    says = "For each phase: questions asked and blank, readiness, what it could reach at best, and the verdict."
    return Table("Readiness by phase in numbers", columns, tuple(rows), says)


def _phase(phase: Phase, score: Score) -> tuple[Words, ...]:
    return _scores((Run(phase.title, anchor=phase.id),), score)


def _scores(name: Words, score: Score, *, bold: bool = False) -> tuple[Words, ...]:
    said = (str(score.asked), str(score.blank), share(score, score.floor), share(score, score.ceiling))
    return (name, *((Run(each, bold=bold),) for each in said), words(verdict_mark(score)))


def _gains(given: DossierInput) -> Iterator[Block]:
    gains = given.whole.shortfalls[:MOST_GAINS]
    if not gains:
        return
    left = len(given.whole.shortfalls) - len(gains)
    yield Heading("What would raise it most", 2)
    columns = (
        Column("Question", 18),
        Column("What it asks", 92),
        Column("Now", 24),
        Column("Asked", 24),
        Column("Points", 16, True),
    )
    rows = tuple(
        (
            words(to_question(each.question)),
            words(each.question.ask),
            words(stage_mark(each.question, given.plan)),
            words(each.question.asked_stage.word),
            words(points(each.missing)),
        )
        for each in gains
    )
    caption = "Answers that add most when they reach the stage asked" + (f"; {left} more are smaller" if left else "")
    yield Table(caption, columns, rows)


def stop_table(given: DossierInput, stops: Sequence[Stop]) -> Table:
    """What forbids the gate, each with its question and owner."""
    columns = (Column("Where", 18), Column("What stops the gate", 110), Column("Owner", 38))
    return Table("Stops", columns, tuple(_stop(given, stop) for stop in stops))


def _stop(given: DossierInput, stop: Stop) -> tuple[Words, ...]:
    if not given.questionnaire.has(stop.question_id):
        return words("Plan"), words(Run("■\u00a0", tone="bad"), stop.says), words("–")
    question = given.questionnaire.question(stop.question_id)
    owner = given.plan.owner(question)
    what = words(Run("■\u00a0", tone="bad"), f"{stop.says} ", Run(question.ask, tone="quiet"))
    return words(to_question(question)), what, _owner(owner.name if owner else "")


def _said_of_risks(risks: Sequence[Risk]) -> str:
    gaps = sum(risk.is_gap for risk in risks)
    said = f"{count(len(risks), 'risk').capitalize()} up to this gate."
    if not gaps:
        return said
    which = "All of them are" if gaps == len(risks) else f"{gaps} of them {'is an' if gaps == 1 else 'are'}"
    noun = "information gap" if gaps == 1 and gaps != len(risks) else "information gaps"
    return f"{said} {which} {noun}: nobody knows yet, and the gap closes when the answer reaches the stage asked."


def _risk(given: DossierInput, risk: Risk) -> tuple[Words, ...]:
    known = given.questionnaire.has(risk.question_id)
    where = to_question(given.questionnaire.question(risk.question_id)) if known else Run("–")
    done = {"open": "Untreated.", "treating": "", "accepted": "Accepted.", "closed": "Closed."}[risk.status]
    treatment = "" if risk.is_gap else f" {f'Treatment: {risk.action}' if risk.action else done}"
    return (
        words(Run(given.risk_names[risk.id], anchor=f"risk-{risk.id}")),
        words(band_mark(risk.band)),
        words(str(risk.likelihood)),
        words(str(risk.impact)),
        words(risk.sentence, Run(treatment, bold=True)),
        _owner(risk.owner),
        words(where),
    )


def _owner(name: str) -> Words:
    return words(name) if name.strip() else words(Run("No owner", tone="warn"))
