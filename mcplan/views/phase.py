"""One phase as a team walks through it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Literal

from mcplan.comments import SILENCE, Talk
from mcplan.numbers import count, percent
from mcplan.plan import Plan, asked_questions
from mcplan.readiness import Readiness
from mcplan.risk import Risk
from mcplan.views.answer import scope_weight, view_box
from mcplan.views.verdict import Sign, sign_of
from questionnaire.model import GATES, ROLES, Phase, Question, Questionnaire, Stage

Show = Literal["all", "open", "mine", "flagged"]
SHOWS: dict[Show, str] = {"all": "All", "open": "Open", "mine": "Mine", "flagged": "Flagged"}
"""What a team can look at, with the words on the switch."""
NO_TALK: Mapping[str, Talk] = {}


@dataclass(frozen=True)
class QuestionView:
    """One question with its guidance, and the box for its answer."""

    id: str
    code: str
    ask: str
    tags: tuple[str, ...]
    """Short facts beside the question: whether it is critical, how long it takes."""
    guidance: tuple[tuple[str, str | tuple[str, ...]], ...]
    """Heading and words, or heading and points, in reading order; only those that the content has."""
    box: dict[str, Any]


@dataclass(frozen=True)
class SectionView:
    """A section with those of its questions that are shown."""

    title: str
    questions: tuple[QuestionView, ...]


@dataclass(frozen=True)
class NextStep:
    """A question to go to."""

    phase_id: str
    question_id: str
    words: str


@dataclass(frozen=True)
class PhaseView:
    """One phase as a team sees it."""

    id: str
    place: str
    """Phase 2 of 6; a block beside the phases says where it stands."""
    title: str
    purpose: str
    bring: tuple[str, ...]
    in_the_room: str
    sign: Sign
    sections: tuple[SectionView, ...]
    nothing: str
    """What to say if no question is shown; empty if one is."""
    not_asked: str
    """Which questions do not apply to this plan; empty if all do."""
    next_phase_id: str | None
    next_phase_title: str


def shown_questions(
    questionnaire: Questionnaire, plan: Plan, phase: Phase, show: Show, me: str, risks: tuple[Risk, ...], also: str = ""
) -> tuple[str, ...]:
    """The ids of a phase's questions that a filter lets through, in walking order, asked or not.

    Args:
        questionnaire: what the plan is asked.
        plan: as it is stored now.
        phase: the one on the screen.
        show: all of them, those without an answer, those that `me` owns, or those that carry a risk.
        me: a person's name, as the team list has it.
        risks: what `mcplan.risks.find_risks` says of the plan.
        also: the id of a question to show in any case, since a link leads to it.
    """
    flagged = {risk.question_id for risk in risks}

    def fits(question: Question) -> bool:
        if question.id == also:
            return True
        if show == "open":
            return _is_open(question, plan)
        if show == "mine":
            owner = plan.owner(question)
            return owner is not None and owner.name == me
        return show == "all" or question.id in flagged

    return tuple(question.id for question in phase.questions if fits(question))


def view_phase(
    questionnaire: Questionnaire,
    plan: Plan,
    phase_id: str,
    *,
    me: str,
    shown: tuple[str, ...],
    readiness: Readiness,
    closed: bool = False,
    rates: bool = False,
    since: datetime | None = None,
    talk: Mapping[str, Talk] = NO_TALK,
) -> PhaseView:
    """What the screen of one phase shows; KeyError if there is no such phase.

    Args:
        questionnaire: what the plan is asked.
        plan: as it is stored now.
        phase_id: the phase.
        me: the person at the screen.
        shown: ids of the questions to show (`shown_questions`).
        readiness: of the plan for its gate.
        closed: True if nothing can be put in.
        rates: True if the person may say how sure they are all the same.
        since: when the person was last in the plan.
        talk: how many threads there are at each question that has one.
    """
    phase = questionnaire.phase(phase_id)
    ids = [each.id for each in questionnaire.walked]
    place = ids.index(phase_id)
    score = readiness.phases[place].score
    following = questionnaire.walked[place + 1] if place + 1 < len(ids) else None
    asked = {question.id for question in asked_questions(questionnaire, plan)}
    weight = scope_weight(questionnaire, plan)
    box = partial(view_box, questionnaire, plan, me=me, weight=weight, closed=closed, rates=rates, since=since)
    sections = tuple(
        SectionView(
            section.title,
            tuple(
                _question(question, box(question, talk=talk.get(question.id, SILENCE)))
                for question in section.questions
                if question.id in shown and question.id in asked
            ),
        )
        for section in phase.sections
    )
    return PhaseView(
        id=phase.id,
        place=_place(questionnaire, phase),
        title=phase.title,
        purpose=phase.purpose,
        bring=phase.bring,
        in_the_room=", ".join(ROLES[role] for role in phase.in_the_room),
        sign=sign_of(score),
        sections=tuple(section for section in sections if section.questions),
        nothing="" if any(section.questions for section in sections) else "No question here fits this filter.",
        not_asked=_not_asked([question for question in phase.questions if question.id not in asked]),
        next_phase_id=following.id if following else None,
        next_phase_title=following.title if following else "",
    )


def view_kept(
    questionnaire: Questionnaire,
    plan: Plan,
    question_id: str,
    *,
    me: str,
    closed: bool,
    since: datetime | None,
    talk: Mapping[str, Talk] = NO_TALK,
) -> SectionView:
    """A question of a block that no team walks through, as the screen that keeps it shows it; as `view_phase`."""
    question = questionnaire.question(question_id)
    box = view_box(questionnaire, plan, question, me, closed=closed, since=since, talk=talk.get(question.id, SILENCE))
    return SectionView("", (replace(_question(question, box), code="", tags=()),))


def _place(questionnaire: Questionnaire, phase: Phase) -> str:
    if phase.numbered:
        return f"Phase {questionnaire.number_of(phase)} of {len(questionnaire.numbered)}"
    before = questionnaire.walked[: questionnaire.walked.index(phase)]
    return "Across the phases" if any(each.numbered for each in before) else "Before the phases"


def phase_progress(questionnaire: Questionnaire, plan: Plan, phase: Phase, readiness: Readiness) -> str:
    """How far a phase is: questions answered, its share of what the gate asks, and the minutes that are left."""
    mine = [question for question in asked_questions(questionnaire, plan) if questionnaire.phase_of(question) is phase]
    score = next(each.score for each in readiness.phases if each.phase is phase)
    asks = f"{percent(score.floor)} of what {GATES[readiness.gate].lower()} asks" if score.asked else ""
    left = f"about {_hours(sum(question.minutes for question in mine if _is_open(question, plan)))} left"
    return " · ".join(part for part in (_progress(mine, plan), asks, left) if part)


def next_open(questionnaire: Questionnaire, plan: Plan, phase: Phase | None = None) -> NextStep | None:
    """The first blank question, of a phase or of the whole plan; those due at the plan's gate come first."""
    asked = [question for question in asked_questions(questionnaire, plan) if _is_open(question, plan)]
    if phase is not None:
        asked = [question for question in asked if questionnaire.phase_of(question) is phase]
    due = [question for question in asked if question.gate <= plan.gate]
    first = next(iter(due or asked), None)
    return NextStep(questionnaire.phase_of(first).id, first.id, f"{first.code} {first.ask}") if first else None


