"""Plans whose tables a test fills: rows and facts by question id, without guidance or weights."""

from __future__ import annotations

from typing import Any

from mcplan.known import Known
from questionnaire.model import Column, Phase, Question, Questionnaire, Section
from tests.builders import a_plan, an_answer


def known(**answers: Any) -> Known:
    """What a plan says that answers exactly these questions; `design_outcomes` stands for `design.outcomes`.

    A list is the rows of a table: dictionaries with an id and cells. Everything else is a value as it is stored.
    """
    by_id = {name.replace("__", "-").replace("_", ".", 1): value for name, value in answers.items()}
    return known_by_id(by_id)


def known_by_id(answers: dict[str, Any], **plan: Any) -> Known:
    """The same with question ids as they are."""
    questions = tuple(_question(id, value) for id, value in answers.items())
    questionnaire = Questionnaire((Phase("all", "All", "All of it.", (Section("all.of", "All", questions),)),))
    given = (an_answer(id, _stored(value)) for id, value in answers.items() if value not in (None, []))
    return Known(questionnaire, a_plan(*given, **plan))


def _question(id: str, value: Any) -> Question:
    if not isinstance(value, list):
        return Question(id, f"{id}?", "long text")
    names = dict.fromkeys(name for row in value for name in row if name != "id")
    columns = tuple(Column(name, name.capitalize()) for name in names) or (Column("name", "Name"),)
    return Question(id, f"{id}?", "table", columns=columns)


def _stored(value: Any) -> Any:
    return {"rows": value} if isinstance(value, list) else value


def found(findings: Any) -> list[tuple[str, str]]:
    """The rule and the row of each finding, in order."""
    return [(finding.rule, finding.row_id) for finding in findings]
