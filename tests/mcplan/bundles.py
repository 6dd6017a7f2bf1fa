"""A bundle with something in every part, and hostile ones made from it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

from mcplan.bundle import Bundle, FrozenText, Round, write_bundle
from mcplan.comments import Comment, Thread
from mcplan.decisions import Kind, Move, Point, Submission
from mcplan.plan import Evidence, Plan
from mcplan.reviews import Review, Scored, Scorer
from mcplan.timeline import ELSEWHERE, Event
from mcplan.version import Version, freeze, state_of
from questionnaire.model import Column, Questionnaire, Stage
from tests.builders import NOON, a_plan, a_question, a_questionnaire, an_answer

STEPS = Column("step", "Step"), Column("days", "Days", "number"), Column("after", "After", "row", of="first.steps")
ASKED = a_questionnaire(
    a_question("case", weight=3, gate="G1"),
    a_question("hours", kind="quantity", unit="hours"),
    a_question("price", kind="money"),
    a_question("form", kind="choices", options={"a": "Online", "b": "In person", "other": "Another form"}),
    a_question("sure", kind="yes or no"),
    a_question("from", kind="date"),
    a_question("steps", kind="table", columns=STEPS),
)
ROWS = {"rows": [{"id": "r1", "step": "Plan", "days": 3.0}, {"id": "r2", "step": "=Do()", "after": "r1"}]}
EVIDENCE = (Evidence("Survey of 40 employers", "https://example.org/a", "n = 40", "2027-01-05"),)


def a_bundle() -> Bundle:
    """Dana's plan with every kind of answer, a history, threads and events."""
    case = (
        an_answer(value="First words"),
        an_answer(value="More\n\nwords: É, 漢, 🙂", stage=Stage.EVIDENCED, evidence=EVIDENCE, revision=2, by="Sam Ito",
                  at=NOON + timedelta(hours=1), confidence={"Sam Ito": 4}),
    )  # fmt: skip
    others = (
        an_answer("first.form", {"picks": ["a", "other"], "other": "By post"}, note="See the map"),
        an_answer("first.from", "2027-05-03"),
        an_answer("first.hours", 48.0),
        an_answer("first.price", {"amount": 1450.5, "currency": "CAD"}),
        an_answer("first.steps", ROWS),
        an_answer("first.sure", "unknown", not_applicable="Nobody asks"),
    )
    plan = a_plan(case[1], *others, board="Senate", revision=9, changed_at=NOON, changed_by="Sam Ito")
    replies = Comment("", "Really?", "Sam Ito", "", NOON), Comment("", "Yes.", "Dana Okafor", "", NOON, NOON, 2)
    return Bundle(
        plan=plan,
        questionnaire=ASKED,
        history=(*case, *others),
        threads=(Thread("", "first.case", replies, NOON, "Dana Okafor", "sam"), Thread("", "", replies[:1])),
        events=(Event("started", "Dana Okafor", NOON), Event("fact", "Sam Ito", NOON, "", {"name": "Board"})),
        versions=(a_frozen_text(plan, 1, "For the Senate"), a_frozen_text(replace(plan, revision=10), 2, "Later")),
        rounds=(A_ROUND,),
    )


def a_frozen_text(plan: Plan, number: int, name: str, asked: Questionnaire = ASKED) -> FrozenText:
    """A version of a plan, as a bundle has it."""
    frozen = freeze(state_of(asked, plan, NOON.date()), number=number, name=name, by="Dana Okafor", at=NOON)
    version = Version("", number, name, "Dana Okafor", NOON, plan.revision, frozen.sha256)
    return FrozenText(version, frozen.content, frozen.wording)


def a_move(number: int, kind: Kind, **fields: Any) -> Move:
    """A move as a bundle has it: without ids."""
    given = {"by": "Dana Okafor", "at": NOON + timedelta(hours=number)} | fields
    return Move(id="", number=number, kind=kind, submission_id="", person_id=ELSEWHERE, **given)


A_ROUND = Round(
    1,
    Submission("", "", "G2", "Dana Okafor", "Senate", date(2027, 3, 20), "Dana Okafor", NOON),
    (
        a_move(1, "submit"),
        a_move(2, "begin review", by="The chair"),
        a_move(
            3, "approve with conditions", by="The chair", decided_by="The chair", decided_on=date(2027, 3, 12),
            reason="Sound, but for the price.", points=(Point("Settle the price", "Sam Ito", date(2027, 4, 1)),),
        ),
    ),
    (Review(Scorer("elsewhere 1", "The chair", "board"), {"need": Scored(2, "Shown")}, "Well made", NOON, 1),),
)  # fmt: skip
"""Version 1 before the board, and approved with a condition."""


def parts_of(packed: bytes) -> dict[str, bytes]:
    """The parts of a zip by name."""
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    """The parts as a zip."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def forged(name: str, change: Callable[[bytes], bytes], *, listed: bool = True) -> bytes:
    """The bundle with one part changed; by somebody who knows to change its hash as well."""
    parts = parts_of(write_bundle(a_bundle()))
    parts[name] = change(parts.get(name, b""))
    if name != "bundle.json" and listed:
        manifest = json.loads(parts["bundle.json"])
        others = [each for each in manifest["parts"] if each["name"] != name]
        manifest["parts"] = [*others, {"name": name, "sha256": sha256(parts[name]).hexdigest()}]
        parts["bundle.json"] = json.dumps(manifest).encode()
    return zipped(parts)


def edited(name: str, change: Callable[[Any], Any]) -> bytes:
    """The bundle with what one part says changed."""
    return forged(name, lambda content: json.dumps(change(json.loads(content))).encode())


def with_answer(**fields: Any) -> bytes:
    """The bundle in which the first answer says something else."""
    return edited("answers.json", lambda answers: [answers[0] | fields, *answers[1:]])


def moved_on(bundle: Bundle, **fields: Any) -> Bundle:
    """The same plan after one more change of the answer about the case."""
    last = bundle.plan.answers["first.case"]
    after = replace(last, revision=last.revision + 1, **fields)
    answers = {**bundle.plan.answers, "first.case": after}
    history = sorted((*bundle.history, after), key=lambda each: (each.question_id, each.revision))
    return replace(bundle, plan=replace(bundle.plan, answers=answers), history=tuple(history))