def _is_open(question: Question, plan: Plan) -> bool:
    return plan.stage(question) is Stage.BLANK and not plan.answer(question).not_applicable.strip()


def _progress(questions: list[Question], plan: Plan) -> str:
    answered = sum(not _is_open(question, plan) for question in questions)
    return f"{answered} of {count(len(questions), 'question')} answered"


def _not_asked(questions: list[Question]) -> str:
    if not questions:
        return ""
    names = ", ".join(f"{question.code} {question.ask}" for question in questions)
    return f"Not asked, because of earlier answers; what was written there is kept: {names}"


def _hours(minutes: int) -> str:
    return f"{minutes} minutes" if minutes < 100 else f"{minutes / 60:.1f} hours"


def _question(question: Question, box: dict[str, Any]) -> QuestionView:
    parts: tuple[tuple[str, str | tuple[str, ...]], ...] = (
        ("Why we ask", question.why),
        ("A good answer holds", question.good),
        ("Weak", question.weak),
        ("Strong", question.strong),
        ("Sent back when", question.sent_back),
    )
    critical = ("Critical",) if question.is_critical else ()
    return QuestionView(
        id=question.id,
        code=question.code,
        ask=question.ask,
        tags=(*critical, f"About {count(question.minutes, 'minute')} together"),
        guidance=tuple(part for part in parts if part[1]),
        box=box,
    )
