"""A bundle that is brought into a plan: what it says, and from which answers of the plan it started."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mcplan.bundle.contents import Bundle
from mcplan.facts import changed_facts
from mcplan.incoming import Incoming, fields_of
from mcplan.maps.coverage import listed
from mcplan.numbers import count
from mcplan.plan import Answer, Plan


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


def find_left_behind(bundle: Bundle, plan: Plan) -> str:
    """What a bundle holds that is not brought into a plan, and why, in a sentence or two; empty if that is nothing.

    Args:
        bundle: the file.
        plan: the one it is brought into.
    """
    facts = [name for name, _, there in changed_facts(plan, bundle.plan) if there]
    here = {member.name for member in plan.team}
    numbers = (
        (sum(len(each.comments) for each in bundle.threads), "comment", ""),
        (len(bundle.versions), "frozen version", ""),
        (len(bundle.rounds), "round of the board", "rounds of the board"),
        (sum(member.name not in here for member in bundle.plan.team), "further team member", ""),
        (len(facts), f"other fact ({', '.join(facts)})", f"other facts ({', '.join(facts)})"),
    )
    held = [count(*each) for each in numbers if each[0]]
    if not held:
        return ""
    return (
        f"The file also holds {listed(held)}. That stays in the file: only answers are taken over, so that nothing "
        "that was said, frozen or decided elsewhere looks as if it had been done here. To have all of it, bring the "
        "file in as a plan of its own."
    )


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
