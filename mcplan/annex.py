"""The European description of a micro-credential: the elements of Annex I, filled from the facts of a plan.

Source: Council Recommendation of 16 June 2022 on a European approach to micro-credentials, 2022/C 243/02, Annex I.
Who learns and when it is awarded stand in the credential of each earner, and so in no plan.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO

from mcplan.known import Known
from mcplan.spreadsheet.csvs import say_csv
from questionnaire.kinds import kind_of

SOURCE = "Council Recommendation 2022/C 243/02, Annex I"
AT_ISSUING = "Filled in when it is awarded"


@dataclass(frozen=True)
class Element:
    """One element of the annex."""

    name: str
    is_mandatory: bool
    says: str
    """Empty if the plan does not say it yet."""
    question_ids: tuple[str, ...]
    """Where it is said; empty for a fact of the plan, and for what is only known when it is awarded."""

    @property
    def is_missing(self) -> bool:
        """True if the plan should say it and does not."""
        return not self.says


def view_annex(known: Known) -> tuple[Element, ...]:
    """The elements in the order of the annex, the mandatory ones first."""
    return tuple(Element(name, mandatory, say(known), question_ids) for name, mandatory, say, question_ids in ELEMENTS)


def write_annex_json(known: Known) -> str:
    """The sheet as JSON."""
    elements = [
        {
            "element": each.name,
            "mandatory": each.is_mandatory,
            "value": each.says or None,
            "at_issuing": each.says == AT_ISSUING,
        }
        for each in view_annex(known)
    ]
    sheet = {"source": SOURCE, "title": known.plan.title, "status": "draft", "elements": elements}
    return json.dumps(sheet, ensure_ascii=False, indent=2) + "\n"


def write_annex_csv(known: Known) -> bytes:
    """The sheet as CSV, in UTF-8 with the mark by which Excel knows it."""
    text = StringIO(newline="")
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(("Element", "Mandatory", "Says"))
    for each in view_annex(known):
        lines.writerow((each.name, "yes" if each.is_mandatory else "no", say_csv(each.says)))
    return text.getvalue().encode("utf-8-sig")


def _said(*question_ids: str, between: str = ", ") -> Callable[[Known], str]:
    """What the answers to some questions say, one after the other."""

    def say(known: Known) -> str:
        return between.join(filter(None, (_words(known, id) for id in question_ids)))

    return say


def _words(known: Known, question_id: str) -> str:
    asked = known.questionnaire
    if not (asked.has(question_id) and known.has(question_id)):
        return ""
    question = asked.question(question_id)
    said = kind_of(question).say(question, known.plan.answers[question_id].value)
    note = known.note(question_id)
    return f"{said} ({note})" if note and question.options else said


def _outcomes(known: Known) -> str:
    return "\n".join(_outcome_texts(known))


def _outcome_texts(known: Known) -> Iterator[str]:
    for row in known.rows("design.outcomes"):
        yield row.text("text") or row.name


def _level(known: Known) -> str:
    framework = _words(known, "credential.level-framework")
    level = _words(known, "credential.level")
    return f"{framework}, {level}" if framework and level else ""


ELEMENTS: tuple[tuple[str, bool, Callable[[Known], str], tuple[str, ...]], ...] = (
    ("Identification of the learner", True, lambda _: AT_ISSUING, ()),
    ("Title of the micro-credential", True, lambda known: known.plan.title, ()),
    (
        "Country or region of the issuer", True, _said("credential.country", "credential.region"),
        ("credential.country",),
    ),
    ("Awarding body", True, lambda known: known.plan.institution, ()),
    ("Date of issuing", True, lambda _: AT_ISSUING, ()),
    ("Learning outcomes", True, _outcomes, ("design.outcomes",)),
    (
        "Notional workload needed to achieve the learning outcomes", True,
        _said("credential.workload", "credential.credit-system", "credential.credit"), ("credential.workload",),
    ),
    ("Level and cycle of the learning experience, where there is one", True, _level, ("credential.level",)),
    ("Type of assessment", True, _said("credential.assessment-types"), ("credential.assessment-types",)),
    ("Form of participation in the learning activity", True, _said("credential.mode"), ("credential.mode",)),
    ("Type of quality assurance", True, _said("credential.quality"), ("credential.quality",)),
    ("Prerequisites needed to enrol", False, _said("credential.entry"), ("credential.entry",)),
    (
        "Supervision and identity verification during assessment", False, _said("credential.supervision"),
        ("credential.supervision",),
    ),
    ("Grade achieved", False, lambda _: AT_ISSUING, ()),
    ("Integration and stackability options", False, _said("design.stacking"), ("design.stacking",)),
    ("Further information", False, _said("credential.issuer-url"), ("credential.issuer-url",)),
)  # fmt: skip
"""Name, whether it is mandatory, how it is filled, and where one says it; in the order of the annex."""
