"""What the pages of a workshop show: the phone of a participant, the projector, and the facilitator's screen.

Each gives plain JSON. A phone and the projector get the question at hand with its guidance and nothing else of the
plan; what others propose only once it is revealed; and names beside it only if the workshop is not anonymous.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mcplan.differences import differences
from mcplan.plan import Answer, Plan
from mcplan.readiness import SPLIT
from mcplan.workshop.course import BY_ID, ORDER, SHOWING, STEPS
from mcplan.workshop.energy import check_now, say_check, say_checks
from mcplan.workshop.joining import say_code
from mcplan.workshop.lines import line_columns, named_rows
from mcplan.workshop.saying import MOST_IDEAS, MOST_NOTE, MOST_PROPOSAL, group, votes_each
from mcplan.workshop.sitting import NOTES, Item, Sitting
from questionnaire.controls import Day, Money, Number, OneLine, Pick
from questionnaire.kinds import kind_of
from questionnaire.model import Question, Questionnaire

Json = dict[str, Any]
WAITING = "Welcome. The workshop begins soon."
AWAY = "The facilitator's screen is away. What you write is kept; the workshop goes on as soon as one is back."
LINES = "This is a table. Write one row in each proposal, in a few words; its other cells are filled in later."
OVER = "The workshop has ended. Thank you for taking part."


def view_phone(questionnaire: Questionnaire, sitting: Sitting, participant_id: str, now: datetime) -> Json:
    """The one thing that a participant has to do now."""
    item, step = sitting.item, sitting.workshop.step
    view = _place(questionnaire, sitting, now) | {
        "name": sitting.names[participant_id],
        "most": MOST_PROPOSAL,
        "most_note": MOST_NOTE,
        "most_ideas": MOST_IDEAS,
        "checked": sitting.ratings.get((sitting.workshop.asks, participant_id)) if sitting.workshop.asks else None,
        "energy": sitting.ratings.get(("", participant_id)),
    }
    if item is None:
        return view
    view |= {
        "mine": [
            {"id": each.id, "text": each.text, "revision": each.revision}
            for each in sorted(sitting.proposals, key=lambda each: each.id)
            if (each.item_id, each.participant_id) == (item.id, participant_id)
        ],
        "rating": sitting.ratings.get((item.id, participant_id)),
        "said": item.said if item.outcome == "committed" else "",
    }
    if step in ("reveal", "support"):
        view["groups"] = _groups(sitting, item)
        view["votes"] = sorted(
            proposal for at, who, proposal in sitting.votes if (at, who) == (item.id, participant_id)
        )
        view["votes_each"] = votes_each(len(sitting.of(item)))
    return view


def view_wall(questionnaire: Questionnaire, sitting: Sitting, now: datetime) -> Json:
    """The projector: one question, the time left, and who has written, not what."""
    item, workshop = sitting.item, sitting.workshop
    wrote = {each.participant_id for each in sitting.of(item)} if item else set()
    if item and workshop.step == "support":
        wrote = {who for at, who, _ in sitting.votes if at == item.id}
    if item and workshop.step == "confidence":
        wrote = {who for at, who in sitting.ratings if at == item.id}
    # Who has said how much energy they have is not shown: a mean that moves would tell what they said.
    counts = workshop.step in ("propose", "support", "confidence") and not workshop.asks
    return _place(questionnaire, sitting, now) | {
        "code": "" if workshop.is_locked else say_code(workshop.code),
        "locked": workshop.is_locked,
        "people": [{"name": each.name, "done": counts and each.id in wrote} for each in sitting.present],
        "counts": counts,
        "said": item.said if item and item.outcome == "committed" else "",
        "minutes": workshop.minutes,
        "energy": "" if check_now(sitting) is None else say_check(sitting, check_now(sitting) or ""),
    }


def view_lead(questionnaire: Questionnaire, plan: Plan, sitting: Sitting, now: datetime) -> Json:
    """All that a facilitator works with."""
    item, workshop = sitting.item, sitting.workshop
    view = view_wall(questionnaire, sitting, now) | {
        "anonymous": workshop.is_anonymous,
        "lead": workshop.lead,
        "agenda": [_line(questionnaire, each, number, sitting) for number, each in enumerate(sitting.items, 1)],
        "steps": [{"id": step.id, "title": step.title} for step in STEPS],
        "next": _next(sitting),
        "members": [
            {"id": each.id, "name": each.name, "guest": not each.person_id, "wrote": _wrote(sitting, each.id)}
            for each in sitting.present
        ],
        "notes": [_note(each) for each in sitting.notes],
        "kinds": NOTES,
        "team": [member.name for member in plan.team if member.name],
        "checks": say_checks(sitting),
        "code_ends": workshop.code_ends_at.isoformat() if workshop.code_ends_at else "",
    }
    if item and questionnaire.has(item.question_id):
        question = questionnaire.question(item.question_id)
        answer = plan.answer(question)
        view["answer"] = view_stored(question, answer)
        view["draft"] = {"text": item.draft, "revision": item.draft_revision}
        view["control"] = _control(question, answer)
        view["sure"] = _sure(sitting, item)
        # What is not yet revealed is not shown to whoever leads either: their screen may be on the projector.
        view["groups"] = _groups(sitting, item) if workshop.step in SHOWING else []
    return view


def view_stored(question: Question, answer: Answer) -> Json:
    """The answer in the plan as it stands: in words, as it is put in, and whose it is."""
    says = "" if answer.value is None else kind_of(question).say(question, answer.value)
    return {
        "says": says,
        "value": answer.value,
        "note": answer.note,
        "revision": answer.revision,
        "by": answer.by,
    }


def view_clash(question: Question, mine: str, answer: Answer) -> Json:
    """What a facilitator sees whose answer came second: what a colleague stored, and how the two differ."""
    stored = view_stored(question, answer)
    theirs = stored["says"] + (f"\n{stored['note']}" if stored["note"] else "")
    return stored | {"parts": [[each.change, each.text] for each in differences(theirs, mine)]}


def _place(questionnaire: Questionnaire, sitting: Sitting, now: datetime) -> Json:
    workshop, item = sitting.workshop, sitting.item
    last = len(sitting.items)
    ends = workshop.step_ends_at
    return {
        "title": workshop.title,
        "state": workshop.state,
        "place": workshop.place,
        "of": last,
        "step": "over" if workshop.state == "closed" else workshop.step or _outside(workshop.place),
        "step_title": _step_title(sitting),
        "item": item.id if item else "",
        "left": round((ends - now).total_seconds()) if ends else None,
        "revision": workshop.revision,
        "pulse": workshop.pulse,
        "away": "" if workshop.state != "open" or workshop.is_led(now) else AWAY,
        "question": _question(questionnaire, item) if item else None,
        "asks": workshop.asks,
    }


def _outside(place: int) -> str:
    return "closing" if place else "welcome"


def _step_title(sitting: Sitting) -> str:
    workshop = sitting.workshop
    if workshop.state == "closed":
        return OVER
    if workshop.step:
        return BY_ID[workshop.step].title
    return "Closing: how is your energy?" if workshop.place else WAITING


def _question(questionnaire: Questionnaire, item: Item) -> Json:
    if not questionnaire.has(item.question_id):
        return {
            "ask": "This question is no longer asked.",
            "why": "",
            "good": [],
            "strong": "",
            "options": [],
            "lines": "",
        }
    question = questionnaire.question(item.question_id)
    return {
        "ask": question.ask,
        "why": question.why,
        "good": list(question.good),
        "strong": question.strong,
        "options": list(question.options.values()),
        "lines": LINES if line_columns(question) else "",
    }


def _groups(sitting: Sitting, item: Item) -> list[Json]:
    support, names = sitting.support(item), sitting.names
    anonymous = sitting.workshop.is_anonymous
    return [
        {
            "shared": list(found.shared),
            "cards": [
                {
                    "id": each.id,
                    "text": each.text.strip(),
                    "by": "" if anonymous else names[each.participant_id],
                    "votes": support.get(each.id, 0),
                }
                for each in found.proposals
            ],
        }
        for found in group(_in_order(sitting, item))
    ]


def _in_order(sitting: Sitting, item: Item) -> list[Any]:
    # By an id that says nothing: neither who wrote first, nor whose name comes first.
    return sorted(sitting.of(item), key=lambda each: each.id)


def _line(questionnaire: Questionnaire, item: Item, number: int, sitting: Sitting) -> Json:
    ask = _question(questionnaire, item)["ask"]
    words = {"committed": "Stored", "skipped": "Skipped", "": "Open"}
    now = sitting.workshop.place == number
    return {"place": number, "ask": ask, "minutes": item.minutes, "outcome": words[item.outcome], "now": now}


def _next(sitting: Sitting) -> str:
    item, workshop = sitting.item, sitting.workshop
    if item is None and workshop.place > len(sitting.items):
        return ""
    if item is None:
        return "First question"
    if workshop.step == ORDER[-1]:
        return "Go to the closing" if workshop.place == len(sitting.items) else "Next question"
    if workshop.step == "merge" and item.outcome != "committed":
        return ""
    return BY_ID[ORDER[ORDER.index(workshop.step) + 1]].lead


def _wrote(sitting: Sitting, participant_id: str) -> bool:
    item = sitting.item
    return bool(item) and any(
        each.participant_id == participant_id and each.item_id == item.id and each.text.strip()
        for each in sitting.proposals
        if item
    )


def _note(note: Any) -> Json:
    due = note.due.isoformat() if note.due else ""
    return {
        "id": note.id, "kind": note.kind, "text": note.text, "by": note.by, "owner": note.owner, "due": due,
        "became": note.became,
    }  # fmt: skip


def _control(question: Question, answer: Answer) -> Json:
    """How the team's answer is put in: words in a text, a pick, number or day with words beside it, or lines."""
    columns = line_columns(question)
    if columns:
        rows = {column.id: named_rows(question, answer.value, column.id) for column in columns}
        return {
            "kind": "lines",
            "question": question.id,
            "columns": {column.id: column.label for column in columns},
            "rows": rows,
        }
    control = kind_of(question).control(question)
    if isinstance(control, Pick):
        return {"kind": "pick", "options": control.options, "many": control.many, "note": question.note}
    if isinstance(control, Number):
        return {"kind": "line", "unit": control.unit, "note": question.note}
    if isinstance(control, Money):
        return {"kind": "money", "unit": "", "currencies": list(control.currencies), "note": question.note}
    if isinstance(control, Day):
        return {"kind": "line", "unit": "year-month-day", "note": question.note}
    if isinstance(control, OneLine) and kind_of(question).has_note:
        return {"kind": "line", "unit": "", "note": question.note}
    return {"kind": "words", "most": getattr(control, "max_chars", 300)}


def _sure(sitting: Sitting, item: Item) -> Mapping[str, Any]:
    numbers = sorted(sitting.sure(item).values())
    if not numbers:
        return {"says": "Nobody has said how sure they are yet.", "split": False, "counts": [0] * 5}
    split = numbers[-1] - numbers[0] >= SPLIT
    mean = sum(numbers) / len(numbers)
    says = f"{len(numbers)} of {len(sitting.present)} said: {mean:.1f} on average, from {numbers[0]} to {numbers[-1]}."
    return {
        "says": says + (" The team is split." if split else ""),
        "split": split,
        "counts": [numbers.count(number) for number in range(1, 6)],
    }
