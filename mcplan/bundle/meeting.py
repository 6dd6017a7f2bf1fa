"""A bundle that is brought into a plan: what it says, and from which answers of the plan it started."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mcplan.bundle.contents import Bundle
from mcplan.incoming import Incoming, fields_of
from mcplan.plan import Answer


def incoming_of(bundle: Bundle, history: Iterable[Answer]) -> list[Incoming]:
    """What a bundle says to each question.

    Args:
        bundle: the file.
        history: every revision of the plan it is brought into. The latest one that both share is what they
            started from.
    """
    shared = _shared(bundle, history)
    answers = bundle.plan.answers
    return [
        Incoming(id, fields_of(answers[id], bundle.plan), shared.get(id), _ask(bundle, id)) for id in sorted(answers)
    ]


def _shared(bundle: Bundle, history: Iterable[Answer]) -> Mapping[str, Answer]:
    here = {(each.question_id, each.revision): each for each in history}
    found: dict[str, Answer] = {}
    for each in bundle.history:
        if here.get((each.question_id, each.revision)) == each:
            found[each.question_id] = each
    return found


def _ask(bundle: Bundle, question_id: str) -> str:
    asked = bundle.questionnaire
    return asked.question(question_id).ask if asked.has(question_id) else question_id
