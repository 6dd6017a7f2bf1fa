"""The learner's way and the platforms beneath it: where a learner, or a result, would fall through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mcplan.known import Known
from mcplan.maps.coverage import listed
from mcplan.maps.days import how_late, say_day
from mcplan.maps.journey import JOURNEY, Journey, JourneyStage, map_journey
from mcplan.maps.platforms import INTERFACES, SYSTEMS, Interface, Platforms, map_platforms
from mcplan.numbers import count
from mcplan.plan import Plan
from mcplan.text import shorten
from mcplan.views.maps import COVERAGES, capital, point_to
from mcplan.views.pointers import Pointer
from mcplan.views.table import Cell, Table
from mcplan.views.verdict import Sign
from questionnaire.model import Questionnaire

STATES: dict[str, Sign] = {
    "working": Sign("Working", ":material/check_circle:", "green"),
    "tested": Sign("Tested", ":material/science:", "blue"),
    "manual": Sign("By hand", ":material/back_hand:", "orange"),
    "planned": Sign("Planned", ":material/schedule:", "orange"),
    "unknown": Sign("Not known", ":material/help:", "red"),
}
"""How far an interface is, by the option of its column."""
NOT_SAID = Sign("Not said", ":material/help:", "red")
MOST = 110
"""Characters of the touchpoints that the table shows."""


@dataclass(frozen=True)
class JourneyView:
    """The learner's way."""

    message: str
    """Where a learner would fall through; empty if there is nothing to say yet."""
    table: Table | None
    """None while nobody has said anything."""
    question: tuple[Pointer, ...]
    """The way to the question; empty if it is not asked of this plan."""


@dataclass(frozen=True)
class PlatformsView:
    """The systems and what passes between them."""

    message: str
    concerns: tuple[str, ...]
    """What to see to, worst first, each a sentence."""
    matrix: Table | None
    """From the systems in the rows to those in the columns; None while no interface joins two systems."""
    links: Table | None
    """The interfaces one by one; None while there are none."""
    questions: tuple[Pointer, ...]


@dataclass(frozen=True)
class DeliveryMapView:
    """Both."""

    journey: JourneyView
    platforms: PlatformsView


def view_delivery_map(questionnaire: Questionnaire, plan: Plan, today: date) -> DeliveryMapView:
    """What the screen shows; `today` tells what is late."""
    known = Known(questionnaire, plan)
    return DeliveryMapView(_journey(known, map_journey(known)), _platforms(known, map_platforms(known, today), today))


def _journey(known: Known, journey: Journey) -> JourneyView:
    question = (point_to(known, JOURNEY),) if known.asks(JOURNEY) else ()
    if not journey.is_begun:
        return JourneyView("", None, question)
    rows = tuple(
        (stage.short, COVERAGES[stage.coverage], stage.owner or "Nobody", _note(stage)) for stage in journey.stages
    )
    table = Table("The learner's way, stage by stage", ("Stage", "State", "Owner", "What is there, or missing"), rows)
    return JourneyView(journey.says, table, question)


def _note(stage: JourneyStage) -> str:
    if stage.coverage == "missing":
        return "Nobody has said anything."
    return f"{capital(listed(stage.lacks))}." if stage.lacks else shorten(stage.touchpoints, MOST)


def _platforms(known: Known, platforms: Platforms, today: date) -> PlatformsView:
    return PlatformsView(
        message=_message(platforms),
        concerns=_concerns(platforms, today),
        matrix=_matrix(platforms),
        links=_links(known, platforms, today),
        questions=tuple(point_to(known, id) for id in (SYSTEMS, INTERFACES) if known.asks(id)),
    )


def _message(platforms: Platforms) -> str:
    if not platforms.systems and not platforms.interfaces:
        return ""
    working = sum(each.state == "working" for each in platforms.interfaces)
    links = f"{count(len(platforms.interfaces), 'link')} between them, {working or 'none'} working"
    return f"{capital(count(len(platforms.systems), 'system'))}, {links}."


def _concerns(platforms: Platforms, today: date) -> tuple[str, ...]:
    late = [
        f"{each.name} was due on {say_day(each.due)}: {how_late(each.due, today)}, and {_state(each).words.lower()}."
        for each in platforms.late
        if each.due
    ]
    lost = [
        f"{each.name} leads to or from {'a system that is gone' if each.is_lost else 'a system nobody has named'}."
        for each in platforms.lost
    ]
    alone = [f"Nothing passes to or from {each.name}." for each in platforms.alone]
    names = listed([each.name for each in platforms.unconfirmed])
    unconfirmed = [f"Nobody is named who tried {names}."] if names else []
    unlinked = ["No link is put in yet: what passes between the systems?"] if _is_unlinked(platforms) else []
    return (*late, *lost, *unconfirmed, *alone, *unlinked)


def _is_unlinked(platforms: Platforms) -> bool:
    return len(platforms.systems) > 1 and not platforms.interfaces


def _matrix(platforms: Platforms) -> Table | None:
    joining = [each for each in platforms.interfaces if each.is_joining]
    # Only systems that send stand in the rows, and only those that receive in the columns: it stays small.
    senders = [each for each in platforms.systems if any(link.source == each.id for link in joining)]
    receivers = [each for each in platforms.systems if any(link.target == each.id for link in joining)]
    if not joining:
        return None
    rows = tuple(
        (sender.name, *(_cell(platforms.between(sender.id, receiver.id)) for receiver in receivers))
        for sender in senders
    )
    return Table("What passes from system to system", ("From ↓ to →", *(each.name for each in receivers)), rows)


def _cell(links: tuple[Interface, ...]) -> Cell:
    # Of several links between two systems, the one that is furthest from working counts.
    order = list(STATES)
    states = sorted(links, key=lambda link: order.index(link.state) if link.state in order else len(order))
    return _state(states[-1]) if states else "–"


def _links(known: Known, platforms: Platforms, today: date) -> Table | None:
    names = known.names(SYSTEMS)
    rows = tuple(
        (
            each.name,
            f"{names.get(each.source, '?')} → {names.get(each.target, '?')}",
            _state(each),
            each.confirmed or "Nobody yet",
            _due(each, today),
        )
        for each in platforms.interfaces
    )
    columns = ("Link", "From → to", "State", "Confirmed by", "Due")
    return Table("The links between the systems", columns, rows) if rows else None


def _due(link: Interface, today: date) -> str:
    if link.due is None:
        return "–"
    return f"{say_day(link.due)}, {how_late(link.due, today)}" if link.is_late else say_day(link.due)


def _state(link: Interface) -> Sign:
    return STATES.get(link.state, NOT_SAID)
