"""The guard below the one door: no statement reaches a plan that its transaction was not opened for.

`storage.access.authorize` opens one plan for a person and says so on the connection (`open_scope`).
Every statement then passes `confine`: one on a table of plans raises without a scope, and is confined
to the plans in scope with one, whatever its author wrote. So a screen or a function that forgets
to ask gets nothing. Statements as plain text cannot be looked into; only `storage.schema`,
`storage.database` and the modules of upkeep use them, and a test of the house keeps it so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import (
    Alias,
    ColumnElement,
    Connection,
    Delete,
    Engine,
    FromClause,
    Insert,
    Join,
    Select,
    SelectBase,
    Table,
    TableClause,
    Update,
    bindparam,
    event,
    or_,
    select,
)
from sqlalchemy.sql import visitors
from sqlalchemy.sql.lambdas import LambdaElement
from sqlmodel import Session

from storage import workshop_tables  # noqa: F401 its tables belong to plans, too
from storage.tables import MEMBERSHIPS, METADATA, PLANS

SCOPED: dict[Table, str] = {
    table: "id" if table is PLANS else "plan_id"
    for table in METADATA.sorted_tables
    if table is PLANS or "plan_id" in table.c
}
"""The tables that belong to plans, each with the column that names the plan."""
NAMES = frozenset(table.name for table in SCOPED)
OPTION = "mcplan_scope"
OF_NONE, OF_PLANS, BY_NAME = range(3)
"""What a statement touches: no table of plans, some, or one that only has the name of such a table."""


class Unscoped(RuntimeError):
    """A statement wanted what its transaction was not opened for: a mistake of ours, never of a person."""


@dataclass(frozen=True)
class OnePlan:
    """The scope of a transaction that works on one plan."""

    plan_id: str

    @property
    def parameters(self) -> dict[str, Any]:
        """What the statements of this scope need to be told."""
        return {"mc_plan": self.plan_id}

    @staticmethod
    def holds(column: ColumnElement[Any]) -> ColumnElement[bool]:
        """True of the plans in scope."""
        return column == bindparam("mc_plan")


@dataclass(frozen=True)
class PlansOf:
    """The scope of a list: every plan that a person is a member of at a time."""

    person_id: str
    at: datetime

    @property
    def parameters(self) -> dict[str, Any]:
        """What the statements of this scope need to be told."""
        return {"mc_person": self.person_id, "mc_at": self.at}

    @staticmethod
    def holds(column: ColumnElement[Any]) -> ColumnElement[bool]:
        """True of the plans in scope."""
        ends = MEMBERSHIPS.c.ends_at
        mine = select(MEMBERSHIPS.c.plan_id).where(
            MEMBERSHIPS.c.person_id == bindparam("mc_person"),
            or_(ends.is_(None), ends > bindparam("mc_at", type_=ends.type)),
        )
        return column.in_(mine)


@dataclass(frozen=True)
class FewPlans:
    """The scope of a page: plans that a list has just found in the scope of a person."""

    plan_ids: tuple[str, ...]

    @property
    def parameters(self) -> dict[str, Any]:
        """What the statements of this scope need to be told."""
        return {"mc_plans": self.plan_ids}

    @staticmethod
    def holds(column: ColumnElement[Any]) -> ColumnElement[bool]:
        """True of the plans in scope."""
        return column.in_(bindparam("mc_plans", expanding=True))


@dataclass(frozen=True)
class AllPlans:
    """The scope of upkeep, and of a computer whose one user owns every plan in it."""


Confining = OnePlan | FewPlans | PlansOf
Scope = Confining | AllPlans


def open_scope(session: Session, scope: Scope | None) -> None:
    """From here on the transaction may touch the plans in `scope`, and no others; None for none at all."""
    session.connection().execution_options(**{OPTION: scope})


@contextmanager
def within(session: Session, scope: Scope) -> Iterator[None]:
    """Inside, the transaction may touch the plans in `scope`; afterwards what it might before."""
    connection = session.connection()
    before = connection.get_execution_options().get(OPTION)
    connection.execution_options(**{OPTION: scope})
    try:
        yield
    finally:
        connection.execution_options(**{OPTION: before})


def guard(engine: Engine) -> None:
    """Let every statement of an engine pass `confine`."""
    event.listen(engine, "before_execute", confine, retval=True)


def confine(
    connection: Connection,
    statement: Any,
    many: Sequence[Mapping[str, Any]],
    one: Mapping[str, Any],
    options: Mapping[str, Any],
) -> tuple[Any, Any, Any]:
    """The statement as it may run in the scope of its transaction, and what it is told.

    Raises:
        Unscoped: it touches a table of plans, and no scope was opened or it would leave it.
    """
    if isinstance(statement, LambdaElement):
        raise Unscoped("a statement in a lambda, which the guard cannot look into")
    if not isinstance(statement, SelectBase | Insert | Update | Delete) or not _is_scoped(statement):
        return statement, many, one
    scope = options.get(OPTION)
    if scope is None:
        raise Unscoped("a statement on plans without a scope: open the plan with authorize() first")
    if isinstance(scope, AllPlans):
        return statement, many, one
    if _SCOPED[statement] == BY_NAME:
        raise Unscoped("a table by its mere name, of which the guard does not know whose rows it holds")
    if isinstance(statement, Insert):
        _refuse_foreign_rows(statement, many or [one], scope)
        return statement, many, one
    confined = _confined(statement, type(scope))
    if many:
        return confined, [{**row, **scope.parameters} for row in many], one
    return confined, many, {**one, **scope.parameters}


def _is_scoped(statement: Any) -> bool:
    known = _SCOPED.get(statement)
    if known is None:
        of_plans = [
            each for each in visitors.iterate(statement) if isinstance(each, TableClause) and each.name in NAMES
        ]
        by_name = any(not isinstance(each, Table) for each in of_plans)
        known = _SCOPED[statement] = BY_NAME if by_name else OF_PLANS if of_plans else OF_NONE
    return known != OF_NONE


def _refuse_foreign_rows(statement: Insert, rows: Sequence[Mapping[str, Any]], scope: Scope) -> None:
    name = SCOPED.get(statement.table) if isinstance(statement.table, Table) else None
    named = {row.get(name) for row in rows} if name else set()
    if not isinstance(scope, OnePlan) or named != {scope.plan_id}:
        raise Unscoped("a row of another plan than the one this transaction was opened for")


def _confined(statement: Any, kind: type[Confining]) -> Any:
    made = _CONFINED.setdefault(statement, {})
    if kind not in made:
        made[kind] = _confine(statement, kind)
    return made[kind]


def _confine(statement: Any, kind: type[Confining]) -> Any:
    def confine_select(inner: Select[Any]) -> None:
        # The traversal has made a copy of every select for us to add to; `where` would make another one in its place.
        inner._where_criteria += tuple(_criteria(inner.get_final_froms(), kind.holds))

    confined = visitors.cloned_traverse(statement, {}, {"select": confine_select})
    if isinstance(confined, Update | Delete) and isinstance(confined.table, Table) and confined.table in SCOPED:
        confined = confined.where(kind.holds(confined.table.c[SCOPED[confined.table]]))
    return confined


def _criteria(
    sources: Sequence[FromClause], holds: Callable[[ColumnElement[Any]], ColumnElement[bool]], *, outer: bool = False
) -> Iterator[ColumnElement[bool]]:
    for source in sources:
        if isinstance(source, Join):
            yield from _criteria([source.left], holds, outer=outer or source.full)
            yield from _criteria([source.right], holds, outer=outer or source.full or source.isouter)
        else:
            table = source.element if isinstance(source, Alias) else source
            if isinstance(table, Table) and table in SCOPED:
                column = source.c[SCOPED[table]]
                # An outer join finds nobody for some rows, and must not lose them for that.
                yield or_(holds(column), column.is_(None)) if outer else holds(column)


# The statements of this floor are made once and live as long as the program; one made in passing is forgotten with it.
_SCOPED: WeakKeyDictionary[Any, int] = WeakKeyDictionary()
_CONFINED: WeakKeyDictionary[Any, dict[type, Any]] = WeakKeyDictionary()
