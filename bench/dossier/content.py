"""A plan to measure with: made up, of any size, and the same each time."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from itertools import product

from mcplan.dossier import DossierInput
from mcplan.findings import find_findings
from mcplan.plan import Answer, Evidence, Member, Plan
from mcplan.readiness import assess_readiness
from mcplan.risks import find_risks
from questionnaire.model import ROLES, OpenRisk, Phase, Question, Questionnaire, Section, Stage

SYLLABLES = (
    "ba", "ce", "din", "for", "gal", "hem", "ist", "jun", "kor", "lam", "men",
    "nor", "ost", "pre", "qua", "ran", "sti", "tor", "und", "ver", "wes", "zon",
)  # fmt: skip
PHASES = 6
PER_SECTION = 4


def a_given(questions: int = 100, words: int = 150, chart: bytes | None = None) -> DossierInput:
    """What a dossier over so many answers of so many words each is written from."""
    chance = random.Random(questions * 1_000 + words)
    questionnaire = _questionnaire(questions)
    team = tuple(Member(role, f"Member {place}", role) for place, role in enumerate(ROLES))
    answers = {each.id: _answer(each, words, team, chance) for each in questionnaire.questions()}
    plan = Plan("bench", "Bench plan", "G3", "Institute", "Unit", "Earners can do it.", "Board", None, team, answers, 9)
    risks, findings = find_risks(questionnaire, plan), find_findings(questionnaire, plan)
    readiness = assess_readiness(questionnaire, plan, plan.gate, findings=findings, risks=risks)
    return DossierInput(questionnaire, plan, readiness, risks, findings, datetime(2027, 1, 4, 9, 30, tzinfo=UTC), chart)


def _questionnaire(number: int) -> Questionnaire:
    in_phase = [number // PHASES + (phase < number % PHASES) for phase in range(PHASES)]
    return Questionnaire(tuple(_phase(phase, count) for phase, count in enumerate(in_phase)))


def _phase(phase: int, count: int) -> Phase:
    questions = [_question(phase, place) for place in range(count)]
    sections = tuple(
        Section(
            f"p{phase}.s{start}", f"Section {start // PER_SECTION + 1}", tuple(questions[start : start + PER_SECTION])
        )
        for start in range(0, count, PER_SECTION)
    )
    return Phase(f"p{phase}", f"Phase {phase + 1}", "Settles what has to be settled here.", sections)


def _question(phase: int, place: int) -> Question:
    risk = OpenRisk("nobody has settled this", "the work may stall", "learners wait", 3, 4, "people")
    ask = f"How does the team make sure that point {place + 1} holds when learners arrive?"
    sources, weight = (f"P{phase + 1}.{place + 1}",), 1 + place % 3
    return Question(f"p{phase}.q{place}", ask, "long text", sources, weight=weight, gate="G1", risk=risk)


def _answer(question: Question, words: int, team: tuple[Member, ...], chance: random.Random) -> Answer:
    text = "\n\n".join(_words(words // 5, chance) for _ in range(3))
    items = "\n".join(f"- **{_words(3, chance)}** {_words(2 * words // 15 - 3, chance)}" for _ in range(3))
    stage = chance.choice((Stage.DRAFTED, Stage.AGREED, Stage.AGREED, Stage.EVIDENCED))
    evidence = (Evidence(f"Study {chance.randint(1, 60)}", "https://example.org/study", "", "2026-11-02"),)
    owner, confidence = chance.choice(team).id, {member.name: chance.randint(2, 5) for member in team[:3]}
    return Answer(question.id, f"{text}\n\n{items}", "", stage, owner, evidence, confidence, revision=1)


def _words(number: int, chance: random.Random) -> str:
    # Few words often and many seldom, as in any language: a text of few words would pack far too well.
    places = (int(len(VOCABULARY) ** chance.random()) - 1 for _ in range(number))
    return " ".join(VOCABULARY[place] for place in places)


VOCABULARY = tuple("".join(each) for size in (1, 2, 3) for each in product(SYLLABLES, repeat=size))
