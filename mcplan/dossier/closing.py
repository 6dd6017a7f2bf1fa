"""The last pages: where the decision is signed, and how to read the words of the dossier."""

from __future__ import annotations

from collections.abc import Iterator

from mcplan.dossier.blocks import Block, Column, Heading, KeyValues, Para, Run, Table, words
from mcplan.dossier.given import DossierInput
from mcplan.dossier.phrases import VERDICTS, full_dossier
from mcplan.readiness import Verdict
from questionnaire.model import Stage


def sign_off(given: DossierInput) -> Iterator[Block]:
    """What may be decided, and room to sign it."""
    yield Heading("Decision and sign-off")
    on = f"Gate {given.readiness.gate} {given.gate}, on plan revision {given.plan.revision}. One of four decisions:"
    yield Para(words(on), with_next=True)
    yield KeyValues(tuple((f"☐\u00a0{name}", words(says)) for name, says in DECISIONS))
    yield _signatures(given)
    columns = (Column("No", 12), Column("Condition or question", 84), Column("Owner", 36), Column("Due", 34))
    rows = tuple((words(str(number)), (), (), ()) for number in range(1, 4))
    yield Table("Conditions or questions of the board", columns, rows, "Three empty rows to write in.", writable=True)
    if given.brief:
        yield Heading("How to read this paper", 2)
        yield KeyValues(tuple((name, words(says)) for name, says in WORDS if name in FEW_WORDS))
        yield Para(words(f"Codes such as P1.3 name questions. {full_dossier(given.plan)}"), "note")


def how_to_read(given: DossierInput) -> Iterator[Block]:
    """The words that carry a meaning of their own."""
    yield Heading("How to read this dossier")
    yield KeyValues(tuple((name, words(says)) for name, says in (*WORDS, ("Codes", CODES))))
    marks = {each: Run(f"{symbol}\u00a0{each.colour}", tone) for each, (symbol, tone) in VERDICTS.items()}
    verdicts = tuple((words(marks[each]), words(each.words), words(each.meaning)) for each in reversed(Verdict))
    columns = (Column("Verdict", 32), Column("In words", 32), Column("What it means", 102))
    yield Table("Verdicts, best first", columns, verdicts)
    stages = tuple((words(stage.word), words(says)) for stage, says in STAGES.items())
    yield Table("Stages of an answer", (Column("Stage", 32), Column("What it takes", 134)), stages)


def _signatures(given: DossierInput) -> Table:
    columns = (
        Column("Role", 36),
        Column("Name", 40),
        Column("Decision", 34),
        Column("Signature", 36),
        Column("Date", 20),
    )
    champion = ", ".join(member.name for member in given.in_role("leadership-champion"))
    rows = (
        (words("Leadership champion"), words(champion), (), (), ()),
        (words("Board"), words(given.plan.board.strip()), (), (), ()),
    )
    says = "A row for the leadership champion and one for the board, to be filled in by hand."
    return Table("Decision on this plan", columns, rows, says, writable=True)


DECISIONS = (
    ("Approve", "The plan passes the gate as it stands."),
    ("Approve with conditions", "It passes; each condition has an owner, a date, and the evidence that closes it."),
    ("Return with questions", "It does not pass yet; the questions are written down and answered first."),
    ("Defer", "No decision today; the board says until when."),
)
WORDS = (
    ("Readiness", "The share of what the gate asks for that is there. A blank question counts as nothing."),
    ("At best", "The same with every blank taken as settled; what is written now lets it rise no higher."),
    ("Covered", "The share of the questions, by weight, that are not blank."),
    ("Stop", "A fact that forbids the gate, whatever the score."),
    ("Likelihood", "From 1 (under 5 %) to 5 (over 80 %)."),
    ("Impact", "From 1 (a nuisance) to 5 (ends the initiative)."),
    ("Band of a risk", "By likelihood times impact: extreme from 15, high from 10 or at impact 5, moderate from 5."),
    ("Colours", "Each repeats what a symbol and a word beside it say."),
)
FEW_WORDS = ("Readiness", "At best", "Stop", "Band of a risk", "Colours")
"""Those that a board paper explains."""
CODES = "Those of questions (such as P1.3) and of evidence (such as E7) are links within this file."
STAGES: dict[Stage, str] = {
    Stage.BLANK: "Nobody has answered yet.",
    Stage.DRAFTED: "There is an answer. Without an owner it can be no more than this.",
    Stage.AGREED: "The team stands behind it. Without an evidence item it can be no more than this.",
    Stage.EVIDENCED: "Evidence is named on which it rests.",
}
