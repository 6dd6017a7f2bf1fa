"""`mcplan admin …`: who runs an installation at which people sign in. The first administrator comes from here alone.

Whoever gives these commands has the database in their hands; nobody becomes an administrator by being first.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from pages.console.place import Refused, plans_at

Iss = Annotated[str, typer.Argument(metavar="ISS", help="The provider's issuer, such as https://accounts.google.com.")]
Sub = Annotated[str, typer.Argument(metavar="SUB", help="The person's name there (the claim `sub`), not their e-mail.")]
Database = Annotated[str, typer.Option(help="A file, or postgresql://user@host/name. Else MCPLAN_DATABASE.")]

Work = Callable[[Any, datetime], object]


def people(database: Database = "") -> None:
    """List everybody who has signed in, with what the other commands need."""
    from storage.database import reading
    from storage.people import fetch_people

    with plans_at(database) as engine, reading(engine) as session:
        found = fetch_people(session)
    for each in found:
        marks = [" (administrator)"] * each.person.is_admin + [" (shut out)"] * bool(each.disabled_at)
        print(f"{each.person.name}{''.join(marks)}\n    {each.person.email or '–'}  {each.iss}  {each.sub}")
    if not found:
        print("Nobody has signed in yet.")


def grant(iss: Iss, sub: Sub, database: Database = "") -> None:
    """Make somebody an administrator, also before they first sign in. That alone opens no plan to them."""
    from storage.people import set_admin

    _do(database, lambda session, at: set_admin(session, iss, sub, is_admin=True, at=at))
    print("They are an administrator from their next page on.")


def revoke(iss: Iss, sub: Sub, database: Database = "") -> None:
    """Let somebody be an administrator no longer."""
    from storage.people import set_admin

    _known(database, iss, sub)
    _do(database, lambda session, at: set_admin(session, iss, sub, is_admin=False, at=at))
    print("They are an administrator no longer.")
    _tell_if_nobody_is_left(database)


def sign_out(iss: Iss, sub: Sub, database: Database = "") -> None:
    """End all sign-ins of somebody, on every device."""
    from storage.people import sign_out_everywhere

    person = _known(database, iss, sub)
    _do(database, lambda session, at: sign_out_everywhere(session, person, at))
    print("They have to sign in again.")


def disable(iss: Iss, sub: Sub, database: Database = "") -> None:
    """Shut somebody out. What they wrote stays."""
    _shut(database, iss, sub, disabled=True)
    print("They are shut out.")
    _tell_if_nobody_is_left(database)


def enable(iss: Iss, sub: Sub, database: Database = "") -> None:
    """Let somebody in again."""
    _shut(database, iss, sub, disabled=False)
    print("They are let in again.")


def give_plan(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="The id of a plan, as `mcplan plans` shows it.")],
    iss: Iss,
    sub: Sub,
    database: Database = "",
) -> None:
    """Make somebody who has signed in an owner of a plan: one from before people had to sign in, or one left behind."""
    from storage.members import give_plan as give

    person = _known(database, iss, sub)
    _do(database, lambda session, at: give(session, plan, person, at))
    print("The plan is theirs.")


def _shut(database: str, iss: str, sub: str, *, disabled: bool) -> None:
    from storage.people import set_disabled

    person = _known(database, iss, sub)
    _do(database, lambda session, at: set_disabled(session, person, disabled=disabled, at=at))


def _tell_if_nobody_is_left(database: str) -> None:
    from storage.database import reading
    from storage.people import count_admins

    with plans_at(database) as engine, reading(engine) as session:
        left = count_admins(session)
    if not left:
        print("Nobody looks after this installation now. `mcplan admin grant` makes somebody an administrator.")


def _known(database: str, iss: str, sub: str) -> str:
    from storage.database import reading
    from storage.people import fetch_known

    with plans_at(database) as engine, reading(engine) as session:
        known = fetch_known(session, iss, sub)
    if known is None:
        raise Refused("Nobody of this name has signed in yet. `mcplan admin people` lists who has.")
    return known.person.id


def _do(database: str, work: Work) -> None:
    from storage.database import writing

    with plans_at(database) as engine, writing(engine) as session:
        work(session, datetime.now(UTC))


ADMIN = (people, grant, revoke, sign_out, disable, enable, give_plan)

admin = typer.Typer(help="Who runs this installation.", no_args_is_help=True, rich_markup_mode=None)
for _command in ADMIN:
    admin.command()(_command)
