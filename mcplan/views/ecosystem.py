"""The ecosystem as a champion with five minutes sees it: eight parts, then ten things to have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mcplan.known import Known
from mcplan.maps.coverage import Coverage, Part, listed
from mcplan.maps.ecosystem import INSTITUTION, Component, Rating, map_ecosystem
from mcplan.maps.recap import RecapPoint, recap
from mcplan.plan import Plan
from mcplan.text import shorten
from mcplan.views.maps import COVERAGES, capital, point_to, point_to_parts
from mcplan.views.pointers import Pointer
from mcplan.views.table import Table
from mcplan.views.verdict import Sign
from questionnaire.model import Questionnaire

DONE: dict[Coverage, Sign] = {
    "covered": Sign("Done", ":material/check_circle:", "green"),
    "thin": Sign("Begun", ":material/contrast:", "orange"),
    "missing": Sign("Open", ":material/radio_button_unchecked:", "red"),
}
WORST: tuple[Coverage, ...] = ("missing", "thin", "covered")
ALL_ALIKE: dict[Coverage, str] = {
    "missing": "No part is planned yet.",
    "thin": "Every part is begun, and none is covered.",
    "covered": "Every part is covered.",
}
FEW = 3
"""Parts that an answer is quoted from at a point."""


@dataclass(frozen=True)
class ComponentView:
    """One part of the ecosystem, to look into."""

    title: str
    """Technology: 2 of 5 settled."""
    icon: str
    rating: str
    """What the institution says of itself, in a sentence."""
    settled: tuple[str, ...]
    open: tuple[Pointer, ...]


@dataclass(frozen=True)
class PointView:
    """One of the ten."""

    title: str
    sign: Sign
    says: str
    """What the answers say of it; empty if there are none."""
    open: tuple[Pointer, ...]


@dataclass(frozen=True)
class EcosystemView:
    """The map and the ten points."""

    message: str
    """What the map says, in one sentence; empty if the questionnaire asks for none of it."""
    begin: tuple[Pointer, ...]
    """Where to begin, while nothing is planned yet; empty from then on."""
    table: Table
    components: tuple[ComponentView, ...]
    unrated: tuple[Pointer, ...]
    """The way to the institution's own rating, while nobody has rated anything."""
    progress: str
    """How many of the ten are done, in a sentence."""
    points: tuple[PointView, ...]


def view_ecosystem(questionnaire: Questionnaire, plan: Plan) -> EcosystemView:
    """What the ecosystem screen shows."""
    known = Known(questionnaire, plan)
    components, points = map_ecosystem(known), recap(known)
    coverages = {*(each.coverage for each in components), *(each.coverage for each in points)}
    is_begun = bool(coverages - {"missing"})
    begin = () if is_begun else tuple(point_to(known, id) for id in ("strategic.intent", INSTITUTION) if known.asks(id))
    return EcosystemView(
        message=_message(components),
        begin=begin,
        table=_table(components),
        components=tuple(_component(known, each) for each in components),
        unrated=(point_to(known, INSTITUTION),) if is_begun and _is_unrated(known) else (),
        progress=_progress(points),
        points=tuple(_point(known, each) for each in points),
    )


def _is_unrated(known: Known) -> bool:
    return known.asks(INSTITUTION) and not known.rows(INSTITUTION)


def _message(components: Sequence[Component]) -> str:
    if not components:
        return ""
    named = {coverage: [each.name.lower() for each in components if each.coverage == coverage] for coverage in WORST}
    for coverage, says in ALL_ALIKE.items():
        if len(named[coverage]) == len(components):
            return f"{says} {_furthest(components)}" if coverage == "thin" else says
    words = [f"{COVERAGES[coverage].words}: {listed(names)}." for coverage, names in named.items() if names]
    return " ".join(words)


def _furthest(components: Sequence[Component]) -> str:
    least = min(components, key=lambda each: sum(part.is_settled for part in each.parts) / len(each.parts))
    return f"{least.name} has furthest to go, {_settled(least.parts)} settled."


def _table(components: Sequence[Component]) -> Table:
    rows = tuple(
        (each.name, COVERAGES[each.coverage], _settled(each.parts), _rated(each.rating)) for each in components
    )
    return Table("The parts of the ecosystem", ("Part", "Plan", "Settled", "Institution"), rows)


def _settled(parts: Sequence[Part]) -> str:
    return f"{sum(part.is_settled for part in parts)} of {len(parts)}" if parts else "Set aside"


def _rated(rating: Rating) -> str:
    if not rating.aspects:
        return "Not rated"
    if rating.weak:
        return f"Weak: {', '.join(rating.weak)}"
    return "Strong" if rating.is_strong else "Partly ready"


def _component(known: Known, component: Component) -> ComponentView:
    sign = COVERAGES[component.coverage]
    settled = tuple(f"{capital(part.speaks_of)}." for part in component.parts if part.is_settled)
    return ComponentView(
        title=f"{component.name} ({component.about}): {sign.words.lower()}, {_settled(component.parts).lower()} settled"
        if component.parts
        else f"{component.name} ({component.about}): set aside",
        icon=sign.icon,
        rating=_rating(component),
        settled=settled,
        open=point_to_parts(known, component.parts),
    )


def _rating(component: Component) -> str:
    rating = component.rating
    if not rating.aspects:
        return "The institution has not rated itself here."
    if component.is_overrated:
        return "The institution calls itself strong here, and the plan does not say anything yet. A board will ask."
    if not rating.weak:
        return f"The institution finds itself {'strong' if rating.is_strong else 'partly ready'} here."
    weak = f"The institution finds itself weak in {listed(rating.weak)}."
    return f"{weak} What is done: {rating.action}" if rating.action else f"{weak} Nobody says what is done about it."


def _progress(points: Sequence[RecapPoint]) -> str:
    done, begun, left = (sum(each.coverage == coverage for each in points) for coverage in reversed(WORST))
    return f"{done} of {len(points)} done, {begun} begun, {left} open."


def _point(known: Known, point: RecapPoint) -> PointView:
    said = [f"{capital(part.speaks_of)}: {shorten(part.says, 90)}" for part in point.parts if part.says]
    return PointView(
        title=point.title,
        sign=DONE[point.coverage],
        says=" · ".join(said[:FEW]),
        open=point_to_parts(known, point.parts),
    )
