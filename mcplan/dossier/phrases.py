"""Small things said in many places of the dossier: marks, dates, links to questions.

A mark is a symbol and a word in one colour: whoever sees no colours, or hears the text, loses nothing.
"""

from __future__ import annotations

from mcplan.dossier.blocks import Run, Tone
from mcplan.numbers import percent
from mcplan.plan import Plan
from mcplan.readiness import Score, Verdict
from mcplan.risk import Band
from mcplan.views.verdict import NOT_ASKED, sign_of
from questionnaire.model import Question, Stage

SPACE = "\u00a0"
DOT = " · "

VERDICTS: dict[Verdict, tuple[str, Tone]] = {
    Verdict.RED: ("■", "bad"),
    Verdict.AMBER_RED: ("◆", "bad"),
    Verdict.AMBER: ("▲", "warn"),
    Verdict.AMBER_GREEN: ("○", "good"),
    Verdict.GREEN: ("●", "good"),
}
BANDS: dict[Band, tuple[str, Tone]] = {
    "Extreme": ("■", "bad"),
    "High": ("◆", "bad"),
    "Moderate": ("▲", "warn"),
    "Low": ("●", "good"),
}
SEVERITIES: dict[str, tuple[str, Tone]] = {
    "error": ("■", "bad"),
    "warning": ("▲", "warn"),
    "note": ("●", "quiet"),
}


def verdict_mark(score: Score) -> Run:
    """The verdict of a score, as symbol and words; one over no questions is none."""
    if not score.asked:
        return Run(f"○{SPACE}{NOT_ASKED.words}", tone="quiet")
    symbol, tone = VERDICTS[score.verdict]
    return Run(f"{symbol}{SPACE}{sign_of(score).words}", tone=tone)


def meaning(score: Score) -> str:
    """What the verdict of a score means; one over no questions means nothing."""
    return score.verdict.meaning if score.asked else "No question is asked at this gate, so nothing can be judged."


def share(score: Score, value: float) -> str:
    """One of the shares of a score as whole percent; a dash if the score is over no questions."""
    return percent(value) if score.asked else "–"


def stage_mark(question: Question, plan: Plan) -> Run:
    """How settled an answer is, coloured by what its gate asks for."""
    stage = plan.stage(question)
    if plan.answer(question).not_applicable.strip():
        return Run(f"○{SPACE}Not applicable", tone="quiet")
    if stage >= question.asked_stage:
        return Run(f"●{SPACE}{stage.word}", tone="good")
    return (
        Run(f"■{SPACE}{stage.word}", tone="bad") if stage is Stage.BLANK else Run(f"▲{SPACE}{stage.word}", tone="warn")
    )


def band_mark(band: Band) -> Run:
    """The band of a risk."""
    symbol, tone = BANDS[band]
    return Run(f"{symbol}{SPACE}{band}", tone=tone)


def severity_mark(severity: str) -> Run:
    """The severity of a finding."""
    symbol, tone = SEVERITIES[severity]
    return Run(f"{symbol}{SPACE}{severity.capitalize()}", tone=tone)


def to_question(question: Question, text: str = "") -> Run:
    """A link to where the dossier answers a question; its code if no text is given."""
    return Run(text or question.code, anchor=question.id)


def full_dossier(plan: Plan) -> str:
    """Where to look for what a dossier in brief leaves out."""
    return f"Every answer, with the evidence it rests on, stands in the full dossier of plan revision {plan.revision}."


def site(link: str) -> str:
    """The name of the site a link leads to."""
    return link.partition("://")[2].partition("/")[0] or link
