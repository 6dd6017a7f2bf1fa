"""Plans as files without a screen: taken away, brought in as new ones, and compared with those that are there."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from mcplan.numbers import count
from mcplan.parcel import ParcelRefused
from pages.console.layout import AtVersion, find_version
from pages.console.options import AsJson, Create, Database, Overwrite, PlanId, is_free, print_json, write
from pages.console.place import Refused, operator, plans_at
from pages.kit.settings import questionnaire_folder
from questionnaire.errors import AnswerRejected
from questionnaire.load import load_questionnaire

if TYPE_CHECKING:
    from mcplan.incoming import Difference

MOST = 10 << 20
"""Bytes of a file that is read at all."""


class As(Enum):
    """The kinds of file to take away."""

    bundle = "bundle"
    xlsx = "xlsx"
    csv = "csv"
    eu = "eu"


def export(
    plan: PlanId,
    kind: Annotated[As, typer.Option("--as", help="eu is CSV, or JSON if the name of the file ends so.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    version: AtVersion = None,
    overwrite: Overwrite = False,
    database: Database = "",
) -> None:
    """Write a plan as a bundle, a spreadsheet, CSV files or the European sheet."""
    is_free(output, overwrite=overwrite)
    if kind is As.bundle and version is not None:
        raise Refused("A bundle holds every version of the plan. Take --version away, or write another kind of file.")
    from pages.kit import files
    from storage.access import authorize
    from storage.database import reading

    sheets = {As.xlsx: files.workbook, As.csv: files.csvs, As.eu: files.annex_csv}
    is_json = kind is As.eu and output.suffix == ".json"
    asked = load_questionnaire(questionnaire_folder())
    with plans_at(database) as engine, reading(engine) as session:
        access = authorize(session, operator(), plan, "export", datetime.now(UTC))
        if kind is As.bundle:
            made = files.bundle(access, asked)
        else:
            make = files.annex_json if is_json else sheets[kind]
            made = make(access, asked, find_version(access, version))
    write(output, made)


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A bundle; with --into also a spreadsheet.")],
    into: Annotated[str, typer.Option("--into", metavar="PLAN", help="A plan that is there already.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    database: Database = "",
    create: Create = False,
    as_json: AsJson = False,
) -> None:
    """Bring in a file: as a new plan, or into one. There it takes over what clashes with nothing, and says the rest."""
    packed = _read(file)
    try:
        if into:
            _into(packed, file.name, into, database, dry_run=dry_run, as_json=as_json)
        else:
            _as_new(packed, database, create=create, dry_run=dry_run, as_json=as_json)
    except (ParcelRefused, AnswerRejected) as problem:
        raise Refused(str(problem)) from problem


def _as_new(packed: bytes, database: str, *, create: bool, dry_run: bool, as_json: bool) -> None:
    from mcplan.bundle import read_bundle
    from mcplan.views.exchange import view_bundle
    from storage.bundles import start_from_bundle
    from storage.database import writing

    asked = load_questionnaire(questionnaire_folder())
    bundle, id, at = read_bundle(packed), uuid4().hex, datetime.now(UTC)
    message, notes = view_bundle(bundle, asked)
    if not dry_run:
        with plans_at(database, create=create) as engine, writing(engine) as session:
            start_from_bundle(session, asked, bundle, id=id, person=operator(), at=at)
    if as_json:
        print_json({"plan": "" if dry_run else id, "message": message, "notes": list(notes)})
    else:
        print("\n".join((message, *notes, *([] if dry_run else [id]))))


def _into(packed: bytes, name: str, plan: str, database: str, *, dry_run: bool, as_json: bool) -> None:
    from mcplan.views.exchange import difference_as_json
    from pages.kit.files import difference
    from storage.access import authorize
    from storage.bundles import take_over
    from storage.database import reading, writing

    asked, at, taken = load_questionnaire(questionnaire_folder()), datetime.now(UTC), 0
    with plans_at(database) as engine:
        # Nobody's save waits while the file is looked through.
        with reading(engine) as session:
            found = difference(authorize(session, operator(), plan, "view", at), asked, packed, at)
        chosen = [] if dry_run else [each for each in found.proposals if each.standing in ("new", "change")]
        if chosen:
            with writing(engine) as session:
                access = authorize(session, operator(), plan, "answer", at)
                taken = take_over(access, asked, chosen, name=name, save_id=uuid4().hex, at=at)
    if as_json:
        print_json(difference_as_json(found) | {"taken_over": taken})
        return
    _print(found)
    if not dry_run:
        print(f"{count(taken, 'answer').capitalize()} taken over.")


def _print(found: Difference) -> None:
    from mcplan.text import shorten
    from mcplan.views.exchange import SIGNS, view_difference

    print(view_difference(found).message)
    for each in found.proposals:
        print(f"\n{each.code} {each.ask}\n  {SIGNS[each.standing].words}{f': {each.problem}' if each.problem else ''}")
        for line in each.lines:
            print(
                f"  {line.what}: {shorten(line.before, 200) or '(nothing)'} → {shorten(line.after, 200) or '(nothing)'}"
            )
    for note in view_difference(found).notes:
        print(f"\n{note}")


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST + 1)
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from error
