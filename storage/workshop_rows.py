"""Workshops as rows and back. Whoever calls these has opened the plan, or the door of its room (`storage.rooms`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import BindParameter, Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from mcplan.workshop.sitting import Item, Note, Participant, Proposal, Sitting, Workshop
from storage.workshop_tables import ITEMS, NOTES, PARTICIPANTS, PROPOSALS, RATINGS, VOTES, WORKSHOPS


def read_sitting(session: Session, workshop_id: str) -> Sitting | None:
    """A workshop with all that belongs to it; None if the open plan has none of this id."""
    run, this = session.connection().execute, {"workshop": workshop_id}
    found = run(ONE, this).first()
    if found is None:
        return None
    return Sitting(
        Workshop(*found),
        tuple(Item(*row) for row in run(_ITEMS, this)),
        tuple(Participant(*row) for row in run(_PARTICIPANTS, this)),
        tuple(Proposal(*row) for row in run(_PROPOSALS, this)),
        frozenset((row[0], row[1], row[2]) for row in run(_VOTES, this)),
        {(row[0], row[1]): row[2] for row in run(_RATINGS, this)},
        tuple(Note(*row) for row in run(_NOTES, this)),
    )


def add_workshop(session: Session, plan_id: str, sitting: Sitting) -> None:
    """Keep a new workshop with its agenda."""
    session.connection().execute(_ADD, {"plan_id": plan_id, **values(sitting.workshop)})
    add_items(session, plan_id, sitting)


def add_items(session: Session, plan_id: str, sitting: Sitting) -> None:
    """Keep the items of an agenda that has none yet."""
    owner = {"plan_id": plan_id, "workshop_id": sitting.workshop.id}
    rows = [{**owner, "place": place, **values(item)} for place, item in enumerate(sitting.items, 1)]
    session.connection().execute(_ADD_ITEM, rows)


def swap(session: Session, before: Sitting, after: Sitting) -> bool:
    """Put `after` in the place of `before`; False if another facilitator has moved it since `before` was read."""
    connection = session.connection()
    told = {"this_workshop": after.workshop.id, "seen": before.workshop.revision}
    changed = values(after.workshop)
    # Both may have changed meanwhile without a move.
    del changed["pulse"], changed["lead_seen_at"]
    if connection.execute(_SWAP, told | changed).rowcount != 1:
        return False
    known = {item.id: item for item in before.items}
    for item in after.items:
        if known.get(item.id) != item:
            row = {name: value for name, value in values(item).items() if not name.startswith("draft")}
            connection.execute(_CHANGE_ITEM, {"this_item": item.id} | row)
    return True


def touch(session: Session, workshop_id: str) -> None:
    """Let every page of the workshop know that there is something new."""
    session.connection().execute(_TOUCH, {"this_workshop": workshop_id})


def values(of: Any) -> dict[str, Any]:
    """The columns of a dataclass of a workshop."""
    found = {each.name: getattr(of, each.name) for each in fields(of)}
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in found.items()}


def upsert(table: Table, keys: Iterable[str], *changed: str) -> dict[str, Any]:
    """By engine, a statement that keeps a row, in the place of one with the same `keys` if there is one."""
    found = {}
    for name, new in (("sqlite", sqlite.insert(table)), ("postgresql", postgresql.insert(table))):
        found[name] = new.on_conflict_do_update(
            index_elements=list(keys), set_={column: new.excluded[column] for column in changed}
        )
    return found


def _columns(table: Table, of: type) -> list[Any]:
    return [table.c[each.name] for each in fields(of)]


_THIS: BindParameter[str] = bindparam("workshop")
WORKSHOP = select(*_columns(WORKSHOPS, Workshop))
"""Workshops, as `Workshop` takes them."""
ONE = WORKSHOP.where(WORKSHOPS.c.id == _THIS)
_ITEMS = select(*_columns(ITEMS, Item)).where(ITEMS.c.workshop_id == _THIS).order_by(ITEMS.c.place)
_PARTICIPANTS = (
    select(*_columns(PARTICIPANTS, Participant))
    .where(PARTICIPANTS.c.workshop_id == _THIS)
    .order_by(PARTICIPANTS.c.joined_at, PARTICIPANTS.c.id)
)
_PROPOSALS = (
    select(*_columns(PROPOSALS, Proposal))
    .where(PROPOSALS.c.workshop_id == _THIS)
    .order_by(PROPOSALS.c.at, PROPOSALS.c.id)
)
_VOTES = select(VOTES.c.item_id, VOTES.c.participant_id, VOTES.c.proposal_id).where(VOTES.c.workshop_id == _THIS)
_RATINGS = select(RATINGS.c.item_id, RATINGS.c.participant_id, RATINGS.c.number).where(RATINGS.c.workshop_id == _THIS)
_NOTES = select(*_columns(NOTES, Note)).where(NOTES.c.workshop_id == _THIS).order_by(NOTES.c.at, NOTES.c.id)
_ADD = insert(WORKSHOPS)
_ADD_ITEM = insert(ITEMS)
_SWAP = (
    update(WORKSHOPS)
    .where(WORKSHOPS.c.id == bindparam("this_workshop"), WORKSHOPS.c.revision == bindparam("seen"))
    .values(pulse=WORKSHOPS.c.pulse + 1)
)
_CHANGE_ITEM = update(ITEMS).where(ITEMS.c.id == bindparam("this_item"))
_TOUCH = update(WORKSHOPS).where(WORKSHOPS.c.id == bindparam("this_workshop")).values(pulse=WORKSHOPS.c.pulse + 1)
