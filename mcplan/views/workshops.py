"""The screens of workshops: the list, the agenda that is being prepared, and the report afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mcplan.numbers import count
from mcplan.plan import Plan
from mcplan.readiness import SPLIT, Readiness
from mcplan.views.table import Table
from mcplan.workshop.agenda import Offer, fitting
from mcplan.workshop.energy import say_checks
from mcplan.workshop.saying import group
from mcplan.workshop.sitting import NOTES, Item, Sitting, Workshop
from questionnaire.model import Questionnaire

STATES = {"draft": "Prepared", "open": "Open now", "closed": "Closed", "template": "Template"}
ICONS = {"draft": ":material/edit_calendar:", "open": ":material/podium:", "closed": ":material/task_alt:"}


@dataclass(frozen=True)
class WorkshopCard:
    """A workshop in the list."""

    id: str
    title: str
    state: str
    icon: str
    facts: str
    screen: str
    """The path of the screen it leads to."""
    leads_to: str
    """What stands on the way there."""


@dataclass(frozen=True)
class ReportItem:
    """What became of one question."""

    ask: str
    facts: str
    said: str
    proposals: Table
    split: str
    """Empty if the team is of one mind, or nobody said."""


@dataclass(frozen=True)
class Report:
    """What a workshop has brought."""

    title: str
    summary: str
    figures: tuple[tuple[str, str, str], ...]
    """Name, number, and what it says."""
    attendance: str
    agenda: Table
    items: tuple[ReportItem, ...]
    disagreement: tuple[str, ...]
    energy: tuple[str, ...]
    """Each energy check in a few words, in the order they were made."""
    notes: tuple[tuple[str, Table], ...]
    """By heading, each kind of note there is."""


def view_workshops(workshops: Sequence[Workshop], *, may_lead: bool) -> tuple[WorkshopCard, ...]:
    """The workshops of a plan: those that are open first, then the last prepared."""
    ordered = sorted(workshops, key=lambda each: each.state != "open")
    return tuple(_card(each, may_lead) for each in ordered)


def standing_of(readiness: Readiness) -> dict[str, str]:
    """How a plan stands, as a workshop keeps it for its report."""
    whole = readiness.whole
    return {
        "readiness": f"{whole.floor:.0f} %",
        "at best": f"{whole.ceiling:.0f} %",
        "verdict": f"{whole.verdict.words} ({whole.verdict.colour})",
    }


def say_offer(offer: Offer) -> str:
    """A question to choose, on one line."""
    return f"{offer.question.ask} · {offer.minutes} min · {offer.why}"


def say_fit(lengths: Sequence[int], workshop: Workshop) -> str:
    """Whether the agenda of a workshop fits its time."""
    return fitting(lengths, workshop.minutes, workshop.opening, workshop.closing)


def ask_of(questionnaire: Questionnaire, item: Item) -> str:
    """The question of an item, also if it is no longer asked."""
    return questionnaire.question(item.question_id).ask if questionnaire.has(item.question_id) else item.question_id


def view_report(questionnaire: Questionnaire, plan: Plan, sitting: Sitting) -> Report:
    """What a workshop has brought, for its screen and its paper."""
    workshop, items = sitting.workshop, sitting.items
    stored = sum(1 for item in items if item.outcome == "committed")
    proposals = sum(len(sitting.of(item)) for item in items)
    names = ", ".join(each.name for each in sitting.participants)
    reports = tuple(_item(questionnaire, sitting, item) for item in items)
    before, after = workshop.before.get("readiness", "–"), workshop.after.get("readiness", "–")
    return Report(
        title=workshop.title,
        summary=f"{_day(workshop.opened_at)}, led by {workshop.lead or workshop.by}. {STATES[workshop.state]}.",
        figures=(
            ("Took part", str(len(sitting.participants)), "People who came in, also those who were removed"),
            ("Answers stored", f"{stored} of {len(items)}", "Questions of the agenda whose answer is in the plan"),
            ("Proposals", str(proposals), "What people wrote on their own"),
            ("Readiness", f"{before} → {after}", _verdicts(workshop)),
        ),
        attendance=names or "Nobody came in.",
        agenda=_agenda(questionnaire, sitting),
        items=reports,
        disagreement=tuple(f"{each.ask} {each.split}" for each in reports if each.split),
        energy=say_checks(sitting),
        notes=tuple(
            (heading, _notes(sitting, kind, heading))
            for kind, heading in NOTES.items()
            if any(note.kind == kind for note in sitting.notes)
        ),
    )


def _card(workshop: Workshop, may_lead: bool) -> WorkshopCard:
    facts = f"{count(workshop.minutes, 'minute')}, prepared by {workshop.by} on {_day(workshop.at)}"
    if workshop.state == "closed":
        facts = f"Held on {_day(workshop.opened_at)}, led by {workshop.lead or workshop.by}"
    ways = {
        "draft": ("agenda", "Look at the agenda"),
        "open": ("lead", "Lead it") if may_lead else ("agenda", "Take part"),
        "closed": ("report", "Read the report"),
    }
    screen, leads_to = ways[workshop.state]
    return WorkshopCard(
        workshop.id, workshop.title, STATES[workshop.state], ICONS[workshop.state], facts, screen, leads_to
    )


def _item(questionnaire: Questionnaire, sitting: Sitting, item: Item) -> ReportItem:
    support, names = sitting.support(item), sitting.names
    rows = []
    for found in group(sitting.of(item)):
        for each in found.proposals:
            by = "–" if sitting.workshop.is_anonymous else names[each.participant_id]
            rows.append((each.text.strip(), by, str(support.get(each.id, 0))))
    outcome = {"committed": "Stored in the plan", "skipped": "Skipped", "": "Not settled"}[item.outcome]
    numbers = sorted(sitting.sure(item).values())
    facts = f"{outcome} · {count(len(rows), 'proposal')} · {_took(item)}"
    if numbers:
        facts += f" · confidence {sum(numbers) / len(numbers):.1f} of 5"
    is_split = bool(numbers) and numbers[-1] - numbers[0] >= SPLIT
    return ReportItem(
        ask_of(questionnaire, item),
        facts,
        item.said,
        Table("Proposals, similar ones together", ("Proposal", "By", "Support"), tuple(rows)),
        f"Confidence runs from {numbers[0]} to {numbers[-1]} of 5." if is_split else "",
    )


def _agenda(questionnaire: Questionnaire, sitting: Sitting) -> Table:
    rows = tuple(
        (str(number), ask_of(questionnaire, item), f"{item.minutes} min", _took(item))
        for number, item in enumerate(sitting.items, 1)
    )
    return Table("The agenda as it was run", ("No.", "Question", "Planned", "Taken"), rows)


def _notes(sitting: Sitting, kind: str, heading: str) -> Table:
    found = [note for note in sitting.notes if note.kind == kind]
    if kind == "action":
        rows = tuple((note.text, note.owner or "–", note.due.isoformat() if note.due else "–") for note in found)
        return Table(heading, ("Action", "Owner", "By when"), rows)
    became = {"": "–", "comment": "a comment", "action": "an action", "risk": "a risk"}
    return Table(
        heading,
        ("Note", "By", "Became"),
        tuple((note.text, note.by, became.get(note.became, note.became)) for note in found),
    )


def _took(item: Item) -> str:
    if item.began_at is None:
        return "not reached"
    if item.ended_at is None:
        return "under way"
    return f"{max(1, round((item.ended_at - item.began_at).total_seconds() / 60))} min"


def _verdicts(workshop: Workshop) -> str:
    return f"{workshop.before.get('verdict', '–')} before, {workshop.after.get('verdict', '–')} after"


def _day(at: datetime | None) -> str:
    return f"{at.day} {at:%B %Y}" if at else "a day not known"
