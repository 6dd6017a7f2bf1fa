"""What a board paper holds in place of the long chapters: a dashboard, conditions and risks, options and money."""

from __future__ import annotations

from collections.abc import Iterator

from mcplan.dossier.blocks import (
    Block,
    Bullets,
    Column,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Para,
    Run,
    Table,
    Typed,
    words,
)
from mcplan.dossier.given import DossierInput
from mcplan.dossier.phrases import DOT, meaning, share, to_question, verdict_mark
from mcplan.dossier.standing import alternative, phase_table, risk_table, stop_table
from mcplan.dossier.workings import grid, key_figures, picture
from mcplan.numbers import count, points
from mcplan.views.finance import view_finance
from mcplan.views.readiness import conditions_to_green, view_readiness

MOST_STOPS, MOST_RISKS, MOST_GAINS, MOST_GAPS = 8, 6, 4, 6
OPTIONS = (
    ("What it does that nothing else does", "strategic.advantages"),
    ("What is lost, or taken on for good", "strategic.disadvantages"),
)
"""The questions a board weighs the options by."""


def dashboard(given: DossierInput) -> Iterator[Block]:
    """The plan in numbers: readiness by phase, and what would raise it most."""
    whole = given.whole
    yield Heading("Dashboard")
    yield Para(words(verdict_mark(whole), f"{DOT}{meaning(whole)}"), "lead")
    yield _figures(given)
    yield Heading("Phase by phase", 2)
    if given.chart:
        message = view_readiness(given.questionnaire, given.plan, given.readiness).message
        yield Figure(given.chart, message, alternative(given))
    yield phase_table(given)
    gains = whole.shortfalls[:MOST_GAINS]
    if gains:
        yield Heading("What would raise it most", 2)
        yield Bullets(
            tuple(
                words(
                    to_question(each.question),
                    f" {each.question.ask} ",
                    Run(f"{points(each.missing)} points", bold=True),
                )
                for each in gains
            )
        )


def conditions_and_risks(given: DossierInput) -> Iterator[Block]:
    """What the board would have to make a condition, and what it would accept."""
    whole, due = given.whole, [risk for risk in given.risks if given.is_due(risk.gate)]
    yield Heading("Conditions and risks")
    yield Heading("Conditions", 2)
    if whole.stops:
        left = len(whole.stops) - MOST_STOPS
        more = f" {count(left, 'more stands', 'more stand')} in the full dossier." if left > 0 else ""
        said = f"Each of these forbids the gate {given.gate} until it is closed, whatever the score.{more}"
        yield Para(words(said), with_next=True)
        yield stop_table(given, whole.stops[:MOST_STOPS])
    else:
        yield Para(words(Run("●\u00a0None. ", tone="good"), f"Nothing forbids the gate {given.gate}."))
    conditions = conditions_to_green(whole)
    if conditions:
        yield Para(words("On the way to Green:"), "label", with_next=True)
        yield Bullets(tuple(words(each) for each in conditions), numbered=True)
    yield Heading("Where the risk sits", 2)
    if not due:
        yield Para(words("No risk is flagged up to this gate."))
        return
    yield _map(given)
    few = due[:MOST_RISKS]
    caption = f"The {len(few)} highest of {count(len(due), 'risk')}" if len(due) > len(few) else "Risks, worst first"
    yield risk_table(given, few, caption)


def options_and_finance(given: DossierInput) -> Iterator[Block]:
    """What else could be done, and what this comes to in money."""
    yield Heading("Options and finance")
    yield Heading("The options", 2)
    for title, id in OPTIONS:
        if given.questionnaire.has(id):
            question = given.questionnaire.question(id)
            value = given.plan.answer(question).value
            yield Para(words(Run(title, bold=True), f" ({question.code})"), with_next=True)
            if isinstance(value, str) and value.strip():
                yield Typed(value)
            else:
                yield Para(words(Run("▲\u00a0Nobody has answered this yet.", tone="warn")))
    yield Heading("The money", 2)
    found = view_finance(given.questionnaire, given.plan)
    paper = found.paper
    if paper is None:
        yield Para(words("There is not enough in the plan to reckon with. What is missing first:"), with_next=True)
        yield Bullets(tuple(words(gap.says) for gap in found.gaps[:MOST_GAPS]) or (words("The costs."),))
        return
    yield Para(words(given.saying.numbers(f"{paper.headline}. {paper.why}")), "lead")
    yield key_figures(given, paper)
    yield from picture(given, "years", paper.years.title, paper.years.says, 0.7)
    yield grid(given, paper.by_year)
    yield grid(given, paper.scenarios)


def _figures(given: DossierInput) -> KeyFigures:
    whole = given.whole
    extreme = sum(given.is_due(each.gate) and each.band in ("Extreme", "High") for each in given.risks)
    late = sum(action.is_late for action in given.actions)
    figures = (
        KeyFigure("Readiness", share(whole, whole.floor), f"at best {share(whole, whole.ceiling)}"),
        KeyFigure("Covered", share(whole, whole.coverage), f"{whole.asked - whole.blank} of {whole.asked} questions"),
        KeyFigure("Stops", str(len(whole.stops)), "forbid the gate" if whole.stops else "nothing forbids the gate"),
        KeyFigure("High risks", str(extreme), "extreme or high, up to this gate"),
    )
    if given.actions:
        figures = (*figures[:3], KeyFigure("Actions", str(len(given.actions)), f"{late or 'none'} late"))
    return KeyFigures(figures, f"The plan at the gate {given.gate} in four numbers")


def _map(given: DossierInput) -> Table:
    due = [risk for risk in given.risks if given.is_due(risk.gate) and risk.status != "closed"]
    columns = (Column("Likelihood", 40), *(Column(f"Impact {impact}", 25, True) for impact in range(1, 6)))
    rows = []
    for likelihood in range(5, 0, -1):
        here = [sum((each.likelihood, each.impact) == (likelihood, impact) for each in due) for impact in range(1, 6)]
        cells = (words(Run(str(number), bold=True) if number else Run("–", tone="quiet")) for number in here)
        rows.append((words(f"{likelihood} {LIKELIHOODS[likelihood]}"), *cells))
    says = "How many risks there are of each likelihood, in the rows, and each impact, in the columns."
    return Table("Number of risks by likelihood and impact", columns, tuple(rows), says)


LIKELIHOODS = {5: "(over 80 %)", 4: "(likely)", 3: "(as likely as not)", 2: "(unlikely)", 1: "(under 5 %)"}
