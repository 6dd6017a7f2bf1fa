"""Short ways to make what a test is not about; all that matters stands in the test itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from mcplan.people import somebody_here
from mcplan.plan import Answer, Evidence, Member, Plan
from mcplan.roles import Permission
from questionnaire.model import OpenRisk, Phase, Question, Questionnaire, Section, Stage
from storage.access import PlanAccess, authorize

NOON = datetime(2027, 3, 2, 12, 0, tzinfo=UTC)
HERE = somebody_here("Dana Okafor")
"""Dana at a computer without sign-in: owner of every plan in it."""
DANA = Member("dana", "Dana Okafor", "initiative-lead")
SAM = Member("sam", "Sam Ito", "subject-expert")


def a_question(slug: str = "case", **fields: Any) -> Question:
    """A long-text question of the first phase, with a risk if it stays open."""
    risk = OpenRisk("nobody knows", "the board may send it back", "the launch slips", 3, 3, "market")
    return Question(**{"id": f"first.{slug}", "ask": f"What about {slug}?", "kind": "long text", "risk": risk} | fields)


def a_questionnaire(*questions: Question) -> Questionnaire:
    """The questions, in one section of one phase."""
    section = Section("first.all", "All of it", questions or (a_question(),))
    return Questionnaire((Phase("first", "First phase", "To begin.", (section,)),))


def an_answer(question_id: str = "first.case", value: Any = "Enough said.", **fields: Any) -> Answer:
    """Dana's drafted answer."""
    given = {"stage": Stage.DRAFTED, "revision": 1, "by": "Dana Okafor", "at": NOON, "owner": "dana"} | fields
    return Answer(question_id=question_id, value=value, **given)


def settled(question: Question, stage: Stage, **fields: Any) -> Answer:
    """An answer that really is at `stage`: with an owner, and with evidence where that takes one."""
    evidence = (Evidence("Survey"),) if stage is Stage.EVIDENCED else ()
    value = fields.pop("value", None if stage is Stage.BLANK else "Enough said.")
    return an_answer(question.id, value, **{"stage": stage, "evidence": evidence} | fields)


def a_plan(*answers: Answer, **fields: Any) -> Plan:
    """Dana's plan with Sam on the team and these answers."""
    given: dict[str, Any] = {"id": "plan-1", "title": "Cold chain basics", "team": (DANA, SAM), "revision": 1}
    return Plan(**given | {"answers": {answer.question_id: answer for answer in answers}} | fields)


def door(session: Session, plan_id: str, by: str = "Dana Okafor", permission: Permission = "view") -> PlanAccess:
    """A plan opened for somebody at this computer, who owns every plan in it."""
    return authorize(session, somebody_here(by), plan_id, permission, NOON)


def only_the_69(questionnaire: Questionnaire) -> Questionnaire:
    """The questions with a P code as first source: what the reference figures of the worked example count."""
    phases = (replace(phase, sections=_sections_of_the_69(phase)) for phase in questionnaire.phases)
    return Questionnaire(tuple(phase for phase in phases if phase.sections))


def _sections_of_the_69(phase: Phase) -> tuple[Section, ...]:
    kept = (replace(each, questions=tuple(filter(_is_of_the_69, each.questions))) for each in phase.sections)
    return tuple(section for section in kept if section.questions)


def _is_of_the_69(question: Question) -> bool:
    return question.code.startswith("P") and bool(question.sources)
